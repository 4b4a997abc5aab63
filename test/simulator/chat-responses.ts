import { randomBytes } from 'node:crypto';
import { object, objects, type Step, text, type Tool } from './chat-request';
import { type Event, pieces, type Protocol, typed } from './chat-protocol';
import { type Reply, words } from './chat-reply';
import type { Json, JsonObject } from './types';

/** OpenAI's responses. */

const textOf = (content: Json | undefined): string =>
	objects(content)
		.map((part) => text(part.text))
		.filter(Boolean)
		.join('\n');

const messagesOf = (input: Json | undefined): JsonObject[] =>
	typeof input === 'string' ? [{ role: 'user', content: [{ type: 'input_text', text: input }] }] : objects(input);

function stepsOf(item: JsonObject): Step[] {
	if (item.type === 'function_call') return [{ kind: 'call', id: text(item.call_id) }];
	if (item.type === 'function_call_output') {
		return [{ kind: 'result', id: text(item.call_id), text: text(item.output) }];
	}
	if (item.role === 'user') return [{ kind: 'user', text: textOf(item.content) }];
	return item.role === 'assistant' ? [{ kind: 'assistant' }] : [];
}

function schemaOf(body: JsonObject): { schema?: JsonObject } {
	const format = object(object(body.text).format);
	return format.type === 'json_schema' || format.type === 'json_object' ? { schema: object(format.schema) } : {};
}

/** Whether the effort or the settings enable thinking. */
function thinks({ reasoning, thinking }: JsonObject): boolean {
	const effort = object(reasoning).effort;
	const mode = object(thinking).type;
	return effort !== undefined ? effort !== 'none' && effort !== 'minimal' : mode === 'enabled' || mode === 'auto';
}

const isShown = (model: string): boolean => /^(kimi|deepseek)/.test(model);

/** Grok returns its name with a dot, Kimi with its maker. */
const nameOf = (model: string): string =>
	model === 'kimi-k3' ? 'moonshotai/kimi-k3' : model.replace(/^grok-(\d)-(\d)$/, 'grok-$1.$2');

/** Kie's relay for Codex adds a long system prompt if there is none, and returns it. */
const relayPrompt = (model: string): string | null =>
	/^gpt-[\d-]+(-|$)/.test(model)
		? 'You are Codex, a coding agent that shares a workspace with its user. '.repeat(20)
		: null;

