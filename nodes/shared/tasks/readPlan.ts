import { clamp, mean, range, sortBy } from 'lodash';

/**
 * When to read the tasks of a kind, planned from how long such tasks took lately. Times in milliseconds since the
 * creation of a task.
 */

/** A read costs as much as noticing a result so much later. */
const READ_COST_MS = 190;
/** A duration is averaged with up to this many on either side, as long as those reach at most `UNEVENNESS` times as far to one side as to the other. */
const NEIGHBOURS = 8;
const UNEVENNESS = 3;
/** The next task may complete between the earlier ones or later than all of them, so chances are put around each, the denser the closer. */
const NEAREST_MS = 500;
const GROWTH = 2;
const UNSEEN_WEIGHT = 0.1;
/** How far beyond the longest duration the plan reaches, in durations. */
const REACH = 3;
/** While most tasks of that age are still running, the durations so far say little: the chances begin at this share of it. */
const UNCERTAINTY = 0.05;

/** A time at which a task may complete, and how likely that is. */
interface Chance {
	ms: number;
	weight: number;
}

const NO_CHANCE: Chance = { ms: Infinity, weight: 0 };

/** The chances in ascending order, and for each the time of the next read of a task that may complete then or later. */
export interface ReadPlan {
	chances: Chance[];
	reads: number[];
}

/** `overdue`: how many tasks have been running for longer than any duration so far. */
export function planReads(durations: number[], overdue: number): ReadPlan {
	const sorted = smooth(sortBy(durations));
	const measured = sorted.map((ms): Chance => ({ ms, weight: 1 }));
	const between = sorted.slice(1).flatMap((ms, index) => unseenBetween(sorted[index] ?? ms, ms));
	const longest = sorted.at(-1) ?? 0;
	const uncertain = UNCERTAINTY * longest * (overdue / (overdue + sorted.length));
	const later = distances(Math.max(NEAREST_MS, uncertain), (REACH - 1) * longest);
	const beyond = later.map((ms): Chance => ({ ms: longest + ms, weight: UNSEEN_WEIGHT + overdue / later.length }));
	const chances = sortBy([...measured, ...between, ...beyond], 'ms');
	return { chances, reads: leastCost(chances) };
}

/**
 * The next tasks do not repeat the random clusters of these durations, so each (in ascending order) becomes the mean of
 * its neighbours. It stays where it is next to a gap, as between two kinds of tasks, and so do equal ones.
 */
function smooth(sorted: number[]): number[] {
	return sorted.map((ms, index) => {
		for (let count = Math.min(NEIGHBOURS, index, sorted.length - 1 - index); count > 0; count--) {
			const near = sorted.slice(index - count, index + count + 1);
			const [below, above] = [ms - (near[0] ?? ms), (near.at(-1) ?? ms) - ms];
			if (Math.max(below, above) <= UNEVENNESS * Math.min(below, above)) return mean(near);
		}
		return ms;
	});
}

/** Between two durations, close to the one or the other. */
function unseenBetween(from: number, to: number): Chance[] {
	return distances(NEAREST_MS, (to - from) / 2).flatMap((ms) =>
		[from + ms, to - ms].map((at) => ({ ms: at, weight: UNSEEN_WEIGHT })),
	);
}

function distances(nearest: number, below: number): number[] {
	const count = Math.ceil(Math.log(below / nearest) / Math.log(GROWTH));
	return range(Math.max(0, count)).map((power) => nearest * GROWTH ** power);
}

/**
 * For each chance the next read, such that the reads and the delays to be expected cost the least (dynamic programming
 * from the last chance backwards). A read pays off only at a time at which tasks may have completed.
 */
function leastCost(chances: Chance[]): number[] {
	const reads: number[] = [];
	const costs: number[] = [];
	let running = 0;
	for (let first = chances.length - 1; first >= 0; first--) {
		running += chances[first]?.weight ?? 0;
		let [least, weight, weighted] = [Infinity, 0, 0];
		for (let last = first; last < chances.length; last++) {
			const { ms, weight: chanceWeight } = chances[last] ?? NO_CHANCE;
			weight += chanceWeight;
			weighted += chanceWeight * ms;
			const delay = weight * ms - weighted;
			// It only grows.
			if (delay >= least) break;
			const cost = delay + READ_COST_MS * running + (costs[last + 1] ?? 0);
			if (cost >= least) continue;
			least = cost;
			reads[first] = ms;
		}
		costs[first] = least;
	}
	return reads;
}

/** When to read a task again that was still running at the age of `lastReadMs`; undefined if the plan does not reach that far. */
export function plannedRead({ chances, reads }: ReadPlan, lastReadMs: number): number | undefined {
	return reads[chances.findIndex(({ ms }) => ms > lastReadMs)];
}

/** How likely it is, from 0 to 1, that a task has completed since its last read. */
export function likelihood({ chances }: ReadPlan, lastReadMs: number, ageMs: number): number {
	let [since, all] = [0, 0];
	for (const { ms, weight } of chances) {
		if (ms <= lastReadMs) continue;
		all += weight;
		if (ms <= ageMs) since += weight;
	}
	return all === 0 ? 1 : clamp(since / all, 0, 1);
}
