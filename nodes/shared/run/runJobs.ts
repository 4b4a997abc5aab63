import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { adapters } from '../adapters';
import { toPausedRun } from '../suspend/pausedRun';
import { pauseRun } from '../suspend/pauseRun';
import type { Batch } from './batch';
import { newBatch } from './batch';
import { createOnce } from './createOnce';
import { failedModel, fallbackJob } from './fallback';
import type { CreateJob, Job } from './job';
import type { Outcome } from './outcome';
import { isNotCreated } from './outcome';
import { toResult } from './outputItems';
import { describeTasks, namePreviousFailure, unexpectedError, withOtherTasks } from './runErrors';
import { costOfTasks, showCost, traceTasks } from './runCost';
import { showFilesUnused, showUnknownCost } from './runHints';
import { runItems, toItemOutput } from './runItems';
import { acceptLiftedLimits, showLiftedLimits } from './liftedLimits';
import { issuesError } from './readCreateJob';
import { isValidationOnly, validateItems } from './validateItems';
import type { TaskRef } from '../tasks/taskRef';
import { getTask, settle, waitForTask } from './waitForTask';

/**
 * Runs a node that creates tasks or waits for them: items are uploaded, created, polled and downloaded side by side, so a
 * batch takes as long as its slowest task.
 * @throws NodeOperationError for bad input, before anything is uploaded or created; NodeApiError that names every task of the run.
 */
export async function runJobs(
	context: IExecuteFunctions,
	readJob: (itemIndex: number) => Job,
): Promise<INodeExecutionData[][]> {
	if (isValidationOnly(context)) return [await validateItems(context, readJob)];
	const batch = newBatch(context);
	const { outcomes, replaced } = batch;
	const jobs = new Map<number, Job>();

	const running = runItems<Job>(context, {
		concurrency: Infinity,
		onFailure: 'abort',
		prepare: async (itemIndex) => {
			const uncheckedJob = readJob(itemIndex);
			// Once the create has been sent, the task does not depend on what the expressions return now.
			const job = wasSent(batch, uncheckedJob) ? uncheckedJob : await checkJob(context, uncheckedJob);
			jobs.set(itemIndex, job);
			if (job.kind === 'create') batch.spending.register(currentJob(batch, job), earlierTask(batch, job)?.taskId);
			return job;
		},
		run: async (job, signal) => {
			const finished =
				job.kind === 'create' ? await createWithFallback(batch, job, signal) : await runAndSettle(batch, job, signal);
			return toResult(finished.outcome, finished.job);
		},
		endingError: (error, itemIndex) => withOtherTasks(error, outcomes, itemIndex),
		describeCanceled: () => describeTasks(outcomes),
	});

	const results = await running.finally(() => traceTasks(context, [...replaced, ...outcomes.values()]));
	const outputs = results.map(toItemOutput);
	if ([...outcomes.values()].some(({ kind }) => kind === 'waiting')) {
		return await pauseRun(context, toPausedRun(context, jobs, outcomes, outputs), describeTasks(outcomes));
	}
	// With both Retry On Fail and Continue On Fail n8n runs the node again when the first item failed.
	if (results.every(({ kind }) => kind === 'done')) {
		batch.memory.clear();
		if ([...jobs.values()].some((job) => job.kind === 'create' && job.fallback)) batch.fallbacks().clear();
	}
	showLiftedLimits(context, jobs.values());
	showFilesUnused(context);
	if (batch.spending.hasUnknownCost()) showUnknownCost(context);
	const created = [...outcomes].flatMap(([index, outcome]) => (jobs.get(index)?.kind === 'create' ? [outcome] : []));
	await showCost(context, costOfTasks([...replaced, ...created]));
	return [outputs.flat()];
}

/** Whether an earlier try of this run has sent the create of an item. */
function wasSent({ memory }: Batch, job: Job): boolean {
	return job.kind === 'create' && memory.recall(job.itemIndex, job.body) !== undefined;
}

