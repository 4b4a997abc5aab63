import type { Json, JsonObject } from '../../json';
import type { Turn } from '../messageParts';
import {
	fileKind,
	finishReasonOf,
	mergeTurns,
	messageText,
	objectAt,
	objectsAt,
	saidParts,
	textAt,
	usageOf,
} from '../messageParts';
import type { Protocol, ProtocolStream } from './protocol';
import { toResult } from '../parsedReply';
import type { ChatDelta, ChatMessage, ChatPart } from '../chatTypes';

/** Anthropic's messages (https://docs.kie.ai/market/claude/claude-opus-4-8). */

const THINKING = ['thinking', 'redacted_thinking'];

function toBlock(part: ChatPart): JsonObject {
	if (part.type === 'text') return { type: 'text', text: part.text };
	return { type: fileKind(part) === 'image' ? 'image' : 'document', source: { type: 'url', url: part.url } };
}

/** Results of functions stand in a user's message. */
function toTurn(message: ChatMessage): Turn {
	const { role, toolCalls = [], thoughts = [], toolCallId = '' } = message;
	if (role === 'tool') {
		return {
			role: 'user',
			entries: [{ type: 'tool_result', tool_use_id: toolCallId, content: messageText(message) }],
		};
	}
	const calls = toolCalls.map(({ id, name, arguments: input }) => ({ type: 'tool_use', id, name, input }));
	return {
		role: role === 'assistant' ? 'assistant' : 'user',
		entries: [...thoughts, ...saidParts(message).map(toBlock), ...calls],
	};
}

function answer(body: JsonObject) {
	const blocks = objectsAt(body.content);
	const usage = objectAt(body.usage);
	const words = typeof body.stop_reason === 'string' ? body.stop_reason : undefined;
	return toResult(
		{
			text: blocks.map((block) => (block.type === 'text' ? textAt(block.text) : '')).join(''),
			reasoning: blocks.map((block) => (block.type === 'thinking' ? textAt(block.thinking) : '')).join(''),
			calls: blocks
				.filter(({ type }) => type === 'tool_use')
				.map(({ id, name, input }) => ({ id, name, arguments: input })),
			thoughts: blocks.filter(({ type }) => THINKING.includes(String(type))),
			usage: usageOf({
				input: usage.input_tokens,
				output: usage.output_tokens,
				cached: usage.cache_read_input_tokens,
			}),
			finish: { reason: finishReasonOf(words), words },
			raw: body,
		},
		body.model,
	);
}

/** The fields of a block that its deltas make longer, by the delta's type. */
const GROWING: Record<string, { from: string; into: string }> = {
	text_delta: { from: 'text', into: 'text' },
	thinking_delta: { from: 'thinking', into: 'thinking' },
	signature_delta: { from: 'signature', into: 'signature' },
	input_json_delta: { from: 'partial_json', into: 'input' },
};

const SHOWN: Record<string, ChatDelta['type']> = { text_delta: 'text', thinking_delta: 'reasoning' };

function stream(): ProtocolStream {
	let head: JsonObject = {};
	let usage: JsonObject = {};
	let stopReason: Json = null;
	const blocks = new Map<string, JsonObject>();
	const takeHead = ({ usage: counted, ...more }: JsonObject) => {
		head = { ...head, ...more };
		usage = { ...usage, ...objectAt(counted) };
	};

	return {
		push({ type, ...event }) {
			const key = String(event.index);
			switch (type) {
				case 'message_start':
					takeHead(objectAt(event.message));
					return [];
				case 'content_block_start':
					blocks.set(key, objectAt(event.content_block));
					return [];
				case 'content_block_delta': {
					const delta = objectAt(event.delta);
					const { from, into } = GROWING[String(delta.type)] ?? {};
					if (from === undefined || into === undefined) return [];
					const block = blocks.get(key) ?? { type: into === 'input' ? 'tool_use' : into };
					const text = textAt(delta[from]);
					blocks.set(key, { ...block, [into]: textAt(block[into]) + text });
					const shown = SHOWN[String(delta.type)];
					return shown === undefined || text === '' ? [] : [{ type: shown, text }];
				}
				case 'message_delta': {
					const { delta, ...beside } = event;
					const { stop_reason: given } = objectAt(delta);
					if (typeof given === 'string') stopReason = given;
					takeHead(beside);
					return [];
				}
				case 'message_stop':
					takeHead(event);
					return [];
				default:
					return [];
			}
		},
		isDone: () => stopReason !== null,
		body: () => ({ ...head, content: [...blocks.values()], stop_reason: stopReason, usage }),
	};
}

export const anthropicMessages: Protocol = {
	name: 'anthropic-messages',
	body(model, request) {
		const system = request.messages.filter(({ role }) => role === 'system').map(messageText);
		const turns = request.messages.filter(({ role }) => role !== 'system').map(toTurn);
		return {
			...(model.bodyModel !== undefined && { model: model.bodyModel }),
			...(system.length > 0 && { system: system.join('\n\n') }),
			messages: mergeTurns(turns).map(({ role, entries }) => ({ role, content: entries })),
			stream: request.stream,
			...(request.tools?.length && {
				tools: request.tools.map(({ name, description, parameters }) => ({
					name,
					// Required here.
					description: description ?? name,
					input_schema: parameters,
				})),
			}),
			...(request.thinking !== undefined && { thinkingFlag: request.thinking }),
			...(request.json?.schema && { output_config: { format: { type: 'json_schema', schema: request.json.schema } } }),
			...(request.temperature !== undefined && { temperature: request.temperature }),
			...(request.topP !== undefined && { top_p: request.topP }),
			...(request.maxTokens !== undefined && { max_tokens: request.maxTokens }),
		};
	},
	answer,
	stream,
};
