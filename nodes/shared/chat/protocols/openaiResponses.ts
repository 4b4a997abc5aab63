import { omit } from 'lodash';

import { asObject, asObjects, compact, nonEmptyFields, ownValue } from '../../json';
import type { JsonObject } from '../../json';
import type { ChatMessage, ChatModel, ChatPart, ChatRequest, FinishReason } from '../chatTypes';
import { toOpenaiSchema } from '../jsonOutput';
import { fileKind, messageText, nonEmptyParts } from '../messageParts';
import type { Protocol, StreamCollector } from './protocol';
import { ALL_CAPABILITIES, deltas, textAt, toFinish, toUsage } from './protocolFields';

/** OpenAI's responses (https://docs.kie.ai/market/chat/gpt-5-5, https://docs.kie.ai/market/grok/grok-4-6). */

/** Statuses, and the reasons of `incomplete_details`. */
const FINISH_REASONS: Record<string, FinishReason> = {
	completed: 'stop',
	incomplete: 'length',
	max_output_tokens: 'length',
	content_filter: 'contentFilter',
	failed: 'failed',
	cancelled: 'failed',
	queued: 'failed',
	in_progress: 'failed',
};

function toPart(part: ChatPart): JsonObject {
	if (part.type === 'text') return { type: 'input_text', text: part.text };
	return fileKind(part) === 'image'
		? { type: 'input_image', image_url: part.url }
		: { type: 'input_file', file_url: part.url };
}

/** Tool calls and their results are items beside the messages. */
function toItems(message: ChatMessage): JsonObject[] {
	const { role, toolCalls = [], toolCallId = '' } = message;
	const text = messageText(message);
	if (role === 'tool') return [{ type: 'function_call_output', call_id: toolCallId, output: text }];
	const content = role === 'assistant' ? [{ type: 'output_text', text }] : nonEmptyParts(message).map(toPart);
	const calls = toolCalls.map(({ id, name, arguments: args }) => ({
		type: 'function_call',
		call_id: id,
		name,
		arguments: JSON.stringify(args),
	}));
	return nonEmptyParts(message).length > 0 ? [{ role, content }, ...calls] : calls;
}

function toTools({ capabilities }: ChatModel, { tools = [], webSearch }: ChatRequest): JsonObject[] {
	const functions = tools.map(({ name, description, parameters }) =>
		compact({ type: 'function', name, description, parameters }),
	);
	return webSearch ? [...functions, compact({ type: capabilities.webSearch })] : functions;
}

function toFormat(request: ChatRequest): JsonObject {
	const schema = toOpenaiSchema(request);
	return schema ? { type: 'json_schema', ...schema } : { type: 'json_object' };
}

/** The item that a delta belongs to if none was announced, and how the delta is shown. */
const DELTAS: Record<string, { itemType: string; shownAs?: 'text' | 'reasoning' }> = {
	'response.output_text.delta': { itemType: 'message', shownAs: 'text' },
	'response.refusal.delta': { itemType: 'message', shownAs: 'text' },
	'response.reasoning_summary_text.delta': { itemType: 'reasoning', shownAs: 'reasoning' },
	'response.reasoning_text.delta': { itemType: 'reasoning', shownAs: 'reasoning' },
	'response.function_call_arguments.delta': { itemType: 'function_call' },
};

const FINAL_EVENTS = ['response.completed', 'response.incomplete', 'response.failed'];

/** An item of the output, and the text of its deltas so far. */
interface StreamedItem {
	item: JsonObject;
	text: string;
}

/** A streamed item as it is in a complete reply. */
function toItem({ item, text }: StreamedItem): JsonObject {
	if (text === '') return item;
	switch (item.type) {
		case 'function_call':
			return { ...item, arguments: textAt(item.arguments) || text };
		case 'reasoning':
			return asObjects(item.summary).length > 0 ? item : { ...item, summary: [{ text }] };
		default:
			return textAt(item.content) === '' ? { ...item, content: [{ type: 'output_text', text }] } : item;
	}
}

/** The response of the last event may lack the output that earlier events brought. */
function newCollector(): StreamCollector {
	let head: JsonObject = {};
	let isComplete = false;
	const items = new Map<string, StreamedItem>();
	const itemAt = ({ output_index, item_id }: JsonObject, type: string): StreamedItem => {
		const key = String(output_index ?? item_id ?? type);
		const item = items.get(key) ?? { item: { type }, text: '' };
		items.set(key, item);
		return item;
	};

	return {
		push(event) {
			const type = String(event.type);
			const delta = ownValue(DELTAS, type);
			if (delta) {
				const text = textAt(event.delta);
				itemAt(event, delta.itemType).text += text;
				return delta.shownAs ? deltas(delta.shownAs, text) : [];
			}
			if (type === 'response.output_item.added' || type === 'response.output_item.done') {
				const item = asObject(event.item);
				itemAt(event, String(item.type)).item = item;
			}
			if (type.startsWith('response.') && 'response' in event) {
				const response = asObject(event.response);
				// The consumed credits stand beside the response.
				head = { ...head, ...response, ...omit(event, ['type', 'response']) };
				if (FINAL_EVENTS.includes(type)) {
					isComplete = true;
					// The response may lack a status.
					head.status = response.status ?? type.slice('response.'.length);
				}
			}
			return [];
		},
		isComplete: () => isComplete,
		body() {
			const output = asObjects(head.output);
			return { ...head, output: output.length > 0 ? output : [...items.values()].map(toItem) };
		},
	};
}

export const openaiResponses: Protocol = {
	title: 'OpenAI Responses',
	capabilities: () => ({ ...ALL_CAPABILITIES, webSearch: 'web_search', thinking: false }),
	rolesWithoutFiles: ['assistant', 'tool'],
	toolResultKey: { field: 'toolCallId', name: 'tool_call_id' },
	exclusiveWithTools: ['webSearch'],
	hasSchemaSettings: true,
	streamsGradually: true,
	contentFields: ['output', 'response', 'delta'],
	toBody: (model, request, stream) =>
		nonEmptyFields({
			model: model.bodyModel,
			input: request.messages.flatMap(toItems),
			stream,
			tools: toTools(model, request),
			reasoning: compact({ effort: request.reasoningEffort }),
			text: compact({ format: request.json && toFormat(request) }),
			temperature: request.temperature,
			top_p: request.topP,
			max_output_tokens: request.maxTokens,
		}),
	parseReply(body) {
		const items = asObjects(body.output);
		const usage = asObject(body.usage);
		// A truncated reply says why beside its status.
		const details = toFinish(FINISH_REASONS, asObject(body.incomplete_details).reason);
		return {
			text: items.map(({ type, content }) => (type === 'message' ? textAt(content) : '')).join(''),
			reasoning: items
				.filter(({ type }) => type === 'reasoning')
				.map(({ summary, content }) => textAt(summary) || textAt(content))
				.join('\n'),
			calls: items
				.filter(({ type }) => type === 'function_call')
				.map(({ call_id, id, name, arguments: args }) => ({ id: call_id ?? id, name, arguments: args })),
			usage: toUsage({
				input: usage.input_tokens,
				output: usage.output_tokens,
				total: usage.total_tokens,
				reasoning: asObject(usage.output_tokens_details).reasoning_tokens,
				cached: asObject(usage.input_tokens_details).cached_tokens,
			}),
			finish: details.reason === 'other' ? toFinish(FINISH_REASONS, body.status) : details,
			model: body.model,
		};
	},
	newCollector,
};
