import { clamp } from 'lodash';

/** When a paused execution checks its tasks. Times in milliseconds. */

/** n8n checks once a minute which executions to resume, so shorter pauses also take up to a minute. */
const SHORTEST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** A completed task is noticed late by at most this share of its age. */
const SHARE_OF_AGE = 1 / 6;

/** Checks in one execution; its supervisor starts the next execution afterwards. A lost one is noticed at its end. */
const CHECKS = { short: 2, long: 1 };
const LONG_PAUSE_MS = 60_000;
/** What downloads and restarts of n8n may take before a supervisor gives its checks up; each time twice as long. */
const GRACE_MS = 2 * 60_000;
/** How long after the last time limit a paused execution gives its supervisor up. */
const LAST_RESORT_MS = 60 * 60_000;

/** n8n marks what runs while it starts as crashed, and runs what is overdue at once. */
const START_MS = 50_000;
let startedAt: number | undefined;

/** An execution was paused in this process, so n8n has started. */
export function noteStarted(): void {
	startedAt ??= Date.now();
}

/** When n8n will have started, in milliseconds since 1970, if the first thing this process does is to resume executions. */
export function startedBy(): number | undefined {
	startedAt ??= Date.now() + START_MS;
	return Date.now() < startedAt ? startedAt : undefined;
}

/** How long to pause before the next check of tasks of this age. `intervalMs`: what the user has set. */
export function pauseLength(ageMs: number, intervalMs = ageMs * SHARE_OF_AGE): number {
	return clamp(intervalMs, SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS);
}

/** How long to pause if a task has probably completed in `expectedMs`: that long instead of `pauseMs`, where n8n can keep it. */
export function shortenedPause(pauseMs: number, expectedMs: number): number {
	return clamp(expectedMs, SHORTEST_PAUSE_MS, pauseMs);
}

/** How many checks one execution has, at a pause of this length each. */
export function checksCount(pauseMs: number): number {
	return pauseMs < LONG_PAUSE_MS ? CHECKS.short : CHECKS.long;
}

/** How long they take at most. `losses`: how often in a row they were lost before. */
export function checksLength(pauseMs: number, losses: number): number {
	return checksCount(pauseMs) * pauseMs + GRACE_MS * 2 ** losses;
}

/** When n8n resumes a paused execution whose supervisor is lost; in milliseconds since 1970. */
export function lastResort(deadlines: number[]): number {
	return Math.max(...deadlines) + LAST_RESORT_MS;
}
