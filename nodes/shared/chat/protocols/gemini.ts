import { mapValues } from 'lodash';

import { asObject, asObjects, compact, isObject, nonEmptyFields, parseJson } from '../../json';
import type { Json, JsonObject } from '../../json';
import type { ChatMessage, ChatModel, ChatPart, ChatRequest, FinishReason } from '../chatTypes';
import { messageText, mimeTypeOf, nonEmptyParts } from '../messageParts';
import type { Protocol, StreamCollector } from './protocol';
import type { Turn } from './protocolFields';
import { ALL_CAPABILITIES, deltas, mergeTurns, textAt, toFinish, toUsage } from './protocolFields';

/** Gemini's own protocol (https://docs.kie.ai/market/gemini/gemini-3-5-flash). */

export const GEMINI_FINISH_REASONS: Record<string, FinishReason> = {
	stop: 'stop',
	max_tokens: 'length',
	safety: 'contentFilter',
	recitation: 'contentFilter',
	blocklist: 'contentFilter',
	prohibited_content: 'contentFilter',
	spii: 'contentFilter',
};

function toPart(part: ChatPart): JsonObject {
	return part.type === 'text'
		? { text: part.text }
		: { file_data: { mime_type: mimeTypeOf(part), file_uri: part.url } };
}

/** The result of a tool has to be an object. */
function toFunctionResponse(text: string): JsonObject {
	const parsed = parseJson(text);
	return isObject(parsed) ? parsed : { result: parsed ?? text };
}

/** There is no field for a system prompt, so it precedes what the user says. */
function toTurn(message: ChatMessage): Turn {
	const { role, toolCalls = [], toolCallId: id, toolName: name } = message;
	if (role === 'tool') {
		const functionResponse = compact({ name, response: toFunctionResponse(messageText(message)), id });
		return { role: 'user', entries: [{ functionResponse }] };
	}
	const calls = toolCalls.map(({ id, name, arguments: args, signature }) =>
		compact({ functionCall: { name, args, id }, thoughtSignature: signature }),
	);
	return { role: role === 'assistant' ? 'model' : 'user', entries: [...nonEmptyParts(message).map(toPart), ...calls] };
}

/** The JSON Schema keywords that Gemini knows, apart from those that `toGeminiSchema` translates. */
const PLAIN_KEYWORDS = [
	...['description', 'enum', 'format', 'minItems', 'maxItems', 'required', 'nullable'],
	...['minimum', 'maximum', 'title', 'pattern', 'minLength', 'maxLength'],
];

/** A JSON Schema in Gemini's dialect: types in capitals, and only the keywords that it knows. */
function toGeminiSchema(schema: JsonObject): JsonObject {
	const translated: JsonObject = {};
	for (const [keyword, value] of Object.entries(schema)) {
		if (PLAIN_KEYWORDS.includes(keyword)) translated[keyword] = value;
		switch (keyword) {
			case 'type': {
				const [type] = Array.isArray(value) ? value.filter((one) => one !== 'null') : [value];
				if (type !== undefined) translated.type = String(type).toUpperCase();
				if (Array.isArray(value) && value.includes('null')) translated.nullable = true;
				break;
			}
			case 'const':
				translated.enum = [value];
				break;
			case 'properties':
				translated.properties = mapValues(asObject(value), (inner) => toGeminiSchema(asObject(inner)));
				break;
			case 'items':
				translated.items = toGeminiSchema(asObject([value].flat()[0]));
				break;
			case 'anyOf':
				translated.anyOf = asObjects(value).map(toGeminiSchema);
		}
	}
	return translated;
}

function toTools({ capabilities }: ChatModel, { tools = [], webSearch }: ChatRequest): JsonObject[] {
	const functionDeclarations = tools.map(({ name, description = name, parameters }) => ({
		name,
		// Required here.
		description,
		parameters: toGeminiSchema(parameters),
	}));
	const search = webSearch && capabilities.webSearch !== undefined ? [{ [capabilities.webSearch]: {} }] : [];
	return functionDeclarations.length > 0 ? [{ functionDeclarations }, ...search] : search;
}

