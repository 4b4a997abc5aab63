import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { ExecuteContext } from 'n8n-core';
import type { IExecuteFunctions, INodeParameters, INodeType } from 'n8n-workflow';

import { isObject } from '../../nodes/shared/json';
import type { Json } from '../../nodes/shared/json';
import { KieChat } from '../../nodes/KieChat/KieChat.node';
import { describeRecorded, recordedExchanges } from '../facts';
import type { FaultKind, Simulator } from '../simulator';
import { mediaFile, startSimulator } from '../simulator';
import type { RunOptions, RunResult, TestFile } from './engine';
import { failureOf, runNode } from './engine';
import { listen } from './listen';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** Runs of Kie Chat: many items, files, faults, stopping. What each model takes is in chat.test.ts. */

/** A key for every run, because the node paces what it sends with one. */
const apiKeys = Array.from({ length: 200 }, (_, index) => `key-of-run-that-nobody-may-see-${index}`);
let runs = 0;

let kie: Simulator;
beforeAll(async () => (kie = await startSimulator({ rate: false, apiKeys })));
afterAll(async () => await kie.close());
beforeEach(() => kie.reset());

type Asked = Partial<Omit<RunOptions, 'parameters'>> & { parameters?: INodeParameters; options?: INodeParameters };

const locator = (value: string): INodeParameters => ({ __rl: true, mode: 'id', value });

async function ask({ parameters, options, credentials, ...run }: Asked): Promise<RunResult> {
	return await runNode(kie, {
		node: new KieChat(),
		parameters: {
			model: locator('gemini-3-pro'),
			specifyMessages: 'fields',
			messages: { values: [{ role: 'user', text: '={{ $json.say ?? "Hello" }}' }] },
			outputFormat: 'text',
			...parameters,
			options: { ...options },
		},
		credentials: { apiKey: apiKeys[runs++ % apiKeys.length], ...credentials },
		...run,
	});
}

const jsonOf = ({ items }: RunResult, index = 0): Record<string, unknown> => Object(items[index]?.json);
const bodyOf = (index = -1): Record<string, unknown> => Object(kie.chats().at(index)?.body);
const inject = (fault: FaultKind, more: { times?: number; skip?: number } = {}) =>
	kie.inject({ on: 'chat', ...fault, ...more });
const json = (messages: Json): INodeParameters => ({
	specifyMessages: 'json',
	messagesJson: JSON.stringify(messages),
});
const says = (...texts: string[]) => texts.map((say) => ({ json: { say } }));

describe('items', () => {
	it('come out in order, paired, whatever the order of the answers', async () => {
		inject({ kind: 'slow', ms: 300 });
		const texts = Array.from({ length: 12 }, (_, index) => `number ${index}`);
		const result = await ask({ items: says(...texts) });
		expect(result.items.map(({ json: { text } }) => /number \d+/.exec(String(text))?.[0])).toEqual(texts);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(texts.map((_, item) => ({ item })));
	});

	it('are all checked before anything is sent', async () => {
		const result = await ask({ items: says('Hello', '', 'Hello') });
		expect(result.error?.message).toBe("'Messages' must contain a user message [item 1]");
		expect(kie.chats()).toHaveLength(0);
	});

	it('go on without the one that fails', async () => {
		inject({ kind: 'code', code: 500 }, { skip: 1 });
		const result = await ask({ items: says('a', '', 'b', 'c'), settings: { onError: 'continueErrorOutput' } });
		expect(result.items).toHaveLength(2);
		expect(result.errorItems.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, expect.anything()]);
		const failed = failureOf({ items: result.errorItems }, 1);
		expect(failed.error).toMatch(/could not process the request: .* \[item \d\]$/);
		expect(failed.description).toMatch(/may have charged/);
	});

	it('that are answered are spoken of when another ends the run, and no more are asked', async () => {
		inject({ kind: 'code', code: 422 }, { skip: 5 });
		const result = await ask({ items: says(...Array.from({ length: 40 }, (_, index) => `${index}`)) });
		expect(result.error?.message).toMatch(/rejected the input.* \[item \d+\]$/);
		expect(result.error?.description).toMatch(/\d+ other responses? w(as|ere) received and charged\..*'On Error'/);
		// Those that were on their way when the run ended still arrive.
		await sleep(200);
		expect(kie.chats().length).toBeLessThan(20);
	});

	it('that are under way when another ends the run come to their end, because they are paid for', async () => {
		inject({ kind: 'code', code: 422 });
		inject({ kind: 'slow', ms: 300 });
		const result = await ask({ items: says('a', 'b') });
		expect(result.error?.message).toMatch(/rejected the input/);
		expect(result.error?.description).toMatch(/1 other response was received and charged\./);
	});
});

