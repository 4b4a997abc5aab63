import './scratch';

import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import axios from 'axios';
import { chunk, countBy, sumBy } from 'lodash';
import type { ExecutionStatus } from 'n8n-workflow';
import pLimit from 'p-limit';

import type { CredentialReference, Execution, SavedWorkflow } from '../e2e/client';
import { credentialFor, secondsAsPrompted } from '../e2e/kie';
import { freePort, type N8n, startN8n, temporaryFolder } from '../e2e/n8n';
import { PROJECT } from '../e2e/paths';
import { chain, items, manualTrigger, type NodeSource } from '../e2e/workflow';
import { type Fault, sign, type Simulator, startSimulator } from '../simulator';
import { buildIfStale } from './built';
import type { Figure } from './figure';
import type { SoakEntry, SoakTask } from './soakBooks';
import { balance, PLACES } from './soakBooks';
import type { Random } from './soakFaults';
import { between, nextFaults, pick, seededRandom, UNANSWERED } from './soakFaults';
import { readOutcome } from './soakOutcome';
import type { SoakWorkflow } from './soakWorkflows';
import { ITEMS, LAST, originOf, recovery, soakItems, soakWorkflows } from './soakWorkflows';

/**
 * A load of tasks in a real n8n, with faults of every kind and n8n killed now and then. Afterwards every task that Kie has
 * created must be in exactly one item's output or error.
 */

/** Some are refused. */
const ITEMS_A_MINUTE = 180;
/** Kie takes 20 creates in 10 s for each. */
const ACCOUNTS = 3;
const HMAC_KEY = 'soak';
const TRIGGER_PATH = 'soak-trigger';
/** How often n8n is killed or stopped. */
const DEATHS_APART_MS = 4 * 60_000;
const DOWN_MS: [number, number] = [2_000, 40_000];
/** A busy machine takes long to start n8n. */
const START_MS = 10 * 60_000;
/** What is underway at the end of the load may take this long. */
const SETTLE_MS = 25 * 60_000;

/** What the soak has done to n8n. */
interface Soak {
	random: Random;
	kie: Simulator;
	n8n: N8n;
	isUp: boolean;
	/** The logs of the processes of n8n that have ended. */
	logs: string;
	deaths: number[];
	faults: Fault[];
	/** The tasks whose callback was repeated, and answered. */
	repeated: Set<string>;
	workflows: Map<SoakWorkflow, SavedWorkflow>;
	trigger: SavedWorkflow;
	/** One of the accounts. */
	account: CredentialReference;
}

export async function soak(): Promise<Figure[]> {
	const { values } = parseArgs({
		args: process.argv.slice(2).filter((argument) => argument !== 'soak'),
		options: { minutes: { type: 'string', default: '30' }, seed: { type: 'string', default: '1' } },
	});
	const lengthMs = Number(values.minutes) * 60_000;
	buildIfStale();
	const run = await startSoak(Number(values.seed));
	try {
		const startedAt = Date.now();
		const isLoading = () => Date.now() - startedAt < lengthMs;
		await Promise.all([
			load(run, startedAt, isLoading),
			whileTrue(isLoading, 250, () => {
				const pending = new Set(run.kie.pendingFaults().map(({ on }) => on));
				const faults = nextFaults(run.random, (on) => pending.has(on));
				run.kie.inject(...faults);
				run.faults.push(...faults);
			}),
			whileTrue(isLoading, 20_000, async () => await createElsewhere(run)),
			whileTrue(isLoading, 3_000, async () => await repeatCallback(run)),
			restarts(run, lengthMs),
		]);
		run.kie.clearFaults();
		report(run, 'The load is over');
		console.log('Faults:', countBy(run.faults, 'on'), countBy(run.faults, 'kind'));
		const settled = await settle(run);
		return await audit(run, settled);
	} finally {
		await run.n8n.stop();
		await run.kie.close();
		rmSync(run.n8n.userFolder, { recursive: true, force: true });
	}
}

