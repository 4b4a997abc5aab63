import { mean, range } from 'lodash';

import { pauseLength, shortenedPause } from '../../nodes/shared/suspend/pauseSchedule';
import { TaskKind } from '../../nodes/shared/tasks/taskKind';
import type { Figure } from './figure';

/** What a paused execution costs in delay and checks, simulated: with what has been learnt about the durations, and without. */

const MINUTE_MS = 60_000;
/** n8n checks once a minute which executions to resume, and sets a timer for those that are due within 70 s. */
const DUE_WITHIN_MS = 70_000;
/** The node polls so long before it pauses. */
const POLLED_MS = 20_000;
/** What n8n takes to resume and check. */
const CHECK_MS = 500;
const TASKS = 400;
/** Durations are spread evenly over this share around the mean. */
const SPREAD = 0.1;

interface Noticed {
	delayMs: number;
	checks: number;
}

/** When n8n resumes an execution that waits from `now` to `dueAt`. `phase`: when n8n checks, within the minute. */
function resumedAt(now: number, dueAt: number, phase: number): number {
	const earliest = Math.max(now, dueAt - DUE_WITHIN_MS);
	const resumeAt = Math.ceil((earliest - phase) / MINUTE_MS) * MINUTE_MS + phase;
	return Math.max(dueAt, resumeAt);
}

/** Pauses for one task. `kind`: what has been learnt about such tasks. */
function pauseFor(durationMs: number, phase: number, kind?: TaskKind): Noticed {
	let now = POLLED_MS;
	let expectedMs = Infinity;
	for (let checks = 1; ; checks++) {
		now = resumedAt(now, now + shortenedPause(pauseLength(now), expectedMs), phase) + CHECK_MS;
		if (now >= durationMs) return { delayMs: now - durationMs, checks };
		expectedMs = (kind?.probablyDoneAt({ createdAt: 0, lastReadMs: now }, now) ?? Infinity) - now;
	}
}

/** Paused tasks of models that take 5, 10 and 20 minutes. */
export function pausedTasks(): Figure[] {
	return [5, 10, 20].flatMap((minutes) => {
		const durations = range(TASKS).map((index) => {
			const share = (index * 0.618) % 1;
			return minutes * MINUTE_MS * (1 + SPREAD * (2 * share - 1));
		});
		const learnt = new TaskKind(0);
		for (const duration of durations.slice(0, 20)) learnt.learn(duration);
		const phaseOf = (index: number) => ((index * 0.754) % 1) * MINUTE_MS;
		const pauses = (kind?: TaskKind) => durations.map((duration, index) => pauseFor(duration, phaseOf(index), kind));
		return [
			...figures(`Paused ${minutes}-minute task, nothing learnt`, pauses()),
			...figures(`Paused ${minutes}-minute task, learnt`, pauses(learnt)),
		];
	});
}

function figures(name: string, noticed: Noticed[]): Figure[] {
	return [
		{ name: `${name}: noticed after, mean`, value: mean(noticed.map(({ delayMs }) => delayMs)) / 1000, unit: 's' },
		{ name: `${name}: checks`, value: mean(noticed.map(({ checks }) => checks)), unit: '' },
	];
}
