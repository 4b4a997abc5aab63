import { mean, round } from 'lodash';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { asNumber, asObjects, asText, compact, isObject, nonEmptyFields } from '../shared/json';
import type { JsonObject } from '../shared/json';
import { inputError } from '../shared/api/inputError';
import type { ModelFilter } from '../shared/live/liveCatalogue';
import { checkModelId, listModels, readModel } from '../shared/live/liveCatalogue';
import { inputSchemaOf, resolveReferences } from '../shared/live/openApi';
import { readRequired } from './readParameters';
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

/** Far more models than Kie has. */
const MAX_LIMIT = 10_000;

const shownFor = (...operation: string[]) => ({ show: { resource: ['model'], operation } });

const model = {
	displayName: 'Model',
	name: 'model',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The model to get information about',
	displayOptions: shownFor('getPrice', 'getSchema', 'getSuccessRate'),
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
				action: 'Get model price',
				description: 'Get the price of a model as listed by Kie.ai',
			},
			{
				name: 'Get Schema',
				value: 'getSchema',
				action: 'Get model schema',
				description: 'Get the JSON Schema of the input of a model',
			},
			{
				name: 'Get Success Rate',
				value: 'getSuccessRate',
				action: 'Get model success rate',
				description: 'Get the share of tasks of a model that succeeded in the last 24 hours',
			},
			{
				name: 'List',
				value: 'list',
				action: 'List models',
				description: 'List the models available at Kie.ai with their prices',
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
		displayOptions: shownFor('getSchema', 'getSuccessRate', 'list'),
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		displayOptions: shownFor('list'),
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MAX_LIMIT },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { ...shownFor('list').show, returnAll: [false] } },
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: shownFor('list'),
		options: [
			{
				displayName: 'Provider',
				name: 'provider',
				type: 'string',
				default: '',
				placeholder: 'e.g. Google',
				description: 'The provider of the models as listed by Kie.ai',
			},
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. banana',
				description: 'Text to search for',
			},
			{
				displayName: 'Task Types',
				name: 'taskTypes',
				type: 'multiOptions',
				options: TASK_TYPES.map((name) => ({ name, value: name })),
				default: [],
				description: 'Return models with any of these task types',
			},
		],
	},
];

/** One item per model; simplified, with its task types and its price as text. */
export const list: ReadOperation = (context, itemIndex) => {
	const limit = readLimit(context, itemIndex);
	const filter = readFilter(context, itemIndex);
	const simplify = readSimplify(context, itemIndex);
	return async (signal) => {
		const models = await listModels(context, filter, { itemIndex, signal });
		return models.slice(0, limit).map((json) => ({ json: simplify ? listed(json) : json }));
	};
};

function listed({ model: id, title, provider, taskType, pricingDesc, description }: JsonObject): IDataObject {
	const taskTypes = [taskType].flat().join(', ');
	return nonEmptyFields({ model: id, title, provider, taskTypes, price: pricingDesc, description });
}

function readSimplify(context: IExecuteFunctions, itemIndex: number): boolean {
	return context.getNodeParameter('simplify', itemIndex, true) !== false;
}

function readLimit(context: IExecuteFunctions, itemIndex: number): number {
	if (context.getNodeParameter('returnAll', itemIndex) === true) return Infinity;
	const value: unknown = context.getNodeParameter('limit', itemIndex);
	const limit = asNumber(value);
	if (limit !== undefined && Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
	const message = `'Limit' must be a whole number from 1 to ${MAX_LIMIT} (got ${String(value)})`;
	throw inputError(context.getNode(), message, itemIndex);
}

function readFilter(context: IExecuteFunctions, itemIndex: number): ModelFilter {
	const filters: unknown = context.getNodeParameter('filters', itemIndex, {});
	const { taskTypes, provider, search } = isObject(filters) ? filters : {};
	// An expression may return a single type as text.
	const types = [taskTypes].flat().flatMap((type) => asText(type) ?? []);
	return { taskTypes: types, provider: asText(provider)?.trim(), search: asText(search)?.trim() };
}

/** The price of a model as text, or null if Kie lists none. */
export const getPrice: ReadOperation = (context, itemIndex) => {
	const id = readModelId(context, itemIndex);
	return async (signal) => [{ json: await readModel(context, id, 'price', { itemIndex, signal }) }];
};

/** The input schema of a model. For models without tasks, such as chat, the whole OpenAPI document. */
export const getSchema: ReadOperation = (context, itemIndex) => {
	const id = readModelId(context, itemIndex);
	const simplify = readSimplify(context, itemIndex);
	return async (signal) => {
		const response = await readModel(context, id, 'schema', { itemIndex, signal });
		return [{ json: simplify ? simplified(id, response) : response }];
	};
};

function simplified(id: string, response: JsonObject): IDataObject {
	const { openapi } = response;
	const input = isObject(openapi) ? inputSchemaOf(openapi) : undefined;
	return isObject(openapi) && input ? { model: id, input: resolveReferences(openapi, input) } : response;
}

/** How reliable a model has been in the last 24 hours; `isNormal` is what Kie says of the latest 10 minutes. */
export const getSuccessRate: ReadOperation = (context, itemIndex) => {
	const id = readModelId(context, itemIndex);
	const simplify = readSimplify(context, itemIndex);
	return async (signal) => {
		const response = await readModel(context, id, 'success-rate', { itemIndex, signal });
		return [{ json: simplify ? averaged(id, response) : response }];
	};
};

function averaged(id: string, response: JsonObject): IDataObject {
	const points = asObjects(response.points);
	const latest = points.at(-1) ?? {};
	const average = (name: string): number | undefined => {
		const rates = points.flatMap((point) => asNumber(point[name]) ?? []);
		return rates.length === 0 ? undefined : round(mean(rates), 4);
	};
	return compact({
		model: id,
		isNormal: latest.isNormal,
		successRate: average('successRate'),
		errorRate: average('errorRate'),
		latestSuccessRate: asNumber(latest.successRate),
		latestErrorRate: asNumber(latest.errorRate),
		from: points[0]?.start,
		to: latest.end,
	});
}

function readModelId(context: IExecuteFunctions, itemIndex: number): string {
	const id = readRequired(context, model, itemIndex);
	return checkModelId(context.getNode(), id, itemIndex);
}
