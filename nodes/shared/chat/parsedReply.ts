import { randomUUID } from 'node:crypto';

import { asNumber, asText, isEmpty, parseObject } from '../json';
import type { Json, JsonObject } from '../json';
import type { ChatFailure, ChatResult, ChatUsage, FinishReason, ToolCall } from './chatTypes';

/** What a protocol reads from a reply. */
export interface ParsedReply {
	text: string;
	reasoning: string;
	calls: ParsedCall[];
	/** What the model requires back unchanged with the results of its calls. */
	thoughts?: JsonObject[];
	usage?: ChatUsage;
	/** `word`: why the model stopped, in the words of the protocol. */
	finish: { reason: FinishReason; word?: string };
	model?: Json;
}

interface ParsedCall {
	id?: Json;
	name?: Json;
	arguments?: Json;
	signature?: Json;
}

/** The arguments of a tool call; undefined if they are not a complete object. None at all are an empty one. */
export function parseArguments(value: Json | undefined): JsonObject | undefined {
	return isEmpty(value) ? {} : parseObject(value);
}

/** A complete call; undefined for a truncated one. */
function toToolCall(call: ParsedCall): ToolCall | undefined {
	const name = asText(call.name);
	const args = parseArguments(call.arguments);
	if (name === undefined || args === undefined) return undefined;
	// Results are matched to calls by ID, so each call needs its own.
	return { id: asText(call.id) ?? `call_${randomUUID()}`, name, arguments: args, signature: asText(call.signature) };
}

/**
 * The result that a reply stands for. A reply that is empty, counts no tokens, was interrupted or filtered, or has a
 * truncated tool call is a failure. `raw` is its body.
 */
export function toResult(reply: ParsedReply, raw: JsonObject): ChatResult {
	const { text, reasoning, calls, thoughts, usage, finish, model } = reply;
	const failed = (kind: ChatFailure['kind'], reason: string): ChatResult => ({
		kind: 'failed',
		failure: { kind, reason, text: text || undefined },
	});
	const ending = finish.word === undefined ? '' : `Finish reason "${finish.word}"`;
	if (finish.reason === 'contentFilter') return failed('refused', ending);
	if (finish.reason === 'failed') return failed('truncatedReply', ending);

	const isTokenLimit = finish.reason === 'length';
	const toolCalls = calls.map(toToolCall).filter((call) => call !== undefined);
	if (toolCalls.length < calls.length)
		return failed(isTokenLimit ? 'tokenLimit' : 'truncatedReply', 'A tool call is incomplete');
	if (text.trim() === '' && toolCalls.length === 0) {
		// Reasoning can use up all tokens.
		return isTokenLimit ? failed('tokenLimit', 'No text was generated') : failed('emptyReply', ending);
	}
	if (usage?.outputTokens === 0 && !usage.reasoningTokens) return failed('truncatedReply', 'No tokens were counted');
	return {
		kind: 'ok',
		reply: {
			text,
			reasoning: reasoning || undefined,
			toolCalls,
			thoughts: thoughts?.length ? thoughts : undefined,
			usage,
			creditsConsumed: asNumber(raw.credits_consumed),
			model: asText(model),
			finishReason: toolCalls.length > 0 && !isTokenLimit ? 'toolCalls' : finish.reason,
			raw,
		},
	};
}
