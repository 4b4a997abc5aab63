/** When a waiting node looks at a task. Times in milliseconds since the task was created. */

/** The first look comes when a usual task is more than half done; before that it would only cost a read. */
const FIRST_LOOK = 0.6;
/** Around its usual time a task is looked at in steps of this share of that time, within bounds. */
const STEP = 0.25;
const SHORTEST_STEP_MS = 2_000;
const LONGEST_USUAL_STEP_MS = 6_000;
/** A task that takes longer than usual is looked at every few per cent of its age. */
const LATE = 1.5;
const LATE_STEP = 0.04;
const LONGEST_STEP_MS = 15_000;

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

/**
 * How long to wait before the next look at a task of age `elapsedMs` that usually takes `usualMs`.
 * A 3-minute task of a model that usually takes about as long costs a dozen reads. A 2-minute task is noticed within
 * 6 s, a 10-minute one within 15 s.
 */
export function nextLook(elapsedMs: number, usualMs: number): number {
	const first = usualMs * FIRST_LOOK;
	if (elapsedMs < first) return first - elapsedMs;
	if (elapsedMs < usualMs * LATE) return clamp(usualMs * STEP, SHORTEST_STEP_MS, LONGEST_USUAL_STEP_MS);
	return clamp(elapsedMs * LATE_STEP, LONGEST_USUAL_STEP_MS, LONGEST_STEP_MS);
}
