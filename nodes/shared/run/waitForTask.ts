import type { TaskStatus } from '../adapters/taskStatus';
import { isTransient } from '../api/retry';
import { ONE_READ_MS, waitPolicy } from '../suspend/suspend';
import type { PollResult } from '../tasks/pollTask';
import { pollTask, UNKNOWN_GRACE_MS } from '../tasks/pollTask';
import { readTask } from '../tasks/readTask';
import type { TaskRef } from '../tasks/taskRef';
import type { Batch } from './batch';
import { downloadResults, finishTask } from './finishTask';
import type { Job, TaskJob } from './job';
import type { DoneOutcome, Outcome } from './outcome';
import { unreadTaskError, waitError } from './runErrors';

/** Waits for a task as the item's options say; `waiting`: the execution is to be paused for it. */
export async function waitForTask(
	batch: Batch,
	job: Job,
	task: TaskRef,
	isOld: boolean,
	signal: AbortSignal,
): Promise<Outcome> {
	const { pollMs, suspends, limitMs, waitedMs } = waitPolicy(batch.context, job, task);
	const polled = await poll(batch, job, task, pollMs, isOld, signal);
	switch (polled.kind) {
		case 'finished':
			return await settle(batch, job, toDone(task, polled), signal);
		case 'cancelled':
			return { kind: 'stopped', task };
		case 'timeLimit': {
			if (!suspends) break;
			const failure = waitedMs > UNKNOWN_GRACE_MS ? polled.lastFailure : undefined;
			if (!failure || isTransient(failure)) return { kind: 'waiting', task };
			return { kind: 'failed', task, error: unreadTaskError(batch.context, task, failure, job.itemIndex) };
		}
	}
	return { kind: 'failed', task, error: waitError(batch.context, task, polled, limitMs, job.itemIndex) };
}

/** One more read of a task that the execution is to be paused for. */
export async function pollOnce(batch: Batch, job: Job, task: TaskRef, signal: AbortSignal): Promise<Outcome> {
	const polled = await poll(batch, job, task, ONE_READ_MS, true, signal);
	switch (polled.kind) {
		case 'finished':
			return await settle(batch, job, toDone(task, polled), signal);
		case 'withoutResult':
			return { kind: 'failed', task, error: waitError(batch.context, task, polled, ONE_READ_MS, job.itemIndex) };
		case 'cancelled':
			return { kind: 'stopped', task };
		default:
			return { kind: 'waiting', task };
	}
}

async function poll(
	{ context, limits }: Batch,
	job: Job,
	task: TaskRef,
	limitMs: number,
	isOld: boolean,
	signal: AbortSignal,
): Promise<PollResult> {
	const created =
		job.kind === 'create'
			? { input: job.body, usualMs: job.model.seconds * 1000, milestone: job.milestone }
			: { usualMs: 0 };
	const options = { limitMs, intervalMs: job.options.intervalMs, signal, limit: limits.read };
	return await pollTask(context, { ...task, ...created, isOld }, options);
}

function toDone(task: TaskRef, { status, record }: Extract<PollResult, { kind: 'finished' }>): DoneOutcome {
	return { kind: 'done', task, status, record, files: [] };
}

/** A completed task and its files. The next try of a failed one creates a new task. */
export async function settle(batch: Batch, job: Job, done: DoneOutcome, signal: AbortSignal): Promise<Outcome> {
	if (job.kind === 'create' && done.status.state === 'fail') batch.memory.forget(job.itemIndex, job.body);
	return await finishTask(batch, job, done, signal);
}

/** The result of an earlier task that has succeeded without one so far. */
async function waitForResult(batch: Batch, job: TaskJob, signal: AbortSignal): Promise<Outcome> {
	const { task, itemIndex } = job;
	const polled = await poll(batch, job, task, ONE_READ_MS, true, signal);
	if (polled.kind === 'cancelled') return { kind: 'stopped', task };
	return polled.kind === 'finished'
		? await downloadResults(batch, job, toDone(task, polled), signal)
		: { kind: 'failed', task, error: waitError(batch.context, task, polled, ONE_READ_MS, itemIndex) };
}

/** Where an earlier task stands now, with its files if it has completed. */
export async function getTask(batch: Batch, job: TaskJob, signal: AbortSignal): Promise<Outcome> {
	const { context, limits } = batch;
	const { task, itemIndex } = job;
	const reading = await limits.read(async () => await readTask(context, task, { retries: true, signal }));
	switch (reading.kind) {
		case 'record': {
			const { status, record } = reading;
			if (status.state === 'withoutResult') return await waitForResult(batch, job, signal);
			return await downloadResults(batch, job, { kind: 'done', task, status, record, files: [] }, signal);
		}
		case 'pending': {
			const status: TaskStatus = { state: 'waiting', urls: [], details: {} };
			return { kind: 'done', task, status, record: {}, files: [] };
		}
		default: {
			const { failure } = reading;
			if (failure.kind === 'cancelled') return { kind: 'stopped', task };
			return { kind: 'failed', task, error: unreadTaskError(context, task, failure, itemIndex) };
		}
	}
}
