import { batchesOf, DISTRIBUTIONS } from '../unit/distributions';
import type { Policy, WaitResult } from '../unit/waiting-simulation';
import { batchOf, fixedRule, learning, meanDelay, meanReads, simulateWaiting } from '../unit/waiting-simulation';
import { nextRead } from '../../nodes/shared/tasks/pollSchedule';

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
