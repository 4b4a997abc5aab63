import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import { KieImage } from '../../nodes/KieImage/KieImage.node';
import { KieVideo } from '../../nodes/KieVideo/KieVideo.node';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import type { RunOptions } from './engine';
import { failureOf, runNode } from './engine';
import { zImage } from './market';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** The options that limit what a run may cost. An image costs 4 credits here. */

const CONTINUE_ON_ERROR = { onError: 'continueRegularOutput' } as const;
const RETRIES = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const twenty = Array.from({ length: 20 }, (_, index) => ({ json: { index } }));

let kie: Simulator;
beforeEach(async () => {
	kie = await startSimulator({ taskSeconds: 0.05, readRates: false, rate: false, credits: 1000 });
});
afterEach(async () => await kie.close());

const image = (options: INodeParameters): INodeParameters => ({
	...zImage,
	downloadFiles: false,
	options: { pollInterval: 1, ...options },
});
/** Kie's records of these tasks do not say what they cost. */
const unpricedVideo: INodeParameters = {
	operation: 'textToVideo',
	model: 'veo3_fast',
	prompt: 'A fox',
	downloadFiles: false,
	options: { pollInterval: 1, maxCredits: 130 },
};
const run = async (options: INodeParameters, overrides: Partial<RunOptions> = {}) =>
	await runNode(kie, { parameters: image(options), items: twenty, ...overrides });

const hintsOf = ({ run: { data } }: Awaited<ReturnType<typeof runNode>>) =>
	data.resultData.runData.Kie?.at(-1)?.hints?.map(({ message }) => message) ?? [];

/** The indexes of the items that have a result, and the messages of the others. */
function split(result: Awaited<ReturnType<typeof run>>) {
	const isDone = (index: number) => result.items[index]?.json.state === 'success';
	const indexes = result.items.map((_, index) => index);
	return {
		done: indexes.filter(isDone),
		messages: indexes.filter((index) => !isDone(index)).map((index) => failureOf(result, index).error),
	};
}

describe('Minimum Balance (Credits)', () => {
	it('creates nothing below it, and reports both values', async () => {
		const { error } = await run({ minimumBalance: 1000.5 });
		expect(error?.message).toBe('The balance of 1000 credits is below the minimum of 1000.5 [item 0]');
		expect(error?.description).toContain('No task was created');
		expect(kie.creates()).toEqual([]);
		expect(kie.requests.filter(({ path }) => path === '/api/v1/chat/credit')).toHaveLength(1);
	});

	it('allows a run at exactly the minimum, and reads the balance once', async () => {
		const { items, error } = await run({ minimumBalance: 1000 });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(20);
		const firstCreate = kie.requests.findIndex(({ path }) => path === '/api/v1/jobs/createTask');
		expect(kie.requests.slice(0, firstCreate).map(({ path }) => path)).toEqual(['/api/v1/chat/credit']);
	});

	it('creates nothing if the balance cannot be read', async () => {
		kie.inject({ on: 'credit', kind: 'code', code: 401, times: 'always' });
		const { error } = await run({ minimumBalance: 1 });
		expect(error?.message).toMatch(/API key/);
		expect(kie.creates()).toEqual([]);
	});

	it('does not stop Retry On Fail from using the tasks of an earlier try', async () => {
		kie.inject({ on: 'read', kind: 'code', code: 401, times: 1 });
		const { items, error } = await run({ minimumBalance: 999 }, { items: [{}], settings: RETRIES });
		expect(error).toBeUndefined();
		expect(items[0]?.json.state).toBe('success');
		expect(kie.creates()).toHaveLength(1);
	});
});

describe('Maximum Tasks per Run', () => {
	it('rejects a run with more items before anything is sent', async () => {
		const { error } = await run({ maxTasks: 5 });
		expect(error?.message).toBe("'Maximum Tasks per Run' allows 5 of the 20 items [item 5]");
		expect(kie.requests).toEqual([]);
	});

	it('creates no more with On Error: Continue, and every other item gives the reason', async () => {
		const result = await run({ maxTasks: 5 }, { settings: CONTINUE_ON_ERROR });
		const { done: succeeded, messages } = split(result);
		expect(succeeded).toEqual([0, 1, 2, 3, 4]);
		expect(messages).toHaveLength(15);
		for (const message of messages) expect(message).toMatch(/^'Maximum Tasks per Run' allows 5 of the 20 items/);
		expect(kie.creates()).toHaveLength(5);
	});

	it('creates no more over all tries of Retry On Fail', async () => {
		kie.inject({ on: 'read', kind: 'code', code: 401, times: 1 });
		const { error } = await run({ maxTasks: 5 }, { items: twenty.slice(0, 5), settings: RETRIES });
		expect(error).toBeUndefined();
		expect(kie.creates()).toHaveLength(5);
	});
});