describe('Retry On Fail', () => {
	const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('asks again for what has no answer, and for nothing else', async () => {
		inject({ kind: 'slow', ms: 300 });
		inject({ kind: 'code', code: 500 }, { skip: 2 });
		const result = await ask({ items: says('a', 'b', 'c'), settings });
		expect(result.error).toBeUndefined();
		expect(result.items.map(({ json: { text } }) => /“(.)”/.exec(String(text))?.[1])).toEqual(['a', 'b', 'c']);
		expect(kie.chats()).toHaveLength(4);
	});

	it('asks nothing twice where the first item cannot be asked at all', async () => {
		const result = await ask({
			items: says('', 'b', 'c'),
			settings: { ...settings, onError: 'continueRegularOutput' },
		});
		expect(result.items.map(({ json: { text } }) => typeof text)).toEqual(['undefined', 'string', 'string']);
		expect(kie.chats()).toHaveLength(2);
	});

	it('keeps what is answered with Continue On Fail too', async () => {
		inject({ kind: 'code', code: 500 });
		const result = await ask({
			items: says('a', 'b', 'c'),
			settings: { ...settings, onError: 'continueRegularOutput' },
		});
		expect(result.items.map(({ json: { text } }) => typeof text)).toEqual(['string', 'string', 'string']);
		expect(kie.chats()).toHaveLength(4);
	});
});

/** Kie Chat in a chat that streams; what comes there is put into `heard`. */
function streamingNode(heard: string[]): INodeType {
	const node = new KieChat();
	return {
		description: node.description,
		async execute(this: IExecuteFunctions) {
			if (!(this instanceof ExecuteContext)) throw new Error('This is no context of n8n-core');
			this.additionalData.streamingEnabled = true;
			this.additionalData.hooks?.addHandler('sendChunk', ({ type, content = '' }) => {
				if (type === 'item') heard.push(content);
			});
			return await node.execute.call(this);
		},
	};
}

describe('a chat that streams', () => {
	it('has the answer in pieces', async () => {
		const heard: string[] = [];
		const result = await ask({ node: streamingNode(heard) });
		expect(heard.length).toBeGreaterThan(2);
		expect(heard.join('')).toBe(jsonOf(result).text);
	});

	it.each<[string, string, FaultKind | undefined]>([
		['cannot stream', 'gpt-5-2', undefined],
		['does not stream', 'claude-sonnet-5', { kind: 'whole' }],
	])('has the answer of a model that %s', async (_, model, fault) => {
		const heard: string[] = [];
		if (fault) inject(fault);
		const result = await ask({ node: streamingNode(heard), parameters: { model: locator(model) } });
		expect(jsonOf(result).text).toMatch(/heard/);
		expect(heard).toEqual([jsonOf(result).text]);
	});
});

