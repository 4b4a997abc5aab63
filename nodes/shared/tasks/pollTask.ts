import type { TaskStatus } from '../adapters/taskStatus';
import type { Failure } from '../api/failure';
import type { TaskContext } from '../api/request';
import { sleepFor, unlessAborted } from '../api/sleep';
import type { JsonObject } from '../json';
import { nextPollDelay } from './pollSchedule';
import type { TaskReading, TaskToRead } from './readTask';
import { readTask } from './readTask';

/** A task to wait for. */
interface PolledTask extends TaskToRead {
	/** How long a task of the model usually takes, in milliseconds. */
	usualMs: number;
	/** Created some time ago, so the first read is due at once. */
	isOld?: boolean;
}

interface PollOptions {
	/** How long to wait at most, in milliseconds; 0: one read. */
	limitMs: number;
	/** A fixed interval in milliseconds instead of the adaptive one. */
	intervalMs?: number;
	signal: AbortSignal;
	/** Runs a read when fewer than the allowed number are in flight. */
	limit: (read: () => Promise<TaskReading | undefined>) => Promise<TaskReading | undefined>;
}

/** How waiting for a task ended. */
export type PollResult =
	| { kind: 'finished'; status: TaskStatus; record: JsonObject }
	/** The record says success, and its result has not arrived. */
	| { kind: 'withoutResult' }
	| { kind: 'timeLimit'; lastFailure?: Failure }
	| { kind: 'unreadable'; failure: Failure }
	| { kind: 'cancelled' };

/** Right after creation Kie may not know a task yet: 422 "recordInfo is null" (https://docs.kie.ai/market/common/get-task-detail). */
export const UNKNOWN_GRACE_MS = 60_000;
/** How long the result of a task may arrive after its record says success. */
export const RESULT_GRACE_MS = 60_000;
/** A refusal that does not pass by itself (bad key, disabled feature) counts when it comes this often in a row. */
export const MAX_REFUSALS = 3;
const BACK_OFF_MS = 2_000;
const MAX_BACK_OFF_MS = 30_000;

function isFinal({ state }: TaskStatus): boolean {
	return state === 'success' || state === 'fail';
}

/**
 * Polls a task until it completes, the time limit passes or the signal is aborted. Transient failures are survived until
 * the time limit, because the task is paid for. A task that has succeeded without a result is read again for a minute,
 * also beyond the time limit.
 */
export async function pollTask(context: TaskContext, task: PolledTask, options: PollOptions): Promise<PollResult> {
	const { limitMs, intervalMs, signal, limit } = options;
	const startedAt = Date.now();
	let [reads, transients, refusals] = [0, 0, 0];
	let hasRecord = false;
	let withoutResultMs: number | undefined;
	let lastFailure: Failure | undefined;

	for (;;) {
		const elapsed = Date.now() - startedAt;
		const limitLeft = withoutResultMs === undefined ? limitMs - elapsed : RESULT_GRACE_MS - withoutResultMs;
		if (limitLeft <= 0 && reads > 0) {
			return withoutResultMs === undefined ? { kind: 'timeLimit', lastFailure } : { kind: 'withoutResult' };
		}
		const regular = task.isOld && reads === 0 ? 0 : (intervalMs ?? nextPollDelay(elapsed, task.usualMs));
		const backOff = Math.min(BACK_OFF_MS * transients, MAX_BACK_OFF_MS);
		const delay = Math.min(Math.max(regular, backOff, lastFailure?.retryAfterMs ?? 0), Math.max(limitLeft, 0));
		if (!(await sleepFor(delay, signal))) return { kind: 'cancelled' };
		if (withoutResultMs !== undefined) withoutResultMs += delay;

		// What waits for its turn may no longer be wanted.
		const read = limit(async () => (signal.aborted ? undefined : await readTask(context, task)));
		const reading = await unlessAborted(read, signal);
		if (reading === undefined || signal.aborted) return { kind: 'cancelled' };
		reads += 1;
		switch (reading.kind) {
			case 'record':
				if (isFinal(reading.status)) return { ...reading, kind: 'finished' };
				if (reading.status.state === 'withoutResult') withoutResultMs ??= 0;
				[transients, refusals, hasRecord, lastFailure] = [0, 0, true, undefined];
				break;
			case 'pending':
				[transients, refusals, hasRecord, lastFailure] = [0, 0, true, undefined];
				break;
			case 'unknown':
				lastFailure = reading.failure;
				if (!hasRecord && Date.now() - startedAt >= UNKNOWN_GRACE_MS) return { ...reading, kind: 'unreadable' };
				break;
			case 'transient':
				[transients, refusals, lastFailure] = [transients + 1, 0, reading.failure];
				break;
			case 'refused':
				[refusals, lastFailure] = [refusals + 1, reading.failure];
				if (refusals >= MAX_REFUSALS) return { ...reading, kind: 'unreadable' };
				break;
		}
	}
}
