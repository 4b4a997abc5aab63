import { describeFailure, failureError } from '../api/failure';
import { NOT_CHARGED } from '../api/inputError';
import { mayHaveBeenAccepted } from '../api/retry';
import { withUploads } from '../form/mediaFields';
import type { JsonObject } from '../json';
import { createTask } from '../tasks/createTask';
import type { TaskRef } from '../tasks/taskRef';
import type { Batch } from './batch';
import { isRefusalByModel } from './fallback';
import type { CreateJob } from './job';
import { taskOf } from './job';
import type { FailedOutcome } from './outcome';
import { describeTask, retriedError, unconfirmedError } from './runErrors';

/** The task of an item, or why there is none. */
type CreateResult =
	/** `record`: the result came at once. `isOld`: created by an earlier try of the node. */
	{ kind: 'created'; task: TaskRef; record?: JsonObject; isOld: boolean } | FailedOutcome | { kind: 'stopped' };

/** Creates the item's task, or reuses the one that an earlier try of this run has created. */
export async function createOnce(batch: Batch, job: CreateJob, signal: AbortSignal): Promise<CreateResult> {
	const { context, memory, limits } = batch;
	const { itemIndex, body, options, calledWith = body } = job;
	const earlier = memory.recall(itemIndex, calledWith);
	switch (earlier?.kind) {
		case 'created':
			return { ...earlier, isOld: true };
		case 'unconfirmed': {
			const error = unconfirmedError(context, earlier.reason, itemIndex);
			return { kind: 'failed', unconfirmed: true, error };
		}
	}

	if (memory.isIncomplete && !job.options.createAgainOnRetry) {
		return { kind: 'failed', unconfirmed: true, error: retriedError(context, itemIndex) };
	}

	const admission = await batch.spending.admit(job, signal);
	if (admission.kind !== 'admitted') return admission;
	const uploads = await batch.upload(itemIndex, job.binaries, signal);
	if (uploads.kind !== 'uploaded') return uploads;
	if (signal.aborted) return { kind: 'stopped' };
	const input = withUploads(body, job.input, job.media, uploads.urls);
	const creation = await limits.create(
		async () => await createTask(context, job.model, input, options.callBackUrl, options.createLimitMs, signal),
	);
	if (creation.kind === 'created') {
		const { taskId, record } = creation;
		const task = taskOf(job, taskId);
		memory.remember(itemIndex, { kind: 'created', task, record }, calledWith);
		// n8n keeps nothing of an execution whose process dies, so the log is where its paid tasks can be found.
		context.logger.info(`Kie: created ${describeTask(task)} [item ${itemIndex}]`);
		return { kind: 'created', task, record, isOld: false };
	}
	const { failure } = creation;
	if (mayHaveBeenAccepted(failure)) {
		const { message } = describeFailure(failure);
		memory.remember(itemIndex, { kind: 'unconfirmed', reason: message }, calledWith);
		context.logger.warn(`Kie: a task was not confirmed (model ${job.model.id}): ${message} [item ${itemIndex}]`);
		return { kind: 'failed', unconfirmed: true, error: unconfirmedError(context, message, itemIndex, failure) };
	}
	if (failure.kind === 'cancelled') return { kind: 'stopped' };
	const error = failureError(context.getNode(), failure, itemIndex, NOT_CHARGED);
	return { kind: 'failed', isFaultOfModel: isRefusalByModel(failure), error };
}
