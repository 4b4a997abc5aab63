import { asNumber, asObjects, ownValue } from '../../json';
import type { Json, JsonObject } from '../../json';
import type { ChatCapabilities, ChatDelta, ChatUsage, FinishReason } from '../chatTypes';
import { REASONING_EFFORTS } from '../chatTypes';

/** What several protocols have in common. */

/** Everything but a web search, whose tool differs. */
export const ALL_CAPABILITIES: ChatCapabilities = {
	files: ['image', 'video', 'audio', 'file'],
	tools: true,
	reasoningEffort: REASONING_EFFORTS,
	thinking: true,
	json: true,
	jsonSchema: true,
	temperature: true,
	topP: true,
	maxTokens: true,
};

/** The text of a value, which may be a list of parts with text. */
export function textAt(value: Json | undefined): string {
	if (typeof value === 'string') return value;
	return asObjects(value)
		.map(({ text }) => (typeof text === 'string' ? text : ''))
		.join('');
}

/** What an event adds to the reply; nothing for empty text. */
export function deltas(type: ChatDelta['type'], text: string): ChatDelta[] {
	return text === '' ? [] : [{ type, text }];
}

/** The token counts of a reply; undefined if neither input nor output is counted. */
export function toUsage(counts: Partial<Record<'input' | 'output' | 'total' | 'reasoning' | 'cached', Json>>) {
	const [inputTokens, outputTokens] = [asNumber(counts.input), asNumber(counts.output)];
	if (inputTokens === undefined && outputTokens === undefined) return undefined;
	const usage: ChatUsage = {
		inputTokens,
		outputTokens,
		totalTokens: asNumber(counts.total) ?? (inputTokens ?? 0) + (outputTokens ?? 0),
		reasoningTokens: asNumber(counts.reasoning),
		cachedTokens: asNumber(counts.cached),
	};
	return usage;
}

/** Why the model stopped. `reasons` are the words of the protocol in lower case. */
export function toFinish(
	reasons: Record<string, FinishReason>,
	word: Json | undefined,
): { reason: FinishReason; word?: string } {
	if (typeof word !== 'string') return { reason: 'other' };
	return { reason: ownValue(reasons, word.toLowerCase()) ?? 'other', word };
}

/** What one side says, in the protocol's own entries. */
export interface Turn {
	role: string;
	entries: JsonObject[];
}

/** Neighbours with the same role become one turn, for protocols whose roles alternate. Empty turns are dropped. */
export function mergeTurns(turns: Turn[]): Turn[] {
	const merged: Turn[] = [];
	for (const { role, entries } of turns) {
		const last = merged.at(-1);
		if (last?.role === role) last.entries.push(...entries);
		else if (entries.length > 0) merged.push({ role, entries: [...entries] });
	}
	return merged;
}
