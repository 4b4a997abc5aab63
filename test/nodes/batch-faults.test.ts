import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { runNode } from './engine';
import { zImage } from './market';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** What happens to the other items if one fails, and how Retry On Fail handles them: they are paid for. */

const RETRIES = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
const PROMPTS = { ...zImage, prompt: '={{ $json.prompt }}' };
const prompts = (...texts: string[]) => texts.map((prompt) => ({ json: { prompt } }));

/** The duration of tasks in seconds, by prompt. */
const SECONDS: Record<string, number> = { quick: 0.1, slow: 0.5, endless: 600 };

describe('a batch in which one item fails', () => {
	let kie: Simulator;
	beforeEach(async () => {
		kie = await startSimulator({
			taskSeconds: (_model, { prompt }) => SECONDS[String(prompt)] ?? 0.1,
			readRates: false,
		});
	});
	afterEach(async () => await kie.close());

	it('stops immediately with an error that names the tasks of the other items', async () => {
		kie.inject({ on: 'create', kind: 'fail', failMsg: 'Flagged', skip: 1 });
		const { error, seconds } = await runNode(kie, {
			items: prompts('endless', 'quick', 'endless'),
			parameters: PROMPTS,
		});
		expect(seconds).toBeLessThan(5);
		expect(error?.message).toMatch(/Flagged \[item 1\]/);
		const otherIds = [...kie.tasks.values()].filter(({ input }) => input.prompt === 'endless').map(({ id }) => id);
		expect(otherIds).toHaveLength(2);
		for (const id of otherIds) expect(error?.description).toContain(`${id} (market, still running)`);
		expect(error?.description).toMatch(/item 0: .*item 2: /);
		expect(error?.description).toMatch(/'On Error' to one of the continue options/);
	});

	it('also names the results of completed tasks', async () => {
		kie.inject({ on: 'create', kind: 'fail', skip: 1 });
		const { error } = await runNode(kie, { items: prompts('quick', 'slow'), parameters: PROMPTS });
		const [finished] = [...kie.tasks.values()];
		expect(error?.description).toContain(`item 0: ${finished?.id} (market, completed): ${finished?.urls[0]}`);
	});

	it('also names tasks that may have been created', async () => {
		kie.inject({ on: 'create', kind: 'drop-after', times: 2 });
		const { error } = await runNode(kie, { items: prompts('quick', 'quick'), parameters: PROMPTS });
		expect(error?.message).toContain('[item 0]');
		expect(error?.description).toContain('item 1: not confirmed, may have been created');
	});

	it('creates no further tasks once an item has failed', async () => {
		kie.inject({ on: 'create', kind: 'code', code: 402 });
		const quickPrompts = Array.from({ length: 25 }, () => 'quick');
		const { error, seconds } = await runNode(kie, { items: prompts(...quickPrompts), parameters: PROMPTS });
		expect(error?.message).toMatch(/Not enough Kie\.ai credits/);
		expect(seconds).toBeLessThan(3);
		expect(kie.creates()).toHaveLength(20);
	});

	it('waits for the same tasks when Retry On Fail runs it again, and recreates only the failed one', async () => {
		kie.inject({ on: 'create', kind: 'fail', skip: 1 });
		const { items, error } = await runNode(kie, {
			items: prompts('slow', 'quick', 'slow'),
			parameters: PROMPTS,
			settings: RETRIES,
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.state)).toEqual(['success', 'success', 'success']);
		expect(kie.creates()).toHaveLength(4);
		expect(kie.tasks.size).toBe(4);
	});

	it('distinguishes tasks of equal items when Retry On Fail runs it again', async () => {
		kie.inject({ on: 'create', kind: 'fail', skip: 2 });
		const { items } = await runNode(kie, {
			items: prompts('quick', 'quick', 'quick'),
			parameters: PROMPTS,
			settings: RETRIES,
		});
		expect(new Set(items.map(({ json }) => json.taskId)).size).toBe(3);
		expect(kie.creates()).toHaveLength(4);
	});

	it('uploads and creates nothing twice when Retry On Fail runs it again', async () => {
		kie.inject({ on: 'create', kind: 'fail', skip: 1 });
		const file = () => ({ data: { data: Buffer.from('image'), name: 'a.png', type: 'image/png' } });
		const { error } = await runNode(kie, {
			items: [{ files: file() }, { files: file() }],
			parameters: {
				operation: 'upscale',
				model: 'recraft/crisp-upscale',
				image_urls: 'data',
				options: { pollInterval: 1 },
			},
			settings: RETRIES,
		});
		expect(error).toBeUndefined();
		expect(kie.creates()).toHaveLength(3);
		expect(kie.uploads).toHaveLength(3);
	});

	it('repeats nothing with Create Only', async () => {
		kie.inject({ on: 'create', kind: 'code', code: 402, skip: 1 });
		const { items, error } = await runNode(kie, {
			items: prompts('quick', 'slow'),
			parameters: { ...PROMPTS, executionMode: 'createOnly' },
			settings: RETRIES,
		});
		expect(error).toBeUndefined();
		expect(items).toHaveLength(2);
		expect(kie.creates()).toHaveLength(3);
		expect(kie.tasks.size).toBe(2);
	});

	it('waits for the other tasks with Continue On Fail and Retry On Fail combined', async () => {
		kie.inject({ on: 'create', kind: 'fail' });
		const { items } = await runNode(kie, {
			items: prompts('quick', 'slow'),
			parameters: PROMPTS,
			settings: { ...RETRIES, onError: 'continueRegularOutput' },
		});
		expect(items.map(({ json }) => json.state)).toEqual(['success', 'success']);
		expect(kie.creates()).toHaveLength(3);
	});
});
