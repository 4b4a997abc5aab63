import type { AxiosResponse } from 'axios';
import { isEmpty, mapValues, omit, uniqBy } from 'lodash';
import { request } from 'node:http';
import { type Fault, type Json, type JsonObject } from '../simulator';
import { beyondMark } from '../simulator/chat-bodies';
import { type ChatEndpoint, chatEndpoints, type ProtocolName } from '../simulator/chat-models';
import { isObject, parse } from '../simulator/json';
import { describeRecorded, factFiles, facts, recordedExchanges } from '../facts';
import { api, client, shape, simulator, start } from './simulator-client';

/** The simulator's chat models: plain, streamed, with tools, rejected, and with every fault. */

const parameters = { type: 'object', properties: { prompt: { type: 'string' } }, required: ['prompt'] };
const description = 'Generates an image';
const image = 'https://example.com/a.png';

interface FunctionCall {
	index: number;
	id: string;
	function: { name: string; arguments: string };
}

/** The fields of replies and events that the tests read; each protocol has some of them. */
interface Wire {
	type: string;
	choices: Array<{
		message: { content: string; tool_calls?: FunctionCall[]; reasoning_content: string };
		delta: { content?: string; tool_calls?: FunctionCall[] };
		finish_reason: string;
	}>;
	output: OutputItem[];
	content: Block[];
	candidates: Array<{ content: { parts: Part[] }; finishReason: string }>;
	status: string;
	stop_reason: string;
	usage: object;
	credits_consumed: number;
	index: number;
	delta: object | string;
	sequence_number: number;
	response: Wire;
	message: Wire;
	item: OutputItem;
	content_block: Block;
}

interface OutputItem {
	type: string;
	call_id: string;
	name: string;
	arguments: string;
	content: Array<{ text: string }>;
	summary: Array<{ text: string }>;
}

interface Block {
	type: string;
	id: string;
	name: string;
	input: object;
	text?: string;
	thinking: string;
}

interface Part {
	text?: string;
	thought?: boolean;
	functionCall?: { id: string; name: string; args: object };
}

interface Body {
	messages?: object[];
	input?: object[] | string;
	contents?: object[];
	[field: string]: unknown;
}

/** How a test speaks a protocol. */
interface Dialect {
	prompt: (text: string, files?: string[]) => Body;
	/** The next request of the conversation: with the reply, and the result of each of its calls. */
	continued: (body: Body, answer: Wire, result: string) => Body;
	tools: (...names: string[]) => { tools: object[] };
	text: (answer: Wire) => string;
	calls: (answer: Wire) => Array<[string, object]>;
	finish: (answer: Wire) => string | undefined;
	/** The reply that the events of a stream add up to. */
	joined: (events: Wire[]) => Wire;
	stops: { end: string; tool: string; length: string };
	noTokens: object;
}

/** An element that must exist. */
const first = <T>([element]: T[]): T => {
	if (element === undefined) throw new Error('Nothing received');
	return element;
};
const lastReply = <T>(elements: T[]): T => first(elements.slice(-1));
const isCall = ({ type }: { type: string }): boolean => type === 'function_call' || type === 'tool_use';
const deltasOf = (events: Wire[], type: string): string =>
	events
		.filter((event) => event.type === type)
		.map(({ delta }) =>
			typeof delta === 'string' ? delta : Object.entries(delta).map(([name, piece]) => (name === 'type' ? '' : piece)),
		)
		.flat()
		.join('');

