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

/** Runs of Kie Chat: items, files, failures, cancellation. The models are tested in chat.test.ts. */

/** A key for each run, because the rate limit counts by key. */
const apiKeys = Array.from({ length: 200 }, (_, index) => `key-of-run-that-nobody-may-see-${index}`);
let runs = 0;

let kie: Simulator;
beforeAll(async () => (kie = await startSimulator({ rate: false, apiKeys })));
afterAll(async () => await kie.close());
beforeEach(() => kie.reset());

type ChatRun = Partial<Omit<RunOptions, 'parameters'>> & { parameters?: INodeParameters; options?: INodeParameters };

const locator = (value: string): INodeParameters => ({ __rl: true, mode: 'id', value });

async function chat({ parameters, options, credentials, ...run }: ChatRun): Promise<RunResult> {
	return await runNode(kie, {
		node: new KieChat(),
		parameters: {
			model: locator('gemini-3-pro'),
			specifyMessages: 'fields',
			messages: { values: [{ role: 'user', text: '={{ $json.prompt ?? "Hello" }}' }] },
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
const inject = (fault: FaultKind, options: { times?: number; skip?: number } = {}) =>
	kie.inject({ on: 'chat', ...fault, ...options });
const json = (messages: Json): INodeParameters => ({
	specifyMessages: 'json',
	messagesJson: JSON.stringify(messages),
});
const prompts = (...texts: string[]) => texts.map((prompt) => ({ json: { prompt } }));

describe('items', () => {
	it('are returned in order and paired, whatever the order of the replies', async () => {
		inject({ kind: 'slow', ms: 300 });
		const texts = Array.from({ length: 12 }, (_, index) => `number ${index}`);
		const result = await chat({ items: prompts(...texts) });
		expect(result.items.map(({ json: { text } }) => /number \d+/.exec(String(text))?.[0])).toEqual(texts);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(texts.map((_, item) => ({ item })));
	});

	it('are all validated before anything is sent', async () => {
		const result = await chat({ items: prompts('Hello', '', 'Hello') });
		expect(result.error?.message).toBe("'Messages' must contain a user message [item 1]");
		expect(kie.chats()).toHaveLength(0);
	});

	it('continue if one of them fails', async () => {
		inject({ kind: 'code', code: 500 }, { skip: 1 });
		const result = await chat({ items: prompts('a', '', 'b', 'c'), settings: { onError: 'continueErrorOutput' } });
		expect(result.items).toHaveLength(2);
		expect(result.errorItems.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, expect.anything()]);
		const error = failureOf({ items: result.errorItems }, 1);
		expect(error.error).toMatch(/could not process the request: .* \[item \d\]$/);
		expect(error.description).toMatch(/may have charged/);
	});

	it('with a reply are named in the error of a failed item, and no more are sent', async () => {
		inject({ kind: 'code', code: 422 }, { skip: 5 });
		const result = await chat({ items: prompts(...Array.from({ length: 40 }, (_, index) => `${index}`)) });
		expect(result.error?.message).toMatch(/rejected the input.* \[item \d+\]$/);
		expect(result.error?.description).toMatch(/\d+ other responses? w(as|ere) received and charged\..*'On Error'/);
		// Calls in flight still arrive.
		await sleep(200);
		expect(kie.chats().length).toBeLessThan(20);
	});

	it('in flight complete when another one fails, because they are charged', async () => {
		inject({ kind: 'code', code: 422 });
		inject({ kind: 'slow', ms: 300 });
		const result = await chat({ items: prompts('a', 'b') });
		expect(result.error?.message).toMatch(/rejected the input/);
		expect(result.error?.description).toMatch(/1 other response was received and charged\./);
	});
});

describe('Retry On Fail', () => {
	const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('sends only the items without a reply again', async () => {
		inject({ kind: 'slow', ms: 300 });
		inject({ kind: 'code', code: 500 }, { skip: 2 });
		const result = await chat({ items: prompts('a', 'b', 'c'), settings });
		expect(result.error).toBeUndefined();
		expect(result.items.map(({ json: { text } }) => /“(.)”/.exec(String(text))?.[1])).toEqual(['a', 'b', 'c']);
		expect(kie.chats()).toHaveLength(4);
	});

	it('sends nothing twice if the first item is invalid', async () => {
		const result = await chat({
			items: prompts('', 'b', 'c'),
			settings: { ...settings, onError: 'continueRegularOutput' },
		});
		expect(result.items.map(({ json: { text } }) => typeof text)).toEqual(['undefined', 'string', 'string']);
		expect(kie.chats()).toHaveLength(2);
	});

	it('keeps replies in a retry of the execution with another timeout', async () => {
		inject({ kind: 'code', code: 500 }, { skip: 1 });
		const node = new KieChat();
		const execute = async function (this: IExecuteFunctions) {
			if (!(this instanceof ExecuteContext)) throw new Error('Not a context of n8n-core');
			await expect(node.execute.call(this)).rejects.toThrow('could not process');
			this.node.parameters.options = { timeout: 20 };
			return await node.execute.call(this);
		};
		const result = await chat({ items: prompts('a', 'b'), node: { description: node.description, execute } });
		expect(result.error).toBeUndefined();
		expect(kie.chats()).toHaveLength(3);
	});

	it('keeps replies with Continue On Fail, too', async () => {
		inject({ kind: 'code', code: 500 });
		const result = await chat({
			items: prompts('a', 'b', 'c'),
			settings: { ...settings, onError: 'continueRegularOutput' },
		});
		expect(result.items.map(({ json: { text } }) => typeof text)).toEqual(['string', 'string', 'string']);
		expect(kie.chats()).toHaveLength(4);
	});
});

interface Retried {
	/** What the execution has stored of an earlier run of the node. */
	stored?: object;
	/** How many nodes the retry has started; 1: the node itself. */
	starts?: number;
	/** The nodes that had completed before the crash: this one, or the one before it. */
	endedNode?: 'own' | 'previous';
}

/** Kie Chat in a retry of an execution that crashed. */
function retriedNode({ stored, starts = 1, endedNode }: Retried = {}): INodeType {
	const node = new KieChat();
	return {
		description: node.description,
		async execute(this: IExecuteFunctions) {
			if (!(this instanceof ExecuteContext)) throw new Error('Not a context of n8n-core');
			this.getMode = () => 'retry';
			Object.assign(this.additionalData, { currentNodeExecutionIndex: starts });
			if (stored) Object.assign(this.getContext('node'), stored);
			// As n8n's recovery of a crashed execution (execution-recovery.service.js).
			const main = [[{ json: { isArtificialRecoveredEventItem: true } }]];
			const run = { startTime: 0, executionTime: 0, executionIndex: 0, source: [], data: { main } };
			const name = endedNode === 'own' ? this.getNode().name : this.getInputSourceData().previousNode;
			const { runData } = this.runExecutionData.resultData;
			const runs = runData[name] ?? [];
			if (endedNode) runData[name] = [run, ...runs];
			try {
				return await node.execute.call(this);
			} finally {
				if (endedNode) runData[name] = runs;
			}
		},
	};
}

describe('a retry of an execution after n8n crashed', () => {
	it.each<[string, Retried]>([
		['starts with the node', {}],
		['starts from the beginning, the node before had completed', { starts: 4, endedNode: 'previous' }],
		['starts from the beginning, and the log of n8n has lost what had completed', { starts: 2 }],
		['starts from the beginning, the node itself had completed', { starts: 4, endedNode: 'own' }],
	])('resends nothing unless the user allows it, if it %s', async (_, retried) => {
		const retriedRun = await chat({ node: retriedNode(retried) });
		expect(retriedRun.error?.message).toBe(
			'The messages may have been sent already: the execution that is being retried crashed [item 0]',
		);
		expect(kie.chats()).toEqual([]);
		const allowed = await chat({ node: retriedNode(retried), options: { sendAgainOnRetry: true } });
		expect(jsonOf(allowed).text).toMatch(/heard/);
	});

	it.each<[string, Retried]>([
		['was stored', { stored: { 'kie-replies-0': {} } }],
		['had not been started', { starts: 3 }],
	])('sends what was certainly not sent, because the node %s', async (_, retried) => {
		const { error } = await chat({ node: retriedNode(retried) });
		expect(error).toBeUndefined();
		expect(kie.chats()).toHaveLength(1);
	});
});

/** Kie Chat in a chat that streams; the chunks are added to `chunks`. */
function streamingNode(chunks: string[]): INodeType {
	const node = new KieChat();
	return {
		description: node.description,
		async execute(this: IExecuteFunctions) {
			if (!(this instanceof ExecuteContext)) throw new Error('Not a context of n8n-core');
			this.additionalData.streamingEnabled = true;
			this.additionalData.hooks?.addHandler('sendChunk', ({ type, content = '' }) => {
				if (type === 'item') chunks.push(content);
			});
			return await node.execute.call(this);
		},
	};
}

describe('a chat that streams', () => {
	it('receives the reply in pieces', async () => {
		const chunks: string[] = [];
		const result = await chat({ node: streamingNode(chunks) });
		expect(chunks.length).toBeGreaterThan(2);
		expect(chunks.join('')).toBe(jsonOf(result).text);
	});

	it.each<[string, string, FaultKind | undefined]>([
		['cannot stream', 'gpt-5-2', undefined],
		['does not stream', 'claude-sonnet-5', { kind: 'whole' }],
	])('receives the reply of a model that %s', async (_, model, fault) => {
		const chunks: string[] = [];
		if (fault) inject(fault);
		const result = await chat({ node: streamingNode(chunks), parameters: { model: locator(model) } });
		expect(jsonOf(result).text).toMatch(/heard/);
		expect(chunks).toEqual([jsonOf(result).text]);
	});
});

describe('a reply that quotes the API key', () => {
	const apiKey = apiKeys[0] ?? '';

	it('is returned and streamed without it', async () => {
		const chunks: string[] = [];
		const run = { credentials: { apiKey }, items: prompts(`The key is ${apiKey}`) };
		const streamed = await chat({ ...run, node: streamingNode(chunks) });
		expect(chunks.join('')).toContain('“The key is …”');
		expect(jsonOf(streamed).text).toBe(chunks.join(''));
		const raw = await chat({ ...run, options: { simplify: false } });
		expect(JSON.stringify(raw.items)).toContain('“The key is …”');
		expect([...chunks, JSON.stringify(streamed.items), JSON.stringify(raw.items)].join()).not.toContain(apiKey);
	});

	it.each<FaultKind>([{ kind: 'no-end' }, { kind: 'stream-error', form: 'protocol', msg: apiKey }])(
		'and is interrupted has no key in the error: %j',
		async (fault) => {
			inject(fault);
			const keys = Array.from({ length: 20 }, () => apiKey).join(' ');
			const { error } = await chat({ credentials: { apiKey }, items: prompts(keys) });
			expect(error?.description).toContain('heard “…');
			expect(`${error?.message} ${error?.description}`).not.toContain(apiKey);
		},
	);
});

describe('the output', () => {
	it('is the full response if Simplify is off, also for a stream', async () => {
		const result = await chat({ options: { simplify: false } });
		expect(bodyOf().stream).toBe(true);
		expect(jsonOf(result)).toMatchObject({
			id: expect.stringMatching(/^chatcmpl/),
			choices: [{ message: { role: 'assistant', content: expect.stringMatching(/heard/) }, finish_reason: 'stop' }],
			usage: { prompt_tokens: expect.any(Number) },
			credits_consumed: expect.any(Number),
		});
	});

	it('has no empty error, which n8n could treat as a failure', async () => {
		const answer = {
			id: 'r',
			status: 'completed',
			error: null,
			output: [{ type: 'message', content: [{ type: 'output_text', text: 'pong' }] }],
		};
		const server = createServer((_, response) => void response.end(JSON.stringify(answer)));
		try {
			const result = await chat({
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

	it('contains the thoughts if requested', async () => {
		for (const model of ['gemini-3-pro', 'gemini-3-7-flash', 'claude-sonnet-5']) {
			const result = await chat({ parameters: { model: locator(model) }, options: { thinking: true } });
			expect(jsonOf(result)).toMatchObject({ reasoning: expect.stringMatching(/wants to know/) });
			expect(String(jsonOf(result).text)).not.toMatch(/wants to know/);
		}
	});

	it('contains the thoughts that Claude requires back with the results of its calls', async () => {
		const tools = JSON.stringify([{ name: 'f', parameters: { type: 'object', properties: {} } }]);
		const [prompt, model, options] = ['call f with {}', locator('claude-sonnet-5'), { tools, thinking: true }];
		const { toolCalls, thoughts } = jsonOf(await chat({ parameters: { model }, items: prompts(prompt), options }));
		expect(thoughts).toEqual([{ type: 'thinking', thinking: expect.any(String), signature: expect.any(String) }]);
		const messagesJson = JSON.stringify([
			{ role: 'user', content: prompt },
			{ role: 'assistant', tool_calls: toolCalls, thoughts },
			{ role: 'tool', tool_call_id: Object(toolCalls)[0].id, content: 'done' },
		]);
		await chat({ parameters: { model, specifyMessages: 'json', messagesJson }, options });
		expect(Object(bodyOf().messages)[1].content).toEqual([
			...Object(thoughts),
			{ type: 'tool_use', id: Object(toolCalls)[0].id, name: 'f', input: {} },
		]);
	});

	it('is a truncated reply if the user has set the token limit', async () => {
		const parameters = { model: locator('claude-sonnet-5') };
		const result = await chat({ parameters, options: { maxTokens: 2 } });
		expect(jsonOf(result)).toMatchObject({ finishReason: 'length', text: expect.stringMatching(/^claude-sonnet-5/) });
		const json = await chat({ parameters: { ...parameters, outputFormat: 'json' }, options: { maxTokens: 2 } });
		expect(json.error?.message).toMatch(/^The model response was truncated: claude.* \[item 0\]$/);
	});

	it('is included in the error for a reply that is too long, or not JSON', async () => {
		const items = prompts('word '.repeat(3000));
		inject({ kind: 'length' });
		const truncated = await chat({ items });
		expect(truncated.error?.message).toBe('The model response reached the token limit [item 0]');
		expect(truncated.error?.description).toMatch(
			/'Maximum Number of Tokens'.*Received so far: gemini-3-pro heard “(word ){1500}/,
		);
		const text = await chat({ items, parameters: { model: locator('gpt-5-5'), outputFormat: 'json' } });
		expect(text.error?.description).toMatch(/Response: gpt-5-5 heard “(word ){2999}/);
	});

	it('contains any parsed JSON', async () => {
		const result = await chat({ parameters: { model: locator('grok-4-7'), outputFormat: 'json' } });
		expect(jsonOf(result).json).toEqual({ answer: 'Hello' });
		expect(bodyOf().text).toEqual({ format: { type: 'json_object' } });
	});

	it('accepts a schema in OpenAI’s format, and rejects invalid JSON', async () => {
		const jsonSchema = JSON.stringify({ name: 'town', schema: { type: 'object', properties: {} } });
		await chat({ parameters: { outputFormat: 'jsonSchema', jsonSchema } });
		expect(bodyOf().response_format).toEqual({
			type: 'json_schema',
			json_schema: { name: 'town', schema: { type: 'object', properties: {} } },
		});
		await chat({
			parameters: { outputFormat: 'jsonSchema', jsonSchema: '{ "name": "town", "strict": true, "schema": {} }' },
		});
		expect(bodyOf().response_format).toEqual({
			type: 'json_schema',
			json_schema: { name: 'town', strict: true, schema: {} },
		});
		const invalidSchema = await chat({ parameters: { outputFormat: 'jsonSchema', jsonSchema: '[1' } });
		expect(invalidSchema.error?.message).toBe("'JSON Schema' is not valid JSON [item 0]");
	});
});

describe('the settings of a JSON Schema', () => {
	const parameters = (id: string) => ({ model: locator(id), outputFormat: 'jsonSchema' });

	it('are sent, and override those in the schema', async () => {
		const options = { schemaName: 'city', strictSchema: false };
		const jsonSchema = '{ "name": "town", "strict": true, "schema": { "type": "object" } }';
		await chat({ parameters: { ...parameters('grok-4-7'), jsonSchema }, options });
		expect(bodyOf().text).toEqual({
			format: { type: 'json_schema', name: 'city', strict: false, schema: { type: 'object' } },
		});
		expect(kie.chats().map(({ rejection }) => rejection)).toEqual([undefined]);
	});

	it.each([
		['claude-sonnet-4-5', { schemaName: 'town' }, "Claude Sonnet 4.5 does not support 'Schema Name' [item 0]"],
		['gpt-5-5', { strictSchema: true }, "GPT 5.5 does not support 'Strict Schema' [item 0]"],
	])('are rejected where %s has no field for them', async (id, options, message) => {
		const result = await chat({ parameters: parameters(id), options });
		expect(result.error?.message).toBe(message);
		expect(kie.chats()).toHaveLength(0);
	});

	it('are ignored in another output format', async () => {
		const result = await chat({ options: { schemaName: 'town', strictSchema: true } });
		expect(result.error).toBeUndefined();
		expect(bodyOf().response_format).toBeUndefined();
	});
});

describe('messages', () => {
	const png: TestFile = { data: mediaFile('fox.png')!.bytes, name: 'fox.png', type: 'image/png' };
	const pdf: TestFile = { data: Buffer.from('%PDF-1.4'), name: 'report.pdf', type: 'application/pdf' };
	const message = (fields: INodeParameters) => ({ messages: { values: [{ role: 'user', text: 'See', ...fields }] } });

	it('upload binary fields', async () => {
		const result = await chat({
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
	])('contain the result of an expression as text: %j', async (prompt, content) => {
		await chat({ items: [{ json: { prompt } }], parameters: message({ text: '={{ $json.prompt }}' }) });
		expect(bodyOf().messages).toEqual([{ role: 'user', content }]);
	});

	it('with a tool result need the name of the tool only if the call is missing', async () => {
		const model = locator('gemini-3-7-flash');
		const call = { id: 'a', function: { name: 'weather', arguments: '{}' } };
		const result = { role: 'tool', tool_call_id: 'a', content: 'cold' };
		const user = { role: 'user', content: 'Weather?' };
		await chat({ parameters: { model, ...json([user, { role: 'assistant', tool_calls: [call] }, result]) } });
		expect(JSON.stringify(bodyOf().contents)).toContain('"functionResponse":{"name":"weather"');
		const unknown = await chat({ parameters: { model, ...json([user, result]) } });
		expect(unknown.error?.message).toBe("Message 2 in 'Messages' is a tool result without 'name' [item 0]");
	});

	it('with a file that the protocol does not support are rejected before anything is uploaded', async () => {
		const messages: Json = [
			{ role: 'user', content: 'See' },
			{ role: 'system', content: 'Like this', images: 'data' },
		];
		const result = await chat({
			parameters: { model: locator('claude-sonnet-5'), ...json(messages) },
			items: [{ files: { data: png } }],
		});
		expect(result.error?.message).toBe(
			"Message 2 in 'Messages' has a file, but Claude Sonnet 5 does not support files in system messages [item 0]",
		);
		expect(kie.requests).toHaveLength(0);
	});

	it('contain the MIME type of a file if the protocol requires it', async () => {
		await chat({
			parameters: { model: locator('gemini-3-7-flash'), ...message({ files: 'doc' }) },
			items: [{ files: { doc: pdf } }],
		});
		expect(JSON.stringify(bodyOf().contents)).toContain('"mime_type":"application/pdf"');
	});

	it('with an unknown file, or a kind that the model does not support, are rejected before anything is sent', async () => {
		const withoutFile = await chat({ parameters: message({ images: 'photo' }), items: [{ files: { data: png } }] });
		expect(withoutFile.error?.message).toBe(
			"'Images' must be a URL or the name of a binary field (got photo, available: data) [item 0]",
		);
		const kind = await chat({
			parameters: { model: locator('gpt-5-2'), ...message({ files: 'doc' }) },
			items: [{ files: { doc: pdf } }],
		});
		expect(kind.error?.message).toMatch(/^GPT 5\.2 does not support documents/);
		expect(kie.requests).toHaveLength(0);
	});

	it('with a file that cannot be uploaded are not sent', async () => {
		kie.inject({ on: 'upload', kind: 'code', code: 400, times: 'always' });
		const result = await chat({ parameters: message({ images: 'data' }), items: [{ files: { data: png } }] });
		expect(result.error?.description).toMatch(/'data' could not be uploaded\. No credits were charged/);
		expect(kie.chats()).toHaveLength(0);
	});

	it.each<[string, Json, Json]>([
		['a text', 'Hello', [{ role: 'user', content: 'Hello' }]],
		['one message', { role: 'user', content: 'Hello' }, [{ role: 'user', content: 'Hello' }]],
		[
			'parts in OpenAI’s format',
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
	])('can be JSON: %s', async (_, messages, sentMessages) => {
		const result = await chat({ parameters: json(messages) });
		expect(result.error).toBeUndefined();
		expect(bodyOf().messages).toEqual(sentMessages);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['invalid JSON', { specifyMessages: 'json', messagesJson: '[{' }, /'Messages \(JSON\)' is not valid JSON/],
		['not an object', json([5]), /Message 1 in 'Messages \(JSON\)' is not an object/],
		['an unknown role', json([{ role: 'boss', content: 'x' }]), /Message 1 has an unknown role \(got boss\)/],
		[
			'an unknown part',
			json([{ role: 'user', content: [{ type: 'video' }] }]),
			/neither text nor a file \(got video\)/,
		],
		['without a user', json([{ role: 'system', content: 'x' }]), /must contain a user message/],
	])('are rejected: %s', async (_, parameters, message) => {
		const result = await chat({ parameters });
		expect(result.error?.message).toMatch(message);
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
		['extra fields', { extraBody: '[1]' }, /'Extra Body Fields' must be a JSON object/],
		['a timeout', { timeout: 0 }, /'Timeout \(Minutes\)' must be a number from 0\.001 to 1440 \(got 0\)/],
		['an effort', { reasoningEffort: 'huge' }, /'Reasoning Effort' must be one of none, .* \(got huge\)/],
		[
			'tokens',
			{ maxTokens: '={{ "many" }}' },
			/'Maximum Number of Tokens' must be a number from 1 to 10000000 \(got many\)/,
		],
	])('are rejected if invalid: %s %j', async (_, options, message) => {
		const result = await chat({ options });
		expect(result.error?.message).toMatch(message);
		expect(kie.chats()).toHaveLength(0);
	});

	it.each([
		[{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }],
		[{ name: 'f', input_schema: { type: 'object' } }],
		[{ type: 'function', name: 'f', parameters: { type: 'object' } }],
	])('accept functions in any format: %j', async (tool) => {
		await chat({ options: { tools: JSON.stringify([tool]) } });
		expect(bodyOf().tools).toEqual([{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }]);
	});

	it('send extra fields as they are', async () => {
		const options = { extraBody: '{ "instructions": "Be brief." }' };
		const result = await chat({ parameters: { model: locator('gpt-5-5') }, options });
		expect(bodyOf().instructions).toBe('Be brief.');
		expect(jsonOf(result).text).toMatch(/under the system prompt “Be brief\.”/);
	});

	it('merge extra fields with those that are set, and replace arrays', async () => {
		const asGemini = { model: locator('gemini-3-7-flash') };
		const extraBody = JSON.stringify({ generationConfig: { temperature: 0.5 }, tools: [] });
		await chat({ parameters: asGemini, options: { thinking: true, webSearch: true, extraBody } });
		expect(bodyOf()).toMatchObject({
			generationConfig: { temperature: 0.5, thinkingConfig: { includeThoughts: true } },
			tools: [],
		});
		const asGrok = { model: locator('grok-4-7'), outputFormat: 'json' };
		await chat({ parameters: asGrok, options: { extraBody: '{ "text": { "verbosity": "low" } }' } });
		expect(bodyOf().text).toEqual({ format: { type: 'json_object' }, verbosity: 'low' });
	});
});

describe('a model', () => {
	it('can be unlisted, on the path of its family', async () => {
		const result = await chat({ parameters: { model: locator('gpt-6.1-sol') } });
		expect(kie.chats()[0]).toMatchObject({ path: '/openai/v1/responses', body: { model: 'gpt-6.1-sol' } });
		expect(result.error).toBeUndefined();
	});

	it('of an unknown family is rejected with advice', async () => {
		const result = await chat({ parameters: { model: locator('llama-9') } });
		expect(result.error?.message).toBe("Unknown chat model 'llama-9' [item 0]");
		expect(result.error?.description).toMatch(/Custom Model/);
	});

	const custom = (fields: INodeParameters): INodeParameters => ({
		model: { __rl: true, mode: 'list', value: 'customModel' },
		customPath: '/anthropic/v1/messages',
		customProtocol: 'anthropic-messages',
		customModelId: 'claude-haiku-4-5',
		...fields,
	});

	it('can be set by path and protocol', async () => {
		const result = await chat({ parameters: custom({}), options: { temperature: 0.3, maxTokens: 900 } });
		expect(result.error).toBeUndefined();
		expect(kie.chats()[0]).toMatchObject({
			path: '/anthropic/v1/messages',
			body: { model: 'claude-haiku-4-5', temperature: 0.3, max_tokens: 900 },
		});
		const grok = await chat({
			parameters: custom({
				customPath: '/xai/v1/responses',
				customProtocol: 'openai-responses',
				customModelId: 'grok-4-7',
			}),
		});
		expect(jsonOf(grok).text).toMatch(/grok-4-7 heard/);
	});

	it('with an invalid path is rejected', async () => {
		const result = await chat({ parameters: custom({ customPath: 'https://evil.example/v1' }) });
		expect(result.error?.message).toBe("'Path' must start with a slash [item 0]");
		expect(kie.requests).toHaveLength(0);
	});
});

describe('a failure', () => {
	it.each<[string, FaultKind, RegExp]>([
		['a dropped connection', { kind: 'drop-before' }, /connection to Kie\.ai was lost/],
		['a dropped response', { kind: 'drop-after' }, /connection to Kie\.ai was lost/],
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
		['a rate limit in the middle of a reply', { kind: 'stream-error', form: 'kie', code: 429 }, /rate limit reached/],
	])('is the error of the item, and nothing is sent again: %s', async (_, fault, message) => {
		inject(fault);
		const result = await chat({});
		expect(result.error?.message).toMatch(message);
		expect(result.error?.message).toMatch(/ \[item 0\]$/);
		expect(kie.chats()).toHaveLength(1);
		expect(`${result.stored} ${result.logged} ${JSON.stringify(result.error)}`).not.toContain('nobody-may-see');
	});

	it.each<[string, FaultKind]>([
		['code 429', { kind: 'code', code: 429 }],
		['HTTP 429', { kind: 'status', status: 429 }],
		['an error object', { kind: 'error-object', status: 429 }],
	])('of the rate limit is retried: %s', async (_, fault) => {
		inject(fault, { times: 2 });
		const result = await chat({});
		expect(result.error).toBeUndefined();
		expect(jsonOf(result).text).toMatch(/heard/);
		expect(kie.chats()).toHaveLength(3);
	});

	it('does not contain the key', async () => {
		const [apiKey = ''] = apiKeys;
		inject({ kind: 'code', code: 422, msg: `Not with ${apiKey}` });
		const result = await chat({ credentials: { apiKey } });
		expect(result.error?.message).toMatch(/Not with …/);
		expect(result.stored + result.logged).not.toContain(apiKey);
	});

	it('contains the part of the reply that was received', async () => {
		inject({ kind: 'cut' });
		const result = await chat({ items: prompts('a question with many words so that half an answer says something') });
		expect(result.error?.description).toMatch(/may have charged.*Received so far: gemini-3-pro heard/s);
	});

	it('is not caused by a slow stream', async () => {
		inject({ kind: 'slow-stream', ms: 40 });
		expect((await chat({})).error).toBeUndefined();
		inject({ kind: 'content-type', value: 'text/plain' });
		expect((await chat({})).error).toBeUndefined();
		inject({ kind: 'lump', ms: 100 });
		expect((await chat({})).error).toBeUndefined();
	});

	it.each<[string, FaultKind]>([
		['no headers', { kind: 'slow', ms: 2500 }],
		['an endless stream', { kind: 'slow-stream', ms: 1000 }],
	])('is a timeout: %s', async (_, fault) => {
		inject(fault);
		const result = await chat({ options: { timeout: 0.01 } });
		expect(result.error?.message).toMatch(
			/^The model did not respond in time: No complete response within 0\.01 minutes \[item 0\]$/,
		);
		expect(result.error?.description).toMatch(/'Timeout \(Minutes\)'.*may have charged/);
		expect(result.seconds).toBeLessThan(3);
	});

	it.each<[string, FaultKind]>([
		['no headers', { kind: 'slow', ms: 2500 }],
		['half a stream', { kind: 'slow-stream', ms: 1000 }],
	])('does not delay a canceled run: %s', async (_, fault) => {
		inject(fault, { times: 3 });
		const result = await chat({ items: prompts('a', 'b', 'c'), stopAfterMs: 300 });
		expect(result.seconds).toBeLessThan(1.5);
		expect(result.items).toEqual([]);
		expect(kie.chats()).toHaveLength(3);
	});
});

describeRecorded('a recorded exchange', () => {
	it('a chat with Claude is sent and parsed as recorded', async () => {
		const exchanges: Array<{ recording: string; path: string; request: Json; response: Json }> = recordedExchanges();
		const exchange = exchanges.find(({ recording }) => recording === 'claude-chat-hello');
		if (!exchange || !isObject(exchange.request) || !isObject(exchange.response)) throw new Error('No recording');
		const { request, response, path } = exchange;
		const requests: Array<{ url?: string; body: unknown }> = [];
		const server = createServer((incoming, answer) => {
			const chunks: Buffer[] = [];
			incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
			incoming.on('end', () => {
				requests.push({ url: incoming.url, body: JSON.parse(Buffer.concat(chunks).toString()) });
				answer.writeHead(200, { 'Content-Type': 'text/plain;charset=UTF-8' }).end(JSON.stringify(response));
			});
		});
		const baseUrl = await listen(server);
		try {
			const [message] = Array.isArray(request.messages) ? request.messages : [];
			const text = isObject(message) ? String(message.content) : '';
			const result = await chat({
				parameters: { model: locator(String(request.model)), messages: { values: [{ role: 'user', text }] } },
				credentials: { baseUrl },
			});
			const reply = Array.isArray(response.content) && isObject(response.content[0]) ? response.content[0].text : '';
			expect(requests).toEqual([
				{ url: path, body: { ...request, messages: [{ role: 'user', content: [{ type: 'text', text }] }] } },
			]);
			expect(jsonOf(result)).toEqual({
				text: reply,
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
