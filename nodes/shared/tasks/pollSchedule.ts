import { clamp } from 'lodash';

/** When a waiting node polls a task. Times in milliseconds since the task was created. */

/** Results are likely once a usual task is more than half done. */
const LIKELY = 0.6;
/** Until then a task is polled rarely, in case it completes much sooner than usual. */
const SPARSE_STEP = 0.5;
const SPARSE_STEP_MS = { low: 10_000, high: 20_000 };
/** Two polls closer than this are one too many. */
const NEARLY_MS = 5_000;
/** Around its usual time a task is polled in steps of this share of that time. */
const USUAL_STEP = 0.25;
const SHORTEST_STEP_MS = 2_000;
const LATE = 1.5;
/** No step is longer than this share of the task's age, so the delay is a few per cent of the whole. */
const LONGEST_STEP = 0.05;
const LONGEST_STEP_MS = { low: 6_000, high: 15_000 };

/**
 * How long to wait before the next poll of a task of age `elapsedMs` that usually takes `usualMs`.
 * A 2-minute task is noticed within 6 s, and costs at most 20 reads where the model usually takes 20 s or more; a
 * 10-minute one is noticed within 15 s.
 */
export function nextPollDelay(elapsedMs: number, usualMs: number): number {
	const untilLikely = usualMs * LIKELY - elapsedMs;
	if (untilLikely > 0) {
		const step = clamp(elapsedMs * SPARSE_STEP, SPARSE_STEP_MS.low, SPARSE_STEP_MS.high);
		return untilLikely <= step + NEARLY_MS ? untilLikely : step;
	}
	const longest = clamp(elapsedMs * LONGEST_STEP, LONGEST_STEP_MS.low, LONGEST_STEP_MS.high);
	return elapsedMs < usualMs * LATE ? clamp(usualMs * USUAL_STEP, SHORTEST_STEP_MS, longest) : longest;
}
