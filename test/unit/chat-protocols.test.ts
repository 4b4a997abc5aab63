import type { JsonObject } from '../../nodes/shared/json';
import { customChatModel } from '../../nodes/shared/chat/chatModelParameter';
import { findChatModel } from '../../nodes/shared/chat/chatModels';
import { protocols } from '../../nodes/shared/chat/protocols';
import { replyReader } from '../../nodes/shared/chat/readReply';
import type { ChatDelta, ChatMessage, ChatModel, ChatRequest, ProtocolName } from '../../nodes/shared/chat/chatTypes';

/** What each protocol sends, and what it reads from replies and streams, without a network. */

const NAMES: ProtocolName[] = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini'];

function modelOf(id: string): ChatModel {
	const model = findChatModel(id);
	if (!model) throw new Error(`No model ${id}`);
	return model;
}

const text = (role: ChatMessage['role'], content: string): ChatMessage => ({
	role,
	parts: [{ type: 'text', text: content }],
});
const conversation: ChatMessage[] = [
	text('system', 'Be brief.'),
	{
		role: 'user',
		parts: [
			{ type: 'text', text: 'Weather?' },
			{ type: 'file', url: 'https://example.com/map', kind: 'image', mimeType: 'image/png' },
			{ type: 'file', url: 'https://example.com/report.pdf' },
		],
	},
	{
		role: 'assistant',
		parts: [],
		thoughts: [{ type: 'thinking', thinking: 'Hm', signature: 's' }],
		toolCalls: [
			{ id: 'a', name: 'weather', arguments: { town: 'Bern' }, signature: 'sig' },
			{ id: 'b', name: 'weather', arguments: { town: 'Köln' } },
		],
	},
	{ ...text('tool', '{"degrees":20}'), toolCallId: 'a', toolName: 'weather' },
	{ ...text('tool', 'cold'), toolCallId: 'b', toolName: 'weather' },
];
const tools = [{ name: 'weather', parameters: { type: 'object', properties: { town: { type: 'string' } } } }];

