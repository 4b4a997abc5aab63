import type { ChatCapabilities, ChatModel, ChatRequest } from './chatTypes';
import { hasJsonField } from './jsonOutput';
import { fileKind } from './messageParts';
import { protocols } from './protocols';

/** What a model would not accept of a request, found before anything is sent or charged. */

const FILE_KINDS = { image: 'images', video: 'videos', audio: 'audio files', file: 'documents' };

/** One sentence without a final period; undefined if the request is valid. */
export function checkRequest(model: ChatModel, request: ChatRequest): string | undefined {
	return (
		conversationIssue(request) ??
		toolResultIssue(model, request) ??
		fileIssue(model, request) ??
		settingIssue(model, request) ??
		schemaIssue(model, request) ??
		combinationIssue(model, request)
	);
}

function conversationIssue({ messages }: ChatRequest): string | undefined {
	if (!messages.some(({ role }) => role === 'user')) return "'Messages' must contain a user message";
	const index = messages.findIndex(
		({ parts, toolCalls, role }) =>
			role !== 'tool' && !toolCalls && !parts.some((part) => part.type === 'file' || part.text.trim() !== ''),
	);
	return index < 0 ? undefined : `Message ${index + 1} in 'Messages' is empty`;
}

function toolResultIssue({ protocol }: ChatModel, { messages }: ChatRequest): string | undefined {
	const { field, name } = protocols[protocol].toolResultKey;
	const index = messages.findIndex((message) => message.role === 'tool' && message[field] === undefined);
	return index < 0 ? undefined : `Message ${index + 1} in 'Messages' is a tool result without '${name}'`;
}

function fileIssue({ title, capabilities, protocol }: ChatModel, { messages }: ChatRequest): string | undefined {
	const { rolesWithoutFiles } = protocols[protocol];
	for (const [index, { role, parts }] of messages.entries()) {
		for (const part of parts) {
			if (part.type !== 'file') continue;
			if (rolesWithoutFiles.includes(role))
				return `Message ${index + 1} in 'Messages' has a file, but ${title} does not support files in ${role} messages`;
			const kind = fileKind(part);
			if (!capabilities.files.includes(kind))
				return `${title} does not support ${FILE_KINDS[kind]}: ${part.url.slice(0, 120)}`;
		}
	}
	return undefined;
}

const SETTINGS: Array<{ name: keyof ChatRequest & keyof ChatCapabilities; displayName: string }> = [
	{ name: 'tools', displayName: 'Tools' },
	{ name: 'webSearch', displayName: 'Web Search' },
	{ name: 'reasoningEffort', displayName: 'Reasoning Effort' },
	{ name: 'thinking', displayName: 'Thinking' },
	{ name: 'temperature', displayName: 'Sampling Temperature' },
	{ name: 'topP', displayName: 'Top P' },
	{ name: 'maxTokens', displayName: 'Maximum Number of Tokens' },
];

const SCHEMA_SETTINGS = [
	{ name: 'schemaName', displayName: 'Schema Name' },
	{ name: 'strictSchema', displayName: 'Strict Schema' },
] as const;

function settingIssue({ title, capabilities }: ChatModel, request: ChatRequest): string | undefined {
	const unsupported = SETTINGS.find(({ name }) => request[name] !== undefined && !capabilities[name]);
	if (unsupported) return `${title} does not support '${unsupported.displayName}'`;
	const { reasoningEffort } = request;
	if (reasoningEffort === undefined || capabilities.reasoningEffort?.includes(reasoningEffort)) return undefined;
	return `'Reasoning Effort' must be one of ${capabilities.reasoningEffort?.join(', ')} for ${title} (got ${reasoningEffort})`;
}

function schemaIssue(model: ChatModel, request: ChatRequest): string | undefined {
	const setting = SCHEMA_SETTINGS.find(({ name }) => request[name] !== undefined);
	if (!setting || (hasJsonField(model, request) && protocols[model.protocol].hasSchemaSettings)) return undefined;
	return `${model.title} does not support '${setting.displayName}'`;
}

function combinationIssue(model: ChatModel, request: ChatRequest): string | undefined {
	const { title } = model;
	const { exclusiveWithTools } = protocols[model.protocol];
	if (!request.tools) return undefined;
	if (request.webSearch && exclusiveWithTools.includes('webSearch'))
		return `${title} does not support 'Web Search' together with 'Tools'`;
	if (hasJsonField(model, request) && exclusiveWithTools.includes('json'))
		return `${title} does not support a JSON output format together with 'Tools'`;
	return undefined;
}