const dialects: Record<ProtocolName, Dialect> = {
	'openai-chat': {
		prompt: (text, files = []) => ({
			messages: [
				{
					role: 'user',
					content:
						files.length === 0
							? text
							: [{ type: 'text', text }, ...files.map((url) => ({ type: 'image_url', image_url: { url } }))],
				},
			],
		}),
		continued: ({ messages = [], ...body }, { choices }, result) => {
			const { tool_calls = [] } = first(choices).message;
			const results = tool_calls.map(({ id }) => ({ role: 'tool', tool_call_id: id, content: result }));
			return { ...body, messages: [...messages, { role: 'assistant', content: '', tool_calls }, ...results] };
		},
		tools: (...names) => ({
			tools: names.map((name) => ({ type: 'function', function: { name, description, parameters } })),
		}),
		text: ({ choices }) => first(choices).message.content,
		calls: ({ choices }) =>
			(first(choices).message.tool_calls ?? []).map((call) => [
				call.function.name,
				JSON.parse(call.function.arguments),
			]),
		finish: ({ choices }) => first(choices).finish_reason,
		joined: (events) => {
			const deltas = events.map(({ choices }) => first(choices).delta);
			const calls: FunctionCall[] = [];
			for (const piece of deltas.flatMap(({ tool_calls = [] }) => tool_calls)) {
				const call = calls[piece.index];
				if (call) call.function.arguments += piece.function.arguments;
				else calls[piece.index] = piece;
			}
			const content = deltas.map(({ content: piece = '' }) => piece).join('');
			const end = lastReply(events);
			const choice = first(end.choices);
			return { ...end, choices: [{ ...choice, message: { content, tool_calls: calls, reasoning_content: '' } }] };
		},
		stops: { end: 'stop', tool: 'tool_calls', length: 'length' },
		noTokens: { prompt_tokens: 0, completion_tokens: 0 },
	},
	'openai-responses': {
		prompt: (text, files = []) => ({
			input: [
				{
					role: 'user',
					content: [{ type: 'input_text', text }, ...files.map((image_url) => ({ type: 'input_image', image_url }))],
				},
			],
		}),
		continued: ({ input = [], ...body }, { output }, result) => {
			const calls = output.filter(isCall);
			const results = calls.map(({ call_id }) => ({ type: 'function_call_output', call_id, output: result }));
			return { ...body, input: [...(typeof input === 'string' ? [] : input), ...calls, ...results] };
		},
		tools: (...names) => ({ tools: names.map((name) => ({ type: 'function', name, description, parameters })) }),
		text: ({ output }) =>
			output
				.filter(({ type }) => type === 'message')
				.map(({ content }) => first(content).text)
				.join(''),
		calls: ({ output }) => output.filter(isCall).map((call) => [call.name, JSON.parse(call.arguments)]),
		finish: ({ status }) => status,
		joined: (events) => {
			const { response, credits_consumed } = lastReply(events);
			const output = events.filter(({ type }) => type === 'response.output_item.done').map(({ item }) => item);
			const joined = { ...response, output, credits_consumed };
			expect(deltasOf(events, 'response.output_text.delta')).toBe(dialects['openai-responses'].text(joined));
			expect(events.map(({ sequence_number }) => sequence_number)).toEqual([...events.keys()]);
			return joined;
		},
		stops: { end: 'completed', tool: 'completed', length: 'incomplete' },
		noTokens: { input_tokens: 0, output_tokens: 0 },
	},
	'anthropic-messages': {
		prompt: (text, files = []) => ({
			messages: [
				{
					role: 'user',
					content:
						files.length === 0
							? text
							: [...files.map((url) => ({ type: 'image', source: { type: 'url', url } })), { type: 'text', text }],
				},
			],
		}),
		continued: ({ messages = [], ...body }, { content }, result) => {
			const results = content
				.filter(isCall)
				.map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: result }));
			return { ...body, messages: [...messages, { role: 'assistant', content }, { role: 'user', content: results }] };
		},
		tools: (...names) => ({ tools: names.map((name) => ({ name, description, input_schema: parameters })) }),
		text: ({ content }) => content.map(({ text = '' }) => text).join(''),
		calls: ({ content }) => content.filter(isCall).map(({ name, input }) => [name, input]),
		finish: ({ stop_reason }) => stop_reason,
		joined: (events) => {
			const { message } = first(events);
			const startEvents = events.filter(({ type }) => type === 'content_block_start');
			const content = startEvents.map(({ index, content_block }) => {
				const blockEvents = events.filter((event) => event.index === index);
				const deltas = deltasOf(blockEvents, 'content_block_delta');
				return isCall(content_block)
					? { ...content_block, input: JSON.parse(deltas) }
					: { ...content_block, text: deltas };
			});
			const { delta, usage, credits_consumed } = first(events.filter(({ type }) => type === 'message_delta'));
			return { ...message, content, ...Object(delta), usage: { ...message.usage, ...usage }, credits_consumed };
		},
		stops: { end: 'end_turn', tool: 'tool_use', length: 'max_tokens' },
		noTokens: { input_tokens: 0, output_tokens: 0 },
	},
	gemini: {
		prompt: (text, files = []) => ({
			contents: [
				{
					role: 'user',
					parts: [{ text }, ...files.map((file_uri) => ({ file_data: { mime_type: 'image/png', file_uri } }))],
				},
			],
		}),
		continued: ({ contents = [], ...body }, { candidates }, result) => {
			const { content } = first(candidates);
			const parts = content.parts.map(({ functionCall }) => ({
				functionResponse: { id: functionCall?.id, name: functionCall?.name, response: { result } },
			}));
			return { ...body, contents: [...contents, content, { role: 'user', parts }] };
		},
		tools: (...names) => ({
			tools: [{ functionDeclarations: names.map((name) => ({ name, description, parameters })) }],
		}),
		text: ({ candidates }) =>
			first(candidates)
				.content.parts.map(({ text = '' }) => text)
				.join(''),
		calls: ({ candidates }) =>
			first(candidates).content.parts.flatMap(({ functionCall }) =>
				functionCall ? [[functionCall.name, functionCall.args]] : [],
			),
		finish: ({ candidates }) => first(candidates).finishReason,
		joined: (events) => {
			const end = lastReply(events);
			const parts = events.flatMap(({ candidates }) => first(candidates).content.parts);
			return { ...end, candidates: [{ ...first(end.candidates), content: { parts } }] };
		},
		stops: { end: 'STOP', tool: 'STOP', length: 'MAX_TOKENS' },
		noTokens: { usageMetadata: { promptTokenCount: 0, candidatesTokenCount: 0 } },
	},
};

interface ChatTarget {
	endpoint: ChatEndpoint;
	model: string;
}

const chatTargets: ChatTarget[] = chatEndpoints.flatMap((endpoint) =>
	(endpoint.model === undefined ? (endpoint.body.properties.model?.enum ?? []) : [endpoint.model]).map((model) => ({
		endpoint,
		model: String(model),
	})),
);
const everyModel = chatTargets.map((target): [string, ChatTarget] => [
	`${target.model} on ${target.endpoint.path}`,
	target,
]);
/** One model per path, for what depends on the path. */
const onePerEndpoint = (models: Array<[string, ChatTarget]>): Array<[string, ChatTarget]> =>
	models.filter(([, { endpoint }], at) => models[at - 1]?.[1].endpoint !== endpoint);
const everyPath = onePerEndpoint(everyModel);
const takesTools = ({ endpoint, model }: ChatTarget): boolean =>
	endpoint.body.properties.tools !== undefined && !['gpt-5-2', 'gemini-3.1-pro', 'claude-fable-5'].includes(model);
