import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject, number, text } from '../api/answer';

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

/** Reads an item's options. As a tool of an AI agent the node answers small JSON with URLs, whatever the options say. */
export function readOptions(context: IExecuteFunctions, timeLimitMinutes: number, itemIndex: number): RunOptions {
	const value: unknown = context.getNodeParameter('options', itemIndex, {});
	const given = isObject(value) ? value : {};
	const isTool = context.isToolExecution();
	const callBackUrl = text(given.callBackUrl)?.trim();
	if (callBackUrl !== undefined && !/^https?:\/\/\S+$/i.test(callBackUrl)) {
		throw new NodeOperationError(
			context.getNode(),
			`'Callback URL' has to start with http:// or https:// [item ${itemIndex}]`,
			{ itemIndex },
		);
	}
	const interval = number(given.pollInterval);
	const timeLimit = number(given.timeLimit) ?? timeLimitMinutes;
	if (timeLimit <= 0) {
		throw new NodeOperationError(
			context.getNode(),
			`'Time Limit (Minutes)' has to be more than 0 [item ${itemIndex}]`,
			{ itemIndex },
		);
	}
	return {
		callBackUrl,
		checkInput: given.checkInput !== false,
		downloadFiles: given.downloadFiles === true && !isTool,
		binaryProperty: text(given.binaryProperty)?.trim() ?? 'data',
		itemPerFile: given.itemPerFile === true && !isTool,
		simplify: given.simplify !== false || isTool,
		intervalMs: interval === undefined ? undefined : Math.max(interval, 1) * 1000,
		limitMs: timeLimit * 60_000,
	};
}
