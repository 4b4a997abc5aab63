import { mergeWith } from 'lodash';

import type { JsonObject } from '../json';
import type { Failure } from '../api/failure';
import { acquireSlot, backOff, CREATE_RATE } from '../api/rateLimit';
import { sleepFor, unlessAborted } from '../api/sleep';
import type { KieContext } from '../api/account';
import { hideKey, readAccount } from '../api/account';
import { retryDelay } from '../api/retry';
import { openStream } from '../api/streamResponse';
import { withJsonInstruction } from './jsonOutput';
import { protocols } from './protocols';
import type { ReplyReader } from './readReply';
import { replyReader } from './readReply';
import type { ChatDelta, ChatModel, ChatRequest, ChatResult } from './chatTypes';

/** Long, because Kie has taken 108 s to respond with one word. */
export const TIMEOUT_MINUTES = 10;

interface ChatOptions {
	/** Aborted when nobody wants the answer any more. */
	signal?: AbortSignal;
	timeoutMs?: number;
	/** Called for each piece of a streamed answer. */
	onDelta?: (delta: ChatDelta) => void;
}

/** The time limit is to end a silent connection before the network does. */
const NETWORK_MARGIN_MS = 1_000;
/** What a timer can count. */
const LONGEST_MS = 2 ** 31 - 1;
const CANCELLED: Failure = { kind: 'cancelled', reason: '' };

/**
 * Asks a model. A call is paid, so it is repeated only where Kie has certainly not taken it: after a refusal for rate, or
 * where no connection was made. Never throws for what Kie, the network or the model does.
 */
export async function chat(
	context: KieContext,
	model: ChatModel,
	request: ChatRequest,
	options: ChatOptions = {},
): Promise<ChatResult> {
	const { signal } = options;
	const { id, apiKey } = await readAccount(context);
	const body = bodyOf(model, request);
	for (let attempt = 1; ; attempt++) {
		await acquireSlot(id, CREATE_RATE, signal);
		if (signal?.aborted) return { kind: 'failed', failure: CANCELLED };
		const result = judgeLength(await callOnce(context, model, body, options), request);
		if (result.kind === 'ok') return result;
		const failure = hideKey(result.failure, apiKey);
		const delay = failure.text === undefined ? retryDelay('create', failure, attempt) : undefined;
		if (delay === undefined) return { kind: 'failed', failure };
		if (failure.kind === 'rateLimited') backOff(id, CREATE_RATE);
		await sleepFor(delay, signal);
	}
}

/** The body in the words of the model's protocol, with the user's own fields. */
function bodyOf(model: ChatModel, request: ChatRequest): JsonObject {
	const body = protocols[model.protocol].body(model, withJsonInstruction(model, request));
	const replaceLists = (_known: unknown, given: unknown) => (Array.isArray(given) ? given : undefined);
	return mergeWith({}, body, request.extraBody, replaceLists);
}

/** An answer that is cut at a length which the user has not set is not the answer that was asked for. */
function judgeLength(result: ChatResult, { maxTokens }: ChatRequest): ChatResult {
	if (result.kind === 'failed' || result.answer.finishReason !== 'length' || maxTokens !== undefined) return result;
	return { kind: 'failed', failure: { kind: 'tokenLimit', reason: '', text: result.answer.text } };
}

async function callOnce(
	context: KieContext,
	model: ChatModel,
	body: JsonObject,
	{ signal, timeoutMs = TIMEOUT_MINUTES * 60_000, onDelta }: ChatOptions,
): Promise<ChatResult> {
	const timeLimit = AbortSignal.timeout(Math.min(Math.ceil(timeoutMs), LONGEST_MS));
	const stop = new AbortController();
	const abort = () => stop.abort();
	for (const each of [signal, timeLimit]) each?.addEventListener('abort', abort, { once: true });
	let reader: ReplyReader | undefined;

	const call = async (): Promise<ChatResult> => {
		const answer = await openStream(context, { path: model.path, body, idleMs: timeoutMs + NETWORK_MARGIN_MS });
		if (answer.kind === 'failed') return answer;
		const close = () => answer.body.destroy();
		stop.signal.addEventListener('abort', close, { once: true });
		const reading = replyReader(protocols[model.protocol], answer, onDelta);
		reader = reading;
		try {
			if (!stop.signal.aborted) {
				for await (const chunk of answer.body) {
					if (reading.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)) break;
				}
			}
			return reading.end();
		} catch (error) {
			return reading.end({ kind: 'connectionLost', reason: error instanceof Error ? error.message : '' });
		} finally {
			stop.signal.removeEventListener('abort', close);
			close();
		}
	};

	try {
		const result = await unlessAborted(call(), stop.signal);
		if (result && !signal?.aborted) return result;
		const why: Failure = signal?.aborted
			? CANCELLED
			: { kind: 'timedOut', reason: `it had ${timeoutMs / 60_000} minutes` };
		return reader?.end(why) ?? { kind: 'failed', failure: why };
	} finally {
		for (const each of [signal, timeLimit]) each?.removeEventListener('abort', abort);
	}
}
