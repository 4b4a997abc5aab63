import { fileKind } from './messageParts';
import { hasJsonField } from './jsonOutput';
import type { ChatModel, ChatRequest, ChatRole, ProtocolName } from './chatTypes';

/** What is wrong with a request for a model, before anything is sent or paid. */

/** Options that a protocol does not accept together (https://docs.kie.ai/market/chat/gpt-5-5, https://docs.kie.ai/market/gemini/gemini-3-pro). */
const SEARCH_OR_TOOLS: ProtocolName[] = ['openai-chat', 'openai-responses'];
const FORMAT_OR_TOOLS: ProtocolName[] = ['openai-chat'];

/** Whose messages a protocol has no place for files in. */
const WITHOUT_FILES: Record<ProtocolName, ChatRole[]> = {
	'openai-chat': [],
	'openai-responses': ['assistant', 'tool'],
	'anthropic-messages': ['system', 'tool'],
	gemini: ['tool'],
};

const KINDS = { image: 'pictures', video: 'videos', audio: 'audio files', file: 'documents' };

/** One plain sentence without a final period; undefined where all is well. */
export function checkRequest(model: ChatModel, request: ChatRequest): string | undefined {
	return (
		conversationComplaint(request) ??
		resultComplaint(model, request) ??
		fileComplaint(model, request) ??
		abilityComplaint(model, request) ??
		togetherComplaint(model, request)
	);
}

function conversationComplaint({ messages }: ChatRequest): string | undefined {
	if (!messages.some(({ role }) => role === 'user')) return "'Messages' needs a message of the user";
	const index = messages.findIndex(
		({ parts, toolCalls = [], role }) =>
			role !== 'tool' &&
			toolCalls.length === 0 &&
			!parts.some((part) => part.type === 'file' || part.text.trim() !== ''),
	);
	return index < 0 ? undefined : `Message ${index + 1} of 'Messages' is empty`;
}

/** A function's result belongs to a call by its ID; Gemini goes by the function's name. */
function resultComplaint({ protocol }: ChatModel, { messages }: ChatRequest): string | undefined {
	const [field, name] =
		protocol === 'gemini' ? (['toolName', 'name'] as const) : (['toolCallId', 'tool_call_id'] as const);
	const index = messages.findIndex((message) => message.role === 'tool' && message[field] === undefined);
	return index < 0 ? undefined : `Message ${index + 1} of 'Messages' is the result of a function and has no ${name}`;
}

function fileComplaint({ title, capabilities, protocol }: ChatModel, { messages }: ChatRequest): string | undefined {
	const index = messages.findIndex(
		({ role, parts }) => WITHOUT_FILES[protocol].includes(role) && parts.some(({ type }) => type === 'file'),
	);
	if (index >= 0) return `Message ${index + 1} of 'Messages' has a file, which ${title} takes from the user only`;
	const parts = messages.flatMap((message) => message.parts);
	for (const part of parts) {
		if (part.type !== 'file') continue;
		const kind = fileKind(part);
		if (!capabilities.files.includes(kind)) return `${title} does not take ${KINDS[kind]}: ${part.url.slice(0, 120)}`;
	}
	return undefined;
}

/** Settings that a model takes or does not take. */
function abilityComplaint({ title, capabilities }: ChatModel, request: ChatRequest): string | undefined {
	const { reasoningEffort: effort, tools, webSearch, thinking, temperature, topP, maxTokens } = request;
	const settings: Array<{ name: string; isSet: boolean; isTaken: boolean }> = [
		{ name: 'Tools', isSet: tools !== undefined && tools.length > 0, isTaken: capabilities.tools === true },
		{ name: 'Web Search', isSet: webSearch === true, isTaken: capabilities.webSearch !== undefined },
		{ name: 'Reasoning Effort', isSet: effort !== undefined, isTaken: capabilities.efforts !== undefined },
		{ name: 'Thinking', isSet: thinking !== undefined, isTaken: capabilities.thinking === true },
		{ name: 'Temperature', isSet: temperature !== undefined, isTaken: capabilities.temperature === true },
		{ name: 'Top P', isSet: topP !== undefined, isTaken: capabilities.topP === true },
		{ name: 'Max Tokens', isSet: maxTokens !== undefined, isTaken: capabilities.maxTokens === true },
	];
	const refused = settings.find(({ isSet, isTaken }) => isSet && !isTaken);
	if (refused) return `${title} does not take '${refused.name}'`;
	if (effort === undefined || capabilities.efforts?.includes(effort)) return undefined;
	return `'Reasoning Effort' of ${title} can be ${capabilities.efforts?.join(', ')}, not ${effort}`;
}

function togetherComplaint(model: ChatModel, request: ChatRequest): string | undefined {
	const { title, protocol } = model;
	if (!request.tools?.length) return undefined;
	if (request.webSearch && SEARCH_OR_TOOLS.includes(protocol))
		return `${title} takes 'Web Search' or 'Tools', not both`;
	if (hasJsonField(model, request) && FORMAT_OR_TOOLS.includes(protocol))
		return `${title} takes a JSON output or 'Tools', not both`;
	return undefined;
}
