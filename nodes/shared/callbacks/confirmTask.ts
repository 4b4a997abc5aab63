import type { IWebhookFunctions } from 'n8n-workflow';
import pLimit from 'p-limit';

import type { ApiName } from '../adapters';
import type { Failure } from '../api/failure';
import { isTransient } from '../api/retry';
import { sleepFor } from '../api/sleep';
import { readTask } from '../tasks/readTask';
import { RESULT_GRACE_MS } from '../tasks/taskWatch';
import type { Callback, CallbackTask } from './parseCallback';
import { parseTask } from './parseCallback';
import { unknownTasks } from './unknownTasks';

/** What Kie says about the task of a callback. */
export type Confirmation =
	| { kind: 'confirmed'; task: CallbackTask }
	/** The APIs that were asked do not know the task. */
	| { kind: 'unknown' }
	/** The task has not got as far as the callback says. */
	| { kind: 'notYet'; task: CallbackTask }
	/** Too many callbacks of unknown tasks. */
	| { kind: 'overLimit' }
	| { kind: 'unreachable'; failure: Failure };

/** Kie waits 15 s for the response to a callback (https://docs.kie.ai/market/common/get-task-detail); no read starts after this. */
const LIMIT_MS = 10_000;
/** The least time that a read gets: n8n may be too busy to start one for seconds, and late is better than lost. */
const SHORTEST_READ_MS = 4_500;
/** Between rounds of reads: a record can appear, or get as far as its callback, a moment later. */
const PAUSES_MS = [1_000, 2_000, 3_000, 3_000];
/** Reads of an unknown task that a delivery may cost. When Kie delivers again, other APIs are asked. */
const MAX_UNKNOWN = 2;

/** Rounds of this process at the same time for callbacks that can be forged: in a burst, the first ones tell whether the others are worth a read. */
const unsigned = pLimit(20);

/**
 * Reads the task of a callback until its record says what the callback says, or 10 s have passed. Everything in the answer
 * is from the record, because a callback can be forged, and a signature does not cover its body.
 */
export async function confirmTask(
	context: IWebhookFunctions,
	trigger: string,
	callback: Callback,
	isSigned: boolean,
): Promise<Confirmation> {
	const { taskId } = callback;
	const deadline = Date.now() + LIMIT_MS;
	const unknown = unknownTasks(trigger);
	let apis = unknown.worthAsking(taskId, callback.apis).slice(0, MAX_UNKNOWN);
	if (apis.length === 0) return { kind: 'unknown' };

	/** Asks the APIs, one after the other, until one knows the task. */
	const readRound = async (): Promise<Confirmation> => {
		let result: Confirmation = { kind: 'unknown' };
		for (const api of apis) {
			if (unknown.isOverLimit()) return { kind: 'overLimit' };
			const reading = await readOnce(context, api, callback, deadline);
			if (reading.kind === 'unknown') unknown.add(taskId, api);
			else if (reading.kind !== 'unreachable' || isFinal(reading)) return reading;
			else result = reading;
			if (Date.now() >= deadline) break;
		}
		if (result.kind === 'unknown') unknown.countRound();
		return result;
	};

	for (let round = 0; ; round++) {
		const result = await (isSigned ? readRound() : unsigned(readRound));
		if (isFinal(result)) return result;
		if (result.kind === 'unknown' && apis.length * (round + 1) >= MAX_UNKNOWN) return result;
		const pause = PAUSES_MS[round];
		if (pause === undefined || Date.now() + pause >= deadline) {
			return result.kind === 'notYet' && isOverdue(result.task) ? { kind: 'confirmed', task: result.task } : result;
		}
		if (result.kind === 'notYet') apis = [result.task.api];
		await sleepFor(pause);
	}
}

async function readOnce(
	context: IWebhookFunctions,
	api: ApiName,
	callback: Callback,
	deadline: number,
): Promise<Confirmation> {
	const timeoutMs = Math.max(deadline - Date.now(), SHORTEST_READ_MS);
	const reading = await readTask(context, { api, taskId: callback.taskId }, { timeoutMs });
	switch (reading.kind) {
		case 'record':
			return compare(parseTask(api, reading.record, callback.milestone), callback);
		case 'pending':
			return compare(
				{ api, model: api, event: 'progress', status: { state: 'waiting', urls: [], details: {} } },
				callback,
			);
		case 'unknown':
			return { kind: 'unknown' };
		case 'transient':
		case 'refused':
			return { kind: 'unreachable', failure: reading.failure };
	}
}

/** Whether a task has got as far as a callback says. */
function compare(task: CallbackTask, { event, milestone }: Callback): Confirmation {
	const isSame = task.event !== 'progress' || (event === 'progress' && task.milestone === milestone);
	return { kind: isSame && !task.lacksResult ? 'confirmed' : 'notYet', task };
}

/** Whether the result of a task that has succeeded without one is no longer waited for. */
function isOverdue({ lacksResult, status: { completedAt } }: CallbackTask): boolean {
	return lacksResult === true && (completedAt === undefined || Date.now() - Date.parse(completedAt) > RESULT_GRACE_MS);
}

/** Whether another read would not change it. */
function isFinal(result: Confirmation): boolean {
	if (result.kind === 'unreachable') return !isTransient(result.failure);
	return result.kind === 'confirmed' || result.kind === 'overLimit';
}
