import { isEmpty, isObject } from '../../json';
import type { Json, JsonObject } from '../../json';
import { finishReasonOf, messageText, objectAt, objectsAt, saidParts, textAt, usageOf } from '../messageParts';
import type { Protocol, ProtocolStream } from './protocol';
import { toResult } from '../parsedReply';
import type { ChatDelta, ChatMessage, ChatPart, ChatRequest } from '../chatTypes';

/** OpenAI's chat completions, on one path per model (https://docs.kie.ai/market/chat/gpt-5-2, https://docs.kie.ai/market/gemini/gemini-3-pro). */

/** Every kind of file goes in as `image_url`. */
function toPart(part: ChatPart): JsonObject {
	return part.type === 'text' ? { type: 'text', text: part.text } : { type: 'image_url', image_url: { url: part.url } };
}

function toMessage(message: ChatMessage): JsonObject {
	const { role, parts, toolCalls = [], toolCallId, toolName } = message;
	return {
		role,
		content: parts.some(({ type }) => type === 'file') ? saidParts(message).map(toPart) : messageText(message),
		...(toolCalls.length > 0 && {
			tool_calls: toolCalls.map(({ id, name, arguments: given }) => ({
				id,
				type: 'function',
				function: { name, arguments: JSON.stringify(given) },
			})),
		}),
		...(toolCallId !== undefined && { tool_call_id: toolCallId }),
		...(toolName !== undefined && { name: toolName }),
	};
}

function toTools({ tools = [], webSearch }: ChatRequest, searchTool: string): JsonObject[] {
	const own = tools.map(({ name, description, parameters }) => ({
		type: 'function',
		function: { name, ...(description !== undefined && { description }), parameters },
	}));
	return webSearch ? [...own, { type: 'function', function: { name: searchTool } }] : own;
}

function toResponseFormat({ schema, name = 'answer' }: NonNullable<ChatRequest['json']>): JsonObject {
	return schema ? { type: 'json_schema', json_schema: { name, schema } } : { type: 'json_object' };
}

/** The names under which thoughts are seen; Kie's pages do not say. */
const reasoningAt = ({ reasoning_content, reasoning }: JsonObject): string => textAt(reasoning_content ?? reasoning);

function answer(body: JsonObject) {
	const choice = objectAt(objectsAt(body.choices)[0]);
	const message = objectAt(choice.message);
	const usage = objectAt(body.usage);
	const words = typeof choice.finish_reason === 'string' ? choice.finish_reason : undefined;
	return toResult(
		{
			text: textAt(message.content),
			reasoning: reasoningAt(message),
			calls: objectsAt(message.tool_calls).map(({ id, function: called }) => ({ id, ...objectAt(called) })),
			usage: usageOf({
				input: usage.prompt_tokens,
				output: usage.completion_tokens,
				total: usage.total_tokens,
				reasoning: objectAt(usage.completion_tokens_details).reasoning_tokens,
				cached: objectAt(usage.prompt_tokens_details).cached_tokens,
			}),
			finish: { reason: finishReasonOf(words), words },
			raw: body,
		},
		body.model,
	);
}

function stream(): ProtocolStream {
	let head: JsonObject = {};
	let finish: Json = null;
	let content = '';
	let reasoning = '';
	const calls: Array<{ id?: Json; name: string; json: string }> = [];

	const takeCall = ({ index, id, function: called }: JsonObject) => {
		const { name, arguments: json } = objectAt(called);
		const at = typeof index === 'number' ? index : calls.length;
		const call = (calls[at] ??= { name: '', json: '' });
		if (typeof id === 'string' && id !== '') call.id = id;
		call.name += textAt(name);
		call.json += isObject(json) ? JSON.stringify(json) : textAt(json);
	};

	return {
		push({ choices, ...more }) {
			head = { ...head, ...Object.fromEntries(Object.entries(more).filter(([, value]) => !isEmpty(value))) };
			const choice = objectAt(objectsAt(choices)[0]);
			const delta = objectAt(choice.delta ?? choice.message);
			if (typeof choice.finish_reason === 'string') finish = choice.finish_reason;
			objectsAt(delta.tool_calls).forEach(takeCall);
			const pieces: ChatDelta[] = [
				{ type: 'reasoning', text: reasoningAt(delta) },
				{ type: 'text', text: textAt(delta.content) },
			];
			for (const piece of pieces) {
				if (piece.type === 'text') content += piece.text;
				else reasoning += piece.text;
			}
			return pieces.filter(({ text }) => text !== '');
		},
		isDone: () => finish !== null,
		body: () => ({
			...head,
			choices: [
				{
					index: 0,
					message: {
						role: 'assistant',
						content,
						...(reasoning && { reasoning_content: reasoning }),
						...(calls.length > 0 && {
							tool_calls: calls
								.filter((call) => call !== undefined)
								.map(({ id, name, json }) => ({
									...(id !== undefined && { id }),
									type: 'function',
									function: { name, arguments: json },
								})),
						}),
					},
					finish_reason: finish,
				},
			],
		}),
	};
}

export const openaiChat: Protocol = {
	name: 'openai-chat',
	body(model, request) {
		const tools = toTools(request, model.capabilities.webSearch ?? 'web_search');
		return {
			...(model.bodyModel !== undefined && { model: model.bodyModel }),
			messages: request.messages.map(toMessage),
			...(!model.withoutStream && { stream: request.stream }),
			...(tools.length > 0 && { tools }),
			...(request.reasoningEffort !== undefined && { reasoning_effort: request.reasoningEffort }),
			...(request.thinking !== undefined && { include_thoughts: request.thinking }),
			...(request.json && { response_format: toResponseFormat(request.json) }),
			...(request.temperature !== undefined && { temperature: request.temperature }),
			...(request.topP !== undefined && { top_p: request.topP }),
			...(request.maxTokens !== undefined && { max_tokens: request.maxTokens }),
		};
	},
	answer,
	stream,
};
