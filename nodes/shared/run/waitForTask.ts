import { isTransient } from '../api/retry';
import type { PollResult } from '../tasks/pollTask';
import { pollTask, UNKNOWN_GRACE_MS } from '../tasks/pollTask';
import { readTask } from '../tasks/readTask';
import type { TaskStatus } from '../adapters/taskStatus';
import type { Batch } from './batch';
import { unreadTaskError, waitError } from './runErrors';
import type { DoneOutcome } from './downloadResults';
import { downloadResults, finish } from './downloadResults';
import type { Outcome, TaskRef } from './outputItems';
import { ONE_LOOK_MS, waitPolicy } from '../suspend/suspend';
import type { Plan } from './plan';
import { taskOf } from './plan';

/** Waits for a task as the item's options say; `waiting`: the execution is to be put to wait for it. */
export async function waitForTask(batch: Batch, plan: Plan, task: TaskRef, isOld: boolean): Promise<Outcome> {
	const { lookMs, parks, limitMs, beforeMs } = waitPolicy(batch.context, plan, task);
	const ended = await watch(batch, plan, task, lookMs, isOld);
	if (ended.kind === 'cancelled') return { kind: 'stopped', task };
	if (ended.kind === 'timeLimit' && parks) {
		const failure = beforeMs > UNKNOWN_GRACE_MS ? ended.lastFailure : undefined;
		if (!failure || isTransient(failure)) return { kind: 'waiting', task };
		return { kind: 'failed', task, error: unreadTaskError(batch.context, task, failure, plan.itemIndex) };
	}
	if (ended.kind !== 'finished')
		return { kind: 'failed', task, error: waitError(batch.context, task, ended, limitMs, plan.itemIndex) };
	return await end(batch, plan, { kind: 'done', task, snapshot: ended.status, record: ended.record, files: [] });
}

async function watch(
	{ context, signal, limits }: Batch,
	plan: Plan,
	task: TaskRef,
	limitMs: number,
	isOld: boolean,
): Promise<PollResult> {
	const usualMs = plan.model.seconds * 1000;
	return await pollTask(
		context,
		{ ...task, input: plan.body, usualMs, milestone: plan.milestone, isOld },
		{ limitMs, intervalMs: plan.options.intervalMs, signal, limit: limits.read },
	);
}

/** One more look at a task that the execution is to be put to wait for. */
export async function lookAgain(batch: Batch, plan: Plan, outcome: Outcome | undefined): Promise<Outcome> {
	if (!outcome) return { kind: 'stopped' };
	if (outcome.kind !== 'waiting' || plan.options.waitUsing !== 'callback') return outcome;
	const ended = await watch(batch, plan, outcome.task, ONE_LOOK_MS, true);
	if (ended.kind === 'cancelled') return { kind: 'stopped', task: outcome.task };
	if (ended.kind !== 'finished') return outcome;
	const { status: snapshot, record } = ended;
	return await end(batch, plan, { kind: 'done', task: outcome.task, snapshot, record, files: [] });
}

/** An ended task and its files. The next try of a failed one creates a new task. */
export async function end(batch: Batch, plan: Plan, done: DoneOutcome): Promise<Outcome> {
	if (done.snapshot.state === 'fail') batch.memory.forget(plan.itemIndex, plan.body);
	return await finish(batch, plan, done);
}

/** Where an earlier task stands now, with its files when it is done. */
export async function lookUp(batch: Batch, plan: Plan, taskId: string): Promise<Outcome> {
	const { context, signal } = batch;
	const task = taskOf(plan, taskId);
	const read = async () => await readTask(context, { ...task, input: plan.body }, { retries: true, signal });
	const reading = await batch.limits.read(read);
	switch (reading.kind) {
		case 'record': {
			const { record, status: snapshot } = reading;
			return await downloadResults(batch, plan, { kind: 'done', task, snapshot, record, files: [] });
		}
		case 'pending': {
			const snapshot: TaskStatus = { state: 'waiting', urls: [], details: {} };
			return { kind: 'done', task, snapshot, record: {}, files: [] };
		}
	}
	const { failure } = reading;
	if (failure.kind === 'cancelled') return { kind: 'stopped', task };
	return {
		kind: 'failed',
		task,
		error: unreadTaskError(context, task, failure, plan.itemIndex),
	};
}
