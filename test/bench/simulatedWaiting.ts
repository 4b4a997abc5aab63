import { mean, range, sortBy } from 'lodash';

import { batchesOf, DISTRIBUTIONS, evenly } from '../unit/distributions';
import type { Policy, WaitResult } from '../unit/waiting-simulation';
import { batchOf, fixedRule, learning, meanDelay, meanReads, simulateWaiting } from '../unit/waiting-simulation';
import { nextRead } from '../../nodes/shared/tasks/pollSchedule';
import type { Figure } from './figure';

/**
 * The regret of waiting: delay and reads, simulated, of what the node does, of the same schedule without learning, and of
 * fixed intervals. An oracle that knows how long each task takes notices it immediately, with one read.
 */

const GUESS_MS = 60_000;
const BATCHES = 6;
const TASKS = 60;

const policies: Record<string, () => Policy> = {
	learns: () => learning(GUESS_MS),
	'from the guess': () => fixedRule((lastReadMs) => nextRead(lastReadMs, GUESS_MS)),
	'every 3 s': () => fixedRule((lastReadMs) => lastReadMs + 3_000),
	'every 5 s': () => fixedRule((lastReadMs) => lastReadMs + 5_000),
};

/** A table: mean delay and reads per task of the first batch, then of the five after it. */
export function regretTable(): string {
	const rows = DISTRIBUTIONS.flatMap((name) => {
		const batches = batchesOf(name, BATCHES, TASKS).map(batchOf);
		return Object.entries(policies).map(([policy, start]) => {
			const [first, ...later] = simulateWaiting(start(), batches);
			return [name, policy, ...(first ? cells([first]) : []), ...cells(later)];
		});
	});
	const head = ['tasks take', 'reads', 'first batch: late', 'reads', 'later: late', 'reads'];
	const widths = head.map((title, column) =>
		Math.max(...[head, ...rows].map((row) => row[column]?.length ?? title.length)),
	);
	return [head, ...rows]
		.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
		.join('\n');
}

const cells = (results: WaitResult[]): string[] => [
	`${meanDelay(results).toFixed(2)} s`,
	meanReads(results).toFixed(1),
];

const SECOND_RUNS = 100;

/** How the real second run of tasks of 45 ± 10 s varies with the order of its tasks: its mean, and what 95 % of such runs stay below. */
export function secondRuns(): Figure[] {
	const tasks = () => batchOf(evenly(TASKS, 35_000, 55_000));
	const runs = range(SECOND_RUNS).map(() => simulateWaiting(learning(10_000), [tasks(), tasks()]).slice(1));
	const name = `${TASKS} tasks of 45 ± 10 s, ${SECOND_RUNS} second runs simulated`;
	return [
		...spread(`${name}: noticed after`, runs.map(meanDelay), { unit: 's', bound: 1 }),
		...spread(`${name}: reads per task`, runs.map(meanReads), { unit: '', bound: 6 }),
	];
}

function spread(name: string, values: number[], { unit, bound }: Pick<Figure, 'unit' | 'bound'>): Figure[] {
	const high = sortBy(values)[Math.floor(0.95 * values.length)] ?? NaN;
	return [
		{ name: `${name}, mean`, value: mean(values), unit, bound },
		{ name: `${name}, 95 % below`, value: high, unit },
	];
}
