import type { FaultKind, Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import type { RunResult } from './engine';
import { failureOf, runNode } from './engine';
import { byModel, itemsNamed, modelOfItem, modelsNamed, zImage } from './market';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** Faults while polling. Reading is free and the task is paid for, so reads are repeated. */

const TRANSIENT_FAULTS = byModel<FaultKind>({
	'connection lost before the request': { kind: 'drop-before' },
	'connection lost after the request': { kind: 'drop-after' },
	'HTTP 429': { kind: 'status', status: 429 },
	'code 429': { kind: 'code', code: 429 },
	'HTTP 500': { kind: 'status', status: 500 },
	'HTTP 502': { kind: 'status', status: 502 },
	'code 500': { kind: 'code', code: 500 },
	'code 455': { kind: 'code', code: 455 },
	'a web page': { kind: 'html' },
	'a web page with HTTP 503': { kind: 'html', status: 503 },
	'cut JSON': { kind: 'cut-json' },
	'an empty answer': { kind: 'empty' },
	'the word null': { kind: 'null' },
	'data null': { kind: 'data-null' },
	'422 recordInfo is null': { kind: 'record-null' },
	'HTTP 404': { kind: 'status', status: 404 },
	'an unknown state': { kind: 'state', state: 'pondering' },
	'a state that is a number': { kind: 'state', state: 7 },
	'another content type': { kind: 'content-type', value: 'text/plain' },
});

describe('polling', () => {
	let kie: Simulator;
	let result: RunResult;
	const names = Object.keys(TRANSIENT_FAULTS);
	beforeAll(async () => {
		kie = await startSimulator({ models: modelsNamed(names), taskSeconds: 0.1, rate: false, readRates: false });
		for (const [model, fault] of Object.entries(TRANSIENT_FAULTS))
			kie.inject({ ...fault, on: 'read', model, times: 5 });
		result = await runNode(kie, {
			items: itemsNamed(names),
			parameters: modelOfItem,
			settings: { onError: 'continueRegularOutput' },
		});
	});
	afterAll(async () => await kie.close());

	it.each(names)('continues after five faults in a row: %s', (name) => {
		const { json } = result.items[names.indexOf(name)]!;
		expect(json).toMatchObject({ model: name, state: 'success', urls: [expect.stringContaining('/files/')] });
		const tasks = [...kie.tasks.values()].filter(({ model }) => model === name);
		expect(tasks).toHaveLength(1);
		const reads = kie.reads(tasks[0]!.id).length;
		expect(reads).toBeGreaterThanOrEqual(name === 'another-content-type' ? 1 : 6);
	});
});

const REJECTIONS = byModel<{ fault: FaultKind; message: RegExp }>({
	'code 401': { fault: { kind: 'code', code: 401 }, message: /rejected the API key/ },
	'HTTP 401': { fault: { kind: 'status', status: 401 }, message: /rejected the API key/ },
	'code 433': { fault: { kind: 'code', code: 433 }, message: /Kie\.ai sub-key limit reached/ },
	'code 505': { fault: { kind: 'code', code: 505 }, message: /feature is disabled at Kie\.ai/ },
});

describe('polling that Kie rejects', () => {
	let kie: Simulator;
	let result: RunResult;
	const names = Object.keys(REJECTIONS);
	beforeAll(async () => {
		kie = await startSimulator({ models: modelsNamed(names), taskSeconds: 0.1, readRates: false });
		for (const [model, { fault }] of Object.entries(REJECTIONS))
			kie.inject({ ...fault, on: 'read', model, times: 'always' });
		result = await runNode(kie, {
			items: itemsNamed(names),
			parameters: modelOfItem,
			settings: { onError: 'continueRegularOutput' },
		});
	});
	afterAll(async () => await kie.close());

	it.each(names)('(%s) stops after three rejections in a row with an error that names the paid task', (name) => {
		const [task] = [...kie.tasks.values()].filter(({ model }) => model === name);
		const { error, description, taskId } = failureOf(result, names.indexOf(name));
		expect(error).toMatch(REJECTIONS[name]!.message);
		expect(taskId).toBe(task!.id);
		expect(description).toContain(task!.id);
		expect(description).toMatch(/been charged/);
		expect(kie.reads(task!.id)).toHaveLength(3);
	});
});

const FAILURES = byModel<{ fault: FaultKind; message: RegExp; description: RegExp }>({
	'with a reason': {
		fault: { kind: 'fail', failCode: '501', failMsg: 'Your prompt was flagged' },
		message: /could not complete the task: Your prompt was flagged/,
		description: /\(code 501\)/,
	},
	'without a reason': {
		fault: { kind: 'fail', failCode: '', failMsg: '' },
		message: /no reason given/,
		description: /returned no result\./,
	},
	'that says success with an empty result': {
		fault: { kind: 'no-result', form: 'empty-string' },
		message: /succeeded at Kie.ai, but has no result/,
		description: /has been charged/,
	},
	'that says success with an empty object': {
		fault: { kind: 'no-result', form: 'empty-object' },
		message: /succeeded at Kie.ai, but has no result/,
		description: /has been charged/,
	},
	'that says success with no URLs': {
		fault: { kind: 'no-result', form: 'empty-urls' },
		message: /succeeded at Kie.ai, but has no result/,
		description: /has been charged/,
	},
	'that says success with a cut result': {
		fault: { kind: 'bad-result' },
		message: /succeeded at Kie.ai, but has no result/,
		description: /has been charged/,
	},
});

describe('a task', () => {
	let kie: Simulator;
	let result: RunResult;
	const names = Object.keys(FAILURES);
	beforeAll(async () => {
		kie = await startSimulator({ models: modelsNamed(names), taskSeconds: 0.1, readRates: false });
		for (const [model, { fault }] of Object.entries(FAILURES)) kie.inject({ ...fault, on: 'create', model });
		result = await runNode(kie, {
			items: itemsNamed(names),
			parameters: modelOfItem,
			settings: { onError: 'continueRegularOutput' },
		});
	});
	afterAll(async () => await kie.close());

	it.each(names)('%s is an error with the reason, the task and the model', (name) => {
		const index = names.indexOf(name);
		const [task] = [...kie.tasks.values()].filter(({ model }) => model === name);
		const { error, description, taskId } = failureOf(result, index);
		expect(error).toMatch(FAILURES[name]!.message);
		expect(error).toContain(`[item ${index}]`);
		expect(taskId).toBe(task!.id);
		expect(description).toContain(task!.id);
		expect(description).toContain(name);
		expect(description).toMatch(FAILURES[name]!.description);
	});
});

describe('a failed task', () => {
	let kie: Simulator;
	beforeEach(async () => {
		kie = await startSimulator({ taskSeconds: 0.1, readRates: false });
	});
	afterEach(async () => await kie.close());

	it("stops the node with Kie's reason", async () => {
		kie.inject({ on: 'create', kind: 'fail', failCode: '422', failMsg: 'The image is too small' });
		const { error } = await runNode(kie, { parameters: zImage });
		const [taskId] = kie.tasks.keys();
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'Kie.ai could not complete the task: The image is too small [item 0]',
		});
		expect(error?.description).toContain(`Task ${taskId} (API market, model z-image) returned no result (code 422)`);
	});

	it.each([
		['flux-kontext-pro', {}],
		['gpt4o-image', { aspect_ratio: '1:1' }],
		['midjourney-text-to-image', {}],
	])('of %s is one too', async (model, fields) => {
		kie.inject({ on: 'create', kind: 'fail', failCode: '400', failMsg: 'Flagged' });
		const { error } = await runNode(kie, { parameters: { operation: 'generate', model, prompt: 'A fox', ...fields } });
		expect(error?.message).toMatch(/could not complete the task: Flagged/);
		expect(error?.description).toMatch(/\(code 400\)/);
	});

	it('is created again by Retry On Fail, because it was not charged', async () => {
		kie.inject({ on: 'create', kind: 'fail' });
		const { items, error } = await runNode(kie, {
			parameters: zImage,
			settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json.state).toBe('success');
		expect(kie.creates()).toHaveLength(2);
	});
});
