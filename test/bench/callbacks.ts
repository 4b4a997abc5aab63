import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

import axios from 'axios';
import { countBy } from 'lodash';
import pLimit from 'p-limit';

import { BROWSER_ID, nodeItems, type SavedWorkflow } from '../e2e/client';
import { credentialFor } from '../e2e/kie';
import { type N8n, startN8n } from '../e2e/n8n';
import { PROJECT } from '../e2e/paths';
import { chain } from '../e2e/workflow';
import { type JsonObject, sign, type Simulator, startSimulator } from '../simulator';
import { buildIfStale, builtNode } from './built';
import type { Figure } from './figure';
import { median } from './figure';

/** A burst of callbacks to one Kie Trigger in a real n8n, each sent twice, signed like Kie's. */

const HMAC_KEY = 'bench';
/** Kie repeats a callback that is not answered with 200 within this time (https://docs.kie.ai/market/common/get-task-detail). */
const TIMEOUT_MS = 15_000;
const REPEATS_MS = [0, 1_000, 2_000, 4_000];
const PATH = 'burst';

interface Burst {
	name: string;
	count: number;
	/** Whether each is sent a second time at once, besides what is repeated. */
	twice: boolean;
	/** Open connections. */
	atOnce: number;
	env: Record<string, string>;
}

/** n8n creates a sandbox only if there is an expression to evaluate. */
const ON_DEMAND = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

const USUAL: Burst = { name: 'each sent twice, 20 at a time', count: 100, twice: true, atOnce: 20, env: {} };
const BIG: Burst[] = [
	{ name: 'all at once, sandboxes on demand', count: 1_000, twice: false, atOnce: Infinity, env: ON_DEMAND },
	{
		name: 'each sent twice, all at once, legacy expressions',
		count: 1_000,
		twice: true,
		atOnce: Infinity,
		env: { N8N_EXPRESSION_ENGINE: 'legacy' },
	},
];

interface Comparison {
	name: string;
	env: Record<string, string>;
	/** The most sandboxes for expressions that a callback may need, with its execution. Those that read the credential count. */
	sandboxes: number;
}

/**
 * n8n 2.40 creates a sandbox for expressions with each execution, and another one for the webhook that starts it, except
 * for its own Webhook node. A sandbox takes 41 ms of CPU, all else 20 ms for the Webhook node and 27 ms for the trigger:
 * 61 against 109 ms. So with n8n's defaults no trigger of a package reaches the bound; 0.56 of the Webhook node's calls
 * is the most for this one.
 */
const BESIDE_WEBHOOK: Comparison[] = [
	{ name: "n8n's defaults", env: {}, sandboxes: 2.2 },
	{
		name: 'a sandbox for both',
		env: { N8N_EXPRESSION_ENGINE_ALLOW_WEBHOOK_ISOLATE_SKIP: 'false' },
		sandboxes: 2.2,
	},
	{ name: 'sandboxes on demand', env: ON_DEMAND, sandboxes: 0 },
];

export async function callbacks(quick: boolean): Promise<Figure[]> {
	buildIfStale();
	const figures: Figure[] = [];
	for (const comparison of BESIDE_WEBHOOK) figures.push(...(await besideWebhook(comparison)));
	for (const burst of quick ? [USUAL] : [USUAL, ...BIG]) figures.push(...(await measure(burst)));
	return [...figures, ...(await forgeries())];
}

/** Calls of the Webhook node for one of the trigger's. */
const MOST_CALLS = 1 / 0.9;
const ROUNDS = 3;
const PER_ROUND = 100;

