import { fork } from 'node:child_process';
import { join } from 'node:path';

import axios from 'axios';
import { range } from 'lodash';
import pLimit from 'p-limit';
import { z } from 'zod';

import type { Simulator, SimulatorOptions } from '../simulator';
import { startSimulator } from '../simulator';
import type { Figure } from './figure';
import type { Job, Step } from './worker';

/** The memory that a node uses: it runs in a worker, the simulator in this process. */

/** 50 executions with 20 items each, with a key for each, because a key may create 20 tasks in 10 s. */
const EXECUTIONS = 50;

export async function manyTasks(): Promise<Figure[]> {
	const apiKeys = Array.from({ length: EXECUTIONS }, (_, index) => `key-${index}`);
	const options: SimulatorOptions = { apiKeys, rate: false, credits: 1_000_000 };
	const warmUpKie = await startSimulator({ ...options, taskSeconds: 1 });
	const kie = await startSimulator({ ...options, taskSeconds: 20 });
	const measured = await inWorker({
		work: 'watch',
		warmUp: { ...stepFor(warmUpKie), apiKeys: apiKeys.slice(0, 1) },
		real: { ...stepFor(kie), apiKeys },
	});
	const [tasks, reads] = [kie.tasks.size, kie.reads().length];
	await Promise.all([warmUpKie.close(), kie.close()]);
	const name = `${tasks} tasks of 20 s at once`;
	return [
		{ name: `${name}: more memory, with garbage`, value: measured.peakMb, unit: 'MB' },
		{ name: `${name}: wall time`, value: measured.seconds, unit: 's' },
		{ name: `${name}: CPU time`, value: measured.cpuSeconds, unit: 's' },
		{ name: `${name}: event loop lag, 99 %`, value: measured.lagMs.p99, unit: 'ms' },
		{ name: `${name}: event loop lag, longest`, value: measured.lagMs.longest, unit: 'ms' },
		{ name: `${name}: reads`, value: reads, unit: '' },
	];
}

/** 100 executions with 20 items each wait for their tasks. */
const WAITING_EXECUTIONS = 100;
const HEAP_KB = 30;

export async function waitingTasks(): Promise<Figure[]> {
	const apiKeys = range(WAITING_EXECUTIONS).map((index) => `key-${index}`);
	const options: SimulatorOptions = { apiKeys, rate: false, credits: 1_000_000 };
	const warmUpKie = await startSimulator({ ...options, taskSeconds: 1 });
	const kie = await startSimulator({ ...options, taskSeconds: 90 });
	const { heapMb } = await inWorker({
		work: 'watch',
		warmUp: { ...stepFor(warmUpKie), apiKeys },
		real: { ...stepFor(kie), apiKeys, heapAfterSeconds: 45 },
	});
	const tasks = [...kie.tasks.values()];
	const areAll = tasks.length === WAITING_EXECUTIONS * 20;
	await Promise.all([warmUpKie.close(), kie.close()]);
	if (!areAll) throw new Error(`${tasks.length} tasks were created`);
	return [
		{
			name: `${tasks.length} waiting tasks: heap per task`,
			value: (1000 * heapMb) / tasks.length,
			unit: 'KB',
			bound: HEAP_KB,
		},
	];
}

const MANY_ITEMS = 5_000;
/** The minimum heap of n8n's Node.js on a machine with 4 GB of memory. */
const DEFAULT_HEAP_MB = 2_000;

/** A batch of 5,000 tasks that exist, each with a file. */
export async function manyItems(): Promise<Figure[]> {
	const kie = await startSimulator({ taskSeconds: 0.1, rate: false, readRates: false, credits: 1_000_000 });
	const atOnce = pLimit(50);
	const create = async () => {
		const body = { model: 'z-image', input: { prompt: 'A red fox', aspect_ratio: '1:1' } };
		const headers = { Authorization: `Bearer ${kie.apiKey}` };
		await axios.post(`${kie.url}/api/v1/jobs/createTask`, body, { headers });
	};
	await Promise.all(range(MANY_ITEMS).map(() => atOnce(create)));
	const taskIds = [...kie.tasks.keys()];
	const { peakHeapMb, seconds } = await inWorker({
		work: 'fetch',
		warmUp: { ...stepFor(kie), taskIds: taskIds.slice(0, 10) },
		real: { ...stepFor(kie), taskIds },
	});
	await kie.close();
	const name = `${MANY_ITEMS} items with files on disk`;
	return [
		{ name: `${name}: most heap, with garbage`, value: peakHeapMb, unit: 'MB', bound: DEFAULT_HEAP_MB },
		{ name: `${name}: time`, value: seconds, unit: 's' },
	];
}

/** What a worker needs to know about a simulator. */
export const stepFor = ({ url, uploadUrl, apiKey }: Simulator): Step => ({
	url,
	uploadUrl,
	apiKeys: [apiKey],
	bytes: 0,
});

const measured = z.object({
	/** The highest memory (RSS) above the level after the warm-up. */
	peakMb: z.number(),
	/** The heap (after garbage collection) above the level after the warm-up, if the step sets it. */
	heapMb: z.number(),
	/** The highest heap at any time, including garbage. */
	peakHeapMb: z.number(),
	seconds: z.number(),
	/** In milliseconds since 1970. */
	endedAt: z.number(),
	cpuSeconds: z.number(),
	lagMs: z.object({ p99: z.number(), longest: z.number() }),
});
export type Measured = z.infer<typeof measured>;

export async function inWorker(job: Job): Promise<Measured> {
	const child = fork(join(__dirname, 'worker.ts'), { execArgv: ['--expose-gc', '--import', 'tsx'] });
	child.send(job);
	return await new Promise((resolve, reject) => {
		child.once('message', (message) => resolve(measured.parse(message)));
		child.once('exit', (code) => reject(new Error(`The worker for ${job.work} exited with ${code}`)));
	});
}
