import type { INodeProperties } from 'n8n-workflow';

import { sunoModels } from '../shared/catalogue/suno';
import { fieldsOf } from '../shared/form/modelFields';
import { formProperties } from '../shared/form/formParameters';
import { executionMode, inputJson, specifyInput } from '../shared/form/mediaParameters';
import { downloadFiles, optionsProperties } from '../shared/form/optionParameters';
import type { TaskOptions } from '../shared/form/optionParameters';
import { earlierTask, TIME_LIMIT_MINUTES } from './earlierTask';
import { sunoGets, sunoResources } from './sunoOperations';

const resource: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: sunoResources.map(({ name, value }) => ({ name, value })),
	default: 'music',
};

const operations: INodeProperties[] = sunoResources.map(({ value, operations: options, defaultOperation }) => ({
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: [value] } },
	options: options.map((operation) => ({ ...operation })),
	default: defaultOperation,
}));

const forms = [
	...sunoModels.flatMap((model) =>
		Object.entries(model.operations).flatMap(([operation, variants]) =>
			variants.map((form) => ({
				shown: { resource: [model.resource], operation: [operation], ...form.when },
				fields: fieldsOf(model, form),
			})),
		),
	),
	...Object.entries(sunoGets).flatMap(([resourceName, gets]) =>
		Object.keys(gets).map((operation) => ({
			shown: { resource: [resourceName], operation: [operation] },
			fields: fieldsOf(earlierTask),
		})),
	),
];

/** The operations without a task to wait for: those that get an earlier one, and those that return their result at once. */
const withoutMode = [
	...Object.values(sunoGets).flatMap((gets) => Object.keys(gets)),
	...sunoModels.filter(({ api }) => api === 'suno-now').flatMap((model) => Object.keys(model.operations)),
];

const sunoOptions: TaskOptions = {
	creating: [
		{
			displayName: 'Use Market API',
			name: 'useMarket',
			type: 'boolean',
			default: false,
			description: 'Whether to use the Market API of Kie.ai instead of its Suno API. The output is the same.',
		},
	],
	waiting: [
		{
			displayName: 'Wait For',
			name: 'waitFor',
			type: 'options',
			options: [
				{ name: 'All Tracks', value: 'all' },
				{ name: 'First Track', value: 'first' },
				{ name: 'Lyrics Text', value: 'text' },
			],
			default: 'all',
			description: 'Which part of a song to wait for',
			displayOptions: { show: { '/resource': ['music'] } },
		},
	],
};

/** The whole form of Kie Suno, from top to bottom. */
export const sunoProperties: INodeProperties[] = [
	resource,
	...operations,
	specifyInput,
	...formProperties(forms),
	inputJson,
	downloadFiles,
	{ ...executionMode, displayOptions: { hide: { operation: withoutMode } } },
	...optionsProperties({
		timeLimitMinutes: TIME_LIMIT_MINUTES,
		itemPerFile: {
			displayName: 'One Item per Track',
			description: 'Whether to return one item per track or file instead of one item per task',
		},
		extraOptions: sunoOptions,
	}),
];