const isThought = ({ thought }: JsonObject): boolean => thought === true;

const candidateOf = (body: JsonObject): JsonObject => asObject(asObjects(body.candidates)[0]);

const partsOf = (body: JsonObject): JsonObject[] => asObjects(asObject(candidateOf(body).content).parts);

const blockReasonOf = (body: JsonObject): Json | undefined => asObject(body.promptFeedback).blockReason;

/** Each event is a reply with the next parts; neighbouring texts of one kind become one part. */
function newCollector(): StreamCollector {
	let head: JsonObject = {};
	let finishReason: Json = null;
	const parts: JsonObject[] = [];
	const addPart = (part: JsonObject) => {
		const last = parts.at(-1);
		const isText = Object.keys(part).every((name) => name === 'text' || name === 'thought');
		if (last && 'text' in last && isText && isThought(last) === isThought(part))
			last.text = textAt(last.text) + textAt(part.text);
		else parts.push({ ...part });
	};

	return {
		push(event) {
			head = { ...head, ...event };
			finishReason = candidateOf(event).finishReason ?? blockReasonOf(event) ?? finishReason;
			const added = partsOf(event);
			added.forEach(addPart);
			return added.flatMap((part) => deltas(isThought(part) ? 'reasoning' : 'text', textAt(part.text)));
		},
		isComplete: () => finishReason !== null,
		body: () => ({ ...head, candidates: [{ content: { role: 'model', parts }, finishReason }] }),
	};
}

export const gemini: Protocol = {
	title: 'Gemini',
	capabilities: () => ({ ...ALL_CAPABILITIES, webSearch: 'googleSearch' }),
	rolesWithoutFiles: ['tool'],
	toolResultKey: { field: 'toolName', name: 'name' },
	exclusiveWithTools: [],
	hasSchemaSettings: false,
	streamsGradually: true,
	contentFields: ['candidates', 'promptFeedback'],
	toBody: (model, request, stream) =>
		nonEmptyFields({
			contents: mergeTurns(request.messages.map(toTurn)).map(({ role, entries }) => ({ role, parts: entries })),
			stream,
			tools: toTools(model, request),
			generationConfig: nonEmptyFields({
				thinkingConfig: compact({ includeThoughts: request.thinking, thinkingLevel: request.reasoningEffort }),
				responseMimeType: request.json && 'application/json',
				responseSchema: request.json?.schema && toGeminiSchema(request.json.schema),
				temperature: request.temperature,
				topP: request.topP,
				maxOutputTokens: request.maxTokens,
			}),
		}),
	parseReply(body) {
		const parts = partsOf(body);
		const usage = asObject(body.usageMetadata);
		const blockReason = blockReasonOf(body);
		const finish = toFinish(GEMINI_FINISH_REASONS, candidateOf(body).finishReason ?? blockReason);
		return {
			text: parts.map((part) => (isThought(part) ? '' : textAt(part.text))).join(''),
			reasoning: parts.map((part) => (isThought(part) ? textAt(part.text) : '')).join(''),
			calls: parts.flatMap(({ functionCall, thoughtSignature }) => {
				const { id, name, args } = asObject(functionCall);
				return functionCall === undefined ? [] : [{ id, name, arguments: args, signature: thoughtSignature }];
			}),
			usage: toUsage({
				input: usage.promptTokenCount,
				output: usage.candidatesTokenCount,
				total: usage.totalTokenCount,
				// Both spellings occur.
				reasoning: usage.thoughtsTokenCount ?? usage.thinkingTokenCount,
				cached: usage.cachedContentTokenCount,
			}),
			finish: blockReason === undefined ? finish : { ...finish, reason: 'contentFilter' },
			model: body.modelVersion,
		};
	},
	newCollector,
};
