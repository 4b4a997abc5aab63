/** When a run may create a task, so that it stays within the credits that it may cost. Times a task's price is known only from tasks that have finished. */

/** What a run has cost so far, in credits. */
export interface Spending {
	/** What finished tasks have cost. */
	spent: number;
	/** The highest cost of a task; undefined until one is known, infinite if it cannot be found out. */
	highest?: number;
	/** Tasks that run or are about to be created. */
	running: number;
	/** Those of them that this run does not see end, such as those for which the execution will be paused. */
	unseen: number;
}

/** `wait`: until a task has finished. */
export type Decision = 'create' | 'wait' | 'holdBack';

/** Whether another task may be created. While no cost is known, tasks are created one at a time. */
export function decide({ spent, highest, running, unseen }: Spending, maxCredits: number): Decision {
	const isFirst = highest === undefined && running === 0;
	const fits = highest !== undefined && spent + highest * (running + 1) <= maxCredits;
	if (isFirst || fits) return 'create';
	return running > unseen ? 'wait' : 'holdBack';
}

/** How the task of an item has ended, as far as its cost is concerned. `credits`: what its record says it has cost. */
export type TaskEnd =
	{ kind: 'finished'; isSuccess: boolean; credits?: number } | { kind: 'unseen' } | { kind: 'notCreated' };

/**
 * The cost of a finished task: what its record says, or else what the balance has dropped since it was last read, which
 * may contain the cost of others. A success for which nothing seems to be charged may be charged later; its cost is
 * infinite, so that nothing more is created.
 */
export function costOf(end: Extract<TaskEnd, { kind: 'finished' }>, balanceDrop: number | undefined): number {
	if (end.credits !== undefined) return end.credits;
	if (balanceDrop !== undefined && balanceDrop > 0) return balanceDrop;
	return end.isSuccess || balanceDrop === undefined ? Infinity : 0;
}

/** The spending once a task has ended. A failed task without a cost says nothing about the price. */
export function afterTask(spending: Spending, end: TaskEnd, cost = 0): Spending {
	const running = spending.running - 1;
	switch (end.kind) {
		case 'unseen':
			return { ...spending, unseen: spending.unseen + 1 };
		case 'notCreated':
			return { ...spending, running };
		case 'finished': {
			const isPrice = end.isSuccess || cost > 0;
			const highest = isPrice ? Math.max(spending.highest ?? 0, cost) : spending.highest;
			return { ...spending, running, highest, spent: spending.spent + (Number.isFinite(cost) ? cost : 0) };
		}
	}
}
