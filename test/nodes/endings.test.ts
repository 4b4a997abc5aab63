import { merge } from 'lodash';
import { ExecuteContext } from 'n8n-core';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';

import { KieImage } from '../../nodes/KieImage/KieImage.node';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { failureOf, runNode } from './engine';
import { zImage } from './market';

/** Runs that reach their time limit or that the user cancels. */

const RETRIES = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
const PROMPTS = { ...zImage, prompt: '={{ $json.prompt }}' };
const prompts = (...texts: string[]) => texts.map((prompt) => ({ json: { prompt } }));

/** The duration of tasks in seconds, by prompt. */
const SECONDS: Record<string, number> = { quick: 0.2, 'very slow': 2.5, endless: 600 };

/** Kie Image that records when it finished, even if n8n no longer waits for it. */
class Watched extends KieImage {
	endedAt = 0;

	override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			return await KieImage.prototype.execute.call(this);
		} finally {
			watched.endedAt = Date.now();
		}
	}
}
const watched = new Watched();

/** Kie Image in an execution that failed and that n8n retries with the saved workflow, in which these parameters were changed. */
function retriedWith(changes: INodeParameters, inputChanges: IDataObject = {}): INodeType {
	const node = new KieImage();
	return {
		description: node.description,
		async execute(this: IExecuteFunctions) {
			if (!(this instanceof ExecuteContext)) throw new Error('Not a context of n8n-core');
			await expect(node.execute.call(this)).rejects.toThrow('did not complete');
			merge(this.node.parameters, changes);
			merge(this.getInputData()[0]?.json, inputChanges);
			return await node.execute.call(this);
		},
	};
}

const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

