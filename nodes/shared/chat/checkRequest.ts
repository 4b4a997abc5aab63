import type { ChatModel, ChatRequest } from './chatTypes';
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

function settingIssue({ title, capabilities }: ChatModel, request: ChatRequest): string | undefined {
	const { reasoningEffort, tools, webSearch, thinking, temperature, topP, maxTokens } = request;
	const settings: Array<{ displayName: string; isSet: boolean; isSupported: boolean }> = [
		{ displayName: 'Tools', isSet: tools !== undefined, isSupported: capabilities.tools === true },
		{ displayName: 'Web Search', isSet: webSearch === true, isSupported: capabilities.webSearch !== undefined },
		{
			displayName: 'Reasoning Effort',
			isSet: reasoningEffort !== undefined,
			isSupported: capabilities.efforts !== undefined,
		},
		{ displayName: 'Thinking', isSet: thinking !== undefined, isSupported: capabilities.thinking === true },
		{
			displayName: 'Sampling Temperature',
			isSet: temperature !== undefined,
			isSupported: capabilities.temperature === true,
		},
		{ displayName: 'Top P', isSet: topP !== undefined, isSupported: capabilities.topP === true },
		{
			displayName: 'Maximum Number of Tokens',
			isSet: maxTokens !== undefined,
			isSupported: capabilities.maxTokens === true,
		},
	];
	const unsupported = settings.find(({ isSet, isSupported }) => isSet && !isSupported);
	if (unsupported) return `${title} does not support '${unsupported.displayName}'`;
	if (reasoningEffort === undefined || capabilities.efforts?.includes(reasoningEffort)) return undefined;
	return `'Reasoning Effort' must be one of ${capabilities.efforts?.join(', ')} for ${title} (got ${reasoningEffort})`;
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
