import { uniqBy } from 'lodash';
import type { INodeParameters } from 'n8n-workflow';

import { KieChat } from '../../nodes/KieChat/KieChat.node';
import { chatModels } from '../../nodes/shared/chat/chatModels';
import type { ChatModel } from '../../nodes/shared/chat/chatTypes';
import type { Fault, FaultKind, Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import type { RunOptions, RunResult } from './engine';
import { runNode } from './engine';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** Kie Chat in n8n's engine: every chat model against the simulator, which is built from the facts about Kie's API. */

/** A key for each run, because the rate limit counts by key. */
const apiKeys = Array.from({ length: 1000 }, (_, index) => `key-of-run-${index}`);
let runs = 0;

let kie: Simulator;
beforeAll(async () => (kie = await startSimulator({ rate: false, apiKeys })));
afterAll(async () => await kie.close());
beforeEach(() => kie.reset());

interface ChatRun extends Partial<Omit<RunOptions, 'parameters'>> {
	model?: string;
	prompt?: string;
	messages?: INodeParameters[];
	parameters?: INodeParameters;
	options?: INodeParameters;
}

async function chat({ model = 'gemini-3-pro', prompt = 'Hello', messages, parameters, options, ...run }: ChatRun) {
	return await runNode(kie, {
		node: new KieChat(),
		parameters: {
			model: { __rl: true, mode: 'id', value: model },
			specifyMessages: 'fields',
			messages: { values: messages ?? [{ role: 'user', text: prompt }] },
			outputFormat: 'text',
			...parameters,
			options: { ...options },
		},
		credentials: { apiKey: apiKeys[runs++ % apiKeys.length] },
		...run,
	});
}

const jsonOf = ({ items }: RunResult, index = 0): Record<string, unknown> => Object(items[index]?.json);
const bodyOf = (index = -1): Record<string, unknown> => Object(kie.chats().at(index)?.body);
const weather = {
	name: 'get_weather',
	description: 'The weather of a town',
	parameters: { type: 'object', properties: { town: { type: 'string' } }, required: ['town'] },
};
const schema = {
	type: 'object',
	properties: { city: { type: 'string' }, size: { type: 'integer' } },
	required: ['city', 'size'],
};
const onChat = (fault: FaultKind): Fault => ({ on: 'chat', ...fault });

const byId = (model: ChatModel): [string, ChatModel] => [model.id, model];
const onePerProtocol = uniqBy(chatModels, ({ protocol, withoutStream }) => `${protocol} ${withoutStream}`);

describe.each(chatModels.map(byId))('%s', (id, { path, capabilities, withoutStream, protocol }) => {
	it('replies at its path', async () => {
		const result = await chat({
			model: id,
			messages: [
				{ role: 'system', text: 'Be brief.' },
				{ role: 'user', text: 'Who are you?' },
				{ role: 'assistant', text: 'A model.' },
				{ role: 'user', text: 'Which one?', images: 'https://example.com/a.png, https://example.com/b.jpg' },
			],
		});
		expect(result.error).toBeUndefined();
		expect(kie.chats().map((request) => [request.path, request.rejection])).toEqual([[path, undefined]]);
		expect(jsonOf(result)).toMatchObject({
			text: expect.stringMatching(/heard “.*Which one\?”.* with 2 files\.$/s),
			usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number), totalTokens: expect.any(Number) },
			creditsConsumed: expect.any(Number),
			model: expect.any(String),
			finishReason: 'stop',
		});
		// Claude's streams arrive in one chunk, so they are not requested.
		if (!withoutStream) expect(bodyOf().stream).toBe(protocol !== 'anthropic-messages');
	});

	it('calls tools and accepts their results, or rejects tools', async () => {
		const prompt = 'call get_weather with {"town": "Bern"} call get_weather with {"town": "Köln"}';
		const result = await chat({ model: id, prompt, options: { tools: JSON.stringify([weather]) } });
		if (!capabilities.tools) {
			expect(result.error?.message).toMatch(/does not support 'Tools' \[item 0\]/);
			expect(kie.chats()).toHaveLength(0);
			return;
		}
		expect(result.error).toBeUndefined();
		const calls = Object(jsonOf(result)).toolCalls;
		expect(calls).toMatchObject([
			{ name: 'get_weather', arguments: { town: 'Bern' } },
			{ name: 'get_weather', arguments: { town: 'Köln' } },
		]);
		expect(jsonOf(result).finishReason).toBe('toolCalls');

		const history = [
			{ role: 'user', content: prompt },
			{ role: 'assistant', tool_calls: calls },
			...calls.map(({ id: callId, name }: { id: string; name: string }, index: number) => ({
				role: 'tool',
				tool_call_id: callId,
				name,
				content: JSON.stringify({ degrees: 20 + index }),
			})),
		];
		const nextReply = await chat({
			model: id,
			parameters: { specifyMessages: 'json', messagesJson: JSON.stringify(history) },
			options: { tools: [weather] },
		});
		expect(nextReply.error).toBeUndefined();
		expect(jsonOf(nextReply).text).toMatch(/told by its tools: .*20.*21/);
	});

	it('accepts all of its settings', async () => {
		const settings = {
			...(capabilities.webSearch !== undefined && { webSearch: true }),
			...(capabilities.thinking && { thinking: true }),
			...(capabilities.temperature && { temperature: 0.5 }),
			...(capabilities.topP && { topP: 0.9 }),
			...(capabilities.maxTokens && { maxTokens: 500 }),
		};
		const items = (capabilities.reasoningEffort ?? []).map((effort) => ({ json: { effort } }));
		const options = { ...settings, ...(items.length > 0 && { reasoningEffort: '={{ $json.effort }}' }) };
		const result = await chat({ model: id, options, ...(items.length > 0 && { items }) });
		expect(result.error).toBeUndefined();
		expect(kie.chats().map(({ rejection }) => rejection)).toEqual(
			items.length > 0 ? items.map(() => undefined) : [undefined],
		);
		if (capabilities.webSearch !== undefined) expect(jsonOf(result).text).toMatch(/after a web search/);
		const requests = JSON.stringify(kie.chats().map(({ body }) => body));
		for (const effort of capabilities.reasoningEffort ?? []) expect(requests).toContain(`"${effort}"`);
	});

	it('receives a JSON Schema, in its field or as an instruction', async () => {
		const result = await chat({
			model: id,
			prompt: 'Zürich',
			parameters: { outputFormat: 'jsonSchema', jsonSchema: JSON.stringify(schema) },
		});
		expect(kie.chats().map(({ rejection }) => rejection)).toEqual([undefined]);
		if (capabilities.jsonSchema) {
			expect(jsonOf(result).json).toEqual({ city: 'Zürich', size: 1 });
		} else {
			// The simulator's models reply in JSON only if a field requests it.
			expect(JSON.stringify(bodyOf())).toContain('Respond only with JSON that matches this JSON Schema');
			expect(result.error?.message).toMatch(/^The model response is not JSON: .* heard “.* \[item 0\]$/s);
		}
	});
});

