import { createHash } from 'node:crypto';

import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject, text } from '../api/answer';
import type { JsonObject } from '../catalogue/types';

/** What is known of a create that was sent: its task, or that nobody knows whether it arrived. */
export type Remembered = { taskId: string; record?: JsonObject } | { unconfirmed: string };

/** The creates of one run of a node. */
export interface TaskMemory {
	recall(itemIndex: number, request: JsonObject): Remembered | undefined;
	remember(itemIndex: number, request: JsonObject, what: Remembered): void;
	/** The next try of the same item creates a new task. */
	forget(itemIndex: number, request: JsonObject): void;
	/** The run is over. */
	clear(): void;
}

/**
 * Remembers creates in the node's context, which n8n keeps with the execution. n8n's setting Retry On Fail runs the
 * whole node again for all items: what was created by an earlier try is waited for, not created and paid for again.
 */
export function taskMemory(context: IExecuteFunctions): TaskMemory {
	const store = context.getContext('node');
	const run = `kie-run-${String(context.evaluateExpression('{{ $runIndex }}', 0))}`;
	const entries: JsonObject = isObject(store[run]) ? store[run] : {};
	store[run] = entries;

	const key = (itemIndex: number, request: JsonObject) =>
		createHash('sha256')
			.update(`${itemIndex} ${JSON.stringify(request)}`)
			.digest('hex')
			.slice(0, 32);

	return {
		recall: (itemIndex, request) => {
			const entry = entries[key(itemIndex, request)];
			if (!isObject(entry)) return undefined;
			const taskId = text(entry.taskId);
			if (taskId === undefined) return { unconfirmed: text(entry.unconfirmed) ?? '' };
			return isObject(entry.record) ? { taskId, record: entry.record } : { taskId };
		},
		remember: (itemIndex, request, what) => {
			entries[key(itemIndex, request)] = { ...what };
		},
		forget: (itemIndex, request) => {
			delete entries[key(itemIndex, request)];
		},
		clear: () => {
			delete store[run];
		},
	};
}
