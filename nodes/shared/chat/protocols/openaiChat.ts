import { asObject, asObjects, compact, isObject, nonEmptyFields } from '../../json';
import type { Json, JsonObject } from '../../json';
import type { ChatMessage, ChatModel, ChatPart, ChatRequest, FinishReason } from '../chatTypes';
import { toOpenaiSchema } from '../jsonOutput';
import { messageText, nonEmptyParts } from '../messageParts';
import { GEMINI_FINISH_REASONS } from './gemini';
import type { Protocol, StreamCollector } from './protocol';
import { ALL_CAPABILITIES, deltas, textAt, toFinish, toUsage } from './protocolFields';

/** OpenAI's chat completions, on one path per model (https://docs.kie.ai/market/chat/gpt-5-2, https://docs.kie.ai/market/gemini/gemini-3-pro). */

const FINISH_REASONS: Record<string, FinishReason> = {
	// Most models of this protocol are Gemini.
	...GEMINI_FINISH_REASONS,
	stop: 'stop',
	length: 'length',
	tool_calls: 'toolCalls',
	function_call: 'toolCalls',
	content_filter: 'contentFilter',
};

/** Every kind of file is sent as `image_url`. */
function toPart(part: ChatPart): JsonObject {
	return part.type === 'text' ? { type: 'text', text: part.text } : { type: 'image_url', image_url: { url: part.url } };
}

function toMessage(message: ChatMessage): JsonObject {
	const { role, parts, toolCalls, toolCallId, toolName } = message;
	return compact({
		role,
		content: parts.some(({ type }) => type === 'file') ? nonEmptyParts(message).map(toPart) : messageText(message),
		tool_calls: toolCalls?.map(({ id, name, arguments: args }) => ({
			id,
			type: 'function',
			function: { name, arguments: JSON.stringify(args) },
		})),
		tool_call_id: toolCallId,
		name: toolName,
	});
}

function toTools({ capabilities }: ChatModel, { tools = [], webSearch }: ChatRequest): JsonObject[] {
	const functions = tools.map(({ name, description, parameters }) => compact({ name, description, parameters }));
	if (webSearch) functions.push(compact({ name: capabilities.webSearch }));
	return functions.map((definition) => ({ type: 'function', function: definition }));
}

function toResponseFormat(request: ChatRequest): JsonObject {
	const schema = toOpenaiSchema(request);
	return schema ? { type: 'json_schema', json_schema: schema } : { type: 'json_object' };
}

/** Both names occur; Kie's documentation has none. */
const reasoningAt = ({ reasoning_content, reasoning }: JsonObject): string => textAt(reasoning_content ?? reasoning);

interface StreamedCall {
	id?: string;
	name: string;
	json: string;
}

function newCollector(): StreamCollector {
	let head: JsonObject = {};
	let finishReason: Json = null;
	let content = '';
	let reasoning = '';
	const calls = new Map<Json, StreamedCall>();

	const addCall = ({ index, id, function: part }: JsonObject) => {
		const { name, arguments: args } = asObject(part);
		const key = index ?? calls.size;
		const call = calls.get(key) ?? { name: '', json: '' };
		calls.set(key, call);
		if (typeof id === 'string' && id !== '') call.id = id;
		call.name += textAt(name);
		call.json += isObject(args) ? JSON.stringify(args) : textAt(args);
	};

	return {
		push({ choices, ...rest }) {
			head = { ...head, ...nonEmptyFields(rest) };
			const choice = asObject(asObjects(choices)[0]);
			const delta = asObject(choice.delta ?? choice.message);
			if (typeof choice.finish_reason === 'string') finishReason = choice.finish_reason;
			asObjects(delta.tool_calls).forEach(addCall);
			const [thought, text] = [reasoningAt(delta), textAt(delta.content)];
			reasoning += thought;
			content += text;
			return [...deltas('reasoning', thought), ...deltas('text', text)];
		},
		isComplete: () => finishReason !== null,
		body() {
			const toolCalls = [...calls.values()].map(({ id, name, json }) =>
				compact({ id, type: 'function', function: { name, arguments: json } }),
			);
			const message = {
				role: 'assistant',
				content,
				...nonEmptyFields({ reasoning_content: reasoning, tool_calls: toolCalls }),
			};
			return { ...head, choices: [{ index: 0, message, finish_reason: finishReason }] };
		},
	};
}

export const openaiChat: Protocol = {
	title: 'OpenAI Chat Completions',
	capabilities: (path) => ({
		...ALL_CAPABILITIES,
		webSearch: path.includes('gemini') ? 'googleSearch' : 'web_search',
	}),
	rolesWithoutFiles: [],
	toolResultKey: { field: 'toolCallId', name: 'tool_call_id' },
	exclusiveWithTools: ['webSearch', 'json'],
	hasSchemaSettings: true,
	streamsGradually: true,
	contentFields: ['choices'],
	toBody: (model, request, stream) =>
		nonEmptyFields({
			model: model.bodyModel,
			messages: request.messages.map(toMessage),
			stream: model.withoutStream ? undefined : stream,
			tools: toTools(model, request),
			reasoning_effort: request.reasoningEffort,
			include_thoughts: request.thinking,
			response_format: request.json && toResponseFormat(request),
			temperature: request.temperature,
			top_p: request.topP,
			max_tokens: request.maxTokens,
		}),
	parseReply(body) {
		const choice = asObject(asObjects(body.choices)[0]);
		const message = asObject(choice.message);
		const usage = asObject(body.usage);
		return {
			text: textAt(message.content),
			reasoning: reasoningAt(message),
			calls: asObjects(message.tool_calls).map(({ id, function: call }) => ({ id, ...asObject(call) })),
			usage: toUsage({
				input: usage.prompt_tokens,
				output: usage.completion_tokens,
				total: usage.total_tokens,
				reasoning: asObject(usage.completion_tokens_details).reasoning_tokens,
				cached: asObject(usage.prompt_tokens_details).cached_tokens,
			}),
			finish: toFinish(FINISH_REASONS, choice.finish_reason),
			model: body.model,
		};
	},
	newCollector,
};