describe('Maximum Credits per Run', () => {
	/** The highest number of tasks that ran at the same time. */
	function maxConcurrentTasks(): number {
		const tasks = [...kie.tasks.values()];
		return Math.max(
			...tasks.map(
				({ createdAt }) =>
					tasks.filter(
						(candidate) => candidate.createdAt <= createdAt && createdAt < (candidate.finishedAt ?? Infinity),
					).length,
			),
		);
	}

	it('creates as many tasks as it allows, and holds back the others', async () => {
		const result = await run({ maxCredits: 20 }, { settings: CONTINUE_ON_ERROR });
		const { done: succeeded, messages } = split(result);
		expect(kie.credits()).toBe(980);
		expect(kie.creates()).toHaveLength(5);
		expect(succeeded).toHaveLength(5);
		expect(messages).toHaveLength(15);
		expect(new Set(messages.map((message) => message.replace(/ \[item \d+\]/, '')))).toEqual(
			new Set(["'Maximum Credits per Run' is reached: 20 of 20 credits are spent, and a task costs up to 4"]),
		);
	});

	it('creates the first task alone, then the others in parallel', async () => {
		await run({ maxCredits: 1000 });
		const [first, second] = [...kie.tasks.values()];
		expect(second?.createdAt).toBeGreaterThanOrEqual(first?.finishedAt ?? Infinity);
		expect(maxConcurrentTasks()).toBeGreaterThan(5);
		expect(kie.creates()).toHaveLength(20);
	});

	it('stops a run without On Error: Continue with an error that names its paid tasks', async () => {
		const { error } = await run({ maxCredits: 20 });
		expect(error?.message).toMatch(/^'Maximum Credits per Run' is reached: 20 of 20/);
		for (const taskId of kie.tasks.keys()) expect(error?.description).toContain(taskId);
		expect(kie.creates()).toHaveLength(5);
	});

	it('applies to all tries of Retry On Fail', async () => {
		const { error } = await run({ maxCredits: 20 }, { settings: RETRIES });
		expect(error?.message).toMatch(/^'Maximum Credits per Run' is reached/);
		expect(kie.creates()).toHaveLength(5);
		expect(kie.credits()).toBe(980);
	});

	it('counts what a failed task has cost in an earlier try', async () => {
		kie.inject({ on: 'create', kind: 'fail', charged: true, times: 'always' });
		const { error } = await run({ maxCredits: 6 }, { items: [{}], settings: RETRIES });
		expect(error?.message).toMatch(/^'Maximum Credits per Run' is reached: 4 of 6 credits are spent/);
		expect(kie.creates()).toHaveLength(1);
	});

	it('allows every try to create a failed task again that was not charged', async () => {
		kie.inject({ on: 'create', kind: 'fail', times: 'always' });
		const { error } = await run({ maxCredits: 20 }, { items: [{}], settings: RETRIES });
		expect(error?.message).toMatch(/could not complete the task/);
		expect(kie.creates()).toHaveLength(3);
	});

	it('pauses for the task whose price it does not know, with the other items held back', async () => {
		const node = new KieImage();
		const runs: string[] = [];
		const execute = async function (this: IExecuteFunctions) {
			this.executeWorkflow = async (_workflow, items = []) => {
				runs.push(JSON.stringify(items));
				return { executionId: '2', data: [], waitTill: new Date() };
			};
			this.putExecutionToWait = async () => undefined;
			return await KieImage.prototype.execute.call(this);
		};
		kie.inject({ on: 'create', kind: 'never', times: 'always' });
		await run(
			{ maxCredits: 20, waitUsing: 'pause' },
			{ node: { description: node.description, execute }, settings: CONTINUE_ON_ERROR },
		);
		expect(kie.creates()).toHaveLength(1);
		expect(runs).toHaveLength(1);
		expect(runs[0]?.match(/the cost of a task is not known/g)).toHaveLength(19);
	});

	it('derives the cost from the balance if the task has none', async () => {
		const result = await runNode(kie, {
			node: new KieVideo(),
			parameters: unpricedVideo,
			items: twenty,
			settings: CONTINUE_ON_ERROR,
		});
		const [cost] = [...kie.tasks.values()].map(({ credits }) => credits);
		expect(cost).toBeGreaterThan(0);
		expect(1000 - kie.credits()).toBeLessThanOrEqual(130);
		expect(kie.creates()).toHaveLength(Math.floor(130 / (cost ?? 1)));
		expect(split(result).messages).toHaveLength(20 - kie.creates().length);
	});

	it('holds back everything else if a cost cannot be found out', async () => {
		kie.inject({ on: 'credit', kind: 'code', code: 401, times: 'always' });
		const result = await runNode(kie, {
			node: new KieVideo(),
			parameters: unpricedVideo,
			items: twenty,
			settings: CONTINUE_ON_ERROR,
		});
		expect(kie.creates()).toHaveLength(1);
		expect(split(result).messages[0]).toMatch(/the cost of a task is not known/);
	});

	it('counts a task of an earlier try once', async () => {
		// One of the 20 tasks fails, so the next try creates it again.
		kie.inject({ on: 'create', kind: 'fail', skip: 19 });
		const { items, error } = await run({ maxCredits: 90 }, { settings: RETRIES });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(20);
		expect(kie.creates()).toHaveLength(21);
	});

	it('learns no price from the failed task of an earlier try', async () => {
		kie.inject({ on: 'create', kind: 'fail' });
		const { error } = await run({ maxCredits: 20 }, { settings: RETRIES });
		expect(error?.message).toMatch(/^'Maximum Credits per Run' is reached: 20 of 20 credits are spent/);
		expect(kie.credits()).toBe(980);
	});

	it('does not take what other tasks have cost for the cost of a failed one', async () => {
		kie.inject({ on: 'create', kind: 'fail', skip: 5 });
		const { done: succeeded, messages } = split(await run({ maxCredits: 40 }, { settings: CONTINUE_ON_ERROR }));
		expect(succeeded).toHaveLength(10);
		expect(messages.at(-1)).toMatch(/reached: 40 of 40 credits are spent, and a task costs up to 4 \[/);
	});

	it('creates nothing at 0', async () => {
		const { error } = await run({ maxCredits: 0 });
		expect(error?.message).toMatch(/^'Maximum Credits per Run' is reached: 0 of 0 credits are spent/);
		expect(kie.creates()).toEqual([]);
	});

	it('uses the price of a task only for the same model and settings', async () => {
		const model = 'bytedance/seedream-v4-text-to-image';
		const items = [
			{ model: 'z-image', input: { prompt: 'A fox', aspect_ratio: '1:1' } },
			{ model, input: { prompt: 'A fox' } },
			...Array.from({ length: 18 }, () => ({ model, input: { prompt: '6 foxes', max_images: 6 } })),
		];
		const fields: INodeParameters = {
			model: '={{ $json.model }}',
			specifyInput: 'json',
			inputJson: '={{ $json.input }}',
		};
		await run(
			{},
			{
				parameters: { ...image({ maxCredits: 60 }), ...fields },
				items: items.map((json) => ({ json })),
				settings: CONTINUE_ON_ERROR,
			},
		);
		expect([...kie.tasks.values()].map(({ credits }) => credits)).toEqual([4, 4, 24, 24]);
	});

	it('shows a hint if the only cost cannot be found out', async () => {
		kie.inject({ on: 'credit', kind: 'code', code: 401, times: 'always' });
		const unknown = await runNode(kie, { node: new KieVideo(), parameters: unpricedVideo });
		expect(hintsOf(unknown)).toContainEqual(expect.stringMatching(/: 'Maximum Credits per Run' could not be applied$/));
		const result = await run({ maxCredits: 130 });
		expect(hintsOf(result).join()).not.toContain('could not be applied');
	});
});
