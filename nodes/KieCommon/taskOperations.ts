import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isObject, asText } from '../shared/json';
import type { ApiName } from '../shared/adapters';
import { inputError } from '../shared/api/inputError';
import { readOptions } from '../shared/run/runOptions';
import type { TaskJob } from '../shared/run/job';
import { downloadFiles, optionsCollection, taskOptions } from '../shared/form/optionParameters';
import { adapters, isApiName } from '../shared/adapters';
import { apiChoices, readableApis, OF_ITEM } from './apiChoices';
import { readRequired, readText } from './readParameters';

/** As long as the slowest kind of task gets in the other nodes. */
const TIME_LIMIT_MINUTES = 30;

const ofTask = { resource: ['task'] };

const api = {
	displayName: 'API',
	name: 'api',
	type: 'options',
	options: apiChoices,
	default: OF_ITEM,
	required: true,
	description: 'The API of Kie.ai that created the task',
	displayOptions: { show: ofTask },
} satisfies INodeProperties;

const taskId = {
	displayName: 'Task ID',
	name: 'taskId',
	type: 'string',
	// On the error output n8n adds the fields of the input, which may name an earlier task.
	default: '={{ $json.error?.taskId ?? $json.taskId }}',
	required: true,
	placeholder: 'e.g. 0a1b2c3d4e5f60718293a4b5c6d7e8f9',
	description: 'ID of the task. Defaults to the task of the input item.',
	displayOptions: { show: ofTask },
} satisfies INodeProperties;

const { waiting: waitOptions } = taskOptions({ timeLimitMinutes: TIME_LIMIT_MINUTES });
const getOptions = waitOptions.filter(({ name }) => !['pollInterval', 'timeLimit', 'waitUsing'].includes(name));

export const taskProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: ofTask },
		options: [
			{
				name: 'Get',
				value: 'get',
				action: 'Get task',
				description: 'Get the status of a task, and its result if it has completed',
				builderHint: { propertyHint: 'Reads a task once. To wait for a task, use wait instead of a loop around this.' },
			},
			{
				name: 'Wait',
				value: 'wait',
				action: 'Wait for task',
				description: 'Wait until a task has completed and get its result',
				builderHint: {
					propertyHint: 'For tasks created with Create Only. Nodes in Create and Wait have waited already.',
				},
			},
		],
		default: 'get',
	},
	api,
	taskId,
	{ ...downloadFiles, displayOptions: { show: ofTask, hide: { '@tool': [true] } } },
	{ ...optionsCollection(getOptions), displayOptions: { show: { ...ofTask, operation: ['get'] } } },
	{ ...optionsCollection(waitOptions), displayOptions: { show: { ...ofTask, operation: ['wait'] } } },
];

/**
 * The job to read the task of an item once, or to wait for it.
 * @throws NodeOperationError if the task or its API is missing, or the API keeps no record of its tasks.
 */
export function readTaskJob(context: IExecuteFunctions, itemIndex: number): TaskJob {
	const id = readRequired(context, taskId, itemIndex);
	const item = taskOfItem(context, itemIndex);
	// Only Kie knows the model of a task that the item does not name.
	const model = item.taskId === id ? (asText(item.model) ?? '') : '';
	return {
		kind: context.getNodeParameter('operation', itemIndex) === 'wait' ? 'wait' : 'get',
		itemIndex,
		task: { taskId: id, api: readApi(context, item.api, itemIndex), model },
		options: readOptions(context, TIME_LIMIT_MINUTES, itemIndex),
	};
}

/** The part of the input item that names a task: its error, or the item itself. */
function taskOfItem(context: IExecuteFunctions, itemIndex: number): Record<string, unknown> {
	const { json = {} } = context.getInputData()[itemIndex] ?? {};
	return isObject(json.error) && json.error.taskId !== undefined ? json.error : json;
}

function readApi(context: IExecuteFunctions, apiOfItem: unknown, itemIndex: number): ApiName {
	const label = `'${api.displayName}'`;
	const selected = readText(context, api.name, itemIndex);
	const name = selected === OF_ITEM ? (asText(apiOfItem) ?? '') : selected;
	const advice = `Select the API that created the task: ${readableApis}.`;
	if (name === '')
		throw inputError(context.getNode(), `${label} is required: the item has no field 'api'`, itemIndex, advice);
	if (!isApiName(name))
		throw inputError(context.getNode(), `${label} must be an API of Kie.ai (got ${name})`, itemIndex, advice);
	const { read, displayName } = adapters[name];
	if (read) return name;
	throw inputError(
		context.getNode(),
		`${label} must be an API that keeps its tasks (got ${name})`,
		itemIndex,
		`${displayName} returns its result immediately: it is in the output of the node that created it.`,
	);
}
