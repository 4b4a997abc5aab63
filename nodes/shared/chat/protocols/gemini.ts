import { parseJson, isEmpty, isObject } from '../../json';
import type { Json, JsonObject } from '../../json';
import type { Turn } from '../messageParts';
import {
	finishReasonOf,
	mergeTurns,
	messageText,
	mimeTypeOf,
	objectAt,
	objectsAt,
	saidParts,
	textAt,
	usageOf,
} from '../messageParts';
import type { Protocol, ProtocolStream } from './protocol';
import { toResult } from '../parsedReply';
import type { ChatDelta, ChatMessage, ChatPart, ChatRequest } from '../chatTypes';

/** Gemini's own protocol (https://docs.kie.ai/market/gemini/gemini-3-5-flash). */

function toPart(part: ChatPart): JsonObject {
	return part.type === 'text'
		? { text: part.text }
		: { file_data: { mime_type: mimeTypeOf(part), file_uri: part.url } };
}

/** A function's result has to be an object. */
function toResponseObject(text: string): JsonObject {
	const parsed = parseJson(text);
	return isObject(parsed) ? parsed : { result: parsed ?? text };
}

/** There is no place for a system prompt, so it stands before what the user says. */
function toTurn(message: ChatMessage): Turn {
	const { role, toolCalls = [], toolCallId: id, toolName = '' } = message;
	if (role === 'tool') {
		const response = toResponseObject(messageText(message));
		return {
			role: 'user',
			entries: [{ functionResponse: { name: toolName, response, ...(id !== undefined && { id }) } }],
		};
	}
	const calls = toolCalls.map(({ id, name, arguments: args, signature }) => ({
		functionCall: { name, args, id },
		...(signature !== undefined && { thoughtSignature: signature }),
	}));
	return { role: role === 'assistant' ? 'model' : 'user', entries: [...saidParts(message).map(toPart), ...calls] };
}

/** The words of JSON Schema that Gemini's schemas have. */
const SCHEMA_WORDS = [
	...['type', 'description', 'enum', 'format', 'items', 'minItems', 'maxItems', 'properties', 'required', 'nullable'],
	...['anyOf', 'minimum', 'maximum', 'title', 'pattern', 'minLength', 'maxLength'],
];

/** A JSON Schema in Gemini's spelling: types in capitals, and only the words that it knows. */
function toGeminiSchema(schema: JsonObject): JsonObject {
	const kept: JsonObject = {};
	for (const [word, value] of Object.entries(schema)) {
		if (word === 'const') kept.enum = [value];
		if (!SCHEMA_WORDS.includes(word)) continue;
		if (word === 'type' && Array.isArray(value)) {
			const types = value.filter((type) => type !== 'null');
			if (types[0] !== undefined) kept.type = String(types[0]).toUpperCase();
			if (types.length < value.length) kept.nullable = true;
		} else if (word === 'type') kept.type = String(value).toUpperCase();
		else if (word === 'properties')
			kept.properties = Object.fromEntries(
				Object.entries(objectAt(value)).map(([name, inner]) => [name, toGeminiSchema(objectAt(inner))]),
			);
		else if (word === 'items') kept.items = toGeminiSchema(objectAt(Array.isArray(value) ? value[0] : value));
		else if (word === 'anyOf') kept.anyOf = objectsAt(value).map(toGeminiSchema);
		else kept[word] = value;
	}
	return kept;
}

function toTools({ tools = [], webSearch }: ChatRequest, searchTool: string): JsonObject[] {
	const functionDeclarations = tools.map(({ name, description, parameters }) => ({
		name,
		// Required here.
		description: description ?? name,
		parameters: toGeminiSchema(parameters),
	}));
	return [
		...(functionDeclarations.length > 0 ? [{ functionDeclarations }] : []),
		...(webSearch ? [{ [searchTool]: {} }] : []),
	];
}

