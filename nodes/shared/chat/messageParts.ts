import { parseJson, isObject, asNumber, asText } from '../json';
import type { Json, JsonObject } from '../json';
import { describeFile } from '../media/mimeTypes';
import type { MediaKind } from '../catalogue/types';
import type { ChatMessage, ChatPart, ChatUsage, FinishReason } from './chatTypes';

/** What the protocols share: reading loose JSON, and what a message holds. */

type FilePart = Extract<ChatPart, { type: 'file' }>;

export function objectAt(value: Json | undefined): JsonObject {
	return isObject(value) ? value : {};
}

export function objectsAt(value: Json | undefined): JsonObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The text of a value, also where it is a list of parts with text. */
export function textAt(value: Json | undefined): string {
	if (typeof value === 'string') return value;
	return objectsAt(value)
		.map((part) => (typeof part.text === 'string' ? part.text : ''))
		.join('');
}

/** The texts of a message as one. */
export function messageText({ parts }: Pick<ChatMessage, 'parts'>): string {
	return parts.flatMap((part) => (part.type === 'text' && part.text !== '' ? [part.text] : [])).join('\n\n');
}

/** The parts that say something; some models refuse an empty text. */
export function saidParts({ parts }: ChatMessage): ChatPart[] {
	return parts.filter((part) => part.type === 'file' || part.text !== '');
}

const UNKNOWN_TYPE = 'application/octet-stream';

/** The MIME type of a file, from what is known of it or from the end of its address; an image is at least some image. */
export function mimeTypeOf({ url, mimeType, kind }: FilePart): string {
	const type = describeFile(url, mimeType).mimeType;
	return type === UNKNOWN_TYPE && kind === 'image' ? 'image/jpeg' : type;
}

/** What kind of file it is; one that nothing is known of counts as a document. */
export function fileKind(part: FilePart): MediaKind {
	if (part.kind) return part.kind;
	const [kind] = mimeTypeOf(part).split('/');
	return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'file';
}

/** A function's arguments, where they are whole: JSON in a text, or an object already. */
export function argumentsAt(value: Json | undefined): JsonObject | undefined {
	if (isObject(value)) return value;
	if (value === undefined || value === null || asText(value) === undefined) return {};
	const parsed = parseJson(String(value));
	return isObject(parsed) ? parsed : undefined;
}

/** Counted tokens; undefined where nothing is counted. */
export function usageOf(counts: {
	input: Json | undefined;
	output: Json | undefined;
	total?: Json;
	reasoning?: Json;
	cached?: Json;
}): ChatUsage | undefined {
	const [inputTokens, outputTokens] = [asNumber(counts.input), asNumber(counts.output)];
	if (inputTokens === undefined && outputTokens === undefined) return undefined;
	const [reasoningTokens, cachedTokens] = [asNumber(counts.reasoning), asNumber(counts.cached)];
	return {
		...(inputTokens !== undefined && { inputTokens }),
		...(outputTokens !== undefined && { outputTokens }),
		totalTokens: asNumber(counts.total) ?? (inputTokens ?? 0) + (outputTokens ?? 0),
		...(reasoningTokens !== undefined && { reasoningTokens }),
		...(cachedTokens !== undefined && { cachedTokens }),
	};
}

/** Why a model ended, in the words of all protocols. */
const FINISH_REASONS: Record<string, FinishReason> = {
	stop: 'stop',
	end_turn: 'stop',
	stop_sequence: 'stop',
	completed: 'stop',
	length: 'length',
	max_tokens: 'length',
	max_output_tokens: 'length',
	model_context_window_exceeded: 'length',
	tool_calls: 'toolCalls',
	tool_use: 'toolCalls',
	function_call: 'toolCalls',
	content_filter: 'contentFilter',
	refusal: 'contentFilter',
	safety: 'contentFilter',
	recitation: 'contentFilter',
	blocklist: 'contentFilter',
	prohibited_content: 'contentFilter',
	spii: 'contentFilter',
	failed: 'failed',
	cancelled: 'failed',
	queued: 'failed',
	in_progress: 'failed',
};

export function finishReasonOf(word: Json | undefined): FinishReason {
	return FINISH_REASONS[String(word).toLowerCase()] ?? 'other';
}

/** The messages with the names of the functions whose results they are, where only the calls before say them. */
export function withToolNames(messages: ChatMessage[]): ChatMessage[] {
	const names = new Map<string, string>();
	return messages.map((message) => {
		for (const { id, name } of message.toolCalls ?? []) names.set(id, name);
		const toolName = message.toolName ?? names.get(message.toolCallId ?? '');
		return message.role === 'tool' && toolName !== undefined ? { ...message, toolName } : message;
	});
}

/** What one side says, in the protocol's own entries. */
export interface Turn {
	role: string;
	entries: JsonObject[];
}

/** Neighbours with the same role become one, for protocols whose roles take turns; those that say nothing are left out. */
export function mergeTurns(turns: Turn[]): Turn[] {
	const merged: Turn[] = [];
	for (const { role, entries } of turns) {
		const last = merged.at(-1);
		if (last?.role === role) last.entries.push(...entries);
		else if (entries.length > 0) merged.push({ role, entries: [...entries] });
	}
	return merged;
}
