import { asText, compact, isObject, parseJson } from '../json';
import type { Json, JsonObject } from '../json';
import type { ChatMessage, ChatModel, ChatRequest } from './chatTypes';
import { ParameterError, parseJsonParameter } from './jsonParameter';

/** Replies in JSON. */

/**
 * The JSON that the output format asks for; undefined for text. The schema may be in OpenAI's form, with its name and
 * whether it is strict.
 * @throws ParameterError that names the parameter of the schema.
 */
export function readOutputFormat(
	format: Json | undefined,
	readSchema: () => Json | undefined,
	label: string,
): ChatRequest['json'] {
	if (format === 'json') return {};
	if (format !== 'jsonSchema') return undefined;
	const schema = parseJsonParameter(readSchema(), label);
	if (!isObject(schema)) throw new ParameterError(`'${label}' must be a JSON object`);
	if (!isObject(schema.schema)) return { schema };
	const strict = typeof schema.strict === 'boolean' ? schema.strict : undefined;
	return { schema: schema.schema, name: asText(schema.name), strict };
}

/** The fields of a JSON Schema in OpenAI's protocols; undefined if the reply may be any JSON. */
export function toOpenaiSchema({ json, schemaName, strictSchema }: ChatRequest): JsonObject | undefined {
	if (!json?.schema) return undefined;
	const name = schemaName ?? json.name ?? 'answer';
	return compact({ name, strict: strictSchema ?? json.strict, schema: json.schema });
}

/** Whether the model has a field for the requested JSON. */
export function hasJsonField({ capabilities }: ChatModel, { json }: ChatRequest): boolean {
	return json !== undefined && (json.schema ? capabilities.jsonSchema === true : capabilities.json === true);
}

function jsonInstruction(schema?: JsonObject): string {
	const form = schema ? ` that matches this JSON Schema:\n${JSON.stringify(schema)}\n` : '. ';
	return `Respond only with JSON${form}Do not add any other text or code fences.`;
}

/** The request as it is sent: a model without a field for JSON is instructed in the system message. */
export function withJsonInstruction(model: ChatModel, request: ChatRequest): ChatRequest {
	const { json, ...others } = request;
	if (!json || hasJsonField(model, request)) return request;
	const instruction: ChatMessage = { role: 'system', parts: [{ type: 'text', text: jsonInstruction(json.schema) }] };
	const [first, ...rest] = request.messages;
	if (first?.role !== 'system') return { ...others, messages: [instruction, ...request.messages] };
	return { ...others, messages: [{ ...first, parts: [...first.parts, ...instruction.parts] }, ...rest] };
}

/** The JSON that a reply consists of, bare or in a code fence; undefined if it is none. JSON within a text does not count. */
export function parseJsonReply(text: string): Json | undefined {
	return parseJson(text) ?? parseJson(fencedText(text));
}

const FENCE = '```';

/** The contents of the code fence at the end of a text; the text before it must not look like JSON. */
function fencedText(text: string): string {
	const fenced = text.trimEnd();
	const [start, end] = [fenced.indexOf(FENCE), fenced.lastIndexOf(FENCE)];
	const isFence = end > start && end + FENCE.length === fenced.length && !/[[{]/.test(fenced.slice(0, start));
	return isFence ? fenced.slice(start + FENCE.length, end).replace(/^json\b/i, '') : '';
}
