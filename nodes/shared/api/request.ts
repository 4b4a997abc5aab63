import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject } from '../json';
import type { Json } from '../json';
import type { Account, KieContext } from './account';
import { CREDENTIAL, readAccount, withoutKey } from './account';
import type { ApiResponse, HttpResponse, ResponseShape } from './response';
import { parseResponse } from './response';
import type { Failure } from './failure';
import { failureError } from './failure';
import { networkFailure } from './networkFailure';
import type { RateLimiter } from './rateLimit';
import { sleepFor } from './sleep';
import type { Intent } from './retry';
import { retryDelay } from './retry';

/** The contexts in which a node works on tasks and files. */
export type TaskContext = IExecuteFunctions | IWebhookFunctions;

interface KieRequest {
	method: IHttpRequestMethods;
	path: string;
	qs?: IDataObject;
	/** JSON, or a function that creates a new form for each try, because a stream can be read only once. */
	body?: IDataObject | (() => Promise<FormData>);
	/** Which of the credential's two base URLs. */
	host?: 'api' | 'upload';
	intent?: Intent;
	shape?: ResponseShape;
	/** Limits how often the account sends such requests. */
	limiter?: RateLimiter;
	/** How long to repeat a request that is rejected for its rate, from the first rejection on, in milliseconds. */
	rateLimitedMs?: number;
	timeoutMs?: number;
	signal?: AbortSignal;
}

const READ_TIMEOUT_MS = 30_000;
/** Long, because a task whose creation is not awaited may be charged all the same. */
const CREATE_TIMEOUT_MS = 120_000;

/** Kie's rate windows are 10 s, so this is several of them. */
const RATE_LIMITED_MS = 60_000;

const CANCELLED: ApiResponse = { kind: 'failed', failure: { kind: 'cancelled', reason: '' } };

function isHttpResponse(value: unknown): value is HttpResponse {
	return isObject(value) && typeof value.statusCode === 'number';
}

/**
 * Sends a request once, when it is its turn. Never throws for what Kie or the network does.
 * @throws NodeOperationError for a credential that is not set up.
 */
export async function sendOnce(context: KieContext, request: KieRequest): Promise<ApiResponse> {
	return await sendInTurn(context, await readAccount(context), request);
}

async function sendInTurn(context: KieContext, account: Account, request: KieRequest): Promise<ApiResponse> {
	const { limiter, signal } = request;
	if (limiter && !(await limiter.acquire(account.id, signal))) return CANCELLED;
	let rejection: Failure | undefined;
	try {
		const response = await send(context, account, request);
		if (isRateLimited(response)) rejection = response.failure;
		return response;
	} finally {
		limiter?.report(account.id, rejection !== undefined, rejection?.retryAfterMs);
	}
}

function isRateLimited(response: ApiResponse): response is Extract<ApiResponse, { kind: 'failed' }> {
	return response.kind === 'failed' && response.failure.kind === 'rateLimited';
}

async function send(context: KieContext, account: Account, request: KieRequest): Promise<ApiResponse> {
	const { method, path, qs, body, host = 'api', intent = 'free' } = request;
	const isForm = typeof body === 'function';
	const options: IHttpRequestOptions = {
		method,
		url: account.baseUrl[host] + path,
		qs,
		json: !isForm,
		timeout: request.timeoutMs ?? (intent === 'create' ? CREATE_TIMEOUT_MS : READ_TIMEOUT_MS),
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// A create in flight is not aborted, so that its task can be named, unless n8n itself closes the connection.
		abortSignal: intent === 'free' ? request.signal : undefined,
		// Following redirects would keep the whole body of an upload in memory, and could repeat a create.
		disableFollowRedirect: true,
	};
	try {
		options.body = isForm ? await body() : body;
	} catch (error) {
		const reason = error instanceof Error ? error.message : '';
		return { kind: 'failed', failure: { kind: 'fileUnreadable', reason } };
	}
	try {
		const signing = account.credential ? { credentialsDecrypted: account.credential } : undefined;
		const http: unknown = await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			options,
			signing,
		);
		if (!isHttpResponse(http)) return { kind: 'failed', failure: { kind: 'unexpectedResponse', reason: '' } };
		return parseResponse({ ...http, body: withoutKey(http.body, account.apiKey) }, request.shape);
	} catch (error) {
		if (error instanceof NodeOperationError) throw new NodeOperationError(context.getNode(), error);
		return { kind: 'failed', failure: networkFailure(error) };
	}
}

/**
 * Sends a request within its rate, and repeats it as `retryDelay` allows for its intent.
 * Waiting stops when the signal is aborted, with a `cancelled` failure.
 */
export async function sendWithRetries(context: KieContext, request: KieRequest): Promise<ApiResponse> {
	const account = await readAccount(context);
	const { limiter, rateLimitedMs = RATE_LIMITED_MS, signal, intent = 'free' } = request;
	let rateLimitedAt: number | undefined;
	for (let attempt = 1; ; attempt++) {
		if (signal?.aborted) return CANCELLED;
		const response = await sendInTurn(context, account, request);
		if (limiter && isRateLimited(response)) {
			rateLimitedAt ??= Date.now();
			if (Date.now() - rateLimitedAt >= rateLimitedMs) return response;
			// Nothing was accepted; the limiter says when it is this request's turn again.
			attempt -= 1;
			continue;
		}
		if (response.kind === 'ok') return response;
		const delay = retryDelay(intent, response.failure, attempt);
		if (delay === undefined) return response;
		await sleepFor(delay, signal);
	}
}

/**
 * Sends a request that is free and returns the `data` of the response.
 * @throws NodeApiError with what happened and what to do, never with the API key.
 */
export async function kieRequest(context: KieContext, request: KieRequest, itemIndex?: number): Promise<Json> {
	const response = await sendWithRetries(context, request);
	if (response.kind === 'failed') throw failureError(context.getNode(), response.failure, itemIndex);
	return response.data;
}
