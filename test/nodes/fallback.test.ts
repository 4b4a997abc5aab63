import { sortBy } from 'lodash';
import type { IExecuteFunctions, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { KieImage } from '../../nodes/KieImage/KieImage.node';
import { isFaultOfModel } from '../../nodes/shared/run/fallback';
import type { FaultKind, Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import type { RunOptions } from './engine';
import { failureOf, runNode } from './engine';
import { formContext } from './formContext';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** The model that takes over if the first one fails. */

const FIRST = 'z-image';
const SECOND = 'nano-banana-2';
const RETRIES = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const CONTINUE_ON_ERROR = { onError: 'continueRegularOutput' } as const;

let kie: Simulator;
beforeEach(async () => (kie = await startSimulator({ taskSeconds: 0.05, readRates: false, rate: false })));
afterEach(async () => await kie.close());

const image = (options: INodeParameters = {}): INodeParameters => ({
	operation: 'generate',
	model: FIRST,
	prompt: 'A red fox',
	aspect_ratio: '16:9',
	aspectRatio: '16:9',
	downloadFiles: false,
	options: { pollInterval: 1, fallbackModel: { __rl: true, mode: 'list', value: SECOND }, ...options },
});
const run = async (overrides: Partial<RunOptions> = {}) => await runNode(kie, { parameters: image(), ...overrides });
const models = () => kie.creates().map(({ body }) => Object(body).model);
const failingTask = (failCode: string, failMsg: string, fields: object = {}) => ({
	on: 'create' as const,
	kind: 'fail' as const,
	failCode,
	failMsg,
	...fields,
});

it('is not used if the first model succeeds', async () => {
	const { items, error } = await run();
	expect(error).toBeUndefined();
	expect(items[0]?.json).toMatchObject({ state: 'success', model: FIRST });
	expect(items[0]?.json).not.toHaveProperty('fallbackFor');
	expect(models()).toEqual([FIRST]);
});

it('takes over from a task that failed at Kie, which the output shows', async () => {
	kie.inject(failingTask('500', 'Internal Error, please try again later.', { model: FIRST }));
	const { items, error } = await run();
	expect(error).toBeUndefined();
	const [firstTask] = kie.tasks.keys();
	expect(items[0]?.json).toMatchObject({
		state: 'success',
		model: SECOND,
		fallbackFor: { model: FIRST, taskId: firstTask, error: expect.stringContaining('Internal Error') },
	});
	expect(models()).toEqual([FIRST, SECOND]);
	expect(Object(kie.creates()[1]?.body).input).toMatchObject({ prompt: 'A red fox' });
});

it.each<[name: string, fault: FaultKind]>([
	['is disabled', { kind: 'code', code: 505 }],
	['is under maintenance', { kind: 'code', code: 455 }],
])('takes over from a model that %s', async (_name, fault) => {
	kie.inject({ on: 'create', model: FIRST, ...fault });
	const { items, error } = await run();
	expect(error).toBeUndefined();
	expect(items[0]?.json).toMatchObject({ model: SECOND, fallbackFor: { model: FIRST } });
});

it.each([
	['the content', failingTask('400', 'Your prompt was flagged')],
	['a policy, with a code of the server', failingTask('500', 'The input violates our content policy')],
	['the input', { on: 'create' as const, kind: 'code' as const, code: 422 }],
	['the credits', { on: 'create' as const, kind: 'code' as const, code: 402 }],
])('does not take over if the failure is about %s', async (_name, fault) => {
	kie.inject(fault);
	const { error } = await run();
	expect(error).toBeDefined();
	expect(models()).toEqual([FIRST]);
});

it('does not take over if the task may have been created', async () => {
	kie.inject({ on: 'create', kind: 'drop-after' });
	const { error } = await run();
	expect(error?.description).toContain('may have been created');
	expect(models()).toEqual([FIRST]);
});

it('is used once for an item, over all tries of Retry On Fail, and its error names both models', async () => {
	kie.inject(failingTask('500', 'Server exception', { times: 'always' }));
	const { error } = await run({ settings: RETRIES });
	expect(error?.message).toMatch(/could not complete the task/);
	expect(models().filter((model) => model === SECOND)).toHaveLength(1);
	const { items } = await runNode(kie, { parameters: image(), settings: CONTINUE_ON_ERROR });
	expect(failureOf({ items }, 0).description).toContain(`Before, the model ${FIRST} failed`);
});

it('is not charged again by the next try', async () => {
	kie.inject(failingTask('500', 'Server exception', { model: FIRST }), {
		on: 'read',
		kind: 'code',
		code: 401,
		model: SECOND,
	});
	const { items, error } = await run({ settings: RETRIES });
	expect(error).toBeUndefined();
	expect(items[0]?.json).toMatchObject({ model: SECOND, fallbackFor: { model: FIRST } });
	expect(models()).toEqual([FIRST, SECOND]);
});

it('counts in Maximum Credits per Run', async () => {
	kie.inject(failingTask('500', 'Server exception', { model: FIRST, times: 'always' }));
	const items = Array.from({ length: 10 }, () => ({}));
	await runNode(kie, { parameters: image({ maxCredits: 9 }), items, settings: CONTINUE_ON_ERROR });
	expect(models().filter((model) => model === SECOND)).toHaveLength(2);
});

it('runs alone until its own price is known', async () => {
	kie.inject(failingTask('500', 'Server exception', { model: FIRST, times: 'always', skip: 1 }));
	const expensive = { __rl: true, mode: 'id', value: 'grok-imagine/text-to-image' };
	await runNode(kie, {
		parameters: { ...image({ maxCredits: 60, fallbackModel: expensive }), aspect_ratio: '1:1' },
		items: Array.from({ length: 10 }, () => ({})),
		settings: CONTINUE_ON_ERROR,
	});
	const charges = [...kie.tasks.values()].filter(({ state }) => state === 'success').map(({ credits }) => credits);
	expect(charges).toEqual([4, 24, 24]);
});

it('is used in a later try if the previous one stopped before its task was created', async () => {
	kie.inject(failingTask('500', 'Server exception', { model: FIRST, times: 'always' }), {
		on: 'create',
		kind: 'code',
		code: 402,
		model: SECOND,
	});
	const { items, error } = await run({ settings: RETRIES });
	expect(error).toBeUndefined();
	expect(items[0]?.json).toMatchObject({ model: SECOND, fallbackFor: { model: FIRST } });
	expect(models()).toEqual([FIRST, SECOND, FIRST, SECOND]);
});

it('takes over in each of two calls of a tool with the same arguments', async () => {
	const node = new KieImage();
	const answers: INodeExecutionData[] = [];
	node.execute = async function (this: IExecuteFunctions) {
		this.isToolExecution = () => true;
		for (let call = 0; call < 2; call++) answers.push(...((await KieImage.prototype.execute.call(this))[0] ?? []));
		return [answers];
	};
	kie.inject(failingTask('500', 'Server exception', { model: FIRST, times: 'always' }));
	const { error } = await run({ node });
	expect(error).toBeUndefined();
	expect(answers.map(({ json }) => json.model)).toEqual([SECOND, SECOND]);
});

describe('is checked before anything is sent', () => {
	it('for what it requires', async () => {
		const parameters = image({ fallbackModel: { __rl: true, mode: 'id', value: 'nobody/nothing' } });
		const { error } = await runNode(kie, { parameters });
		expect(error?.message).toMatch(
			/^'Fallback Model' cannot take over: The operation does not support the model 'nobody\/nothing'\. Similar models: /,
		);
		expect(kie.requests).toEqual([]);
	});

	it('for its limits', async () => {
		const options = { fallbackModel: { __rl: true, mode: 'list', value: FIRST } };
		const { error } = await runNode(kie, {
			parameters: { ...image(options), model: SECOND, prompt: 'x'.repeat(5_000) },
		});
		expect(error?.message).toMatch(/^'Fallback Model' cannot take over: 'Prompt' must be at most \d+ characters/);
		expect(kie.requests).toEqual([]);
	});

	it('for pausing, which creates nothing later', async () => {
		const { error } = await runNode(kie, { parameters: image({ waitUsing: 'pause' }) });
		expect(error?.message).toBe("'Fallback Model' cannot be used with 'Wait Using: Pause Execution' [item 0]");
		expect(kie.requests).toEqual([]);
	});
});

it('is searched among the other models of the operation, which have the names of the model list', async () => {
	const node = new KieImage();
	const context = formContext(kie, node, { operation: 'generate', model: SECOND });
	const search = async (text?: string) =>
		(await node.methods.listSearch.searchFallbackModels.call(context, text)).results.map(({ name, value }) => ({
			name,
			value,
		}));
	const modelList = node.description.properties.find(
		({ name, displayOptions }) => name === 'model' && displayOptions?.show?.operation?.includes('generate'),
	);
	const others = (modelList?.options ?? []).flatMap((option) =>
		'value' in option && option.value !== SECOND ? [{ name: option.name, value: option.value }] : [],
	);
	expect(others.length).toBeGreaterThan(10);
	expect(sortBy(await search(), 'name')).toEqual(sortBy(others, 'name'));
	expect(await search('nano banana pro')).toEqual([{ name: 'Nano Banana Pro', value: 'nano-banana-pro' }]);
});

it.each([
	[{ code: '500', reason: 'Internal Error' }, true],
	[{ code: '505', reason: '' }, true],
	[{ code: '455', reason: '' }, true],
	[{ code: 'GENERATION_FAILED', reason: '' }, true],
	[{ reason: 'no reason' }, true],
	[{ code: 'GENERATION_FAILED', reason: 'NSFW content' }, false],
	[{ code: 'SENSITIVE_WORD_ERROR', reason: '' }, false],
	[{ code: '501', reason: 'Generation failed' }, false],
	[{ code: '422', reason: '' }, false],
	[{ code: '402', reason: '' }, false],
])('recognizes whether %j is the fault of the model', (failure, isModels) =>
	expect(isFaultOfModel(failure)).toBe(isModels),
);
