import type {
	ContentFile,
	ContentToolCall,
	FinishReason,
	GenerateResult,
	Message,
	MessageContent,
	TokenUsage,
} from '@n8n/ai-node-sdk';
import { jsonParse } from 'n8n-workflow';

import { isObject, asText } from '../shared/json';
import type { ChatReply, ChatMessage, ChatPart, ChatUsage, ToolCall } from '../shared/chat/chatTypes';
import { withToolNames } from '../shared/chat/messageParts';
import { packCallIds, unpackCallId } from './callId';

/** The SDK's messages in our words, and our answers in the SDK's. */

/** Puts a file where Kie can fetch it, and answers its address. */
export type Locate = (file: ContentFile) => Promise<string>;

/** The conversation so far. */
export async function toChatMessages(messages: Message[], locate: Locate): Promise<ChatMessage[]> {
	const conversation: ChatMessage[] = [];
	const turns = new Map<string, ChatMessage>();
	for (const { role, content, name } of messages) {
		if (role === 'tool') {
			conversation.push(...content.flatMap((part) => toToolMessage(part, name)));
			continue;
		}
		const calls = content.filter(isToolCall).map(toCall);
		const beside = calls[0]?.beside;
		const begun = beside === undefined ? undefined : turns.get(beside);
		const turn = begun ?? { role, parts: await toParts(content, locate) };
		for (const { toolCall, thoughts } of calls) {
			turn.toolCalls = [...(turn.toolCalls ?? []), toolCall];
			if (thoughts) turn.thoughts = thoughts;
			turns.set(toolCall.id, turn);
		}
		const saysNothing = turn.parts.length === 0 && calls.length === 0;
		if (!begun && !(saysNothing && role !== 'user')) conversation.push(turn);
	}
	// n8n does not always name the tool that a result is of.
	return withToolNames(conversation);
}

async function toParts(content: MessageContent[], locate: Locate): Promise<ChatPart[]> {
	const parts: ChatPart[] = [];
	for (const part of content) {
		if (part.type === 'text' && part.text !== '') parts.push({ type: 'text', text: part.text });
		if (part.type === 'file') parts.push(await toFile(part, locate));
	}
	return parts;
}

async function toFile(file: ContentFile, locate: Locate): Promise<ChatPart> {
	const { mediaType, providerMetadata: { url, kind } = {} } = file;
	return {
		type: 'file',
		url: asText(url) ?? (await locate(file)),
		...(kind === 'image' && { kind }),
		...(mediaType !== undefined && { mimeType: mediaType }),
	};
}

function toToolMessage(part: MessageContent, toolName: string | undefined): ChatMessage[] {
	if (part.type !== 'tool-result') return [];
	const { id } = unpackCallId(part.toolCallId);
	const parts: ChatPart[] = [{ type: 'text', text: resultText(part.result) }];
	return [{ role: 'tool', parts, toolCallId: id, ...(toolName !== undefined && { toolName }) }];
}

function resultText(result: unknown): string {
	if (typeof result === 'string') return result;
	const parts: unknown[] = Array.isArray(result) ? result : [result];
	return parts.map((part) => (isObject(part) ? asText(part.text) : undefined) ?? JSON.stringify(part)).join('\n');
}

function isToolCall(part: MessageContent): part is ContentToolCall {
	return part.type === 'tool-call';
}

function toCall({ toolCallId = '', toolName, input }: ContentToolCall) {
	const { id, signature, ...luggage } = unpackCallId(toolCallId);
	const given = jsonParse<unknown>(input, { fallbackValue: {} });
	const { id: added, ...others } = isObject(given) ? given : {};
	const toolCall: ToolCall = {
		id,
		name: toolName,
		// n8n's agent adds the call's ID to the arguments.
		arguments: added === undefined || added === toolCallId ? others : { ...others, id: added },
		...(signature !== undefined && { signature }),
	};
	return { toolCall, ...luggage };
}

const FINISH_REASONS: Record<ChatReply['finishReason'], FinishReason> = {
	stop: 'stop',
	length: 'length',
	toolCalls: 'tool-calls',
	contentFilter: 'content-filter',
	failed: 'error',
	other: 'other',
};

/** An answer for n8n. The reasoning stays out, because n8n would take it for part of the text. */
export function fromAnswer(answer: ChatReply): GenerateResult & { finishReason: FinishReason } {
	return {
		finishReason: FINISH_REASONS[answer.finishReason],
		usage: fromUsage(answer.usage),
		message: {
			role: 'assistant',
			content: [...(answer.text === '' ? [] : [{ type: 'text' as const, text: answer.text }]), ...fromCalls(answer)],
		},
	};
}

function fromCalls(answer: ChatReply): ContentToolCall[] {
	const ids = packCallIds(answer);
	return answer.toolCalls.map((call, index) => ({
		type: 'tool-call',
		toolCallId: ids[index],
		toolName: call.name,
		input: JSON.stringify(call.arguments),
	}));
}

function fromUsage(usage: ChatUsage | undefined): TokenUsage | undefined {
	return (
		usage && {
			promptTokens: usage.inputTokens ?? 0,
			completionTokens: usage.outputTokens ?? 0,
			totalTokens: usage.totalTokens,
			inputTokenDetails: { cacheRead: usage.cachedTokens },
			outputTokenDetails: { reasoning: usage.reasoningTokens },
		}
	);
}
