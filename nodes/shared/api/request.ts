import { createHash } from 'node:crypto';

import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	ISupplyDataFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject, asText } from '../json';
import type { Json } from '../json';
import type { ApiResponse, ResponseShape, HttpResponse } from './response';
import { parseResponse } from './response';
import type { Failure } from './failure';
import { failureError } from './failure';
import type { Rate } from './rateLimit';
import { delaySlots, tryAcquireSlot } from './rateLimit';
import { sleepFor } from './sleep';
import type { Intent } from './retry';
import { retryDelay } from './retry';

export const CREDENTIAL = 'kieAiApi';

/** The n8n contexts from which Kie is called. */
export type KieContext = IExecuteFunctions | ILoadOptionsFunctions | ISupplyDataFunctions | IWebhookFunctions;

/** The contexts in which a node works on tasks and files. */
export type TaskContext = IExecuteFunctions | IWebhookFunctions;

interface KieRequest {
	method: IHttpRequestMethods;
	path: string;
	qs?: IDataObject;
	/** JSON, a form, or a function that makes a fresh one for each try because a stream can be read only once. */
	body?: IDataObject | FormData | (() => Promise<FormData>);
	/** Which of the credential's two base addresses. */
	host?: 'api' | 'upload';
	intent?: Intent;
	shape?: ResponseShape;
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
const NOT_SENT_CODES = [
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EPROTO',
	'ERR_INVALID_URL',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
];
const NOT_SENT_FORMS = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_)/;
/** These can also end a connection that was there. */
const NOT_SENT_WHILE_CONNECTING = ['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'];

interface Account {
	baseUrl: Record<'api' | 'upload', string>;
	apiKey: string;
	/** Names the account inside this process without holding its key. */
	id: string;
	/** The HMAC key of its callbacks, where the user has one. */
	webhookSecret?: string;
}

const accounts = new WeakMap<KieContext, Account>();

/** The account of a context, read once. */
export async function readAccount(context: KieContext): Promise<Account> {
	const known = accounts.get(context);
	if (known) return known;
	const credential = await context.getCredentials<Record<string, string | undefined>>(CREDENTIAL);
	const { apiKey = '' } = credential;
	const api = baseAddress(context, 'API Base URL', credential.baseUrl || 'https://api.kie.ai');
	const upload = baseAddress(context, 'Upload Base URL', credential.uploadBaseUrl || 'https://kieai.redpandaai.co');
	const id = createHash('sha256').update(`${api} ${apiKey}`).digest('hex');
	const webhookSecret = asText(credential.webhookSecret)?.trim();
	const account: Account = { baseUrl: { api, upload }, apiKey, id, webhookSecret };
	accounts.set(context, account);
	return account;
}

/** How long a webhook's account is shared by its deliveries, in milliseconds. */
const SHARED_MS = 2_000;
const shared = new Map<string, { reading: Promise<Account>; until: number }>();

/**
 * The account of a webhook. n8n sets up a sandbox of its own each time that a webhook asks for its credential, so the
 * deliveries of a burst share what was read for one of them.
 */
export async function readSharedAccount(context: IWebhookFunctions): Promise<Account> {
	const { id, credentials } = context.getNode();
	const key = [context.getWorkflow().id, id, credentials?.[CREDENTIAL]?.id].join(' ');
	const recent = shared.get(key);
	const isShared = recent !== undefined && Date.now() < recent.until;
	const entry = isShared ? recent : { reading: readAccount(context), until: Infinity };
	if (!isShared) {
		shared.set(key, entry);
		const settle = () => {
			entry.until = Date.now() + SHARED_MS;
		};
		entry.reading.then(settle, settle);
	}
	const account = await entry.reading;
	accounts.set(context, account);
	return account;
}

/** Kie's address, as the credential gives it. */
export async function apiAddress(context: KieContext): Promise<string> {
	return (await readAccount(context)).baseUrl.api;
}

function baseAddress(context: KieContext, label: string, given: string): string {
	const address = trimSlashes(given);
	if (/^https?:\/\/[^\s/]+/i.test(address)) return address;
	throw new NodeOperationError(context.getNode(), `'${label}' of the credential has to start with https://`, {
		description: 'Nothing was sent.',
	});
}

function trimSlashes(address: string): string {
	return address.trim().replace(/\/+$/, '');
}

function isHttpAnswer(value: unknown): value is HttpResponse {
	return isObject(value) && typeof value.statusCode === 'number';
}

/** The network code of n8n's error or of what caused it, and what was being done. */
function networkFault(error: unknown): { code?: string; isConnecting: boolean } {
	for (let level = error, depth = 0; level instanceof Error && depth < 5; level = level.cause, depth++) {
		if ('code' in level && typeof level.code === 'string') {
			return { code: level.code, isConnecting: 'syscall' in level && level.syscall === 'connect' };
		}
	}
	return { isConnecting: false };
}

