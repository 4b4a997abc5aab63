import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../api/inputError';
import { isEmpty, isObject, asNumber, asText, shorten } from '../json';
import {
	CREATE_AND_WAIT,
	CREDITS,
	EXECUTION_MODES,
	FILE_SIZE_MB,
	POLL_INTERVAL_SECONDS,
	TASKS,
	WAIT_MINUTES,
} from '../form/optionParameters';
import type { ExecutionMode } from '../form/optionParameters';
import type { NumberRange } from '../form/numberRange';
import { numberIssue } from '../form/numberRange';
import { MAX_FILE_MB, MAX_FILE_SIZE, MB } from '../media/downloadFile';
import { isHttpUrl } from '../media/references';
import { canPauseAgent, isTool } from './toolCall';

/** Values of earlier versions, which paused the execution too. */
const PAUSES: unknown[] = ['pause', 'callback', 'timer'];

/** A day: a paused execution holds nothing. */
const PAUSED_MINUTES = 24 * 60;

/** The options of one item. Times in milliseconds. */
export interface RunOptions {
	mode: ExecutionMode;
	callBackUrl?: string;
	checkInput: boolean;
	/** Create tasks that a crashed execution may have created already. */
	createAgainOnRetry: boolean;
	downloadFiles: boolean;
	maxFileBytes: number;
	binaryProperty: string;
	itemPerFile: boolean;
	simplify: boolean;
	/** Leave out what says nothing to an AI agent. */
	brief: boolean;
	/** Limits of the run, in credits and tasks. */
	minimumBalance?: number;
	maxCredits?: number;
	maxTasks?: number;
	/** The ID of the model that takes over if the first one fails. */
	fallbackModel?: string;
	waitUsing: 'polling' | 'pause';
	intervalMs?: number;
	/** How long to wait for a task at most. */
	limitMs: number;
	/** How long to wait at most until Kie accepts it, which holds the execution. */
	createLimitMs: number;
}

/**
 * The mode of the node; Kie Common's Task has none, and waits or reads as its operation says.
 * @throws NodeOperationError for any other value, because creating instead of validating would cost money.
 */
export function readMode(context: IExecuteFunctions, itemIndex: number): ExecutionMode {
	const value: unknown = context.getNodeParameter('executionMode', itemIndex, CREATE_AND_WAIT);
	const mode = EXECUTION_MODES.find((candidate) => candidate === value);
	if (mode !== undefined) return mode;
	const message = `'Mode' must be one of ${EXECUTION_MODES.join(', ')} (got ${shorten(String(value), 80)})`;
	throw inputError(context.getNode(), message, itemIndex);
}

/** A number option; the user's own has to be a number in range. */
function readNumber(
	context: IExecuteFunctions,
	value: unknown,
	label: string,
	range: NumberRange,
	itemIndex: number,
): number | undefined {
	if (isEmpty(value)) return undefined;
	const issue = numberIssue(value, label, range);
	if (issue === undefined) return asNumber(value);
	throw inputError(context.getNode(), issue, itemIndex);
}

/** The size of the largest file to download, in bytes. */
export function readMaxFileBytes(context: IExecuteFunctions, value: unknown, itemIndex: number): number {
	return (readNumber(context, value, MAX_FILE_SIZE, FILE_SIZE_MB, itemIndex) ?? MAX_FILE_MB) * MB;
}

/** Reads an item's options. As a tool of an AI agent the node answers small JSON with URLs, whatever the options say. */
export function readOptions(context: IExecuteFunctions, timeLimitMinutes: number, itemIndex: number): RunOptions {
	const value: unknown = context.getNodeParameter('options', itemIndex, {});
	const optionValues = isObject(value) ? value : {};
	const forTool = isTool(context);
	const callBackUrl = asText(optionValues.callBackUrl)?.trim();
	if (callBackUrl !== undefined && !isHttpUrl(callBackUrl)) {
		throw inputError(context.getNode(), "'Callback URL' must be a URL that starts with http:// or https://", itemIndex);
	}
	const itemPerFile = optionValues.itemPerFile === true && !forTool;
	const interval = readNumber(
		context,
		optionValues.pollInterval,
		'Poll Interval (Seconds)',
		POLL_INTERVAL_SECONDS,
		itemIndex,
	);
	const timeLimit = readNumber(context, optionValues.timeLimit, 'Time Limit (Minutes)', WAIT_MINUTES, itemIndex);
	const mode = readMode(context, itemIndex);
	const pauses = mode === CREATE_AND_WAIT && PAUSES.includes(optionValues.waitUsing);
	if (pauses && forTool && !canPauseAgent(context, itemIndex)) {
		throw inputError(
			context.getNode(),
			"'Wait Using: Pause Execution' in a tool requires an AI Agent of version 3 or newer",
			itemIndex,
			"Other agents, sub-agents and MCP clients cannot be paused. Remove the option, or set 'Mode' to 'Create Only' and add Kie Common (Task: Get) as a second tool.",
		);
	}
	if (pauses && itemPerFile) {
		throw inputError(
			context.getNode(),
			"'One Item per File' cannot be used with 'Wait Using: Pause Execution'",
			itemIndex,
			'n8n pairs the items of a paused execution by their number. Remove one of the two options and add a Split Out node after this one.',
		);
	}
	const fallbackModel = asText(
		isObject(optionValues.fallbackModel) ? optionValues.fallbackModel.value : optionValues.fallbackModel,
	)?.trim();
	if (pauses && fallbackModel !== undefined) {
		throw inputError(
			context.getNode(),
			"'Fallback Model' cannot be used with 'Wait Using: Pause Execution'",
			itemIndex,
			'A paused execution creates no tasks. Remove one of the two options.',
		);
	}
	return {
		mode,
		fallbackModel,
		callBackUrl,
		checkInput: optionValues.checkInput !== false,
		createAgainOnRetry: optionValues.createAgainOnRetry === true,
		downloadFiles: context.getNodeParameter('downloadFiles', itemIndex, false) === true && !forTool,
		maxFileBytes: readMaxFileBytes(context, optionValues.maxFileSize, itemIndex),
		binaryProperty: asText(optionValues.binaryProperty)?.trim() ?? 'data',
		itemPerFile,
		simplify: optionValues.simplify !== false || forTool,
		brief: forTool,
		intervalMs: interval === undefined ? undefined : interval * 1000,
		createLimitMs: (timeLimit ?? timeLimitMinutes) * 60_000,
		limitMs: (timeLimit ?? (pauses ? PAUSED_MINUTES : timeLimitMinutes)) * 60_000,
		minimumBalance: readNumber(context, optionValues.minimumBalance, 'Minimum Balance (Credits)', CREDITS, itemIndex),
		maxCredits: readNumber(context, optionValues.maxCredits, 'Maximum Credits per Run', CREDITS, itemIndex),
		maxTasks: readNumber(context, optionValues.maxTasks, 'Maximum Tasks per Run', TASKS, itemIndex),
		waitUsing: pauses ? 'pause' : 'polling',
	};
}