describe('requests', () => {
	const request: ChatRequest = { messages: conversation, tools };
	const bodyFor = (id: string, fields: Partial<ChatRequest> & { stream?: boolean } = {}) => {
		const { stream = false, ...rest } = fields;
		const model = modelOf(id);
		return protocols[model.protocol].toBody(model, { ...request, ...rest }, stream);
	};
	const streamed = { messages: [text('user', 'Hi')], tools: undefined, stream: true };

	it('are chat completions', () => {
		expect(bodyFor('gemini-3-pro')).toEqual({
			messages: [
				{ role: 'system', content: 'Be brief.' },
				{
					role: 'user',
					content: [
						{ type: 'text', text: 'Weather?' },
						{ type: 'image_url', image_url: { url: 'https://example.com/map' } },
						{ type: 'image_url', image_url: { url: 'https://example.com/report.pdf' } },
					],
				},
				{
					role: 'assistant',
					content: '',
					tool_calls: [
						{ id: 'a', type: 'function', function: { name: 'weather', arguments: '{"town":"Bern"}' } },
						{ id: 'b', type: 'function', function: { name: 'weather', arguments: '{"town":"Köln"}' } },
					],
				},
				{ role: 'tool', content: '{"degrees":20}', tool_call_id: 'a', name: 'weather' },
				{ role: 'tool', content: 'cold', tool_call_id: 'b', name: 'weather' },
			],
			stream: false,
			tools: [{ type: 'function', function: tools[0] }],
		});
		const json = { schema: { type: 'object' } };
		expect(
			bodyFor('gemini-3-pro', { ...streamed, webSearch: true, thinking: false, reasoningEffort: 'low', json }),
		).toEqual({
			messages: [{ role: 'user', content: 'Hi' }],
			stream: true,
			tools: [{ type: 'function', function: { name: 'googleSearch' } }],
			include_thoughts: false,
			reasoning_effort: 'low',
			response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: { type: 'object' } } },
		});
		const settings = { json: { ...json, name: 'own', strict: false }, schemaName: 'town', strictSchema: true };
		expect(bodyFor('gemini-3-pro', { ...streamed, ...settings }).response_format).toEqual({
			type: 'json_schema',
			json_schema: { name: 'town', strict: true, schema: { type: 'object' } },
		});
		// It has no stream field.
		expect(bodyFor('gpt-5-2', streamed)).toEqual({ messages: [{ role: 'user', content: 'Hi' }] });
	});

	it('are responses', () => {
		expect(bodyFor('gpt-5-5')).toEqual({
			model: 'gpt-5-5',
			stream: false,
			input: [
				{ role: 'system', content: [{ type: 'input_text', text: 'Be brief.' }] },
				{
					role: 'user',
					content: [
						{ type: 'input_text', text: 'Weather?' },
						{ type: 'input_image', image_url: 'https://example.com/map' },
						{ type: 'input_file', file_url: 'https://example.com/report.pdf' },
					],
				},
				{ type: 'function_call', call_id: 'a', name: 'weather', arguments: '{"town":"Bern"}' },
				{ type: 'function_call', call_id: 'b', name: 'weather', arguments: '{"town":"Köln"}' },
				{ type: 'function_call_output', call_id: 'a', output: '{"degrees":20}' },
				{ type: 'function_call_output', call_id: 'b', output: 'cold' },
			],
			tools: [{ type: 'function', ...tools[0] }],
		});
		expect(bodyFor('grok-4-7', { ...streamed, webSearch: true, reasoningEffort: 'xhigh', json: {} })).toEqual({
			model: 'grok-4-7',
			stream: true,
			input: [{ role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }],
			tools: [{ type: 'web_search' }],
			reasoning: { effort: 'xhigh' },
			text: { format: { type: 'json_object' } },
		});
	});

	it('are messages', () => {
		expect(bodyFor('claude-sonnet-5')).toEqual({
			model: 'claude-sonnet-5',
			stream: false,
			system: 'Be brief.',
			messages: [
				{
					role: 'user',
					content: [
						{ type: 'text', text: 'Weather?' },
						{ type: 'image', source: { type: 'url', url: 'https://example.com/map' } },
						{ type: 'document', source: { type: 'url', url: 'https://example.com/report.pdf' } },
					],
				},
				{
					role: 'assistant',
					content: [
						{ type: 'thinking', thinking: 'Hm', signature: 's' },
						{ type: 'tool_use', id: 'a', name: 'weather', input: { town: 'Bern' } },
						{ type: 'tool_use', id: 'b', name: 'weather', input: { town: 'Köln' } },
					],
				},
				{
					role: 'user',
					content: [
						{ type: 'tool_result', tool_use_id: 'a', content: '{"degrees":20}' },
						{ type: 'tool_result', tool_use_id: 'b', content: 'cold' },
					],
				},
			],
			tools: [{ name: 'weather', description: 'weather', input_schema: tools[0]?.parameters }],
		});
		const settings = { thinking: true, temperature: 0, topP: 1, maxTokens: 10, json: { schema: { type: 'object' } } };
		expect(bodyFor('claude-sonnet-4-5', { ...streamed, ...settings })).toEqual({
			model: 'claude-sonnet-4-5',
			stream: true,
			messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
			thinkingFlag: true,
			temperature: 0,
			top_p: 1,
			max_tokens: 10,
			output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
		});
	});

	it('are Gemini’s own', () => {
		expect(bodyFor('gemini-3-7-flash', { webSearch: true, reasoningEffort: 'high', thinking: true })).toEqual({
			stream: false,
			contents: [
				{
					role: 'user',
					parts: [
						{ text: 'Be brief.' },
						{ text: 'Weather?' },
						{ file_data: { mime_type: 'image/png', file_uri: 'https://example.com/map' } },
						{ file_data: { mime_type: 'application/pdf', file_uri: 'https://example.com/report.pdf' } },
					],
				},
				{
					role: 'model',
					parts: [
						{ functionCall: { name: 'weather', args: { town: 'Bern' }, id: 'a' }, thoughtSignature: 'sig' },
						{ functionCall: { name: 'weather', args: { town: 'Köln' }, id: 'b' } },
					],
				},
				{
					role: 'user',
					parts: [
						{ functionResponse: { name: 'weather', response: { degrees: 20 }, id: 'a' } },
						{ functionResponse: { name: 'weather', response: { result: 'cold' }, id: 'b' } },
					],
				},
			],
			tools: [
				{
					functionDeclarations: [
						{
							name: 'weather',
							description: 'weather',
							parameters: { type: 'OBJECT', properties: { town: { type: 'STRING' } } },
						},
					],
				},
				{ googleSearch: {} },
			],
			generationConfig: { thinkingConfig: { includeThoughts: true, thinkingLevel: 'high' } },
		});
	});

	it('drop the keywords that Gemini’s schemas do not have', () => {
		const parameters: JsonObject = {
			$schema: 'http://json-schema.org/draft-07/schema#',
			type: 'object',
			additionalProperties: false,
			properties: {
				type: { type: ['string', 'null'], default: 'x' },
				list: { type: 'array', items: { anyOf: [{ type: 'number' }, { const: 'all' }] } },
			},
		};
		const body = bodyFor('gemini-3-7-flash', { ...streamed, tools: [{ name: 'f', parameters }] });
		expect(body).toMatchObject({
			tools: [
				{
					functionDeclarations: [
						{
							parameters: {
								type: 'OBJECT',
								properties: {
									type: { type: 'STRING', nullable: true },
									list: { type: 'ARRAY', items: { anyOf: [{ type: 'NUMBER' }, { enum: ['all'] }] } },
								},
							},
						},
					],
				},
			],
		});
		expect(JSON.stringify(body)).not.toMatch(/\$schema|additionalProperties|default/);
	});

	it('declare an image without an extension as JPEG if the protocol requires a type', () => {
		const file = { type: 'file' as const, url: 'https://a.b/c' };
		const parts = [{ ...file, kind: 'image' as const }, file];
		expect(bodyFor('gemini-3-7-flash', { ...streamed, messages: [{ role: 'user', parts }] })).toMatchObject({
			contents: [
				{
					parts: [{ file_data: { mime_type: 'image/jpeg' } }, { file_data: { mime_type: 'application/octet-stream' } }],
				},
			],
		});
	});

	it.each(NAMES)('send a custom model all settings in %s', (name) => {
		const settings = { temperature: 0.25, topP: 0.75, maxTokens: 77 };
		const messages = [text('user', 'Hi')];
		const body = protocols[name].toBody(
			customChatModel(name, '/x/v1/y', ''),
			{ ...request, messages, ...settings },
			true,
		);
		const json = JSON.stringify(body);
		for (const value of ['0.25', '0.75', '77']) expect(json).toContain(value);
		expect(body).not.toHaveProperty('model');
	});
});