describe('the output', () => {
	it('is Kie’s whole answer when it is not simplified, also of a stream', async () => {
		const result = await ask({ options: { simplify: false } });
		expect(bodyOf().stream).toBe(true);
		expect(jsonOf(result)).toMatchObject({
			id: expect.stringMatching(/^chatcmpl/),
			choices: [{ message: { role: 'assistant', content: expect.stringMatching(/heard/) }, finish_reason: 'stop' }],
			usage: { prompt_tokens: expect.any(Number) },
			credits_consumed: expect.any(Number),
		});
	});

	it('has no empty error, which n8n could take for a failure', async () => {
		const answer = {
			id: 'r',
			status: 'completed',
			error: null,
			output: [{ type: 'message', content: [{ type: 'output_text', text: 'pong' }] }],
		};
		const server = createServer((_, response) => void response.end(JSON.stringify(answer)));
		try {
			const result = await ask({
				parameters: { model: locator('gpt-5-5') },
				options: { simplify: false },
				credentials: { baseUrl: await listen(server) },
			});
			expect(jsonOf(result)).toEqual({ id: 'r', status: 'completed', output: answer.output });
		} finally {
			server.closeAllConnections();
			server.close();
		}
	});

	it('has the thoughts where they are asked for', async () => {
		for (const model of ['gemini-3-pro', 'gemini-3-7-flash', 'claude-sonnet-5']) {
			const result = await ask({ parameters: { model: locator(model) }, options: { thinking: true } });
			expect(jsonOf(result)).toMatchObject({ reasoning: expect.stringMatching(/wants to know/) });
			expect(String(jsonOf(result).text)).not.toMatch(/wants to know/);
		}
	});

	it('has what Claude wants back with the results of its calls', async () => {
		const tools = JSON.stringify([{ name: 'f', parameters: { type: 'object', properties: {} } }]);
		const [say, model, options] = ['call f with {}', locator('claude-sonnet-5'), { tools, thinking: true }];
		const { toolCalls, thoughts } = jsonOf(await ask({ parameters: { model }, items: says(say), options }));
		expect(thoughts).toEqual([{ type: 'thinking', thinking: expect.any(String), signature: expect.any(String) }]);
		const messagesJson = JSON.stringify([
			{ role: 'user', content: say },
			{ role: 'assistant', tool_calls: toolCalls, thoughts },
			{ role: 'tool', tool_call_id: Object(toolCalls)[0].id, content: 'done' },
		]);
		await ask({ parameters: { model, specifyMessages: 'json', messagesJson }, options });
		expect(Object(bodyOf().messages)[1].content).toEqual([
			...Object(thoughts),
			{ type: 'tool_use', id: Object(toolCalls)[0].id, name: 'f', input: {} },
		]);
	});

	it('says that it was cut where the user has set the length', async () => {
		const parameters = { model: locator('claude-sonnet-5') };
		const result = await ask({ parameters, options: { maxTokens: 2 } });
		expect(jsonOf(result)).toMatchObject({ finishReason: 'length', text: expect.stringMatching(/^claude-sonnet-5/) });
		const cut = await ask({ parameters: { ...parameters, outputFormat: 'json' }, options: { maxTokens: 2 } });
		expect(cut.error?.message).toMatch(/^The model response was truncated: claude.* \[item 0\]$/);
	});

	it('that is too long, or not the JSON that was asked for, is whole in the error', async () => {
		const items = says('word '.repeat(3000));
		inject({ kind: 'length' });
		const cut = await ask({ items });
		expect(cut.error?.message).toBe('The model response reached the token limit [item 0]');
		expect(cut.error?.description).toMatch(/'Max.*Tokens'.*Received so far: gemini-3-pro heard “(word ){1500}/);
		const none = await ask({ items, parameters: { model: locator('gpt-5-5'), outputFormat: 'json' } });
		expect(none.error?.description).toMatch(/Response: gpt-5-5 heard “(word ){2999}/);
	});

	it('has the parsed JSON of any form', async () => {
		const result = await ask({ parameters: { model: locator('grok-4-7'), outputFormat: 'json' } });
		expect(jsonOf(result).json).toEqual({ answer: 'Hello' });
		expect(bodyOf().text).toEqual({ format: { type: 'json_object' } });
	});

	it('takes a schema in OpenAI’s form, and refuses one that is none', async () => {
		const jsonSchema = JSON.stringify({ name: 'town', schema: { type: 'object', properties: {} } });
		await ask({ parameters: { outputFormat: 'jsonSchema', jsonSchema } });
		expect(bodyOf().response_format).toEqual({
			type: 'json_schema',
			json_schema: { name: 'town', schema: { type: 'object', properties: {} } },
		});
		const wrong = await ask({ parameters: { outputFormat: 'jsonSchema', jsonSchema: '[1' } });
		expect(wrong.error?.message).toBe("'JSON Schema' is not valid JSON [item 0]");
	});
});

