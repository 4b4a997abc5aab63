import type { IBinaryData, IExecuteFunctions, INodeExecutionData, NodeApiError } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import pLimit from 'p-limit';

import type { Answer } from '../api/answer';
import type { Failure } from '../api/failure';
import { apiError, describeFailure, failureError } from '../api/failure';
import { sendWithRetries } from '../api/request';
import { mayHaveArrived } from '../api/retry';
import type { JsonObject } from '../catalogue/types';
import type { Download } from '../media/download';
import { downloadFile } from '../media/download';
import { withUploads } from '../media/fields';
import type { Upload } from '../media/upload';
import { uploadBinary } from '../media/upload';
import { adapters } from '../tasks/adapters';
import { createTask } from '../tasks/create';
import type { TaskMemory } from '../tasks/memory';
import { taskMemory } from '../tasks/memory';
import type { PollEnd } from '../tasks/poll';
import { pollTask, readLook } from '../tasks/poll';
import type { TaskSnapshot } from '../tasks/snapshot';
import type { Outcome, TaskRef } from './output';
import { failedItem, toItems } from './output';
import type { Plan } from './plan';

/** How much runs at the same time in one execution; a batch may have thousands of items. */
const UPLOADS = 4;
const DOWNLOADS = 4;
const READS = 20;

const LOGS = 'https://kie.ai/logs';

/** What the items of one execution share. */
interface Batch {
	context: IExecuteFunctions;
	memory: TaskMemory;
	/** Aborted when the user stops the execution, or when one item's failure ends the run. */
	signal: AbortSignal;
	limits: {
		upload: (work: () => Promise<Upload>) => Promise<Upload>;
		read: (work: () => Promise<Answer>) => Promise<Answer>;
		download: (work: () => Promise<Download>) => Promise<Download>;
	};
	/** Uploads of this execution by n8n's binary ID: a file that many items carry is sent once. */
	uploads: Map<string, Promise<Upload>>;
}

/**
 * Runs a node that makes tasks: all items are checked first, then uploaded, created, watched and downloaded side by side, so a
 * batch takes as long as its slowest task. Output items are in the order of the input and paired with it.
 * @throws NodeOperationError for bad input, before anything is sent; NodeApiError that names every task of the run.
 */
export async function executePlans(
	context: IExecuteFunctions,
	planItem: (itemIndex: number) => Plan,
): Promise<INodeExecutionData[][]> {
	const plans = context.getInputData().map((_, itemIndex) => orError(context, itemIndex, () => planItem(itemIndex)));
	const wrong = plans.find((plan) => plan instanceof NodeOperationError);
	if (wrong && !context.continueOnFail()) throw wrong;

	const stop = new AbortController();
	const cancelled = context.getExecutionCancelSignal();
	const signal = cancelled ? AbortSignal.any([cancelled, stop.signal]) : stop.signal;
	const memory = taskMemory(context);
	const batch: Batch = {
		context,
		memory,
		signal,
		limits: { upload: pLimit(UPLOADS), read: pLimit(READS), download: pLimit(DOWNLOADS) },
		uploads: new Map(),
	};

	const outcomes = await Promise.all(
		plans.map(async (plan, itemIndex): Promise<Outcome> => {
			if (plan instanceof NodeOperationError) return { kind: 'failed', error: plan };
			const outcome = await runItem(batch, plan, itemIndex);
			if (outcome.kind === 'failed' && !context.continueOnFail()) stop.abort();
			return outcome;
		}),
	);

	if (cancelled?.aborted) throw stoppedError(context, outcomes);
	const failure = outcomes.find((outcome) => outcome.kind === 'failed');
	if (failure?.kind === 'failed' && !context.continueOnFail()) throw withOtherTasks(failure, outcomes);
	// With both Retry On Fail and Continue On Fail n8n runs the node again when the first item failed.
	if (!failure) memory.clear();
	return [
		outcomes.flatMap((outcome, itemIndex) => {
			const plan = plans[itemIndex];
			if (plan && !(plan instanceof NodeOperationError)) return toItems(outcome, plan);
			return outcome.kind === 'failed' ? [failedItem(outcome.error, itemIndex)] : [];
		}),
	];
}