const hasStream = ({ endpoint }: ChatTarget): boolean => endpoint.body.properties.stream !== undefined;
/** One model per protocol, with all of its features. All models are tested in test/nodes/chat.test.ts. */
const everyProtocol = uniqBy(
	everyModel.filter(([, target]) => takesTools(target) && hasStream(target)),
	([, { endpoint }]) => endpoint.protocol,
);
const ofPath = (path: string): ChatTarget => first(chatTargets.filter(({ endpoint }) => endpoint.path === path));
const bodyFor = ({ endpoint, model }: ChatTarget, body: object, stream = false): object => ({
	...(endpoint.model === undefined && { model }),
	...(hasStream({ endpoint, model }) && { stream }),
	...body,
});
const post = (target: ChatTarget, body: object): Promise<AxiosResponse> =>
	api.post(target.endpoint.path, bodyFor(target, body));

interface Streamed {
	type: string | undefined;
	/** Network chunks. */
	chunks: Buffer[];
	text: string;
	events: Wire[];
	done: boolean;
	/** Whether the connection was closed properly. */
	complete: boolean;
}

/** A stream as it is received. */
const streamed = (target: ChatTarget, body: object): Promise<Streamed> =>
	new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		const headers = { Authorization: `Bearer ${simulator.apiKey}`, 'Content-Type': 'application/json' };
		request(simulator.url + target.endpoint.path, { method: 'POST', headers }, (response) => {
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', () => undefined);
			response.on('close', () => {
				const text = Buffer.concat(chunks).toString('utf8');
				const data = text.split('\n').flatMap((line) => (line.startsWith('data: ') ? [line.slice(6)] : []));
				const events = data.filter((event) => isObject(parse(event))).map((event): Wire => JSON.parse(event));
				const type = response.headers['content-type'];
				resolve({ type, chunks, text, events, done: data.includes('[DONE]'), complete: response.complete });
			});
		})
			.on('error', reject)
			.end(JSON.stringify(bodyFor(target, body, true)));
	});

const fast = { rate: false, readRates: false } as const;
const inject = (fault: object): void => simulator.inject({ on: 'chat', ...fault } as Fault);

describe('a reply', () => {
	test.each(everyPath)('%s replies', async (_name, target) => {
		await start(fast);
		const dialect = dialects[target.endpoint.protocol];
		const { status, data, headers } = await post(target, dialect.prompt('Hallo Welt', [image]));
		expect(status).toBe(200);
		expect(dialect.text(data)).toBe(`${target.model} heard “Hallo Welt” with 1 file.`);
		expect(dialect.finish(data)).toBe(dialect.stops.end);
		expect(data.credits_consumed).toBeGreaterThan(0);
		expect(simulator.credits()).toBeCloseTo(1000 - data.credits_consumed);
		expect(headers['content-type']).toContain(target.endpoint.plainText ? 'text/plain' : 'application/json');
		expect(simulator.chats()).toHaveLength(1);
	});

	test.each(everyProtocol)('%s streams', async (_name, target) => {
		await start(fast);
		const dialect = dialects[target.endpoint.protocol];
		const plainReply = (await post(target, dialect.prompt('Grüße'))).data;
		const stream = await streamed(target, dialect.prompt('Grüße'));
		const joined = dialect.joined(stream.events);
		expect(dialect.text(joined)).toBe(dialect.text(plainReply));
		expect(dialect.finish(joined)).toBe(dialect.stops.end);
		expect(joined.credits_consumed).toBe(plainReply.credits_consumed);
		if (plainReply.usage) expect(joined.usage).toEqual(plainReply.usage);
		expect(stream).toMatchObject({ type: 'text/event-stream;charset=UTF-8', complete: true });
		expect(stream.done).toBe(target.endpoint.protocol.startsWith('openai'));
		expect(stream.chunks.length).toBeGreaterThan(2);
	});

	test.each(everyProtocol)('%s calls a tool', async (_name, target) => {
		await start(fast);
		const dialect = dialects[target.endpoint.protocol];
		const body = { ...dialect.prompt('An image of a cat'), ...dialect.tools('draw', 'sing') };
		const { data } = await post(target, body);
		expect(dialect.calls(data)).toEqual([['draw', { prompt: 'An image of a cat' }]]);
		expect(dialect.finish(data)).toBe(dialect.stops.tool);
		const stream = await streamed(target, body);
		expect(dialect.calls(dialect.joined(stream.events))).toEqual(dialect.calls(data));
		const finalReply = await post(target, dialect.continued(body, data, image));
		expect(dialect.text(finalReply.data)).toContain(image);
		expect(dialect.calls(finalReply.data)).toEqual([]);
	});

	test.each(everyPath)('%s rejects unknown input', async (_name, target) => {
		await start(fast);
		const dialect = dialects[target.endpoint.protocol];
		const unknownFields = [{ nonsense: 1 }, { tools: 'all' }].map((fields): object => fields);
		for (const fields of unknownFields) {
			const { data } = await post(target, { ...dialect.prompt('Hi'), ...fields });
			expect(data).toEqual({ code: 422, msg: expect.any(String) });
		}
		expect((await post(target, {})).data.code).toBe(422);
		expect((await client('wrong').post(target.endpoint.path, bodyFor(target, dialect.prompt('Hi')))).data).toEqual({
			code: 401,
			msg: expect.stringContaining('Unauthorized'),
		});
		expect(simulator.credits()).toBe(1000);
	});
});