/** A request that is under way when the user stops the execution counts as lost, because it may have arrived. */
export function networkFailure(error: unknown): Failure {
	const { code = '', isConnecting } = networkFault(error);
	const isNotSent =
		NOT_SENT_CODES.includes(code) ||
		NOT_SENT_FORMS.test(code) ||
		(isConnecting && NOT_SENT_WHILE_CONNECTING.includes(code));
	return { kind: isNotSent ? 'notSent' : 'connectionLost', reason: code };
}

/** Kie's words could quote the key, and errors are stored and shown. */
export function hideKey<F extends Failure>(failure: F, apiKey: string): F {
	return apiKey === '' ? failure : { ...failure, reason: failure.reason.replaceAll(apiKey, '…') };
}

function withoutKey(answer: ApiResponse, apiKey: string): ApiResponse {
	return answer.kind === 'ok' ? answer : { ...answer, failure: hideKey(answer.failure, apiKey) };
}

/** Sends a request once. Never throws for what Kie or the network does; throws only where the node is not set up. */
export async function sendOnce(context: KieContext, request: KieRequest): Promise<ApiResponse> {
	const account = await readAccount(context);
	return await send(context, account, request);
}

async function send(context: KieContext, account: Account, request: KieRequest): Promise<ApiResponse> {
	const { method, path, qs, body, host = 'api', intent = 'free' } = request;
	const options: IHttpRequestOptions = {
		method,
		url: account.baseUrl[host] + path,
		qs,
		body: typeof body === 'function' ? undefined : body,
		json: !(typeof body === 'function' || body instanceof FormData),
		timeout: request.timeoutMs ?? (intent === 'create' ? CREATE_TIMEOUT_MS : READ_TIMEOUT_MS),
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// A create that is on its way is left to arrive and be named, unless n8n itself cuts it off.
		abortSignal: intent === 'free' ? request.signal : undefined,
		// Following redirects would keep the whole body of an upload in memory, and could repeat a create.
		disableFollowRedirect: true,
	};
	if (typeof body === 'function') {
		try {
			options.body = await body();
		} catch (error) {
			return {
				kind: 'failed',
				failure: { kind: 'fileUnreadable', reason: error instanceof Error ? error.message : '' },
			};
		}
	}
	try {
		const answer: unknown = await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, options);
		if (isHttpAnswer(answer)) return withoutKey(parseResponse(answer, request.shape), account.apiKey);
		return { kind: 'failed', failure: { kind: 'unexpectedResponse', reason: '' } };
	} catch (error) {
		if (error instanceof NodeOperationError) throw new NodeOperationError(context.getNode(), error);
		return { kind: 'failed', failure: networkFailure(error) };
	}
}

/** Waits until the account may start one more, and takes that start; ends early when the signal is aborted. */
export async function acquireSlot(account: string, rate: Rate, signal?: AbortSignal): Promise<void> {
	for (
		let wait = tryAcquireSlot(account, rate, Date.now());
		wait > 0;
		wait = tryAcquireSlot(account, rate, Date.now())
	) {
		if (!(await sleepFor(wait, signal))) return;
	}
}

/** Kie refused a start for rate, so everybody's are held back for a while. */
export function backOff(account: string, rate: Rate): void {
	delaySlots(account, rate, Date.now() + HOLD_MS);
}

/**
 * Sends a request, paced and repeated as `retryDelay` allows for its intent.
 * A wait in between ends when the signal is aborted, with a `cancelled` failure.
 */
export async function sendWithRetries(context: KieContext, request: KieRequest): Promise<ApiResponse> {
	const account = await readAccount(context);
	const { rate, signal, intent = 'free' } = request;
	for (let attempt = 1; ; attempt++) {
		if (rate) await acquireSlot(account.id, rate, signal);
		if (signal?.aborted) return { kind: 'failed', failure: { kind: 'cancelled', reason: '' } };
		const answer = await send(context, account, request);
		if (answer.kind === 'ok') return answer;
		const delay = retryDelay(intent, answer.failure, attempt);
		if (delay === undefined) return answer;
		if (rate && answer.failure.kind === 'rateLimited') backOff(account.id, rate);
		await sleepFor(delay, signal);
	}
}

/**
 * Sends a request that costs nothing and answers its `data`.
 * @throws NodeApiError with what happened and what to do, never with the key.
 */
export async function kieRequest(context: KieContext, request: KieRequest, itemIndex?: number): Promise<Json> {
	const answer = await sendWithRetries(context, request);
	if (answer.kind === 'failed') throw failureError(context.getNode(), answer.failure, itemIndex);
	return answer.data;
}
