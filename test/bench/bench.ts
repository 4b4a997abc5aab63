import './scratch';

import { callbacks } from './callbacks';
import type { Figure } from './figure';
import { isOver, table } from './figure';
import { loading } from './loading';
import { manyTasks, transfers } from './memory';
import { sharedRate } from './sharedRate';
import { soak } from './soak';
import { batches, longTasks } from './waiting';

/** `npm run bench` measures what the package promises; `npm run bench -- quick` leaves out what takes minutes, `npm run bench -- rate` is only the shared rate limit, with 1,000 tasks, and `npm run bench -- soak [--minutes 30] [--seed 1]` a load with faults. */

async function main(): Promise<void> {
	const quick = process.argv.includes('quick');
	const figures: Figure[] = [];
	const measure = async (what: string, group: () => Figure[] | Promise<Figure[]>) => {
		console.log(`${what} …`);
		figures.push(...(await group()));
	};

	if (process.argv.includes('rate')) {
		await measure('Four processes at one rate limit (nine minutes)', async () => await sharedRate(250));
		console.log(table(figures));
		process.exit(figures.some(isOver) ? 1 : 0);
	}
	if (process.argv.includes('soak')) {
		await measure('A load with faults and restarts', soak);
		console.log(table(figures));
		process.exit(figures.some(isOver) ? 1 : 0);
	}
	await measure('Loading the built nodes', loading);
	if (!quick) await measure('Four processes at one rate limit (two minutes)', async () => await sharedRate(50));
	await measure(quick ? 'Waiting (half a minute)' : 'Waiting (three minutes)', async () =>
		(await Promise.all([batches(), ...(quick ? [] : [longTasks()])])).flat(),
	);
	await measure('Big files', transfers);
	await measure('1,000 tasks at once', manyTasks);
	await measure('Callbacks in a burst to a real n8n', async () => await callbacks(quick));

	console.log(table(figures));
	process.exit(figures.some(isOver) ? 1 : 0);
}

void main();
