import { random } from 'lodash';

import { earlyRead, longestStep, nextRead } from './pollSchedule';
import type { ReadPlan } from './readPlan';
import { likelihood, plannedRead, planReads } from './readPlan';

/** How many durations are kept; a new one replaces one of the older half at random, so that they fade instead of going in the order in which a batch completes. */
const MAX_DURATIONS = 80;
/** Of all tasks of a kind, one at most is read early in this time. */
const EARLY_INTERVAL_MS = 10_000;
/** A plan depends on how many tasks are overdue, which changes all the time. */
const PLAN_MS = 500;
const SHORTEST_STEP_MS = 500;
/** Kie's clock says when a task completed; the response that shows it may come a moment later. */
const MARGIN_MS = 30;

/** A task that is waited for. Times in milliseconds. */
export interface WaitingTask {
	createdAt: number;
	/** Its age when its last read was answered; 0: not read yet. */
	lastReadMs: number;
	/** How many early reads of its kind there were up to its own last one; undefined: none of it. */
	earlyReads?: number;
}

/**
 * Tasks that take about the same time: of one account, model and setting. How long they take is learnt from those that
 * complete and from those that are still running; the first ones of a batch tell when to read the others.
 */
export class TaskKind {
	/** From the oldest to the newest. */
	private readonly durations: number[] = [];
	private readonly waiting = new Set<WaitingTask>();
	private plan: { at: number; reads: ReadPlan } | undefined;
	private earlyReadAt = -Infinity;
	private earlyReads = 0;

	/** `guessMs`: how long such tasks take, as long as none has completed. */
	constructor(private readonly guessMs: number) {}

	/** Begins to wait for a task that was created just now. */
	join(now: number): WaitingTask {
		const task = { createdAt: now, lastReadMs: 0 };
		this.waiting.add(task);
		return task;
	}

	/** A task is no longer waited for. */
	leave(task: WaitingTask): void {
		this.waiting.delete(task);
	}

	/** A task has completed after this time. */
	learn(durationMs: number): void {
		if (this.durations.length === MAX_DURATIONS) this.durations.splice(random(MAX_DURATIONS / 2 - 1), 1);
		this.durations.push(durationMs);
		this.plan = undefined;
	}

	/** When to read a task next; in milliseconds since 1970. It may change while the task waits. */
	nextReadAt(task: WaitingTask, now: number): number {
		const { createdAt, lastReadMs } = task;
		const planned = this.plannedMs(lastReadMs, now);
		const early = earlyRead(lastReadMs, planned, this.durations.length > 0);
		const isFree = now >= this.earlyReadAt + EARLY_INTERVAL_MS && this.isItsTurn(task);
		if (early === undefined || now < createdAt + early || !isFree) return createdAt + planned;
		this.earlyReadAt = now;
		task.earlyReads = ++this.earlyReads;
		return now;
	}

	/** The tasks take turns at being read early, so that none is read much more often than the others. */
	private isItsTurn({ earlyReads }: WaitingTask): boolean {
		return earlyReads === undefined || this.earlyReads - earlyReads >= this.waiting.size - 1;
	}

	/** When a task has probably completed, in milliseconds since 1970; undefined as long as nothing has been learnt about it. */
	probablyDoneAt({ createdAt, lastReadMs }: WaitingTask, now: number): number | undefined {
		const plan = this.readPlan(now);
		const planned = plan && plannedRead(plan, lastReadMs);
		return planned === undefined ? undefined : createdAt + planned;
	}

	/** How likely it is, from 0 to 1, that a task has completed since it was read last. */
	likelihood({ createdAt, lastReadMs }: WaitingTask, now: number): number {
		const age = now - createdAt;
		const plan = this.readPlan(now);
		return plan ? likelihood(plan, lastReadMs, age) : 1 - Math.exp((lastReadMs - age) / Math.max(this.guessMs, 1));
	}

	private plannedMs(lastReadMs: number, now: number): number {
		const plan = this.readPlan(now);
		if (!plan) return nextRead(lastReadMs, this.guessMs);
		const planned = plannedRead(plan, lastReadMs) ?? lastReadMs + longestStep(lastReadMs);
		return Math.max(planned, lastReadMs + SHORTEST_STEP_MS) + MARGIN_MS;
	}

	private readPlan(now: number): ReadPlan | undefined {
		if (this.durations.length === 0) return undefined;
		if (this.plan && now - this.plan.at < PLAN_MS) return this.plan.reads;
		const longest = Math.max(...this.durations);
		const overdue = [...this.waiting].filter(({ lastReadMs }) => lastReadMs >= longest).length;
		this.plan = { at: now, reads: planReads(this.durations, overdue) };
		return this.plan.reads;
	}
}
