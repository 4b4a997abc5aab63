import { sum, sumBy } from 'lodash';

/** When a run may create a task, so that it stays within the credits that it may cost. A price is known only from tasks that have finished. */

/** What a run has cost so far, in credits. A kind is a model with the settings that decide about its price. */
export interface Spending {
	/** What finished tasks have cost. */
	spent: number;
	/** The highest cost of a task by kind; infinite if it cannot be found out. */
	prices: ReadonlyMap<string, number>;
	/** How many tasks run or are about to be created, by kind. */
	running: ReadonlyMap<string, number>;
	/** How many of them this run does not see end, such as those for which the execution will be paused. */
	unseen: number;
}

export const NO_SPENDING: Spending = { spent: 0, prices: new Map(), running: new Map(), unseen: 0 };

/** `wait`: until a task has finished. */
export type Decision = 'create' | 'wait' | 'holdBack';

/** Whether another task may be created. One whose price is not known runs alone. */
export function decide(spending: Spending, kind: string, maxCredits: number): Decision {
	const { spent, prices, unseen } = spending;
	const price = prices.get(kind);
	const running = countRunning(spending);
	const isFirst = price === undefined && running === 0 && spent < maxCredits;
	const fits = price !== undefined && spent + costOfRunning(spending, Infinity) + price <= maxCredits;
	if (isFirst || fits) return 'create';
	return running > unseen ? 'wait' : 'holdBack';
}

/** How many tasks run, of all kinds. */
export function countRunning({ running }: Spending): number {
	return sum([...running.values()]);
}

/** What the tasks that run will probably cost. `unknown`: what one without a known price counts. */
function costOfRunning({ prices, running }: Spending, unknown: number): number {
	const counted = [...running].filter(([, count]) => count > 0);
	return sumBy(counted, ([kind, count]) => count * (prices.get(kind) ?? unknown));
}

/** The spending with one more task of a kind that runs, or one less. */
export function withRunning(spending: Spending, kind: string, change: 1 | -1): Spending {
	const running = new Map(spending.running).set(kind, (spending.running.get(kind) ?? 0) + change);
	return { ...spending, running };
}

/** The outcome of an item's task as far as its cost is concerned. `credits`: what its record says it has cost. */
export type TaskEnd =
	{ kind: 'finished'; isSuccess: boolean; credits?: number } | { kind: 'unseen' } | { kind: 'notCreated' };

/**
 * The cost of a finished task: what its record says, or else what the balance has dropped beyond the costs of the tasks
 * that have finished and of those that still run, which may contain the cost of others. A success for which nothing seems
 * to be charged may be charged later: its cost is the highest so far, or infinite, so that nothing more is created.
 * `balanceDrop`: since the run began, without what finished tasks have cost.
 */
export function costOf(
	spending: Spending,
	kind: string,
	end: Extract<TaskEnd, { kind: 'finished' }>,
	balanceDrop: number | undefined,
): number {
	if (end.credits !== undefined) return end.credits;
	const highest = spending.prices.get(kind);
	if (balanceDrop === undefined) return highest ?? Infinity;
	const charged = balanceDrop - costOfRunning(withRunning(spending, kind, -1), 0);
	if (!end.isSuccess) return Math.max(charged, 0);
	return charged > 0 ? Math.max(charged, highest ?? 0) : (highest ?? Infinity);
}

/** The spending after a task. */
export function afterTask(spending: Spending, kind: string, end: TaskEnd, cost = 0): Spending {
	switch (end.kind) {
		case 'unseen':
			return { ...spending, unseen: spending.unseen + 1 };
		case 'notCreated':
			return withRunning(spending, kind, -1);
		case 'finished':
			return withCost(withRunning(spending, kind, -1), kind, cost, end.isSuccess);
	}
}

/** The spending with the cost of a finished task. A failed one that costs nothing says nothing about the price. */
export function withCost(spending: Spending, kind: string, cost: number, isSuccess: boolean): Spending {
	const spent = spending.spent + (Number.isFinite(cost) ? cost : 0);
	if (!isSuccess && cost === 0) return { ...spending, spent };
	const highest = Math.max(spending.prices.get(kind) ?? 0, cost);
	return { ...spending, spent, prices: new Map(spending.prices).set(kind, highest) };
}