/** How many callbacks a second the trigger takes, signed and confirmed, beside calls of n8n's own Webhook node in the same n8n. */
async function besideWebhook({ name, env, sandboxes }: Comparison): Promise<Figure[]> {
	const kie = await startSimulator({
		taskSeconds: 0.05,
		rate: false,
		readRates: false,
		credits: 1_000_000,
		callbackDelays: [],
	});
	const n8n = await startN8n({ packageDir: PROJECT, env: { N8N_METRICS: 'true', ...env } });
	const created = async () => await metric(n8n, 'expression_pool_acquired_total');
	try {
		await startTrigger(n8n, kie, { webhookSecret: HMAC_KEY });
		const url = await startWebhook(n8n);
		const rates: Array<{ trigger: number; webhook: number; sandboxes: number }> = [];
		// The first round is the warm-up.
		for (let round = 0; round <= ROUNDS; round++) {
			const bodies = [...(await makeCallbacks(kie, PER_ROUND))];
			const before = await created();
			const trigger = await rateOf(
				bodies.map(
					([taskId, body]) =>
						async () =>
							await deliver(webhookUrlOf(n8n), taskId, body),
				),
			);
			const perCallback = ((await created()) - before) / PER_ROUND;
			const webhook = await rateOf(
				bodies.map(
					([, body]) =>
						async () =>
							await axios.post(url, body),
				),
			);
			if (round > 0) rates.push({ trigger, webhook, sandboxes: perCallback });
		}
		const ratio = median(rates.map(({ trigger, webhook }) => webhook / trigger));
		return [
			{ name: `Callbacks a second, ${name}`, value: median(rates.map(({ trigger }) => trigger)), unit: '' },
			{ name: `Calls of the Webhook node, ${name}`, value: median(rates.map(({ webhook }) => webhook)), unit: '' },
			{ name: `Rate of the Webhook node by that of the trigger, ${name}`, value: ratio, unit: '', bound: MOST_CALLS },
			{
				name: `Sandboxes for a callback and its execution, ${name}`,
				value: median(rates.map((rate) => rate.sandboxes)),
				unit: '',
				bound: sandboxes,
			},
		];
	} finally {
		await n8n.stop();
		await kie.close();
	}
}

/** Calls per second, 20 at a time; the executions that they start have time to complete. */
async function rateOf(calls: Array<() => Promise<unknown>>): Promise<number> {
	const atOnce = pLimit(20);
	const startedAt = performance.now();
	await Promise.all(calls.map(async (call) => await atOnce(call)));
	const seconds = (performance.now() - startedAt) / 1000;
	await wait(2_000);
	return calls.length / seconds;
}

/** A workflow like the trigger's, behind n8n's own Webhook node; its URL. */
async function startWebhook(n8n: N8n): Promise<string> {
	const webhook = { name: 'Webhook', type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: 'plain' };
	const parameters = { httpMethod: 'POST', path: 'plain', options: {} };
	const nextNode = { name: 'After', type: 'n8n-nodes-base.noOp' };
	const plainWorkflow = await n8n.client.createWorkflow(chain('Plain', [{ ...webhook, parameters }, nextNode]));
	await n8n.client.activate(plainWorkflow);
	const url = `${n8n.url}/webhook/plain`;
	while ((await axios.post(url, {}, { validateStatus: () => true })).status !== 200) await wait(100);
	return url;
}

const FORGERIES = 20;

/** What a callback of an unknown task costs a trigger without a signature, compared with a call of n8n's own Webhook node. */
async function forgeries(): Promise<Figure[]> {
	const kie = await startSimulator({ readRates: false });
	const n8n = await startN8n({ packageDir: PROJECT, env: { N8N_METRICS: 'true' } });
	try {
		await startTrigger(n8n, kie, {});
		const webhookUrl = await startWebhook(n8n);
		const cpuOf = async (url: string, body: () => object): Promise<number> => {
			const post = async () => await axios.post(url, body(), { validateStatus: () => true });
			for (let count = 0; count < 3; count++) await post();
			// Background work completes.
			await wait(3_000);
			const before = await metric(n8n, 'process_cpu_seconds_total');
			for (let count = 0; count < FORGERIES; count++) await post();
			await wait(2_000);
			return ((await metric(n8n, 'process_cpu_seconds_total')) - before) / FORGERIES;
		};
		const usual = await cpuOf(webhookUrl, () => ({ a: 1 }));
		const data = () => ({ taskId: randomUUID().replaceAll('-', '') });
		const forms = {
			'in the form of a record': () => ({ code: 200, data: { ...data(), state: 'success', resultJson: '{}' } }),
			'with nothing but an ID': () => ({ code: 500, data: data() }),
		};
		const figures: Figure[] = [];
		for (const [form, body] of Object.entries(forms)) {
			const before = kie.reads().length;
			const cpu = await cpuOf(webhookUrlOf(n8n), body);
			const reads = (kie.reads().length - before) / (FORGERIES + 3);
			figures.push({ name: `A forged callback ${form}: reads`, value: reads, unit: '', bound: 2 });
			figures.push({
				name: `A forged callback ${form}: CPU, in webhook calls`,
				value: cpu / usual,
				unit: '',
				bound: 2,
			});
		}
		return figures;
	} finally {
		await n8n.stop();
		await kie.close();
	}
}