function toConfig({ reasoningEffort, thinking, json, temperature, topP, maxTokens }: ChatRequest): JsonObject {
	const thinkingConfig = {
		...(thinking !== undefined && { includeThoughts: thinking }),
		...(reasoningEffort !== undefined && { thinkingLevel: reasoningEffort }),
	};
	return {
		...(!isEmpty(thinkingConfig) && { thinkingConfig }),
		...(json && { responseMimeType: 'application/json' }),
		...(json?.schema && { responseSchema: toGeminiSchema(json.schema) }),
		...(temperature !== undefined && { temperature }),
		...(topP !== undefined && { topP }),
		...(maxTokens !== undefined && { maxOutputTokens: maxTokens }),
	};
}

const isThought = ({ thought }: JsonObject): boolean => thought === true;

function partsAt(body: JsonObject): JsonObject[] {
	return objectsAt(objectAt(objectAt(objectsAt(body.candidates)[0]).content).parts);
}

/** Why it ended: the candidate says it, or that there is none because of the prompt. */
function finishWords(body: JsonObject): string | undefined {
	const words = objectAt(objectsAt(body.candidates)[0]).finishReason ?? objectAt(body.promptFeedback).blockReason;
	return typeof words === 'string' ? words : undefined;
}

function answer(body: JsonObject) {
	const parts = partsAt(body);
	const usage = objectAt(body.usageMetadata);
	const words = finishWords(body);
	const isBlocked = objectAt(body.promptFeedback).blockReason !== undefined;
	return toResult(
		{
			text: parts.map((part) => (isThought(part) ? '' : textAt(part.text))).join(''),
			reasoning: parts.map((part) => (isThought(part) ? textAt(part.text) : '')).join(''),
			calls: parts.flatMap(({ functionCall, thoughtSignature }) => {
				const { id, name, args } = objectAt(functionCall);
				return functionCall === undefined ? [] : [{ id, name, arguments: args, signature: thoughtSignature }];
			}),
			usage: usageOf({
				input: usage.promptTokenCount,
				output: usage.candidatesTokenCount,
				total: usage.totalTokenCount,
				// Live answers have both spellings.
				reasoning: usage.thoughtsTokenCount ?? usage.thinkingTokenCount,
				cached: usage.cachedContentTokenCount,
			}),
			finish: { reason: isBlocked ? 'contentFilter' : finishReasonOf(words), words },
			raw: body,
		},
		body.modelVersion,
	);
}

/** Each event is an answer with the next parts; neighbouring texts of one kind become one part. */
function stream(): ProtocolStream {
	let head: JsonObject = {};
	let finish: Json = null;
	const parts: JsonObject[] = [];
	const take = (part: JsonObject) => {
		const last = parts.at(-1);
		const grows = last && 'text' in last && Object.keys(part).every((name) => name === 'text' || name === 'thought');
		if (grows && isThought(last) === isThought(part)) last.text = textAt(last.text) + textAt(part.text);
		else parts.push({ ...part });
	};

	return {
		push(event) {
			head = { ...head, ...event };
			finish = finishWords(event) ?? finish;
			const added = partsAt(event);
			added.forEach(take);
			return added
				.map((part): ChatDelta => ({ type: isThought(part) ? 'reasoning' : 'text', text: textAt(part.text) }))
				.filter(({ text }) => text !== '');
		},
		isDone: () => finish !== null,
		body: () => ({ ...head, candidates: [{ content: { role: 'model', parts }, finishReason: finish }] }),
	};
}

export const gemini: Protocol = {
	name: 'gemini',
	body(model, request) {
		const tools = toTools(request, model.capabilities.webSearch ?? 'googleSearch');
		const generationConfig = toConfig(request);
		return {
			contents: mergeTurns(request.messages.map(toTurn)).map(({ role, entries }) => ({ role, parts: entries })),
			stream: request.stream,
			...(tools.length > 0 && { tools }),
			...(!isEmpty(generationConfig) && { generationConfig }),
		};
	},
	answer,
	stream,
};
