import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

import axios from 'axios';
import { countBy } from 'lodash';
import pLimit from 'p-limit';

import { BROWSER_ID, nodeItems, type SavedWorkflow } from '../e2e/client';
import { credentialFor } from '../e2e/kie';
import { type N8n, startN8n, temporaryFolder } from '../e2e/n8n';
import { PROJECT } from '../e2e/paths';
import { chain, type NodeSource } from '../e2e/workflow';
import { type JsonObject, sign, type Simulator, startSimulator } from '../simulator';
import { buildIfStale, builtNode } from './built';
import type { Figure } from './figure';
import { median } from './figure';
import { installLeastTrigger, LEAST_TRIGGER } from './leastTrigger';

/** A burst of callbacks to one Kie Trigger in a real n8n, each sent twice, signed like Kie's. */

const HMAC_KEY = 'bench';
/** Kie repeats a callback that is not answered with 200 within this time (https://docs.kie.ai/market/common/get-task-detail). */
const TIMEOUT_MS = 15_000;
const REPEATS_MS = [0, 1_000, 2_000, 4_000];

/** What can receive callbacks: Kie Trigger; the same with 'Combine Callbacks Within'; a trigger that does nothing else; n8n's Webhook node. */
type Receiver = 'trigger' | 'combined' | 'least' | 'webhook';

interface Burst {
	name: string;
	receiver: Receiver;
	count: number;
	/** Whether each is sent a second time at once, besides what is repeated. */
	twice: boolean;
	/** Open connections. */
	atOnce: number;
	env: Record<string, string>;
}

/** n8n creates a sandbox only if there is an expression to evaluate. */
const ON_DEMAND = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

const USUAL: Burst = {
	name: 'each sent twice, 20 at a time',
	receiver: 'trigger',
	count: 100,
	twice: true,
	atOnce: 20,
	env: {},
};
const ALL_AT_ONCE = { twice: false, atOnce: Infinity };
const BIG: Burst[] = [
	{ ...ALL_AT_ONCE, count: 1_000, name: 'all at once, sandboxes on demand', receiver: 'trigger', env: ON_DEMAND },
	{
		...ALL_AT_ONCE,
		count: 1_000,
		name: 'each sent twice, all at once, legacy expressions',
		receiver: 'trigger',
		twice: true,
		env: { N8N_EXPRESSION_ENGINE: 'legacy' },
	},
	{ ...ALL_AT_ONCE, count: 200, name: "all at once, n8n's defaults", receiver: 'trigger', env: {} },
	{ ...ALL_AT_ONCE, count: 200, name: "all at once, combined, n8n's defaults", receiver: 'combined', env: {} },
	// n8n creates these sandboxes side by side: 1,000 are ready after Kie has given up, whoever receives the callbacks.
	{ ...ALL_AT_ONCE, count: 1_000, name: "all at once, n8n's defaults", receiver: 'trigger', env: {} },
	{ ...ALL_AT_ONCE, count: 1_000, name: "all at once, combined, n8n's defaults", receiver: 'combined', env: {} },
	{ ...ALL_AT_ONCE, count: 1_000, name: "all at once, the least trigger, n8n's defaults", receiver: 'least', env: {} },
];

interface Comparison {
	name: string;
	env: Record<string, string>;
	/** The most sandboxes for expressions that a callback may need, with its execution. Those that read the credential count. */
	sandboxes: Record<'trigger' | 'combined', number>;
}

/**
 * n8n 2.40 creates a sandbox for expressions with each execution, and another one for the webhook that starts it, except
 * for its own Webhook node. So with n8n's defaults no trigger of a package that starts an execution per call reaches the
 * bound, not even the least one; combined callbacks share the execution and its sandbox.
 */