describe('a message controls', () => {
	test.each(everyProtocol)('%s: parallel calls, then another one', async (_name, target) => {
		await start(fast);
		const dialect = dialects[target.endpoint.protocol];
		const message = 'call draw with {"a":{"b":"}"}} and call sing with {"c":1}, then call sing with {"d":2}';
		const body = { ...dialect.prompt(message), ...dialect.tools('draw', 'sing') };
		const first = (await post(target, body)).data;
		expect(dialect.calls(first)).toEqual([
			['draw', { a: { b: '}' } }],
			['sing', { c: 1 }],
		]);
		const next = dialect.continued(body, first, 'done');
		const second = (await post(target, next)).data;
		expect(dialect.calls(second)).toEqual([['sing', { d: 2 }]]);
		const lastReply = (await post(target, dialect.continued(next, second, 'over'))).data;
		expect(dialect.calls(lastReply)).toEqual([]);
		expect(dialect.text(lastReply)).toMatch(/done.*done.*over/);
	});

	test('only offered tools', async () => {
		await start(fast);
		const target = ofPath('/claude/v1/messages');
		const dialect = dialects[target.endpoint.protocol];
		const body = { ...dialect.prompt('call cook with {"a":1}'), ...dialect.tools('draw') };
		const { data } = await post({ ...target, model: 'claude-opus-5' }, body);
		expect([dialect.calls(data), dialect.finish(data)]).toEqual([[], 'end_turn']);
	});

	const schema = {
		type: 'object',
		properties: {
			name: { type: 'string' },
			age: { type: 'integer', minimum: 18 },
			kind: { enum: ['a', 'b'] },
			tags: { type: 'array', items: { type: 'string' }, minItems: 2 },
			inner: { $ref: '#/$defs/inner' },
		},
		$defs: { inner: { type: 'object', properties: { on: { type: 'boolean' } } } },
	};
	const expectedJson = { name: 'Anna', age: 18, kind: 'a', tags: ['Anna', 'Anna'], inner: { on: true } };
	const json_schema = { name: 'x', strict: true, schema };
	const format = { format: { type: 'json_schema', name: 'x', strict: true, schema } };
	const schemas: Array<[string, string, object]> = [
		...['gemini-2.5-flash', 'gemini-2.5-pro', 'gemini-3-pro'].map((model): [string, string, object] => [
			model,
			`/${model}/v1/chat/completions`,
			{ response_format: { type: 'json_schema', json_schema } },
		]),
		['Codex', '/codex/v1/responses', { text: format }],
		['Grok', '/grok/v1/responses', { text: format }],
		['Kimi', '/openai/v1/responses', { text: format }],
		[
			'Claude',
			'/claude/v1/messages',
			{ model: 'claude-sonnet-4-5', output_config: { format: { type: 'json_schema', schema } } },
		],
	];
	test.each(schemas)('%s replies in JSON that matches a schema', async (_name, path, fields) => {
		await start(fast);
		const target = ofPath(path);
		const dialect = dialects[target.endpoint.protocol];
		const { data } = await post(target, { ...dialect.prompt('Anna'), ...fields });
		expect(JSON.parse(dialect.text(data))).toEqual(expectedJson);
		const stream = await streamed(target, { ...dialect.prompt('Anna'), ...fields });
		expect(JSON.parse(dialect.text(dialect.joined(stream.events)))).toEqual(expectedJson);
	});

	test('the older flat schema, any JSON, the system prompt, a search', async () => {
		await start(fast);
		const flat = { type: 'json_schema', properties: { name: { type: 'string' } } };
		const gemini = ofPath('/gemini-3-pro/v1/chat/completions');
		const grok = ofPath('/grok/v1/responses');
		const { 'openai-chat': chat, 'openai-responses': responses, 'anthropic-messages': messages } = dialects;
		const flatReply = await post(gemini, { ...chat.prompt('Anna'), response_format: flat });
		expect(chat.text(flatReply.data)).toBe('{"name":"Anna"}');
		const jsonReply = await post(grok, { input: 'Anna', text: { format: { type: 'json_object' } } });
		expect(responses.text(jsonReply.data)).toBe('{"answer":"Anna"}');
		const instructedReply = await post(ofPath('/openai/v1/responses'), { input: 'Hi', instructions: 'Be short' });
		expect(responses.text(instructedReply.data)).toContain('“Be short”');
		const claude = await post(ofPath('/claude/v1/messages'), { ...messages.prompt('Hi'), system: 'Be short' });
		expect(messages.text(claude.data)).toContain('“Be short”');
		const searched = await post(grok, { input: 'Hi', tools: [{ type: 'web_search' }] });
		expect(responses.text(searched.data)).toContain('after a web search');
	});

	const thinkers: Array<[string, JsonObject, (answer: Wire) => unknown]> = [
		[
			'/gemini-2.5-pro/v1/chat/completions',
			{ include_thoughts: true },
			({ choices }) => first(choices).message.reasoning_content,
		],
		[
			'/openai/v1/responses',
			{ model: 'kimi-k3', reasoning: { effort: 'high' } },
			({ output }) => first(first(output).summary).text,
		],
		['/claude/v1/messages', { thinkingFlag: true }, ({ content }) => first(content).thinking],
		[
			'/gemini/v1/models/gemini-3-8-flash:streamGenerateContent',
			{ generationConfig: { thinkingConfig: { includeThoughts: true } } },
			({ candidates }) =>
				first(candidates)
					.content.parts.filter(({ thought }) => thought)
					.map(({ text }) => text)
					.join(''),
		],
	];
	test.each(thinkers)('%s returns its thoughts', async (path, fields, thoughts) => {
		await start(fast);
		const target = ofPath(path);
		const { prompt } = dialects[target.endpoint.protocol];
		const { data } = await post(target, { ...prompt('Anna'), ...fields });
		expect(thoughts(data)).toBe('The user wants to know about “Anna”.');
		const { text } = await streamed(target, { ...prompt('Anna'), ...fields });
		expect(text).toMatch(/reasoning_content|reasoning_summary_text\.delta|thinking_delta|"thought":true/);
	});

	test('Claude respects max_tokens', async () => {
		await start(fast);
		const target = ofPath('/claude/v1/messages');
		const { data } = await post(target, { ...dialects['anthropic-messages'].prompt('Hi'), max_tokens: 2 });
		expect(data).toMatchObject({ stop_reason: 'max_tokens', usage: { output_tokens: 2 } });
	});

	test('without `stream` the path has a default', async () => {
		await start(fast);
		const type = async ({ endpoint, model }: ChatTarget): Promise<string> => {
			const modelField = endpoint.model === undefined ? { model } : {};
			const { headers } = await api.post(endpoint.path, { ...dialects[endpoint.protocol].prompt('Hi'), ...modelField });
			return String(headers['content-type']);
		};
		for (const [, target] of everyPath) {
			const byDefault = target.endpoint.body.properties.stream?.default === true;
			expect((await type(target)).startsWith('text/event-stream')).toBe(byDefault);
		}
	});
});