/**
 * The job of an item, without the issues about limits that Kie has lifted.
 * @throws NodeOperationError for all others.
 */
async function checkJob(context: IExecuteFunctions, uncheckedJob: Job): Promise<Job> {
	const job = await acceptLiftedLimits(context, uncheckedJob);
	if (job.kind === 'create' && job.issues.length > 0) throw issuesError(context, job);
	return job;
}

/** The task of an item that an earlier try of this run has created. */
function earlierTask({ memory }: Batch, { itemIndex, body }: CreateJob): TaskRef | undefined {
	const create = memory.recall(itemIndex, body);
	return create?.kind === 'created' ? create.task : undefined;
}

/** An item's outcome, which the other items see. */
async function runAndSettle<T extends Job>(batch: Batch, job: T, signal: AbortSignal) {
	const outcome = await runSafely(batch, job, signal);
	batch.outcomes.set(job.itemIndex, outcome);
	if (job.kind === 'create') await batch.spending.settle(job, outcome);
	return { job, outcome };
}

/** The job of an item as earlier tries of this run have left it: that of its fallback model, if they have created its task. */
function currentJob(batch: Batch, job: CreateJob): CreateJob {
	const { fallback, itemIndex, body } = job;
	const earlier = fallback && earlierTask(batch, job) && batch.fallbacks().recall(itemIndex, body);
	return fallback && earlier ? fallbackJob(job, fallback, earlier.fallbackFor) : job;
}

/** The outcome of the item's model, or of its fallback model, whose task is created at most once in all tries of the run. */
async function createWithFallback(batch: Batch, job: CreateJob, signal: AbortSignal) {
	const { itemIndex, body, fallback } = job;
	const first = await runAndSettle(batch, currentJob(batch, job), signal);
	if (first.outcome.kind !== 'failed' || !first.outcome.isFaultOfModel || signal.aborted) return first;
	if (!fallback || fallback.issues.length > 0) return first;
	const fallbacks = batch.fallbacks();
	if (fallbacks.recall(itemIndex, body)) return first;
	const fallbackFor = failedModel(job, first.outcome);
	fallbacks.remember(itemIndex, { fallbackFor }, body);
	batch.replaced.push(first.outcome);
	const second = await runAndSettle(batch, fallbackJob(job, fallback, fallbackFor), signal);
	if (second.outcome.kind === 'failed') namePreviousFailure(second.outcome.error, job, first.outcome.error);
	if (isNotCreated(second.outcome)) fallbacks.forget(itemIndex, body);
	return second;
}

/** An item's outcome, also when something unexpected is thrown while its task exists. */
async function runSafely(batch: Batch, job: Job, signal: AbortSignal): Promise<Outcome> {
	try {
		return await runJob(batch, job, signal);
	} catch (error) {
		const task = batch.outcomes.get(job.itemIndex)?.task;
		return { kind: 'failed', task, error: unexpectedError(batch.context, error, job.itemIndex, task) };
	}
}

/** One item from upload to download. */
async function runJob(batch: Batch, job: Job, signal: AbortSignal): Promise<Outcome> {
	if (job.kind !== 'create') {
		if (job.kind === 'get') return await getTask(batch, job, signal);
		batch.outcomes.set(job.itemIndex, { kind: 'created', task: job.task });
		return await waitForTask(batch, job, job.task, true, signal);
	}
	const creation = await createOnce(batch, job, signal);
	if (creation.kind !== 'created') return creation;
	const { task, record, isOld } = creation;
	batch.outcomes.set(job.itemIndex, { kind: 'created', task });
	if (record) {
		const status = adapters[task.api].parseRecord(record);
		return await settle(batch, job, { kind: 'done', task, status, record, files: [] }, signal);
	}
	return job.wait ? await waitForTask(batch, job, task, isOld, signal) : { kind: 'created', task };
}
