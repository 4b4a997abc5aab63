import type { INodeParameters } from 'n8n-workflow';

import { imageModels } from '../../nodes/shared/catalogue/image';
import { runNode } from '../nodes/engine';
import type { SimulatorOptions } from '../simulator';
import { startSimulator } from '../simulator';
import { kieImage } from './built';
import type { Figure } from './figure';

const ITEMS = 40;
const TASK_SECONDS = 10;
const rate = { limit: 20, seconds: 10 };

/** A batch that is bounded by Kie's rate: how much longer it takes than the least possible time. */
export async function batches(): Promise<Figure[]> {
	const kie = await startSimulator({ taskSeconds: TASK_SECONDS, rate });
	const { items, error, seconds } = await runNode(kie, {
		node: await kieImage(),
		items: Array.from({ length: ITEMS }, (_, index) => ({ json: { index } })),
		parameters: { operation: 'generate', model: 'z-image', prompt: 'A red fox', aspect_ratio: '1:1' },
	});
	const reads = kie.reads().length;
	const refused = kie.requests.filter((request) => request.refused !== undefined).length;
	await kie.close();
	if (error || items.length !== ITEMS) throw new Error(`The batch gave ${items.length} items: ${error?.message}`);

	const least = Math.floor((ITEMS - 1) / rate.limit) * rate.seconds + TASK_SECONDS;
	const name = `batch of ${ITEMS}, ${TASK_SECONDS}-second tasks`;
	return [
		{ name: `${name}: wall time, least possible ${least} s`, value: seconds, unit: 's', bound: least * 1.15 },
		{ name: `${name}: reads`, value: reads, unit: '' },
		{ name: `${name}: requests refused (429)`, value: refused, unit: '' },
	];
}

/** A task may end right before or right after a look, so each length is measured at several phases (s). */
const PHASES = [-2, -1, 0, 1, 2, 3];

interface LongTask {
	seconds: number;
	parameters: INodeParameters & { model: string };
	/** The reads of a task, and the seconds until its end is noticed. */
	bounds?: { reads: number; late: number };
}

const fast = { operation: 'generate', model: 'z-image', aspect_ratio: '1:1' };
const ordinary = { operation: 'generate', model: 'nano-banana-2' };
const slow = { operation: 'generate', model: '4o-image-api', size: '1:1' };
const bounds = { reads: 20, late: 6 };

const cases: LongTask[] = [
	{ seconds: 120, parameters: ordinary, bounds },
	{ seconds: 120, parameters: slow, bounds },
	{ seconds: 120, parameters: fast },
	{ seconds: 180, parameters: ordinary },
	{ seconds: 180, parameters: slow },
];

/** What a long task costs in reads and how late its end is noticed; the worst of all phases. */
export async function longTasks(): Promise<Figure[]> {
	return (await Promise.all(cases.map(longTask))).flat();
}

async function longTask({ seconds, parameters, bounds }: LongTask): Promise<Figure[]> {
	const taskSeconds: SimulatorOptions['taskSeconds'] = (_model, { prompt }) => Number(prompt);
	const kie = await startSimulator({ taskSeconds });
	const node = await kieImage();
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
