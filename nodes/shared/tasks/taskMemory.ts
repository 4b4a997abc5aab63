import { createHash } from 'node:crypto';

import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject, asText } from '../json';
import type { JsonObject } from '../json';
import type { ApiName } from '../adapters';
import { isApiName } from '../adapters';

/** What is known of a create that was sent: its task, or that nobody knows whether it arrived. */
export type Remembered = { taskId: string; api: ApiName; model: string; record?: JsonObject } | { unconfirmed: string };

/** The creates of one run of a node, by item. `body` tells the calls of a tool apart, which have no items. */
export interface TaskMemory {
	recall(itemIndex: number, body: JsonObject): Remembered | undefined;
	remember(itemIndex: number, body: JsonObject, what: Remembered): void;
	/** The next try of the same item creates a new task. */
	forget(itemIndex: number, body: JsonObject): void;
	/** The run is over. */
	clear(): void;
}

/**
 * Remembers creates in the node's context, which n8n keeps with the execution. n8n's setting Retry On Fail runs the
 * whole node again for all items: what was created by an earlier try is waited for, not created and paid for again.
 * An item is known by its index and the node's parameters as written, because what an expression gives may differ from
 * try to try; a tool by what it is called with, because n8n counts each try of a tool as a run.
 */
export function taskMemory(context: IExecuteFunctions, isTool: boolean): TaskMemory {
	const { parameters, credentials } = context.getNode();
	const store = context.getContext('node');
	const run = isTool ? 'kie-tool' : `kie-run-${String(context.evaluateExpression('{{ $runIndex }}', 0))}`;
	const entries: JsonObject = isObject(store[run]) ? store[run] : {};
	store[run] = entries;

	const used = new Set<string>();
	const key = (itemIndex: number, body: JsonObject) => {
		const known = createHash('sha256')
			.update(JSON.stringify([itemIndex, parameters, credentials, isTool ? body : null]))
			.digest('hex')
			.slice(0, 32);
		used.add(known);
		return known;
	};

	return {
		recall: (itemIndex, body) => readEntry(entries[key(itemIndex, body)]),
		remember: (itemIndex, body, what) => {
			entries[key(itemIndex, body)] = { ...what };
		},
		forget: (itemIndex, body) => {
			delete entries[key(itemIndex, body)];
		},
		clear: () => {
			for (const known of used) delete entries[known];
		},
	};
}

function readEntry(entry: unknown): Remembered | undefined {
	if (!isObject(entry)) return undefined;
	const taskId = asText(entry.taskId);
	const { api } = entry;
	if (taskId === undefined || !isApiName(api)) return { unconfirmed: asText(entry.unconfirmed) ?? '' };
	const task = { taskId, api, model: asText(entry.model) ?? '' };
	return isObject(entry.record) ? { ...task, record: entry.record } : task;
}
