import { mean, range, sum } from 'lodash';
import type { INodeParameters } from 'n8n-workflow';

import { imageModels } from '../../nodes/shared/catalogue/image';
import { runNode } from '../nodes/engine';
import type { Simulator, SimulatorOptions } from '../simulator';
import { startSimulator } from '../simulator';
import { evenly } from '../unit/distributions';
import { buildIfStale, builtNode } from './built';
import type { Figure } from './figure';

/** What waiting costs over HTTP, in real executions against the simulator: how late results are noticed, and reads. */

const rate = { limit: 20, seconds: 10 };

/** The tasks of one execution. */
interface Batch {
	/** How long the task of each item takes. */
	seconds: number[];
	className: string;
	parameters: INodeParameters;
	/** The account; if not set, the simulator's own. */
	apiKey?: string;
}

interface WaitFigures {
	/** From the start of the execution to its end. */
	wallSeconds: number;
	/** The shortest time that it can take within Kie's rate limit of creates. */
	leastSeconds: number;
	/** From the completion of each task to the read that noticed it. */
	lateSeconds: number[];
	/** Of each task. */
	reads: number[];
}

const zImage = { className: 'KieImage', parameters: { operation: 'generate', model: 'z-image', aspect_ratio: '1:1' } };
const banana = { className: 'KieImage', parameters: { operation: 'generate', model: 'nano-banana-2' } };
const seedance = {
	className: 'KieVideo',
	parameters: { operation: 'textToVideo', model: 'bytedance/seedance-2-fast' },
};

/** The prompt of a task is its duration in seconds. */
const taskSeconds: SimulatorOptions['taskSeconds'] = (_model, { prompt }) => parseFloat(String(prompt));

/** Each item's task starts in its window and runs for its duration. */
function leastPossible(seconds: number[]): number {
	return Math.max(...seconds.map((phase, index) => phase + Math.floor(index / rate.limit) * rate.seconds));
}

async function waitFor(kie: Simulator, { seconds, className, parameters, apiKey }: Batch): Promise<WaitFigures> {
	const run = await runNode(kie, {
		node: await builtNode(className),
		items: seconds.map((phase) => ({ json: { seconds: String(phase) } })),
		parameters: { ...parameters, prompt: '={{ $json.seconds }} seconds' },
		credentials: apiKey === undefined ? {} : { apiKey },
	});
	if (run.error || run.items.length !== seconds.length) {
		throw new Error(`The batch returned ${run.items.length} items: ${run.error?.message}`);
	}
	const tasks = run.items.map(({ json: { taskId } }) => {
		const reads = kie.reads(String(taskId));
		const finishedAt = kie.tasks.get(String(taskId))?.finishedAt ?? NaN;
		return { reads: reads.length, late: ((reads.at(-1)?.at ?? NaN) - finishedAt) / 1000 };
	});
	return {
		wallSeconds: run.seconds,
		leastSeconds: leastPossible(seconds),
		lateSeconds: tasks.map(({ late }) => late),
		reads: tasks.map(({ reads }) => reads),
	};
}

/** Batches that are bounded by Kie's rate of creates: how much longer they take than the shortest possible time. */
export async function batches(): Promise<Figure[]> {
	buildIfStale();
	const warmUpKie = await startSimulator({ taskSeconds: 0.1 });
	await Promise.all([zImage, seedance].map(async (kind) => await waitFor(warmUpKie, { ...kind, seconds: [0.1] })));
	await warmUpKie.close();
	const images = { ...zImage, seconds: range(40).map(() => 10) };
	const videos = { ...seedance, seconds: range(30).map((index) => 20 + ((index * 17) % 41)) };
	const adaptive = await Promise.all([
		batch('40 images of 10 s', images, 1.03),
		batch('30 videos of 20 to 60 s', videos, 1.04),
	]);
	const fixed = await Promise.all(
		FIXED_SECONDS.flatMap((pollInterval) => [
			batch(`40 images of 10 s, ${every(pollInterval)}`, withInterval(images, pollInterval)),
			batch(`30 videos of 20 to 60 s, ${every(pollInterval)}`, withInterval(videos, pollInterval)),
		]),
	);
	return [...adaptive, ...fixed].flat();
}

async function batch(name: string, tasks: Batch, bound?: number): Promise<Figure[]> {
	const kie = await startSimulator({ taskSeconds, rate });
	const { wallSeconds, leastSeconds, reads } = await waitFor(kie, tasks);
	await kie.close();
	return [
		{ name: `${name}: wall time by the least (${leastSeconds} s)`, value: wallSeconds / leastSeconds, unit: '', bound },
		{ name: `${name}: reads per task`, value: mean(reads), unit: '' },
	];
}

/** The fixed intervals that the adaptive waits are compared with. */
const FIXED_SECONDS = [3, 5];
const every = (pollInterval: number) => `with Poll Interval ${pollInterval}`;
const withInterval = (tasks: Batch, pollInterval: number): Batch => ({
	...tasks,
	parameters: { ...tasks.parameters, options: { pollInterval } },
});

