import { pickBy } from 'lodash';

import { isObject } from '../json';
import type { Json, JsonObject } from '../json';
import { failureError } from '../api/failure';
import { CATALOGUE_RATE } from '../api/rateLimit';
import type { KieContext } from '../api/account';
import { kieRequest } from '../api/request';

/** Kie's live model list; all requests to it together are limited to one per second (https://docs.kie.ai/ai-agent/install-kie-models). */

/** What a list of models is narrowed down to; empty is all. */
export interface ModelFilter {
	taskTypes?: string[];
	provider?: string;
	/** Words to search for. */
	search?: string;
}

/** For whom the catalogue is asked, where that is an item of an execution. */
interface Asking {
	itemIndex?: number;
	signal?: AbortSignal;
}

/**
 * The models that Kie lists: `model` is the ID; `title`, `provider`, `taskType`, `pricingDesc`.
 * @throws NodeApiError with what happened and what to do.
 */
export async function listModels(
	context: KieContext,
	{ taskTypes = [], provider, search }: ModelFilter,
	asking: Asking = {},
): Promise<JsonObject[]> {
	const qs = pickBy({ taskType: taskTypes.join(','), provider, q: search }, Boolean);
	const data = await ask(context, '/api/v1/models', qs, asking);
	if (isObject(data) && Array.isArray(data.models)) return data.models.filter(isObject);
	throw unreadable(context, 'The answer holds no list of models', asking);
}

/**
 * What Kie lists for one model: `openapi`, the document of its page, or null; `pricingDesc`, a string or null.
 * @throws NodeApiError with what happened and what to do.
 */
export async function readModel(
	context: KieContext,
	id: string,
	what: 'schema' | 'price',
	asking: Asking = {},
): Promise<JsonObject> {
	// The slash of an ID is not encoded.
	const data = await ask(context, `/api/v1/models/${encodeURI(id)}/${what}`, {}, asking);
	if (isObject(data)) return data;
	throw unreadable(context, `The answer holds no ${what}`, asking);
}

async function ask(
	context: KieContext,
	path: string,
	qs: Record<string, string | undefined>,
	{ itemIndex, signal }: Asking,
): Promise<Json> {
	return await kieRequest(context, { method: 'GET', path, qs, rate: CATALOGUE_RATE, signal }, itemIndex);
}

function unreadable(context: KieContext, reason: string, { itemIndex }: Asking) {
	return failureError(context.getNode(), { kind: 'unexpectedResponse', reason }, itemIndex);
}
