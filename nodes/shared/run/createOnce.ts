import type { IBinaryData } from 'n8n-workflow';

import type { JsonObject } from '../json';
import { describeFailure, failureError } from '../api/failure';
import { NOT_CHARGED } from '../api/inputError';
import { mayHaveBeenAccepted } from '../api/retry';
import { withUploads } from '../form/mediaFields';
import type { Upload } from '../media/uploadFile';
import { uploadBinary } from '../media/uploadFile';
import { createTask } from '../tasks/createTask';
import type { Batch } from './batch';
import { describeTask, unconfirmedError } from './runErrors';
import type { Outcome, TaskRef } from './outputItems';
import { callbackUrl } from '../suspend/suspend';
import type { Plan } from './plan';
import { taskOf } from './plan';

interface CreatedTask extends TaskRef {
	/** Where the result came at once. */
	record?: JsonObject;
	/** By an earlier try of the node. */
	isOld: boolean;
}

/** Creates the item's task, or takes up the one that an earlier try of this run has created. */
export async function createOnce(batch: Batch, plan: Plan): Promise<CreatedTask | Outcome> {
	const { context, memory, signal, limits } = batch;
	const { itemIndex } = plan;
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
		async () => await createTask(context, plan.model, input, callbackUrl(context, plan), signal),
	);
	if (creation.kind === 'created') {
		const { taskId, record } = creation;
		const task = { ...taskOf(plan, taskId), ...(record ? { record } : {}) };
		memory.remember(itemIndex, plan.body, task);
		// n8n keeps nothing of an execution whose process dies, so the log is where its paid tasks can be found.
		context.logger.info(`Kie: created ${describeTask(task)} [item ${itemIndex}]`);
		return { ...task, isOld: false };
	}
	const { failure } = creation;
	if (mayHaveBeenAccepted(failure)) {
		const { message } = describeFailure(failure);
		memory.remember(itemIndex, plan.body, { unconfirmed: message });
		return { kind: 'failed', unconfirmed: true, error: unconfirmedError(context, message, itemIndex, failure) };
	}
	if (failure.kind === 'cancelled') return { kind: 'stopped' };
	return {
		kind: 'failed',
		error: failureError(context.getNode(), failure, itemIndex, NOT_CHARGED),
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
		if (upload.kind === 'ok') {
			uploaded.set(name, upload.url);
		} else if (upload.failure.kind === 'cancelled') {
			return { kind: 'stopped' };
		} else {
			const extra = `The binary field '${name}' could not be uploaded. ${NOT_CHARGED}`;
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
