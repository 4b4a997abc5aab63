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

/** Kie Chat in n8n's engine, every model of the catalogue against the simulator, which knows the API from the facts. */

/** A key for every run, because the node paces what it sends with one. */
const apiKeys = Array.from({ length: 1000 }, (_, index) => `key-of-run-${index}`);
let runs = 0;

let kie: Simulator;
beforeAll(async () => (kie = await startSimulator({ rate: false, apiKeys })));
afterAll(async () => await kie.close());
beforeEach(() => kie.reset());

interface Asked extends Partial<Omit<RunOptions, 'parameters'>> {
	model?: string;
	say?: string;
	messages?: INodeParameters[];
	parameters?: INodeParameters;
	options?: INodeParameters;
}

async function ask({ model = 'gemini-3-pro', say = 'Hello', messages, parameters, options, ...run }: Asked) {
	return await runNode(kie, {
		node: new KieChat(),
		parameters: {
			model: { __rl: true, mode: 'id', value: model },
			specifyMessages: 'fields',
			messages: { values: messages ?? [{ role: 'user', text: say }] },
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

const everyModel = chatModels.map((model): [string, ChatModel] => [model.id, model]);
const onePerProtocol = uniqBy(everyModel, ([, { protocol, withoutStream }]) => `${protocol} ${withoutStream}`);

describe.each(everyModel)('%s', (id, { path, capabilities, withoutStream, protocol }) => {
	it('is asked on its path, and answers', async () => {
		const result = await ask({
			model: id,
			messages: [
				{ role: 'system', text: 'Be brief.' },
				{ role: 'user', text: 'Who are you?' },
				{ role: 'assistant', text: 'A model.' },
				{ role: 'user', text: 'Which one?', images: 'https://example.com/a.png, https://example.com/b.jpg' },
			],
		});
		expect(result.error).toBeUndefined();
		expect(kie.chats().map((request) => [request.path, request.refused])).toEqual([[path, undefined]]);
		expect(jsonOf(result)).toMatchObject({
			text: expect.stringMatching(/heard “.*Which one\?”.* with 2 files\.$/s),
			toolCalls: [],
			usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number), totalTokens: expect.any(Number) },
			creditsConsumed: expect.any(Number),
			model: expect.any(String),
			finishReason: 'stop',
		});
		// Claude's stream comes in one lump, so it is asked for a plain answer.
		if (!withoutStream) expect(bodyOf().stream).toBe(protocol !== 'anthropic-messages');
	});

	it('answers in a stream, wherever it is cut', async () => {
		if (withoutStream) return;
		kie.inject(onChat({ kind: 'split' }));
		const streamed = await ask({ model: id, say: 'Grüße — 你好 🦊', options: { extraBody: '{ "stream": true }' } });
		expect(streamed.error).toBeUndefined();
		kie.inject(onChat({ kind: 'whole' }));
		const whole = await ask({ model: id, say: 'Grüße — 你好 🦊' });
		const { text, usage, finishReason } = jsonOf(streamed);
		expect(text).toContain('Grüße — 你好 🦊');
		expect({ text, usage, finishReason }).toEqual({
			text: jsonOf(whole).text,
			usage: jsonOf(whole).usage,
			finishReason: jsonOf(whole).finishReason,
		});
	});

	it('asks for functions, and takes their results', async () => {
		const say = 'call get_weather with {"town": "Bern"} call get_weather with {"town": "Köln"}';
		const result = await ask({ model: id, say, options: { tools: JSON.stringify([weather]) } });
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
			{ role: 'user', content: say },
			{ role: 'assistant', tool_calls: calls },
			...calls.map(({ id: callId, name }: { id: string; name: string }, index: number) => ({
				role: 'tool',
				tool_call_id: callId,
				name,
				content: JSON.stringify({ degrees: 20 + index }),
			})),
		];
		const told = await ask({
			model: id,
			parameters: { specifyMessages: 'json', messagesJson: JSON.stringify(history) },
			options: { tools: [weather] },
		});
		expect(told.error).toBeUndefined();
		expect(jsonOf(told).text).toMatch(/told by its tools: .*20.*21/);
	});

	it('takes every setting of its own', async () => {
		const settings = {
			...(capabilities.webSearch !== undefined && { webSearch: true }),
			...(capabilities.thinking && { thinking: true }),
			...(capabilities.temperature && { temperature: 0.5 }),
			...(capabilities.topP && { topP: 0.9 }),
			...(capabilities.maxTokens && { maxTokens: 500 }),
		};
		const items = (capabilities.reasoningEffort ?? []).map((effort) => ({ json: { effort } }));
		const options = { ...settings, ...(items.length > 0 && { reasoningEffort: '={{ $json.effort }}' }) };
		const result = await ask({ model: id, options, ...(items.length > 0 && { items }) });
		expect(result.error).toBeUndefined();
		expect(kie.chats().map(({ refused }) => refused)).toEqual(
			items.length > 0 ? items.map(() => undefined) : [undefined],
		);
		if (capabilities.webSearch !== undefined) expect(jsonOf(result).text).toMatch(/after a web search/);
		const sent = JSON.stringify(kie.chats().map(({ body }) => body));
		for (const effort of capabilities.reasoningEffort ?? []) expect(sent).toContain(`"${effort}"`);
	});

	it('is asked for JSON by a schema, in its own field or in words', async () => {
		const result = await ask({
			model: id,
			say: 'Zürich',
			parameters: { outputFormat: 'jsonSchema', jsonSchema: JSON.stringify(schema) },
		});
		expect(kie.chats().map(({ refused }) => refused)).toEqual([undefined]);
		if (capabilities.jsonSchema) {
			expect(jsonOf(result).json).toEqual({ city: 'Zürich', size: 1 });
		} else {
			// The simulator's models say something else than JSON unless a field asks for it.
			expect(JSON.stringify(bodyOf())).toContain('Respond only with JSON that matches this JSON Schema');
			expect(result.error?.message).toMatch(/^The model response is not JSON: .* heard “.* \[item 0\]$/s);
		}
	});
});

// What a failed answer looks like is a matter of the protocol.
describe.each(onePerProtocol)('%s', (id, { withoutStream }) => {
	it('fails for what is behind HTTP 200', async () => {
		kie.inject(onChat({ kind: 'code', code: 402 }));
		const result = await ask({ model: id });
		expect(result.error?.message).toMatch(/Not enough Kie\.ai credits.* \[item 0\]$/);
		expect(kie.chats()).toHaveLength(1);
	});

	it('fails for an empty answer', async () => {
		kie.inject(onChat({ kind: 'no-answer' }));
		const result = await ask({ model: id });
		expect(result.error?.message).toMatch(/^The model returned an empty response.* \[item 0\]$/);
		expect(result.error?.description).toMatch(/may have charged/);
	});

	it('fails for an answer that is cut at a length nobody set', async () => {
		kie.inject(onChat({ kind: 'length' }));
		const result = await ask({ model: id });
		expect(result.error?.message).toBe('The model response reached the token limit [item 0]');
		expect(result.error?.description).toMatch(/Received so far: .*heard/);
	});

	it('fails for a stream without its end', async () => {
		if (withoutStream) return;
		for (const kind of ['cut', 'no-end', 'stream-error'] as const) {
			kie.reset();
			kie.inject(onChat({ kind }));
			const result = await ask({ model: id, options: { extraBody: '{ "stream": true }' } });
			expect([kind, result.error?.message]).toEqual([
				kind,
				expect.stringMatching(/^(The model response was truncated|The connection to Kie|Kie\.ai could not process)/),
			]);
			expect(kie.chats()).toHaveLength(1);
		}
	});
});
