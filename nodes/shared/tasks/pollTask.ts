import { isObject } from '../json';
import type { JsonObject } from '../json';
import type { ApiResponse } from '../api/response';
import type { Failure } from '../api/failure';
import { sleepFor, unlessAborted } from '../api/sleep';
import type { TaskContext } from '../api/request';
import { sendOnce } from '../api/request';
import { isTransient } from '../api/retry';
import type { ApiName } from '../catalogue/types';
import type { Adapter, Milestone } from '../adapters/adapter';
import { adapters } from '../adapters';
import { nextPollDelay } from './pollSchedule';
import type { TaskStatus } from '../adapters/taskStatus';

/** A task that is being waited for. */
interface WatchedTask {
	api: ApiName;
	taskId: string;
	/** The input that the task was created with, where reading it needs more than the ID. */
	input: JsonObject;
	/** How long a task of the model usually takes, in milliseconds. */
	usualMs: number;
	/** How far the task has to be; left out: all of it. */
	stage?: Milestone;
	/** Created some time ago, so the first look is due at once. */
	isOld?: boolean;
}

interface PollOptions {
	/** How long to wait at the most, in milliseconds; 0: one look. */
	limitMs: number;
	/** A fixed interval in milliseconds instead of the growing one. */
	intervalMs?: number;
	signal: AbortSignal;
	/** Runs a read when there is room for one more at the same time. */
	limit: (read: () => Promise<ApiResponse>) => Promise<ApiResponse>;
}

export type PollEnd =
	| { end: 'finished'; snapshot: TaskStatus; record: JsonObject }
	| { end: 'timeLimit'; lastFailure?: Failure }
	| { end: 'unreadable'; failure: Failure }
	| { end: 'cancelled' };

/** Right after creation Kie may not know a task yet: 422 "recordInfo is null" (https://docs.kie.ai/market/common/get-task-detail). */
export const UNKNOWN_GRACE_MS = 60_000;
/** A refusal that will not pass by itself (bad key, feature off) has to come this often in a row before it counts. */
const REFUSALS_IN_A_ROW = 3;
const CANCELLED: ApiResponse = { kind: 'failed', failure: { kind: 'cancelled', reason: '' } };
const FAULT_DELAY_MS = 2_000;
const LONGEST_FAULT_DELAY_MS = 30_000;

/** What a look at a task means for waiting on. */
export type Look =
	{ seen: JsonObject } | { pending: true } | { unknown: Failure } | { fault: Failure } | { refusal: Failure };

/** Reads the answer to a look; `isPending` knows refusals that only mean not yet. */
export function readLook(answer: ApiResponse, isPending?: Adapter['isPending']): Look {
	if (answer.kind === 'ok') {
		// The recovery of Suno returns a list of tracks (https://docs.kie.ai/suno-api/recovery-audio).
		if (Array.isArray(answer.data)) return { seen: { list: answer.data } };
		return isObject(answer.data)
			? { seen: answer.data }
			: { unknown: { kind: 'notFound', reason: 'There is no record of the task' } };
	}
	const { failure } = answer;
	if (isPending?.(failure)) return { pending: true };
	if (failure.kind === 'invalidInput' || failure.kind === 'notFound') return { unknown: failure };
	return isTransient(failure) ? { fault: failure } : { refusal: failure };
}

/** Why a look brought nothing of the task. */
export function failureOf(look: Exclude<Look, { seen: JsonObject } | { pending: true }>): Failure {
	return 'unknown' in look ? look.unknown : 'fault' in look ? look.fault : look.refusal;
}

/** Looks at a task once. */
export async function lookAtTask(
	context: TaskContext,
	{ api, taskId, input }: Pick<WatchedTask, 'api' | 'taskId' | 'input'>,
): Promise<ApiResponse> {
	return await sendOnce(context, adapters[api].read(taskId, input));
}

/**
 * Looks at a task until it ends, the time limit passes or the signal is aborted.
 * Faults that may pass are survived until the time limit, because the task is paid for.
 */
export async function pollTask(context: TaskContext, task: WatchedTask, options: PollOptions): Promise<PollEnd> {
	const { limitMs, intervalMs, signal, limit } = options;
	const startedAt = Date.now();
	let looks = 0;
	let faults = 0;
	let refusals = 0;
	let everSeen = false;
	let lastFailure: Failure | undefined;

	for (;;) {
		const elapsed = Date.now() - startedAt;
		if (elapsed >= limitMs && looks > 0) return { end: 'timeLimit', lastFailure };
		const backOff = faults === 0 ? 0 : Math.min(FAULT_DELAY_MS * faults, LONGEST_FAULT_DELAY_MS);
		const regular = task.isOld && looks === 0 ? 0 : (intervalMs ?? nextPollDelay(elapsed, task.usualMs));
		const wait = Math.max(regular, backOff, lastFailure?.retryAfterMs ?? 0);
		if (!(await sleepFor(Math.min(wait, Math.max(limitMs - elapsed, 0)), signal))) return { end: 'cancelled' };

		const answer = await unlessAborted(
			// What waits for room may be no longer wanted.
			limit(async () => (signal.aborted ? CANCELLED : await lookAtTask(context, task))),
			signal,
		);
		if (answer === undefined || signal.aborted) return { end: 'cancelled' };
		const look = readLook(answer, adapters[task.api].isPending);
		looks += 1;
		if ('seen' in look) {
			const snapshot = adapters[task.api].parseRecord(look.seen, task.stage);
			if (snapshot.state !== 'waiting') return { end: 'finished', snapshot, record: look.seen };
			[faults, refusals, everSeen, lastFailure] = [0, 0, true, undefined];
		} else if ('pending' in look) {
			[faults, refusals, everSeen, lastFailure] = [0, 0, true, undefined];
		} else if ('unknown' in look) {
			if (!everSeen && Date.now() - startedAt >= UNKNOWN_GRACE_MS) return { end: 'unreadable', failure: look.unknown };
			lastFailure = look.unknown;
		} else if ('fault' in look) {
			[faults, refusals] = [faults + 1, 0];
			lastFailure = look.fault;
		} else {
			refusals += 1;
			lastFailure = look.refusal;
			if (refusals >= REFUSALS_IN_A_ROW) return { end: 'unreadable', failure: look.refusal };
		}
	}
}
