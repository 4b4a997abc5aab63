import { fileKind } from './parts';
import { hasJsonField } from './json';
import type { ChatModel, ChatRequest, ProtocolName } from './types';

/** What is wrong with a request for a model, before anything is sent or paid. */

/** Kinds of requests that a protocol does not take together (kie-api: chat/README). */
const SEARCH_OR_TOOLS: ProtocolName[] = ['openai-chat', 'openai-responses'];
const FORMAT_OR_TOOLS: ProtocolName[] = ['openai-chat'];

const KINDS = { image: 'pictures', video: 'videos', audio: 'audio files', file: 'documents' };

/** One plain sentence without a final period; undefined where all is well. */
export function checkRequest(model: ChatModel, request: ChatRequest): string | undefined {
	return (
		conversationComplaint(request) ??
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

function fileComplaint({ title, takes }: ChatModel, { messages }: ChatRequest): string | undefined {
	const parts = messages.flatMap((message) => message.parts);
	for (const part of parts) {
		if (part.type !== 'file') continue;
		const kind = fileKind(part);
		if (!takes.files.includes(kind)) return `${title} does not take ${KINDS[kind]}: ${part.url.slice(0, 120)}`;
	}
	return undefined;
}

/** Settings that a model takes or does not take. */
function abilityComplaint({ title, takes }: ChatModel, request: ChatRequest): string | undefined {
	const { reasoningEffort: effort, tools, toolChoice, webSearch, thinking, temperature, topP, maxTokens } = request;
	const settings: Array<{ name: string; isSet: boolean; isTaken: boolean }> = [
		{ name: 'Tools', isSet: tools !== undefined && tools.length > 0, isTaken: takes.tools === true },
		{ name: 'Tool Choice', isSet: toolChoice !== undefined, isTaken: takes.toolChoice === true },
		{ name: 'Web Search', isSet: webSearch === true, isTaken: takes.webSearch !== undefined },
		{ name: 'Reasoning Effort', isSet: effort !== undefined, isTaken: takes.efforts !== undefined },
		{ name: 'Thinking', isSet: thinking !== undefined, isTaken: takes.thinking === true },
		{ name: 'Temperature', isSet: temperature !== undefined, isTaken: takes.temperature === true },
		{ name: 'Top P', isSet: topP !== undefined, isTaken: takes.topP === true },
		{ name: 'Max Tokens', isSet: maxTokens !== undefined, isTaken: takes.maxTokens === true },
	];
	const refused = settings.find(({ isSet, isTaken }) => isSet && !isTaken);
	if (refused) return `${title} does not take '${refused.name}'`;
	if (effort === undefined || takes.efforts?.includes(effort)) return undefined;
	return `'Reasoning Effort' of ${title} can be ${takes.efforts?.join(', ')}, not ${effort}`;
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
