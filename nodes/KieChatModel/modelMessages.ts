import type {
	ContentFile,
	ContentToolCall,
	FinishReason,
	GenerateResult,
	Message,
	MessageContent,
	TokenUsage,
} from '@n8n/ai-node-sdk';

import type { ChatMessage, ChatPart, ChatReply, ChatUsage } from '../shared/chat/chatTypes';
import { withToolNames } from '../shared/chat/messageParts';
import { asObject, asText, parseJson } from '../shared/json';
import { packCallIds, unpackCallId } from './callId';

/** Between the SDK's messages and ours. */

/** Uploads a file to where Kie can fetch it, and returns its URL. */
export type UploadFile = (file: ContentFile) => Promise<string>;

/** The conversation so far. */
export async function toChatMessages(messages: Message[], upload: UploadFile): Promise<ChatMessage[]> {
	const conversation: ChatMessage[] = [];
	/** The message of each turn by the ID of its calls. */
	const turns = new Map<string, ChatMessage>();
	for (const { role, content, name } of messages) {
		if (role === 'tool') {
			conversation.push(...content.flatMap((part) => toToolMessage(part, name)));
			continue;
		}
		const calls = content.filter(isToolCall).map(toCall);
		const firstCallId = calls[0]?.firstCallId;
		const earlierTurn = firstCallId === undefined ? undefined : turns.get(firstCallId);
		const message = earlierTurn ?? { role, parts: await toParts(content, upload) };
		for (const { toolCall, thoughts } of calls) {
			message.toolCalls = [...(message.toolCalls ?? []), toolCall];
			message.thoughts = thoughts ?? message.thoughts;
			turns.set(toolCall.id, message);
		}
		const isEmpty = message.parts.length === 0 && calls.length === 0;
		// An empty user message is kept to be reported.
		if (!earlierTurn && (!isEmpty || role === 'user')) conversation.push(message);
	}
	// n8n does not always name the tool of a result.
	return withToolNames(conversation);
}

async function toParts(content: MessageContent[], upload: UploadFile): Promise<ChatPart[]> {
	const parts: ChatPart[] = [];
	for (const part of content) {
		if (part.type === 'text' && part.text !== '') parts.push({ type: 'text', text: part.text });
		if (part.type === 'file') parts.push(await toFile(part, upload));
	}
	return parts;
}

async function toFile(file: ContentFile, upload: UploadFile): Promise<ChatPart> {
	const { mediaType, providerMetadata: { url, kind } = {} } = file;
	return {
		type: 'file',
		url: asText(url) ?? (await upload(file)),
		kind: kind === 'image' ? kind : undefined,
		mimeType: mediaType,
	};
}

function toToolMessage(part: MessageContent, toolName: string | undefined): ChatMessage[] {
	if (part.type !== 'tool-result') return [];
	const { id } = unpackCallId(part.toolCallId);
	return [{ role: 'tool', parts: [{ type: 'text', text: resultText(part.result) }], toolCallId: id, toolName }];
}

function resultText(result: unknown): string {
	if (typeof result === 'string') return result;
	return [result]
		.flat()
		.map((part) => asText(asObject(part).text) ?? JSON.stringify(part))
		.join('\n');
}

function isToolCall(part: MessageContent): part is ContentToolCall {
	return part.type === 'tool-call';
}

function toCall({ toolCallId = '', toolName, input }: ContentToolCall) {
	const { id, signature, ...turn } = unpackCallId(toolCallId);
	const args = asObject(parseJson(input));
	// n8n's agent adds the call's ID to the arguments.
	if (args.id === toolCallId) delete args.id;
	return { toolCall: { id, name: toolName, arguments: args, signature }, ...turn };
}

const FINISH_REASONS: Record<ChatReply['finishReason'], FinishReason> = {
	stop: 'stop',
	length: 'length',
	toolCalls: 'tool-calls',
	contentFilter: 'content-filter',
	failed: 'error',
	other: 'other',
};

/** A reply for n8n, without its reasoning, which n8n would add to the text. */
export function fromReply(reply: ChatReply): GenerateResult & { finishReason: FinishReason } {
	return {
		finishReason: FINISH_REASONS[reply.finishReason],
		usage: reply.usage && fromUsage(reply.usage),
		message: {
			role: 'assistant',
			content: [...(reply.text === '' ? [] : [{ type: 'text' as const, text: reply.text }]), ...fromCalls(reply)],
		},
	};
}

function fromCalls(reply: ChatReply): ContentToolCall[] {
	const ids = packCallIds(reply);
	return reply.toolCalls.map((call, index) => ({
		type: 'tool-call',
		toolCallId: ids[index],
		toolName: call.name,
		input: JSON.stringify(call.arguments),
	}));
}

function fromUsage({ inputTokens, outputTokens, totalTokens, cachedTokens, reasoningTokens }: ChatUsage): TokenUsage {
	return {
		promptTokens: inputTokens ?? 0,
		completionTokens: outputTokens ?? 0,
		totalTokens,
		inputTokenDetails: { cacheRead: cachedTokens },
		outputTokenDetails: { reasoning: reasoningTokens },
	};
}