const BESIDE_WEBHOOK: Comparison[] = [
	{ name: "n8n's defaults", env: {}, sandboxes: { trigger: 2.2, combined: 1.3 } },
	{
		name: 'a sandbox for both',
		env: { N8N_EXPRESSION_ENGINE_ALLOW_WEBHOOK_ISOLATE_SKIP: 'false' },
		sandboxes: { trigger: 2.2, combined: 1.3 },
	},
	{ name: 'sandboxes on demand', env: ON_DEMAND, sandboxes: { trigger: 0, combined: 0 } },
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
const WARM_UP = 20;
const RECEIVERS = ['trigger', 'combined', 'least', 'webhook'] as const;

/**
 * How many callbacks a second Kie Trigger takes, signed and confirmed, beside calls of n8n's own Webhook node and of the
 * least trigger of a package in the same n8n.
 */
async function besideWebhook({ name, env, sandboxes }: Comparison): Promise<Figure[]> {
	const { kie, n8n, close } = await startBoth(env);
	const created = async () => await metric(n8n, 'expression_pool_acquired_total');
	try {
		const urls = {
			trigger: (await startReceiver('trigger', n8n, kie)).url,
			combined: (await startReceiver('combined', n8n, kie)).url,
			least: (await startReceiver('least', n8n, kie)).url,
			webhook: (await startReceiver('webhook', n8n, kie)).url,
		};
		const measured: Array<{ receiver: Receiver; rate: number; sandboxes: number }> = [];
		for (let round = 0; round <= ROUNDS; round++) {
			for (const receiver of RECEIVERS) {
				const bodies = [...(await makeCallbacks(kie, round === 0 ? WARM_UP : PER_ROUND))];
				const before = await created();
				const rate = await rateOf(
					bodies.map(
						([taskId, body]) =>
							async () =>
								await deliver(urls[receiver], taskId, body),
					),
				);
				const perCallback = ((await created()) - before) / bodies.length;
				if (round > 0) measured.push({ receiver, rate, sandboxes: perCallback });
			}
		}
		const middle = (receiver: Receiver, of: 'rate' | 'sandboxes') =>
			median(measured.filter((round) => round.receiver === receiver).map((round) => round[of]));
		const rates = { least: middle('least', 'rate'), webhook: middle('webhook', 'rate') };
		const ofTrigger = (receiver: 'trigger' | 'combined', title: string): Figure[] => {
			const rate = middle(receiver, 'rate');
			return [
				{ name: `${title} a second, ${name}`, value: rate, unit: '' },
				{
					name: `${title}: rate of the Webhook node by theirs, ${name}`,
					value: rates.webhook / rate,
					unit: '',
					bound: MOST_CALLS,
				},
				{ name: `${title}: rate of the least trigger by theirs, ${name}`, value: rates.least / rate, unit: '' },
				{
					name: `${title}: sandboxes with their executions, each, ${name}`,
					value: middle(receiver, 'sandboxes'),
					unit: '',
					bound: sandboxes[receiver],
				},
			];
		};
		return [
			...ofTrigger('trigger', 'Callbacks'),
			...ofTrigger('combined', 'Callbacks, combined'),
			{ name: `Calls of the Webhook node, ${name}`, value: rates.webhook, unit: '' },
			{ name: `Calls of the least trigger of a package, ${name}`, value: rates.least, unit: '' },
		];
	} finally {
		await close();
	}
}

/** n8n with the package and the least trigger, and Kie without limits. */
async function startBoth(env: Record<string, string>) {
	const kie = await startSimulator({
		taskSeconds: 0.05,
		rate: false,
		readRates: false,
		credits: 1_000_000,
		callbackDelays: [],
	});
	const userFolder = temporaryFolder();
	installLeastTrigger(userFolder);
	const n8n = await startN8n({ packageDir: PROJECT, userFolder, env: { N8N_METRICS: 'true', ...env } });
	const close = async () => {
		await n8n.stop();
		await rm(userFolder, { recursive: true, force: true });
		await kie.close();
	};
	return { kie, n8n, close };
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

/** A published workflow that begins with a receiver, and its URL. */
interface Target {
	workflow: SavedWorkflow;
	url: string;
}

async function startReceiver(
	receiver: Receiver,
	n8n: N8n,
	kie: Simulator,
	webhookSecret: string = HMAC_KEY,
): Promise<Target> {
	const node = await receiverNode(receiver, n8n, kie, webhookSecret);
	const nextNode = { name: 'After', type: 'n8n-nodes-base.noOp' };
	const first = { name: 'Trigger', webhookId: receiver, ...node };
	const workflow = await n8n.client.createWorkflow(chain(receiver, [first, nextNode]));
	await n8n.client.activate(workflow);
	const url = `${n8n.url}/webhook/${receiver}${receiver === 'webhook' ? '' : '/webhook'}`;
	while ((await axios.post(url, {}, { validateStatus: () => true })).status === 404) await wait(100);
	return { workflow, url };
}

async function receiverNode(
	receiver: Receiver,
	n8n: N8n,
	kie: Simulator,
	webhookSecret: string,
): Promise<Omit<NodeSource, 'name'>> {
	if (receiver === 'least') return LEAST_TRIGGER;
	if (receiver === 'webhook') {
		const parameters = { httpMethod: 'POST', path: receiver, options: {} };
		return { type: 'n8n-nodes-base.webhook', typeVersion: 2, parameters };
	}
	const data = { ...credentialFor(kie), webhookSecret };
	return {
		type: 'n8n-nodes-kie-ai.kieTrigger',
		typeVersion: (await builtNode('KieTrigger')).description.defaultVersion,
		parameters: { options: receiver === 'combined' ? { combineSeconds: COMBINE_SECONDS } : {} },
		credentials: { kieAiApi: await n8n.client.createCredential('kieAiApi', data) },
	};
}

/** The sandboxes of 20 calls are ready within this time. */
const COMBINE_SECONDS = 0.2;

const FORGERIES = 20;

/** What a callback of an unknown task costs a trigger without a signature, compared with a call of n8n's own Webhook node. */
async function forgeries(): Promise<Figure[]> {
	const { kie, n8n, close } = await startBoth({});
	try {
		const { url: triggerUrl } = await startReceiver('trigger', n8n, kie, '');
		const { url: webhookUrl } = await startReceiver('webhook', n8n, kie);
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
			const cpu = await cpuOf(triggerUrl, body);
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
		await close();
	}
}

async function measure({ name, receiver, count, twice, atOnce, env }: Burst): Promise<Figure[]> {
	const { kie, n8n, close } = await startBoth(env);
	const bound = receiver === 'least' ? undefined : 0;
	try {
		const target = await startReceiver(receiver, n8n, kie);
		await send(n8n, target, [...(await makeCallbacks(kie, 1))], atOnce);
		const bodies = await makeCallbacks(kie, count);
		const before = await memoryMb(n8n);
		const deliveries = twice ? [...bodies].flatMap((delivery) => [delivery, delivery]) : [...bodies];
		const { answers, answeredAfter, endedAfter, peakMb, starts } = await send(n8n, target, deliveries, atOnce);
		// Time for what should not start.
		await wait(2_000);
		const startsOf = countBy(await starts());
		const times = [...bodies.keys()].map((taskId) => startsOf[taskId] ?? 0);
		const isRepeated = answers.filter((answer) => answer.isRepeated).length;
		const title = `${count.toLocaleString('en-US')} callbacks, ${name}`;
		return [
			{ name: `${title}: lost`, value: times.filter((each) => each === 0).length, unit: '', bound },
			{ name: `${title}: started twice`, value: times.filter((each) => each > 1).length, unit: '', bound },
			{ name: `${title}: had to be sent again`, value: isRepeated, unit: '' },
			{ name: `${title}: not answered with 200`, value: answers.filter(({ isOk }) => !isOk).length, unit: '' },
			{ name: `${title}: longest answer`, value: Math.max(...answers.map(({ ms }) => ms)) / 1000, unit: 's' },
			{ name: `${title}: all answered after`, value: answeredAfter, unit: 's' },
			{ name: `${title}: answers`, value: answers.length / answeredAfter, unit: 'a second' },
			{ name: `${title}: all executions completed after`, value: endedAfter, unit: 's' },
			{ name: `${title}: more memory of n8n, with garbage`, value: peakMb - before, unit: 'MB' },
		];
	} finally {
		await close();
	}
}

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

/** Sends the bodies of callbacks by their tasks, and waits until a workflow has been started for each, at most a minute. */
async function send(n8n: N8n, { workflow, url }: Target, deliveries: Array<[string, JsonObject]>, atOnce: number) {
	let peakMb = 0;
	const sample = async () => {
		// A busy n8n may not respond.
		peakMb = Math.max(peakMb, await memoryMb(n8n).catch(() => 0));
	};
	const sampler = setInterval(() => void sample(), 500);
	const startedAt = Date.now();
	const elapsed = () => (Date.now() - startedAt) / 1000;
	const open = pLimit(atOnce);
	const tasks = new Map<string, string[]>();
	const starts = async () => {
		await addTasks(n8n, workflow, tasks);
		return [...tasks.values()].flat();
	};
	try {
		const answers = await Promise.all(
			deliveries.map(([taskId, body]) => open(async () => await deliver(url, taskId, body))),
		);
		const answeredAfter = elapsed();
		const hasAll = async () => {
			const started = new Set(await starts().catch(() => []));
			return deliveries.every(([taskId]) => started.has(taskId));
		};
		// Lost callbacks will not arrive.
		while (!(await hasAll()) && elapsed() < answeredAfter + 60) await wait(250);
		return { answers, answeredAfter, endedAfter: elapsed(), peakMb, starts };
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

/** Adds the tasks of the executions that have completed since; each with the execution's ID. */
async function addTasks({ url, client }: N8n, { id }: SavedWorkflow, tasks: Map<string, string[]>): Promise<void> {
	const atOnce = pLimit(10);
	for (let last: string | undefined; ;) {
		const { data } = await axios.get<{ data: { results: Array<{ id: string }> } }>(`${url}/rest/executions`, {
			params: {
				filter: JSON.stringify({ workflowId: id, status: ['success'] }),
				limit: 100,
				...(last !== undefined && { lastId: last }),
			},
			headers: { cookie: client.cookie, 'browser-id': BROWSER_ID },
		});
		const ids = data.data.results.map((execution) => execution.id);
		await Promise.all(
			ids
				.filter((execution) => !tasks.has(execution))
				.map((execution) =>
					atOnce(async () => {
						const items = nodeItems(await client.getExecution(execution), 'After');
						tasks.set(
							execution,
							items.map(({ json }) => String(json.taskId)),
						);
					}),
				),
		);
		last = ids.at(-1);
		if (last === undefined) return;
	}
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
