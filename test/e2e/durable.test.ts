import { setTimeout as sleep } from 'node:timers/promises';

import { NodeConnectionTypes } from 'n8n-workflow';

import { agent, AGENT, chatModel, imageTool, toolOutputs, withSubNodes } from './agent';
import { type Execution, nodeItems, type WorkflowSource } from './client';
import { kieNode, origin, pausedImages, secondsAsPrompted, type TestSetup, startSetup } from './kie';
import { isAtLeast } from './setup';
import { chain, items, manualTrigger, type NodeSource } from './workflow';

const prompted = (...prompts: string[]) =>
	items(
		'Prompts',
		prompts.map((prompt) => ({ prompt })),
	);

/** What the simulated model takes as: call the tool. */
const callFor = (prompt: string) => `call Kie_Image with ${JSON.stringify({ prompt })}`;

/** Saved by an earlier version: tasks that a timer checked in a loop. */
function timerLoop(setup: Pick<TestSetup, 'credential'>): WorkflowSource {
	const source = chain('timer', [
		manualTrigger(),
		prompted('3 s, timer 0', '35 s, timer 1'),
		kieNode(
			setup,
			'kieImage',
			{
				operation: 'generate',
				model: 'google/nano-banana',
				prompt: '={{ $json.prompt }}',
				executionMode: 'createOnly',
			},
			{ name: 'Create' },
		),
		kieNode(
			setup,
			'kieCommon',
			{ resource: 'task', operation: 'wait', options: { waitUsing: 'timer', checkEvery: 0.2 } },
			{ name: 'Wait' },
		),
		{
			name: 'Waiting?',
			type: 'n8n-nodes-base.if',
			typeVersion: 2.2,
			parameters: {
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
					conditions: [
						{
							id: 'state',
							leftValue: '={{ $json.state }}',
							rightValue: 'waiting',
							operator: { type: 'string', operation: 'equals' },
						},
					],
					combinator: 'and',
				},
				options: {},
			},
		},
		origin('After', 'Prompts', 'prompt'),
	]);
	const to = (node: string) => [{ node, type: NodeConnectionTypes.Main, index: 0 }];
	source.connections['Waiting?'] = { main: [to('Wait'), to('After')] };
	return source;
}