async function measure({ name, count, twice, atOnce, env }: Burst): Promise<Figure[]> {
	const kie = await startSimulator({
		taskSeconds: 0.05,
		rate: false,
		readRates: false,
		credits: 1_000_000,
		callbackDelays: [],
	});
	const n8n = await startN8n({ packageDir: PROJECT, env: { N8N_METRICS: 'true', ...env } });
	try {
		const workflow = await startTrigger(n8n, kie, { webhookSecret: HMAC_KEY });
		await send(n8n, workflow, [...(await makeCallbacks(kie, 1))], 1, atOnce);
		const bodies = await makeCallbacks(kie, count);
		const before = await memoryMb(n8n);
		const deliveries = twice ? [...bodies].flatMap((delivery) => [delivery, delivery]) : [...bodies];
		const { answers, answeredAfter, endedAfter, peakMb } = await send(n8n, workflow, deliveries, count + 1, atOnce);
		// Time for what should not start.
		await wait(2_000);
		const runs = await runsByTask(n8n, await executionIds(n8n, workflow));
		const times = [...bodies.keys()].map((taskId) => runs[taskId] ?? 0);
		const isRepeated = answers.filter((answer) => answer.isRepeated).length;
		const title = `${count.toLocaleString('en-US')} callbacks, ${name}`;
		return [
			{ name: `${title}: lost`, value: times.filter((starts) => starts === 0).length, unit: '', bound: 0 },
			{ name: `${title}: started twice`, value: times.filter((starts) => starts > 1).length, unit: '', bound: 0 },
			{ name: `${title}: had to be sent again`, value: isRepeated, unit: '' },
			{ name: `${title}: not answered with 200`, value: answers.filter(({ isOk }) => !isOk).length, unit: '' },
			{ name: `${title}: longest answer`, value: Math.max(...answers.map(({ ms }) => ms)) / 1000, unit: 's' },
			{ name: `${title}: all answered after`, value: answeredAfter, unit: 's' },
			{ name: `${title}: answers`, value: answers.length / answeredAfter, unit: 'a second' },
			{ name: `${title}: all executions completed after`, value: endedAfter, unit: 's' },
			{ name: `${title}: more memory of n8n, with garbage`, value: peakMb - before, unit: 'MB' },
		];
	} finally {
		await n8n.stop();
		await kie.close();
	}
}

async function startTrigger(n8n: N8n, kie: Simulator, secret: { webhookSecret?: string }): Promise<SavedWorkflow> {
	const data = { ...credentialFor(kie), ...secret };
	const credential = await n8n.client.createCredential('kieAiApi', data);
	const { defaultVersion } = (await builtNode('KieTrigger')).description;
	const trigger = {
		name: 'Kie Trigger',
		type: 'n8n-nodes-kie-ai.kieTrigger',
		typeVersion: defaultVersion,
		webhookId: PATH,
		credentials: { kieAiApi: credential },
	};
	const workflow = await n8n.client.createWorkflow(
		chain('Burst', [trigger, { name: 'After', type: 'n8n-nodes-base.noOp' }]),
	);
	await n8n.client.activate(workflow);
	const webhookUrl = webhookUrlOf(n8n);
	const isUp = async () => (await axios.post(webhookUrl, {}, { validateStatus: () => true })).status === 400;
	while (!(await isUp())) await wait(100);
	return workflow;
}

const webhookUrlOf = ({ url }: N8n): string => `${url}/webhook/${PATH}/webhook`;

/** Completed tasks, each with the body of Kie's callback. No callback is sent: the URL has no host. */
async function makeCallbacks(kie: Simulator, count: number): Promise<Map<string, JsonObject>> {
	const atOnce = pLimit(50);
	const ids = await Promise.all(
		Array.from({ length: count }, (_, index) =>
			atOnce(async () => {
				const { data } = await axios.post<{ data: { taskId: string } }>(
					`${kie.url}/api/v1/jobs/createTask`,
					{
						model: 'z-image',
						input: { prompt: `Fox ${index}`, aspect_ratio: '1:1' },
						callBackUrl: 'https://nobody.invalid/',
					},
					{ headers: { Authorization: `Bearer ${kie.apiKey}` } },
				);
				return data.data.taskId;
			}),
		),
	);
	const first = (id: string) => kie.tasks.get(id)?.deliveries[0]?.body;
	while (!ids.every(first)) await wait(50);
	return new Map(ids.flatMap((id) => [first(id)].flatMap((body) => (body ? [[id, body]] : []))));
}

