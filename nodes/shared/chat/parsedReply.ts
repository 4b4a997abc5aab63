import { randomUUID } from 'node:crypto';

import { asNumber, asText } from '../json';
import type { Json, JsonObject } from '../json';
import { argumentsAt } from './messageParts';
import type { ChatReply, ChatResult, ChatUsage, FinishReason, ToolCall } from './chatTypes';

/** What a protocol has read out of an answer. */
interface Reading {
	text: string;
	reasoning?: string;
	calls: ReadCall[];
	thoughts?: JsonObject[];
	usage?: ChatUsage;
	/** In Kie's words, for the user. */
	finish: { reason: FinishReason; words?: string };
	raw: JsonObject;
}

interface ReadCall {
	id?: Json;
	name?: Json;
	arguments?: Json;
	signature?: Json;
}

/** A whole call; undefined where it was cut. */
function toToolCall(call: ReadCall): ToolCall | undefined {
	const name = asText(call.name);
	const given = argumentsAt(call.arguments);
	if (name === undefined || given === undefined) return undefined;
	const signature = asText(call.signature);
	// Results are matched to calls by ID, so each needs one of its own.
	const id = asText(call.id) ?? `call_${randomUUID()}`;
	return { id, name, arguments: given, ...(signature !== undefined && { signature }) };
}

/**
 * Judges an answer: one that says nothing, counts no tokens, broke off or was held back by a filter is a failure, as is
 * one whose function calls are cut.
 */
export function toResult(reading: Reading, model: Json | undefined): ChatResult {
	const { calls, usage, finish, raw, thoughts } = reading;
	const toolCalls = calls.map(toToolCall).filter((call) => call !== undefined);
	const failed = (kind: 'refused' | 'emptyReply' | 'truncatedReply' | 'tokenLimit', reason: string): ChatResult => ({
		kind: 'failed',
		failure: { kind, reason, ...(reading.text && { text: reading.text }) },
	});
	if (finish.reason === 'contentFilter')
		return failed('refused', `the answer ended with "${finish.words ?? 'refusal'}"`);
	if (finish.reason === 'failed') return failed('truncatedReply', `it ended with "${finish.words ?? 'failed'}"`);
	const isLong = finish.reason === 'length';
	if (toolCalls.length < calls.length)
		return failed(isLong ? 'tokenLimit' : 'truncatedReply', 'a function call is not whole');
	if (reading.text.trim() === '' && toolCalls.length === 0) {
		// Thoughts can take up all of it.
		if (isLong) return failed('tokenLimit', 'nothing was said yet');
		return failed('emptyReply', finish.words === undefined ? '' : `it ended with "${finish.words}"`);
	}
	if (usage?.outputTokens === 0 && !usage.reasoningTokens) return failed('truncatedReply', 'it counts no tokens');
	const creditsConsumed = asNumber(raw.credits_consumed);
	const answering = asText(model);
	const answer: ChatReply = {
		text: reading.text,
		...(reading.reasoning && { reasoning: reading.reasoning }),
		toolCalls,
		...(thoughts && thoughts.length > 0 && { thoughts }),
		...(usage && { usage }),
		...(creditsConsumed !== undefined && { creditsConsumed }),
		...(answering !== undefined && { model: answering }),
		finishReason: toolCalls.length > 0 && !isLong ? 'toolCalls' : finish.reason,
		raw,
	};
	return { kind: 'ok', answer };
}
