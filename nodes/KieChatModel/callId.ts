import type { ChatReply } from '../shared/chat/chatTypes';
import { asObject, asObjects, asText, parseJson } from '../shared/json';
import type { JsonObject } from '../shared/json';

/**
 * Of a model's turn, n8n passes back only the ID, name and arguments of its tool calls: nothing else outlives the tool's
 * run, another process or a memory. What else a model requires back is packed into the ID.
 */

interface CallMetadata {
	/** Gemini: of the call. */
	signature?: string;
	/** Claude: of the turn, with its first call. */
	thoughts?: JsonObject[];
	/** The ID of the turn's first call on all others, because n8n passes parallel calls back one by one. */
	firstCallId?: string;
}

const SEPARATOR = '#kie=';

/** The IDs under which n8n knows the calls of a reply, in their order. */
export function packCallIds({ toolCalls, thoughts }: Pick<ChatReply, 'toolCalls' | 'thoughts'>): string[] {
	return toolCalls.map(({ id, signature }, index) =>
		pack(id, index === 0 ? { signature, thoughts } : { signature, firstCallId: toolCalls[0]?.id }),
	);
}

function pack(id: string, metadata: CallMetadata): string {
	const packed = JSON.stringify(metadata);
	return packed === '{}' ? id : id + SEPARATOR + Buffer.from(packed).toString('base64url');
}

/** The model's own ID of a call, and its metadata. */
export function unpackCallId(callId: string): CallMetadata & { id: string } {
	const end = callId.lastIndexOf(SEPARATOR);
	if (end < 0) return { id: callId };
	const packed = Buffer.from(callId.slice(end + SEPARATOR.length), 'base64url').toString();
	const { signature, thoughts, firstCallId } = asObject(parseJson(packed));
	return {
		id: callId.slice(0, end),
		signature: asText(signature),
		thoughts: thoughts === undefined ? undefined : asObjects(thoughts),
		firstCallId: asText(firstCallId),
	};
}
