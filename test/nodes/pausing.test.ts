import type { IDataObject, IExecuteFunctions, INodeParameters, INodeType } from 'n8n-workflow';

import { KieCommon } from '../../nodes/KieCommon/KieCommon.node';
import { KieImage } from '../../nodes/KieImage/KieImage.node';
import type { PausedRun, PausedTask } from '../../nodes/shared/suspend/pausedRun';
import { noteStarted, pauseLength, shortenedPause } from '../../nodes/shared/suspend/pauseSchedule';
import { kindKey } from '../../nodes/shared/tasks/taskKinds';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import type { RunOptions, RunResult } from './engine';
import { runNode } from './engine';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** What is decided before an execution is paused, and the single steps of a paused one. Pausing needs a whole n8n: test/e2e. */

/** The caller of a tool: an MCP client, a sub-agent or an older agent. */
class Tool extends KieImage {
	override async execute(this: IExecuteFunctions) {
		this.isToolExecution = () => true;
		return await KieImage.prototype.execute.call(this);
	}
}

/** A node with n8n's methods for pausing: what it starts, and until when it waits. `startError`: the error of each start. */
function pausing(node: INodeType, startError?: () => Error) {
	const runs: PausedRun[] = [];
	const checks: number[] = [];
	const waits: number[] = [];
	let overdueExecution: unknown;
	const execute = async function (this: IExecuteFunctions) {
		this.executeWorkflow = async ({ code }, items = []) => {
			runs.push(Object(items[0]?.json.run));
			checks.push((code?.nodes ?? []).filter(({ name }) => name.startsWith('Kie: Check')).length);
			if (startError) throw startError();
			return { executionId: '2', data: [], waitTill: new Date() };
		};
		this.putExecutionToWait = async (date) => void waits.push(Math.round((date.getTime() - Date.now()) / 1000));
		const output = (await node.execute?.call(this)) ?? [];
		overdueExecution = this.getExecuteData().data.main?.[0]?.[0]?.json.run;
		return Array.isArray(output) ? output : [];
	};
	return {
		node: { description: node.description, execute },
		runs,
		checks,
		waits,
		overdue: (): PausedRun => Object(overdueExecution),
	};
}

const parameters = (options: INodeParameters = {}): INodeParameters => ({
	operation: 'generate',
	model: 'google/nano-banana',
	prompt: 'A red fox',
	options: { waitUsing: 'pause', ...options },
});

let kie: Simulator;
beforeAll(async () => (kie = await startSimulator({ taskSeconds: 0.1, rate: false })));
afterAll(async () => await kie.close());
beforeEach(() => kie.reset());

/** Creates a task and returns its ID. */
async function create(): Promise<string> {
	const { items } = await runNode(kie, { parameters: { ...parameters(), executionMode: 'createOnly' } });
	return String(items[0]?.json.taskId);
}

/** Creates a task that never completes. */
async function createEndless(): Promise<string> {
	kie.inject({ on: 'create', kind: 'never' });
	return await create();
}

describe('Wait Using: Pause Execution', () => {
	it.each(['pause', 'callback', 'timer'])('does not pause for a task that completes soon, as %s', async (waitUsing) => {
		const { items } = await runNode(kie, { parameters: parameters({ waitUsing, pollInterval: 1 }) });
		expect(items[0]?.json.state).toBe('success');
	});

	it('sends the callback URL of the user, and none of its own', async () => {
		const callBackUrl = 'https://example.com/hook';
		await runNode(kie, { parameters: parameters({ callBackUrl, pollInterval: 1 }) });
		await runNode(kie, { parameters: parameters({ pollInterval: 1 }) });
		const bodies = kie.requests.filter(({ method }) => method === 'POST').map(({ body }) => body);
		expect(bodies[0]).toMatchObject({ callBackUrl });
		expect(bodies[1]).not.toHaveProperty('callBackUrl');
	});

	it('rejects One Item per File, whose items could not be paired', async () => {
		const { error } = await runNode(kie, { parameters: parameters({ itemPerFile: true }) });
		expect(error?.message).toBe("'One Item per File' cannot be used with 'Wait Using: Pause Execution' [item 0]");
		expect(kie.requests).toEqual([]);
	});

	it('rejects a caller that runs its tools itself before anything is sent', async () => {
		const items = [{ json: { toolCallId: 'call_1' } }];
		const { error } = await runNode(kie, { parameters: parameters(), node: new Tool(), items });
		expect(error?.message).toMatch(/^'Wait Using: Pause Execution' in a tool requires an AI Agent .* \[item 0\]$/);
		expect(kie.requests).toEqual([]);
	});

	it('accepts such a caller if nothing is waited for', async () => {
		const createOnly = { ...parameters(), executionMode: 'createOnly' };
		const { items } = await runNode(kie, { parameters: createOnly, node: new Tool() });
		expect(items[0]?.json.state).toBe('waiting');
	});

	it('names the task if n8n rejects the sub-workflow, and has a time limit that includes the polling', async () => {
		const slowKie = await startSimulator({ taskSeconds: 60 });
		const { node, runs } = pausing(new KieImage(), () => new Error('not used'));
		const startedAt = Date.now();
		const { error } = await runNode(slowKie, { node, parameters: parameters({ pollInterval: 5, timeLimit: 1 }) });
		expect(Object(runs[0]?.items[0]).deadline - startedAt).toBeLessThan(65_000);
		expect(Object(runs[0]?.items[0]).taskKind).toEqual({
			name: kindKey({ api: 'market', model: 'google/nano-banana', input: {} }),
			usualMs: expect.any(Number),
		});
		const [task] = [...slowKie.tasks.keys()];
		await slowKie.close();
		expect(error?.message).toBe('The execution could not be paused: not used');
		expect(error?.description).toContain(`item 0: ${task} (market, still running)`);
	});
});

