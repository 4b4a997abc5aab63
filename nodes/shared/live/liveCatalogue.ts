import { pickBy } from 'lodash';
import type { INode } from 'n8n-workflow';

import { isObject } from '../json';
import type { Json, JsonObject } from '../json';
import { failureError } from '../api/failure';
import { inputError } from '../api/inputError';
import { CATALOGUE_LIMITER } from '../api/rateLimit';
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

/** The format of a model ID, such as `z-image` or `google/nano-banana` (https://docs.kie.ai/ai-agent/install-kie-models). */
const MODEL_ID = /^[a-z0-9][\w.-]*(\/[a-z0-9][\w.-]*)?$/i;

/**
 * A model ID that can be part of a path.
 * @throws NodeOperationError for anything else.
 */
export function checkModelId(node: INode, id: string, itemIndex?: number): string {
	if (MODEL_ID.test(id)) return id;
	const advice = 'Model IDs look like z-image or google/nano-banana.';
	throw inputError(node, `'Model' must be a model ID (got ${id.slice(0, 80)})`, itemIndex, advice);
}

/**
 * What Kie lists for one model: `openapi`, its OpenAPI document or null; `pricingDesc`, its price as text or null;
 * `points`, its success rates of the last 24 hours in steps of 10 minutes.
 * @throws NodeOperationError for text that is not a model ID, otherwise NodeApiError with what happened and what to do.
 */
export async function readModel(
	context: KieContext,
	id: string,
	what: 'schema' | 'price' | 'success-rate',
	call: ItemCall = {},
): Promise<JsonObject> {
	const path = `/api/v1/models/${checkModelId(context.getNode(), id, call.itemIndex)}/${what}`;
	const data = await read(context, path, {}, call);
	if (isObject(data)) return data;
	throw unexpected(context, `The response does not contain a ${what}`, call);
}

async function read(
	context: KieContext,
	path: string,
	qs: Record<string, string | undefined>,
	{ itemIndex, signal }: ItemCall,
): Promise<Json> {
	return await kieRequest(context, { method: 'GET', path, qs, limiter: CATALOGUE_LIMITER, signal }, itemIndex);
}

function unexpected(context: KieContext, reason: string, { itemIndex }: ItemCall) {
	return failureError(context.getNode(), { kind: 'unexpectedResponse', reason }, itemIndex);
}
