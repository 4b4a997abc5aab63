import { pickBy } from 'lodash';

import { isObject } from '../json';
import type { Json, JsonObject } from '../json';
import { failureError } from '../api/failure';
import { CATALOGUE_RATE } from '../api/rateLimit';
import type { KieContext } from '../api/account';
import { kieRequest } from '../api/request';

/** Kie's live catalogue, limited to one request per second (https://docs.kie.ai/ai-agent/install-kie-models). */

/** Filters the list of models; without any, all are listed. */
export interface ModelFilter {
	taskTypes?: string[];
	provider?: string;
	/** Text to search for. */
	search?: string;
}

/** The item of an execution for which the catalogue is read. */
interface ItemCall {
	itemIndex?: number;
	signal?: AbortSignal;
}

/**
 * The models as Kie lists them: `model` (the ID), `title`, `provider`, `taskType`, `pricingDesc`.
 * @throws NodeApiError with what happened and what to do.
 */
export async function listModels(
	context: KieContext,
	{ taskTypes = [], provider, search }: ModelFilter,
	call: ItemCall = {},
): Promise<JsonObject[]> {
	const qs = pickBy({ taskType: taskTypes.join(','), provider, q: search }, Boolean);
	const data = await read(context, '/api/v1/models', qs, call);
	if (isObject(data) && Array.isArray(data.models)) return data.models.filter(isObject);
	throw unexpected(context, 'The response does not contain a list of models', call);
}

/**
 * What Kie lists for one model: `openapi`, its OpenAPI document or null; `pricingDesc`, its price as text or null.
 * @throws NodeApiError with what happened and what to do.
 */
export async function readModel(
	context: KieContext,
	id: string,
	what: 'schema' | 'price',
	call: ItemCall = {},
): Promise<JsonObject> {
	// The slash of a model ID stays as it is.
	const data = await read(context, `/api/v1/models/${encodeURI(id)}/${what}`, {}, call);
	if (isObject(data)) return data;
	throw unexpected(context, `The response does not contain a ${what}`, call);
}

async function read(
	context: KieContext,
	path: string,
	qs: Record<string, string | undefined>,
	{ itemIndex, signal }: ItemCall,
): Promise<Json> {
	return await kieRequest(context, { method: 'GET', path, qs, rate: CATALOGUE_RATE, signal }, itemIndex);
}

function unexpected(context: KieContext, reason: string, { itemIndex }: ItemCall) {
	return failureError(context.getNode(), { kind: 'unexpectedResponse', reason }, itemIndex);
}