describe('messages', () => {
	const png: TestFile = { data: mediaFile('fox.png')!.bytes, name: 'fox.png', type: 'image/png' };
	const pdf: TestFile = { data: Buffer.from('%PDF-1.4'), name: 'report.pdf', type: 'application/pdf' };
	const message = (more: INodeParameters) => ({ messages: { values: [{ role: 'user', text: 'See', ...more }] } });

	it('carry binary fields by way of the File Upload API', async () => {
		const result = await ask({
			parameters: {
				model: locator('claude-sonnet-5'),
				...message({ images: 'data', files: 'doc, https://a.b/c.pdf' }),
			},
			items: [{ files: { data: png, doc: pdf } }],
		});
		expect(result.error).toBeUndefined();
		const [image, document] = ['image/png', 'application/pdf'].map(
			(type) => kie.uploads.find(({ mimeType }) => mimeType === type)?.downloadUrl ?? 'not uploaded',
		);
		expect(bodyOf().messages).toEqual([
			{
				role: 'user',
				content: [
					{ type: 'text', text: 'See' },
					{ type: 'image', source: { type: 'url', url: image } },
					{ type: 'document', source: { type: 'url', url: document } },
					{ type: 'document', source: { type: 'url', url: 'https://a.b/c.pdf' } },
				],
			},
		]);
	});

	it.each([
		[{ town: 'Bern' }, '{"town":"Bern"}'],
		[['a', 1], '["a",1]'],
		[true, 'true'],
		[0, '0'],
	])('say what an expression gives: %j', async (say, said) => {
		await ask({ items: [{ json: { say } }], parameters: message({ text: '={{ $json.say }}' }) });
		expect(bodyOf().messages).toEqual([{ role: 'user', content: said }]);
	});

	it('with the result of a function need its name only where no call says it', async () => {
		const model = locator('gemini-3-7-flash');
		const call = { id: 'a', function: { name: 'weather', arguments: '{}' } };
		const result = { role: 'tool', tool_call_id: 'a', content: 'cold' };
		const user = { role: 'user', content: 'Weather?' };
		await ask({ parameters: { model, ...json([user, { role: 'assistant', tool_calls: [call] }, result]) } });
		expect(JSON.stringify(bodyOf().contents)).toContain('"functionResponse":{"name":"weather"');
		const unknown = await ask({ parameters: { model, ...json([user, result]) } });
		expect(unknown.error?.message).toBe("Message 2 in 'Messages' is a tool result without 'name' [item 0]");
	});

	it('with a file that the protocol has no place for are refused before anything is uploaded', async () => {
		const messages: Json = [
			{ role: 'user', content: 'See' },
			{ role: 'system', content: 'Like this', images: 'data' },
		];
		const result = await ask({
			parameters: { model: locator('claude-sonnet-5'), ...json(messages) },
			items: [{ files: { data: png } }],
		});
		expect(result.error?.message).toBe(
			"Message 2 in 'Messages' has a file, but Claude Sonnet 5 does not support files in system messages [item 0]",
		);
		expect(kie.requests).toHaveLength(0);
	});

	it('name the type of a file where the protocol wants it', async () => {
		await ask({
			parameters: { model: locator('gemini-3-7-flash'), ...message({ files: 'doc' }) },
			items: [{ files: { doc: pdf } }],
		});
		expect(JSON.stringify(bodyOf().contents)).toContain('"mime_type":"application/pdf"');
	});

	it('with what is no file, or a kind that the model does not take, are refused before anything is sent', async () => {
		const none = await ask({ parameters: message({ images: 'photo' }), items: [{ files: { data: png } }] });
		expect(none.error?.message).toBe(
			"'Images' must be a URL or the name of a binary field (got photo, available: data) [item 0]",
		);
		const kind = await ask({
			parameters: { model: locator('gpt-5-2'), ...message({ files: 'doc' }) },
			items: [{ files: { doc: pdf } }],
		});
		expect(kind.error?.message).toMatch(/^GPT 5\.2 does not support documents/);
		expect(kie.requests).toHaveLength(0);
	});

	it('whose file cannot be uploaded are not sent', async () => {
		kie.inject({ on: 'upload', kind: 'code', code: 400, times: 'always' });
		const result = await ask({ parameters: message({ images: 'data' }), items: [{ files: { data: png } }] });
		expect(result.error?.description).toMatch(/'data' could not be uploaded\. No credits were charged/);
		expect(kie.chats()).toHaveLength(0);
	});

	it.each<[string, Json, Json]>([
		['a text', 'Hello', [{ role: 'user', content: 'Hello' }]],
		['one message', { role: 'user', content: 'Hello' }, [{ role: 'user', content: 'Hello' }]],
		[
			'parts in OpenAI’s form',
			[
				{ role: 'developer', content: 'Be brief.' },
				{
					role: 'user',
					content: [
						{ type: 'text', text: 'See' },
						{ type: 'image_url', image_url: { url: 'https://a.b/c' } },
						{ type: 'input_file', file_url: 'https://a.b/d.pdf' },
					],
				},
			],
			[
				{ role: 'system', content: 'Be brief.' },
				{
					role: 'user',
					content: [
						{ type: 'text', text: 'See' },
						{ type: 'image_url', image_url: { url: 'https://a.b/c' } },
						{ type: 'image_url', image_url: { url: 'https://a.b/d.pdf' } },
					],
				},
			],
		],
		[
			'lists of files',
			[{ role: 'user', content: 'See', images: ['https://a.b/c', 'https://a.b/d'] }],
			[
				{
					role: 'user',
					content: [
						{ type: 'text', text: 'See' },
						{ type: 'image_url', image_url: { url: 'https://a.b/c' } },
						{ type: 'image_url', image_url: { url: 'https://a.b/d' } },
					],
				},
			],
		],
	])('may be JSON: %s', async (_, given, sent) => {
		const result = await ask({ parameters: json(given) });
		expect(result.error).toBeUndefined();
		expect(bodyOf().messages).toEqual(sent);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['no JSON', { specifyMessages: 'json', messagesJson: '[{' }, /'Messages \(JSON\)' is not valid JSON/],
		['no object', json([5]), /Message 1 in 'Messages \(JSON\)' is not an object/],
		['a role that there is not', json([{ role: 'boss', content: 'x' }]), /Message 1 has an unknown role \(got boss\)/],
		[
			'a part of another kind',
			json([{ role: 'user', content: [{ type: 'video' }] }]),
			/neither text nor a file \(got video\)/,
		],
		['no user', json([{ role: 'system', content: 'x' }]), /must contain a user message/],
	])('that are %s are refused', async (_, parameters, complaint) => {
		const result = await ask({ parameters });
		expect(result.error?.message).toMatch(complaint);
		expect(result.error?.message).toMatch(/ \[item 0\]$/);
		expect(kie.chats()).toHaveLength(0);
	});
});