/** One reply in each protocol, plain and as a stream: text with multibyte characters, thoughts, and two calls. */
const TEXT = 'Grüße 你好 🦊\r\n\ndata: not an event';
const calls = [
	{ name: 'weather', town: 'Bern' },
	{ name: 'weather', town: 'Köln 🦊' },
];
const usage = { inputTokens: 7, outputTokens: 5, totalTokens: 12, reasoningTokens: 2 };
const sse = (events: object[], end = '', newline = '\n') =>
	events.map((event) => `event: x${newline}data: ${JSON.stringify(event)}${newline}${newline}`).join('') + end;
const halves = (content: string) => [content.slice(0, 3), content.slice(3)];

const streams: Record<ProtocolName, object[]> = {
	'openai-chat': [
		{
			id: 'c',
			model: 'gpt-5.2',
			choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }],
		},
		...halves('Hm well').map((reasoning_content) => ({ choices: [{ delta: { reasoning_content } }] })),
		...halves(TEXT).map((content) => ({ choices: [{ delta: { content }, finish_reason: null }] })),
		...calls.flatMap(({ name, town }, index) => [
			{ choices: [{ delta: { tool_calls: [{ index, id: `id${index}`, function: { name, arguments: '' } }] } }] },
			...halves(JSON.stringify({ town })).map((json) => ({
				choices: [{ delta: { tool_calls: [{ index, function: { arguments: json } }] } }],
			})),
		]),
		{ choices: [{ delta: {}, finish_reason: 'tool_calls' }] },
		{
			choices: [],
			usage: {
				prompt_tokens: 7,
				completion_tokens: 5,
				total_tokens: 12,
				completion_tokens_details: { reasoning_tokens: 2 },
			},
			credits_consumed: 0.5,
		},
	],
	'openai-responses': [
		{ type: 'response.created', response: { id: 'r', status: 'in_progress', model: 'gpt-5.2', output: [] } },
		...halves('Hm well').map((delta) => ({ type: 'response.reasoning_summary_text.delta', output_index: 0, delta })),
		...halves(TEXT).map((delta) => ({ type: 'response.output_text.delta', output_index: 1, delta })),
		...calls.flatMap(({ name, town }, index) => {
			const item = { type: 'function_call', call_id: `id${index}`, name, arguments: '' };
			return [
				{ type: 'response.output_item.added', output_index: index + 2, item },
				...halves(JSON.stringify({ town })).map((delta) => ({
					type: 'response.function_call_arguments.delta',
					output_index: index + 2,
					delta,
				})),
			];
		}),
		{
			type: 'response.completed',
			response: {
				status: 'completed',
				usage: {
					input_tokens: 7,
					output_tokens: 5,
					total_tokens: 12,
					output_tokens_details: { reasoning_tokens: 2 },
				},
			},
			credits_consumed: 0.5,
		},
	],
	'anthropic-messages': [
		{ type: 'message_start', message: { id: 'm', model: 'gpt-5.2', content: [], usage: { input_tokens: 7 } } },
		{ type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
		...halves('Hm well').map((thinking) => ({
			type: 'content_block_delta',
			index: 0,
			delta: { type: 'thinking_delta', thinking },
		})),
		{ type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'sig' } },
		{ type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
		...halves(TEXT).map((piece) => ({
			type: 'content_block_delta',
			index: 1,
			delta: { type: 'text_delta', text: piece },
		})),
		...calls.flatMap(({ name, town }, index) => [
			{
				type: 'content_block_start',
				index: index + 2,
				content_block: { type: 'tool_use', id: `id${index}`, name, input: {} },
			},
			...halves(JSON.stringify({ town })).map((partial_json) => ({
				type: 'content_block_delta',
				index: index + 2,
				delta: { type: 'input_json_delta', partial_json },
			})),
		]),
		{ type: 'ping' },
		{ type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 5 } },
		{ type: 'message_stop', credits_consumed: 0.5 },
	],
	gemini: [
		...halves('Hm well').map((piece) => ({
			candidates: [{ content: { parts: [{ text: piece, thought: true }] } }],
			modelVersion: 'gpt-5.2',
		})),
		...halves(TEXT).map((piece) => ({ candidates: [{ content: { parts: [{ text: piece }] } }] })),
		{
			candidates: [
				{
					content: {
						parts: calls.map(({ name, town }, index) => ({
							functionCall: { name, args: { town }, id: `id${index}` },
							thoughtSignature: `sig${index}`,
						})),
					},
					finishReason: 'STOP',
				},
			],
			usageMetadata: {
				promptTokenCount: 7,
				candidatesTokenCount: 5,
				totalTokenCount: 12,
				thinkingTokenCount: 2,
			},
			credits_consumed: 0.5,
		},
	],
};
const END: Record<ProtocolName, string> = {
	'openai-chat': 'data: [DONE]\n\n',
	'openai-responses': 'data: [DONE]\n\n',
	'anthropic-messages': '',
	gemini: '',
};

