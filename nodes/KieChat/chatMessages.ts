import { uniq } from 'lodash';

import type { MediaKind } from '../shared/catalogue/types';
import type { ChatMessage, ChatPart, ChatRole, ToolCall } from '../shared/chat/chatTypes';
import { ParameterError } from '../shared/chat/jsonParameter';
import { withToolNames } from '../shared/chat/messageParts';
import { parseArguments } from '../shared/chat/parsedReply';
import { asObject, asObjects, asText, isObject, ownValue, parseJson } from '../shared/json';
import type { Json, JsonObject } from '../shared/json';
import { BINARY_PREFIX, readReferences, unknownReference } from '../shared/media/references';

/** The messages of an item, from the fields or from JSON. Binary fields are not uploaded yet. */

const ROLES: Record<string, ChatRole> = {
	system: 'system',
	developer: 'system',
	user: 'user',
	assistant: 'assistant',
	model: 'assistant',
	tool: 'tool',
};

function fileParts(value: Json | undefined, label: string, binaryFields: string[], kind?: MediaKind): ChatPart[] {
	return readReferences(value ?? null, binaryFields, false).map((reference): ChatPart => {
		switch (reference.kind) {
			case 'url':
				return { type: 'file', url: reference.url, kind };
			case 'binary':
				return { type: 'file', url: BINARY_PREFIX + reference.name, kind };
			case 'unknown':
				throw new ParameterError(unknownReference(label, reference.text, binaryFields));
		}
	});
}

function readRole(value: Json | undefined, index: number): ChatRole {
	const role = ownValue(ROLES, String(value ?? 'user'));
	if (role) return role;
	throw new ParameterError(`Message ${index + 1} has an unknown role (got ${String(value)})`);
}

/** The result of an expression may be anything. */
function textOf(value: Json): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The messages of the fields. Text is optional beside a file; a message without either is dropped. */
export function messagesFromFields(value: Json, binaryFields: string[]): ChatMessage[] {
	return asObjects(asObject(value).values)
		.map(({ role, text, images, files }, index): ChatMessage => {
			const content = textOf(text ?? '');
			return {
				role: readRole(role, index),
				parts: [
					...(content.trim() === '' ? [] : [{ type: 'text' as const, text: content }]),
					...fileParts(images, 'Images', binaryFields, 'image'),
					...fileParts(files, 'Files', binaryFields),
				],
			};
		})
		.filter(({ parts }) => parts.length > 0);
}

/** The messages of the JSON: a text, one message, or an array of messages in OpenAI's format. */
export function messagesFromJson(value: Json, binaryFields: string[]): ChatMessage[] {
	if (typeof value === 'string')
		return messagesFromJson(parseJson(value) ?? { role: 'user', content: value }, binaryFields);
	const messages = [value].flat().map((entry, index): ChatMessage => {
		if (!isObject(entry)) throw new ParameterError(`Message ${index + 1} in 'Messages (JSON)' is not an object`);
		const toolCalls = asObjects(entry.tool_calls).map((call) => toToolCall(call, index));
		const thoughts = asObjects(entry.thoughts);
		return {
			role: readRole(entry.role, index),
			parts: [
				...contentParts(entry.content ?? entry.text ?? null, index, binaryFields),
				...fileParts(entry.images, 'images', binaryFields, 'image'),
				...fileParts(entry.files, 'files', binaryFields),
			],
			toolCalls: toolCalls.length > 0 ? toolCalls : undefined,
			thoughts: thoughts.length > 0 ? thoughts : undefined,
			toolCallId: asText(entry.tool_call_id),
			toolName: asText(entry.name),
		};
	});
	return withToolNames(messages);
}

function contentParts(content: Json, index: number, binaryFields: string[]): ChatPart[] {
	if (content === null) return [];
	if (!Array.isArray(content)) return [{ type: 'text', text: textOf(content) }];
	return content.flatMap((part): ChatPart[] => {
		if (typeof part === 'string') return [{ type: 'text', text: part }];
		const { type, text, image_url, image, file_url, file, url } = asObject(part);
		if (typeof text === 'string') return [{ type: 'text', text }];
		const imageReference = image_url ?? image;
		if (imageReference !== undefined) return fileParts(imageReference, 'image_url', binaryFields, 'image');
		const fileReference = file_url ?? file ?? url;
		if (fileReference !== undefined) return fileParts(fileReference, 'file_url', binaryFields);
		throw new ParameterError(`Message ${index + 1} has a part that is neither text nor a file (got ${String(type)})`);
	});
}

/** An earlier call of the model, in OpenAI's format or in that of this node's output. */
function toToolCall(call: JsonObject, index: number): ToolCall {
	const definition = isObject(call.function) ? call.function : call;
	const name = asText(definition.name);
	const args = parseArguments(definition.arguments);
	if (name === undefined || args === undefined)
		throw new ParameterError(`Message ${index + 1} has a tool call without a name or with invalid arguments`);
	return { id: asText(call.id) ?? name, name, arguments: args, signature: asText(call.signature) };
}

/** The binary fields to upload, each once. */
export function binaryFieldsOf(messages: ChatMessage[]): string[] {
	const urls = messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'file' ? [part.url] : [])));
	return uniq(urls.filter((url) => url.startsWith(BINARY_PREFIX)).map((url) => url.slice(BINARY_PREFIX.length)));
}

/** The messages with what is known of each binary field: its MIME type, or its URL once it is uploaded. */
export function withBinaryDetails(
	messages: ChatMessage[],
	detailsOf: (field: string) => Partial<Extract<ChatPart, { type: 'file' }>>,
): ChatMessage[] {
	return messages.map((message) => ({
		...message,
		parts: message.parts.map((part): ChatPart => {
			if (part.type !== 'file' || !part.url.startsWith(BINARY_PREFIX)) return part;
			return { ...part, ...detailsOf(part.url.slice(BINARY_PREFIX.length)) };
		}),
	}));
}
