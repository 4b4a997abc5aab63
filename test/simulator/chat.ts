import { type Answer, reject } from './answers';
import { type ChatRequest, stepsIssue, text } from './chat-request';
import { anthropicMessages } from './chat-anthropic';
import { gemini } from './chat-gemini';
import { type ChatEndpoint, chatEndpoints, chatListings, type ProtocolName } from './chat-models';
import { openaiChat } from './chat-openai';
import { type Protocol, wire } from './chat-protocol';
import { replyTo } from './chat-reply';
import { openaiResponses } from './chat-responses';
import { isObject } from './json';
import type { Call, Route } from './routes';
import { namesMissing } from './tasks';
import type { Json, JsonObject } from './types';
import { type Check, compile } from './validate';

/** The chat API: an immediate response, plain or as a stream, without a task. */

const protocols: Record<ProtocolName, Protocol> = {
	'openai-chat': openaiChat,
	'openai-responses': openaiResponses,
	'anthropic-messages': anthropicMessages,
	gemini,
};

/** A rejected chat has no data. */
export function rejectChat(code: number, msg?: string, detail?: string): Answer {
	const { body, detail: reason = '' } = reject(code, msg, detail);
	return { body: { code, msg: body.msg ?? '' }, detail: reason };
}

/** The model that a request to a chat path is about: in the body, or in the path. */
export function chatModelOf(path: string, body: Json | undefined): string | undefined {
	const model = isObject(body) && typeof body.model === 'string' ? body.model : undefined;
	return chatEndpoints.find((endpoint) => endpoint.path === path)?.model ?? model;
}

function answerChat(endpoint: ChatEndpoint, checkOf: (strict: boolean) => Check, call: Call): Answer {
	const { world, account, body, fault } = call;
	if (!world.creates.admits(account)) return rejectChat(429);
	const model = endpoint.model ?? text(body.model);
	if (!endpoint.model && body.model !== undefined && !modelsOf(endpoint).includes(model)) {
		return rejectChat(422, 'The model is not supported', `model ${JSON.stringify(body.model)}`);
	}
	const issue = checkOf(world.strict)(body);
	if (issue) return rejectChat(422, issue.msg, issue.detail);
	const protocol = protocols[endpoint.protocol];
	const { maxWords, ...parsed } = protocol.read(body, model);
	const request: ChatRequest = {
		...parsed,
		...(maxWords !== undefined && !endpoint.anyLength && { maxWords }),
	};
	const stepIssue = stepsIssue(request.steps);
	if (stepIssue !== undefined) return rejectChat(422, stepIssue);
	if (namesMissing(world, request.files)) return rejectChat(451);
	if (world.balance <= 0) return rejectChat(402);

	const kind = fault?.kind;
	const reply = replyTo(request, kind === 'length' || kind === 'no-answer' ? kind : undefined);
	world.balance = Math.round((world.balance - reply.credits) * 100) / 100;
	const plainAnswer: Answer = {
		body: protocol.answer(reply, body),
		...(endpoint.plainText && { type: 'text/plain;charset=UTF-8' }),
	};
	if (!streams(endpoint, body)) return plainAnswer;
	const events = protocol.events(reply, body).map(wire);
	return {
		...plainAnswer,
		stream: { events, end: protocol.end, error: wire(protocol.error('The upstream model failed')) },
	};
}

const modelsOf = ({ body }: ChatEndpoint): Json[] => body.properties.model?.enum ?? [];

/** Whether the response is a stream; the default depends on the path. */
const streams = ({ body: { properties } }: ChatEndpoint, body: JsonObject): boolean =>
	(body.stream ?? properties.stream?.default) === true;

/** Dots in a path match only dots. */
const exactly = (path: string): RegExp => new RegExp(`^${path.replaceAll('.', '\\.')}$`);

function routeOf(endpoint: ChatEndpoint): Route {
	const checks = new Map<boolean, Check>();
	const checkOf = (strict: boolean): Check => {
		const check = checks.get(strict) ?? compile(endpoint.body, endpoint.rules, strict);
		checks.set(strict, check);
		return check;
	};
	return {
		method: 'POST',
		path: exactly(endpoint.path),
		on: 'chat',
		handle: (call) => answerChat(endpoint, checkOf, call),
	};
}

/** A valid path of a model that does not exist. */
const unknownModel: Route = {
	method: 'POST',
	path: /^\/(?:[\w.-]+\/v1\/chat\/completions|gemini\/v1\/models\/[^/]+:streamGenerateContent)$/,
	on: 'chat',
	handle: () => rejectChat(404),
};

const listing = (gateway: string, body: JsonObject): Route => ({
	method: 'GET',
	path: exactly(`/${gateway}/v1/models`),
	on: 'models',
	handle: () => ({ body }),
});

const toEntries = (models: string[]): Json => models.map((id) => ({ id }));

export const chatRoutes: Route[] = [
	...chatEndpoints.map(routeOf),
	unknownModel,
	listing('openai', {
		data: toEntries(chatListings.openai),
		models: chatListings.openai.map((slug) => ({ slug, context_window: 272_000 })),
	}),
	listing('anthropic', {
		data: chatListings.anthropic.map((id) => ({ id, max_input_tokens: 200_000, max_tokens: 64_000 })),
	}),
	listing('xai', { data: toEntries(chatListings.xai) }),
];
