import { randomBytes } from 'node:crypto';
import { object, objects, type Step, text, type Tool } from './chat-request';
import { type Event, type Protocol } from './chat-protocol';
import { type Reply, words } from './chat-reply';
import type { JsonObject } from './types';

/** Gemini's own format. Calls are identified by their IDs if they have some, otherwise by their names. */

const idOf = ({ id, name }: JsonObject): string => text(id ?? name);

function stepsOf({ role, parts }: JsonObject): Step[] {
	const partObjects = objects(parts);
	if (role === 'model') {
		const calls = partObjects.filter((part) => part.functionCall !== undefined);
		return [
			{ kind: 'assistant' },
			...calls.map(({ functionCall }): Step => ({ kind: 'call', id: idOf(object(functionCall)) })),
		];
	}
	const results = partObjects.filter((part) => part.functionResponse !== undefined);
	const userText = partObjects
		.map((part) => text(part.text))
		.filter(Boolean)
		.join('\n');
	return [
		...results.map((part): Step => {
			const response = object(part.functionResponse);
			return { kind: 'result', id: idOf(response), text: JSON.stringify(response.response) };
		}),
		...(results.length < partObjects.length ? [{ kind: 'user', text: userText } as const] : []),
	];
}

const fileOf = ({ file_data, inline_data }: JsonObject): string =>
	text(object(file_data).file_uri) || text(object(inline_data).data);

const thoughtParts = ({ thoughts }: Reply): JsonObject[] => (thoughts ? [{ text: thoughts, thought: true }] : []);

const callParts = ({ calls }: Reply): JsonObject[] =>
	calls.map(({ name, args }) => ({
		functionCall: { name, args, id: randomBytes(6).toString('base64url') },
		thoughtSignature: randomBytes(18).toString('base64'),
	}));

const chunk = (parts: JsonObject[], head: JsonObject, finish: JsonObject = {}): JsonObject => ({
	candidates: [{ content: { role: 'model', parts }, index: 0, ...finish }],
	...head,
});

const headOf = ({ model }: Reply): JsonObject => ({
	modelVersion: model,
	responseId: randomBytes(6).toString('base64url'),
});

const finishOf = ({ isTruncated }: Reply): JsonObject => ({
	finishReason: isTruncated ? 'MAX_TOKENS' : 'STOP',
});

/** Live responses have both spellings of the thoughts count. */
const usageOf = ({ usage, credits }: Reply, thoughts: string): JsonObject => ({
	usageMetadata: {
		promptTokenCount: usage.input,
		candidatesTokenCount: usage.output - usage.reasoning,
		[thoughts]: usage.reasoning,
		totalTokenCount: usage.input + usage.output,
	},
	credits_consumed: credits,
});

export const gemini: Protocol = {
	read(body, model) {
		const contents = objects(body.contents);
		const tools = objects(body.tools);
		const thinking = object(object(body.generationConfig).thinkingConfig);
		return {
			model,
			system: '',
			steps: contents.flatMap(stepsOf),
			files: contents.flatMap(({ parts }) => objects(parts).map(fileOf)).filter(Boolean),
			tools: tools
				.flatMap(({ functionDeclarations }) => objects(functionDeclarations))
				.map((declaration): Tool => ({ name: text(declaration.name), parameters: object(declaration.parameters) })),
			search: tools.some(({ googleSearch }) => googleSearch !== undefined),
			thoughts: thinking.includeThoughts === true,
		};
	},

	answer(reply) {
		const textParts = reply.text ? [{ text: reply.text }] : [];
		return {
			...chunk([...thoughtParts(reply), ...textParts, ...callParts(reply)], headOf(reply), finishOf(reply)),
			...usageOf(reply, 'thoughtsTokenCount'),
		};
	},

	/** The last chunk has a part and the finish reason, as Google's have. */
	events(reply) {
		const head = headOf(reply);
		const parts: JsonObject[] = [
			...thoughtParts(reply),
			...words(reply.text).map((piece) => ({ text: piece })),
			...callParts(reply),
		];
		const last = { ...chunk(parts.slice(-1), head, finishOf(reply)), ...usageOf(reply, 'thinkingTokenCount') };
		return [...parts.slice(0, -1).map((part) => chunk([part], head)), last].map((data): Event => ({ data }));
	},

	end: '',
	error: (message) => ({ data: { error: { code: 503, message, status: 'UNAVAILABLE' } } }),
};
