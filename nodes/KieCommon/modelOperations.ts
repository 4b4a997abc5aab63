import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isObject, asNumber, asText } from '../shared/json';
import type { JsonObject } from '../shared/json';
import type { ModelFilter } from '../shared/live/liveCatalogue';
import { listModels, readModel } from '../shared/live/liveCatalogue';
import { inputOf, withoutReferences } from '../shared/live/customModel';
import { badInput, readRequired } from './readParameters';
import type { ReadOperation } from './itemOperation';

/** The task types of Kie's model list (https://docs.kie.ai/ai-agent/install-kie-models). */
const TASK_TYPES = [
	'Audio to Audio',
	'Chat',
	'Image Editing',
	'Image to Image',
	'Image to Video',
	'Lip Sync',
	'Speech to Text',
	'Speech to Video',
	'Text to Image',
	'Text to Music',
	'Text to Speech',
	'Text to Video',
	'Video Editing',
	'Video to Video',
];
/** The format of a model ID. */
const MODEL_ID = /^[a-z0-9][\w.-]*(\/[a-z0-9][\w.-]*)?$/i;

const ofModel = (...operation: string[]) => ({ show: { resource: ['model'], operation } });

const model = {
	displayName: 'Model',
	name: 'model',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The model to look up',
	displayOptions: ofModel('getPrice', 'getSchema'),
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchModels', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. google/nano-banana' },
	],
} satisfies INodeProperties;

export const modelProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['model'] } },
		options: [
			{
				name: 'Get Price',
				value: 'getPrice',
				action: 'Get price of model',
				description: 'See what a model costs, in the words of Kie.ai',
			},
			{
				name: 'Get Schema',
				value: 'getSchema',
				action: 'Get schema of model',
				description: 'See which input a model takes, as JSON Schema',
			},
			{
				name: 'List',
				value: 'list',
				action: 'List models',
				description: 'List the models that Kie.ai has now, with their prices',
			},
		],
		default: 'list',
	},
	model,
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
		displayOptions: ofModel('getSchema'),
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		displayOptions: ofModel('list'),
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { ...ofModel('list').show, returnAll: [false] } },
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: ofModel('list'),
		options: [
			{
				displayName: 'Provider',
				name: 'provider',
				type: 'string',
				default: '',
				placeholder: 'e.g. Google',
				description: 'The maker of the models, as the list names it',
			},
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. banana',
				description: 'Words to search for',
			},
			{
				displayName: 'Task Types',
				name: 'taskTypes',
				type: 'multiOptions',
				options: TASK_TYPES.map((name) => ({ name, value: name })),
				default: [],
				description: 'What the models do; any of these',
			},
		],
	},
];

/** An item for each model that Kie lists, as it lists it. */
export const list: ReadOperation = (context, itemIndex) => {
	const limit = readLimit(context, itemIndex);
	const filter = readFilter(context, itemIndex);
	return async (signal) => {
		const models = await listModels(context, filter, { itemIndex, signal });
		return models.slice(0, limit).map((json) => ({ json }));
	};
};

function readLimit(context: IExecuteFunctions, itemIndex: number): number {
	if (context.getNodeParameter('returnAll', itemIndex) === true) return Infinity;
	const given: unknown = context.getNodeParameter('limit', itemIndex);
	const limit = asNumber(given);
	if (limit !== undefined && Number.isInteger(limit) && limit >= 1) return limit;
	throw badInput(context, `'Limit' has to be a whole number of at least 1, not ${String(given)}`, itemIndex);
}

function readFilter(context: IExecuteFunctions, itemIndex: number): ModelFilter {
	const filters: unknown = context.getNodeParameter('filters', itemIndex, {});
	const { taskTypes, provider, search } = isObject(filters) ? filters : {};
	// An expression may give one type as text.
	const types = [taskTypes].flat().flatMap((type) => asText(type) ?? []);
	return { taskTypes: types, provider: asText(provider)?.trim(), search: asText(search)?.trim() };
}

/** The price of a model in Kie's words, or null where it names none. */
export const getPrice: ReadOperation = (context, itemIndex) => {
	const id = readModelId(context, itemIndex);
	return async (signal) => [{ json: await readModel(context, id, 'price', { itemIndex, signal }) }];
};

/** What a model takes. Models that answer at once have no task to create; of them comes the whole document. */
export const getSchema: ReadOperation = (context, itemIndex) => {
	const id = readModelId(context, itemIndex);
	const simplify = context.getNodeParameter('simplify', itemIndex) !== false;
	return async (signal) => {
		const answer = await readModel(context, id, 'schema', { itemIndex, signal });
		return [{ json: simplify ? simplified(id, answer) : answer }];
	};
};

function simplified(id: string, answer: JsonObject): IDataObject {
	const { openapi } = answer;
	const input = isObject(openapi) ? inputOf(openapi) : undefined;
	return isObject(openapi) && input ? { model: id, input: withoutReferences(openapi, input) } : answer;
}

function readModelId(context: IExecuteFunctions, itemIndex: number): string {
	const id = readRequired(context, model, itemIndex);
	if (MODEL_ID.test(id)) return id;
	throw badInput(
		context,
		`'${model.displayName}' is no model ID: ${id.slice(0, 80)}`,
		itemIndex,
		'IDs look like z-image or google/nano-banana.',
	);
}