/** All executions are started at once, because n8n takes up to a minute to resume one. */
describe('paused executions in a real n8n', () => {
	let setup: TestSetup;
	const started = new Map<string, { id: string; workflowId: string }>();

	const startWorkflow = async (name: string, source: WorkflowSource): Promise<void> => {
		const { client } = setup.n8n;
		const workflow = await client.createWorkflow(source);
		started.set(name, { id: await client.startWorkflow(workflow), workflowId: workflow.id });
	};
	const start = async (name: string, nodes: NodeSource[]): Promise<void> =>
		await startWorkflow(name, chain(name, [manualTrigger(), ...nodes, origin('After', 'Prompts', 'prompt')]));
	/** An agent that does what a text says; its tool pauses the execution. */
	const startAgent = async (name: string, text: string): Promise<void> =>
		await startWorkflow(
			name,
			withSubNodes(name, [manualTrigger(), agent(text)], {
				ai_languageModel: chatModel(setup, 'claude-sonnet-4-6'),
				ai_tool: imageTool(setup, { waitUsing: 'pause' }),
			}),
		);
	const idOf = (name: string) => started.get(name)?.id ?? '';
	const end = async (name: string): Promise<Execution> => await setup.n8n.client.waitForExecution(idOf(name), 240_000);
	const tasksOf = (text: string) =>
		[...setup.kie.tasks.values()].filter(({ input }) => String(input.prompt).includes(text));
	const origins = (execution: Execution) => nodeItems(execution, 'After').map(({ json }) => json.origin);
	/** The other executions in the list of the workflow. */
	const leftBehind = async (name: string) => {
		const executions = await setup.n8n.client.listExecutions(started.get(name)?.workflowId ?? '');
		return executions.filter(({ id }) => id !== idOf(name)).map(({ status }) => status);
	};

	/** The tasks fail whose prompts contain this. */
	const failTask = async (text: string): Promise<void> => {
		while (tasksOf(text).length === 0) await sleep(100);
		for (const task of tasksOf(text))
			task.fate = { end: 'fail', failCode: '501', failMsg: 'The content is not allowed' };
	};

	beforeAll(async () => {
		setup = await startSetup({ taskSeconds: secondsAsPrompted, rate: false });
		const failingPrompt = 'failed failing 1';
		await Promise.all([
			start('several', [
				prompted('40 s, several 0', '2 s, several 1', '30 s, several 2'),
				pausedImages(setup, { downloadFiles: true }),
			]),
			start('chained', [
				prompted('25 s, chained 0', '30 s, chained 1'),
				pausedImages(setup, {}, { name: 'First' }),
				kieNode(setup, 'kieImage', {
					operation: 'edit',
					model: 'google/nano-banana-edit',
					prompt: "={{ $('Prompts').item.json.prompt }} again",
					image_urls: '={{ $json.urls }}',
					options: { waitUsing: 'callback' },
				}),
			]),
			start('failing', [
				prompted('200 s, failing 0', `24 s, ${failingPrompt}`, '26 s, failing 2'),
				pausedImages(setup),
			]),
			start('continuing', [
				prompted('24 s, continuing 0', '26 s, failed continuing 1', ''),
				pausedImages(setup, {}, { onError: 'continueErrorOutput', retryOnFail: true, maxTries: 3 }),
			]),
			start('limited', [
				prompted('300 s, limited 0', '26 s, limited 1'),
				pausedImages(setup, { timeLimit: 0.5 }, { onError: 'continueErrorOutput' }),
			]),
			start('stopped', [prompted('30 s, stopped 0'), pausedImages(setup)]),
			start('fast', [prompted('2 s, fast'), pausedImages(setup)]),
			startWorkflow('timer', timerLoop(setup)),
			startAgent(
				'agent',
				`${callFor('26 s, agent 0')} and ${callFor('25 s, agent 1')} then ${callFor('1 s, agent 2')}`,
			),
			startAgent('agent failed', callFor('25 s, failed agent')),
			failTask(failingPrompt),
			failTask('failed agent'),
			failTask('failed continuing'),
		]);
	});
	afterAll(async () => await setup.close());

	it('does not pause for a task that completes soon', async () => {
		const execution = await end('fast');
		expect(nodeItems(execution, 'Kie')[0]?.json).toMatchObject({ state: 'success', urls: [expect.any(String)] });
		expect(await leftBehind('fast')).toEqual([]);
	});

	it('waits without running, and stays canceled if it is canceled', async () => {
		const { client } = setup.n8n;
		await client.waitForExecution(idOf('stopped'), 60_000, ['waiting']);
		await client.stopExecution(idOf('stopped'));
		expect((await end('stopped')).status).toBe('canceled');
	});

	it('resumes once, with the items in order, paired and with their files, and leaves no other executions', async () => {
		const execution = await end('several');
		expect(execution.status).toBe('success');
		expect(execution.data.resultData.runData.After).toHaveLength(1);
		expect(origins(execution)).toEqual(['40 s, several 0', '2 s, several 1', '30 s, several 2']);
		for (const [index, { json, binary }] of nodeItems(execution, 'Kie').entries()) {
			const [task, ...others] = tasksOf(`several ${index}`);
			expect(others).toEqual([]);
			expect(json).toMatchObject({ taskId: task?.id, state: 'success', urls: task?.urls });
			const file = binary?.data;
			expect(file).toMatchObject({ mimeType: 'image/png', fileName: expect.stringMatching(/\.png$/) });
			// The files are the execution's own, so that they stay as long as it does.
			expect(file?.id).toContain(`/executions/${execution.id}/`);
			expect(file && (await setup.n8n.client.downloadBinary(file)).subarray(1, 4).toString()).toBe('PNG');
		}
		expect(await leftBehind('several')).toEqual([]);
	});

	it('fails as polling does if a task fails, and names the other tasks', async () => {
		const execution = await end('failing');
		if (!isAtLeast('2.27')) {
			// n8n accepts no error of a sub-workflow then. Each item names the paid task, and how to get its result.
			expect(nodeItems(execution, 'Kie').map(({ json }) => json)).toMatchObject(
				[0, 1, 2].map((index) => ({
					error: { taskId: tasksOf(`failing ${index}`)[0]?.id, message: expect.stringContaining('without the result') },
				})),
			);
			return;
		}
		expect(execution.status).toBe('error');
		const { error, runData } = execution.data.resultData;
		const [running, done] = [tasksOf('failing 0')[0], tasksOf('failing 2')[0]];
		expect(error?.message).toMatch(/^Kie\.ai could not complete the task: .* \[item 1\]$/);
		expect(error?.description).toContain(`item 0: ${running?.id} (market, still running)`);
		expect(error?.description).toContain(`item 2: ${done?.id} (market, completed)`);
		expect(error).toMatchObject({ node: { name: 'Kie' } });
		expect(runData.After).toBeUndefined();
	});

	it('sends failed items to the error output, and returns the others, also with Retry On Fail', async () => {
		const execution = await end('continuing');
		expect(execution.status).toBe('success');
		expect(tasksOf('continuing')).toHaveLength(2);
		expect(origins(execution)).toEqual(['24 s, continuing 0']);
		const [failedTask] = tasksOf('failed continuing');
		expect(nodeItems(execution, 'Kie', 1).map(({ json }) => json)).toMatchObject([
			{ prompt: '26 s, failed continuing 1', error: { taskId: failedTask?.id } },
			{ prompt: '', error: { message: expect.stringContaining('[item 2]') } },
		]);
	});

	it('stops at the time limit with an error that names the task', async () => {
		const execution = await end('limited');
		const [task] = tasksOf('limited 0');
		expect(origins(execution)).toEqual(['26 s, limited 1']);
		expect(nodeItems(execution, 'Kie', 1).map(({ json }) => json.error)).toMatchObject([
			{ taskId: task?.id, message: `Task ${task?.id} did not complete within 0.5 minutes [item 0]` },
		]);
	});

	it('exits the loop of a workflow that was saved with a timer', async () => {
		const execution = await end('timer');
		expect(execution.status).toBe('success');
		expect(execution.data.resultData.runData.Wait).toHaveLength(1);
		expect(origins(execution)).toEqual(['3 s, timer 0', '35 s, timer 1']);
		expect(nodeItems(execution, 'After').map(({ json }) => json.state)).toEqual(['success', 'success']);
	});

	it('pauses in one node after the other, and pairs through both', async () => {
		const execution = await end('chained');
		expect(execution.status).toBe('success');
		expect(origins(execution)).toEqual(['25 s, chained 0', '30 s, chained 1']);
		for (const [index, { json }] of nodeItems(execution, 'After').entries()) {
			const tasks = tasksOf(`chained ${index}`);
			expect(tasks.map(({ model }) => model)).toEqual(['google/nano-banana', 'google/nano-banana-edit']);
			expect(json).toMatchObject({ taskId: tasks[1]?.id, state: 'success' });
			expect(tasks[1]?.input.image_urls).toEqual(tasks[0]?.urls);
		}
		expect((await setup.n8n.client.getExecution(idOf('stopped'))).status).toBe('canceled');
	});

	it('pauses an AI Agent, which continues with the results of its tool', async () => {
		const execution = await end('agent');
		expect(execution.status).toBe('success');
		const tasks = [0, 1, 2].map((index) => tasksOf(`agent ${index}`));
		expect(tasks.map(({ length }) => length)).toEqual([1, 1, 1]);
		const results = tasks.flat().map(({ id, urls }) => ({ taskId: id, urls, state: 'success' }));
		expect(toolOutputs(execution)).toMatchObject(results);
		const [answer] = nodeItems(execution, AGENT);
		for (const { urls } of results) expect(answer?.json.output).toContain(urls?.[0]);
		expect(toolOutputs(execution)[0]).not.toHaveProperty('durationMs');
		expect(await leftBehind('agent')).toEqual([]);
	});

	it('tells a paused AI Agent why there is no result', async () => {
		const execution = await end('agent failed');
		expect(tasksOf('failed agent')).toHaveLength(1);
		expect(execution.status).toBe('success');
		// Before n8n 2.27, the reason does not leave the sub-workflow.
		const reason = isAtLeast('2.27') ? 'The content is not allowed' : 'without the result';
		expect(nodeItems(execution, AGENT)[0]?.json.output).toContain(reason);
	});
});
