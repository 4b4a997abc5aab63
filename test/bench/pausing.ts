import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { INodeParameters } from 'n8n-workflow';

import { credentialFor, origin, pausedImages, secondsAsPrompted } from '../e2e/kie';
import type { N8n } from '../e2e/n8n';
import { startN8n, temporaryFolder } from '../e2e/n8n';
import { nodeItems } from '../e2e/client';
import { PROJECT } from '../e2e/paths';
import { ensureN8n } from '../e2e/setup';
import { chain, items, manualTrigger } from '../e2e/workflow';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import type { Figure } from './figure';
import { isOver, table } from './figure';

/**
 * Paused executions in a real n8n, many at once and through crashes: `npx tsx test/bench/pausing.ts [restart] [burst] [download] [size]`.
 * All take about 15 minutes.
 */

const UP_LIMIT_MS = 20 * 60_000;
const seconds = (ms: number) => Math.round(ms / 100) / 10;

interface Scene {
	kie: Simulator;
	n8n: N8n;
	/** Starts executions of one workflow, `prompts` being the items of each. */
	start(count: number, prompts: string[], options?: INodeParameters): Promise<string[]>;
	/** Waits until all have completed and returns how long that took; throws if results are missing. */
	completed(ids: string[], prompts: string[]): Promise<number>;
	kill(): Promise<void>;
	restart(): Promise<void>;
	close(): Promise<void>;
}

async function startScene(): Promise<Scene> {
	const kie = await startSimulator({ taskSeconds: secondsAsPrompted, rate: false });
	const userFolder = temporaryFolder();
	let n8n = await startN8n({ packageDir: PROJECT, userFolder });
	const { port } = n8n;
	const credential = await n8n.client.createCredential('kieAiApi', credentialFor(kie));
	return {
		kie,
		n8n,
		start: async (count, prompts, options = {}) => {
			const prompted = items(
				'Prompts',
				prompts.map((prompt) => ({ prompt })),
			);
			const workflow = await n8n.client.createWorkflow(
				chain('Paused', [
					manualTrigger(),
					prompted,
					pausedImages({ credential }, options),
					origin('After', 'Prompts', 'prompt'),
				]),
			);
			const ids: string[] = [];
			for (let index = 0; index < count; index++) ids.push(await n8n.client.startWorkflow(workflow));
			for (const id of ids) await n8n.client.waitForExecution(id, 120_000, ['waiting']);
			return ids;
		},
		completed: async (ids, prompts) => {
			const startedAt = Date.now();
			let last = 0;
			for (const id of ids) {
				const execution = await n8n.client.waitForExecution(id, UP_LIMIT_MS);
				const output = execution.status === 'success' ? nodeItems(execution, 'After') : [];
				const isRight =
					output.length === prompts.length &&
					output.every(({ json }, index) => json.origin === prompts[index] && json.state === 'success');
				if (!isRight) throw new Error(`Execution ${id} is ${execution.status}: ${JSON.stringify(output)}`);
				last = Math.max(last, Date.parse(String(execution.stoppedAt)));
			}
			return last - startedAt;
		},
		kill: async () => await n8n.kill(),
		restart: async () => {
			n8n = await startN8n({ port, userFolder });
		},
		close: async () => {
			await n8n.stop();
			await kie.close();
		},
	};
}

/** n8n is down while all tasks complete. */
async function restart(): Promise<Figure[]> {
	const [count, prompts] = [40, ['60 s, 0', '45 s, 1']];
	const scene = await startScene();
	const ids = await scene.start(count, prompts);
	await scene.kill();
	await sleep(90_000);
	await scene.restart();
	const durationMs = await scene.completed(ids, prompts);
	const tasks = scene.kie.tasks.size;
	await scene.close();
	if (tasks !== count * prompts.length) throw new Error(`${tasks} tasks were created`);
	return [
		{
			name: `${count} executions, completed after a restart of n8n`,
			value: seconds(durationMs),
			unit: 's',
			bound: 300,
		},
	];
}

