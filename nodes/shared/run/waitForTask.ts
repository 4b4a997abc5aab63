import type { TaskStatus } from '../adapters/taskStatus';
import type { PollResult } from '../tasks/pollTask';
import { pollTask } from '../tasks/pollTask';
import { readTask } from '../tasks/readTask';
import type { TaskRef } from '../tasks/taskRef';
import type { Batch } from './batch';
import { downloadResults, finishTask } from './finishTask';
import type { Job, TaskJob } from './job';
import type { DoneOutcome, Outcome } from './outcome';
import { unreadTaskError, waitError } from './runErrors';

/** A task that completes this soon is not worth pausing the execution. */
const SHORT_WAIT_MS = 20_000;
/** A time limit that allows exactly one read. */
const ONE_READ_MS = 0;

/** Waits for a task as the item's options say; `waiting`: the execution is to be paused for it. */
export async function waitForTask(
	batch: Batch,
	job: Job,
	task: TaskRef,
	isOld: boolean,
	signal: AbortSignal,
): Promise<Outcome> {
	const { waitUsing, limitMs } = job.options;
	const deadline = Date.now() + limitMs;
	const pollMs = waitUsing === 'pause' ? Math.min(limitMs, SHORT_WAIT_MS) : limitMs;
	const polled = await poll(batch, job, task, pollMs, isOld, signal);
	switch (polled.kind) {
		case 'finished':
			return await settle(batch, job, toDone(task, polled), signal);
		case 'cancelled':
			return { kind: 'stopped', task };
		case 'timeLimit':
			if (limitMs > pollMs) return { kind: 'waiting', task, deadline };
	}
	return { kind: 'failed', task, error: waitError(batch.context, task, polled, limitMs, job.itemIndex) };
}

async function poll(
	{ context }: Batch,
	job: Job,
	task: TaskRef,
	limitMs: number,
	isOld: boolean,
	signal: AbortSignal,
): Promise<PollResult> {
	const created =
		job.kind === 'create' ? { input: job.body, usualMs: job.model.seconds * 1000, milestone: job.milestone } : {};
	const options = { limitMs, intervalMs: job.options.intervalMs, signal };
	return await pollTask(context, { ...task, ...created, isOld }, options);
}

function toDone(task: TaskRef, { status, record }: Extract<PollResult, { kind: 'finished' }>): DoneOutcome {
	return { kind: 'done', task, status, record, files: [] };
}

/** A completed task and its files. The next try of a failed one creates a new task. */
export async function settle(batch: Batch, job: Job, done: DoneOutcome, signal: AbortSignal): Promise<Outcome> {
	if (job.kind === 'create' && done.status.state === 'fail')
		batch.memory.forget(job.itemIndex, job.calledWith ?? job.body);
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
	const { context } = batch;
	const { task, itemIndex } = job;
	const reading = await readTask(context, task, { retries: true, signal });
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
