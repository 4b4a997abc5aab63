import type { INodeProperties } from 'n8n-workflow';

import type { NumberRange } from './numberRange';
import { compareNatural } from '../compareNatural';
import { catalogueProperties } from './modelParameters';
import { USING_FIELDS } from './formParameters';
import type { MediaNodeDefinition } from './mediaNodeDefinition';
import { CUSTOM_MODEL } from './operation';
import { MAX_FILE_MB, MAX_FILE_SIZE } from '../media/downloadFile';

export const USING_JSON = 'json';
/** The limits of the number options. A day is the longest that anything waits. */
export const POLL_INTERVAL_SECONDS: NumberRange = { minValue: 1, maxValue: 600 };
export const FILE_SIZE_MB: NumberRange = { minValue: 1, maxValue: 1_000_000 };
export const WAIT_MINUTES: NumberRange = { minValue: 0.01, maxValue: 1440 };

export const CREATE_AND_WAIT = 'createAndWait';
export const CREATE_ONLY = 'createOnly';

/** The names of the node's own parameters, which no field of a model may have. */
export const OWN_PARAMETERS = [
	'operation',
	'model',
	'customModelId',
	'specifyInput',
	'customInput',
	'inputJson',
	'additionalFields',
	'executionMode',
	'options',
];

function operationProperty({ operations, defaultOperation }: MediaNodeDefinition): INodeProperties {
	const custom = {
		name: 'Custom Model',
		value: CUSTOM_MODEL,
		action: 'Run custom model',
		description: 'Run any Kie.ai model by its ID, even if it is newer than this node',
	};
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [...operations, custom].sort((a, b) => compareNatural(a.name, b.name)),
		default: defaultOperation,
	};
}

export const specifyInput: INodeProperties = {
	displayName: 'Specify Input',
	name: 'specifyInput',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Using Fields Below', value: USING_FIELDS },
		{
			name: 'Using JSON',
			value: USING_JSON,
			description: 'Provide the whole input as JSON, including fields that this node does not offer',
		},
	],
	default: USING_FIELDS,
};

const customModelId: INodeProperties = {
	displayName: 'Model',
	name: 'customModelId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The model to use',
	displayOptions: { show: { operation: [CUSTOM_MODEL] } },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchModels', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. google/nano-banana' },
	],
};

export const NO_MODEL_FIELDS = "Kie.ai lists no fields for this model. Set 'Specify Input' to 'Using JSON' instead.";

const customInput: INodeProperties = {
	displayName: 'Input',
	name: 'customInput',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	description: 'The input fields of the model. File fields accept a URL or the name of a binary field.',
	typeOptions: {
		loadOptionsDependsOn: ['customModelId.value'],
		resourceMapper: {
			resourceMapperMethod: 'getModelFields',
			mode: 'add',
			fieldWords: { singular: 'field', plural: 'fields' },
			addAllFields: false,
			supportAutoMap: false,
			noFieldsError: NO_MODEL_FIELDS,
		},
	},
	displayOptions: { show: { specifyInput: [USING_FIELDS], operation: [CUSTOM_MODEL] } },
};

export const inputJson: INodeProperties = {
	displayName: 'Input (JSON)',
	name: 'inputJson',
	type: 'json',
	typeOptions: { rows: 6 },
	default: '{}',
	placeholder: 'e.g. { "prompt": "A red fox in fresh snow" }',
	description: 'The input of the model as a JSON object. File fields accept a URL or the name of a binary field.',
	displayOptions: { show: { specifyInput: [USING_JSON] } },
};

export const executionMode: INodeProperties = {
	displayName: 'Mode',
	name: 'executionMode',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Create and Wait', value: CREATE_AND_WAIT, description: 'Create a task and wait for its result' },
		{ name: 'Create Only', value: CREATE_ONLY, description: 'Create a task and return its ID immediately' },
	],
	default: CREATE_AND_WAIT,
};

