import { chatModels, findChatModel } from '../../nodes/shared/chat/chatModels';
import { checkRequest } from '../../nodes/shared/chat/checkRequest';
import { customChatModel, searchChatModels } from '../../nodes/shared/chat/chatModelParameter';
import { parseJsonReply, readOutputFormat, withJsonInstruction } from '../../nodes/shared/chat/jsonOutput';
import type { ChatMessage, ChatModel, ChatRequest } from '../../nodes/shared/chat/chatTypes';
import { factFiles, facts } from '../facts';

/** The chat models: the list, the path of an ID, and requests that are rejected before anything is sent. */

function modelOf(id: string): ChatModel {
	const model = findChatModel(id);
	if (!model) throw new Error(`No model ${id}`);
	return model;
}

const hello: ChatRequest = { messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hello' }] }] };
const tools = [{ name: 'f', parameters: {} }];

it('lists each model once', () => {
	expect(new Set(chatModels.map(({ id }) => id)).size).toBe(chatModels.length);
	expect(new Set(chatModels.map(({ title }) => title)).size).toBe(chatModels.length);
	for (const model of chatModels) expect(findChatModel(model.id)).toBe(model);
});

it.each([
	['claude-opus-7', '/claude/v1/messages', 'claude-opus-7'],
	['gpt-5.9-codex', '/api/v1/responses', 'gpt-5.9-codex'],
	['gpt-7-sol', '/codex/v1/responses', 'gpt-7-sol'],
	['gpt-5.6-sol', '/openai/v1/responses', 'gpt-5.6-sol'],
	['gpt-6.1-sol', '/openai/v1/responses', 'gpt-6.1-sol'],
	['grok-5', '/grok/v1/responses', 'grok-5'],
	['kimi-k4', '/openai/v1/responses', 'kimi-k4'],
	['deepseek-v5', '/openai/v1/responses', 'deepseek-v5'],
	['gemini-3-9-flash', '/gemini/v1/models/gemini-3-9-flash:streamGenerateContent', undefined],
	['gemini-3-9-flash-openai', '/gemini-3-9-flash-openai/v1/chat/completions', undefined],
	['gemini-3.2-pro', '/gemini-3.2-pro/v1/chat/completions', undefined],
	['gemini-4-pro', '/gemini-4-pro/v1/chat/completions', undefined],
	['gemini-9/../x', '/gemini-9%2F..%2Fx/v1/chat/completions', undefined],
])('sends the unlisted %s to %s', (id, path, bodyModel) => {
	expect(findChatModel(id)).toMatchObject({ id, path, ...(bodyModel && { bodyModel }) });
	expect(findChatModel(id)?.bodyModel).toBe(bodyModel);
});

it('has no family for other IDs', () => expect(findChatModel('llama-9')).toBeUndefined());

it('searches by name and ID, family by family, with Custom Model always last', async () => {
	const search = async (filter?: string) => (await searchChatModels(filter)).results;
	const allModels = await search();
	expect(allModels).toHaveLength(chatModels.length + 1);
	expect(allModels.at(-1)).toEqual({ name: 'Custom Model', value: 'customModel' });
	const families = allModels.slice(0, -1).map(({ value }) => modelOf(String(value)).family);
	const changes = families.filter((family, index) => family !== families[index - 1]);
	expect(changes).toEqual([...new Set(families)]);
	const ids = (await search('SONNET 4')).map(({ value }) => value);
	expect(ids).toEqual(['claude-sonnet-4-6', 'claude-sonnet-4-5', 'customModel']);
	expect((await search('no such model')).map(({ value }) => value)).toEqual(['customModel']);
	expect((await search('opus 5.5'))[0]?.name).toBe('Claude Opus 5.5 (Unverified)');
});

describe('a request', () => {
	const check = (id: string, fields: Partial<ChatRequest>) => checkRequest(modelOf(id), { ...hello, ...fields });
	const file = (url: string): Partial<ChatRequest> => ({
		messages: [{ role: 'user', parts: [{ type: 'file', url }] }],
	});

	it.each<[string, string, Partial<ChatRequest>, RegExp]>([
		['tools', 'claude-fable-5', { tools }, /Claude Fable 5 does not support 'Tools'/],
		['tools', 'gemini-3.1-pro', { tools }, /does not support 'Tools'/],
		['a web search', 'claude-sonnet-5', { webSearch: true }, /does not support 'Web Search'/],
		['a web search', 'kimi-k3', { webSearch: true }, /does not support 'Web Search'/],
		['a reasoning effort', 'claude-sonnet-5', { reasoningEffort: 'low' }, /does not support 'Reasoning Effort'/],
		[
			'an effort',
			'kimi-k3',
			{ reasoningEffort: 'max' },
			/'Reasoning Effort' must be one of low, medium, high for Kimi K3 \(got max\)/,
		],
		[
			'an effort',
			'gemini-3-pro',
			{ reasoningEffort: 'medium' },
			/must be one of low, high for Gemini 3 Pro \(got medium\)/,
		],
		['thinking', 'gpt-5-5', { thinking: true }, /does not support 'Thinking'/],
		['a temperature', 'gpt-5-5', { temperature: 0 }, /does not support 'Sampling Temperature'/],
		['top p', 'gemini-3-pro', { topP: 1 }, /does not support 'Top P'/],
		['a token limit', 'grok-4-7', { maxTokens: 5 }, /does not support 'Maximum Number of Tokens'/],
		['search and tools', 'gpt-5-5', { webSearch: true, tools }, /does not support 'Web Search' together with 'Tools'/],
		[
			'search and tools',
			'gemini-3-pro',
			{ webSearch: true, tools },
			/does not support 'Web Search' together with 'Tools'/,
		],
		[
			'a schema and tools',
			'gemini-3-pro',
			{ json: { schema: {} }, tools },
			/does not support a JSON output format together with 'Tools'/,
		],
		['a video', 'gpt-5-5', file('https://a.b/c.mp4'), /GPT 5\.5 does not support videos: https:\/\/a\.b\/c\.mp4/],
		['a document', 'gpt-5-2', file('https://a.b/c.pdf'), /does not support documents/],
		['no message', 'gpt-5-2', { messages: [] }, /must contain a user message/],
		['an empty message', 'gpt-5-2', { messages: [{ role: 'user', parts: [] }] }, /Message 1 in 'Messages' is empty/],
	])('with %s for %s is rejected', (_, id, fields, message) => expect(check(id, fields)).toMatch(message));

	it.each<[string, string, Partial<ChatRequest>]>([
		['search and tools in Gemini’s protocol', 'gemini-3-7-flash', { webSearch: true, tools }],
		['a schema as an instruction and tools', 'gemini-3-7-flash-openai', { json: { schema: {} }, tools }],
		['a schema and a search', 'gemini-3-pro', { json: { schema: {} }, webSearch: true }],
		['a video', 'gemini-3-pro', file('https://a.b/c.mp4')],
		['a document', 'claude-sonnet-5', file('https://a.b/c.pdf')],
	])('with %s is valid', (_, id, fields) => expect(check(id, fields)).toBeUndefined());

	it.each<[string, ChatMessage['role'], boolean]>([
		['claude-sonnet-5', 'system', false],
		['claude-sonnet-5', 'assistant', true],
		['gpt-5-5', 'assistant', false],
		['gpt-5-5', 'system', true],
		['gpt-5-5', 'tool', false],
		['gemini-3-7-flash', 'tool', false],
		['gemini-3-pro', 'tool', true],
	])('for %s with a file in a message of the role %s is valid: %s', (id, role, isValid) => {
		const withFile: ChatMessage = {
			role,
			parts: [{ type: 'file', url: 'https://a.b/c.png' }],
			...(role === 'tool' && { toolCallId: 'a', toolName: 'f' }),
		};
		const issue = check(id, { messages: [...hello.messages, withFile] });
		expect(issue?.replace(/but .* does/, 'but it does')).toBe(
			isValid ? undefined : `Message 2 in 'Messages' has a file, but it does not support files in ${role} messages`,
		);
	});

	it.each([
		['claude-sonnet-5', 'tool_call_id'],
		['gemini-3-7-flash', 'name'],
	])('for %s requires the %s of a tool result', (id, name) => {
		const result: ChatMessage = { role: 'tool', parts: [{ type: 'text', text: 'cold' }] };
		expect(check(id, { messages: [...hello.messages, result] })).toBe(
			`Message 2 in 'Messages' is a tool result without '${name}'`,
		);
	});

	it('for a custom model of Anthropic’s protocol cannot have settings that the protocol lacks', () => {
		const model = customChatModel('anthropic-messages', '/x', '');
		expect(checkRequest(model, { ...hello, webSearch: true })).toBe("Custom Model does not support 'Web Search'");
		expect(checkRequest(model, { ...hello, reasoningEffort: 'low' })).toMatch(/does not support 'Reasoning Effort'/);
		expect(checkRequest(model, { ...hello, thinking: true, maxTokens: 5 })).toBeUndefined();
	});

	it('for a custom model can have all settings', () => {
		const fields: Partial<ChatRequest> = { tools, temperature: 1, topP: 1, maxTokens: 1, reasoningEffort: 'max' };
		expect(checkRequest(customChatModel('openai-chat', '/x', ''), { ...hello, ...fields })).toBeUndefined();
	});
});

describe('JSON', () => {
	it('has a plain schema, or one in OpenAI’s format', () => {
		const schema = { type: 'object' };
		expect(readOutputFormat('text', () => null, 'Schema')).toBeUndefined();
		expect(readOutputFormat('json', () => null, 'Schema')).toEqual({});
		expect(readOutputFormat('jsonSchema', () => schema, 'Schema')).toEqual({ schema });
		expect(readOutputFormat('jsonSchema', () => JSON.stringify({ name: 'town', schema }), 'Schema')).toEqual({
			name: 'town',
			schema,
		});
		expect(() => readOutputFormat('jsonSchema', () => '[]', 'Schema')).toThrow("'Schema' must be a JSON object");
	});

	it('is requested with an instruction if there is no field for it', () => {
		const json = { schema: { type: 'object' } };
		expect(withJsonInstruction(modelOf('gemini-3-pro'), { ...hello, json })).toMatchObject({ json });
		const request = withJsonInstruction(modelOf('gpt-5-5'), { ...hello, json });
		expect(request.json).toBeUndefined();
		expect(request.messages.map(({ role }) => role)).toEqual(['system', 'user']);
		expect(JSON.stringify(request.messages[0])).toContain('JSON Schema');
		const extended = withJsonInstruction(modelOf('gemini-3-pro'), { ...request, json: {} });
		expect(extended.messages.map(({ role, parts }) => [role, parts.length])).toEqual([
			['system', 2],
			['user', 1],
		]);
	});

	it.each([
		['{"a":1}', { a: 1 }],
		[' [1]\n', [1]],
		['```json\n{"a":1}\n```', { a: 1 }],
		['Here it is:\n```\n{"a":1}\n```\n', { a: 1 }],
	])('is found in %j', (answer, json) => expect(parseJsonReply(answer)).toEqual(json));

	it.each(['I see [1] and {"a":1}', '{"a":', '', '```json\n{"a"\n```', 'Sorry'])('is not found in %j', (answer) =>
		expect(parseJsonReply(answer)).toBeUndefined(),
	);
});

interface Fact {
	request: { method: string; path: string };
	input: { properties: Record<string, { enum?: string[]; properties?: Record<string, { enum?: string[] }> }> };
}

describe('the facts', () => {
	const endpoints = factFiles('chat')
		.map((file): Fact => facts(file))
		.filter(({ request }) => request.method === 'POST');
	const idsOf = ({ input }: Fact): string[] | undefined => input.properties.model?.enum;
	/** Gateways for coding tools, and a removed one. */
	const remaining = ['/anthropic/v1/messages', '/xai/v1/responses', '/api/v1/chat/completions'];

	it.each(
		endpoints
			.filter(({ request }) => !remaining.includes(request.path))
			.map((fact): [string, Fact] => [fact.request.path, fact]),
	)('contain %s with its models', (path, fact) => {
		const ids = idsOf(fact);
		if (!ids) return expect(chatModels.map((model) => model.path)).toContain(path);
		for (const id of ids) {
			// The spelling of coding tools; the model is listed with another path.
			if (path === '/openai/v1/responses' && id.startsWith('gpt-6-')) continue;
			expect([id, findChatModel(id)?.path]).toEqual([id, path]);
			if (!(path === '/openai/v1/responses' && id.startsWith('gpt-'))) {
				expect(chatModels.map((model) => model.id)).toContain(id);
			}
		}
	});

	it('list all models that are not marked as possibly unavailable, and no others', () => {
		const listed: string[] = facts('platform/models-list.json').result['chatOn2026-10-01'];
		const unmarked = chatModels.filter(({ status }) => status !== 'Possibly Unavailable');
		expect(unmarked.map(({ id }) => id).sort()).toEqual([...listed].sort());
	});

	it.each(chatModels.map((model): [string, ChatModel] => [model.id, model]))(
		'contain %s',
		(_, { path, bodyModel, capabilities }) => {
			const fact = endpoints.find(({ request }) => request.path === path);
			if (!fact) throw new Error(`No facts for ${path}`);
			expect(idsOf(fact) === undefined).toBe(bodyModel === undefined);
			if (bodyModel !== undefined) expect(idsOf(fact)).toContain(bodyModel);
			const fields = fact.input.properties;
			const efforts = fields.reasoning_effort?.enum ?? fields.reasoning?.properties?.effort?.enum;
			if (efforts && capabilities.reasoningEffort)
				expect(efforts).toEqual(expect.arrayContaining([...capabilities.reasoningEffort]));
			if (path.endsWith('chat/completions')) {
				expect(capabilities.reasoningEffort !== undefined).toBe(efforts !== undefined);
				expect(capabilities.jsonSchema === true).toBe('response_format' in fields);
				expect(capabilities.thinking === true).toBe('include_thoughts' in fields);
			}
		},
	);
});