/** What `work` gives, or what it throws as an error of the item. */
function orError<T>(context: IExecuteFunctions, itemIndex: number, work: () => T): T | NodeOperationError {
	try {
		return work();
	} catch (error) {
		if (error instanceof NodeOperationError) return error;
		return new NodeOperationError(context.getNode(), error instanceof Error ? error : String(error), { itemIndex });
	}
}

/** One item from upload to download. Nothing in here throws for what Kie or the network does. */
async function runItem(batch: Batch, plan: Plan, itemIndex: number): Promise<Outcome> {
	if (plan.earlier !== undefined) return await lookUp(batch, plan, plan.earlier);
	const creation = await createOnce(batch, plan, itemIndex);
	if (!('taskId' in creation)) return creation;
	const task: TaskRef = { taskId: creation.taskId, api: plan.model.api ?? 'market', model: plan.model.id };
	if (creation.record) {
		const { record } = creation;
		const snapshot = adapters[task.api].snapshot(record);
		return await downloadResults(batch, plan, { kind: 'done', task, snapshot, record, files: [] });
	}
	if (plan.createOnly) return { kind: 'created', task };

	const { context, memory, signal, limits } = batch;
	const { limitMs, intervalMs } = plan.options;
	const usualMs = plan.model.seconds * 1000;
	const ended = await pollTask(
		context,
		{ ...task, input: plan.body, usualMs, stage: plan.stage, isOld: creation.isOld },
		{ limitMs, intervalMs, signal, limit: limits.read },
	);
	if (ended.end === 'cancelled') return { kind: 'stopped', task };
	if (ended.end !== 'finished')
		return { kind: 'failed', task, error: waitError(context, task, ended, limitMs, itemIndex) };
	const { snapshot, record } = ended;
	if (snapshot.state === 'fail') {
		memory.forget(itemIndex, requestOf(plan));
		return { kind: 'failed', task, error: failedTaskError(context, task, snapshot, itemIndex) };
	}
	return await downloadResults(batch, plan, { kind: 'done', task, snapshot, record, files: [] });
}

/** Where an earlier task stands now, with its files when it is done. */
async function lookUp(batch: Batch, plan: Plan, taskId: string): Promise<Outcome> {
	const { context, signal } = batch;
	const api = plan.model.api ?? 'market';
	const task: TaskRef = { taskId, api, model: plan.model.id };
	const answer = await sendWithRetries(context, { ...adapters[api].read(taskId, plan.body), signal });
	const look = readLook(answer, adapters[api].isPending);
	if ('pending' in look) {
		const snapshot: TaskSnapshot = { state: 'waiting', urls: [], details: {} };
		return { kind: 'done', task, snapshot, record: {}, files: [] };
	}
	if ('seen' in look) {
		const snapshot = adapters[api].snapshot(look.seen);
		return await downloadResults(batch, plan, { kind: 'done', task, snapshot, record: look.seen, files: [] });
	}
	const failure = 'unknown' in look ? look.unknown : 'fault' in look ? look.fault : look.refusal;
	if (failure.kind === 'cancelled') return { kind: 'stopped', task };
	return {
		kind: 'failed',
		task,
		error: failureError(context.getNode(), failure, plan.itemIndex, `${describeTask(task)} could not be read.`),
	};
}

/** What a create is recognized by on another try of the node. */
function requestOf({ model, body }: Plan): JsonObject {
	return { model: model.id, body };
}

interface CreatedTask {
	taskId: string;
	/** Where the result came at once. */
	record?: JsonObject;
	/** By an earlier try of the node. */
	isOld: boolean;
}

