import './scratch';

import { callbacks } from './callbacks';
import { chat } from './chat';
import type { Figure } from './figure';
import { isOver, table } from './figure';
import { loading } from './loading';
import { manyItems, manyTasks, waitingTasks } from './memory';
import { sharedRate } from './sharedRate';
import { soak } from './soak';
import { pausedTasks } from './simulatedPausing';
import { regretTable, secondRuns } from './simulatedWaiting';
import { transfers } from './transfers';
import { batches, longWaits } from './waiting';

/**
 * `npm run bench` measures what the package promises, with `-- quick` only what takes seconds. Single groups: `-- load` what
 * loading costs, `-- waiting` waiting, `-- callbacks` bursts of callbacks, `-- rate` the shared rate limit with 1,000 tasks, `-- soak [--minutes 30] [--seed 1]` a load with faults.
 */

async function main(): Promise<void> {
	const quick = process.argv.includes('quick');
	const figures: Figure[] = [];
	const measure = async (what: string, group: () => Figure[] | Promise<Figure[]>) => {
		console.log(`${what} …`);
		figures.push(...(await group()));
	};

	const finish = (): never => {
		console.log(table(figures));
		process.exit(figures.some(isOver) ? 1 : 0);
	};

	if (process.argv.includes('rate')) {
		await measure('Four processes at one rate limit (nine minutes)', async () => await sharedRate(250));
		finish();
	}
	if (process.argv.includes('soak')) {
		await measure('A load with faults and restarts', soak);
		finish();
	}
	const waiting = async () => {
		console.log(regretTable());
		return [...secondRuns(), ...(await batches()), ...(quick ? [] : await longWaits()), ...pausedTasks()];
	};
	const waitingTitle = quick ? 'Waiting (two and a half minutes)' : 'Waiting (eight minutes)';
	if (process.argv.includes('waiting')) {
		await measure(waitingTitle, waiting);
		finish();
	}
	const bursts = async () => await measure('Callbacks in a burst to a real n8n', async () => await callbacks(quick));
	if (process.argv.includes('callbacks')) {
		await bursts();
		finish();
	}
	await measure('Loading the built nodes', loading);
	if (process.argv.includes('load')) finish();
	if (!quick) await measure('Four processes at one rate limit (two minutes)', async () => await sharedRate(50));
	await measure(waitingTitle, waiting);
	await measure('Big files', transfers);
	await measure('1,000 tasks at once', manyTasks);
	if (!quick) {
		await measure('The heap of waiting tasks (two minutes)', waitingTasks);
		await measure('5,000 items with files', manyItems);
		await measure('Chat (a minute and a half)', chat);
	}
	await bursts();

	finish();
}

void main();