describe('settings', () => {
	it.each<[string, INodeParameters, RegExp]>([
		['tools', { tools: '{' }, /'Tools' is not valid JSON/],
		['tools', { tools: '{}{' }, /'Tools' is not valid JSON/],
		['tools', { tools: '"x"' }, /'Tools' must be an array/],
		['tools', { tools: '[{"description":"x"}]' }, /Function 1 in 'Tools' has no name/],
		['more fields', { extraBody: '[1]' }, /'Extra Body Fields' must be a JSON object/],
		['a time', { timeout: 0 }, /'Timeout \(Minutes\)' must be a number of at least 0\.001 \(got 0\)/],
		['an effort', { reasoningEffort: 'huge' }, /'Reasoning Effort' must be one of none, .* \(got huge\)/],
		[
			'tokens',
			{ maxTokens: '={{ "many" }}' },
			/'Maximum Number of Tokens' must be a number of at least 1 \(got many\)/,
		],
	])('that are wrong are refused: %s %j', async (_, options, complaint) => {
		const result = await ask({ options });
		expect(result.error?.message).toMatch(complaint);
		expect(kie.chats()).toHaveLength(0);
	});

	it.each([
		[{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }],
		[{ name: 'f', input_schema: { type: 'object' } }],
		[{ type: 'function', name: 'f', parameters: { type: 'object' } }],
	])('take functions in any form: %j', async (tool) => {
		await ask({ options: { tools: JSON.stringify([tool]) } });
		expect(bodyOf().tools).toEqual([{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }]);
	});

	it('send extra fields as they are', async () => {
		const options = { extraBody: '{ "instructions": "Be brief." }' };
		const result = await ask({ parameters: { model: locator('gpt-5-5') }, options });
		expect(bodyOf().instructions).toBe('Be brief.');
		expect(jsonOf(result).text).toMatch(/under the system prompt “Be brief\.”/);
	});

	it('put extra fields beside those that are set, and lists in their place', async () => {
		const asGemini = { model: locator('gemini-3-7-flash') };
		const extraBody = JSON.stringify({ generationConfig: { temperature: 0.5 }, tools: [] });
		await ask({ parameters: asGemini, options: { thinking: true, webSearch: true, extraBody } });
		expect(bodyOf()).toMatchObject({
			generationConfig: { temperature: 0.5, thinkingConfig: { includeThoughts: true } },
			tools: [],
		});
		const asGrok = { model: locator('grok-4-7'), outputFormat: 'json' };
		await ask({ parameters: asGrok, options: { extraBody: '{ "text": { "verbosity": "low" } }' } });
		expect(bodyOf().text).toEqual({ format: { type: 'json_object' }, verbosity: 'low' });
	});
});

