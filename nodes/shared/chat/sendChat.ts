import { mergeWith } from 'lodash';

import type { KieContext } from '../api/account';
import { readAccount, withoutKey } from '../api/account';
import type { Failure } from '../api/failure';
import { CREATE_LIMITER } from '../api/rateLimit';
import { retryDelay } from '../api/retry';
import { sleepFor, unlessAborted } from '../api/sleep';
import { openStream } from '../api/streamResponse';
import type { JsonObject } from '../json';
import type { ChatDelta, ChatModel, ChatRequest, ChatResult } from './chatTypes';
import { withJsonInstruction } from './jsonOutput';
import { maskDeltas } from './maskDeltas';
import { protocols } from './protocols';
import { replyReader } from './readReply';

/** Kie has taken 108 s to reply with one word. */
export const TIMEOUT_MINUTES = 10;

interface ChatOptions {
	/** Aborted as soon as the reply is not needed any more. */
	signal?: AbortSignal;
	timeoutMs?: number;
	/** Called with each piece of a streamed reply. */
	onDelta?: (delta: ChatDelta) => void;
}

/** How much later than our own timeout the network's is. */
const NETWORK_MARGIN_MS = 1_000;
const MAX_TIMER_MS = 2 ** 31 - 1;
const CANCELLED: Failure = { kind: 'cancelled', reason: '' };

/**
 * Sends a chat call. Calls are charged, so one is repeated only if Kie certainly did not accept it: after a rate limit, or
 * if no connection was established. Never throws for what Kie, the network or the model does.
 */
export async function sendChat(
	context: KieContext,
	model: ChatModel,
	request: ChatRequest,
	options: ChatOptions = {},
): Promise<ChatResult> {
	const { signal } = options;
	const { id, apiKey } = await readAccount(context);
	const body = toBody(model, request, options.onDelta !== undefined);
	for (let attempt = 1; ; attempt++) {
		if (!(await CREATE_LIMITER.acquire(id, signal))) return { kind: 'failed', failure: CANCELLED };
		const deltas = options.onDelta && maskDeltas(apiKey, options.onDelta);
		const sent = await sendOnce(context, model, body, { ...options, onDelta: deltas?.push });
		deltas?.end();
		const result = withoutKey(withinTokenLimit(sent, request), apiKey);
		const rejection = result.kind === 'failed' && result.failure.kind === 'rateLimited' ? result.failure : undefined;
		CREATE_LIMITER.report(id, rejection !== undefined, rejection?.retryAfterMs);
		if (result.kind === 'ok') return result;
		const { failure } = result;
		const delay = failure.text === undefined ? retryDelay('create', failure, attempt) : undefined;
		if (delay === undefined) return { kind: 'failed', failure };
		await sleepFor(delay, signal);
	}
}

/** The body in the model's protocol, with the user's own fields. `needsDeltas`: the reply is shown while it arrives. */
function toBody(model: ChatModel, request: ChatRequest, needsDeltas: boolean): JsonObject {
	const protocol = protocols[model.protocol];
	const body = protocol.toBody(model, withJsonInstruction(model, request), needsDeltas || protocol.streamsGradually);
	return mergeWith({}, body, request.extraBody, (_own: unknown, extra: unknown) =>
		Array.isArray(extra) ? extra : undefined,
	);
}

/** A reply that reached a token limit which the user has not set is a failure. */
function withinTokenLimit(result: ChatResult, { maxTokens }: ChatRequest): ChatResult {
	if (result.kind === 'failed' || result.reply.finishReason !== 'length' || maxTokens !== undefined) return result;
	return { kind: 'failed', failure: { kind: 'tokenLimit', reason: '', text: result.reply.text } };
}

async function sendOnce(
	context: KieContext,
	model: ChatModel,
	body: JsonObject,
	{ signal, timeoutMs = TIMEOUT_MINUTES * 60_000, onDelta }: ChatOptions,
): Promise<ChatResult> {
	const timeout = AbortSignal.timeout(Math.min(Math.ceil(timeoutMs), MAX_TIMER_MS));
	const stop = signal ? AbortSignal.any([signal, timeout]) : timeout;
	const stopFailure = (): Failure =>
		signal?.aborted
			? CANCELLED
			: { kind: 'timedOut', reason: `No complete response within ${timeoutMs / 60_000} minutes` };

	const opening = openStream(context, { path: model.path, body, idleMs: timeoutMs + NETWORK_MARGIN_MS });
	const response = await unlessAborted(opening, stop);
	if (!response) {
		// It may still arrive.
		opening.then(
			(late) => late.kind === 'ok' && late.body.destroy(),
			() => {},
		);
		return { kind: 'failed', failure: stopFailure() };
	}
	if (response.kind === 'failed') return response;

	const reader = replyReader(protocols[model.protocol], response, onDelta);
	const close = () => response.body.destroy();
	stop.addEventListener('abort', close, { once: true });
	let interruption: Failure | undefined;
	try {
		for await (const chunk of response.body) {
			if (reader.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)) break;
		}
	} catch (error) {
		interruption = { kind: 'connectionLost', reason: error instanceof Error ? error.message : '' };
	} finally {
		stop.removeEventListener('abort', close);
		close();
	}
	return reader.finish(stop.aborted ? stopFailure() : interruption);
}
