import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';
import { NodeConnectionTypes } from 'n8n-workflow';

import { type Execution, nodeItems, type WorkflowSource } from './client';
import { imagesByCallback, kieNode, origin, secondsAsPrompted, type Stage, startStage } from './kie';
import { chain, items, manualTrigger, type NodeSource } from './workflow';

const prompts = (seconds: number[]) => seconds.map((length, index) => ({ prompt: `${length} s, picture ${index}` }));

/** A task that is not there, waited for by timer. */
function lostTimer(stage: Pick<Stage, 'credential'>): WorkflowSource {
	const source = timerLoop(stage);
	const nodes = source.nodes
		.filter(({ name }) => name !== 'Create')
		.map((node) => (node.name === 'Prompts' ? { ...node, ...items('Prompts', [lost]) } : node));
	const { Create: after, ...connections } = source.connections;
	return { ...source, name: 'lost', nodes, connections: { ...connections, Prompts: after ?? {} } };
}

const lost = { taskId: 'no-such-task', api: 'market', state: 'waiting' };

/** Tasks that are looked at, put to wait for, and looked at again until they are done. */
function timerLoop(stage: Pick<Stage, 'credential'>): WorkflowSource {
	const source = chain('timer', [
		manualTrigger(),
		items('Prompts', [{ prompt: '3 s, timer 0' }, { prompt: '35 s, timer 1' }]),
		kieNode(
			stage,
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
			stage,
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

describe('waiting by callback in a real n8n', () => {
	let stage: Stage;
	const started = new Map<string, string>();

	const startWorkflow = async (name: string, source: WorkflowSource): Promise<void> => {
		const { client } = stage.n8n;
		started.set(name, await client.startWorkflow(await client.createWorkflow(source)));
	};
	const start = async (name: string, nodes: NodeSource[]): Promise<void> =>
		await startWorkflow(name, chain(name, [manualTrigger(), ...nodes]));
	const idOf = (name: string) => started.get(name) ?? '';
	const end = async (name: string): Promise<Execution> => await stage.n8n.client.waitForExecution(idOf(name), 150_000);
	const status = async (name: string) => (await stage.n8n.client.getExecution(idOf(name))).status;
	const tasksOf = (text: string) =>
		[...stage.kie.tasks.values()].filter(({ input }) => String(input.prompt).includes(text));

	/** Kie will refuse the result of the tasks whose prompt says so. */
	const refuse = async (text: string): Promise<void> => {
		while (tasksOf(text).length === 0) await sleep(100);
		for (const task of tasksOf(text))
			task.fate = { end: 'fail', failCode: '501', failMsg: 'The content is not allowed' };
	};

	beforeAll(async () => {
		stage = await startStage({ taskSeconds: secondsAsPrompted, rate: false, callbackDelays: [500, 1500, 3000] });
		await start('several', [
			items('Prompts', [{ prompt: '31 s, several 0' }, { prompt: '24 s, several 1' }, { prompt: '28 s, several 2' }]),
			imagesByCallback(stage, { downloadFiles: true }),
			origin('After', 'Prompts', 'prompt'),
		]);
		await start('at once', [
			items('Prompts', prompts(Array.from({ length: 8 }, () => 23))),
			imagesByCallback(stage),
			origin('After', 'Prompts', 'prompt'),
		]);
		await start('approval', [
			items('Prompts', [{ prompt: '2 s, approval' }]),
			imagesByCallback(stage),
			{
				name: 'Approval',
				type: 'n8n-nodes-base.wait',
				typeVersion: 1.1,
				parameters: { resume: 'webhook', httpMethod: 'POST', options: {} },
			},
		]);
		await start('chained', [
			items('Prompts', [{ prompt: '23 s, chained 0' }, { prompt: '25 s, chained 1' }]),
			imagesByCallback(stage, {}, { name: 'First' }),
			kieNode(stage, 'kieImage', {
				operation: 'edit',
				model: 'google/nano-banana-edit',
				prompt: "={{ $('Prompts').item.json.prompt }} again",
				image_urls: '={{ $json.urls }}',
				options: { waitUsing: 'callback' },
			}),
			origin('After', 'Prompts', 'prompt'),
		]);
		await start('retried', [
			items('Prompts', [{ prompt: '' }, { prompt: '24 s, retried' }]),
			imagesByCallback(
				stage,
				{},
				{ onError: 'continueRegularOutput', retryOnFail: true, maxTries: 3, waitBetweenTries: 100 },
			),
		]);
		await startWorkflow('lost', lostTimer(stage));
		await start('shaky', [items('Prompts', [{ prompt: '25 s, shaky' }]), imagesByCallback(stage)]);
		await start('fast', [items('Prompts', [{ prompt: '2 s, fast' }]), imagesByCallback(stage)]);
		await start('failing', [
			items('Prompts', [{ prompt: '24 s, failing 0' }, { prompt: '26 s, refused failing 1' }]),
			imagesByCallback(stage),
			origin('After', 'Prompts', 'prompt'),
		]);
		await start('continuing', [
			items('Prompts', [{ prompt: '24 s, continuing 0' }, { prompt: '26 s, refused continuing 1' }, { prompt: '' }]),
			imagesByCallback(stage, {}, { onError: 'continueErrorOutput' }),
			origin('After', 'Prompts', 'prompt'),
		]);
		await refuse('refused failing');
		await refuse('refused continuing');
		await start('no callback', [
			items('Prompts', [{ prompt: '60 s, no callback' }]),
			imagesByCallback(stage, { timeLimit: 0.6 }),
			kieNode(stage, 'kieCommon', { resource: 'task', operation: 'wait' }, { name: 'Wait' }),
			origin('After', 'Prompts', 'prompt'),
		]);
		await startWorkflow('timer', timerLoop(stage));
		await start('song', [
			kieNode(stage, 'kieSuno', {
				resource: 'music',
				operation: 'generate',
				model: 'V5',
				customMode: false,
				prompt: '40 s, a song about lighthouses',
				options: { waitUsing: 'callback' },
			}),
		]);
	});
	afterAll(async () => await stage.close());

	it('does not put a task to wait that is done soon', async () => {
		const execution = await end('fast');
		expect(execution.status).toBe('success');
		expect(nodeItems(execution, 'Kie')[0]?.json).toMatchObject({ state: 'success', urls: [expect.any(String)] });
		expect(execution.data.waitTill).toBeUndefined();
	});

	it('waits without running, and takes a forged callback for nothing but a nudge', async () => {
		await stage.n8n.client.waitForExecution(idOf('several'), 60_000, ['waiting']);
		const [task] = tasksOf('several 0');
		const body = {
			code: 200,
			msg: 'ok',
			data: { taskId: task?.id, state: 'success', resultJson: '{"resultUrls":["https://evil.example/x.png"]}' },
		};
		const answer = await axios.post(String(task?.callBackUrl), body);
		expect(answer.status).toBe(200);
		expect(await status('several')).toBe('waiting');
		const stranger = new URL(String(task?.callBackUrl));
		stranger.searchParams.set('signature', 'x'.repeat(64));
		expect((await axios.post(stranger.href, body, { validateStatus: () => true })).status).toBe(401);
	});

	it('reads again when Kie cannot be read right after its callback', async () => {
		await stage.n8n.client.waitForExecution(idOf('shaky'), 60_000, ['waiting']);
		const [task] = tasksOf('shaky');
		stage.kie.inject({ on: 'read', kind: 'status', status: 500, taskId: task?.id, times: 3 });
		const execution = await end('shaky');
		expect(nodeItems(execution, 'Kie')[0]?.json).toMatchObject({ taskId: task?.id, state: 'success' });
		const [told] = task?.deliveries ?? [];
		expect(told?.status).toBe(200);
		expect(Date.parse(String(execution.stoppedAt)) - Number(told?.at)).toBeGreaterThan(6_000);
	});

	it('resumes once when the last task is done, with the items in order, paired, and with their files', async () => {
		const execution = await end('several');
		expect(execution.status).toBe('success');
		expect(execution.data.resultData.runData.After).toHaveLength(1);
		const after = nodeItems(execution, 'After');
		expect(after.map(({ json }) => json.origin)).toEqual(['31 s, several 0', '24 s, several 1', '28 s, several 2']);
		const tasks = tasksOf('several');
		expect(tasks).toHaveLength(3);
		for (const [index, { json }] of after.entries()) {
			const [task] = tasksOf(`several ${index}`);
			expect(json).toMatchObject({ taskId: task?.id, state: 'success', urls: task?.urls });
		}
		const files = nodeItems(execution, 'Kie').map(({ binary }) => binary?.data);
		for (const file of files) {
			expect(file).toMatchObject({ mimeType: 'image/png', fileName: expect.stringMatching(/\.png$/) });
			expect(file && (await stage.n8n.client.downloadBinary(file)).subarray(1, 4).toString()).toBe('PNG');
		}
		// Repeated and late callbacks are answered and change nothing.
		const late = await Promise.all(
			tasks.map(
				async ({ id, callBackUrl }) =>
					await axios.post(String(callBackUrl), { data: { taskId: id } }, { validateStatus: () => true }),
			),
		);
		expect(late.map((answer) => answer.status)).toEqual([409, 409, 409]);
	});

	it('resumes once when the last callbacks come at the same moment', async () => {
		const execution = await end('at once');
		expect(execution.status).toBe('success');
		expect(execution.data.resultData.runData.After).toHaveLength(1);
		expect(nodeItems(execution, 'After').map(({ json }) => json.state)).toEqual(Array(8).fill('success'));
		const listed = await stage.n8n.client.listExecutions(execution.workflowId);
		expect(listed).toHaveLength(1);
	});

	it('fails as polling does when a task fails, and names the others', async () => {
		const execution = await end('failing');
		expect(execution.status).toBe('error');
		const { error, runData } = execution.data.resultData;
		const [done] = tasksOf('failing 0');
		expect(error?.message).toMatch(/^Kie\.ai could not complete the task: .* \[item 1\]$/);
		expect(error?.description).toContain(`item 0: ${done?.id} (market, done)`);
		expect(runData.After).toBeUndefined();
		expect(runData.Prompts).toHaveLength(1);
	});

	it('sends what failed to the error output, and the others on', async () => {
		const execution = await end('continuing');
		expect(execution.status).toBe('success');
		expect(nodeItems(execution, 'After').map(({ json }) => json.origin)).toEqual(['24 s, continuing 0']);
		expect(nodeItems(execution, 'Kie', 1).map(({ json }) => json)).toMatchObject([
			{ prompt: '26 s, refused continuing 1', error: expect.stringContaining('[item 1]') },
			{ prompt: '', error: expect.stringContaining('[item 2]') },
		]);
	});

	it('gives out the tasks when nobody calls until the time limit, for Kie Common to wait for', async () => {
		const execution = await end('no callback');
		const [task] = tasksOf('no callback');
		const known = { taskId: task?.id, api: 'market', model: 'google/nano-banana' };
		expect(nodeItems(execution, 'Kie').map(({ json }) => json)).toEqual([{ ...known, state: 'waiting' }]);
		expect(nodeItems(execution, 'After').map(({ json }) => json)).toMatchObject([
			{ ...known, state: 'success', urls: task?.urls, origin: '60 s, no callback' },
		]);
	});

	it('waits by timer in a loop, and holds nothing meanwhile', async () => {
		const execution = await end('timer');
		expect(execution.status).toBe('success');
		const { runData } = execution.data.resultData;
		expect(runData.Wait?.length).toBeGreaterThan(1);
		const done = (runData.After ?? []).flatMap(({ data }) => data?.main?.[0] ?? []);
		expect(done.map(({ json }) => json.origin)).toEqual(['3 s, timer 0', '35 s, timer 1']);
		expect(done.map(({ json }) => json.state)).toEqual(['success', 'success']);
		expect(tasksOf('timer')).toHaveLength(2);
	});

	it('wakes no other node that waits in the same execution', async () => {
		const [task] = tasksOf('approval');
		expect(await status('approval')).toBe('waiting');
		expect(task?.deliveries).toHaveLength(4);
		expect(task?.deliveries.map((delivery) => delivery.status)).not.toContain(200);
	});

	it('waits in one node after the other, and pairs through both', async () => {
		const execution = await end('chained');
		expect(execution.status).toBe('success');
		const after = nodeItems(execution, 'After').map(({ json }) => json);
		expect(after.map((json) => json.origin)).toEqual(['23 s, chained 0', '25 s, chained 1']);
		for (const [index, json] of after.entries()) {
			const made = tasksOf(`chained ${index}`);
			expect(made.map(({ model }) => model)).toEqual(['google/nano-banana', 'google/nano-banana-edit']);
			expect(json).toMatchObject({ taskId: made[1]?.id, state: 'success' });
			expect(made[1]?.input.image_urls).toEqual(made[0]?.urls);
		}
	});

	it('creates nothing twice with Retry On Fail and Continue On Fail', async () => {
		const execution = await end('retried');
		expect(tasksOf('retried')).toHaveLength(1);
		expect(nodeItems(execution, 'Kie').map(({ json }) => json)).toMatchObject([
			{ error: expect.stringContaining('[item 0]') },
			{ state: 'success' },
		]);
	});

	it('ends a loop by timer whose task nobody knows', async () => {
		const execution = await end('lost');
		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toBe('Kie.ai has no record of the task no-such-task [item 0]');
	});

	it("does not resume on Suno's early callbacks", async () => {
		const execution = await end('song');
		expect(execution.status).toBe('success');
		const [song] = tasksOf('lighthouses');
		expect(song?.deliveries.map(({ body, status: answered }) => [Object(body.data).callbackType, answered])).toEqual(
			expect.arrayContaining([
				['first', 200],
				['complete', 200],
			]),
		);
		expect(nodeItems(execution, 'Kie')[0]?.json.tracks).toHaveLength(2);
	});
});