interface Answered {
	/** The longest time until a response. */
	ms: number;
	isRepeated: boolean;
	/** Whether one of the tries was answered with 200. */
	isOk: boolean;
}

/** Sends the bodies of callbacks by their tasks, and waits until the workflow has run `expected` times in all. */
async function send(
	n8n: N8n,
	workflow: SavedWorkflow,
	deliveries: Array<[string, JsonObject]>,
	expected: number,
	atOnce: number,
) {
	let peakMb = 0;
	const sample = async () => {
		// A busy n8n may not respond.
		peakMb = Math.max(peakMb, await memoryMb(n8n).catch(() => 0));
	};
	const sampler = setInterval(() => void sample(), 500);
	const startedAt = Date.now();
	const elapsed = () => (Date.now() - startedAt) / 1000;
	const open = pLimit(atOnce);
	try {
		const answers = await Promise.all(
			deliveries.map(([taskId, body]) => open(async () => await deliver(webhookUrlOf(n8n), taskId, body))),
		);
		const answeredAfter = elapsed();
		const hasAll = async () => (await executionIds(n8n, workflow, ['success'])).length >= expected;
		// Lost callbacks will not arrive.
		while (!(await hasAll()) && elapsed() < answeredAfter + 60) await wait(250);
		return { answers, answeredAfter, endedAfter: elapsed(), peakMb };
	} finally {
		clearInterval(sampler);
	}
}

/** Sends a callback until it is answered with 200, as often as Kie does. */
async function deliver(webhookUrl: string, taskId: string, body: JsonObject): Promise<Answered> {
	const answered: Answered = { ms: 0, isRepeated: false, isOk: false };
	for (const delay of REPEATS_MS) {
		await wait(delay);
		const startedAt = Date.now();
		const timestamp = String(Math.floor(startedAt / 1000));
		const headers = { 'X-Webhook-Timestamp': timestamp, 'X-Webhook-Signature': sign(HMAC_KEY, taskId, timestamp) };
		const { status } = await axios
			.post(webhookUrl, body, { headers, timeout: TIMEOUT_MS, validateStatus: () => true })
			.catch(() => ({ status: 0 }));
		answered.ms = Math.max(answered.ms, Date.now() - startedAt);
		if (status === 200) return { ...answered, isOk: true };
		answered.isRepeated = true;
	}
	return answered;
}

/** Newest first. */
async function executionIds({ url, client }: N8n, { id }: SavedWorkflow, status?: string[]): Promise<string[]> {
	const ids: string[] = [];
	for (;;) {
		const { data } = await axios.get<{ data: { results: Array<{ id: string }> } }>(`${url}/rest/executions`, {
			params: {
				filter: JSON.stringify({ workflowId: id, status }),
				limit: 100,
				...(ids.length > 0 && { lastId: ids.at(-1) }),
			},
			headers: { cookie: client.cookie, 'browser-id': BROWSER_ID },
		});
		const page = data.data.results.map((execution) => execution.id);
		if (page.length === 0) return ids;
		ids.push(...page);
	}
}

/** How often the workflow was started for each task. Rejects if an execution did not complete. */
async function runsByTask({ client }: N8n, ids: string[]): Promise<Record<string, number>> {
	const atOnce = pLimit(10);
	const taskOf = async (id: string) => String(nodeItems(await client.getExecution(id), 'After')[0]?.json.taskId);
	return countBy(await Promise.all(ids.map((id) => atOnce(async () => await taskOf(id)))));
}

/** Resident memory of n8n's process. */
async function memoryMb(n8n: N8n): Promise<number> {
	return (await metric(n8n, 'process_resident_memory_bytes')) / 1e6;
}

async function metric({ url }: N8n, name: string): Promise<number> {
	const { data } = await axios.get<string>(`${url}/metrics`);
	const value = new RegExp(`^\\w*${name} (\\S+)`, 'm').exec(data)?.[1];
	if (value === undefined) throw new Error(`n8n has no metric ${name}`);
	return Number(value);
}
