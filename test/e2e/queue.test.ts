import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { type Simulator, startSimulator } from '../simulator';
import { BROWSER_ID, type CredentialReference, type Execution, nodeItems } from './client';
import { credentialFor, kieNode, origin } from './kie';
import type { N8nProcess } from './n8n';
import { type Queue, startQueue } from './queue';
import { missingServices } from './queue-services';
import { chain, items, type NodeSource } from './workflow';

if (missingServices.length > 0) {
	console.warn(`The tests of queue mode are skipped: they need ${missingServices.join(' and ')}.`);
}

/** n8n treats a worker as dead after this long without a message; a minute by default. */
const SOON_DEAD = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};
const BATCH = 10;
const LIMIT_MS = 150_000;
/** n8n's error for an execution whose worker died. */
const DIED = /failed to be processed too many times/;

/** n8n with a main process and workers; every test continues from the one before it. */
(missingServices.length === 0 ? describe : describe.skip)('n8n in queue mode', () => {
	let kie: Simulator;
	let queue: Queue;
	let credential: CredentialReference;

	beforeAll(async () => {
		const taskSeconds = (_model: string, { prompt }: { prompt?: unknown }) => parseInt(String(prompt), 10);
		kie = await startSimulator({ taskSeconds, rate: false });
		queue = await startQueue(SOON_DEAD);
		credential = await queue.main.client.createCredential('kieAiApi', credentialFor(kie), 'Kie.ai API');
	}, 900_000);
	afterAll(async () => {
		await queue.stop();
		await kie.close();
	});

	const prompts = (title: string, seconds: number) =>
		Array.from({ length: BATCH }, (_, index) => ({ prompt: `${seconds} s, ${title} ${index}` }));
	const tasksOf = (title: string) =>
		[...kie.tasks.values()].filter(({ input }) => String(input.prompt).includes(`, ${title} `));
	const images = ({ downloadFiles = false, ...options }: INodeParameters): NodeSource =>
		kieNode({ credential }, 'kieImage', {
			operation: 'generate',
			model: 'google/nano-banana',
			prompt: '={{ $json.prompt }}',
			downloadFiles,
			options,
		});

	/** Starts a batch with a production webhook, and returns the execution's ID. */
	const start = async (
		title: string,
		seconds: number,
		options: INodeParameters,
		{ after = [], settings = {} }: { after?: NodeSource[]; settings?: IDataObject } = {},
	): Promise<string> => {
		const { client, url } = queue.main;
		const path = title.replaceAll(' ', '-');
		const workflow = await client.createWorkflow({
			...chain(title, [
				{
					name: 'Start',
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					webhookId: path,
					parameters: { httpMethod: 'POST', path },
				},
				items('Prompts', prompts(title, seconds)),
				images(options),
				...after,
				origin('After', 'Prompts', 'prompt'),
			]),
			settings,
		});
		await client.activate(workflow);
		await until(`the webhook of ${title}`, async () => {
			const { status } = await axios.post(`${url}/webhook/${path}`, {}, { validateStatus: () => true });
			return status === 200;
		});
		await until(`an execution of ${title}`, async () => (await client.listExecutions(workflow.id)).length > 0);
		const [execution] = await client.listExecutions(workflow.id);
		return execution?.id ?? '';
	};

	/** How often a worker logs this event of an execution; one that waits has several. */
	const count = (worker: N8nProcess, id: string, event: 'started' | 'finished') =>
		worker.logs().split(`Worker ${event} execution ${id} `).length - 1;
	const starts = (id: string) => queue.workers.reduce((sum, worker) => sum + count(worker, id, 'started'), 0);
	/** The worker that runs the execution at this moment. */
	const runner = async (id: string): Promise<N8nProcess> => {
		const find = () => queue.workers.find((worker) => count(worker, id, 'started') > count(worker, id, 'finished'));
		await until(`a worker for execution ${id}`, async () => find() !== undefined);
		const worker = find();
		if (!worker) throw new Error(`Execution ${id} has ended`);
		return worker;
	};
	const created = async (title: string) => {
		await until(`the tasks of ${title}`, async () => tasksOf(title).length === BATCH);
		// The responses have to reach the node.
		await sleep(1_000);
	};
	const end = async (id: string) => await queue.main.client.waitForExecution(id, LIMIT_MS);

	const expectAllResults = (execution: Execution, title: string) => {
		expect(execution.status).toBe('success');
		const after = nodeItems(execution, 'After').map(({ json }) => json);
		expect(after.map((json) => json.origin)).toEqual(
			prompts(title, parseInt(String(after[0]?.origin), 10)).map(({ prompt }) => prompt),
		);
		const tasks = tasksOf(title);
		expect(tasks).toHaveLength(BATCH);
		for (const json of after) {
			const task = tasks.find(({ input }) => input.prompt === json.origin);
			expect(json).toMatchObject({ taskId: task?.id, state: 'success', urls: task?.urls });
		}
	};
	/** n8n marks the execution as failed, forgets what its nodes had returned, and runs it on no other worker. */
	const expectLost = async (id: string, title: string, parts = 1) => {
		const { status, data } = await end(id);
		expect(status).toBe('error');
		expect(data.resultData.error?.message).toMatch(DIED);
		expect(data.resultData.runData).toEqual({});
		expect(starts(id)).toBe(parts);
		expect(tasksOf(title)).toHaveLength(BATCH);
	};

	it('runs a batch with polling on a worker, with its files in the database', async () => {
		const title = 'polled';
		const id = await start(title, 4, { downloadFiles: true });
		const execution = await end(id);
		expect(starts(id)).toBe(1);
		expectAllResults(execution, title);
		for (const { binary } of nodeItems(execution, 'Kie')) {
			expect(binary?.data?.id).toMatch(/^database:/);
			const bytes = binary?.data && (await queue.main.client.downloadBinary(binary.data));
			expect(bytes?.subarray(1, 4).toString()).toBe('PNG');
		}
	});

	it('resumes a paused batch, even if its worker is killed while the execution waits', async () => {
		const [pausedId, orphanedId] = await Promise.all([
			start('called back', 30, { waitUsing: 'pause' }),
			start('worker gone', 45, { waitUsing: 'pause' }),
		]);
		await queue.main.client.waitForExecution(pausedId, LIMIT_MS, ['waiting']);
		await queue.main.client.waitForExecution(orphanedId, LIMIT_MS, ['waiting']);
		const worker = queue.workers.find((candidate) => count(candidate, orphanedId, 'started') === 1);
		await worker?.kill();
		expectAllResults(await end(pausedId), 'called back');
		expectAllResults(await end(orphanedId), 'worker gone');
		await queue.addWorker();
	});

	it('creates nothing twice if workers are killed while they poll, or before the execution is paused', async () => {
		const { client } = queue.main;
		const alarm = await client.createWorkflow(
			chain('Alarm', [{ name: 'Error', type: 'n8n-nodes-base.errorTrigger' }, items('Told', [{ told: true }])]),
		);
		await client.activate(alarm);
		const [pollingId, calling] = await Promise.all([
			// Saved progress is lost as well.
			start('poll killed', 30, {}, { settings: { saveExecutionProgress: true, errorWorkflow: alarm.id } }),
			start('callback killed', 30, { waitUsing: 'pause' }),
		]);
		await Promise.all([created('poll killed'), created('callback killed')]);
		const killedWorkers = new Set([await runner(pollingId), await runner(calling)]);
		for (const worker of killedWorkers) {
			await worker.kill();
			await queue.addWorker();
		}

		await expectLost(pollingId, 'poll killed');
		await expectLost(calling, 'callback killed');
		await until('the error workflow', async () => (await client.listExecutions(alarm.id)).length === 1);
		// Retry, as in the list of executions
		for (const loadWorkflow of [false, true]) {
			await axios.post(
				`${queue.main.url}/rest/executions/${pollingId}/retry`,
				{ loadWorkflow },
				{ headers: { cookie: client.cookie, 'browser-id': BROWSER_ID } },
			);
		}
		await sleep(5_000);
		expect(tasksOf('poll killed')).toHaveLength(BATCH);
	});

	it('gets the results of the lost executions by their task IDs', async () => {
		const tasks = [...tasksOf('poll killed'), ...tasksOf('callback killed')];
		const { client } = queue.main;
		const workflow = await client.createWorkflow(
			chain('Recovered', [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
				items(
					'IDs',
					tasks.map(({ id }) => ({ taskId: id, api: 'market' })),
				),
				kieNode({ credential }, 'kieCommon', { resource: 'task', operation: 'wait' }),
			]),
		);
		const execution = await client.runWorkflow(workflow, {}, LIMIT_MS);
		expect(execution.status).toBe('success');
		expect(nodeItems(execution, 'Kie').map(({ json }) => json)).toEqual(
			tasks.map(({ id, urls }) => expect.objectContaining({ taskId: id, state: 'success', urls })),
		);
	});

	it('loses nodes after the wait with their worker, and no task', async () => {
		const title = 'killed after the wait';
		const wait: NodeSource = {
			name: 'Work',
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			parameters: { amount: 50, unit: 'seconds' },
		};
		const id = await start(title, 25, { waitUsing: 'pause' }, { after: [wait] });
		await queue.main.client.waitForExecution(id, LIMIT_MS, ['waiting']);
		await until('the resumed part', async () => starts(id) === 2);
		await (await runner(id)).kill();
		await expectLost(id, title, 2);
	});
});

async function until(title: string, isThere: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + LIMIT_MS;
	while (!(await isThere())) {
		if (Date.now() > deadline) throw new Error(`Waited ${LIMIT_MS} ms in vain for ${title}`);
		await sleep(100);
	}
}