/** All tasks complete in the same minute. */
async function burst(): Promise<Figure[]> {
	const [count, prompts] = [100, ['100 s, 0']];
	const scene = await startScene();
	const ids = await scene.start(count, prompts);
	const lastCreated = Math.max(...[...scene.kie.tasks.values()].map(({ createdAt }) => createdAt));
	const untilDone = lastCreated + 100_000 - Date.now();
	const durationMs = await scene.completed(ids, prompts);
	const { length: reads } = scene.kie.reads();
	await scene.close();
	return [
		{
			name: `${count} executions, after the last of their tasks`,
			value: seconds(durationMs - untilDone),
			unit: 's',
			bound: 300,
		},
		{ name: `${count} executions, reads for each`, value: reads / count, unit: '' },
	];
}

/** n8n is killed in the middle of the downloads: all of them take long. */
async function download(): Promise<Figure[]> {
	const [count, prompts] = [5, ['30 s, 0', '30 s, 1']];
	const scene = await startScene();
	scene.kie.inject({ on: 'download', kind: 'slow', ms: 60_000, times: count * prompts.length });
	const ids = await scene.start(count, prompts, { downloadFiles: true });
	const isDownloading = () => scene.kie.requests.some(({ path }) => path.startsWith('/files/'));
	while (!isDownloading()) await sleep(200);
	await sleep(1_000);
	await scene.kill();
	await scene.restart();
	const durationMs = await scene.completed(ids, prompts);
	await scene.close();
	return [{ name: `${count} executions, killed during downloads`, value: seconds(durationMs), unit: 's', bound: 300 }];
}

/** What paused executions occupy in the database: while they wait, and afterwards, compared with polled ones. */
async function size(): Promise<Figure[]> {
	const count = 4;
	const prompts = Array.from({ length: 10 }, (_, index) => `70 s, ${index}`);
	const scene = await startScene();
	const { node } = await ensureN8n();
	/** Kilobytes for each of the executions, and rows. */
	const storedBytes = () => {
		const file = join(scene.n8n.userFolder, '.n8n', 'database.sqlite');
		// n8n removes what is marked as deleted an hour later.
		const sql = `select e.deletedAt is null as kept, count(*) as n, sum(length(data) + length(workflowData)) as bytes
			from execution_data d join execution_entity e on e.id = d.executionId group by kept order by kept desc`;
		const script = `const { DatabaseSync } = require('node:sqlite');
			console.log(JSON.stringify(new DatabaseSync('${file}', { readOnly: true }).prepare(\`${sql}\`).all()))`;
		const [{ n, bytes }, deleted = { bytes: 0 }] = JSON.parse(
			execFileSync(node, ['--no-warnings', '-e', script], { encoding: 'utf8' }),
		);
		return { rows: n / count, kb: bytes / 1000 / count, deletedKb: deleted.bytes / 1000 / count };
	};
	const ids = await scene.start(count, prompts);
	const waiting = storedBytes();
	await scene.completed(ids, prompts);
	// The sub-workflows are deleted once the executions have resumed.
	await sleep(5_000);
	const bytesAfter = storedBytes();
	await scene.close();
	const name = `an execution with ${prompts.length} tasks`;
	return [
		{ name: `${name}, paused: rows`, value: waiting.rows, unit: '', bound: 3 },
		{ name: `${name}, paused: in the database`, value: waiting.kb, unit: 'KB' },
		{ name: `${name}, afterwards: rows`, value: bytesAfter.rows, unit: '', bound: 1 },
		{ name: `${name}, afterwards: in the database`, value: bytesAfter.kb, unit: 'KB' },
		{ name: `${name}, afterwards: deleted an hour later`, value: bytesAfter.deletedKb, unit: 'KB' },
	];
}

async function main(): Promise<void> {
	const scenarios = { restart, burst, download, size };
	const figures: Figure[] = [];
	for (const [name, run] of Object.entries(scenarios)) {
		if (process.argv.length > 2 && !process.argv.includes(name)) continue;
		console.log(`${name} …`);
		figures.push(...(await run()));
	}
	console.log(table(figures));
	process.exit(figures.some(isOver) ? 1 : 0);
}

void main();