// Streams and failures depend on the protocol only.
describe.each(onePerProtocol.map(byId))('the protocol of %s', (id, { withoutStream }) => {
	it('parses the same reply from a stream, wherever its packets are split', async () => {
		if (withoutStream) return;
		kie.inject(onChat({ kind: 'split' }));
		const streamed = await chat({ model: id, prompt: 'Grüße — 你好 🦊', options: { extraBody: '{ "stream": true }' } });
		expect(streamed.error).toBeUndefined();
		kie.inject(onChat({ kind: 'whole' }));
		const plainReply = await chat({ model: id, prompt: 'Grüße — 你好 🦊' });
		const { text, usage, finishReason } = jsonOf(streamed);
		expect(text).toContain('Grüße — 你好 🦊');
		expect({ text, usage, finishReason }).toEqual({
			text: jsonOf(plainReply).text,
			usage: jsonOf(plainReply).usage,
			finishReason: jsonOf(plainReply).finishReason,
		});
	});

	it('fails for an error with HTTP 200', async () => {
		kie.inject(onChat({ kind: 'code', code: 402 }));
		const result = await chat({ model: id });
		expect(result.error?.message).toMatch(/Not enough Kie\.ai credits.* \[item 0\]$/);
		expect(kie.chats()).toHaveLength(1);
	});

	it('fails for an empty reply', async () => {
		kie.inject(onChat({ kind: 'no-answer' }));
		const result = await chat({ model: id });
		expect(result.error?.message).toMatch(/^The model returned an empty response.* \[item 0\]$/);
		expect(result.error?.description).toMatch(/may have charged/);
	});

	it('fails for a reply that reaches a token limit which is not set', async () => {
		kie.inject(onChat({ kind: 'length' }));
		const result = await chat({ model: id });
		expect(result.error?.message).toBe('The model response reached the token limit [item 0]');
		expect(result.error?.description).toMatch(/Received so far: .*heard/);
	});

	it('fails for an incomplete stream', async () => {
		if (withoutStream) return;
		for (const kind of ['cut', 'no-end', 'stream-error'] as const) {
			kie.reset();
			kie.inject(onChat({ kind }));
			const result = await chat({ model: id, options: { extraBody: '{ "stream": true }' } });
			expect([kind, result.error?.message]).toEqual([
				kind,
				expect.stringMatching(/^(The model response was truncated|The connection to Kie|Kie\.ai could not process)/),
			]);
			expect(kie.chats()).toHaveLength(1);
		}
	});
});
