import { sum } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

import { readBalance } from '../api/balance';
import { failureError } from '../api/failure';
import { NOT_CHARGED } from '../api/inputError';
import { unlessAborted } from '../api/sleep';
import { asNumber, isObject } from '../json';
import type { JsonObject } from '../json';
import type { CreateJob, Job } from './job';
import type { FailedOutcome, Outcome } from './outcome';
import { balanceError, heldBackError, tooManyTasksError } from './runErrors';
import { runMemory } from './runMemory';
import type { Spending, TaskEnd } from './spending';
import { afterTask, costOf, decide } from './spending';

/** Whether the task of an item may be created; otherwise why not. */
export type Admission = { kind: 'admitted' } | FailedOutcome | { kind: 'stopped' };

/** The limits that the options of a run set to what it may cost. They hold for all of its items together. */
export interface SpendingLimits {
	/**
	 * Counts a task that is to be created, before any is.
	 * @throws NodeOperationError if there are more than 'Maximum Tasks per Run' allows.
	 */
	register(job: Job, isCreated: boolean): void;
	/** Waits until the task of an item may be created. */
	admit(job: CreateJob, signal: AbortSignal): Promise<Admission>;
	/** The task of an admitted item has ended, or was not created. */
	settle(job: CreateJob, outcome: Outcome): Promise<void>;
}

/** The costs of the tasks of a run by their IDs, which n8n keeps for the next try of the node. */
interface Costs {
	costs: Record<string, number>;
}

export function spendingLimits(context: IExecuteFunctions): SpendingLimits {
	let tasks = 0;
	let spending: Spending = { spent: 0, running: 0, unseen: 0 };
	let balance: ReturnType<typeof readBalance> | undefined;
	let lastBalance: number | undefined;
	let memory: ReturnType<typeof costMemory> | undefined;
	const admitted = new Set<number>();
	const waiting: Array<() => void> = [];

	/** The spending so far, with what earlier tries of this run have spent. */
	function start(): void {
		if (memory) return;
		memory = costMemory(context);
		const costs = Object.values(memory.recall(0)?.costs ?? {});
		spending = { ...spending, spent: sum(costs), highest: costs.length > 0 ? Math.max(...costs) : undefined };
	}

	function enter(job: CreateJob): void {
		spending = { ...spending, running: spending.running + 1 };
		admitted.add(job.itemIndex);
	}

	/** Why the balance does not allow a task; it is read once for all items. */
	async function balanceIssue({ itemIndex, options }: CreateJob, signal: AbortSignal): Promise<Admission | undefined> {
		const { minimumBalance, maxCredits } = options;
		if (minimumBalance === undefined && maxCredits === undefined) return undefined;
		balance ??= readBalance(context, { retries: true, signal });
		const read = await balance;
		if (signal.aborted) return { kind: 'stopped' };
		if (read.kind === 'failed') {
			if (minimumBalance === undefined) return undefined;
			return { kind: 'failed', error: failureError(context.getNode(), read.failure, itemIndex, NOT_CHARGED) };
		}
		lastBalance ??= read.credits;
		if (minimumBalance === undefined || read.credits >= minimumBalance) return undefined;
		return { kind: 'failed', error: balanceError(context, read.credits, minimumBalance, itemIndex) };
	}

	/** How much the balance has dropped since it was last read. */
	async function balanceDrop(): Promise<number | undefined> {
		const before = lastBalance;
		const read = await readBalance(context, { retries: true });
		if (read.kind === 'failed' || before === undefined) return undefined;
		lastBalance = read.credits;
		return before - read.credits;
	}

	return {
		register(job, isCreated) {
			if (job.kind !== 'create') return;
			const { maxTasks, maxCredits } = job.options;
			if (maxTasks !== undefined && tasks >= maxTasks) throw tooManyTasksError(context, maxTasks, job.itemIndex);
			tasks += 1;
			if (maxCredits === undefined) return;
			start();
			if (isCreated) enter(job);
		},

		async admit(job, signal) {
			const issue = await balanceIssue(job, signal);
			if (issue) return issue;
			const { maxCredits } = job.options;
			if (maxCredits === undefined) return { kind: 'admitted' };
			for (;;) {
				if (signal.aborted) return { kind: 'stopped' };
				switch (decide(spending, maxCredits)) {
					case 'create':
						enter(job);
						return { kind: 'admitted' };
					case 'holdBack':
						return { kind: 'failed', error: heldBackError(context, spending, maxCredits, job.itemIndex) };
					case 'wait':
						await unlessAborted(new Promise<void>((resolve) => waiting.push(resolve)), signal);
				}
			}
		},

		async settle(job, outcome) {
			if (!admitted.delete(job.itemIndex)) return;
			const end = endOf(outcome);
			const cost =
				end.kind === 'finished' ? costOf(end, end.credits === undefined ? await balanceDrop() : undefined) : 0;
			spending = afterTask(spending, end, cost);
			if (end.kind === 'finished' && outcome.task && Number.isFinite(cost)) {
				const { costs = {} } = memory?.recall(0) ?? {};
				memory?.remember(0, { costs: { ...costs, [outcome.task.taskId]: cost } });
			}
			for (const resolve of waiting.splice(0)) resolve();
		},
	};
}

function costMemory(context: IExecuteFunctions) {
	return runMemory<Costs>(context, 'kie-costs', ({ costs }: JsonObject) => {
		const entries = Object.entries(isObject(costs) ? costs : {});
		return { costs: Object.fromEntries(entries.map(([taskId, cost]) => [taskId, asNumber(cost) ?? 0])) };
	});
}

/** What an outcome says about the cost of a task. A task that is still running when the node gives up waiting is paid for unseen. */
function endOf(outcome: Outcome): TaskEnd {
	switch (outcome.kind) {
		case 'done':
			return { kind: 'finished', isSuccess: true, credits: outcome.status.credits };
		case 'failed':
			if (!outcome.task && !outcome.unconfirmed) return { kind: 'notCreated' };
			if (!outcome.ended) return { kind: 'unseen' };
			return { kind: 'finished', isSuccess: outcome.ended === 'success', credits: outcome.credits };
		default:
			return outcome.task ? { kind: 'unseen' } : { kind: 'notCreated' };
	}
}
