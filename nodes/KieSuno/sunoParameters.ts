import type { INodeProperties } from 'n8n-workflow';

import { sunoModels } from '../shared/catalogue/suno';
import { fieldsOf } from '../shared/form/modelFields';
import { formProperties } from '../shared/form/formParameters';
import { executionMode, inputJson, optionsProperty, specifyInput } from '../shared/form/mediaParameters';
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

/** The operation that a resource starts with: what most come for. */
const FIRST: Record<string, string> = {
	music: 'generate',
	lyrics: 'generate',
	audio: 'convertToWav',
	video: 'generate',
	coverArt: 'generate',
	voice: 'createPersona',
	style: 'boost',
};

const startOf = (value: string): string => FIRST[value] ?? '';

const operations: INodeProperties[] = sunoResources.map(({ value, operations: options }) => ({
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: [value] } },
	options: options.map((operation) => ({ ...operation })),
	default: startOf(value),
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
	...Object.entries(sunoGets).flatMap(([name, gets]) =>
		Object.keys(gets).map((operation) => ({
			shown: { resource: [name], operation: [operation] },
			fields: fieldsOf(earlierTask),
		})),
	),
];

const gets = Object.values(sunoGets).flatMap((names) => Object.keys(names));
/** Operations whose answer is the result, and those that only read. */
const atOnce = sunoModels
	.filter(({ api }) => api === 'suno-now')
	.flatMap(({ operations: names }) => Object.keys(names));

const own: INodeProperties[] = [
	{
		displayName: 'Use Market API',
		name: 'useMarket',
		type: 'boolean',
		default: false,
		description:
			"Whether to call Suno through the market of Kie.ai (createTask) instead of Suno's own paths. Results come out in the same shape.",
	},
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
		description: 'How far a song has to be',
		displayOptions: { show: { '/executionMode': ['createAndWait'], '/resource': ['music'] } },
	},
];

/** The whole form of Kie Suno, from top to bottom. */
export const sunoProperties: INodeProperties[] = [
	resource,
	...operations,
	specifyInput,
	...formProperties(forms),
	inputJson,
	{ ...executionMode, displayOptions: { hide: { operation: [...gets, ...atOnce] } } },
	optionsProperty({
		timeLimitMinutes: TIME_LIMIT_MINUTES,
		itemPerFile: {
			displayName: 'One Item per Track',
			description: 'Whether to output an item for each track or file instead of one for each task',
		},
		own,
	}),
];