const ids = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`;

const reasoningItem = (thoughts: string): JsonObject => ({
	type: 'reasoning',
	id: ids('rs'),
	summary: thoughts ? [{ type: 'summary_text', text: thoughts }] : [],
});

const messageItem = (reply: Reply): JsonObject => ({
	type: 'message',
	role: 'assistant',
	id: ids('msg'),
	status: reply.isTruncated ? 'incomplete' : 'completed',
	content: [{ type: 'output_text', text: reply.text, annotations: [] }],
});

const outputOf = (reply: Reply, body: JsonObject): JsonObject[] => [
	...(thinks(body) ? [reasoningItem(reply.thoughts)] : []),
	...(reply.calls.length > 0
		? reply.calls.map(({ name, args }) => ({
				type: 'function_call',
				id: ids('fc'),
				status: 'completed',
				name,
				arguments: JSON.stringify(args),
				call_id: ids('call'),
			}))
		: [messageItem(reply)]),
];

const response = (reply: Reply, body: JsonObject, fields: JsonObject): JsonObject => ({
	id: ids('resp'),
	object: 'response',
	status: reply.isTruncated ? 'incomplete' : 'completed',
	...(reply.isTruncated && { incomplete_details: { reason: 'max_output_tokens' } }),
	model: nameOf(reply.model),
	instructions: body.instructions ?? relayPrompt(reply.model),
	tools: body.tools ?? [],
	usage: {
		input_tokens: reply.usage.input,
		output_tokens: reply.usage.output,
		total_tokens: reply.usage.input + reply.usage.output,
		input_tokens_details: { cached_tokens: 0 },
		output_tokens_details: { reasoning_tokens: reply.usage.reasoning },
	},
	store: false,
	...fields,
});

function itemEvents(item: JsonObject, output_index: number): Event[] {
	const at = { item_id: text(item.id), output_index };
	const framed = (addedItem: JsonObject, inner: Event[]): Event[] => [
		typed('response.output_item.added', { output_index, item: addedItem }),
		...inner,
		typed('response.output_item.done', { output_index, item }),
	];
	switch (item.type) {
		case 'reasoning':
			return framed(
				{ ...item, summary: [] },
				objects(item.summary).flatMap(({ text: summaryText }) => summary(at, text(summaryText))),
			);
		case 'function_call': {
			const name = 'response.function_call_arguments';
			return framed({ ...item, status: 'in_progress', arguments: '' }, [
				...pieces(text(item.arguments)).map((delta) => typed(`${name}.delta`, { ...at, delta })),
				typed(`${name}.done`, { ...at, arguments: text(item.arguments) }),
			]);
		}
		default:
			return framed(
				{ ...item, status: 'in_progress', content: [] },
				objects(item.content).flatMap((part) => textEvents({ ...at, content_index: 0 }, part)),
			);
	}
}

function summary(item: JsonObject, summaryText: string): Event[] {
	const at = { ...item, summary_index: 0 };
	const name = 'response.reasoning_summary';
	return [
		typed(`${name}_part.added`, { ...at, part: { type: 'summary_text', text: '' } }),
		...words(summaryText).map((delta) => typed(`${name}_text.delta`, { ...at, delta })),
		typed(`${name}_text.done`, { ...at, text: summaryText }),
		typed(`${name}_part.done`, { ...at, part: { type: 'summary_text', text: summaryText } }),
	];
}

const textEvents = (at: JsonObject, part: JsonObject): Event[] => [
	typed('response.content_part.added', { ...at, part: { ...part, text: '' } }),
	...words(text(part.text)).map((delta) => typed('response.output_text.delta', { ...at, delta })),
	typed('response.output_text.done', { ...at, text: text(part.text) }),
	typed('response.content_part.done', { ...at, part }),
];

const numbered = (events: Event[]): Event[] =>
	events.map(({ event, data }, sequence_number) => ({ ...(event && { event }), data: { ...data, sequence_number } }));

export const openaiResponses: Protocol = {
	read(body, model) {
		const messages = messagesOf(body.input);
		const functions = objects(body.tools).filter(({ type }) => type === 'function');
		const systems = messages.filter(({ role }) => role === 'system' || role === 'developer');
		return {
			model,
			system: [text(body.instructions), ...systems.map(({ content }) => textOf(content))].filter(Boolean).join('\n'),
			steps: messages.flatMap(stepsOf),
			files: messages
				.flatMap(({ content }) => objects(content))
				.map(({ image_url, file_url }) => text(image_url ?? file_url))
				.filter(Boolean),
			tools: functions.map((tool): Tool => ({ name: text(tool.name), parameters: object(tool.parameters) })),
			search: objects(body.tools).some(({ type }) => type === 'web_search'),
			...schemaOf(body),
			thoughts: thinks(body) && isShown(model),
		};
	},

	answer: (reply, body) => ({
		...response(reply, body, { output: outputOf(reply, body) }),
		credits_consumed: reply.credits,
	}),

	/** The last event's response has the tokens, and no output, which was in the events before it. */
	events(reply, body) {
		const output = outputOf(reply, body);
		const { usage, ...createdResponse } = response(reply, body, { status: 'in_progress', output: [] });
		const status = reply.isTruncated ? 'incomplete' : 'completed';
		return numbered([
			typed('response.created', { response: createdResponse }),
			typed('response.in_progress', { response: createdResponse }),
			...output.flatMap(itemEvents),
			typed(`response.${status}`, {
				response: { ...response(reply, body, { output: [] }), id: createdResponse.id ?? '', usage: usage ?? null },
				credits_consumed: reply.credits,
			}),
		]);
	},

	end: 'data: [DONE]\n\n',
	error: (message) =>
		typed('response.failed', {
			response: { object: 'response', status: 'failed', error: { code: 'server_error', message }, output: [] },
		}),
};
