import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isEmpty, isObject, number, text } from '../api/answer';

/** The options of one item. Times in milliseconds. */
export interface RunOptions {
	callBackUrl?: string;
	checkInput: boolean;
	downloadFiles: boolean;
	binaryProperty: string;
	itemPerFile: boolean;
	simplify: boolean;
	intervalMs?: number;
	limitMs: number;
}

/** Whether an AI agent calls the node. Tools that an agent asks the engine for run in a context that does not know it. */
export function isTool(context: IExecuteFunctions): boolean {
	const { type, rewireOutputLogTo } = context.getNode();
	return type.endsWith('Tool') || rewireOutputLogTo === 'ai_tool' || context.isToolExecution?.() === true;
}

/** A number option; the user's own has to be a number in range. */
function readNumber(
	context: IExecuteFunctions,
	value: unknown,
	label: string,
	lowest: number,
	itemIndex: number,
): number | undefined {
	if (isEmpty(value)) return undefined;
	const given = number(value);
	if (given !== undefined && given >= lowest) return given;
	throw new NodeOperationError(
		context.getNode(),
		`'${label}' has to be a number of at least ${lowest}, not ${String(value)} [item ${itemIndex}]`,
		{
			itemIndex,
			description: 'Nothing was sent to Kie.ai for this item.',
		},
	);
}

/** Reads an item's options. As a tool of an AI agent the node answers small JSON with URLs, whatever the options say. */
export function readOptions(context: IExecuteFunctions, timeLimitMinutes: number, itemIndex: number): RunOptions {
	const value: unknown = context.getNodeParameter('options', itemIndex, {});
	const given = isObject(value) ? value : {};
	const forTool = isTool(context);
	const callBackUrl = text(given.callBackUrl)?.trim();
	if (callBackUrl !== undefined && !/^https?:\/\/\S+$/i.test(callBackUrl)) {
		throw new NodeOperationError(
			context.getNode(),
			`'Callback URL' has to start with http:// or https:// [item ${itemIndex}]`,
			{ itemIndex },
		);
	}
	const interval = readNumber(context, given.pollInterval, 'Poll Interval (Seconds)', 1, itemIndex);
	const timeLimit = readNumber(context, given.timeLimit, 'Time Limit (Minutes)', 0.01, itemIndex) ?? timeLimitMinutes;
	return {
		callBackUrl,
		checkInput: given.checkInput !== false,
		downloadFiles: given.downloadFiles === true && !forTool,
		binaryProperty: text(given.binaryProperty)?.trim() ?? 'data',
		itemPerFile: given.itemPerFile === true && !forTool,
		simplify: given.simplify !== false || forTool,
		intervalMs: interval === undefined ? undefined : interval * 1000,
		limitMs: timeLimit * 60_000,
	};
}
