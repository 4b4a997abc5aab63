import { clamp } from 'lodash';

import type { TaskStatus } from '../adapters/taskStatus';
import { readAccount } from '../api/account';
import type { Failure } from '../api/failure';
import type { TaskContext } from '../api/request';
import { sleepFor, unlessAborted } from '../api/sleep';
import { longestStep } from './pollSchedule';
import type { TaskToRead } from './readTask';
import { readTask } from './readTask';
import type { WaitingTask } from './taskKind';
import { TaskKind } from './taskKind';
import { kindKey, taskKind } from './taskKinds';
import type { TaskWatch, WatchEnd } from './taskWatch';
import { afterReading, watchedUntil } from './taskWatch';

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

/** The result of polling a task. */
export type PollResult = WatchEnd | { kind: 'cancelled' };

const BACK_OFF_MS = 2_000;
const MAX_BACK_OFF_MS = 30_000;
/** When to read next is reconsidered this often: other tasks of the same kind may have completed. */
const DECISION_MS = 500;
/** As if the task could complete at any time. */
const UNKNOWN_MS = 0;

/** Polls a task until it completes, is given up, or the signal is aborted. */
export async function pollTask(context: TaskContext, task: PolledTask, options: PollOptions): Promise<PollResult> {
	const { usualMs, isOld } = task;
	const isNew = usualMs !== undefined && isOld !== true;
	const kind = isNew ? taskKind((await readAccount(context)).id, kindKey(task), usualMs) : new TaskKind(UNKNOWN_MS);
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
	const deadline = startedAt + limitMs;
	let watch: TaskWatch = { refusals: 0 };
	let transients = 0;
	let lastFailure: Failure | undefined;

	const nextReadAt = (now: number): number => {
		// Its turn comes when the account may read again.
		if (lastFailure?.kind === 'rateLimited' || (task.isOld && waiting.lastReadMs === 0)) return now;
		const { lastReadMs } = waiting;
		if (intervalMs !== undefined) return startedAt + lastReadMs + intervalMs;
		const hasSucceeded = watch.withoutResultSince !== undefined;
		return hasSucceeded ? startedAt + lastReadMs + longestStep(lastReadMs) : kind.nextReadAt(waiting, now);
	};

	for (;;) {
		const backOff = Math.min(BACK_OFF_MS * transients, MAX_BACK_OFF_MS);
		const notBefore = startedAt + waiting.lastReadMs + Math.max(backOff, lastFailure?.retryAfterMs ?? 0);
		const dueAt = (now: number) => Math.min(Math.max(nextReadAt(now), notBefore), watchedUntil(watch, deadline));
		if (!(await sleepUntil(dueAt, signal))) return { kind: 'cancelled' };

		const likelihood = () => kind.likelihood(waiting, Date.now());
		const reading = await unlessAborted(readTask(context, task, { likelihood, signal }), signal);
		if (reading === undefined || signal.aborted) return { kind: 'cancelled' };
		const ageMs = Date.now() - startedAt;
		const step = afterReading(reading, watch, deadline);
		if (step.kind === 'finished' && step.status.state === 'success')
			kind.learn(durationOf(step.status, waiting.lastReadMs, ageMs));
		if (step.kind !== 'wait') return step;
		watch = step.watch;
		waiting.lastReadMs = ageMs;
		lastFailure = 'failure' in reading ? reading.failure : undefined;
		if (reading.kind === 'record' || reading.kind === 'pending') transients = 0;
		else if (reading.kind === 'transient' && lastFailure?.kind !== 'rateLimited') transients += 1;
	}
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