describe('rejections', () => {
	const chat = dialects['openai-chat'];
	const responses = dialects['openai-responses'];
	const messages = dialects['anthropic-messages'];
	const search = { type: 'function', function: { name: 'googleSearch' } };
	const drawTool = (dialect: Dialect): object[] => dialect.tools('draw').tools;
	const userMessage = { messages: [{ role: 'user', content: 'Hi' }] };
	const call = { id: 'c', type: 'function', function: { name: 'draw', arguments: '{}' } };
	const cases: Array<[string, string, string, object]> = [
		[
			'Google Search with functions',
			'Google Search and functions',
			'/gemini-3-pro/v1/chat/completions',
			{ ...userMessage, tools: [search, ...drawTool(chat)] },
		],
		[
			'a format with functions',
			'response_format and functions',
			'/gemini-2.5-pro/v1/chat/completions',
			{ ...userMessage, ...chat.tools('draw'), response_format: { type: 'json_schema' } },
		],
		[
			'functions of GPT 5.2',
			'Unknown field',
			'/gpt-5-2/v1/chat/completions',
			{ ...userMessage, ...chat.tools('draw') },
		],
		['stream of GPT 5.2', 'Unknown field stream', '/gpt-5-2/v1/chat/completions', { ...userMessage, stream: false }],
		[
			'functions of Gemini 3.1 Pro',
			'Unknown field',
			'/gemini-3.1-pro/v1/chat/completions',
			{ ...userMessage, ...chat.tools('draw') },
		],
		[
			'temperature',
			'Unknown field temperature',
			'/gemini-3-pro/v1/chat/completions',
			{ ...userMessage, temperature: 1 },
		],
		[
			'an unknown field of a part',
			'messages.0.content',
			'/gemini-3-pro/v1/chat/completions',
			{ messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: image, detail: 'low' } }] }] },
		],
		[
			'a call without a result',
			'call c has no result',
			'/gemini-3-pro/v1/chat/completions',
			{ messages: [...userMessage.messages, { role: 'assistant', content: '', tool_calls: [call] }] },
		],
		[
			'a result without a call',
			'belongs to no call',
			'/gemini-3-pro/v1/chat/completions',
			{ messages: [...userMessage.messages, { role: 'tool', content: 'x', tool_call_id: 'c' }] },
		],
		[
			'web search with functions',
			'web_search and functions',
			'/codex/v1/responses',
			{ input: 'Hi', tools: [{ type: 'web_search' }, ...drawTool(responses)] },
		],
		[
			'another tool choice',
			'tool_choice is auto',
			'/api/v1/responses',
			{ input: 'Hi', ...responses.tools('draw'), tool_choice: 'required' },
		],
		[
			'a tool choice of Grok',
			'Unknown field tool_choice',
			'/grok/v1/responses',
			{ input: 'Hi', ...responses.tools('draw'), tool_choice: 'auto' },
		],
		['dots on /xai', 'not supported', '/xai/v1/responses', { model: 'grok-4.6', input: 'Hi' }],
		['hyphens on /openai', 'not supported', '/openai/v1/responses', { model: 'gpt-5-6-sol', input: 'Hi' }],
		['a model of /codex on /api', 'not supported', '/api/v1/responses', { model: 'gpt-5-5', input: 'Hi' }],
		['a model of /api on /codex', 'not supported', '/codex/v1/responses', { model: 'gpt-5-codex', input: 'Hi' }],
		['web search on /openai', 'required', '/openai/v1/responses', { input: 'Hi', tools: [{ type: 'web_search' }] }],
		[
			'an effort of Kimi',
			'Kimi takes',
			'/openai/v1/responses',
			{ model: 'kimi-k3', input: 'Hi', reasoning: { effort: 'max' } },
		],
		[
			'thinking of Kimi',
			'DeepSeek only',
			'/openai/v1/responses',
			{ model: 'kimi-k3', input: 'Hi', thinking: { type: 'enabled' } },
		],
		[
			'two kinds of thinking',
			'exclude each other',
			'/openai/v1/responses',
			{ model: 'deepseek-v4-1-flash', input: 'Hi', thinking: { type: 'auto' }, reasoning: { effort: 'low' } },
		],
		[
			'a format of Claude Opus',
			'claude-sonnet-4-5 only',
			'/claude/v1/messages',
			{ ...userMessage, model: 'claude-opus-5', output_config: { format: { type: 'json_schema' } } },
		],
		[
			'tools of Claude Fable',
			'takes no tools',
			'/claude/v1/messages',
			{ ...userMessage, model: 'claude-fable-5', ...messages.tools('draw') },
		],
		[
			'a system message of Claude',
			'messages.0.role',
			'/claude/v1/messages',
			{ messages: [{ role: 'system', content: 'x' }] },
		],
		[
			'an unknown block',
			'messages.0.content',
			'/claude/v1/messages',
			{ messages: [{ role: 'user', content: [{ type: 'video' }] }] },
		],
		[
			'a result that nobody asked for',
			'belongs to no call',
			'/claude/v1/messages',
			{ messages: [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'x' }] }] },
		],
		[
			'a part of two kinds',
			'Unknown field file_data',
			'/gemini/v1/models/gemini-3-5-flash:streamGenerateContent',
			{ contents: [{ role: 'user', parts: [{ text: 'x', file_data: { file_uri: image } }] }] },
		],
		[
			'a tool of two kinds',
			'Unknown field functionDeclarations',
			'/gemini/v1/models/gemini-3-5-flash:streamGenerateContent',
			{
				...dialects.gemini.prompt('Hi'),
				tools: [{ googleSearch: {}, functionDeclarations: [{ name: 'a', description, parameters }] }],
			},
		],
		[
			'temperature of Gemini',
			'Unknown field temperature',
			'/gemini/v1/models/gemini-3-5-flash:streamGenerateContent',
			{ ...dialects.gemini.prompt('Hi'), generationConfig: { temperature: 1 } },
		],
	];
	test.each(cases)('%s', async (_name, words, path, body) => {
		await start(fast);
		const { status, data } = await post(ofPath(path), body);
		expect([status, data]).toEqual([200, { code: 422, msg: expect.stringContaining(words) }]);
		expect(simulator.chats()[0]?.rejection).toBeDefined();
	});

	test('an unknown model or path, a missing file, no credits, the rate limit', async () => {
		await start({ readRates: false, rate: { limit: 4, seconds: 10 } });
		const target = ofPath('/gemini-3-pro/v1/chat/completions');
		expect((await api.post('/gemini-9/v1/chat/completions', userMessage)).data.code).toBe(404);
		expect((await api.post('/gemini/v1/models/gemini-9:streamGenerateContent', {})).data.code).toBe(404);
		expect((await api.post('/llama/v1/responses', {})).status).toBe(404);
		expect((await api.get(target.endpoint.path)).status).toBe(405);
		const rejection = await api.post('/codex/v1/responses', { model: 'gpt-9', input: 'Hi' });
		expect(rejection.data).toEqual({ code: 422, msg: 'The model is not supported' });
		expect((await post(target, chat.prompt('Hi', [`${simulator.url}/files/gone.png`]))).data.code).toBe(451);
		await api.post('/_simulator/credits', { credits: 0 });
		expect((await post(target, chat.prompt('Hi'))).data.code).toBe(402);
		await api.post('/_simulator/credits', { credits: 5 });
		expect(chat.text((await post(target, chat.prompt('Hi'))).data)).toContain('Hi');
		expect((await post(target, chat.prompt('Hi'))).data.code).toBe(429);
	});

	test('lenient: unknown fields are accepted', async () => {
		await start({ ...fast, strict: false });
		const { data } = await post(ofPath('/claude/v1/messages'), { ...userMessage, nonsense: 1 });
		expect(data.stop_reason).toBe('end_turn');
	});
});