describe('a run', () => {
	let kie: Simulator;
	beforeEach(async () => {
		watched.endedAt = 0;
		kie = await startSimulator({ taskSeconds: (_model, { prompt }) => SECONDS[String(prompt)] ?? 0.2 });
	});
	afterEach(async () => await kie.close());

	/** The task of a prompt. */
	const taskOf = (prompt: string) => [...kie.tasks.values()].find(({ input }) => input.prompt === prompt)?.id ?? 'none';

	describe('that reaches its time limit', () => {
		const limited = { ...PROMPTS, options: { pollInterval: 1, timeLimit: 0.03 } };

		it('fails in time with an error that names the task', async () => {
			const { error, seconds } = await runNode(kie, { items: prompts('endless'), parameters: limited });
			expect(seconds).toBeGreaterThan(1.7);
			expect(seconds).toBeLessThan(4);
			expect(error).toMatchObject({
				name: 'NodeApiError',
				message: `Task ${taskOf('endless')} did not complete within 0.03 minutes [item 0]`,
			});
			expect(error?.description).toMatch(/Time Limit/);
			expect(error?.description).toMatch(/been charged/);
			expect(kie.creates()).toHaveLength(1);
		});

		it('names the failure of the last poll', async () => {
			kie.inject({ on: 'read', kind: 'code', code: 455, times: 'always' });
			const { error } = await runNode(kie, { items: prompts('quick'), parameters: limited });
			expect(error?.message).toContain(taskOf('quick'));
			expect(error?.description).toMatch(/last status check returned: Kie\.ai is under maintenance/);
		});

		it('waits for the same task when Retry On Fail runs it again, and creates none twice', async () => {
			const { items, error } = await runNode(kie, {
				items: prompts('very slow'),
				parameters: limited,
				settings: RETRIES,
			});
			expect(error).toBeUndefined();
			expect(items[0]?.json).toMatchObject({ state: 'success', taskId: taskOf('very slow') });
			expect(kie.creates()).toHaveLength(1);
		});

		it('waits for the same task when n8n retries it with another time limit, and creates none twice', async () => {
			const { items, error } = await runNode(kie, {
				node: retriedWith({ options: { timeLimit: 5 }, downloadFiles: true, executionMode: 'createAndWait' }),
				items: prompts('very slow'),
				parameters: limited,
			});
			expect(error).toBeUndefined();
			expect(items[0]?.json).toMatchObject({ state: 'success', taskId: taskOf('very slow') });
			expect(items[0]?.binary).toBeDefined();
			expect(kie.creates()).toHaveLength(1);
		});

		it('waits for the same task when an expression returns something invalid in the retry', async () => {
			const { items, error } = await runNode(kie, {
				node: retriedWith({ options: { timeLimit: 5 } }, { prompt: 'x'.repeat(5_000) }),
				items: prompts('very slow'),
				parameters: limited,
			});
			expect(error).toBeUndefined();
			expect(items[0]?.json).toMatchObject({ state: 'success', taskId: taskOf('very slow') });
			expect(kie.creates()).toHaveLength(1);
		});

		it('creates another task when n8n retries it with another input', async () => {
			const { items } = await runNode(kie, {
				node: retriedWith({ prompt: 'quick' }),
				items: prompts('very slow'),
				parameters: limited,
			});
			expect(items[0]?.json).toMatchObject({ state: 'success', taskId: taskOf('quick') });
			expect(kie.creates()).toHaveLength(2);
		});

		it('returns the other items in full with Continue On Fail', async () => {
			const { items } = await runNode(kie, {
				items: prompts('quick', 'endless', 'quick'),
				parameters: limited,
				settings: { onError: 'continueRegularOutput' },
			});
			expect(items.map(({ json }) => json.state)).toEqual(['success', undefined, 'success']);
			expect(failureOf({ items }, 1)).toMatchObject({
				error: expect.stringContaining(taskOf('endless')),
				taskId: taskOf('endless'),
			});
		});
	});

	describe('that is canceled', () => {
		it('stops within a second, polls no more, and logs the tasks that continue running', async () => {
			const { run, logged } = await runNode(kie, {
				node: watched,
				items: prompts('endless', 'endless'),
				parameters: PROMPTS,
				stopAfterMs: 1300,
			});
			const stoppedAt = Date.now();
			await pause(1200);
			expect(run.status).toBe('canceled');
			expect(watched.endedAt - stoppedAt).toBeLessThan(1000);
			expect(watched.endedAt).toBeGreaterThan(0);
			const lateReads = kie.reads().filter(({ at }) => at > watched.endedAt);
			expect(kie.reads().length).toBeGreaterThan(0);
			expect(lateReads).toHaveLength(0);
			for (const id of kie.tasks.keys()) expect(logged).toContain(id);
		});

		it('between two polls stops within a second, and is not run again by Retry On Fail', async () => {
			const { run } = await runNode(kie, {
				node: watched,
				items: prompts('endless'),
				parameters: { ...PROMPTS, options: { pollInterval: 60 } },
				settings: RETRIES,
				stopAfterMs: 400,
			});
			const stoppedAt = Date.now();
			await pause(1200);
			expect(run.status).toBe('canceled');
			expect(watched.endedAt).toBeGreaterThan(0);
			expect(watched.endedAt - stoppedAt).toBeLessThan(1000);
			expect(kie.creates()).toHaveLength(1);
			expect(kie.reads()).toHaveLength(0);
		});

		it('while it waits for the rate limit stops within a second and creates no more tasks', async () => {
			const endlessPrompts = Array.from({ length: 25 }, () => 'endless');
			const { run } = await runNode(kie, {
				node: watched,
				items: prompts(...endlessPrompts),
				parameters: PROMPTS,
				stopAfterMs: 700,
			});
			const stoppedAt = Date.now();
			await pause(1000);
			expect(run.status).toBe('canceled');
			expect(watched.endedAt).toBeGreaterThan(0);
			expect(watched.endedAt - stoppedAt).toBeLessThan(1000);
			expect(kie.creates()).toHaveLength(20);
		});

		it('during a create reports that the task may have been created', async () => {
			kie.inject({ on: 'create', kind: 'slow', ms: 800 });
			const { logged } = await runNode(kie, {
				node: watched,
				items: prompts('quick'),
				parameters: PROMPTS,
				stopAfterMs: 300,
			});
			await pause(1000);
			expect(watched.endedAt).toBeGreaterThan(0);
			expect(kie.tasks.size).toBe(1);
			expect(logged).not.toContain('No task was created');
			expect(logged).toMatch(/item 0: not confirmed, may have been created/);
		});

		it('during a download stops within a second', async () => {
			kie.inject({ on: 'download', kind: 'slow', ms: 2000 });
			const { run, logged } = await runNode(kie, {
				node: watched,
				items: prompts('quick'),
				parameters: { ...PROMPTS, downloadFiles: true, options: { pollInterval: 1 } },
				stopAfterMs: 1600,
			});
			const stoppedAt = Date.now();
			await pause(900);
			expect(run.status).toBe('canceled');
			expect(kie.requests.some(({ path }) => path.startsWith('/files/'))).toBe(true);
			expect(watched.endedAt).toBeGreaterThan(0);
			expect(watched.endedAt - stoppedAt).toBeLessThan(1000);
			const [task] = kie.tasks.values();
			expect(logged).toContain(`item 0: ${task?.id} (market, completed): ${task?.urls[0]}`);
		});
	});
});
