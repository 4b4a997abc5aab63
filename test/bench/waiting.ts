import type { INodeParameters } from 'n8n-workflow';

import { imageModels } from '../../nodes/shared/catalogue/image';
import { runNode } from '../nodes/engine';
import type { SimulatorOptions } from '../simulator';
import { startSimulator } from '../simulator';
import { builtNode } from './built';
import type { Figure } from './figure';

const rate = { limit: 20, seconds: 10 };

interface Batch {
	name: string;
	className: string;
	parameters: INodeParameters;
	/** How long the task of each item takes, in the order of the items. */
	seconds: number[];
}

const cases: Batch[] = [
	{
		name: 'batch of 40 images, 10 s each',
		className: 'KieImage',
		parameters: { operation: 'generate', model: 'z-image', aspect_ratio: '1:1' },
		seconds: Array.from({ length: 40 }, () => 10),
	},
	{
		name: 'batch of 30 videos, 20 to 60 s',
		className: 'KieVideo',
		parameters: { operation: 'textToVideo', model: 'bytedance/seedance-2-fast' },
		seconds: Array.from({ length: 30 }, (_, index) => 20 + ((index * 17) % 41)),
	},
];

/** The least time that a batch can take under Kie's rate: each item's task starts in its window and runs its time. */
function leastPossible(seconds: number[]): number {
	const starts = seconds.map((_, index) => Math.floor(index / rate.limit) * rate.seconds);
	return Math.max(...seconds.map((own, index) => own + (starts[index] ?? 0)));
}

/** Batches that are bounded by Kie's rate: how much longer they take than the least possible time. */
export async function batches(): Promise<Figure[]> {
	return (await Promise.all(cases.map(batch))).flat();
}

async function batch({ name, className, parameters, seconds }: Batch): Promise<Figure[]> {
	const kie = await startSimulator({ taskSeconds: (_model, { prompt }) => parseInt(String(prompt), 10), rate });
	const run = await runNode(kie, {
		node: await builtNode(className),
		items: seconds.map((own) => ({ json: { seconds: String(own) } })),
		parameters: { ...parameters, prompt: '={{ $json.seconds }} seconds' },
	});
	const reads = kie.reads().length;
	const refused = kie.requests.filter((request) => request.refused !== undefined).length;
	await kie.close();
	if (run.error || run.items.length !== seconds.length) {
		throw new Error(`The batch gave ${run.items.length} items: ${run.error?.message}`);
	}

	const least = leastPossible(seconds);
	return [
		{ name: `${name}: wall time, least possible ${least} s`, value: run.seconds, unit: 's', bound: least * 1.15 },
		{ name: `${name}: reads`, value: reads, unit: '' },
		{ name: `${name}: requests refused (429)`, value: refused, unit: '' },
	];
}

/** A task may end right before or right after a read, so each length is measured at several phases (s). */
const PHASES = [-2, -1, 0, 1, 2, 3];

interface LongTask {
	seconds: number;
	parameters: INodeParameters & { model: string };
	/** The reads of a task, and the seconds until its end is noticed. */
	bounds?: { reads: number; late: number };
}

const fast = { operation: 'generate', model: 'z-image', aspect_ratio: '1:1' };
const ordinary = { operation: 'generate', model: 'nano-banana-2' };
const slow = { operation: 'generate', model: '4o-image-api', aspect_ratio: '1:1' };
const bounds = { reads: 20, late: 6 };

const LONG: LongTask[] = [
	{ seconds: 120, parameters: ordinary, bounds },
	{ seconds: 120, parameters: slow, bounds },
	{ seconds: 120, parameters: fast },
	{ seconds: 180, parameters: ordinary },
	{ seconds: 180, parameters: slow },
];

/** What a long task costs in reads and how late its end is noticed; the worst of all phases. */
export async function longTasks(): Promise<Figure[]> {
	return (await Promise.all(LONG.map(longTask))).flat();
}

async function longTask({ seconds, parameters, bounds }: LongTask): Promise<Figure[]> {
	const taskSeconds: SimulatorOptions['taskSeconds'] = (_model, { prompt }) => Number(prompt);
	const kie = await startSimulator({ taskSeconds });
	const node = await builtNode('KieImage');
	const runs = await Promise.all(
		PHASES.map(async (phase) => {
			const { items, error } = await runNode(kie, {
				node,
				parameters: { ...parameters, prompt: String(seconds + phase) },
			});
			const noticedAt = Date.now();
			const taskId = String(items[0]?.json.taskId);
			const finishedAt = kie.tasks.get(taskId)?.finishedAt;
			if (finishedAt === undefined) throw new Error(`A long task gave no result: ${error?.message}`);
			return { reads: kie.reads(taskId).length, late: (noticedAt - finishedAt) / 1000 };
		}),
	);
	await kie.close();

	const usual = imageModels.find(({ id }) => id === parameters.model)?.seconds;
	const name = `${seconds}-second task of ${parameters.model} (usually ${usual} s)`;
	return [
		{ name: `${name}: reads`, value: Math.max(...runs.map(({ reads }) => reads)), unit: '', bound: bounds?.reads },
		{
			name: `${name}: noticed after`,
			value: Math.max(...runs.map(({ late }) => late)),
			unit: 's',
			bound: bounds?.late,
		},
	];
}
