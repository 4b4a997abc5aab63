import { omit, pick } from 'lodash';
import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import { isApiName } from '../adapters';
import type { JsonObject } from '../json';
import { asObject, asText, isObject } from '../json';
import type { TaskRef } from '../tasks/taskRef';
import type { RunMemory } from './runMemory';
import { runMemory } from './runMemory';

/** What is known of a create that was sent: its task, or that nobody knows whether it was accepted. */
export type RememberedCreate =
	{ kind: 'created'; task: TaskRef; record?: JsonObject } | { kind: 'unconfirmed'; reason: string };

export type CreateMemory = RunMemory<RememberedCreate>;

/** The creates of one run of a node. */
export function createMemory(context: IExecuteFunctions): CreateMemory {
	return runMemory(context, 'kie-creates', parseCreate, createParameters);
}

/** The options that a create depends on. */
const CREATE_OPTIONS = ['callBackUrl', 'useMarket'];

/** Without what says how to wait, what to return, and what a run may cost: a retry may change that without creating again. */
export function createParameters({ options, ...parameters }: INodeParameters): object {
	return {
		...omit(parameters, 'downloadFiles', 'executionMode'),
		options: typeof options === 'string' ? options : pick(asObject(options), CREATE_OPTIONS),
	};
}

function parseCreate({ task, record, reason }: JsonObject): RememberedCreate {
	const { taskId, api, model } = isObject(task) ? task : {};
	const id = asText(taskId);
	if (id === undefined || !isApiName(api)) return { kind: 'unconfirmed', reason: asText(reason) ?? '' };
	const ref = { taskId: id, api, model: asText(model) ?? '' };
	return { kind: 'created', task: ref, record: isObject(record) ? record : undefined };
}
