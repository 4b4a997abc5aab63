import { range } from 'lodash';

import { TaskKind } from '../../nodes/shared/tasks/taskKind';
import type { Distribution } from './distributions';
import { batchesOf, evenly } from './distributions';
import type { WaitResult } from './waiting-simulation';
import { batchOf, fixedRule, learning, meanDelay, meanReads, simulateWaiting, worstDelay } from './waiting-simulation';

/** Waiting for batches of 60 tasks of one kind, whose model is thought to take a minute. */
const wait = (durations: number[][], guessMs = 60_000): WaitResult[] =>
	simulateWaiting(learning(guessMs), durations.map(batchOf));

const repeat = (count: number, ms: number) => range(count).map(() => ms);

describe('what a batch has taught', () => {
	const bounds: Array<[Distribution, { delay: number; worst: number; reads: number }]> = [
		['45 s', { delay: 0.15, worst: 0.6, reads: 2 }],
		['45 ± 10 s', { delay: 1.2, worst: 6, reads: 6.5 }],
		['normal, 45 s, sd 10 s', { delay: 2, worst: 20, reads: 9.5 }],
		['20 s or 120 s', { delay: 1.6, worst: 15, reads: 8.5 }],
		['30 s with a heavy tail', { delay: 2.6, worst: 40, reads: 9.5 }],
	];
	it.each(bounds)('decides when to read the next tasks: %s', (name, { delay, worst, reads }) => {
		const [, ...later] = wait(batchesOf(name, 6, 60));
		expect(meanDelay(later)).toBeLessThanOrEqual(delay);
		expect(worstDelay(later)).toBeLessThanOrEqual(worst);
		expect(meanReads(later)).toBeLessThanOrEqual(reads);
	});

	it('of 45 ± 10 s: less than 1 s late on average, with fewer than 6 reads', () => {
		const runs = range(10).map(() => wait([evenly(60, 35_000, 55_000), evenly(60, 35_000, 55_000)])[1]!);
		expect(meanDelay(runs)).toBeLessThanOrEqual(0.97);
		expect(meanReads(runs)).toBeLessThanOrEqual(5.9);
	});

	it('is cheaper than reads every 3 or every 5 seconds, whatever the distribution', () => {
		// A read counts as much as a delay of 0.15 s.
		const cost = (waited: WaitResult[]) => meanDelay(waited) + 0.15 * meanReads(waited);
		for (const [name] of bounds) {
			const durations = batchesOf(name, 6, 60);
			const learntCost = cost(wait(durations).slice(1));
			for (const interval of [3_000, 5_000]) {
				const fixed = simulateWaiting(
					fixedRule((lastReadMs) => lastReadMs + interval),
					durations.map(batchOf),
				);
				expect(learntCost).toBeLessThan(cost(fixed.slice(1)));
			}
		}
	});

	it('follows a model that becomes faster or slower within one batch', () => {
		const [, , faster, fast, slower, slow] = wait(batchesOf('45 s, then 25 s, then 70 s', 6, 60));
		expect(meanDelay([faster!])).toBeLessThanOrEqual(5);
		expect(meanDelay([slower!])).toBeLessThanOrEqual(3);
		expect(meanDelay([fast!])).toBeLessThanOrEqual(1.5);
		expect(meanDelay([slow!])).toBeLessThanOrEqual(1.5);
	});

	it('is not distorted by an outlier: later tasks do not wait as long as one task has taken', () => {
		const [, after] = wait([[...repeat(30, 45_000), 400_000], repeat(20, 50_000)]);
		expect(worstDelay([after!])).toBeLessThanOrEqual(5);
	});

	it('is used immediately: the first window of a batch decides when to read the second', () => {
		const [batch] = wait([repeat(40, 10_000)], 10_000);
		expect(batch!.wallMs).toBeLessThanOrEqual(20_600);
	});

	it('applies to tasks one at a time, too', () => {
		const [, ...later] = wait(
			repeat(10, 120_000).map((ms) => [ms]),
			30_000,
		);
		expect(worstDelay(later)).toBeLessThanOrEqual(0.2);
		expect(Math.max(...later.map(({ reads }) => reads))).toBeLessThanOrEqual(6);
	});

	it('is corrected by an early read if a model becomes much faster, however few tasks there are', () => {
		const waited = wait([...range(20).map(() => [300_000]), [40_000]]);
		expect(waited.at(-1)!.delays[0]).toBeLessThanOrEqual(40_000);
	});
});

it('reads tasks early in turns', () => {
	const kind = new TaskKind(300_000);
	kind.learn(300_000);
	const tasks = range(4).map(() => kind.join(0));
	const early: number[] = [];
	for (let now = 0; now < 120_000; now += 500) {
		// The first one always asks first.
		for (const [index, task] of tasks.entries()) {
			if (kind.nextReadAt(task, now) > now) continue;
			task.lastReadMs = now;
			early.push(index);
		}
	}
	expect(early.slice(0, 8)).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
});

describe('reads of an account that Kie limits to 10 a second', () => {
	it.each([10_000, 30_000, 60_000])('notice 300 tasks of 60 s in 1.1 of the least time, guess %i ms', (guess) => {
		const [batch] = simulateWaiting(learning(guess), [batchOf(repeat(300, 60_000))], 10);
		expect(batch!.wallMs).toBeLessThanOrEqual(200_000 * 1.1);
		expect(batch!.rateLimited / batch!.reads).toBeLessThanOrEqual(0.03);
	});

	it('neither burst nor starve if it allows 3', () => {
		const [batch] = simulateWaiting(learning(30_000), [batchOf(repeat(300, 60_000))], 3);
		expect(batch!.wallMs).toBeLessThanOrEqual(200_000 * 1.15);
	});
});

describe('how likely it is that a task has completed', () => {
	const likelihoodAt = (kind: TaskKind, ageMs: number) =>
		kind.likelihood({ createdAt: 0, lastReadMs: ageMs / 10 }, ageMs);

	it('grows with its age, with and without durations', () => {
		const guessed = new TaskKind(60_000);
		const taskKind = new TaskKind(60_000);
		for (const duration of evenly(20, 40_000, 80_000)) taskKind.learn(duration);
		for (const kind of [guessed, taskKind]) {
			const likelihoods = [10_000, 50_000, 60_000, 70_000].map((ageMs) => likelihoodAt(kind, ageMs));
			expect(likelihoods).toEqual(likelihoods.toSorted((a, b) => a - b));
			expect(likelihoods[0]).toBeLessThan(0.2);
			expect(likelihoods[3]).toBeGreaterThan(0.6);
		}
	});
});
