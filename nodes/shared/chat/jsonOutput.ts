import { parseJson, isObject, asText } from '../json';
import type { Json, JsonObject } from '../json';
import { ParameterError, parseJsonParameter } from './jsonParameter';
import type { ChatMessage, ChatModel, ChatRequest } from './chatTypes';

/** Answers in JSON. */

/**
 * The JSON that is asked for; undefined where it is text. A schema may stand in OpenAI's form, with its name around it.
 * @throws ParameterError that names the parameter, where its schema is none.
 */
export function readOutputFormat(
	format: Json | undefined,
	schemaOf: () => Json | undefined,
	label: string,
): ChatRequest['json'] {
	if (format === 'json') return {};
	if (format !== 'jsonSchema') return undefined;
	const given = parseJsonParameter(schemaOf(), label);
	if (!isObject(given)) throw new ParameterError(`'${label}' has to be a JSON object`);
	if (!isObject(given.schema)) return { schema: given };
	const name = asText(given.name);
	return { schema: given.schema, ...(name !== undefined && { name }) };
}

/** Whether the model's protocol has a field for the JSON that is asked for. */
export function hasJsonField({ capabilities }: ChatModel, { json }: ChatRequest): boolean {
	return json !== undefined && (json.schema ? capabilities.jsonSchema === true : capabilities.json === true);
}

function inWords(schema?: JsonObject): string {
	const form = schema ? ` that fits this JSON Schema:\n${JSON.stringify(schema)}\n` : '. ';
	return `Answer with nothing but JSON${form}Write no words and no code fences around it.`;
}

/** The request as it is sent: a model without a field for JSON is asked for it in the system message. */
export function withJsonInstruction(model: ChatModel, request: ChatRequest): ChatRequest {
	const { json, ...others } = request;
	if (!json || hasJsonField(model, request)) return request;
	const wish: ChatMessage = { role: 'system', parts: [{ type: 'text', text: inWords(json.schema) }] };
	const [first, ...rest] = request.messages;
	if (first?.role !== 'system') return { ...others, messages: [wish, ...request.messages] };
	return { ...others, messages: [{ ...first, parts: [...first.parts, ...wish.parts] }, ...rest] };
}

/** The JSON that an answer is, bare or in a code fence; undefined where it is none. JSON amid words is not taken for it. */
export function parseJsonReply(answer: string): Json | undefined {
	const fenced = /^[^{[]*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/i.exec(answer)?.[1];
	return parseJson(answer) ?? (fenced === undefined ? undefined : parseJson(fenced));
}
