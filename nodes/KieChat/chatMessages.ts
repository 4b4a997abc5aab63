import { parseJson, isObject, asText } from '../shared/json';
import type { Json, JsonObject } from '../shared/json';
import type { MediaKind } from '../shared/catalogue/types';
import { ParameterError } from '../shared/chat/jsonParameter';
import { argumentsAt, objectsAt, withToolNames } from '../shared/chat/messageParts';
import type { ChatMessage, ChatPart, ChatRole, ToolCall } from '../shared/chat/chatTypes';
import { BINARY_PREFIX, readReferences, unknownReference } from '../shared/media/references';

/** The user's messages, from the form or as JSON; files may still be names of binary fields. */

const ROLES: Record<string, ChatRole> = {
	system: 'system',
	developer: 'system',
	user: 'user',
	assistant: 'assistant',
	model: 'assistant',
	tool: 'tool',
};

/** Reads a file field: addresses, and names of the item's binary fields. */
function fileParts(value: Json | undefined, label: string, binaryFields: string[], kind?: MediaKind): ChatPart[] {
	return readReferences(value ?? null, binaryFields, false).map((reference): ChatPart => {
		if (reference.kind === 'unknown') throw new ParameterError(unknownReference(label, reference.text, binaryFields));
		const url = reference.kind === 'url' ? reference.url : BINARY_PREFIX + reference.name;
		return { type: 'file', url, ...(kind && { kind }) };
	});
}

function roleOf(value: Json | undefined, index: number): ChatRole {
	const role = ROLES[String(value ?? 'user')];
	if (role) return role;
	throw new ParameterError(`Message ${index + 1} has the role '${String(value)}', which there is not`);
}

/** An expression may give anything. */
function textOf(value: Json): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The messages of the form. An empty text with a file is fine; a message with nothing at all is left out. */
export function messagesOfFields(value: Json, binaryFields: string[]): ChatMessage[] {
	const rows = objectsAt(isObject(value) ? value.values : []);
	return rows
		.map((row, index): ChatMessage => {
			const said = textOf(row.text ?? '');
			return {
				role: roleOf(row.role, index),
				parts: [
					...(said.trim() === '' ? [] : [{ type: 'text' as const, text: said }]),
					...fileParts(row.images, 'Images', binaryFields, 'image'),
					...fileParts(row.files, 'Files', binaryFields),
				],
			};
		})
		.filter(({ parts }) => parts.length > 0);
}

/** The messages of the JSON: a text, one message, or a list of messages in OpenAI's form. */
export function messagesOfJson(value: Json, binaryFields: string[]): ChatMessage[] {
	if (typeof value === 'string') {
		const parsed = parseJson(value);
		return messagesOfJson(parsed ?? { role: 'user', content: value }, binaryFields);
	}
	const entries = Array.isArray(value) ? value : [value];
	const messages = entries.map((entry, index): ChatMessage => {
		if (!isObject(entry)) throw new ParameterError(`Message ${index + 1} of 'Messages (JSON)' is no object`);
		const toolCalls = objectsAt(entry.tool_calls).map((call) => toolCallOf(call, index));
		const thoughts = objectsAt(entry.thoughts);
		const toolCallId = asText(entry.tool_call_id);
		const toolName = asText(entry.name);
		return {
			role: roleOf(entry.role, index),
			parts: [
				...contentParts(entry.content ?? entry.text ?? null, index, binaryFields),
				...fileParts(entry.images, 'images', binaryFields, 'image'),
				...fileParts(entry.files, 'files', binaryFields),
			],
			...(toolCalls.length > 0 && { toolCalls }),
			...(thoughts.length > 0 && { thoughts }),
			...(toolCallId !== undefined && { toolCallId }),
			...(toolName !== undefined && { toolName }),
		};
	});
	return withToolNames(messages);
}

function contentParts(content: Json, index: number, binaryFields: string[]): ChatPart[] {
	if (content === null) return [];
	if (!Array.isArray(content)) return [{ type: 'text', text: textOf(content) }];
	return content.flatMap((part): ChatPart[] => {
		if (typeof part === 'string') return [{ type: 'text', text: part }];
		const given: JsonObject = isObject(part) ? part : {};
		if (typeof given.text === 'string') return [{ type: 'text', text: given.text }];
		const image = given.image_url ?? given.image;
		if (image !== undefined) return fileParts(image, 'image_url', binaryFields, 'image');
		const file = given.file_url ?? given.file ?? given.url;
		if (file !== undefined) return fileParts(file, 'file_url', binaryFields);
		throw new ParameterError(`Message ${index + 1} has a part that is neither text nor a file: ${String(given.type)}`);
	});
}

/** A call that the model made before, in OpenAI's form or in that of this node's output. */
function toolCallOf(call: JsonObject, index: number): ToolCall {
	const called = isObject(call.function) ? call.function : call;
	const name = asText(called.name);
	const given = argumentsAt(called.arguments);
	if (name === undefined || given === undefined)
		throw new ParameterError(
			`Message ${index + 1} has a tool call without a name or with arguments that are no object`,
		);
	const signature = asText(call.signature);
	return { id: asText(call.id) ?? name, name, arguments: given, ...(signature !== undefined && { signature }) };
}

/** The binary fields to upload, each once. */
export function binariesOf(messages: ChatMessage[]): string[] {
	const urls = messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'file' ? [part.url] : [])));
	return [
		...new Set(urls.filter((url) => url.startsWith(BINARY_PREFIX)).map((url) => url.slice(BINARY_PREFIX.length))),
	];
}

/** The messages with what is known of every file that stands for a binary field: its type, or its address once it has one. */
export function withFiles(
	messages: ChatMessage[],
	known: (field: string) => Partial<Extract<ChatPart, { type: 'file' }>>,
): ChatMessage[] {
	return messages.map((message) => ({
		...message,
		parts: message.parts.map((part): ChatPart => {
			if (part.type !== 'file' || !part.url.startsWith(BINARY_PREFIX)) return part;
			return { ...part, ...known(part.url.slice(BINARY_PREFIX.length)) };
		}),
	}));
}
