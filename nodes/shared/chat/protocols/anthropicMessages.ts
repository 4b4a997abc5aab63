import { asObject, asObjects, nonEmptyFields, ownValue } from '../../json';
import type { Json, JsonObject } from '../../json';
import type { ChatDelta, ChatMessage, ChatPart, FinishReason } from '../chatTypes';
import { fileKind, messageText, nonEmptyParts } from '../messageParts';
import type { Protocol, StreamCollector } from './protocol';
import type { Turn } from './protocolFields';
import { ALL_CAPABILITIES, deltas, mergeTurns, textAt, toFinish, toUsage } from './protocolFields';

/** Anthropic's messages (https://docs.kie.ai/market/claude/claude-opus-4-8). */

const FINISH_REASONS: Record<string, FinishReason> = {
	end_turn: 'stop',
	stop_sequence: 'stop',
	max_tokens: 'length',
	model_context_window_exceeded: 'length',
	tool_use: 'toolCalls',
	refusal: 'contentFilter',
};

function toBlock(part: ChatPart): JsonObject {
	if (part.type === 'text') return { type: 'text', text: part.text };
	return { type: fileKind(part) === 'image' ? 'image' : 'document', source: { type: 'url', url: part.url } };
}

/** The results of tools are sent in a user message. */
function toTurn(message: ChatMessage): Turn {
	const { role, toolCalls = [], thoughts = [], toolCallId = '' } = message;
	if (role === 'tool') {
		const result = { type: 'tool_result', tool_use_id: toolCallId, content: messageText(message) };
		return { role: 'user', entries: [result] };
	}
	const calls = toolCalls.map(({ id, name, arguments: input }) => ({ type: 'tool_use', id, name, input }));
	return { role, entries: [...thoughts, ...nonEmptyParts(message).map(toBlock), ...calls] };
}

/** How the deltas of a block extend it, by their type. */
const DELTAS: Record<string, { from: string; into: string; shownAs?: ChatDelta['type'] }> = {
	text_delta: { from: 'text', into: 'text', shownAs: 'text' },
	thinking_delta: { from: 'thinking', into: 'thinking', shownAs: 'reasoning' },
	signature_delta: { from: 'signature', into: 'signature' },
	input_json_delta: { from: 'partial_json', into: 'input' },
};

function newCollector(): StreamCollector {
	let head: JsonObject = {};
	let usage: JsonObject = {};
	let stopReason: Json = null;
	const blocks = new Map<string, JsonObject>();
	const addHead = ({ usage: counts, ...rest }: JsonObject) => {
		head = { ...head, ...rest };
		usage = { ...usage, ...asObject(counts) };
	};

	return {
		push({ type, ...event }) {
			const key = String(event.index);
			switch (type) {
				case 'message_start':
					addHead(asObject(event.message));
					return [];
				case 'content_block_start':
					blocks.set(key, asObject(event.content_block));
					return [];
				case 'content_block_delta': {
					const delta = asObject(event.delta);
					const extension = ownValue(DELTAS, String(delta.type));
					if (!extension) return [];
					const { from, into, shownAs } = extension;
					const block = blocks.get(key) ?? { type: into === 'input' ? 'tool_use' : into };
					const text = textAt(delta[from]);
					blocks.set(key, { ...block, [into]: textAt(block[into]) + text });
					return shownAs ? deltas(shownAs, text) : [];
				}
				case 'message_delta': {
					const { delta, ...rest } = event;
					stopReason = asObject(delta).stop_reason ?? stopReason;
					addHead(rest);
					return [];
				}
				case 'message_stop':
					addHead(event);
					return [];
				default:
					return [];
			}
		},
		isComplete: () => stopReason !== null,
		body: () => ({ ...head, content: [...blocks.values()], stop_reason: stopReason, usage }),
	};
}

export const anthropicMessages: Protocol = {
	title: 'Anthropic Messages',
	capabilities: () => ({ ...ALL_CAPABILITIES, reasoningEffort: undefined, json: false }),
	rolesWithoutFiles: ['system', 'tool'],
	toolResultKey: { field: 'toolCallId', name: 'tool_call_id' },
	exclusiveWithTools: [],
	hasSchemaSettings: false,
	// Kie has sent Claude's streams in one piece at their end.
	streamsGradually: false,
	contentFields: ['content', 'delta'],
	toBody(model, { messages, tools, thinking, json, temperature, topP, maxTokens }, stream) {
		const system = messages.filter(({ role }) => role === 'system').map(messageText);
		const turns = messages.filter(({ role }) => role !== 'system').map(toTurn);
		return nonEmptyFields({
			model: model.bodyModel,
			system: system.join('\n\n'),
			messages: mergeTurns(turns).map(({ role, entries }) => ({ role, content: entries })),
			stream,
			tools: tools?.map(({ name, description = name, parameters }) => ({
				name,
				// Required here.
				description,
				input_schema: parameters,
			})),
			thinkingFlag: thinking,
			output_config: json?.schema && { format: { type: 'json_schema', schema: json.schema } },
			temperature,
			top_p: topP,
			max_tokens: maxTokens,
		});
	},
	parseReply(body) {
		const blocks = asObjects(body.content);
		const usage = asObject(body.usage);
		return {
			text: blocks.map(({ type, text }) => (type === 'text' ? textAt(text) : '')).join(''),
			reasoning: blocks.map(({ type, thinking }) => (type === 'thinking' ? textAt(thinking) : '')).join(''),
			calls: blocks
				.filter(({ type }) => type === 'tool_use')
				.map(({ id, name, input }) => ({ id, name, arguments: input })),
			thoughts: blocks.filter(({ type }) => type === 'thinking' || type === 'redacted_thinking'),
			usage: toUsage({
				input: usage.input_tokens,
				output: usage.output_tokens,
				cached: usage.cache_read_input_tokens,
			}),
			finish: toFinish(FINISH_REASONS, body.stop_reason),
			model: body.model,
		};
	},
	newCollector,
};
