import { clamp } from 'lodash';

import type { TaskStatus } from '../adapters/taskStatus';
import { readAccount } from '../api/account';
import type { Failure } from '../api/failure';
import type { TaskContext } from '../api/request';
import { sleepFor, unlessAborted } from '../api/sleep';
import type { JsonObject } from '../json';
import { longestStep } from './pollSchedule';
import type { TaskToRead } from './readTask';
import { readTask } from './readTask';
import type { WaitingTask } from './taskKind';
import { TaskKind } from './taskKind';
import { taskKind } from './taskKinds';

/** A task to wait for. */
interface PolledTask extends TaskToRead {
	model: string;
	/** How long a task of the model usually takes, in milliseconds; if absent, unknown. */
	usualMs?: number;
	/** Created some time ago, so the first read is due at once. */
	isOld?: boolean;
}

interface PollOptions {
	/** How long to wait at most, in milliseconds; 0: one read. */
	limitMs: number;
	/** A fixed interval in milliseconds instead of the adaptive one. */
	intervalMs?: number;
	signal: AbortSignal;
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
/** When to read next is reconsidered this often: other tasks of the same kind may have completed. */
const DECISION_MS = 500;
/** As if the task could complete at any time. */
const UNKNOWN_MS = 0;

/**
 * Polls a task until it completes, the time limit passes or the signal is aborted. Transient failures are survived until
 * the time limit, because the task is paid for. A task that has succeeded without a result is read again for a minute,
 * also beyond the time limit.
 */
export async function pollTask(context: TaskContext, task: PolledTask, options: PollOptions): Promise<PollResult> {
	const { usualMs, isOld } = task;
	const isNew = usualMs !== undefined && isOld !== true;
	const kind = isNew ? taskKind((await readAccount(context)).id, task, usualMs) : new TaskKind(UNKNOWN_MS);
	const waiting = kind.join(Date.now());
	try {
		return await pollUntilDone(context, task, options, kind, waiting);
	} finally {
		kind.leave(waiting);
	}
}

async function pollUntilDone(
	context: TaskContext,
	task: PolledTask,
	{ limitMs, intervalMs, signal }: PollOptions,
	kind: TaskKind,
	waiting: WaitingTask,
): Promise<PollResult> {
	const startedAt = waiting.createdAt;
	let limitAt = startedAt + limitMs;
	let [reads, transients, refusals] = [0, 0, 0];
	let [hasRecord, hasSucceeded] = [false, false];
	let lastFailure: Failure | undefined;
	let unknownSince: number | undefined;

	const nextReadAt = (now: number): number => {
		// Its turn comes when the account may read again.
		if (lastFailure?.kind === 'rateLimited' || (task.isOld && reads === 0)) return now;
		const { lastReadMs } = waiting;
		if (intervalMs !== undefined) return startedAt + lastReadMs + intervalMs;
		return hasSucceeded ? startedAt + lastReadMs + longestStep(lastReadMs) : kind.nextReadAt(waiting, now);
	};

	for (;;) {
		if (Date.now() >= limitAt && reads > 0) {
			return hasSucceeded ? { kind: 'withoutResult' } : { kind: 'timeLimit', lastFailure };
		}
		const backOff = Math.min(BACK_OFF_MS * transients, MAX_BACK_OFF_MS);
		const notBefore = startedAt + waiting.lastReadMs + Math.max(backOff, lastFailure?.retryAfterMs ?? 0);
		const dueAt = (now: number) => Math.min(Math.max(nextReadAt(now), notBefore), limitAt);
		if (!(await sleepUntil(dueAt, signal))) return { kind: 'cancelled' };

		const likelihood = () => kind.likelihood(waiting, Date.now());
		// A dependent signal, because Node.js reports many listeners on one signal as a leak.
		const read = readTask(context, task, { likelihood, signal: AbortSignal.any([signal]) });
		const reading = await unlessAborted(read, signal);
		if (reading === undefined || signal.aborted) return { kind: 'cancelled' };
		const ageMs = Date.now() - startedAt;
		if (reading.kind === 'record' && isFinal(reading.status)) {
			if (reading.status.state === 'success') kind.learn(durationOf(reading.status, waiting.lastReadMs, ageMs));
			return { ...reading, kind: 'finished' };
		}
		reads += 1;
		waiting.lastReadMs = ageMs;
		switch (reading.kind) {
			case 'record':
				if (reading.status.state === 'withoutResult' && !hasSucceeded) {
					hasSucceeded = true;
					limitAt = Date.now() + RESULT_GRACE_MS;
				}
				[transients, refusals, hasRecord, lastFailure] = [0, 0, true, undefined];
				break;
			case 'pending':
				[transients, refusals, hasRecord, lastFailure] = [0, 0, true, undefined];
				break;
			case 'unknown':
				lastFailure = reading.failure;
				unknownSince ??= ageMs;
				if (!hasRecord && ageMs - unknownSince >= UNKNOWN_GRACE_MS) return { ...reading, kind: 'unreadable' };
				break;
			case 'transient':
				if (reading.failure.kind !== 'rateLimited') transients += 1;
				[refusals, lastFailure] = [0, reading.failure];
				break;
			case 'refused':
				[refusals, lastFailure] = [refusals + 1, reading.failure];
				if (refusals >= MAX_REFUSALS) return { ...reading, kind: 'unreadable' };
				break;
		}
	}
}

function isFinal({ state }: TaskStatus): boolean {
	return state === 'success' || state === 'fail';
}

/** Waits until `dueAt`, which is asked again and again. Returns whether that time has come: it has not if the signal is aborted. */
async function sleepUntil(dueAt: (now: number) => number, signal: AbortSignal): Promise<boolean> {
	for (;;) {
		const now = Date.now();
		const left = dueAt(now) - now;
		if (left <= 0) return !signal.aborted;
		if (!(await sleepFor(Math.min(left, DECISION_MS), signal))) return false;
	}
}

/** How long a task took that was still running at the age of `lastReadMs` and has completed at `ageMs`; Kie's own times are more exact, if it gives any. */
function durationOf({ durationMs }: TaskStatus, lastReadMs: number, ageMs: number): number {
	return clamp(durationMs ?? (lastReadMs + ageMs) / 2, lastReadMs, ageMs);
}
