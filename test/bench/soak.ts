import './scratch';

import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import axios from 'axios';
import { countBy, sumBy } from 'lodash';

import { startN8n } from '../e2e/n8n';
import { sign } from '../simulator';
import { buildIfStale } from './built';
import type { Figure } from './figure';
import { audit, ownExecutions, UNDERWAY } from './soakAudit';
import type { Random } from './soakFaults';
import { between, nextFaults, pick } from './soakFaults';
import type { Soak } from './soakRun';
import { HMAC_KEY, START_MS, startSoak, triggerUrl } from './soakRun';
import type { SoakWorkflow } from './soakWorkflows';
import { originOf, soakItems } from './soakWorkflows';

/**
 * A load of tasks in a real n8n, with faults of every kind and n8n killed now and then. Afterwards every task that Kie has
 * created must be in exactly one item's output or error.
 */

/** Some are rejected. */
const ITEMS_A_MINUTE = 240;
/** How often n8n is killed or stopped. */
const DEATHS_APART_MS = 4 * 60_000;
const DOWN_MS: [number, number] = [2_000, 40_000];
/** How long running executions may take after the load. */
const SETTLE_MS = 25 * 60_000;

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
		return [
			...(await audit(run)),
			{ name: 'until the last execution had completed', value: settled / 1000, unit: 's', bound: SETTLE_MS / 1000 },
		];
	} finally {
		await run.n8n.stop();
		await run.kie.close();
		rmSync(run.n8n.userFolder, { recursive: true, force: true });
	}
}

async function whileTrue(condition: () => boolean, pauseMs: number, work: () => unknown): Promise<void> {
	while (condition()) {
		await work();
		await sleep(pauseMs);
	}
}

/** Starts executions so that their items arrive at an even rate, also after n8n was down. */
async function load(run: Soak, startedAt: number, isLoading: () => boolean): Promise<void> {
	const workflows = [...run.workflows.keys()];
	let [runs, sentItems] = [0, 0];
	await whileTrue(isLoading, 200, async () => {
		const due = ((Date.now() - startedAt) / 60_000) * ITEMS_A_MINUTE;
		while (run.isUp && sentItems < due) {
			const workflow = pickByShare(run.random, workflows);
			const seconds = Array.from({ length: between(run.random, ...workflow.items) }, () =>
				between(run.random, ...workflow.seconds),
			);
			const body = { items: soakItems(`r${runs++}`, seconds) };
			// Items lost with n8n are counted in the books.
			const isStarted = await axios.post(`${run.n8n.url}/webhook/${workflow.name}`, body, { timeout: 15_000 }).then(
				() => true,
				() => false,
			);
			if (isStarted) sentItems += seconds.length;
			else await sleep(500);
		}
	});
}

/** Selects a workflow, so that each one gets its share of the items. */
function pickByShare(random: Random, workflows: SoakWorkflow[]): SoakWorkflow {
	const shareOf = ({ percent, items: [low, high] }: SoakWorkflow) => percent / (low + high);
	let remaining = random() * sumBy(workflows, shareOf);
	return workflows.find((workflow) => (remaining -= shareOf(workflow)) <= 0) ?? pick(random, workflows);
}

/** Another program with the same key, so that n8n's creates reach the rate limit. */
async function createElsewhere({ kie }: Soak): Promise<void> {
	const body = { model: 'z-image', input: { prompt: '5 s, elsewhere', aspect_ratio: '1:1' } };
	const headers = { Authorization: `Bearer ${kie.apiKey}` };
	const create = async () => await axios.post(`${kie.url}/api/v1/jobs/createTask`, body, { headers });
	await Promise.allSettled(Array.from({ length: 10 }, create));
}

/** Delivers a callback again. */
async function repeatCallback({ random, kie, n8n, repeated }: Soak): Promise<void> {
	const deliveredTasks = [...kie.tasks.values()].filter(
		({ deliveries }) => deliveries[0]?.headers['X-Webhook-Signature'],
	);
	const task = deliveredTasks.length > 0 ? pick(random, deliveredTasks.slice(-50)) : undefined;
	const body = task?.deliveries[0]?.body;
	if (!task || !body || !originOf(task.input.prompt)) return;
	const timestamp = String(Math.floor(Date.now() / 1000));
	const headers = { 'X-Webhook-Timestamp': timestamp, 'X-Webhook-Signature': sign(HMAC_KEY, task.id, timestamp) };
	const options = { headers, timeout: 15_000, validateStatus: () => true };
	const response = await axios.post(triggerUrl(n8n), body, options).catch(() => undefined);
	if (response?.status === 200) repeated.add(task.id);
}

/** Stops n8n at intervals, as a power cut and as a shutdown in turn, and restarts it after a while. */
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

/** Waits until no execution is running, and returns how long that took. */
async function settle(run: Soak): Promise<number> {
	const startedAt = Date.now();
	while (Date.now() - startedAt < SETTLE_MS) {
		const lists = await Promise.all(
			[run.trigger, ...run.workflows.values()].map(async ({ id }) => await ownExecutions(run.n8n, id)),
		);
		const unfinished = lists.flat().filter(({ status }) => UNDERWAY.includes(status));
		if (unfinished.length === 0) break;
		report(run, `${unfinished.length} executions are underway`);
		await sleep(15_000);
	}
	return Date.now() - startedAt;
}
