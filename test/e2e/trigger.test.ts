import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

import axios, { type AxiosResponse } from 'axios';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { allKinds, create, allDelivered, imagesOf } from '../nodes/trigger-tasks';
import { sign, startSimulator } from '../simulator';
import { hasBrowser, openEditor } from './browser';
import { nodeItems } from './client';
import { credentialFor, kieNode, type TestSetup, startSetup } from './kie';
import { freePort, startN8n, temporaryFolder } from './n8n';
import { PROJECT } from './paths';
import { isAtLeast } from './setup';
import { chain, manualTrigger, type NodeSource } from './workflow';

const KEY = 'example-webhook-key';

describe('Kie Trigger in a real n8n', () => {
	let setup: TestSetup;
	let signedCredential: TestSetup['credential'];

	beforeAll(async () => {
		const kieOptions = { taskSeconds: 0.5, rate: false, readRates: false, checkMedia: false, hmacKey: KEY } as const;
		setup = await startSetup(kieOptions);
		const data = { ...credentialFor(setup.kie), webhookSecret: KEY };
		signedCredential = await setup.n8n.client.createCredential('kieAiApi', data, 'Kie.ai API with webhook key');
	});
	afterAll(async () => await setup.close());
	beforeEach(() => setup.kie.reset());

	interface Live {
		workflowId: string;
		url: string;
		/** The items that started the workflow's executions, once there are `count` of them. */
		started(count: number): Promise<INodeExecutionData[]>;
		executions(): Promise<number>;
	}

	const trigger = (
		parameters: INodeParameters & { options?: IDataObject },
		webhookId: string,
		isSigned = true,
	): NodeSource =>
		kieNode({ credential: isSigned ? signedCredential : setup.credential }, 'kieTrigger', parameters, {
			name: 'Kie Trigger',
			webhookId,
		});

	/** A published workflow that begins with the trigger. */
	const live = async (
		parameters: INodeParameters & { options?: IDataObject } = {},
		{ isSigned = true }: { isSigned?: boolean } = {},
	): Promise<Live> => {
		const { client, url } = setup.n8n;
		const webhookId = randomUUID();
		const workflow = await client.createWorkflow(chain('Trigger', [trigger(parameters, webhookId, isSigned)]));
		await client.activate(workflow);
		const webhookUrl = `${url}/webhook/${webhookId}/webhook`;
		const deadline = Date.now() + 20_000;
		while ((await post(webhookUrl, {})).status === 404 && Date.now() < deadline) await wait(100);
		const ids = async () => (await client.listExecutions(workflow.id)).map(({ id }) => id);
		return {
			workflowId: workflow.id,
			url: webhookUrl,
			executions: async () => (await ids()).length,
			started: async (count) => {
				const until = Date.now() + 100_000;
				while ((await ids()).length < count && Date.now() < until) await wait(100);
				const executions = await Promise.all((await ids()).map(async (id) => await client.waitForExecution(id)));
				expect(new Set(executions.map(({ status }) => status))).toEqual(new Set(['success']));
				return executions.flatMap((execution) => nodeItems(execution, 'Kie Trigger'));
			},
		};
	};

	const post = async (url: string, body: unknown, headers: Record<string, string> = {}): Promise<AxiosResponse> =>
		await axios.post(url, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), {
			headers: { 'content-type': 'application/json', ...headers },
			validateStatus: () => true,
			maxBodyLength: Infinity,
		});

	const signed = (taskId: string, { key = KEY, ageSeconds = 0 } = {}) => {
		const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
		return { 'x-webhook-timestamp': timestamp, 'x-webhook-signature': sign(key, taskId, timestamp) };
	};

	const claim = (taskId: string) => ({
		code: 200,
		msg: 'success',
		data: { taskId, state: 'success', resultJson: '{"resultUrls":["https://evil.example/forged.png"]}' },
	});

	const image = async (): Promise<string> => {
		const taskId = await create(setup.kie, imagesOf('A fox'));
		await allDelivered(setup.kie);
		return taskId;
	};

	it('starts a workflow for every API that calls back', async () => {
		const { url, started } = await live({ events: ['success', 'failure', 'progress'] });
		const kinds = await allKinds(setup.kie);
		const ids: string[] = [];
		for (const kind of kinds) ids.push(await create(setup.kie, kind, url));
		const expected = kinds.flatMap(({ isSong }) => (isSong ? ['progress', 'progress', 'success'] : ['success']));
		const items = (await started(expected.length)).map(({ json }) => json);
		expect(items).toHaveLength(expected.length);
		const results = kinds.map(({ name, details = 'urls' }, index) => {
			const taskItems = items.filter(({ taskId }) => taskId === ids[index]);
			const success = taskItems.find(({ event }) => event === 'success') ?? {};
			const { api, model, state, urls } = success;
			const files = Array.isArray(urls) ? urls.length : 0;
			return { name, count: taskItems.length, api, model, state, files, hasDetails: details in success };
		});
		expect(results).toEqual(
			kinds.map(({ name, api, model = api, files = 0, isSong }) => ({
				name,
				count: isSong ? 3 : 1,
				api,
				model,
				state: 'success',
				files,
				hasDetails: true,
			})),
		);
		// On a busy machine the first try may take longer than Kie waits; then it has no status, and the next one has.
		const statuses = ids.flatMap((id) => setup.kie.tasks.get(id)?.deliveries.flatMap(({ status }) => status ?? []));
		expect(new Set(statuses)).toEqual(new Set([200]));
	});

	it('starts a workflow for failures, with the reason', async () => {
		const { url, started } = await live();
		setup.kie.inject({ on: 'create', kind: 'fail', failCode: '501', failMsg: 'Flagged' });
		const taskId = await create(setup.kie, imagesOf('A fox'), url);
		const [item] = await started(1);
		expect(item?.json).toMatchObject({
			event: 'failure',
			taskId,
			api: 'market',
			state: 'fail',
			failure: { code: '501', reason: 'Flagged' },
		});
	});

	it.each([
		['the URL', (url: string) => url],
		// As the docs show it, for workflows that run on several instances
		[
			'an expression for the URL',
			(url: string) => `={{ $execution.resumeUrl.split('/webhook-waiting/')[0] }}${new URL(url).pathname}`,
		],
	])('works with Create Only of another node with %s', async (_name, callBackUrlOf) => {
		const { url, started } = await live();
		const { client } = setup.n8n;
		const image = kieNode(setup, 'kieImage', {
			operation: 'generate',
			model: 'z-image',
			prompt: 'A fox',
			aspect_ratio: '1:1',
			executionMode: 'createOnly',
			options: { callBackUrl: callBackUrlOf(url) },
		});
		const creation = await client.runWorkflow(await client.createWorkflow(chain('Create', [manualTrigger(), image])));
		const created = nodeItems(creation, 'Kie')[0]?.json;
		expect(created).toMatchObject({ state: 'waiting', api: 'market' });
		const [item] = await started(1);
		expect(item?.json).toMatchObject({ event: 'success', taskId: created?.taskId, model: 'z-image' });
	});

	it.each([
		['unsigned', () => ({}), 'The signature is missing'],
		['forged', (id: string) => signed(id, { key: 'another' }), 'The signature is invalid'],
		['signed for another task', () => signed('another'), 'The signature is invalid'],
		['stale', (id: string) => signed(id, { ageSeconds: 600 }), 'The signature has expired'],
	])('rejects a callback that is %s', async (_name, headers, message) => {
		const { url, executions } = await live();
		const taskId = await image();
		const { status, data } = await post(url, claim(taskId), headers(taskId));
		expect([status, data]).toEqual([401, { message }]);
		await wait(500);
		expect(await executions()).toBe(0);
		expect(setup.kie.reads(taskId)).toEqual([]);
	});

	it('drops repeated callbacks, also at the same time', async () => {
		const { url, started, executions } = await live();
		const taskId = await image();
		const headers = signed(taskId);
		const answers = await Promise.all(Array.from({ length: 10 }, async () => await post(url, claim(taskId), headers)));
		expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
		expect(answers.filter(({ data }) => data.note === 'repeated')).toHaveLength(9);
		expect(await started(1)).toHaveLength(1);
		expect((await post(url, claim(taskId), headers)).data).toMatchObject({ note: 'repeated' });
		await wait(500);
		expect(await executions()).toBe(1);
	});

	it('returns the record, not the body', async () => {
		const { url, started, executions } = await live({}, { isSigned: false });
		const taskId = await image();
		expect((await post(url, claim('0123456789abcdef'))).status).toBe(404);
		expect((await post(url, claim(taskId))).status).toBe(200);
		const [item] = await started(1);
		expect(item?.json).toMatchObject({ event: 'success', taskId, urls: setup.kie.tasks.get(taskId)?.urls });
		expect(await executions()).toBe(1);
	});

	it('requests a callback again that could not be confirmed', async () => {
		const { url, started } = await live();
		// Every read at the first delivery; they take 10 s.
		setup.kie.inject({ on: 'read', kind: 'status', status: 503, times: 5 });
		const taskId = await create(setup.kie, imagesOf('A fox'), url);
		expect((await started(1))[0]?.json).toMatchObject({ event: 'success', taskId });
	});

	it('loses and duplicates none of a burst, and rejects what it cannot confirm so that Kie sends it again', async () => {
		const { url, started, executions } = await live();
		setup.kie.inject({ on: 'read', kind: 'code', code: 401, times: 20 });
		const ids = await Promise.all(
			Array.from({ length: 60 }, async () => await create(setup.kie, imagesOf('A fox'), url)),
		);
		const items = await started(ids.length);
		expect(items.map(({ json }) => json.taskId).sort()).toEqual(ids.sort());
		const deliveries = ids.flatMap((id) => setup.kie.tasks.get(id)?.deliveries ?? []);
		expect(deliveries.filter(({ status }) => status === 503).length).toBe(20);
		await wait(1_000);
		expect(await executions()).toBe(ids.length);
	});

	it('downloads files after its response', async () => {
		const { url, started, executions } = await live({ downloadFiles: true });
		const taskId = await image();
		setup.kie.inject({ on: 'download', kind: 'slow', ms: 3_000 });
		const before = Date.now();
		expect((await post(url, claim(taskId), signed(taskId))).status).toBe(200);
		expect(Date.now() - before).toBeLessThan(2_500);
		expect(await executions()).toBe(0);
		const [item] = await started(1);
		expect(item?.json).toMatchObject({ event: 'success', taskId });
		const file = item?.binary?.data;
		expect(file).toMatchObject({ mimeType: 'image/png' });
		expect(file && (await setup.n8n.client.downloadBinary(file)).subarray(1, 4).toString()).toBe('PNG');
	});

	it.each([
		['without files', {}],
		['with files', { downloadFiles: true }],
	])('starts one execution for callbacks that are combined, %s', async (_name, parameters) => {
		const { url, started, executions } = await live({ ...parameters, options: { combineSeconds: 4 } });
		const ids = await Promise.all(Array.from({ length: 5 }, image));
		const answers = await Promise.all(ids.map(async (taskId) => await post(url, claim(taskId), signed(taskId))));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
		const items = await started(1);
		expect(items.map(({ json }) => json.taskId).sort()).toEqual(ids.sort());
		for (const { binary = {} } of items) {
			for (const file of Object.values(binary)) {
				expect((await setup.n8n.client.downloadBinary(file)).subarray(1, 4).toString()).toBe('PNG');
			}
		}
		expect(items.filter(({ binary }) => binary?.data).length).toBe('downloadFiles' in parameters ? 5 : 0);
		for (const taskId of ids) {
			expect((await post(url, claim(taskId), signed(taskId))).data).toMatchObject({ note: 'repeated' });
		}
		expect(await executions()).toBe(1);
	});

	const deep = `{"data":{"taskId":"a","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
	const json = 'application/json';

	it.each([
		['nothing', '', json, 400],
		['no JSON', '{"data":', json, 422],
		['a text', '"taskId"', json, 400],
		['a number', '7', json, 400],
		['null', 'null', json, 400],
		['a list', '[{"taskId":"a"}]', json, 400],
		['an object without an ID', '{"code":200,"data":{}}', json, 400],
		['a form', 'taskId=a', 'application/x-www-form-urlencoded', 415],
		// n8n itself rejects it, and said before 2.40 that the fault is its own.
		['a form with parts', '--x\r\n\r\n--x--', 'multipart/form-data; boundary=x', isAtLeast('2.40') ? 400 : 500],
		['a text that is JSON', '{"taskId":"a"}', 'text/plain', 415],
		['XML', '<a/>', 'application/xml', 415],
		['bytes', 'abc', 'application/octet-stream', 415],
		['no content type', '{"taskId":"a"}', '', 415],
		['deep nesting', deep, json, 400],
		['6 MB', JSON.stringify({ taskId: 'a', x: 'x'.repeat(6_000_000) }), json, 413],
	])('rejects %s', async (_name, body, type, status) => {
		const invalidBodies = await badBodies;
		const answer = await post(invalidBodies.url, body, { 'content-type': type });
		expect([answer.status, typeof answer.data.message]).toEqual([status, 'string']);
		expect(setup.kie.requests).toEqual([]);
	});
	/** One workflow for all of them. */
	let badBodies: Promise<Live>;
	beforeAll(() => {
		badBodies = live({ confirm: false }, { isSigned: false });
	});

	it('keeps working after a body larger than n8n accepts', async () => {
		const invalidBodies = await badBodies;
		const answer = await post(invalidBodies.url, JSON.stringify({ taskId: 'a', x: 'x'.repeat(17_000_000) }));
		// n8n's own response; the trigger does not receive it.
		expect(answer.status).toBe(500);
	});

	it('has started no workflow for any of these', async () => {
		await wait(500);
		expect(await (await badBodies).executions()).toBe(0);
	});

	it('receives a test event in the editor, and keeps listening after one that it rejects', async () => {
		const { client, url } = setup.n8n;
		const webhookId = randomUUID();
		const workflow = await client.createWorkflow(chain('Test', [trigger({ downloadFiles: true }, webhookId)]));
		await client.startWorkflow(workflow, { trigger: 'Kie Trigger' }).catch(() => undefined);
		const taskId = await image();
		const webhookUrl = `${url}/webhook-test/${webhookId}/webhook`;
		expect((await post(webhookUrl, claim(taskId))).status).toBe(401);
		expect((await post(webhookUrl, claim(taskId), signed(taskId))).status).toBe(200);
		const until = Date.now() + 20_000;
		while ((await client.listExecutions(workflow.id)).length === 0 && Date.now() < until) await wait(100);
		const [{ id = '' } = {}] = await client.listExecutions(workflow.id);
		const [item] = nodeItems(await client.waitForExecution(id), 'Kie Trigger');
		expect(item?.json).toMatchObject({ event: 'success', taskId });
		expect(item?.binary?.data).toMatchObject({ mimeType: 'image/png' });
	});

	(hasBrowser ? it : it.skip)('shows its URLs and which one is for what', async () => {
		const { client } = setup.n8n;
		const { id } = await client.createWorkflow(chain('Editor', [trigger({}, randomUUID())]));
		const editor = await openEditor(setup.n8n, id);
		try {
			await editor.openNode('Kie Trigger');
			const panelText = await editor.page.getByTestId('ndv').innerText();
			for (const label of ['Webhook URLs', 'Test URL', 'Production URL', 'Confirm with Kie'])
				expect(panelText).toContain(label);
			await editor.page.getByText('Webhook URLs').click();
			await editor.screenshot('kie-trigger');
		} finally {
			await editor.close();
		}
	});
});

describe('the events that a Kie Trigger has started', () => {
	const opened: Array<() => Promise<unknown>> = [];
	afterEach(async () => {
		for (const close of opened.splice(0).reverse()) await close();
	});

	it('are known after a crash of n8n, and after a restart', async () => {
		const kie = await startSimulator({ taskSeconds: 0.05, rate: false, readRates: false });
		opened.push(async () => await kie.close());
		const userFolder = temporaryFolder();
		opened.push(async () => await rm(userFolder, { recursive: true, force: true }));
		const port = await freePort();
		let n8n = await startN8n({ packageDir: PROJECT, userFolder, port });
		opened.push(async () => await n8n.stop());
		const startAgain = async () => {
			n8n = await startN8n({ userFolder, port });
		};

		const credential = await n8n.client.createCredential('kieAiApi', credentialFor(kie));
		const webhookId = randomUUID();
		const trigger = kieNode({ credential }, 'kieTrigger', {}, { name: 'Kie Trigger', webhookId });
		const workflow = await n8n.client.createWorkflow(chain('Trigger', [trigger]));
		await n8n.client.activate(workflow);
		const post = async (data: object) =>
			await axios.post(`${n8n.url}/webhook/${webhookId}/webhook`, { code: 200, data }, { validateStatus: () => true });
		const isUp = async () => (await post({})).status === 400;
		const untilUp = async () => {
			while (!(await isUp())) await wait(100);
		};
		const taskIds = await Promise.all(Array.from({ length: 7 }, async () => await create(kie, imagesOf('A fox'))));
		await allDelivered(kie);
		const deliver = async (taskId: string) => await post({ taskId, state: 'success', resultJson: '{}' });
		const startedNow = async () => (await n8n.client.listExecutions(workflow.id)).length;
		const [last = '', ...first] = taskIds;

		await untilUp();
		for (const taskId of first.slice(0, 3)) expect((await deliver(taskId)).status).toBe(200);
		const burst = await Promise.all(first.slice(3).map(deliver));
		expect(burst.map(({ status }) => status)).toEqual([200, 200, 200]);
		await n8n.kill();
		await startAgain();
		await untilUp();
		for (const taskId of first) expect((await deliver(taskId)).data).toMatchObject({ note: 'repeated' });
		expect((await deliver(last)).status).toBe(200);
		await n8n.stop();
		await startAgain();
		await untilUp();
		for (const taskId of taskIds) expect((await deliver(taskId)).data).toMatchObject({ note: 'repeated' });
		expect(await startedNow()).toBe(taskIds.length);
	});
});