async function startSoak(seed: number): Promise<Soak> {
	const apiKeys = Array.from({ length: ACCOUNTS }, (_, index) => `soak-${index}`);
	const kie = await startSimulator({
		apiKeys,
		taskSeconds: secondsAsPrompted,
		credits: 10_000_000,
		hmacKey: HMAC_KEY,
		callbackDelays: [1_000, 2_000, 4_000],
	});
	const n8n = await startN8n({
		packageDir: PROJECT,
		userFolder: temporaryFolder(),
		port: await freePort(),
		limitMs: START_MS,
	});
	const accounts = await Promise.all(
		apiKeys.map(async (apiKey) => {
			const data = { ...credentialFor(kie), apiKey, webhookSecret: HMAC_KEY };
			return await n8n.client.createCredential('kieAiApi', data, apiKey);
		}),
	);
	const [account] = accounts;
	if (!account) throw new Error('There is no account');
	const publish = async (name: string, nodes: NodeSource[], kieAiApi = account) => {
		const withAccount = nodes.map((node) =>
			node.type.startsWith('n8n-nodes-kie-ai.') ? { ...node, credentials: { kieAiApi } } : node,
		);
		const workflow = await n8n.client.createWorkflow(chain(name, withAccount));
		await n8n.client.activate(workflow);
		return workflow;
	};
	const trigger = await publish('Trigger', [
		{ name: LAST, type: 'n8n-nodes-kie-ai.kieTrigger', webhookId: TRIGGER_PATH },
		AFTER,
	]);
	const workflows = new Map<SoakWorkflow, SavedWorkflow>();
	for (const workflow of soakWorkflows(triggerUrl(n8n))) {
		const nodes = [webhook(workflow.name), splitItems(), ...workflow.nodes, AFTER];
		workflows.set(workflow, await publish(workflow.name, nodes, accounts[workflows.size % ACCOUNTS]));
	}
	await sleep(2_000);
	return {
		random: seededRandom(seed),
		kie,
		n8n,
		isUp: true,
		logs: '',
		deaths: [],
		faults: [],
		repeated: new Set(),
		workflows,
		trigger,
		account,
	};
}

const AFTER: NodeSource = { name: 'After', type: 'n8n-nodes-base.noOp' };

function webhook(path: string): NodeSource {
	return {
		name: 'Start',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		parameters: { httpMethod: 'POST', path, options: {} },
	};
}

function splitItems(): NodeSource {
	const parameters = { fieldToSplitOut: 'body.items', options: {} };
	return { name: ITEMS, type: 'n8n-nodes-base.splitOut', typeVersion: 1, parameters };
}

const triggerUrl = ({ url }: N8n): string => `${url}/webhook/${TRIGGER_PATH}/webhook`;

async function whileTrue(condition: () => boolean, pauseMs: number, work: () => unknown): Promise<void> {
	while (condition()) {
		await work();
		await sleep(pauseMs);
	}
}

/** Starts executions so that their items come at an even rate, also after n8n was down. */
async function load(run: Soak, startedAt: number, isLoading: () => boolean): Promise<void> {
	const workflows = [...run.workflows.keys()];
	let [runs, sent] = [0, 0];
	await whileTrue(isLoading, 200, async () => {
		const due = ((Date.now() - startedAt) / 60_000) * ITEMS_A_MINUTE;
		while (run.isUp && sent < due) {
			const workflow = pickByShare(run.random, workflows);
			const seconds = Array.from({ length: between(run.random, ...workflow.items) }, () =>
				between(run.random, ...workflow.seconds),
			);
			const body = { items: soakItems(`r${runs++}`, seconds) };
			// What is lost with n8n shows in the books.
			const isStarted = await axios.post(`${run.n8n.url}/webhook/${workflow.name}`, body, { timeout: 15_000 }).then(
				() => true,
				() => false,
			);
			if (isStarted) sent += seconds.length;
			else await sleep(500);
		}
	});
}

