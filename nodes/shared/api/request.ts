import { createHash } from 'node:crypto';

import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { Json } from '../catalogue/types';
import type { Answer, AnswerShape, HttpAnswer } from './answer';
import { isObject, readAnswer } from './answer';
import type { Failure } from './failure';
import { failureError } from './failure';
import type { Rate } from './pace';
import { holdStarts, reserveStart } from './pace';
import { pause } from './pause';
import type { Intent } from './retry';
import { retryDelay } from './retry';

export const CREDENTIAL = 'kieAiApi';

/** The n8n contexts from which Kie is called. */
export type KieContext = IExecuteFunctions | ILoadOptionsFunctions;

export interface KieRequest {
	method: IHttpRequestMethods;
	path: string;
	qs?: IDataObject;
	/** JSON, a form, or a function that makes a fresh one for each try because a stream can be read only once. */
	body?: IDataObject | FormData | (() => Promise<FormData>);
	/** Which of the credential's two base addresses. */
	host?: 'api' | 'upload';
	intent?: Intent;
	shape?: AnswerShape;
	/** Starts are spread to this rate. */
	rate?: Rate;
	timeoutMs?: number;
	signal?: AbortSignal;
}

const READ_TIMEOUT_MS = 30_000;
/** Long, because an answer that is not waited for may be a task that is paid for. */
const CREATE_TIMEOUT_MS = 120_000;
/** How long a start is held back for everybody after Kie refused one for rate. */
const HOLD_MS = 2_000;

/** The connection was never made, so nothing arrived. */
const NOT_SENT_CODES = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

interface Account {
	baseUrl: Record<'api' | 'upload', string>;
	apiKey: string;
	/** Names the account inside this process without holding its key. */
	id: string;
}

async function readAccount(context: KieContext): Promise<Account> {
	const {
		apiKey = '',
		baseUrl,
		uploadBaseUrl,
	} = await context.getCredentials<Record<string, string | undefined>>(CREDENTIAL);
	const api = trimSlashes(baseUrl || 'https://api.kie.ai');
	return {
		baseUrl: { api, upload: trimSlashes(uploadBaseUrl || 'https://kieai.redpandaai.co') },
		apiKey,
		id: createHash('sha256').update(`${api} ${apiKey}`).digest('hex'),
	};
}

function trimSlashes(address: string): string {
	return address.trim().replace(/\/+$/, '');
}

function isHttpAnswer(value: unknown): value is HttpAnswer {
	return isObject(value) && typeof value.statusCode === 'number';
}

/** The network code of n8n's error or of what caused it. */
function networkCode(error: unknown): string | undefined {
	for (let level = error, depth = 0; level instanceof Error && depth < 5; level = level.cause, depth++) {
		if ('code' in level && typeof level.code === 'string') return level.code;
	}
	return undefined;
}

/** A request that is under way when the user stops the execution counts as lost, because it may have arrived. */
function networkFailure(error: unknown): Failure {
	const code = networkCode(error);
	if (code !== undefined && NOT_SENT_CODES.includes(code)) return { kind: 'notSent', reason: code };
	return { kind: 'connectionLost', reason: code ?? '' };
}

/** Kie's words could quote the key, and errors are stored and shown. */
function withoutKey(answer: Answer, apiKey: string): Answer {
	if (answer.ok || apiKey === '') return answer;
	return { ...answer, failure: { ...answer.failure, reason: answer.failure.reason.replaceAll(apiKey, '…') } };
}

/** Sends a request once. Never throws for what Kie or the network does; throws only where the node is not set up. */
export async function sendOnce(context: KieContext, request: KieRequest): Promise<Answer> {
	const account = await readAccount(context);
	return await send(context, account, request);
}

async function send(context: KieContext, account: Account, request: KieRequest): Promise<Answer> {
	const { method, path, qs, body, host = 'api', intent = 'free' } = request;
	const options: IHttpRequestOptions = {
		method,
		url: account.baseUrl[host] + path,
		qs,
		body: typeof body === 'function' ? await body() : body,
		json: !(typeof body === 'function' || body instanceof FormData),
		timeout: request.timeoutMs ?? (intent === 'create' ? CREATE_TIMEOUT_MS : READ_TIMEOUT_MS),
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// A create that is on its way is left to arrive and be named, unless n8n itself cuts it off.
		abortSignal: intent === 'free' ? request.signal : undefined,
		// Following redirects would keep the whole body of an upload in memory, and could repeat a create.
		disableFollowRedirect: true,
	};
	try {
		const answer: unknown = await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, options);
		if (isHttpAnswer(answer)) return withoutKey(readAnswer(answer, request.shape), account.apiKey);
		return { ok: false, failure: { kind: 'unreadable', reason: '' } };
	} catch (error) {
		if (error instanceof NodeOperationError) throw new NodeOperationError(context.getNode(), error);
		return { ok: false, failure: networkFailure(error) };
	}
}

/**
 * Sends a request, paced and repeated as `retryDelay` allows for its intent.
 * A wait in between ends when the signal is aborted, with a `cancelled` failure.
 */
export async function sendWithRetries(context: KieContext, request: KieRequest): Promise<Answer> {
	const account = await readAccount(context);
	const { rate, signal, intent = 'free' } = request;
	for (let attempt = 1; ; attempt++) {
		if (rate) {
			const start = reserveStart(account.id, rate, Date.now());
			await pause(start - Date.now(), signal);
		}
		if (signal?.aborted) return { ok: false, failure: { kind: 'cancelled', reason: '' } };
		const answer = await send(context, account, request);
		if (answer.ok) return answer;
		const delay = retryDelay(intent, answer.failure, attempt);
		if (delay === undefined) return answer;
		if (rate && answer.failure.kind === 'rateLimited') holdStarts(account.id, rate, Date.now() + HOLD_MS);
		await pause(delay, signal);
	}
}

/**
 * Sends a request that costs nothing and answers its `data`.
 * @throws NodeApiError with what happened and what to do, never with the key.
 */
export async function kieRequest(context: KieContext, request: KieRequest, itemIndex?: number): Promise<Json> {
	const answer = await sendWithRetries(context, request);
	if (!answer.ok) throw failureError(context.getNode(), answer.failure, itemIndex);
	return answer.data;
}