/** Several minutes: with and without learnt durations. */
export async function longWaits(): Promise<Figure[]> {
	const largeBatch = { ...zImage, seconds: range(300).map(() => 60) };
	return (
		await Promise.all([
			secondRun(),
			phases(),
			readsPerKey('300 tasks of 60 s where a key may read 10 times a second', largeBatch, true),
			readsPerKey(`300 tasks of 60 s where a key may read 10 times a second, ${every(5)}`, withInterval(largeBatch, 5)),
		])
	).flat();
}

/** The same batch a second time, and with fixed intervals. */
async function secondRun(): Promise<Figure[]> {
	const kie = await startSimulator({ taskSeconds, apiKeys: ['learns', 'every-3', 'every-5'], readRates: false });
	const tasks = () => ({ ...zImage, seconds: evenly(60, 35, 55) });
	const fixed = FIXED_SECONDS.map(async (pollInterval) => {
		const batchOfKey = withInterval({ ...tasks(), apiKey: `every-${pollInterval}` }, pollInterval);
		return figures(every(pollInterval), await waitFor(kie, batchOfKey));
	});
	const first = await waitFor(kie, { ...tasks(), apiKey: 'learns' });
	const second = await waitFor(kie, { ...tasks(), apiKey: 'learns' });
	const runs = [
		...figures('first run', first),
		...figures('second run', second, { late: 1, reads: 6 }),
		...(await Promise.all(fixed)).flat(),
	];
	await kie.close();
	return runs;
}

function figures(run: string, { lateSeconds, reads }: WaitFigures, bounds?: { late: number; reads: number }): Figure[] {
	const name = `60 tasks of 45 ± 10 s, ${run}`;
	return [
		{ name: `${name}: noticed after, mean`, value: mean(lateSeconds), unit: 's', bound: bounds?.late },
		{ name: `${name}: reads per task`, value: mean(reads), unit: '', bound: bounds?.reads },
	];
}

/** A task may complete right before or right after a read, so a duration is measured at several phases. */
const PHASES = range(20).map((index) => 117 + index * 0.3);
const keyOf = (seconds: number) => `phase-${seconds}`;

/** 120-second tasks of a model that usually takes 30 s: each as the first one of an account, then together as a second run. */
async function phases(): Promise<Figure[]> {
	const apiKeys = ['learns', 'fixed', ...PHASES.map(keyOf)];
	const kie = await startSimulator({ taskSeconds, apiKeys, rate: false, credits: 10_000 });
	const [learning, fixed, ...singles] = await Promise.all([
		waitFor(kie, { ...banana, seconds: PHASES, apiKey: 'learns' }),
		waitFor(kie, withInterval({ ...banana, seconds: PHASES, apiKey: 'fixed' }, 5)),
		...PHASES.map(async (phase) => await waitFor(kie, { ...banana, seconds: [phase], apiKey: keyOf(phase) })),
	]);
	const learnt = await waitFor(kie, { ...banana, seconds: PHASES, apiKey: 'learns' });
	await kie.close();

	const usual = imageModels.find(({ id }) => id === banana.parameters.model)?.seconds;
	const name = `120-second task, usually ${usual} s`;
	const late = singles.flatMap(({ lateSeconds }) => lateSeconds);
	const maxReads = (reads: number[]) => Math.max(...reads);
	return [
		{ name: `${name}: noticed after, mean of 20 phases`, value: mean(late), unit: 's', bound: 3 },
		{ name: `${name}: noticed after, worst`, value: Math.max(...late), unit: 's', bound: 6 },
		{ name: `${name}: reads, worst`, value: maxReads(singles.flatMap(({ reads }) => reads)), unit: '', bound: 20 },
		{ name: `${name}, first batch: reads, mean`, value: mean(learning.reads), unit: '' },
		{ name: `${name}, learnt: noticed after, mean`, value: mean(learnt.lateSeconds), unit: 's', bound: 1 },
		{ name: `${name}, learnt: reads, worst`, value: maxReads(learnt.reads), unit: '', bound: 8 },
		{ name: `${name}, ${every(5)}: noticed after, mean`, value: mean(fixed.lateSeconds), unit: 's' },
		{ name: `${name}, ${every(5)}: noticed after, worst`, value: Math.max(...fixed.lateSeconds), unit: 's' },
		{ name: `${name}, ${every(5)}: reads, worst`, value: maxReads(fixed.reads), unit: '' },
	];
}

/** A large batch if Kie limits reads per key. */
async function readsPerKey(name: string, tasks: Batch, isBound = false): Promise<Figure[]> {
	const kie = await startSimulator({ taskSeconds, rate, readRates: 'key', credits: 10_000 });
	const { wallSeconds, leastSeconds, reads } = await waitFor(kie, tasks);
	const rateLimited = kie.reads().filter((request) => request.rejection !== undefined).length;
	await kie.close();
	return [
		{
			name: `${name}: wall time by the least (${leastSeconds} s)`,
			value: wallSeconds / leastSeconds,
			unit: '',
			bound: isBound ? 1.1 : undefined,
		},
		{
			name: `${name}: refused reads`,
			value: (100 * rateLimited) / sum(reads),
			unit: '%',
			bound: isBound ? 3 : undefined,
		},
		{ name: `${name}: reads per task`, value: mean(reads), unit: '' },
	];
}
