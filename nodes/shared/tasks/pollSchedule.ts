import { clamp } from 'lodash';

/** When a waiting node polls a task as long as nothing is known but a guess. Times in milliseconds since its creation. */

/** Results are likely once a usual task is two thirds done. */
const LIKELY = 0.65;
/** Around its usual time a task is polled in steps of this share of that time. */
const USUAL_STEP = 0.25;
const SHORTEST_STEP_MS = 2_000;
const LATE = 1.5;
/** No step is longer than this share of the task's age, so the delay is a few per cent of the whole. */
const LONGEST_STEP = 0.044;
const LONGEST_STEP_MS = { low: 5_800, high: 15_000 };

/**
 * When to read a task again that was still running at the age of `lastReadMs` and usually takes `usualMs`.
 * A 2-minute task is noticed within 6 s, and costs at most 20 reads where the model usually takes 20 s or more; a
 * 10-minute one is noticed within 15 s.
 */
export function nextRead(lastReadMs: number, usualMs: number): number {
	const likely = usualMs * LIKELY;
	if (lastReadMs < likely) return likely;
	const longest = longestStep(lastReadMs);
	const isLate = lastReadMs >= usualMs * LATE;
	return lastReadMs + (isLate ? longest : clamp(usualMs * USUAL_STEP, SHORTEST_STEP_MS, longest));
}

/** The step between reads of a task that may complete at any time. */
export function longestStep(ageMs: number): number {
	return clamp(ageMs * LONGEST_STEP, LONGEST_STEP_MS.low, LONGEST_STEP_MS.high);
}

/** Steps between early reads, in case tasks have become much faster. What has been learnt is trusted more than a guess. */
const EARLY_STEP = {
	guessed: { share: 0.5, low: 10_000, high: 20_000 },
	learnt: { share: 1, low: 10_000, high: 40_000 },
};
/** Two reads closer than this are one too many. */
const NEARLY_MS = 8_000;

/** When an early read of a task is worthwhile, if its next one is planned for `plannedMs`; undefined if it is not. */
export function earlyRead(lastReadMs: number, plannedMs: number, isLearnt: boolean): number | undefined {
	const { share, low, high } = isLearnt ? EARLY_STEP.learnt : EARLY_STEP.guessed;
	const early = lastReadMs + clamp(lastReadMs * share, low, high);
	return early + NEARLY_MS < plannedMs ? early : undefined;
}
