import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import pLimit from 'p-limit';

import type { Answer } from '../api/answer';
import { describeFailure, failureError } from '../api/failure';
import { sendWithRetries } from '../api/request';
import { mayHaveArrived } from '../api/retry';
import type { JsonObject } from '../catalogue/types';
import type { Download } from '../media/download';
import { downloadFile } from '../media/download';
import { withUploads } from '../media/fields';
import type { Upload } from '../media/upload';
import { uploadBinary } from '../media/upload';
import { adapters } from '../tasks/adapters';
import type { Creation } from '../tasks/adapter';
import { createTask } from '../tasks/create';
import type { TaskMemory } from '../tasks/memory';
import { taskMemory } from '../tasks/memory';
import { pollTask, readLook } from '../tasks/poll';
import type { TaskSnapshot } from '../tasks/snapshot';
import {
	downloadError,
	failedTaskError,
	stoppedError,
	unconfirmedError,
	unexpectedError,
	unreadTaskError,
	waitError,
	withOtherTasks,
} from './errors';
import { isTool } from './options';
import type { Outcome, TaskRef } from './output';
import { failedItem, toItems } from './output';
import type { Plan } from './plan';

type DoneOutcome = Extract<Outcome, { kind: 'done' }>;

/** How much runs at the same time in one execution; a batch may have thousands of items. */
const UPLOADS = 4;
const DOWNLOADS = 4;
const READS = 20;
/** As many as Kie takes at once; those that wait for their turn are in the order of the items. */
const CREATES = 20;

/** What the items of one execution share. */
interface Batch {
	context: IExecuteFunctions;
	memory: TaskMemory;
	/** Aborted when the user stops the execution, or when one item's failure ends the run. */
	signal: AbortSignal;
	limits: {
		upload: (work: () => Promise<Upload>) => Promise<Upload>;
		create: (work: () => Promise<Creation>) => Promise<Creation>;
		read: (work: () => Promise<Answer>) => Promise<Answer>;
		download: (work: () => Promise<Download>) => Promise<Download>;
	};
	/** Uploads of this execution by n8n's binary ID: a file that many items carry is sent once. */
	uploads: Map<string, Promise<Upload>>;
	/** The tasks that are there, by item, whatever becomes of the item. */
	tasks: Map<number, TaskRef>;
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
	const memory = taskMemory(context, isTool(context));
	const batch: Batch = {
		context,
		memory,
		signal,
		limits: { upload: pLimit(UPLOADS), create: pLimit(CREATES), read: pLimit(READS), download: pLimit(DOWNLOADS) },
		uploads: new Map(),
		tasks: new Map(),
	};

	const outcomes = await Promise.all(
		plans.map(async (plan, itemIndex): Promise<Outcome> => {
			if (plan instanceof NodeOperationError) return { kind: 'failed', error: plan };
			const outcome = await runSafely(batch, plan, itemIndex);
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
		return unexpectedError(context, error, itemIndex);
	}
}

/** An item never takes the others down with it: whatever is thrown becomes its own failure. */
async function runSafely(batch: Batch, plan: Plan, itemIndex: number): Promise<Outcome> {
	try {
		return await runItem(batch, plan, itemIndex);
	} catch (error) {
		const task = batch.tasks.get(itemIndex);
		return { kind: 'failed', task, error: unexpectedError(batch.context, error, itemIndex, task) };
	}
}

/** One item from upload to download. */
async function runItem(batch: Batch, plan: Plan, itemIndex: number): Promise<Outcome> {
	if (plan.existing?.wait === false) return await lookUp(batch, plan, plan.existing.taskId);
	const creation = plan.existing
		? { ...taskOf(plan, plan.existing.taskId), isOld: true }
		: await createOnce(batch, plan, itemIndex);
	if (!('taskId' in creation)) return creation;
	const { taskId, api, model } = creation;
	const task: TaskRef = { taskId, api, model };
	batch.tasks.set(itemIndex, task);
	if (creation.record) {
		const { record } = creation;
		return await finish(batch, plan, {
			kind: 'done',
			task,
			snapshot: adapters[task.api].snapshot(record),
			record,
			files: [],
		});
	}
	if (plan.createOnly) return { kind: 'created', task };

	const { context, signal, limits } = batch;
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
	return await finish(batch, plan, { kind: 'done', task, snapshot: ended.snapshot, record: ended.record, files: [] });
}

/** An ended task: its files, or why there are none. The next try of a failed one creates a new task. */
async function finish(batch: Batch, plan: Plan, done: DoneOutcome): Promise<Outcome> {
	if (done.snapshot.state !== 'fail') return await downloadResults(batch, plan, done);
	batch.memory.forget(plan.itemIndex, plan.body);
	return {
		kind: 'failed',
		task: done.task,
		error: failedTaskError(batch.context, done.task, done.snapshot, plan.itemIndex),
	};
}

/** Where an earlier task stands now, with its files when it is done. */
async function lookUp(batch: Batch, plan: Plan, taskId: string): Promise<Outcome> {
	const { context, signal } = batch;
	const task = taskOf(plan, taskId);
	const { api } = task;
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
		error: unreadTaskError(context, task, failure, plan.itemIndex),
	};
}

function taskOf({ model }: Plan, taskId: string): TaskRef {
	return { taskId, api: model.api ?? 'market', model: model.id };
}

interface CreatedTask extends TaskRef {
	/** Where the result came at once. */
	record?: JsonObject;
	/** By an earlier try of the node. */
	isOld: boolean;
}

/** Creates the item's task, or takes up the one that an earlier try of this run has created. */
async function createOnce(batch: Batch, plan: Plan, itemIndex: number): Promise<CreatedTask | Outcome> {
	const { context, memory, signal, limits } = batch;
	const known = memory.recall(itemIndex, plan.body);
	if (known && 'taskId' in known) return { ...known, isOld: true };
	if (known) {
		return { kind: 'failed', unconfirmed: true, error: unconfirmedError(context, known.unconfirmed, itemIndex) };
	}

	const uploaded = await uploadBinaries(batch, plan, itemIndex);
	if (!(uploaded instanceof Map)) return uploaded;
	if (signal.aborted) return { kind: 'stopped' };
	const input = withUploads(plan.body, plan.input, plan.media, uploaded);
	const creation = await limits.create(
		async () => await createTask(context, plan.model, input, plan.options.callBackUrl, signal),
	);
	if ('taskId' in creation) {
		const task = { ...creation, ...taskOf(plan, creation.taskId) };
		memory.remember(itemIndex, plan.body, task);
		return { ...task, isOld: false };
	}
	const { failure } = creation;
	if (mayHaveArrived(failure)) {
		const { message } = describeFailure(failure);
		memory.remember(itemIndex, plan.body, { unconfirmed: message });
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

async function downloadResults(batch: Batch, plan: Plan, done: DoneOutcome): Promise<Outcome> {
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
	for (const download of downloads) {
		if (download.ok) {
			files.push(download.binary);
		} else if (download.failure.kind === 'cancelled') {
			return { kind: 'stopped', task: done.task };
		} else {
			return {
				kind: 'failed',
				task: done.task,
				urls,
				error: downloadError(context, done.task, urls, download.failure, plan.itemIndex),
			};
		}
	}
	return { ...done, files };
}