/** What differs between the options of the nodes. */
export interface OptionsDefinition {
	timeLimitMinutes: number;
	/** Replaces the texts of One Item per File. */
	itemPerFile?: { displayName: string; description: string };
	/** Options that only this node has. */
	extraOptions?: INodeProperties[];
}

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
	description:
		'How to wait for the tasks. A paused execution holds no worker, survives restarts, and resumes up to a few minutes after the tasks have completed. Tasks that complete within seconds and tools of an AI agent are always polled.',
};

export const maxFileSize: INodeProperties = {
	displayName: MAX_FILE_SIZE,
	name: 'maxFileSize',
	type: 'number',
	typeOptions: FILE_SIZE_MB,
	default: MAX_FILE_MB,
	description: 'The size of the largest file to download. A download that exceeds it is stopped.',
};

export function optionsProperty({
	timeLimitMinutes,
	itemPerFile,
	extraOptions = [],
}: OptionsDefinition): INodeProperties {
	const waiting = { show: { '/executionMode': [CREATE_AND_WAIT] } };
	const options: INodeProperties[] = [
		...extraOptions,
		{
			displayName: 'Callback URL',
			name: 'callBackUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/webhook/kie',
			description: 'URL that Kie.ai calls when the task finishes. It must be reachable from the internet.',
		},
		{
			displayName: 'Check Input',
			name: 'checkInput',
			type: 'boolean',
			default: true,
			description:
				"Whether to check the input against Kie.ai's documented limits before sending it. Turn this off if Kie.ai accepts more than its documentation says.",
		},
		{
			displayName: 'Create Again on Retry',
			name: 'createAgainOnRetry',
			type: 'boolean',
			default: false,
			description:
				'Whether to create the tasks again when a crashed execution is retried. By default, the node returns an error then, because the tasks may exist and have been charged.',
		},
		{
			displayName: 'Download Files',
			name: 'downloadFiles',
			type: 'boolean',
			default: false,
			description: 'Whether to download the result files to binary fields',
			displayOptions: waiting,
		},
		{ ...maxFileSize, displayOptions: waiting },
		{
			displayName: 'One Item per File',
			name: 'itemPerFile',
			type: 'boolean',
			default: false,
			description: 'Whether to return one item per result file instead of one item per task',
			...itemPerFile,
			displayOptions: waiting,
		},
		{
			displayName: 'Poll Interval (Seconds)',
			name: 'pollInterval',
			type: 'number',
			typeOptions: POLL_INTERVAL_SECONDS,
			default: 5,
			description: 'How often to check the status of the task. By default, the node checks when a result is likely.',
			displayOptions: waiting,
		},
		{
			displayName: 'Put Output File in Field',
			name: 'binaryProperty',
			type: 'string',
			default: 'data',
			hint: 'The name of the output binary field to put the file in',
			description: 'Additional files of a task are put in numbered fields, such as data_1 and data_2',
			displayOptions: waiting,
		},
		{
			displayName: 'Simplify',
			name: 'simplify',
			type: 'boolean',
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
			displayOptions: waiting,
		},
		{ ...waitUsing, displayOptions: waiting },
		{
			displayName: 'Time Limit (Minutes)',
			name: 'timeLimit',
			type: 'number',
			typeOptions: WAIT_MINUTES,
			default: timeLimitMinutes,
			description:
				'How long to wait for a task. It keeps running at Kie.ai if it does not complete in time. If empty, a paused execution waits up to a day.',
			displayOptions: waiting,
		},
	];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: options.sort((a, b) => compareNatural(a.displayName, b.displayName)),
	};
}

/** The whole form of a media node, from top to bottom. */
export function mediaNodeProperties(definition: MediaNodeDefinition): INodeProperties[] {
	const { modelLists, fields } = catalogueProperties(definition.models, definition.presets);
	return [
		operationProperty(definition),
		...modelLists,
		customModelId,
		specifyInput,
		...fields,
		customInput,
		inputJson,
		executionMode,
		optionsProperty(definition),
	];
}
