import type { INodeParameters } from 'n8n-workflow';

import { isObject } from '../../nodes/shared/json';
import type { FaultKind, FaultTarget, Simulator } from '../simulator';
import { facts } from '../facts';
import { ERROR_OUTPUT, CONTINUE_ON_ERROR, runCommon, startKie } from './common-world';
import { failureOf } from './engine';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** What Kie Common returns about the account and Kie's live catalogue of models. */

const credits: INodeParameters = { resource: 'account', operation: 'getCredits' };
const list = (overrides: INodeParameters = {}): INodeParameters => ({
	resource: 'model',
	operation: 'list',
	...overrides,
});
const ofModel = (operation: string, id: string, overrides: INodeParameters = {}): INodeParameters => ({
	resource: 'model',
	operation,
	model: { __rl: true, mode: 'id', value: id },
	...overrides,
});

let kie: Simulator;
beforeAll(async () => {
	kie = await startKie({ credits: 5916.25 });
});
afterAll(async () => await kie.close());
beforeEach(() => kie.reset());

describe('Get Credits', () => {
	it('returns the balance with its decimals', async () => {
		const { items, error } = await runCommon(kie, credits);
		expect(error).toBeUndefined();
		expect(items).toEqual([{ json: { credits: 5916.25 }, pairedItem: { item: 0 } }]);
	});

	it('reports a response without a balance as unexpected', async () => {
		kie.inject({ on: 'credit', kind: 'data-null' });
		const { error } = await runCommon(kie, credits);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'Unexpected response from Kie.ai: The response does not contain a balance [item 0]',
		});
	});
});

describe('List', () => {
	const modelsOf = ({ items }: Awaited<ReturnType<typeof runCommon>>) => items.map(({ json }) => json.model);

	it('returns all models, with task types and price as text', async () => {
		const { items, error } = await runCommon(kie, list({ returnAll: true }));
		expect(error).toBeUndefined();
		expect(items.length).toBeGreaterThan(100);
		expect(items.find(({ json }) => json.model === 'nano-banana-2')).toMatchObject({
			json: {
				model: 'nano-banana-2',
				title: expect.any(String),
				provider: 'Google',
				taskTypes: expect.stringContaining('Text to Image'),
				price: 'flat 4 credits per image',
			},
			pairedItem: { item: 0 },
		});
		expect(items.find(({ json }) => json.model === 'elevenlabs/text-to-dialogue-v3')?.json).not.toHaveProperty('price');
	});

	it("returns Kie's own list if Simplify is off", async () => {
		const { items } = await runCommon(kie, list({ simplify: false, filters: { search: 'nano-banana-2' } }));
		expect(items[0]?.json).toMatchObject({ taskType: expect.any(Array), pricingDesc: 'flat 4 credits per image' });
	});

	it('returns 50 unless another limit is set', async () => {
		expect((await runCommon(kie, list())).items).toHaveLength(50);
		expect((await runCommon(kie, list({ limit: 3 }))).items).toHaveLength(3);
	});

	it('filters by text, provider and task types', async () => {
		expect(modelsOf(await runCommon(kie, list({ filters: { search: 'tomorrow' } })))).toEqual([
			'tomorrow/image-1',
			'tomorrow/no-page',
		]);
		const filters = { taskTypes: ['Chat', 'Image Editing'], provider: 'recraft' };
		const matches = await runCommon(kie, list({ returnAll: true, filters }));
		expect(modelsOf(matches)).toEqual(expect.arrayContaining(['recraft/crisp-upscale']));
		expect(kie.requests.at(-1)?.query).toEqual({ taskType: 'Chat,Image Editing', provider: 'recraft' });
		const chats = await runCommon(kie, list({ filters: { taskTypes: '={{ "Chat" }}' } }));
		expect(modelsOf(chats)).toContain('gpt-5-5');
		for (const { json } of chats.items) expect(json.taskTypes).toContain('Chat');
	});

	it('returns nothing if nothing matches', async () => {
		const { items, error } = await runCommon(kie, list({ filters: { search: 'no such model' } }));
		expect([items, error]).toEqual([[], undefined]);
	});

	it.each(['={{ 0 }}', '={{ 1.5 }}', '={{ 1e10 }}', '={{ "many" }}'])('rejects the limit %s', async (limit) => {
		const { error } = await runCommon(kie, list({ limit }));
		expect(error?.message).toMatch(/^'Limit' must be a whole number from 1 to 10000 \(got .+\) \[item 0\]$/);
		expect(kie.requests).toHaveLength(0);
	});
});

describe('Get Success Rate', () => {
	it('returns the rates of a day, the latest, and whether Kie considers them normal', async () => {
		const { items, error } = await runCommon(kie, ofModel('getSuccessRate', 'z-image'));
		expect(error).toBeUndefined();
		expect(items[0]?.json).toEqual({
			model: 'z-image',
			isNormal: true,
			successRate: 0.99,
			errorRate: 0.01,
			latestSuccessRate: 1,
			latestErrorRate: 0,
			from: expect.any(String),
			to: expect.any(String),
		});
	});

	it('returns a value for every ten minutes if Simplify is off', async () => {
		const { items } = await runCommon(kie, ofModel('getSuccessRate', 'z-image', { simplify: false }));
		expect(items[0]?.json.points).toHaveLength(144);
	});
});

