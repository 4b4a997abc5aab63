import { startSimulator } from '../simulator';
import type { Figure } from './figure';
import { inWorker, stepFor } from './memory';

/** Several processes with one API key, each with its own batch, and one Kie that accepts 20 creates in 10 s. */

const PROCESSES = 4;
const RATE = { limit: 20, seconds: 10 };

/** How evenly the processes progress, from 0 to 1: the tasks of the slowest as a share of those of the fastest, once half of all tasks exist. */
function fairness(prompts: string[]): number {
	const half = prompts.slice(0, prompts.length / 2);
	const counts = Array.from({ length: PROCESSES }, (_, index) => half.filter((prompt) => prompt === `${index}`).length);
	return Math.min(...counts) / Math.max(...counts);
}

/** `items`: of each process. */
export async function sharedRate(items: number): Promise<Figure[]> {
	const warmUpKie = await startSimulator({ taskSeconds: 0.2 });
	const kie = await startSimulator({ taskSeconds: 5, rate: RATE, credits: 1_000_000 });
	const runs = await Promise.all(
		Array.from({ length: PROCESSES }, async (_, index) => {
			const warmUp = { ...stepFor(warmUpKie), items: 1, prompt: 'warm' };
			return await inWorker({ work: 'batch', warmUp, real: { ...stepFor(kie), items, prompt: `${index}` } });
		}),
	);
	const lastEnd = Date.now();
	const tasks = [...kie.tasks.values()].sort((a, b) => a.createdAt - b.createdAt);
	const lastCreated = Math.max(...tasks.map(({ createdAt }) => createdAt));
	const firstRequest = Math.min(...kie.creates().map(({ at }) => at), lastCreated);
	const rateLimited = kie.creates().length - tasks.length;
	await Promise.all([warmUpKie.close(), kie.close()]);

	const total = PROCESSES * items;
	const shortestSeconds = (total / RATE.limit) * RATE.seconds;
	const name = `${PROCESSES} processes of ${items} items at one rate limit`;
	return [
		{ name: `${name}: tasks missing of ${total}`, value: total - tasks.length, unit: '', bound: 0 },
		{
			name: `${name}: creating, least ${shortestSeconds} s`,
			value: (lastCreated - firstRequest) / 1000,
			unit: 's',
			bound: shortestSeconds * 1.15,
		},
		{
			name: `${name}: wall time, from the first create to the last result`,
			value: (lastEnd - firstRequest) / 1000,
			unit: 's',
			bound: shortestSeconds * 1.15,
		},
		{ name: `${name}: longest run`, value: Math.max(...runs.map(({ seconds }) => seconds)), unit: 's' },
		{
			name: `${name}: slowest by fastest at half time`,
			value: fairness(tasks.map(({ input }) => String(input.prompt))),
			unit: '',
		},
		{ name: `${name}: requests refused (429)`, value: rateLimited, unit: '' },
	];
}