describe('undocumented input is accepted', () => {
	const userMessage = { messages: [{ role: 'user', content: 'Hi' }] };
	const cached = [{ type: 'text', text: 'Be short', cache_control: { type: 'ephemeral' } }];
	const cases: Array<[string, object]> = [
		['/codex/v1/responses', { input: 'Hi', instructions: 'Be short', max_output_tokens: 5 }],
		['/codex/v1/responses', { input: 'Hi', text: { format: { type: 'text' } } }],
		[
			'/claude/v1/messages',
			{ ...userMessage, system: cached, temperature: 0.5, top_p: 0.9, thinking: { type: 'disabled' } },
		],
		['/anthropic/v1/messages', { ...userMessage, max_tokens: 1, top_k: 3, stop_sequences: ['x'], metadata: {} }],
		['/gemini-3-5-flash-openai/v1/chat/completions', { ...userMessage, model: 'gemini-3-5-flash-thinking' }],
	];
	test.each(cases)('%s %j', async (path, body) => {
		await start(fast);
		const target = ofPath(path);
		const dialect = dialects[target.endpoint.protocol];
		const { data } = await post(target, body);
		expect(dialect.finish(data)).toBe(dialect.stops.end);
		expect(dialect.text(data)).toMatch(/heard “Hi”.*0 files\.$/);
	});

	test.each<[string, object]>([
		['/codex/v1/responses', { reasoning: { effort: 'high' } }],
		['/openai/v1/responses', { reasoning: { effort: 'high' } }],
		['/claude/v1/messages', { model: 'claude-opus-5', thinkingFlag: true }],
	])('%s: thoughts passed back with the call', async (path, fields) => {
		await start(fast);
		const target = ofPath(path);
		const dialect = dialects[target.endpoint.protocol];
		const body = { ...dialect.prompt('An image'), ...dialect.tools('draw'), ...fields };
		const { data } = await post(target, body);
		const thoughts = (data.output ?? []).filter(({ type }: OutputItem) => type === 'reasoning');
		const next = dialect.continued(
			{ ...body, ...(data.output && { input: [...Object(body.input), ...thoughts] }) },
			data,
			image,
		);
		expect(JSON.stringify(next)).toMatch(/"type":"(reasoning|thinking)"/);
		expect(dialect.text((await post(target, next)).data)).toContain(image);
	});
});

