import type { IExecuteFunctions } from 'n8n-workflow';

import type { JsonObject } from '../json';
import { CREATE_LIMITER } from '../api/rateLimit';
import { sendWithRetries } from '../api/request';
import type { ApiName } from '../adapters';
import type { CreatedModel, Creation } from '../adapters/adapter';
import { taskFromResponse } from '../adapters/adapter';
import { adapters } from '../adapters';

/** Creates a task, paced to Kie's rate and never twice: see `retryDelay` for what is sent again, and `rateLimitedMs` for how long it is sent again while Kie refuses it for its rate. */
export async function createTask(
	context: IExecuteFunctions,
	model: CreatedModel & { api?: ApiName },
	input: JsonObject,
	callBackUrl: string | undefined,
	rateLimitedMs: number,
	signal: AbortSignal,
): Promise<Creation> {
	const adapter = adapters[model.api ?? 'market'];
	const call = adapter.create(model, input, callBackUrl);
	if (call.kind === 'existing') return { kind: 'created', taskId: call.taskId };
	const response = await sendWithRetries(context, {
		...call,
		intent: 'create',
		limiter: CREATE_LIMITER,
		rateLimitedMs,
		signal,
	});
	return adapter.parseCreated ? adapter.parseCreated(response, input) : taskFromResponse(response);
}