/** Creates the item's task, or takes up the one that an earlier try of this run has created. */
async function createOnce(batch: Batch, plan: Plan, itemIndex: number): Promise<CreatedTask | Outcome> {
	const { context, memory, signal } = batch;
	const request = requestOf(plan);
	const known = memory.recall(itemIndex, request);
	if (known && 'taskId' in known) return { ...known, isOld: true };
	if (known) {
		return { kind: 'failed', unconfirmed: true, error: unconfirmedError(context, known.unconfirmed, itemIndex) };
	}

	const uploaded = await uploadBinaries(batch, plan, itemIndex);
	if (!(uploaded instanceof Map)) return uploaded;
	if (signal.aborted) return { kind: 'stopped' };
	const input = withUploads(plan.body, plan.input, plan.media, uploaded);
	const creation = await createTask(context, plan.model, input, plan.options.callBackUrl, signal);
	if ('taskId' in creation) {
		memory.remember(itemIndex, request, creation);
		return { ...creation, isOld: false };
	}
	const { failure } = creation;
	if (mayHaveArrived(failure)) {
		const { message } = describeFailure(failure);
		memory.remember(itemIndex, request, { unconfirmed: message });
		return { kind: 'failed', unconfirmed: true, error: unconfirmedError(context, message, itemIndex, failure) };
	}
	if (failure.kind === 'cancelled') return { kind: 'stopped' };
	return {
		kind: 'failed',
		error: failureError(context.getNode(), failure, itemIndex, 'No task was created for this item.'),
	};
}

async function uploadBinaries(batch: Batch, plan: Plan, itemIndex: number): Promise<Map<string, string> | Outcome> {
	const { context } = batch;
	const uploaded = new Map<string, string>();
	const uploads = await Promise.all(
		plan.binaries.map(async (name) => ({
			name,
			upload: await uploadShared(batch, context.helpers.assertBinaryData(itemIndex, name)),
		})),
	);
	for (const { name, upload } of uploads) {
		if (upload.ok) {
			uploaded.set(name, upload.url);
		} else if (upload.failure.kind === 'cancelled') {
			return { kind: 'stopped' };
		} else {
			const extra = `The binary field '${name}' could not be uploaded. No task was created for this item.`;
			return { kind: 'failed', error: failureError(context.getNode(), upload.failure, itemIndex, extra) };
		}
	}
	return uploaded;
}

async function uploadShared({ context, signal, limits, uploads }: Batch, binary: IBinaryData): Promise<Upload> {
	const started = binary.id === undefined ? undefined : uploads.get(binary.id);
	const upload = started ?? limits.upload(async () => await uploadBinary(context, binary, signal));
	if (binary.id !== undefined) uploads.set(binary.id, upload);
	return await upload;
}

async function downloadResults(batch: Batch, plan: Plan, done: Extract<Outcome, { kind: 'done' }>): Promise<Outcome> {
	if (!plan.options.downloadFiles) return done;
	const { context, signal, limits } = batch;
	const { urls, fileNames } = done.snapshot;
	const downloads = await Promise.all(
		urls.map(
			async (url, index) =>
				await limits.download(async () => await downloadFile(context, url, signal, fileNames?.[index])),
		),
	);
	const files: IBinaryData[] = [];
	for (const [index, download] of downloads.entries()) {
		if (download.ok) {
			files.push(download.binary);
		} else if (download.failure.kind === 'cancelled') {
			return { kind: 'stopped', task: done.task };
		} else {
			return {
				kind: 'failed',
				task: done.task,
				error: downloadError(context, done.task, urls[index] ?? '', download.failure, plan.itemIndex),
			};
		}
	}
	return { ...done, files };
}

function failedTaskError(
	context: IExecuteFunctions,
	task: TaskRef,
	{ failure }: TaskSnapshot,
	itemIndex: number,
): NodeApiError {
	const reason = failure?.reason || 'Kie.ai gives no reason';
	const code = failure?.code ? ` (code ${failure.code})` : '';
	return apiError(context.getNode(), {
		message: `Kie.ai could not finish the task: ${reason} [item ${itemIndex}]`,
		description: `${describeTask(task)} ended without a result${code}. See ${LOGS} for whether credits were given back.`,
		itemIndex,
	});
}

