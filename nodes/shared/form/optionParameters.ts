import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { compareNatural } from '../compareNatural';
import { MAX_FILE_MB, MAX_FILE_SIZE } from '../media/downloadFile';
import type { NumberRange } from './numberRange';

/** The limits of the number options. A day is the longest that anything waits. */
export const POLL_INTERVAL_SECONDS: NumberRange = { minValue: 1, maxValue: 600 };
export const FILE_SIZE_MB: NumberRange = { minValue: 1, maxValue: 1_000_000 };
export const WAIT_MINUTES: NumberRange = { minValue: 0.01, maxValue: 1440 };

export const CREDITS: NumberRange = { minValue: 0, maxValue: 1_000_000_000 };
export const TASKS: NumberRange = { minValue: 1, maxValue: 1_000_000 };

export const CREATE_AND_WAIT = 'createAndWait';
export const CREATE_ONLY = 'createOnly';
export const VALIDATE_ONLY = 'validateOnly';

export const EXECUTION_MODES = [CREATE_AND_WAIT, CREATE_ONLY, VALIDATE_ONLY] as const;
export type ExecutionMode = (typeof EXECUTION_MODES)[number];

/** The modes in which the node does not wait for its tasks. */
export const WITHOUT_WAITING = [CREATE_ONLY, VALIDATE_ONLY];

/** What differs between the options of the nodes. */
export interface OptionsDefinition {
	timeLimitMinutes: number;
	/** Replaces the label of One Item per File. */
	itemPerFile?: string;
	/** Options that only this node has. */
	extraOptions?: TaskOptions;
}

/** The options of creating tasks, and those that only waiting for them has. */
export interface TaskOptions {
	creating: INodeProperties[];
	waiting: INodeProperties[];
}

/**
 * A parameter beside the options, because a URL alone is not what a user has paid for. A tool of an AI agent returns URLs.
 * `withoutFiles`: the parameters, and their values, whose results are data only.
 */
export function downloadFilesUnless(withoutFiles: IDisplayOptions['hide'] = {}): INodeProperties {
	return {
		displayName: 'Download Files',
		name: 'downloadFiles',
		type: 'boolean',
		default: true,
		description: 'Whether to download the files, whose URLs expire',
		displayOptions: { hide: { ...withoutFiles, executionMode: WITHOUT_WAITING, '@tool': [true] } },
	};
}

export const downloadFiles = downloadFilesUnless();

const waitUsing: INodeProperties = {
	displayName: 'Wait Using',
	name: 'waitUsing',
	type: 'options',
	options: [
		{
			name: 'Pause Execution',
			value: 'pause',
			description: 'Store the execution and resume it when the tasks have completed',
		},
		{
			name: 'Polling',
			value: 'polling',
			description: 'Keep the execution running and check the tasks every few seconds',
		},
	],
	default: 'polling',
};

export const maxFileSize: INodeProperties = {
	displayName: MAX_FILE_SIZE,
	name: 'maxFileSize',
	type: 'number',
	typeOptions: FILE_SIZE_MB,
	default: MAX_FILE_MB,
};

const creatingOptions: INodeProperties[] = [
	{
		displayName: 'Callback URL',
		name: 'callBackUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/webhook/kie',
	},
	{
		displayName: 'Check Input',
		name: 'checkInput',
		type: 'boolean',
		default: true,
	},
	{
		displayName: 'Create Again on Retry',
		name: 'createAgainOnRetry',
		type: 'boolean',
		default: false,
		description: 'Whether a retry after a crash may pay twice',
	},
	{
		displayName: 'Maximum Tasks per Run',
		name: 'maxTasks',
		type: 'number',
		typeOptions: { ...TASKS, numberPrecision: 0 },
		default: '',
		placeholder: 'No limit',
	},
	{
		displayName: 'Minimum Balance (Credits)',
		name: 'minimumBalance',
		type: 'number',
		typeOptions: CREDITS,
		default: '',
		placeholder: 'No minimum',
	},
];

/** Needs both: the tasks that are created, and what those that have finished have cost. */
export const maxCredits: INodeProperties = {
	displayName: 'Maximum Credits per Run',
	name: 'maxCredits',
	type: 'number',
	typeOptions: CREDITS,
	default: '',
	placeholder: 'No limit',
	description: 'Estimated cost up to which tasks are created',
};

const waitingOptions: INodeProperties[] = [
	maxFileSize,
	{
		displayName: 'One Item per File',
		name: 'itemPerFile',
		type: 'boolean',
		default: false,
	},
	{
		displayName: 'Poll Interval (Seconds)',
		name: 'pollInterval',
		type: 'number',
		typeOptions: POLL_INTERVAL_SECONDS,
		default: '',
		placeholder: 'Automatic',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryProperty',
		type: 'string',
		default: 'data',
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
	},
	waitUsing,
];

/** Every option of a node. */
export function taskOptions({ timeLimitMinutes, itemPerFile, extraOptions }: OptionsDefinition): TaskOptions {
	const timeLimit: INodeProperties = {
		displayName: 'Time Limit (Minutes)',
		name: 'timeLimit',
		type: 'number',
		typeOptions: WAIT_MINUTES,
		default: timeLimitMinutes,
	};
	const ownOption = (option: INodeProperties) =>
		option.name === 'itemPerFile' ? { ...option, displayName: itemPerFile ?? option.displayName } : option;
	return {
		creating: [...creatingOptions, ...(extraOptions?.creating ?? [])],
		waiting: [...waitingOptions.map(ownOption), timeLimit, ...(extraOptions?.waiting ?? [])],
	};
}

/** The collection of a node's options, in the order of their names. */
export function optionsCollection(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: options.toSorted((a, b) => compareNatural(a.displayName, b.displayName)),
	};
}

/**
 * The options of a node with a Mode: one collection for waiting and one for the other modes, so that no option has a
 * condition of its own and each text stands only once in what n8n tells a language model about the node. The editor resets
 * a collection when a parameter changes that its condition names, but not one that it names by its path.
 */
export function optionsProperties(definition: OptionsDefinition): INodeProperties[] {
	const { creating, waiting } = taskOptions(definition);
	return [
		{
			...optionsCollection([...creating, maxCredits, ...waiting]),
			displayOptions: { hide: { '/executionMode': WITHOUT_WAITING } },
		},
		{ ...optionsCollection(creating), displayOptions: { show: { '/executionMode': WITHOUT_WAITING } } },
	];
}