describe('faults', () => {
	const prompt = (target: ChatTarget): Body => dialects[target.endpoint.protocol].prompt('Grüße 👋');

	test.each(everyProtocol)('%s: errors, and unusual replies', async (_name, target) => {
		await start(fast);
		const dialect = dialects[target.endpoint.protocol];
		inject({ kind: 'code', code: 500, model: target.model });
		expect(await post(target, prompt(target))).toMatchObject({ status: 200, data: { code: 500 } });
		inject({ kind: 'status', status: 503 });
		expect(await post(target, prompt(target))).toMatchObject({ status: 503, data: { code: 503 } });
		inject({ kind: 'error-object', status: 429, message: 'Slow down' });
		expect(await post(target, prompt(target))).toMatchObject({
			status: 429,
			data: { error: { message: 'Slow down', type: 'rate_limit_error' } },
		});
		inject({ kind: 'code', code: 429 });
		expect((await post(target, prompt(target))).data.code).toBe(429);
		inject({ kind: 'html' });
		expect((await post(target, prompt(target))).data).toContain('<html>');
		inject({ kind: 'content-type', value: 'text/plain' });
		const plainReply = await post(target, prompt(target));
		expect([plainReply.headers['content-type'], dialect.finish(plainReply.data)]).toEqual([
			'text/plain',
			dialect.stops.end,
		]);
		const creditsBefore = simulator.credits();
		inject({ kind: 'drop-before' });
		await expect(post(target, prompt(target))).rejects.toThrow('socket hang up');
		expect(simulator.credits()).toBe(creditsBefore);
		for (const kind of ['drop-after', 'cut']) {
			inject({ kind });
			await expect(post(target, prompt(target))).rejects.toThrow(/socket hang up|aborted/);
		}
		expect(simulator.credits()).toBeLessThan(creditsBefore);
		inject({ kind: 'cut-json' });
		expect(typeof (await post(target, prompt(target))).data).toBe('string');
		inject({ kind: 'slow', ms: 120 });
		const from = Date.now();
		expect((await post(target, prompt(target))).status).toBe(200);
		expect(Date.now() - from).toBeGreaterThanOrEqual(115);
		expect((await api.get('/_simulator/state')).data.faults).toEqual([]);
	});

	test.each(everyProtocol)('%s: empty and truncated replies', async (_name, target) => {
		await start(fast);
		const dialect = dialects[target.endpoint.protocol];
		inject({ kind: 'no-answer' });
		const { data } = await post(target, prompt(target));
		expect([dialect.text(data), dialect.finish(data), data.credits_consumed]).toEqual(['', dialect.stops.end, 0]);
		expect(data.usage ?? data).toMatchObject(dialect.noTokens);
		inject({ kind: 'length' });
		const truncated = (await post(target, prompt(target))).data;
		expect(dialect.finish(truncated)).toBe(dialect.stops.length);
		expect(dialect.text(truncated)).not.toContain('files');
		expect(dialect.text(truncated)).not.toBe('');
		inject({ kind: 'no-answer' });
		const emptyStream = await streamed(target, prompt(target));
		expect(dialect.text(dialect.joined(emptyStream.events))).toBe('');
		inject({ kind: 'length' });
		expect(dialect.finish(dialect.joined((await streamed(target, prompt(target))).events))).toBe(dialect.stops.length);
	});

	test.each(everyProtocol)('%s: interrupted streams', async (_name, target) => {
		await start(fast);
		const fullStream = await streamed(target, prompt(target));
		const dialect = dialects[target.endpoint.protocol];
		const credits = simulator.credits();
		inject({ kind: 'cut' });
		const interrupted = await streamed(target, prompt(target));
		expect([interrupted.complete, interrupted.events.length]).toEqual([false, Math.ceil(fullStream.events.length / 2)]);
		inject({ kind: 'no-end' });
		const middle = await streamed(target, prompt(target));
		expect([middle.complete, middle.done]).toEqual([true, false]);
		expect(middle.events).toHaveLength(Math.ceil(fullStream.events.length / 2));
		inject({ kind: 'no-end', at: 'last' });
		const lastStream = await streamed(target, prompt(target));
		expect(lastStream.done).toBe(false);
		expect(lastStream.events).toHaveLength(fullStream.events.length - (fullStream.done ? 0 : 1));
		inject({ kind: 'stream-error' });
		const errorStream = await streamed(target, prompt(target));
		expect(JSON.stringify(errorStream.events.at(-1))).toContain('The upstream model failed');
		inject({ kind: 'stream-error', form: 'kie', code: 455, msg: 'later' });
		expect((await streamed(target, prompt(target))).events.at(-1)).toEqual({ code: 455, msg: 'later' });
		inject({ kind: 'empty' });
		expect(await streamed(target, prompt(target))).toMatchObject({ text: '', complete: true });
		inject({ kind: 'whole' });
		const plainReply = await streamed(target, prompt(target));
		expect(dialect.finish(JSON.parse(plainReply.text))).toBe(dialect.stops.end);
		expect(simulator.credits()).toBeLessThan(credits);
	});

	test.each(everyProtocol)('%s: unusual but complete streams', async (_name, target) => {
		await start(fast);
		const dialect = dialects[target.endpoint.protocol];
		const expectedText = dialect.text(dialect.joined((await streamed(target, prompt(target))).events));
		expect(expectedText).toContain('👋');
		inject({ kind: 'lump', ms: 60 });
		const from = Date.now();
		const singleChunk = await streamed(target, prompt(target));
		expect([singleChunk.chunks.length, dialect.text(dialect.joined(singleChunk.events))]).toEqual([1, expectedText]);
		expect(Date.now() - from).toBeGreaterThanOrEqual(55);
		inject({ kind: 'split' });
		const split = await streamed(target, prompt(target));
		expect(dialect.text(dialect.joined(split.events))).toBe(expectedText);
		expect(split.chunks.some((chunk) => chunk.toString('utf8').includes('\ufffd'))).toBe(true);
		inject({ kind: 'slow-stream', ms: 10 });
		expect(dialect.text(dialect.joined((await streamed(target, prompt(target))).events))).toBe(expectedText);
		inject({ kind: 'content-type', value: 'text/plain' });
		expect(await streamed(target, prompt(target))).toMatchObject({ type: 'text/plain', complete: true });
	});

	test('a stream that the client aborts', async () => {
		await start(fast);
		const target = ofPath('/gemini-3-pro/v1/chat/completions');
		inject({ kind: 'slow-stream', ms: 40 });
		const signal = AbortSignal.timeout(100);
		await expect(api.post(target.endpoint.path, prompt(target), { signal })).rejects.toThrow('canceled');
		expect((await post(target, prompt(target))).status).toBe(200);
	});

	test('over the control API, for one model', async () => {
		await start(fast);
		const fault = { on: 'chat', kind: 'code', code: 500, model: 'gemini-3-pro' };
		expect((await api.post('/_simulator/faults', fault)).data).toEqual({ injected: 1 });
		const [pro, flash] = ['gemini-3-pro', 'gemini-3-flash'].map((model) => ofPath(`/${model}/v1/chat/completions`));
		expect((await post(flash!, prompt(flash!))).data.choices).toHaveLength(1);
		expect((await post(pro!, prompt(pro!))).data.code).toBe(500);
	});
});

