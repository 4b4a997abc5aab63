import type { IExecuteFunctions } from 'n8n-workflow';

import { CREATE_RATE } from '../api/pace';
import { sendWithRetries } from '../api/request';
import type { JsonObject } from '../catalogue/types';
import type { CreatedModel, Creation } from './adapter';
import { namedTask } from './adapter';
import { adapters } from './adapters';

/** Creates a task, paced to Kie's rate and never twice: see `retryDelay` for what is sent again. */
export async function createTask(
	context: IExecuteFunctions,
	model: CreatedModel,
	input: JsonObject,
	callBackUrl: string | undefined,
	signal: AbortSignal,
): Promise<Creation> {
	const adapter = adapters[model.api ?? 'market'];
	const call = adapter.create(model, input, callBackUrl);
	if (typeof call === 'string') return { taskId: call };
	const answer = await sendWithRetries(context, { ...call, intent: 'create', rate: CREATE_RATE, signal });
	return adapter.created ? adapter.created(answer, input) : namedTask(answer);
}
