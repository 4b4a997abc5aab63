import { mean, sumBy } from 'lodash';

import type { ReadRateState } from '../../nodes/shared/api/readRate';
import { afterRead, afterRejectedRead, newReadRateState } from '../../nodes/shared/api/readRate';
import type { WaitingTask } from '../../nodes/shared/tasks/taskKind';
import { TaskKind } from '../../nodes/shared/tasks/taskKind';

/** Waiting for batches of tasks, simulated event by event: no time passes. Times in milliseconds. */

/** Decides when to read the tasks of one kind. */
export interface Policy {
	join(now: number): WaitingTask;
	nextReadAt(task: WaitingTask, now: number): number;
	likelihood(task: WaitingTask, now: number): number;
	/** A read has shown that the task took this long. */
	learn(task: WaitingTask, durationMs: number): void;
}

/** What the node does. */
export function learning(guessMs: number): Policy {
	const kind = new TaskKind(guessMs);
	return {
		join: (now) => kind.join(now),
		nextReadAt: (task, now) => kind.nextReadAt(task, now),
		likelihood: (task, now) => kind.likelihood(task, now),
		learn: (task, durationMs) => {
			kind.leave(task);
			kind.learn(durationMs);
		},
	};
}

/** A policy without learning: `next` returns the age at the next read from that at the last one. */
export function fixedRule(next: (lastReadMs: number) => number): Policy {
	return {
		join: (now) => ({ createdAt: now, lastReadMs: 0 }),
		nextReadAt: ({ createdAt, lastReadMs }) => createdAt + next(lastReadMs),
		likelihood: ({ createdAt }, now) => now - createdAt,
		learn: () => {},
	};
}

export interface Batch {
	/** How long the task of each item takes. */
	durations: number[];
	/** When each one is created, after the start of the batch. */
	createdAt(index: number): number;
}

/** 20 creates in 10.1 s, as the node does. */
export const batchOf = (durations: number[]): Batch => ({
	durations,
	createdAt: (index) => Math.floor(index / 20) * 10_100,
});

export interface WaitResult {
	/** How late each result was noticed. */
	delays: number[];
	reads: number;
	rateLimited: number;
	/** From the start of the batch to the last result. */
	wallMs: number;
}

/** Mean delay in seconds. */
export const meanDelay = (result: WaitResult[]): number => mean(result.flatMap(({ delays }) => delays)) / 1000;
export const worstDelay = (result: WaitResult[]): number => Math.max(...result.flatMap(({ delays }) => delays)) / 1000;
/** Reads per task. */
export const meanReads = (result: WaitResult[]): number =>
	sumBy(result, 'reads') / sumBy(result, ({ delays }) => delays.length);

const LATENCY_MS = 60;
/** How long a batch begins after the one before. */
const PAUSE_MS = 5_000;
/** Waits are reconsidered this often. */
const SLICE_MS = 500;

interface SimulatedTask extends WaitingTask {
	finishedAt: number;
	noticedAt?: number;
}

/** Waits for batches, one after the other. `limit`: how many reads Kie allows in any second. */
export function simulateWaiting(policy: Policy, batches: Batch[], limit = Infinity): WaitResult[] {
	const events: Array<{ at: number; run: () => void }> = [];
	let now = 0;
	const later = (at: number, run: () => void) => {
		const index = events.findLastIndex((event) => event.at <= at);
		events.splice(index + 1, 0, { at, run });
	};

	let state: ReadRateState = newReadRateState();
	let allowed: number[] = [];
	const queue: Array<{ task: WaitingTask; read: () => void }> = [];
	let isPumping = false;
	/** Reads what is most likely to have completed, as fast as the rate allows. */
	const pump = () => {
		isPumping = false;
		if (queue.length === 0) return;
		if (state.notBefore <= now) {
			const next = queue.reduce((best, entry) =>
				policy.likelihood(entry.task, now) > policy.likelihood(best.task, now) ? entry : best,
			);
			queue.splice(queue.indexOf(next), 1);
			state = afterRead(state, now);
			next.read();
		}
		if (queue.length > 0 && !isPumping) {
			isPumping = true;
			later(Math.max(now, state.notBefore), pump);
		}
	};

	return batches.map(({ durations, createdAt }) => {
		const startedAt = now;
		const result: WaitResult = { delays: [], reads: 0, rateLimited: 0, wallMs: 0 };
		const wait = (task: SimulatedTask, original: WaitingTask) => {
			const dueAt = policy.nextReadAt(original, now);
			if (dueAt > now) return later(Math.min(dueAt, now + SLICE_MS), () => wait(task, original));
			request(task, original);
		};
		const request = (task: SimulatedTask, original: WaitingTask) => {
			const read = () => {
				const sentAt = now;
				result.reads += 1;
				allowed = allowed.filter((at) => now - at < 1000);
				const isRateLimited = allowed.length >= limit;
				if (!isRateLimited) allowed.push(now);
				later(now + LATENCY_MS, () => {
					if (isRateLimited) {
						result.rateLimited += 1;
						state = afterRejectedRead(state, now);
						return request(task, original);
					}
					original.lastReadMs = now - original.createdAt;
					if (task.finishedAt > sentAt + LATENCY_MS / 2) return wait(task, original);
					result.delays.push(now - task.finishedAt);
					result.wallMs = now - startedAt;
					policy.learn(original, task.finishedAt - original.createdAt);
				});
			};
			queue.push({ task: original, read });
			pump();
		};
		durations.forEach((duration, index) => {
			later(startedAt + createdAt(index), () => {
				const original = policy.join(now);
				wait({ ...original, finishedAt: now + duration }, original);
			});
		});
		for (let event = events.shift(); event; event = events.shift()) {
			now = event.at;
			event.run();
		}
		now += PAUSE_MS;
		return result;
	});
}
