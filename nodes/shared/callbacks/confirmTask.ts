import type { IWebhookFunctions } from 'n8n-workflow';
import pLimit from 'p-limit';

import type { Failure } from '../api/failure';
import { sleepFor } from '../api/sleep';
import { RESULT_GRACE_MS } from '../tasks/pollTask';
import { readTask } from '../tasks/readTask';
import type { Callback, CallbackTask } from './parseCallback';
import { parseTask } from './parseCallback';

/** What Kie says about the task of a callback. */
export type Confirmation =
	| { kind: 'confirmed'; task: CallbackTask }
	/** None of the APIs knows the task. */
	| { kind: 'unknown' }
	/** The task has not got as far as the callback says. */
	| { kind: 'notYet' }
	| { kind: 'unreachable'; failure: Failure };

/** Kie waits 15 s for the response to a callback (https://docs.kie.ai/market/common/get-task-detail); no read starts after this. */
const LIMIT_MS = 10_000;
/** The least time that a read gets: n8n may be too busy to start one for seconds, and late is better than lost. */
const SHORTEST_READ_MS = 4_500;
const PAUSE_MS = 1_000;
/** A record may exist a moment later than its callback. */
const ROUNDS_IF_UNKNOWN = 2;

/** Reads at the same time in this process, for bursts of callbacks. */
const limit = pLimit(100);

/**
 * Reads the task of a callback until its record says what the callback says, or 10 s have passed. Everything in the answer
 * is from the record: a callback can be forged.
 */
export async function confirmTask(context: IWebhookFunctions, callback: Callback): Promise<Confirmation> {
	const deadline = Date.now() + LIMIT_MS;
	let { apis } = callback;
	for (let round = 1; ; round++) {
		const result = await readFirstKnown(context, { ...callback, apis }, deadline);
		if (result.kind === 'confirmed' && hasReached(result.task, callback)) return result;
		if (result.kind === 'unknown' && round >= ROUNDS_IF_UNKNOWN) return result;
		if (result.kind === 'refused') return { kind: 'unreachable', failure: result.failure };
		if (result.kind === 'confirmed') apis = [result.task.api];
		if (Date.now() + PAUSE_MS >= deadline) {
			return result.kind === 'confirmed' && !isOverdue(result.task) ? { kind: 'notYet' } : result;
		}
		await sleepFor(PAUSE_MS);
	}
}

/** Reads the task from the APIs that it may be of, one after the other, until one knows it. */
async function readFirstKnown(
	context: IWebhookFunctions,
	{ taskId, apis, milestone }: Callback,
	deadline: number,
): Promise<Exclude<Confirmation, { kind: 'notYet' }> | { kind: 'refused'; failure: Failure }> {
	let failure: Failure | undefined;
	for (const api of apis) {
		if (failure && Date.now() >= deadline) break;
		const reading = await limit(async () => {
			const timeoutMs = Math.max(deadline - Date.now(), SHORTEST_READ_MS);
			return await readTask(context, { api, taskId }, { timeoutMs });
		});
		switch (reading.kind) {
			case 'record':
				return { kind: 'confirmed', task: parseTask(api, reading.record, milestone) };
			case 'pending':
				return {
					kind: 'confirmed',
					task: { api, model: api, event: 'progress', status: { state: 'waiting', urls: [], details: {} } },
				};
			case 'refused':
				return reading;
			case 'transient':
				failure = reading.failure;
				break;
			case 'unknown':
				break;
		}
	}
	return failure ? { kind: 'unreachable', failure } : { kind: 'unknown' };
}

/** Whether the result of a task that has succeeded without one is no longer waited for. */
function isOverdue({ lacksResult, status: { completedAt } }: CallbackTask): boolean {
	return lacksResult === true && (completedAt === undefined || Date.now() - Date.parse(completedAt) > RESULT_GRACE_MS);
}

/** Whether a record has got as far as a callback says. */
function hasReached(task: CallbackTask, { event, milestone }: Callback): boolean {
	if (task.lacksResult) return false;
	return task.event !== 'progress' || (event === 'progress' && task.milestone === milestone);
}