/** The result of a stream that arrives in these pieces. */
function readStream(name: ProtocolName, pieces: Uint8Array[], statusCode = 200) {
	const deltas: ChatDelta[] = [];
	const reader = replyReader(protocols[name], { statusCode, headers: {} }, (delta) => void deltas.push(delta));
	for (const piece of pieces) reader.push(piece);
	return { result: reader.finish(), deltas };
}

const textOf = (deltas: ChatDelta[], type: ChatDelta['type']) =>
	deltas
		.filter((delta) => delta.type === type)
		.map((delta) => delta.text)
		.join('');

describe.each(NAMES)('a stream of %s', (name) => {
	const { reasoningTokens, ...tokens } = usage;
	const fullReply = {
		kind: 'ok',
		reply: {
			text: TEXT,
			reasoning: 'Hm well',
			toolCalls: calls.map(({ name: functionName, town }, index) => ({
				id: `id${index}`,
				name: functionName,
				arguments: { town },
				...(name === 'gemini' && { signature: `sig${index}` }),
			})),
			...(name === 'anthropic-messages' && { thoughts: [{ type: 'thinking', thinking: 'Hm well', signature: 'sig' }] }),
			usage: name === 'anthropic-messages' ? tokens : { ...tokens, reasoningTokens },
			creditsConsumed: 0.5,
			model: 'gpt-5.2',
			finishReason: 'toolCalls',
			raw: expect.objectContaining({ credits_consumed: 0.5 }),
		},
	};

	it.each([
		['LF', '\n'],
		['CR', '\r'],
		['CRLF', '\r\n'],
	])('with %s is complete, wherever it is split', (_, newline) => {
		const bytes = Buffer.from(sse(streams[name], END[name].replaceAll('\n', newline), newline));
		// The results as JSON, because comparing each of them as an object would take a minute.
		const results = new Set(
			Array.from({ length: bytes.length + 1 }, (_none, at) => {
				const { result, deltas } = readStream(name, [bytes.subarray(0, at), bytes.subarray(at)]);
				return JSON.stringify({ result, text: textOf(deltas, 'text'), reasoning: textOf(deltas, 'reasoning') });
			}),
		);
		const expected = { result: fullReply, text: TEXT, reasoning: 'Hm well' };
		expect([...results].map((result) => JSON.parse(result))).toEqual([expected]);
	});

	it('is complete byte by byte, and without its end mark or last blank line', () => {
		const text = sse(streams[name], END[name]);
		const bytes = [...Buffer.from(text)].map((byte) => Uint8Array.of(byte));
		expect(readStream(name, bytes).result).toEqual(fullReply);
		expect(readStream(name, [Buffer.from(sse(streams[name]).trimEnd())]).result).toEqual(fullReply);
	});

	it('that stops early is a failure with the text so far', () => {
		const eventCount = streams[name].findIndex((event) => JSON.stringify(event).includes('not an event')) + 1;
		const { result } = readStream(name, [Buffer.from(sse(streams[name].slice(0, eventCount)))]);
		expect(result).toMatchObject({ kind: 'failed', failure: { kind: 'truncatedReply', text: TEXT } });
	});

	it('with an end mark but without a finish reason is a failure with the text so far', () => {
		const eventCount = streams[name].findIndex((event) => JSON.stringify(event).includes('not an event')) + 1;
		const { result } = readStream(name, [Buffer.from(sse(streams[name].slice(0, eventCount), 'data: [DONE]\n\n'))]);
		expect(result).toMatchObject({ kind: 'failed', failure: { kind: 'truncatedReply', text: TEXT } });
	});

	it('that is interrupted is a failure, unless the reply is complete', () => {
		const connectionLost = { kind: 'connectionLost', reason: 'aborted' } as const;
		const partialReader = replyReader(protocols[name], { statusCode: 200, headers: {} });
		partialReader.push(Buffer.from(sse(streams[name].slice(0, 4))));
		expect(partialReader.finish(connectionLost)).toMatchObject({ kind: 'failed', failure: connectionLost });
		const fullReader = replyReader(protocols[name], { statusCode: 200, headers: {} });
		fullReader.push(Buffer.from(sse(streams[name])));
		expect(fullReader.finish(connectionLost)).toMatchObject({ kind: 'ok' });
	});

	it.each([
		['in Kie’s format', { code: 500, msg: 'Server exception' }, 'serverError'],
		['for the rate limit', { code: 429, msg: 'Your call frequency is too high' }, 'rateLimited'],
		['in OpenAI’s format', { error: { message: 'no', type: 'invalid_request_error' } }, 'invalidInput'],
		['in Anthropic’s format', { type: 'error', error: { type: 'overloaded_error', message: 'no' } }, 'serverError'],
		[
			'of responses',
			{ type: 'response.failed', response: { error: { code: 'rate_limit_exceeded', message: 'no' } } },
			'rateLimited',
		],
		['without an object', { type: 'error', code: 'server_error', message: 'no' }, 'serverError'],
	])('fails for an error in it %s', (_, event, kind) => {
		const { result } = readStream(name, [Buffer.from(sse([...streams[name].slice(0, 4), event], END[name]))]);
		expect(result).toMatchObject({ kind: 'failed', failure: { kind } });
	});

	it('reports whether the reply has begun, so that it is not retried', () => {
		const fault = { code: 429, msg: 'Your call frequency is too high' };
		const first = readStream(name, [Buffer.from(sse([fault]))]).result;
		expect(first).toEqual({ kind: 'failed', failure: expect.not.objectContaining({ text: expect.anything() }) });
		const second = readStream(name, [Buffer.from(sse([...streams[name].slice(0, 1), fault]))]).result;
		expect(second).toEqual({ kind: 'failed', failure: expect.objectContaining({ text: '' }) });
	});

	it.each(['constructor', '__proto__', 'toString'])('ignores events and parts of the type %s', (type) => {
		const unknownEvents = [{ type }, { type: 'content_block_delta', index: 0, delta: { type } }];
		const [head, otherEvents] = [streams[name].slice(0, 1), streams[name].slice(1)];
		expect(readStream(name, [Buffer.from(sse([...head, ...unknownEvents, ...otherEvents], END[name]))]).result).toEqual(
			fullReply,
		);
		const result = readStream(name, [
			Buffer.from(sse([...head, { error: { type, code: type, message: 'no' } }])),
		]).result;
		expect(result).toMatchObject({ kind: 'failed', failure: { code: 500, reason: 'no' } });
	});

	it('fails for an event that is not JSON', () => {
		const { result } = readStream(name, [Buffer.from(`data: {"a":\n\n${sse(streams[name])}`)]);
		expect(result).toMatchObject({ kind: 'failed', failure: { kind: 'unexpectedResponse' } });
	});
});

