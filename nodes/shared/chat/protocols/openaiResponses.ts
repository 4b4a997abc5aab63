import { omit } from 'lodash';

import type { JsonObject } from '../../json';
import {
	fileKind,
	finishReasonOf,
	messageText,
	objectAt,
	objectsAt,
	saidParts,
	textAt,
	usageOf,
} from '../messageParts';
import type { Protocol, ProtocolStream } from './protocol';
import { toResult } from '../parsedReply';
import type { ChatMessage, ChatPart, ChatRequest } from '../chatTypes';

/** OpenAI's responses (https://docs.kie.ai/market/chat/gpt-5-5, https://docs.kie.ai/market/grok/grok-4-6). */

function toPart(part: ChatPart): JsonObject {
	if (part.type === 'text') return { type: 'input_text', text: part.text };
	return fileKind(part) === 'image'
		? { type: 'input_image', image_url: part.url }
		: { type: 'input_file', file_url: part.url };
}

/** Calls and their results are entries of their own beside the messages. */
function toItems(message: ChatMessage): JsonObject[] {
	const { role, toolCalls = [], toolCallId = '' } = message;
	if (role === 'tool') return [{ type: 'function_call_output', call_id: toolCallId, output: messageText(message) }];
	const content =
		role === 'assistant'
			? [{ type: 'output_text', text: messageText(message) }].filter(({ text }) => text !== '')
			: saidParts(message).map(toPart);
	const calls = toolCalls.map(({ id, name, arguments: given }) => ({
		type: 'function_call',
		call_id: id,
		name,
		arguments: JSON.stringify(given),
	}));
	return content.length > 0 ? [{ role, content }, ...calls] : calls;
}

function toTools({ tools = [], webSearch }: ChatRequest, searchTool: string): JsonObject[] {
	const own = tools.map(({ name, description, parameters }) => ({
		type: 'function',
		name,
		...(description !== undefined && { description }),
		parameters,
	}));
	return webSearch ? [...own, { type: searchTool }] : own;
}

function toFormat({ schema, name = 'answer' }: NonNullable<ChatRequest['json']>): JsonObject {
	return schema ? { type: 'json_schema', name, schema } : { type: 'json_object' };
}

/** An answer that is cut says why beside its status. */
function finishWords({ status, incomplete_details }: JsonObject): string | undefined {
	const reason = objectAt(incomplete_details).reason;
	if (typeof reason === 'string') return reason;
	return typeof status === 'string' ? status : undefined;
}

function answer(body: JsonObject) {
	const items = objectsAt(body.output);
	const usage = objectAt(body.usage);
	const words = finishWords(body);
	return toResult(
		{
			text: items.map((item) => (item.type === 'message' ? textAt(item.content) : '')).join(''),
			reasoning: items
				.filter(({ type }) => type === 'reasoning')
				.map(({ summary, content }) => textAt(summary) || textAt(content))
				.join('\n'),
			calls: items
				.filter(({ type }) => type === 'function_call')
				.map((item) => ({ id: item.call_id ?? item.id, name: item.name, arguments: item.arguments })),
			usage: usageOf({
				input: usage.input_tokens,
				output: usage.output_tokens,
				total: usage.total_tokens,
				reasoning: objectAt(usage.output_tokens_details).reasoning_tokens,
				cached: objectAt(usage.input_tokens_details).cached_tokens,
			}),
			finish: { reason: words === 'incomplete' ? 'length' : finishReasonOf(words), words },
			raw: body,
		},
		body.model,
	);
}

/** The entry of the output that an event is about. */
interface StreamedItem {
	item: JsonObject;
	/** What its deltas have brought so far. */
	said: string;
}

/** A streamed entry as it stands in a plain answer. */
function toItem({ item, said }: StreamedItem): JsonObject {
	if (said === '') return item;
	switch (item.type) {
		case 'function_call':
			return { ...item, arguments: textAt(item.arguments) || said };
		case 'reasoning':
			return { ...item, summary: objectsAt(item.summary).length > 0 ? (item.summary ?? []) : [{ text: said }] };
		default:
			return {
				...item,
				content: textAt(item.content) === '' ? [{ type: 'output_text', text: said }] : (item.content ?? []),
			};
	}
}

/** The entry that a delta belongs to, where none was announced. */
const DELTAS: Record<string, string> = {
	'response.output_text.delta': 'message',
	'response.refusal.delta': 'message',
	'response.reasoning_summary_text.delta': 'reasoning',
	'response.reasoning_text.delta': 'reasoning',
	'response.function_call_arguments.delta': 'function_call',
};

const ENDS = ['response.completed', 'response.incomplete', 'response.failed'];

/** The last event's response may come without the output that was in the events before it. */
function stream(): ProtocolStream {
	let head: JsonObject = {};
	let isDone = false;
	const items = new Map<string, StreamedItem>();
	const itemAt = (event: JsonObject, type: string): StreamedItem => {
		const key = String(event.output_index ?? event.item_id ?? type);
		const known = items.get(key) ?? { item: { type }, said: '' };
		items.set(key, known);
		return known;
	};

	return {
		push(event) {
			const type = String(event.type);
			const kind = DELTAS[type];
			if (kind !== undefined) {
				const text = textAt(event.delta);
				itemAt(event, kind).said += text;
				return kind === 'function_call' || text === ''
					? []
					: [{ type: kind === 'message' ? 'text' : 'reasoning', text }];
			}
			if (type === 'response.output_item.added' || type === 'response.output_item.done') {
				const item = objectAt(event.item);
				itemAt(event, String(item.type)).item = item;
			}
			if (type.startsWith('response.') && 'response' in event) {
				// What is charged stands beside the response.
				head = { ...head, ...objectAt(event.response), ...omit(event, ['type', 'response']) };
				if (!ENDS.includes(type)) return [];
				isDone = true;
				// Its response may come without a status.
				head.status = objectAt(event.response).status ?? type.slice('response.'.length);
			}
			return [];
		},
		isDone: () => isDone,
		body() {
			const whole = objectsAt(head.output);
			return { ...head, output: whole.length > 0 ? whole : [...items.values()].map(toItem) };
		},
	};
}

export const openaiResponses: Protocol = {
	name: 'openai-responses',
	body(model, request) {
		const tools = toTools(request, model.capabilities.webSearch ?? 'web_search');
		return {
			...(model.bodyModel !== undefined && { model: model.bodyModel }),
			input: request.messages.flatMap(toItems),
			stream: request.stream,
			...(tools.length > 0 && { tools }),
			...(request.reasoningEffort !== undefined && { reasoning: { effort: request.reasoningEffort } }),
			...(request.json && { text: { format: toFormat(request.json) } }),
			...(request.temperature !== undefined && { temperature: request.temperature }),
			...(request.topP !== undefined && { top_p: request.topP }),
			...(request.maxTokens !== undefined && { max_output_tokens: request.maxTokens }),
		};
	},
	answer,
	stream,
};
