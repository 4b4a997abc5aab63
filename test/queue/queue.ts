import type { INodeParameters } from 'n8n-workflow';

import { nodeItems, type SavedWorkflow } from '../e2e/client';
import { credentialFor, kieNode } from '../e2e/kie';
import { OWNER } from '../e2e/n8n';
import { type Queue, startQueue } from '../e2e/queue';
import { missingServices } from '../e2e/queue-services';
import { chain, items, manualTrigger } from '../e2e/workflow';
import { type Simulator, startSimulator } from '../simulator';

/** `npm run queue`: n8n in queue mode with a simulated Kie and two batches; `-- --once` runs them and exits. */

const BATCH = 10;
/** Longer than the 20 seconds for which tasks are polled before their execution is paused. */
const TASK_SECONDS = 30;
/** A paused execution is resumed on the minute, and once more if the worker that resumes it has just started. */
const LIMIT_MS = 300_000;

const BATCHES: Array<{ name: string; options: INodeParameters }> = [
	{ name: 'Batch by polling', options: {} },
	{ name: 'Paused batch', options: { waitUsing: 'pause' } },
];

async function makeBatches({ main: { client } }: Queue, kie: Simulator): Promise<SavedWorkflow[]> {
	const credential = await client.createCredential('kieAiApi', credentialFor(kie), 'Kie.ai API');
	const prompts = Array.from({ length: BATCH }, (_, index) => ({ prompt: `A red fox, image ${index + 1}` }));
	return await Promise.all(
		BATCHES.map(
			async ({ name, options }) =>
				await client.createWorkflow(
					chain(name, [
						manualTrigger(),
						items('Prompts', prompts),
						kieNode({ credential }, 'kieImage', {
							operation: 'generate',
							model: 'google/nano-banana',
							prompt: '={{ $json.prompt }}',
							options,
						}),
					]),
				),
		),
	);
}

/** Runs a batch, and returns whether it has all of its results. */
async function runBatch({ main: { client }, workers }: Queue, workflow: SavedWorkflow): Promise<boolean> {
	const startedAt = Date.now();
	const execution = await client.runWorkflow(workflow, {}, LIMIT_MS);
	const seconds = Math.round((Date.now() - startedAt) / 1000);
	const count = execution.status === 'success' ? nodeItems(execution, 'Kie').length : 0;
	const startLine = `Worker started execution ${execution.id} `;
	const on = workers.flatMap((worker, index) => (worker.logs().includes(startLine) ? [`worker ${index + 1}`] : []));
	console.log(
		`${workflow.name}: ${execution.status} after ${seconds} s, ${count} of ${BATCH} results, run by ${on.join(' and ')}`,
	);
	return count === BATCH;
}

async function main(): Promise<void> {
	if (missingServices.length > 0) {
		throw new Error(`Queue mode needs ${missingServices.join(' and ')}: install them (apt-get install ...).`);
	}
	const once = process.argv.includes('--once');
	const kie = await startSimulator({ taskSeconds: TASK_SECONDS });
	console.log('Starting Redis, PostgreSQL, n8n and two workers ...');
	const queue = await startQueue().catch(async (error: unknown) => {
		await kie.close();
		throw error;
	});
	try {
		const batches = await makeBatches(queue, kie);
		if (once) {
			console.log('Running the batches, which takes up to three minutes ...');
			const areComplete = await Promise.all(batches.map(async (batch) => await runBatch(queue, batch)));
			if (areComplete.includes(false)) process.exitCode = 1;
			return;
		}
		const folders = queue.workers.map(({ userFolder }) => userFolder);
		console.log(`\nThe editor: ${queue.main.url}\nLog in as ${OWNER.email} with the password ${OWNER.password}.`);
		console.log(`The simulator of Kie.ai: ${kie.url}\nLogs of the workers: ${folders.join(', ')}\nCtrl-C ends it.`);
		await new Promise((resolve) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, resolve)));
	} finally {
		await queue.stop();
		await kie.close();
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