describe('the steps of a paused execution', () => {
	beforeAll(noteStarted);

	const pausedTask = (taskId: string, overrides: Partial<PausedTask> = {}): PausedTask => ({
		kind: 'task',
		itemIndex: 0,
		options: {
			simplify: true,
			itemPerFile: false,
			binaryProperty: 'data',
			downloadFiles: false,
			maxFileBytes: 1e6,
			limitMs: 60_000,
		},
		input: {},
		deadline: Date.now() + 60_000,
		outcome: { kind: 'waiting', task: { taskId, api: 'market', model: 'google/nano-banana' } },
		...overrides,
	});
	const pausedRun = (items: PausedRun['items'], overrides: Partial<PausedRun> = {}): PausedRun => ({
		execution: { executionId: '1', workflowId: 'test' },
		stopsOnFailure: true,
		pausedAt: Date.now(),
		items,
		...overrides,
	});
	const step = async (operation: string, run: PausedRun, overrides: Partial<RunOptions> = {}): Promise<RunResult> =>
		await runNode(kie, {
			node: new KieCommon(),
			parameters: { resource: 'task', operation },
			items: [{ json: { run } }],
			...overrides,
		});
	/** The run after a check. */
	const check = async (run: PausedRun, overrides?: Partial<RunOptions>) => {
		const { items, error } = await step('check', run, overrides);
		expect(error).toBeUndefined();
		return Object(items[0]?.json.run);
	};
	const complete = async (taskId: string) => {
		while (kie.tasks.get(taskId)?.state === 'running') await new Promise((resolve) => setTimeout(resolve, 20));
	};

	it('keeps waiting while one of its tasks is running', async () => {
		const taskId = await create();
		await complete(taskId);
		const run = await check(pausedRun([pausedTask(taskId), pausedTask(await createEndless(), { itemIndex: 1 })]));
		expect(run.end).toBeUndefined();
		expect(run.items).toMatchObject([{ outcome: { kind: 'done' } }, { outcome: { kind: 'waiting' } }]);
	});

	it('completes with the output of all items, in order and paired', async () => {
		const taskId = await create();
		await complete(taskId);
		const failedOutput = { kind: 'output' as const, output: [{ json: { error: 'x' }, pairedItem: { item: 0 } }] };
		const run = await check(pausedRun([failedOutput, pausedTask(taskId, { itemIndex: 1 })], { stopsOnFailure: false }));
		expect(run.end).toMatchObject({
			kind: 'output',
			output: [
				{ json: { error: 'x' }, pairedItem: { item: 0 } },
				{ json: { taskId, state: 'success', urls: [expect.any(String)] }, pairedItem: { item: 1 } },
			],
		});
		const { items } = await step('finish', run);
		expect(items.map(({ json }) => json.taskId)).toEqual([undefined, taskId]);
	});

	it('stops at the first failure, which the last step reports as the error of the node', async () => {
		kie.inject({ on: 'create', kind: 'fail', failCode: '501', failMsg: 'not allowed' });
		const failing = await create();
		const running = await createEndless();
		await complete(failing);
		const run = await check(pausedRun([pausedTask(running), pausedTask(failing, { itemIndex: 1 })]));
		const { error } = await step('finish', run);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'Kie.ai could not complete the task: not allowed [item 1]',
			description: expect.stringContaining(`item 0: ${running} (market`),
		});
	});

	it('stops at the time limit with an error that names the task, never with items', async () => {
		const taskId = await createEndless();
		const task = pausedTask(taskId, { deadline: Date.now() });
		const timedOut = await check(pausedRun([task]));
		expect(timedOut.end).toMatchObject({
			kind: 'error',
			message: `Task ${taskId} did not complete within 1 minutes [item 0]`,
			description: expect.stringContaining(`Task ${taskId}`),
		});
		const continued = await check(pausedRun([task], { stopsOnFailure: false }));
		expect(continued.end.output).toMatchObject([
			{ json: { error: { taskId, message: expect.stringContaining(taskId) } } },
		]);
	});

	it('treats a task as unknown after a minute, unless Kie has known it before', async () => {
		const newTask = await check(pausedRun([pausedTask('gone')]));
		const watch = { refusals: 0, unknownSince: expect.any(Number) };
		expect(newTask).toMatchObject({ items: [{ watch, outcome: { kind: 'waiting' } }] });
		const unknown = { refusals: 0, unknownSince: Date.now() - 60_000 };
		const oldTask = await check(pausedRun([pausedTask('gone', { watch: unknown })]));
		expect(oldTask.end.message).toBe('Kie.ai has no record of the task gone [item 0]');
		const knownTask = await check(pausedRun([pausedTask('gone', { watch: { ...unknown, isKnown: true } })]));
		expect(knownTask).toMatchObject({ items: [{ outcome: { kind: 'waiting' } }] });
	});

	it('waits a minute for the result of a task that has succeeded, also beyond its time limit', async () => {
		kie.inject({ on: 'create', kind: 'no-result', form: 'empty-urls' });
		const taskId = await create();
		await complete(taskId);
		const run = await check(pausedRun([pausedTask(taskId, { deadline: Date.now() })]));
		const watch = { refusals: 0, isKnown: true as const, withoutResultSince: expect.any(Number) };
		expect(run).toMatchObject({ items: [{ watch, outcome: { kind: 'waiting' } }] });
		const overdueWatch = { ...watch, withoutResultSince: Date.now() - 60_000 };
		const result = await check(pausedRun([pausedTask(taskId, { watch: overdueWatch })]));
		expect(result.end.message).toBe(`Task ${taskId} succeeded at Kie.ai, but has no result [item 0]`);
	});

	it('tolerates two rejected reads in a row, such as those while a key is replaced, and reports the third', async () => {
		const taskId = await createEndless();
		const credentials = { credentials: { apiKey: 'wrong' } };
		let run = pausedRun([pausedTask(taskId)]);
		for (const refusals of [1, 2]) {
			run = await check(run, credentials);
			expect(run.items).toMatchObject([{ watch: { refusals }, outcome: { kind: 'waiting' } }]);
		}
		expect((await check(run)).items).toMatchObject([{ watch: { refusals: 0 } }]);
		run = await check(run, credentials);
		expect(run.end).toMatchObject({ kind: 'error', description: expect.stringContaining(taskId) });
	});

	it('keeps the URLs when the download cannot be started', async () => {
		const taskId = await create();
		await complete(taskId);
		const task = pausedTask(taskId);
		const run = await check(pausedRun([{ ...task, options: { ...task.options, downloadFiles: true } }]));
		expect(run.end).toMatchObject({
			message: 'A result file could not be downloaded: not used [item 0]',
			description: expect.stringContaining(String(kie.tasks.get(taskId)?.urls[0])),
		});
	});

	it('restarts lost checks soon, and waits longer for the next ones', async () => {
		const taskId = await create();
		let run = pausedRun([pausedTask(taskId)]);
		for (const seconds of [180, 300, 540]) {
			const supervisor = pausing(new KieCommon());
			await step('supervise', run, { node: supervisor.node });
			expect([supervisor.runs.length, supervisor.checks, supervisor.waits]).toEqual([1, [2], [seconds]]);
			const checks = pausing(new KieCommon());
			await step('pause', run, { node: checks.node });
			expect(checks.waits).toEqual([run.losses ? 0 : 30]);
			run = supervisor.overdue();
		}
		expect(run.losses).toBe(3);
		expect((await check(run)).losses).toBe(0);
	});

	it('checks at the time limit of a task', async () => {
		const checks = pausing(new KieCommon());
		const task = pausedTask(await createEndless(), { deadline: Date.now() + 20_000 });
		await step('pause', pausedRun([task]), { node: checks.node });
		expect(checks.waits).toEqual([20]);
	});

	describe('of tasks whose durations are learnt', () => {
		const taskKind = { name: 'learnt in pauses', usualMs: 60_000 };
		const minutesAgo = (minutes: number) => Date.now() - minutes * 60_000;
		/** A run whose task is nine minutes old. */
		const nineMinutesOld = async (intervalMs?: number) => {
			const task = pausedTask(await createEndless(), { taskKind, deadline: minutesAgo(9 - 60) });
			const options = { ...task.options, limitMs: 60 * 60_000, intervalMs };
			return pausedRun([{ ...task, options }], { pausedAt: minutesAgo(9) });
		};
		const pauseOf = async (run: PausedRun) => {
			const checks = pausing(new KieCommon());
			await step('pause', run, { node: checks.node });
			return checks.waits[0];
		};

		it('checks at the latest when a task has probably completed', async () => {
			expect(await pauseOf(await check(await nineMinutesOld()))).toBe(90);
			const taskId = await create();
			await complete(taskId);
			const completed = kie.tasks.get(taskId);
			if (completed) completed.createdAt -= 10 * 60_000;
			await check(pausedRun([pausedTask(taskId, { taskKind })]));
			expect(await pauseOf(await check(await nineMinutesOld()))).toBe(60);
		});

		it("keeps the user's interval", async () => {
			expect(await pauseOf(await check(await nineMinutesOld(120_000)))).toBe(120);
		});
	});

	it('starts no second round of checks while files are downloaded', async () => {
		const taskId = await create();
		await complete(taskId);
		kie.inject({ on: 'read', kind: 'slow', ms: 1_500 });
		const run = pausedRun([pausedTask(taskId)], { losses: 1 });
		const checking = check(run);
		while (kie.reads(taskId).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
		const supervisor = pausing(new KieCommon());
		await step('supervise', run, { node: supervisor.node });
		expect([supervisor.runs, supervisor.waits]).toEqual([[], [300]]);
		expect((await checking).end).toMatchObject({ kind: 'output' });
		await step('supervise', run, { node: supervisor.node });
		expect(supervisor.runs).toHaveLength(1);
	});

	it('fails with an error that names the tasks if the checks cannot be started', async () => {
		const taskId = await createEndless();
		const { items } = await step('supervise', pausedRun([pausedTask(taskId)]));
		expect(Object(items[0]?.json.run).end).toMatchObject({
			kind: 'error',
			message: `The execution was resumed without the result of task ${taskId} [item 0]`,
		});
	});

	it('passes on a run that has completed', async () => {
		const end: IDataObject = { kind: 'output', output: [{ json: { a: 1 } }] };
		const run = { ...pausedRun([]), end };
		for (const operation of ['check', 'pause', 'settle']) {
			const { items } = await runNode(kie, {
				node: new KieCommon(),
				parameters: { resource: 'task', operation },
				items: [{ json: { run } }],
			});
			expect(Object(items[0]?.json.run).end).toEqual(end);
		}
	});

	it('rejects its steps outside of a paused execution', async () => {
		const { error } = await runNode(kie, {
			node: new KieCommon(),
			parameters: { resource: 'task', operation: 'check' },
			items: [{ json: { taskId: 'x' } }],
		});
		expect(error?.message).toBe("The operation 'check' is part of a paused execution");
	});
});

describe('the schedule of a paused execution', () => {
	it('checks less often the older its tasks are', () => {
		expect([0, 2, 6, 18, 60].map((minutes) => pauseLength(minutes * 60_000) / 1000)).toEqual([30, 30, 60, 180, 300]);
	});

	it('checks when a task has probably completed, but never later than otherwise', () => {
		expect([-1_000, 50_000, 300_000].map((expectedMs) => shortenedPause(100_000, expectedMs) / 1000)).toEqual([
			30, 50, 100,
		]);
	});

	it("uses the user's interval within what n8n can keep", () => {
		expect([1_000, 90_000, 10 * 60_000].map((ms) => pauseLength(0, ms) / 1000)).toEqual([30, 90, 300]);
	});
});