describe('Get Price', () => {
	it("returns the price in Kie's words, or none", async () => {
		const models = ['z-image', 'elevenlabs/text-to-dialogue-v3'];
		const { items, error } = await runCommon(kie, ofModel('getPrice', '={{ $json.model }}'), {
			items: models.map((model) => ({ json: { model } })),
		});
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{ json: { model: 'z-image', pricingDesc: 'flat 4 credits per image' }, pairedItem: { item: 0 } },
			{ json: { model: models[1], pricingDesc: null }, pairedItem: { item: 1 } },
		]);
	});

	it('reports a model that Kie does not know', async () => {
		const { error } = await runCommon(kie, ofModel('getPrice', 'nobody/nothing'));
		expect(error?.message).toMatch(/^Kie\.ai could not find the requested resource: The model name .+ \[item 0\]$/);
		expect(error?.httpCode).toBe('404');
	});

	it.each([
		['={{ $json.nothing }}', /^'Model' is required \[item 0\]$/],
		['../credit', /^'Model' must be a model ID \(got \.\.\/credit\) \[item 0\]$/],
		['a?b=c', /^'Model' must be a model ID/],
		['two words', /^'Model' must be a model ID/],
	])('rejects the ID "%s"', async (id, message) => {
		const { error } = await runCommon(kie, ofModel('getPrice', id));
		expect(error?.message).toMatch(message);
		expect(error?.description).toContain('Nothing was sent');
		expect(kie.requests).toHaveLength(0);
	});
});

describe('Get Schema', () => {
	it('returns the input of a model as one JSON Schema', async () => {
		const { items, error } = await runCommon(kie, ofModel('getSchema', 'tomorrow/image-1'));
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			model: 'tomorrow/image-1',
			input: {
				type: 'object',
				required: ['prompt', 'quality'],
				properties: { quality: { enum: ['draft', 'final'] }, steps: { type: 'integer', maximum: 50 } },
			},
		});
		expect(JSON.stringify(items)).not.toContain('$ref');
	});

	it('returns the full document if Simplify is off', async () => {
		const { items } = await runCommon(kie, ofModel('getSchema', 'tomorrow/image-1', { simplify: false }));
		expect(items[0]?.json).toMatchObject({ model: 'tomorrow/image-1', openapi: { openapi: '3.1.0' } });
	});

	it('reports that a model has no schema', async () => {
		const { items, error } = await runCommon(kie, ofModel('getSchema', 'tomorrow/no-page'));
		expect(error).toBeUndefined();
		expect(items[0]?.json).toEqual({ model: 'tomorrow/no-page', openapi: null });
	});
});

const FAULTS: Array<[FaultTarget, string, INodeParameters]> = [
	['credit', 'Get Credits', credits],
	['models', 'List', list()],
	['models', 'Get Price', ofModel('getPrice', 'z-image')],
	['models', 'Get Schema', ofModel('getSchema', 'z-image')],
];

describe.each(FAULTS)('%s: %s', (on, _name, parameters) => {
	const transientFaults: FaultKind[] = [
		{ kind: 'drop-before' },
		{ kind: 'drop-after' },
		{ kind: 'html', status: 502 },
		{ kind: 'code', code: 455 },
		{ kind: 'status', status: 500 },
		{ kind: 'cut-json' },
		{ kind: 'empty' },
		{ kind: 'code', code: 429 },
	];

	// Each repeat of the live catalogue takes a second.
	it.each(on === 'models' ? transientFaults.slice(1, 3) : transientFaults)('is retried after $kind', async (fault) => {
		kie.inject({ ...fault, on });
		const { items, error } = await runCommon(kie, parameters);
		expect(error).toBeUndefined();
		expect(items.length).toBeGreaterThan(0);
		expect(kie.requests).toHaveLength(2);
	});

	it.each([
		[401, 'Kie.ai rejected the API key: You do not have access permissions [item 0]'],
		[433, 'Kie.ai sub-key limit reached: The usage limit of the sub-key is reached. [item 0]'],
		[505, 'This feature is disabled at Kie.ai: The feature is currently disabled. [item 0]'],
	])('reports the code %i after one request', async (code, message) => {
		kie.inject({ on, kind: 'code', code, times: 'always' });
		const { error } = await runCommon(kie, parameters);
		expect(error).toMatchObject({ name: 'NodeApiError', message, httpCode: String(code) });
		expect(kie.requests).toHaveLength(1);
	});

	it('continues with the other items if one is rejected', async () => {
		const items = [{}, {}];
		kie.inject({ on, kind: 'code', code: 505 });
		const result = await runCommon(kie, parameters, { items, settings: CONTINUE_ON_ERROR });
		const failedIndex = result.items.findIndex(({ json }) => json.error !== undefined);
		expect(failureOf(result, failedIndex).error).toMatch(/feature is disabled at Kie\.ai.+\[item \d\]$/);
		expect(new Set(result.items.map(({ pairedItem }) => JSON.stringify(pairedItem))).size).toBe(2);
		kie.inject({ on, kind: 'code', code: 505 });
		const { errorItems } = await runCommon(kie, parameters, { items, settings: ERROR_OUTPUT });
		expect(errorItems).toHaveLength(1);
	});
});

describe('the facts', () => {
	it('contain every task type of the filter', async () => {
		const { result } = facts('platform/models-list.json');
		const { description } = new (await import('../../nodes/KieCommon/KieCommon.node')).KieCommon();
		const filters = description.properties.find(({ name }) => name === 'filters')?.options ?? [];
		const types = filters.find(({ name }) => name === 'taskTypes');
		const taskTypeOptions = isObject(types) && Array.isArray(types.options) ? types.options : [];
		expect(taskTypeOptions.map((option) => isObject(option) && option.value).sort()).toEqual(
			[...result.taskTypes].sort(),
		);
	});
});
