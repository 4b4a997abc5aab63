import { range } from 'lodash';

/** How long the tasks of a batch take, in milliseconds, in several distributions. */

/** Random numbers from 0 to 1 that are the same in each run. */
export function randoms(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
		return state / 2 ** 31;
	};
}

const random = randoms(7);
/** Box and Muller's: mean 0, standard deviation 1. */
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Durations spread evenly over a range, in random order. */
export function evenly(count: number, from: number, to: number): number[] {
	const durations = range(count).map((index) => from + ((to - from) * (index + 0.5)) / count);
	const keys = new Map(durations.map((duration) => [duration, random()]));
	return durations.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
}

const DRIFT = [45_000, 45_000, 25_000, 25_000, 70_000, 70_000];

/** The batches of `count` tasks that run one after the other. */
const distributions = {
	'45 s': () => 45_000,
	'45 ± 10 s': () => 35_000 + 20_000 * random(),
	'normal, 45 s, sd 10 s': () => Math.max(5_000, 45_000 + 10_000 * normal()),
	'20 s or 120 s': () => (random() < 0.5 ? 20_000 : 120_000) + 2_000 * normal(),
	'30 s with a heavy tail': () => 30_000 / (1 - random()) ** 0.4,
	'45 s, then 25 s, then 70 s': (batch: number) => (DRIFT[batch % DRIFT.length] ?? 0) + 2_000 * normal(),
};
export type Distribution = keyof typeof distributions;

export const DISTRIBUTIONS = Object.keys(distributions).filter((name): name is Distribution => name in distributions);

export function batchesOf(name: Distribution, batches: number, count: number): number[][] {
	return range(batches).map((batch) => range(count).map(() => distributions[name](batch)));
}
