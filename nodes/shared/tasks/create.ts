import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject, text } from '../api/answer';
import type { Failure } from '../api/failure';
import { CREATE_RATE } from '../api/pace';
import { sendWithRetries } from '../api/request';
import type { JsonObject, Model } from '../catalogue/types';
import { adapters } from './adapters';

export type Creation = { ok: true; taskId: string } | { ok: false; failure: Failure };

const NO_TASK_ID: Failure = { kind: 'unreadable', reason: 'The task was taken without a task ID' };

/** Creates a task, paced to Kie's rate and never twice: see `retryDelay` for what is sent again. */
export async function createTask(
	context: IExecuteFunctions,
	model: Pick<Model, 'id' | 'api' | 'path' | 'fixed'>,
	input: JsonObject,
	callBackUrl: string | undefined,
	signal: AbortSignal,
): Promise<Creation> {
	const { path, body } = adapters[model.api ?? 'market'].create(model, input, callBackUrl);
	const answer = await sendWithRetries(context, {
		method: 'POST',
		path,
		body,
		intent: 'create',
		rate: CREATE_RATE,
		signal,
	});
	if (!answer.ok) return answer;
	const taskId = isObject(answer.data) ? text(answer.data.taskId) : undefined;
	return taskId === undefined ? { ok: false, failure: NO_TASK_ID } : { ok: true, taskId };
}
