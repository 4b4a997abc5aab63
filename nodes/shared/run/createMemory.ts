import type { IExecuteFunctions } from 'n8n-workflow';

import { isApiName } from '../adapters';
import type { JsonObject } from '../json';
import { asText, isObject } from '../json';
import type { TaskRef } from '../tasks/taskRef';
import type { RunMemory } from './runMemory';
import { runMemory } from './runMemory';

/** What is known of a create that was sent: its task, or that nobody knows whether it was accepted. */
export type RememberedCreate =
	{ kind: 'created'; task: TaskRef; record?: JsonObject } | { kind: 'unconfirmed'; reason: string };

export type CreateMemory = RunMemory<RememberedCreate>;

/** The creates of one run of a node. */
export function createMemory(context: IExecuteFunctions): CreateMemory {
	return runMemory(context, 'kie-creates', parseCreate);
}

function parseCreate({ task, record, reason }: JsonObject): RememberedCreate {
	const { taskId, api, model } = isObject(task) ? task : {};
	const id = asText(taskId);
	if (id === undefined || !isApiName(api)) return { kind: 'unconfirmed', reason: asText(reason) ?? '' };
	const ref = { taskId: id, api, model: asText(model) ?? '' };
	return { kind: 'created', task: ref, record: isObject(record) ? record : undefined };
}