/** A workflow, so that each one gets its share of the items. */
function pickByShare(random: Random, workflows: SoakWorkflow[]): SoakWorkflow {
	const shareOf = ({ percent, items: [low, high] }: SoakWorkflow) => percent / (low + high);
	let left = random() * sumBy(workflows, shareOf);
	return workflows.find((workflow) => (left -= shareOf(workflow)) <= 0) ?? pick(random, workflows);
}

/** Another program with the same key, so that Kie refuses creates of n8n for their rate. */
async function createElsewhere({ kie }: Soak): Promise<void> {
	const body = { model: 'z-image', input: { prompt: '5 s, elsewhere', aspect_ratio: '1:1' } };
	const headers = { Authorization: `Bearer ${kie.apiKey}` };
	const create = async () => await axios.post(`${kie.url}/api/v1/jobs/createTask`, body, { headers });
	await Promise.allSettled(Array.from({ length: 10 }, create));
}

/** Delivers a callback once more. */
async function repeatCallback({ random, kie, n8n, repeated }: Soak): Promise<void> {
	const called = [...kie.tasks.values()].filter(({ deliveries }) => deliveries[0]?.headers['X-Webhook-Signature']);
	const task = called.length > 0 ? pick(random, called.slice(-50)) : undefined;
	const body = task?.deliveries[0]?.body;
	if (!task || !body || !originOf(task.input.prompt)) return;
	const timestamp = String(Math.floor(Date.now() / 1000));
	const headers = { 'X-Webhook-Timestamp': timestamp, 'X-Webhook-Signature': sign(HMAC_KEY, task.id, timestamp) };
	const options = { headers, timeout: 15_000, validateStatus: () => true };
	const response = await axios.post(triggerUrl(n8n), body, options).catch(() => undefined);
	if (response?.status === 200) repeated.add(task.id);
}

/** Ends n8n now and then, as a power cut and as a shutdown in turn, and starts it again after a while. */
async function restarts(run: Soak, lengthMs: number): Promise<void> {
	const startedAt = Date.now();
	const count = Math.max(1, Math.round(lengthMs / DEATHS_APART_MS));
	for (let index = 0; index < count; index++) {
		await sleep(Math.max(0, startedAt + (lengthMs * (index + 0.5)) / count - Date.now()));
		const { n8n } = run;
		run.isUp = false;
		run.deaths.push(Date.now());
		await (index % 2 === 0 ? n8n.kill() : n8n.stop());
		run.deaths.push(Date.now());
		run.logs += n8n.logs();
		await sleep(between(run.random, ...DOWN_MS));
		run.n8n = await startN8n({ userFolder: n8n.userFolder, port: n8n.port, limitMs: START_MS });
		await sleep(2_000);
		run.isUp = true;
		report(run, `n8n was ${index % 2 === 0 ? 'killed' : 'stopped'} and is back`);
	}
}

function report({ kie }: Soak, text: string): void {
	console.log(
		`${new Date().toISOString().slice(11, 19)} ${text}: ${kie.tasks.size} tasks, ${kie.reads().length} reads`,
	);
}

/** Waits until no execution is underway, and gives how long that took. */
async function settle(run: Soak): Promise<number> {
	const startedAt = Date.now();
	while (Date.now() - startedAt < SETTLE_MS) {
		const lists = await Promise.all(
			[run.trigger, ...run.workflows.values()].map(async ({ id }) => await ownExecutions(run.n8n, id)),
		);
		const left = lists.flat().filter(({ status }) => UNDERWAY.includes(status));
		if (left.length === 0) break;
		report(run, `${left.length} executions are underway`);
		await sleep(15_000);
	}
	return Date.now() - startedAt;
}

const UNDERWAY: ExecutionStatus[] = ['new', 'running', 'waiting', 'unknown'];

/** The executions of a workflow, without the sub-workflows of those that are paused. */
async function ownExecutions({ client }: N8n, workflowId: string) {
	const all = await client.listAllExecutions(workflowId);
	return all.filter(({ mode }) => mode !== 'integrated');
}

