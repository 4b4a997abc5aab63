import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { chatModels } from '../../nodes/shared/chat/chatModels';
import type { ChatModel, ProtocolName } from '../../nodes/shared/chat/chatTypes';
import type { FaultKind, Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import type { Ask, LangChainAnswer, LangChainModel } from './asker';
import { askModel, modelParameters } from './asker';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** Every chat model as an agent uses it: through n8n's SDK and LangChain, in n8n's engine, against the simulator. */

const hello = [
	{ role: 'system' as const, content: 'You know foxes.' },
	{ role: 'user' as const, content: 'Tell me of foxes in the snow' },
];

const paint = {
	type: 'function',
	function: {
		name: 'paint',
		description: 'Generates an image',
		parameters: {
			$schema: 'http://json-schema.org/draft-07/schema#',
			type: 'object',
			properties: { prompt: { type: 'string', description: 'What it shows' } },
			required: ['prompt'],
			additionalProperties: false,
		},
	},
};

const invoke = async (model: LangChainModel): Promise<IDataObject> => ({ text: (await model.invoke(hello)).text });

/** The pieces of a streamed reply, and the reply that LangChain builds from them. */
async function stream(model: LangChainModel, messages = hello) {
	const pieces: string[] = [];
	let reply: LangChainAnswer | undefined;
	for await (const chunk of await model.stream(messages)) {
		if (chunk.text !== '') pieces.push(chunk.text);
		reply = reply?.concat(chunk) ?? chunk;
	}
	return { pieces, text: pieces.join(''), calls: reply?.tool_calls ?? [] };
}

/** n8n's agent passes a model's calls back one by one, without the rest of the reply and with the ID among the arguments. */
function withResults(calls: NonNullable<LangChainAnswer['tool_calls']>, result: (prompt: unknown) => string) {
	return calls.flatMap(({ id = '', name, args }) => [
		{ role: 'assistant' as const, content: [], tool_calls: [{ id, name, args: { ...args, id }, type: 'tool_call' }] },
		{ role: 'tool' as const, content: result(args.prompt), tool_call_id: id },
	]);
}

const protocols: ProtocolName[] = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini'];
const first = (protocol: ProtocolName): ChatModel | undefined =>
	chatModels.find(
		(model) => model.protocol === protocol && model.capabilities.tools !== false && model.capabilities.tools,
	);

const onePerProtocol = protocols.map((protocol) => [protocol, first(protocol)?.id ?? ''] as const);
const withTools = chatModels.filter(({ capabilities }) => capabilities.tools).map(({ id }) => id);

describe('Kie Chat Model', () => {
	let kie: Simulator;
	// The first call loads LangChain and n8n's tokenizer, which takes longer than a cancellation may.
	beforeAll(async () => {
		const kie = await startSimulator();
		await askModel(kie, modelParameters('gpt-5-5'), invoke);
		await kie.close();
	});
	// Each test has its own Kie, because the rate limit counts by account.
	beforeEach(async () => (kie = await startSimulator()));
	afterEach(async () => await kie.close());
	const rejections = () => kie.requests.flatMap(({ rejection: reason }) => (reason === undefined ? [] : [reason]));

	describe.each(chatModels.map(({ id }) => id))('%s', (id) => {
		it('replies, with the tokens that Kie counted', async () => {
			const { json, calls, error } = await askModel(kie, modelParameters(id), invoke);
			expect([error, rejections()]).toEqual([undefined, []]);
			expect(json.text).toContain('Tell me of foxes in the snow');
			expect(json.text).toContain('You know foxes.');
			expect(calls).toEqual([expect.objectContaining({ tokenUsage })]);
		});

		it('streams the same reply, with the same tokens', async () => {
			const invoked = await askModel(kie, modelParameters(id), invoke);
			const { json, calls, error } = await askModel(kie, modelParameters(id), stream);
			expect(error).toBeUndefined();
			expect(json.text).toBe(invoked.json.text);
			expect(calls[0]?.tokenUsage).toEqual(invoked.calls[0]?.tokenUsage);
			expect(calls[0]?.tokenUsageEstimate).toBeUndefined();
		});
	});

	describe.each(withTools)('%s and tools', (id) => {
		it('calls a tool and replies with its result', async () => {
			const { json, error } = await askModel(kie, modelParameters(id), async (model) => {
				const bound = model.bindTools([paint]);
				const userMessage = { role: 'user' as const, content: 'Generate an image of a fox' };
				const answer = await bound.invoke([userMessage]);
				const toolCalls = answer.tool_calls ?? [];
				const results = withResults(toolCalls, () => '[{"url":"https://example.com/fox.png"}]');
				return { called: toolCalls, text: (await bound.invoke([userMessage, ...results])).text };
			});
			expect([error, rejections()]).toEqual([undefined, []]);
			expect(json.called).toEqual([expect.objectContaining({ name: 'paint', args: { prompt: promptWithFox } })]);
			expect(json.text).toContain('https://example.com/fox.png');
		});
	});

	describe.each(onePerProtocol)('%s', (_protocol, id) => {
		it('streams in pieces', async () => {
			const { json } = await askModel(kie, modelParameters(id), stream);
			expect(Object(json.pieces).length).toBeGreaterThan(2);
		});

		it('calls tools in parallel while streaming, then another one', async () => {
			const prompt =
				'call paint with {"prompt":"one"} and call paint with {"prompt":"two"} then call paint with {"prompt":"three"}';
			const { json, error } = await askModel(kie, modelParameters(id), async (model) => {
				const bound = model.bindTools([paint]);
				const userMessage = [{ role: 'user' as const, content: prompt }];
				const parallelCalls = (await stream(bound, userMessage)).calls;
				const messages = withResults(parallelCalls, (prompt) => `made ${String(prompt)}`);
				const next = (await bound.invoke([...userMessage, ...messages])).tool_calls ?? [];
				const conversation = [...messages, ...withResults(next, (prompt) => `made ${String(prompt)}`)];
				return {
					calls: [...parallelCalls, ...next],
					text: (await bound.invoke([...userMessage, ...conversation])).text,
				};
			});
			expect([error, rejections()]).toEqual([undefined, []]);
			expect(json.calls).toMatchObject(['one', 'two', 'three'].map((prompt) => ({ name: 'paint', args: { prompt } })));
			expect(json.text).toMatch(/made one.*made two.*made three/);
		});

		it('replies in JSON that matches a schema, which n8n’s chains parse', async () => {
			const schema = { type: 'object', properties: { animal: { type: 'string' } }, required: ['animal'] };
			const options = { outputFormat: 'jsonSchema', outputSchema: JSON.stringify(schema) };
			const { json, error } = await askModel(kie, modelParameters(id, options), async (model) => ({
				...(await invoke(model)),
				mark: model.metadata?.output_format,
			}));
			expect(error).toBeUndefined();
			expect(json.mark).toBe('json');
			const [chat] = kie.chats();
			expect(JSON.stringify(chat?.body)).toContain('animal');
		});

		it('receives an image from the agent by URL', async () => {
			const content = [
				{ type: 'text', text: 'What is this?' },
				{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
			];
			const { json, error } = await askModel(kie, modelParameters(id), async (model) => ({
				text: (await model.invoke([{ role: 'user', content }])).text,
			}));
			expect(error).toBeUndefined();
			expect(kie.uploads).toMatchObject([{ fileSize: 8, mimeType: 'image/png' }]);
			expect(JSON.stringify(kie.chats()[0]?.body)).toContain(kie.uploads[0]?.downloadUrl);
			expect(json.text).toContain('with 1 file');
		});

		const faults: Array<[string, FaultKind, string]> = [
			['an error behind HTTP 200', { kind: 'code', code: 402 }, 'Not enough Kie.ai credits'],
			['a rejected key', { kind: 'status', status: 401 }, 'Kie.ai rejected the API key'],
			['a lost connection', { kind: 'drop-after' }, 'The connection to Kie.ai was lost'],
			['a connection lost during the reply', { kind: 'cut' }, 'The connection to Kie.ai was lost'],
			['a reply that reaches the token limit', { kind: 'length' }, 'The model response reached the token limit'],
			['an empty reply', { kind: 'no-answer' }, 'The model returned an empty response'],
		];
		const streamFaults: typeof faults = [
			['an error in the stream', { kind: 'stream-error' }, 'Kie.ai could not process the request'],
			['an incomplete stream', { kind: 'no-end' }, 'The model response was truncated'],
		];
		const failsWith = async (ask: Ask, fault: FaultKind, message: string) => {
			kie.inject({ ...fault, on: 'chat' });
			const { error, stored, logged } = await askModel(kie, modelParameters(id), ask);
			expect(kie.chats()).toHaveLength(1);
			expect(error).toMatchObject({ name: 'NodeApiError', message: expect.stringContaining(message) });
			expect(stored + logged).not.toContain(kie.apiKey);
		};
		it.each(faults)('reports %s, and sends nothing twice', async (_name, fault, message) => {
			await failsWith(invoke, fault, message);
		});
		it.each([...faults, ...streamFaults])('reports %s while it streams', async (_name, fault, message) => {
			await failsWith(stream, fault, message);
		});

		it('retries after a rate limit', async () => {
			kie.inject({ on: 'chat', kind: 'code', code: 429 });
			const { error } = await askModel(kie, modelParameters(id), invoke);
			expect(error).toBeUndefined();
			expect(kie.chats()).toHaveLength(2);
		});

		it.each(['plain', 'streamed'])('stops immediately if the execution is canceled, %s', async (how) => {
			kie.inject({ on: 'chat', kind: 'slow', ms: 2_500 });
			const { seconds, json } = await askModel(kie, modelParameters(id), how === 'plain' ? invoke : stream, {
				stopAfterMs: 500,
			});
			expect(seconds).toBeLessThan(2);
			expect(json).toEqual({});
			expect(kie.chats()).toHaveLength(1);
		});
	});

	const turns: Array<[string, string, INodeParameters, RegExp]> = [
		['Gemini’s signature', 'gemini-3-6-flash', {}, /"thoughtSignature":"[\w+/=]{8,}"/],
		['Claude’s thoughts', 'claude-sonnet-4-6', { thinking: true }, /"type":"thinking",.*"signature":"[\w+/=]{8,}"/],
	];
	it.each(turns)('sends %s back with the calls', async (_name, id, options, metadata) => {
		const prompt = 'call paint with {"prompt":"one"} and call paint with {"prompt":"two"}';
		await askModel(kie, modelParameters(id, options), async (model) => {
			const bound = model.bindTools([paint]);
			const userMessage = [{ role: 'user' as const, content: prompt }];
			const results = withResults((await bound.invoke(userMessage)).tool_calls ?? [], () => 'made');
			return { text: (await bound.invoke([...userMessage, ...results])).text };
		});
		const [callRequest, resultRequest] = kie.chats().map(({ body }) => JSON.stringify(body));
		expect(callRequest).not.toMatch(metadata);
		expect(resultRequest).toMatch(metadata);
		expect(resultRequest).not.toContain('#kie=');
		expect(rejections()).toEqual([]);
	});

	it('rejects what the model does not support before anything is sent', async () => {
		const { error } = await askModel(kie, modelParameters('gpt-5-5', { temperature: 0.5 }), invoke);
		expect(error?.message).toContain("GPT 5.5 does not support 'Sampling Temperature'");
		expect(kie.requests).toEqual([]);
	});

	it('rejects a file that the model does not support before it is uploaded', async () => {
		const pdf = { type: 'file', source_type: 'base64', mime_type: 'application/pdf', data: 'JVBERi0=' };
		const content = [{ ...pdf, metadata: { filename: 'a.pdf' } }];
		const reading = async (model: LangChainModel) => ({ text: (await model.invoke([{ role: 'user', content }])).text });
		const { error } = await askModel(kie, modelParameters('gpt-5-2'), reading);
		expect(error?.message).toContain('GPT 5.2 does not support documents');
		expect(kie.requests).toEqual([]);
		expect((await askModel(kie, modelParameters('gpt-5-5'), reading)).json.text).toContain('with 1 file');
		expect(kie.uploads).toMatchObject([{ mimeType: 'application/pdf' }]);
	});

	it.each(['http://169.254.169.254/latest/meta-data', 'file:///etc/passwd'])(
		'rejects an image that Kie.ai cannot get from the web: %s',
		async (url) => {
			const content = [{ type: 'image_url', image_url: { url } }];
			const { error } = await askModel(kie, modelParameters('gpt-5-5'), async (model) => ({
				text: (await model.invoke([{ role: 'user', content }])).text,
			}));
			const message = `'Messages' must be a public URL that starts with http:// or https:// (got ${url})`;
			expect(error?.message).toBe(message);
			expect(kie.requests).toEqual([]);
		},
	);

	it('reports content that n8n drops', async () => {
		const content = [{ type: 'hologram', hologram: 'data' }];
		const { error } = await askModel(kie, modelParameters('gpt-5-5'), async (model) => ({
			text: (await model.invoke([{ role: 'user', content }])).text,
		}));
		expect(error?.message).toContain('has content that n8n does not pass to chat models');
		expect(kie.requests).toEqual([]);
	});

	it('sends each tool once, and a tool without arguments', async () => {
		const withoutArguments = {
			name: 'ping',
			description: 'Pings',
			schema: { safeParse: () => ({}) },
			invoke: () => '',
		};
		await askModel(kie, modelParameters('gpt-5-5'), async (model) => {
			// As n8n's agent does when it forces a call.
			const bound = model.bindTools([paint, withoutArguments]).bindTools([paint, withoutArguments]);
			return { text: (await bound.invoke(hello)).text };
		});
		expect(kie.chats()[0]?.body).toMatchObject({
			tools: [{ name: 'paint' }, { name: 'ping', parameters: { type: 'object', properties: { input: {} } } }],
		});
	});

	it('accepts a custom model, and an unlisted ID', async () => {
		const custom = {
			model: { __rl: true, mode: 'list', value: 'customModel' },
			customPath: '/codex/v1/responses',
			customProtocol: 'openai-responses',
			customModelId: 'gpt-5-6-sol',
		};
		expect((await askModel(kie, custom, invoke)).json.text).toContain('gpt-5-6-sol heard');
		const newer = await askModel(kie, { model: { __rl: true, mode: 'id', value: 'claude-opus-9' } }, invoke);
		expect(newer.error?.message).toContain('The model is not supported');
		expect(kie.chats().at(-1)?.path).toBe('/claude/v1/messages');
	});

	it('sends the options', async () => {
		const options = { temperature: 0.2, topP: 0.9, maxTokens: 100, thinking: true };
		await askModel(kie, modelParameters('claude-sonnet-4-6', options), invoke);
		expect(kie.chats()[0]?.body).toMatchObject({
			temperature: 0.2,
			top_p: 0.9,
			max_tokens: 100,
			thinkingFlag: true,
		});
	});
});

const promptWithFox = expect.stringContaining('fox');
const tokenUsage = {
	promptTokens: expect.any(Number),
	completionTokens: expect.any(Number),
	totalTokens: expect.any(Number),
};