describe('a model', () => {
	it('may be one that is not listed, on the path of its family', async () => {
		const result = await ask({ parameters: { model: locator('gpt-6.1-sol') } });
		expect(kie.chats()[0]).toMatchObject({ path: '/openai/v1/responses', body: { model: 'gpt-6.1-sol' } });
		expect(result.error).toBeUndefined();
	});

	it('of no family is refused with what to do', async () => {
		const result = await ask({ parameters: { model: locator('llama-9') } });
		expect(result.error?.message).toBe("Unknown chat model 'llama-9' [item 0]");
		expect(result.error?.description).toMatch(/Custom Model/);
	});

	const custom = (more: INodeParameters): INodeParameters => ({
		model: { __rl: true, mode: 'list', value: 'customModel' },
		customPath: '/anthropic/v1/messages',
		customProtocol: 'anthropic-messages',
		customModelId: 'claude-haiku-4-5',
		...more,
	});

	it('may be given by path and protocol', async () => {
		const result = await ask({ parameters: custom({}), options: { temperature: 0.3, maxTokens: 900 } });
		expect(result.error).toBeUndefined();
		expect(kie.chats()[0]).toMatchObject({
			path: '/anthropic/v1/messages',
			body: { model: 'claude-haiku-4-5', temperature: 0.3, max_tokens: 900 },
		});
		const grok = await ask({
			parameters: custom({
				customPath: '/xai/v1/responses',
				customProtocol: 'openai-responses',
				customModelId: 'grok-4-7',
			}),
		});
		expect(jsonOf(grok).text).toMatch(/grok-4-7 heard/);
	});

	it('with a path that is none is refused', async () => {
		const result = await ask({ parameters: custom({ customPath: 'https://evil.example/v1' }) });
		expect(result.error?.message).toBe("'Path' must start with a slash [item 0]");
		expect(kie.requests).toHaveLength(0);
	});
});