async function readExecutions({ client }: N8n, ids: string[]): Promise<Execution[]> {
	const limit = pLimit(4);
	return await Promise.all(ids.map(async (id) => await limit(async () => await client.getExecution(id))));
}

/** Compares what Kie has created with what n8n has returned. */
async function audit(run: Soak, settledMs: number): Promise<Figure[]> {
	const { kie, n8n } = run;
	const tasks = [...kie.tasks.values()].flatMap((task): SoakTask[] => {
		const origin = originOf(task.input.prompt);
		const { id, createFault: fault, createdAt } = task;
		const unanswered = fault !== undefined && UNANSWERED.includes(fault);
		return origin ? [{ ...origin, id, failed: task.state === 'fail', fault, unanswered, createdAt }] : [];
	});
	const runOfTask = new Map(tasks.map((task) => [task.id, task]));
	const [entries, statuses, crashed]: [SoakEntry[], string[], string[]] = [[], [], []];
	const [endedRuns, retriedRuns] = [new Set<string>(), new Set<string>()];
	let missing = 0;
	for (const [workflow, { id }] of run.workflows) {
		const listed = await ownExecutions(n8n, id);
		statuses.push(...listed.map(({ status }) => status));
		crashed.push(...listed.flatMap(({ id: own, status }) => (status === 'crashed' ? [own] : [])));
		const ended = listed.filter(({ status }) => status === 'success' || status === 'error');
		for (const execution of await readExecutions(
			n8n,
			ended.map((one) => one.id),
		)) {
			const outcome = readOutcome(workflow, execution, runOfTask);
			if (!outcome) continue;
			entries.push(...outcome.entries);
			endedRuns.add(outcome.run);
			missing += outcome.missing;
			if (workflow.nodes.some(({ retryOnFail }) => retryOnFail)) retriedRuns.add(outcome.run);
		}
	}
	const logged = parseLog(run.logs + n8n.logs());
	const places = balance({
		tasks,
		entries,
		endedRuns,
		retriedRuns,
		loggedIds: new Set(logged.keys()),
		deaths: run.deaths,
	});
	for (const [task, place] of places) {
		if (!FAULTY.includes(place)) continue;
		const sinceDeath = run.deaths.map((at) => at - task.createdAt);
		console.log(place, { ...task, hasEnded: endedRuns.has(task.run), sinceDeath });
	}
	const mispaired = entries.filter(({ taskId = '', item }) => (runOfTask.get(taskId)?.item ?? item) !== item);

	const events = await auditTrigger(run, tasks);
	const died = [...places].flatMap(([{ id }, place]) => (place === DIED ? [id] : []));
	const recovered = await recover(run, [
		...died.map((taskId) => ({ taskId, api: logged.get(taskId) })),
		...events.uncalled.map((taskId) => ({ taskId, api: 'market' })),
	]);
	const again = await retryCrashed(run, crashed);
	const counts = countBy([...places.values()]);
	const statusCounts = countBy(statuses);
	const figure = (name: string, value: number, bound?: number): Figure => ({ name, value, unit: '', bound });
	return [
		figure('tasks that Kie created', tasks.length),
		...PLACES.map((place) => figure(place, counts[place] ?? 0, FAULTY.includes(place) ? 0 : undefined)),
		figure('items without an outcome', missing, 0),
		figure('items paired with another one', mispaired.length, 0),
		figure('tasks with a callback: workflow started', events.started),
		figure('tasks with a callback: delivered to an n8n that died', events.died),
		figure('tasks with a callback: not delivered, to be fetched', events.uncalled.length),
		figure('tasks with a callback: delivered, not started', events.lost, 0),
		figure('tasks with a callback: started twice', events.twice, 0),
		figure('fetched with Kie Common', recovered),
		figure('not fetched with Kie Common', died.length + events.uncalled.length - recovered, 0),
		figure('tasks created again by retries of the executions that died', again, 0),
		...Object.entries(statusCounts).map(([status, count]) =>
			figure(`executions: ${status}`, count, UNDERWAY.some((one) => one === status) ? 0 : undefined),
		),
		figure('creates refused, or taken with a faulty response', kie.creates().length - kie.tasks.size),
		{ name: 'until the last execution had ended', value: settledMs / 1000, unit: 's', bound: SETTLE_MS / 1000 },
	];
}

