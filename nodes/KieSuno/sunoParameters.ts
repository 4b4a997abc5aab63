import { groupBy, merge } from 'lodash';
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { sunoModels } from '../shared/catalogue/suno';
import type { SunoApiName } from '../shared/catalogue/types';
import { resultOfModel } from '../shared/form/modelResult';
import { executionMode, inputJson, specifyInput } from '../shared/form/mediaParameters';
import { priceParameter } from '../shared/form/priceParameter';
import {
	maxCredits,
	downloadFiles,
	optionsCollection,
	taskOptions,
	WITHOUT_WAITING,
} from '../shared/form/optionParameters';
import { toolDescription } from '../shared/form/toolDescription';
import { earlierTaskId, TIME_LIMIT_MINUTES } from './earlierTask';
import type { Place } from './sunoForm';
import { operationParameters, placeConditions } from './sunoForm';
import { sunoGets, sunoResources } from './sunoOperations';

const resource: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: sunoResources.map(({ name, value, description }) => ({ name, value, description })),
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

/** An operation and the API that has the record of its task. */
interface PlacedApi {
	place: Place;
	api: SunoApiName;
}

const creating = sunoModels.flatMap((model) =>
	Object.entries(model.operations).map(([operation, forms]) => ({
		place: { resource: model.resource, operation },
		api: model.api,
		model,
		forms,
	})),
);
/** The operations that create a task to wait for; the others return their result at once. */
const creatingTasks = creating.filter(({ api }) => api !== 'suno-now');
const creatingAtOnce = creating.filter(({ api }) => api === 'suno-now');
const getting = Object.entries(sunoGets).flatMap(([resourceName, gets]) =>
	Object.entries(gets).map(([operation, api]) => ({ place: { resource: resourceName, operation }, api })),
);
const allPlaces = [...creating, ...getting].map(({ place }) => place);

/** A parameter displayed in some operations, under its own conditions and more. */
function placed(parameter: INodeProperties, operations: PlacedApi[], more?: IDisplayOptions): INodeProperties[] {
	const { show, hide } = merge({}, parameter.displayOptions, more);
	const places = operations.map(({ place }) => place);
	return placeConditions(places, allPlaces).map((condition) => ({
		...parameter,
		displayOptions: { show: { ...show, ...condition }, ...(hide && { hide }) },
	}));
}

const hasFiles = (model: Pick<PlacedApi, 'api'>) => !resultOfModel(model).withoutFiles;

/** What an AI agent is told about the operations of a resource. n8n tells it itself what those that get a task do. */
const toolDescriptions = sunoResources.flatMap(({ value, toolDescription: what }) => {
	const tools = creating.filter(({ place }) => place.resource === value);
	const results = [...(tools.some(hasFiles) ? ['url, urls'] : []), ...(tools.every(hasFiles) ? [] : ['the result'])];
	const seconds = tools.map(({ model }) => model.seconds);
	return placed(toolDescription({ what, seconds, result: results.join(' or ') }, {}), tools);
});

const useMarket: INodeProperties = {
	displayName: 'Use Market API',
	name: 'useMarket',
	type: 'boolean',
	default: false,
};

const waitFor: INodeProperties = {
	displayName: 'Wait For',
	name: 'waitFor',
	type: 'options',
	options: [
		{ name: 'All Tracks', value: 'all' },
		{ name: 'First Track', value: 'first' },
		{ name: 'Lyrics Text', value: 'text' },
	],
	default: 'all',
	description: 'Part of the song to wait for',
};

const { creating: createOptions, waiting: waitOptions } = taskOptions({
	timeLimitMinutes: TIME_LIMIT_MINUTES,
	itemPerFile: 'One Item per Track',
	extraOptions: { creating: [useMarket], waiting: [waitFor] },
});

const FILE_OPTIONS = ['binaryProperty', 'itemPerFile', 'maxFileSize'];
const WAIT_OPTIONS = ['pollInterval', 'waitUsing'];

/** Whether an option has an effect on the results of an API. */
function applies(name: string, api: SunoApiName): boolean {
	if (FILE_OPTIONS.includes(name)) return hasFiles({ api });
	// What returns at once is a task only in the market, where it takes seconds.
	if (WAIT_OPTIONS.includes(name)) return api !== 'suno-now';
	return name !== 'waitFor' || api === 'suno-music';
}

/** Operations with their options; those with the same options share them. */
function withOptions(operations: PlacedApi[], options: INodeProperties[]) {
	const sameOptions = groupBy(operations, ({ api }) => options.map(({ name }) => applies(name, api)).join());
	return Object.values(sameOptions).map((group) => ({
		group,
		options: options.filter(({ name }) => group.every(({ api }) => applies(name, api))),
	}));
}

const allOptions = [...createOptions, maxCredits, ...waitOptions];
const getOptions = waitOptions.filter(({ name }) => ![...WAIT_OPTIONS, 'timeLimit', 'waitFor'].includes(name));

const optionsProperties = [
	...withOptions(creatingTasks, allOptions).flatMap(({ group, options }) => [
		...placed(optionsCollection(options), group, { hide: { '/executionMode': WITHOUT_WAITING } }),
		...placed(optionsCollection(createOptions), group, { show: { '/executionMode': WITHOUT_WAITING } }),
	]),
	...[...withOptions(creatingAtOnce, allOptions), ...withOptions(getting, getOptions)].flatMap(({ group, options }) =>
		placed(optionsCollection(options), group),
	),
];

/** The whole form of Kie Suno, from top to bottom. The build replaces this module by its value. */
export const sunoProperties: INodeProperties[] = [
	...toolDescriptions,
	resource,
	...operations,
	priceParameter(['resource', 'operation']),
	...placed(earlierTaskId, getting),
	...operationParameters(creating, allPlaces),
	...placed(specifyInput, creating),
	...placed({ ...inputJson, description: undefined }, creating),
	...placed(downloadFiles, [...creatingTasks, ...getting].filter(hasFiles)),
	...placed(executionMode, creatingTasks),
	...optionsProperties,
];
