import { jsonParse } from 'n8n-workflow';

import { isObject, asText } from '../shared/json';
import type { JsonObject } from '../shared/json';
import type { ChatReply } from '../shared/chat/chatTypes';

/**
 * Of a model's turn, n8n gives back only the ID, name and arguments of its tool calls: that is all that outlives the
 * tool's run, another process or a memory. What else a model wants back unchanged travels in the ID.
 */

/** What travels with a call. */
interface CallMetadata {
	/** Gemini's, of the call. */
	signature?: string;
	/** Claude's, of the turn; with its first call. */
	thoughts?: JsonObject[];
	/** ID of the call that came first, of calls side by side: n8n gives them back one by one. */
	beside?: string;
}

const MARK = '#kie=';

/** The IDs under which n8n knows the calls of an answer, in their order. */
export function packCallIds({ toolCalls, thoughts }: ChatReply): string[] {
	return toolCalls.map(({ id, signature }, index) =>
		pack(id, index === 0 ? { signature, thoughts } : { signature, beside: toolCalls[0]?.id }),
	);
}

function pack(id: string, luggage: CallMetadata): string {
	const packed = JSON.stringify(luggage);
	return packed === '{}' ? id : id + MARK + Buffer.from(packed).toString('base64url');
}

/** The model's own ID of a call, and what it wants back. */
export function unpackCallId(callId: string): CallMetadata & { id: string } {
	const at = callId.lastIndexOf(MARK);
	if (at < 0) return { id: callId };
	const packed = Buffer.from(callId.slice(at + MARK.length), 'base64url').toString();
	const luggage = jsonParse<unknown>(packed, { fallbackValue: {} });
	const { signature, thoughts, beside } = isObject(luggage) ? luggage : {};
	return {
		id: callId.slice(0, at),
		signature: asText(signature),
		thoughts: Array.isArray(thoughts) ? thoughts.filter(isObject) : undefined,
		beside: asText(beside),
	};
}