const DIED = 'of an execution that died with n8n: in its log';
const FAULTY: string[] = ['lost', 'twice'];

/** Retries executions as in the editor, and gives how many tasks were created again that existed already. */
async function retryCrashed({ n8n, kie }: Soak, ids: string[]): Promise<number> {
	const itemOf = (prompt: unknown) => /#\S+/.exec(String(prompt))?.[0] ?? '';
	const before = [...kie.tasks.values()];
	const existing = new Set(before.map(({ input }) => itemOf(input.prompt)));
	const limit = pLimit(5);
	await Promise.all(
		ids.map((id) =>
			limit(async () => {
				const retried = await n8n.client.retryExecution(id);
				await n8n.client.waitForExecution(retried, 10 * 60_000);
			}),
		),
	);
	return [...kie.tasks.values()].slice(before.length).filter(({ input }) => existing.has(itemOf(input.prompt))).length;
}

/** The IDs of the tasks in the log of n8n, with their API. */
function parseLog(log: string): Map<string, string> {
	return new Map(
		[...log.matchAll(/Kie: created Task (\S+) \(API ([\w-]+)/g)].map(([, id = '', api = '']) => [id, api]),
	);
}

/** How often the tasks that were created with a callback have started the workflow of Kie Trigger. */
async function auditTrigger(run: Soak, tasks: SoakTask[]) {
	const listed = await ownExecutions(run.n8n, run.trigger.id);
	const ended = listed.filter(({ status }) => status === 'success');
	const executions = await readExecutions(
		run.n8n,
		ended.map(({ id }) => id),
	);
	const starts = countBy(
		executions.map(({ data }) => data.resultData.runData[LAST]?.[0]?.data?.main?.[0]?.[0]?.json.taskId),
	);
	const outcomes = tasks.flatMap(({ id }) => {
		const task = run.kie.tasks.get(id);
		if (task?.callBackUrl !== triggerUrl(run.n8n) || task.state === 'running') return [];
		const isDelivered = run.repeated.has(id) || task.deliveries.some(({ status }) => status === 200);
		return [{ id, count: starts[id] ?? 0, isDelivered }];
	});
	const unstarted = outcomes.filter(({ count, isDelivered }) => count === 0 && isDelivered);
	const died = Math.min(unstarted.length, listed.length - ended.length);
	return {
		started: outcomes.filter(({ count }) => count === 1).length,
		twice: outcomes.filter(({ count }) => count > 1).length,
		died,
		lost: unstarted.length - died,
		uncalled: outcomes.filter(({ count, isDelivered }) => count === 0 && !isDelivered).map(({ id }) => id),
	};
}

/** Fetches tasks by their IDs and gives how many have come. */
async function recover(
	{ n8n, account }: Soak,
	tasks: Array<{ taskId: string; api: string | undefined }>,
): Promise<number> {
	let recovered = 0;
	for (const batch of chunk(tasks, 50)) {
		const node = { ...recovery(), credentials: { kieAiApi: account } };
		const workflow = await n8n.client.createWorkflow(chain('Recovery', [manualTrigger(), items(ITEMS, batch), node]));
		const execution = await n8n.client.runWorkflow(workflow, {}, 180_000);
		const outputs = execution.data.resultData.runData[LAST]?.at(-1)?.data?.main ?? [];
		recovered += new Set(outputs.flatMap((output) => (output ?? []).map(({ json }) => json.taskId))).size;
	}
	return recovered;
}