/** A schema as in the facts: without descriptions and fields from other sources. */
function asInFacts(value: Json): Json {
	if (Array.isArray(value)) return value.filter((entry) => !isBeyond(entry)).map(asInFacts);
	if (!isObject(value)) return value;
	const schema = omit(value, ['additionalProperties', '$schema', 'description', 'deprecated', 'properties', 'anyOf']);
	const fields = Object.entries(isObject(value.properties) ? value.properties : {}).filter(
		([, entry]) => !isBeyond(entry),
	);
	const choices = Array.isArray(value.anyOf) ? value.anyOf.filter((entry) => !isBeyond(entry)).map(asInFacts) : [];
	const [onlyChoice] = choices;
	if (choices.length === 1 && onlyChoice !== undefined && isEmpty(schema)) return onlyChoice;
	return {
		...mapValues(schema, asInFacts),
		...(fields.length > 0 && {
			properties: Object.fromEntries(fields.map(([name, entry]) => [name, asInFacts(entry)])),
		}),
		...(choices.length > 0 && { anyOf: choices }),
	};
}

const isBeyond = (value: Json): boolean => isObject(value) && value.title === beyondMark;

/** The same with sorted lists. */
const sorted = (value: object): JsonObject =>
	JSON.parse(JSON.stringify(value), (name, entry) =>
		name === 'enum' || name === 'required' ? [...entry].sort() : entry,
	);

interface Fact {
	request: { method: string; path: string };
	confidence: string;
	input: object;
	notes: string[];
	result: { answer: object; idsSeen: string[]; sample: object };
}

describe('the facts', () => {
	const chatFacts = factFiles('chat').map((file): Fact => facts(file));
	/** The uncertain one was removed by Kie. */
	const served = chatFacts.filter(({ request, confidence }) => request.method === 'POST' && confidence !== 'uncertain');
	const factOf = (path: string): Fact => first(served.filter(({ request }) => request.path === path));

	test('the paths are the same', () => {
		expect(chatEndpoints.map(({ path }) => path).sort()).toEqual(served.map(({ request: { path } }) => path).sort());
	});

	test.each(chatEndpoints.map((endpoint): [string, ChatEndpoint] => [endpoint.path, endpoint]))(
		'%s has the same schema and protocol',
		(path, { body, protocol }) => {
			const { input, notes } = factOf(path);
			expect(asInFacts(sorted({ type: 'object', ...body }))).toEqual(asInFacts(sorted(input)));
			expect(notes.join(' ')).toContain(`Protocol: ${protocol}`);
		},
	);

	test.each(everyPath)('%s returns at least the documented fields', async (_name, target) => {
		await start(fast);
		const { answer } = factOf(target.endpoint.path).result;
		const { data } = await post(target, dialects[target.endpoint.protocol].prompt('Hi'));
		expect(Object.keys(data)).toEqual(expect.arrayContaining(Object.keys(answer)));
	});

	test('listings and the live list', async () => {
		await start(fast);
		const listings = chatFacts.filter(({ request }) => request.method === 'GET');
		expect(listings).toHaveLength(3);
		for (const { request, result } of listings) {
			const { data } = await api.get(request.path);
			expect(data.data.map(({ id }: { id: string }) => id)).toEqual(result.idsSeen);
			expect(shape(data)).toMatchObject(Object(shape(result.sample)));
		}
		const { data } = await api.get('/api/v1/models', { params: { taskType: 'Chat' } });
		const listed = data.data.models.map(({ model }: { model: string }) => model);
		expect(listed.sort()).toEqual([...facts('platform/models-list.json').result['chatOn2026-10-01']].sort());
	});
});

interface Exchange {
	path: string;
	request: object;
	response: object;
}

describeRecorded('the recorded exchange', () => {
	test('Claude replies in the same shape', async () => {
		await start(fast);
		const exchanges: Exchange[] = recordedExchanges();
		const chats = exchanges.filter(({ path }) => chatEndpoints.some((endpoint) => endpoint.path === path));
		expect(chats).not.toHaveLength(0);
		for (const { path, request: body, response } of chats) {
			const { status, data } = await api.post(path, body);
			expect([status, shape(data)]).toEqual([200, shape(response)]);
		}
	});
});