it.each([
	['completed', true, undefined],
	['failed', false, 'truncatedReply'],
	['incomplete', true, undefined],
])(
	'a stream of openai-responses that completes as %s has that status, even if its response has none',
	(end, isOk, kind) => {
		const events = [
			{ type: 'response.created', response: { status: 'in_progress', output: [] } },
			{ type: 'response.output_text.delta', delta: 'pong' },
			{ type: `response.${end}`, response: {} },
		];
		const { result } = readStream('openai-responses', [Buffer.from(sse(events))]);
		expect(result).toMatchObject(isOk ? { kind: 'ok' } : { kind: 'failed', failure: { kind, text: 'pong' } });
	},
);

describe('plain replies', () => {
	const read = (name: ProtocolName, body: unknown, statusCode = 200) =>
		readStream(name, [Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))], statusCode).result;

	it('are read in every protocol', () => {
		const message = { role: 'assistant', content: 'pong' };
		expect(
			read('openai-chat', { choices: [{ finish_reason: 'stop', message }], credits_consumed: '0.01' }),
		).toMatchObject({ kind: 'ok', reply: { text: 'pong', finishReason: 'stop', creditsConsumed: 0.01 } });
		const output = [
			{ type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm' }] },
			{ type: 'message', content: [{ type: 'output_text', text: 'pong' }] },
		];
		expect(read('openai-responses', { status: 'completed', error: null, output })).toMatchObject({
			kind: 'ok',
			reply: { text: 'pong', reasoning: 'Hm', finishReason: 'stop' },
		});
		expect(
			read('anthropic-messages', { content: [{ type: 'text', text: 'pong' }], stop_reason: 'end_turn' }),
		).toMatchObject({
			kind: 'ok',
			reply: { text: 'pong', finishReason: 'stop' },
		});
		const candidates = [{ content: { parts: [{ text: 'pong' }] }, finishReason: 'STOP' }];
		expect(read('gemini', { candidates })).toMatchObject({
			kind: 'ok',
			reply: { text: 'pong', finishReason: 'stop' },
		});
	});

	it('of openai-responses are truncated for any reason that is not known', () => {
		const output = [{ type: 'message', content: [{ text: 'po' }] }];
		const body = { status: 'incomplete', incomplete_details: { reason: 'max_time' }, output };
		expect(read('openai-responses', body)).toMatchObject({ kind: 'ok', reply: { text: 'po', finishReason: 'length' } });
	});

	it('can have a finish reason that every object has as a name', () => {
		const message = { role: 'assistant', content: 'pong' };
		expect(read('openai-chat', { choices: [{ finish_reason: 'constructor', message }] })).toMatchObject({
			reply: { text: 'pong', finishReason: 'other' },
		});
	});

	it('can lack some token counts', () => {
		const candidates = [{ content: { parts: [{ text: 'pong' }] }, finishReason: 'STOP' }];
		expect(read('gemini', { candidates, usageMetadata: { promptTokenCount: 7, totalTokenCount: 9 } })).toMatchObject({
			kind: 'ok',
			reply: { text: 'pong', usage: { inputTokens: 7, totalTokens: 9 } },
		});
	});

	it('can be a list of events', () => {
		expect(read('gemini', streams.gemini)).toMatchObject({ kind: 'ok', reply: { text: TEXT, creditsConsumed: 0.5 } });
	});

	it.each<[string, ProtocolName, unknown, string]>([
		['no text', 'openai-chat', { choices: [{ message: { content: '' }, finish_reason: 'stop' }] }, 'emptyReply'],
		['no output', 'openai-responses', { status: 'completed', output: [] }, 'emptyReply'],
		['no content', 'anthropic-messages', { content: [], stop_reason: 'end_turn' }, 'emptyReply'],
		['no parts', 'gemini', { candidates: [{ finishReason: 'STOP' }] }, 'emptyReply'],
		[
			'no tokens',
			'openai-chat',
			{ choices: [{ message: { content: 'po' } }], usage: { prompt_tokens: 0, completion_tokens: 0 } },
			'truncatedReply',
		],
		[
			'a filter',
			'openai-chat',
			{ choices: [{ message: { content: 'po' }, finish_reason: 'content_filter' }] },
			'refused',
		],
		['a filter', 'gemini', { candidates: [], promptFeedback: { blockReason: 'SAFETY' } }, 'refused'],
		['a refusal', 'anthropic-messages', { content: [{ type: 'text', text: 'No' }], stop_reason: 'refusal' }, 'refused'],
		[
			'a truncated call',
			'openai-chat',
			{ choices: [{ message: { tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{"a":' } }] } }] },
			'truncatedReply',
		],
		[
			'a failed response',
			'openai-responses',
			{ status: 'failed', error: { code: 'server_error', message: 'x' }, output: [] },
			'serverError',
		],
		[
			'a failed response with text',
			'openai-responses',
			{ status: 'failed', error: null, output: [{ type: 'message', content: [{ text: 'po' }] }] },
			'truncatedReply',
		],
		['only thoughts', 'openai-chat', { choices: [{ message: {}, finish_reason: 'length' }] }, 'tokenLimit'],
		[
			'only thoughts',
			'anthropic-messages',
			{ content: [{ type: 'thinking', thinking: 'Hm' }], stop_reason: 'max_tokens' },
			'tokenLimit',
		],
		[
			'a call that reaches the token limit',
			'openai-chat',
			{
				choices: [
					{ message: { tool_calls: [{ function: { name: 'f', arguments: '{"a":' } }] }, finish_reason: 'length' },
				],
			},
			'tokenLimit',
		],
		['a code', 'openai-chat', { code: 401, msg: 'Unauthorized' }, 'unauthorized'],
		['a success code without choices', 'openai-chat', { code: 200, msg: 'success', data: {} }, 'unexpectedResponse'],
		['an error', 'gemini', { error: { code: 429, message: 'slow down' } }, 'rateLimited'],
		['a web page', 'gemini', '<html><title>502 Bad Gateway</title></html>', 'unexpectedResponse'],
		['truncated JSON', 'gemini', '{"candidates":[{"con', 'unexpectedResponse'],
		['nothing', 'gemini', '', 'unexpectedResponse'],
		['null', 'gemini', 'null', 'truncatedReply'],
	])('with %s (%s) are failures', (_, name, body, kind) => {
		expect(read(name, body)).toMatchObject({ kind: 'failed', failure: { kind } });
	});

	it.each<[number, unknown, string, string]>([
		[401, { error: { message: 'bad key', type: 'authentication_error' } }, 'unauthorized', 'bad key'],
		[429, { error: { message: 'slow down', type: 'rate_limit_error' } }, 'rateLimited', 'slow down'],
		[500, { code: 500, msg: 'Server exception', data: null }, 'serverError', 'Server exception'],
		[502, '<html><body>Bad Gateway</body></html>', 'serverError', 'Bad Gateway'],
		[503, 'data: {}', 'serverError', 'data: {}'],
	])('with HTTP %d are failures', (status, body, kind, reason) => {
		expect(read('openai-chat', body, status)).toMatchObject({
			kind: 'failed',
			failure: { kind, code: status, reason },
		});
	});

	it('give each call its own ID if Kie sends none', () => {
		const parts = [1, 2].map((town) => ({ functionCall: { name: 'f', args: { town } } }));
		const result = read('gemini', { candidates: [{ content: { parts }, finishReason: 'STOP' }] });
		const ids = result.kind === 'ok' ? result.reply.toolCalls.map(({ id }) => id) : [];
		expect(new Set(ids).size).toBe(2);
	});
});