function waitError(
	context: IExecuteFunctions,
	task: TaskRef,
	ended: Exclude<PollEnd, { end: 'finished' | 'cancelled' }>,
	limitMs: number,
	itemIndex: number,
): NodeApiError {
	const keeps = `${describeTask(task)} is paid for; find its result at ${LOGS}.`;
	if (ended.end === 'unreadable') {
		return failureError(context.getNode(), ended.failure, itemIndex, keeps);
	}
	const last = ended.lastFailure ? ` The last look at it brought: ${describeFailure(ended.lastFailure).message}.` : '';
	return apiError(context.getNode(), {
		message: `The task ${task.taskId} is not done after ${limitMs / 60_000} minutes [item ${itemIndex}]`,
		description: `It goes on at Kie.ai. Raise 'Time Limit (Minutes)' in the options for the next time. ${keeps}${last}`,
		itemIndex,
	});
}

function downloadError(
	context: IExecuteFunctions,
	task: TaskRef,
	url: string,
	failure: Failure,
	itemIndex: number,
): NodeApiError {
	return apiError(context.getNode(), {
		message: `A finished file could not be downloaded: ${failure.reason || failure.kind} [item ${itemIndex}]`,
		description: `${describeTask(task)} is done and paid for. Its file is still at ${url}; fetch it soon, Kie.ai keeps files for a short time only.`,
		itemIndex,
	});
}

function unconfirmedError(
	context: IExecuteFunctions,
	message: string,
	itemIndex: number,
	failure?: Failure,
): NodeApiError {
	return apiError(context.getNode(), {
		message: `${message} [item ${itemIndex}]`,
		description: `Kie.ai did not confirm the task, so it may have been created and charged. It is not sent again, so that nothing is paid twice. Look at ${LOGS} before you run this item again.`,
		httpCode: failure?.code?.toString(),
		itemIndex,
	});
}

function describeTask({ taskId, api, model }: TaskRef): string {
	return `Task ${taskId} (API ${api}, model ${model})`;
}

/** The tasks that Kie has, or may have, for the items of a run, but for the outcome `except`. */
function tasksOf(outcomes: Outcome[], except?: Outcome): string[] {
	return outcomes.flatMap((outcome, itemIndex) => {
		if (outcome === except) return [];
		if (outcome.kind === 'failed' && outcome.unconfirmed)
			return [`item ${itemIndex}: not confirmed, may have been created`];
		if (!outcome.task) return [];
		const { taskId, api } = outcome.task;
		if (outcome.kind === 'failed') return [`item ${itemIndex}: ${taskId} (${api}): ${outcome.error.message}`];
		if (outcome.kind === 'done')
			return [`item ${itemIndex}: ${taskId} (${api}, done): ${outcome.snapshot.urls.join(', ')}`];
		return [`item ${itemIndex}: ${taskId} (${api}, going on)`];
	});
}

/** When one item ends the run, the tasks of the others are named, because they are paid for too. */
function withOtherTasks(
	failed: Extract<Outcome, { kind: 'failed' }>,
	outcomes: Outcome[],
): NodeApiError | NodeOperationError {
	const { error } = failed;
	const others = tasksOf(outcomes, failed);
	if (others.length === 0) return error;
	error.description = [
		error.description ?? '',
		`These tasks of the same run were created too and are paid for; find their results at ${LOGS}: ${others.join('; ')}.`,
		"With 'On Error' set to continue, the other items come out whole.",
	]
		.join(' ')
		.trim();
	return error;
}

function stoppedError(context: IExecuteFunctions, outcomes: Outcome[]): NodeOperationError {
	const tasks = tasksOf(outcomes);
	const description =
		tasks.length > 0
			? `These tasks go on at Kie.ai and are paid for; find their results at ${LOGS}: ${tasks.join('; ')}.`
			: 'No task was created.';
	context.logger.warn(`Kie: the execution was stopped. ${description}`);
	// The word `canceled` in the message is what makes n8n show the execution as canceled instead of failed.
	return new NodeOperationError(context.getNode(), 'The execution was canceled', { description });
}