describe('faults', () => {
	it.each<[string, FaultKind, RegExp]>([
		['a dropped connection', { kind: 'drop-before' }, /connection to Kie\.ai was lost/],
		['a dropped answer', { kind: 'drop-after' }, /connection to Kie\.ai was lost/],
		['HTTP 500', { kind: 'status', status: 500 }, /could not process the request: Server exception/],
		['code 500', { kind: 'code', code: 500 }, /could not process the request: Server exception/],
		['an error object', { kind: 'error-object', status: 400 }, /rejected the input/],
		['HTTP 401', { kind: 'error-object', status: 401 }, /rejected the API key/],
		['code 402', { kind: 'code', code: 402 }, /Not enough Kie\.ai credits/],
		['code 422', { kind: 'code', code: 422, msg: 'The model is not supported' }, /The model is not supported/],
		['code 455', { kind: 'code', code: 455 }, /under maintenance/],
		['a web page', { kind: 'html' }, /Unexpected response from Kie\.ai: 502 Bad Gateway/],
		['nothing', { kind: 'empty' }, /Unexpected response from Kie\.ai/],
		['an error in the stream', { kind: 'stream-error', form: 'kie', code: 500 }, /Server exception/],
		[
			'a refusal for rate in the middle of an answer',
			{ kind: 'stream-error', form: 'kie', code: 429 },
			/rate limit reached/,
		],
	])('of every kind end the item and are not repeated: %s', async (_, fault, message) => {
		inject(fault);
		const result = await ask({});
		expect(result.error?.message).toMatch(message);
		expect(result.error?.message).toMatch(/ \[item 0\]$/);
		expect(kie.chats()).toHaveLength(1);
		expect(`${result.stored} ${result.logged} ${JSON.stringify(result.error)}`).not.toContain('nobody-may-see');
	});

	it.each<[string, FaultKind]>([
		['code 429', { kind: 'code', code: 429 }],
		['HTTP 429', { kind: 'status', status: 429 }],
		['an error object', { kind: 'error-object', status: 429 }],
	])('are repeated only after a refusal for rate: %s', async (_, fault) => {
		inject(fault, { times: 2 });
		const result = await ask({});
		expect(result.error).toBeUndefined();
		expect(jsonOf(result).text).toMatch(/heard/);
		expect(kie.chats()).toHaveLength(3);
	});

	it('quote nothing of the key', async () => {
		const [apiKey = ''] = apiKeys;
		inject({ kind: 'code', code: 422, msg: `Not with ${apiKey}` });
		const result = await ask({ credentials: { apiKey } });
		expect(result.error?.message).toMatch(/Not with …/);
		expect(result.stored + result.logged).not.toContain(apiKey);
	});

	it('say what came of an answer', async () => {
		inject({ kind: 'cut' });
		const result = await ask({ items: says('a question with many words so that half an answer says something') });
		expect(result.error?.description).toMatch(/may have charged.*Received so far: gemini-3-pro heard/s);
	});

	it('of a slow stream do not matter', async () => {
		inject({ kind: 'slow-stream', ms: 40 });
		expect((await ask({})).error).toBeUndefined();
		inject({ kind: 'content-type', value: 'text/plain' });
		expect((await ask({})).error).toBeUndefined();
		inject({ kind: 'lump', ms: 100 });
		expect((await ask({})).error).toBeUndefined();
	});

	it.each<[string, FaultKind]>([
		['no head', { kind: 'slow', ms: 2500 }],
		['a stream that does not end', { kind: 'slow-stream', ms: 1000 }],
	])('end at the time limit: %s', async (_, fault) => {
		inject(fault);
		const result = await ask({ options: { timeout: 0.01 } });
		expect(result.error?.message).toMatch(
			/^The model did not respond in time: No complete response within 0\.01 minutes \[item 0\]$/,
		);
		expect(result.error?.description).toMatch(/'Timeout \(Minutes\)'.*may have charged/);
		expect(result.seconds).toBeLessThan(3);
	});

	it.each<[string, FaultKind]>([
		['no head', { kind: 'slow', ms: 2500 }],
		['half a stream', { kind: 'slow-stream', ms: 1000 }],
	])('do not keep a run that is stopped: %s', async (_, fault) => {
		inject(fault, { times: 3 });
		const result = await ask({ items: says('a', 'b', 'c'), stopAfterMs: 300 });
		expect(result.seconds).toBeLessThan(1.5);
		expect(result.items).toEqual([]);
		expect(kie.chats()).toHaveLength(3);
	});
});

describeRecorded('a recorded exchange', () => {
	it('with Claude is sent and parsed as it was', async () => {
		const all: Array<{ recording: string; path: string; request: Json; response: Json }> = recordedExchanges();
		const exchange = all.find(({ recording }) => recording === 'claude-chat-hello');
		if (!exchange || !isObject(exchange.request) || !isObject(exchange.response)) throw new Error('It is not there');
		const { request, response, path } = exchange;
		const asked: Array<{ url?: string; body: unknown }> = [];
		const server = createServer((incoming, answer) => {
			const chunks: Buffer[] = [];
			incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
			incoming.on('end', () => {
				asked.push({ url: incoming.url, body: JSON.parse(Buffer.concat(chunks).toString()) });
				answer.writeHead(200, { 'Content-Type': 'text/plain;charset=UTF-8' }).end(JSON.stringify(response));
			});
		});
		const baseUrl = await listen(server);
		try {
			const [message] = Array.isArray(request.messages) ? request.messages : [];
			const text = isObject(message) ? String(message.content) : '';
			const result = await ask({
				parameters: { model: locator(String(request.model)), messages: { values: [{ role: 'user', text }] } },
				credentials: { baseUrl },
			});
			const said = Array.isArray(response.content) && isObject(response.content[0]) ? response.content[0].text : '';
			expect(asked).toEqual([
				{ url: path, body: { ...request, messages: [{ role: 'user', content: [{ type: 'text', text }] }] } },
			]);
			expect(jsonOf(result)).toEqual({
				text: said,
				toolCalls: [],
				usage: { inputTokens: 13, outputTokens: 17, totalTokens: 30 },
				creditsConsumed: response.credits_consumed,
				model: response.model,
				finishReason: 'stop',
			});
		} finally {
			server.closeAllConnections();
			server.close();
		}
	});
});
