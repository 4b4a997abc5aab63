import { memoize, once } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Limit } from 'p-limit';
import pLimit from 'p-limit';

import { readBalance } from '../api/balance';
import { failureError } from '../api/failure';
import { NOT_CHARGED } from '../api/inputError';
import { unlessAborted } from '../api/sleep';
import { asNumber, asText } from '../json';
import type { JsonObject } from '../json';
import { kindKey } from '../tasks/taskKinds';
import { createParameters } from './createMemory';
import type { CreateJob } from './job';
import type { FailedOutcome, Outcome } from './outcome';
import { isNotCreated } from './outcome';
import { balanceError, heldBackError, tooManyTasksError } from './runErrors';
import { runMemory } from './runMemory';
import type { TaskEnd } from './spending';
import { afterTask, costOf, decide, NO_SPENDING, withCost, withRunning } from './spending';
import { isTool } from './toolCall';

/** Whether the task of an item may be created; otherwise why not. */
export type Admission = { kind: 'admitted' } | FailedOutcome | { kind: 'stopped' };

/** The limits that the options of a run set to what it may cost. They hold for all of its items together. */
export interface SpendingLimits {
	/**
	 * Counts a task that is to be created, before any is. `taskId`: an earlier try of this run has created it.
	 * @throws NodeOperationError if there are more than 'Maximum Tasks per Run' allows.
	 */
	register(job: CreateJob, taskId: string | undefined): void;
	/** Waits until the task of an item may be created. */
	admit(job: CreateJob, signal: AbortSignal): Promise<Admission>;
	/** The task of an admitted item has completed, or was not created. */
	settle(job: CreateJob, outcome: Outcome): Promise<void>;
	/** Whether a task has completed whose cost could not be found out. */
	hasUnknownCost(): boolean;
}

/** The limits of one run. Nothing is read or remembered for them before an item has one. */
export function spendingLimits(context: IExecuteFunctions): SpendingLimits {
	let tasks = 0;
	let spending = NO_SPENDING;
	let balance: ReturnType<typeof readBalance> | undefined;
	/** What the balance would be if nothing but the finished tasks had been charged. */
	let expectedBalance: number | undefined;
	/** The kinds of the tasks that run, by item. */
	const admitted = new Map<number, string>();
	/** One item of a kind at a time waits for a task to end; the others wait for their turn, so that no task wakes them all. */
	const turnOf = memoize<(kind: string) => Limit>(() => pLimit(1));
	const waiting: Array<() => void> = [];

	/** The costs of the run, those of its earlier tries included. */
	const costs = once(() => {
		const memory = costMemory(context);
		for (const { kind, credits, isSuccess } of memory.costs.values())
			spending = withCost(spending, kind, credits, isSuccess);
		return memory;
	});

	function enter(job: CreateJob): void {
		const kind = kindOf(job);
		spending = withRunning(spending, kind, 1);
		admitted.set(job.itemIndex, kind);
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
		expectedBalance ??= read.credits;
		if (minimumBalance === undefined || read.credits >= minimumBalance) return undefined;
		return { kind: 'failed', error: balanceError(context, read.credits, minimumBalance, itemIndex) };
	}

	/** How much the balance has dropped beyond the costs of the finished tasks. */
	async function balanceDrop(): Promise<number | undefined> {
		const read = await readBalance(context, { retries: true });
		return read.kind === 'failed' || expectedBalance === undefined ? undefined : expectedBalance - read.credits;
	}

	async function admitWithin(job: CreateJob, maxCredits: number, signal: AbortSignal): Promise<Admission> {
		const kind = kindOf(job);
		for (;;) {
			if (signal.aborted) return { kind: 'stopped' };
			switch (decide(spending, kind, maxCredits)) {
				case 'create':
					enter(job);
					return { kind: 'admitted' };
				case 'holdBack':
					return { kind: 'failed', error: heldBackError(context, spending, kind, maxCredits, job.itemIndex) };
				case 'wait':
					await unlessAborted(new Promise<void>((resolve) => waiting.push(resolve)), signal);
			}
		}
	}

	return {
		register(job, taskId) {
			const { maxTasks, maxCredits } = job.options;
			if (maxTasks !== undefined && tasks >= maxTasks) throw tooManyTasksError(context, maxTasks, job.itemIndex);
			tasks += 1;
			if (maxCredits === undefined) return;
			const isCounted = taskId === undefined || costs().costs.has(taskId);
			if (!isCounted) enter(job);
		},

		async admit(job, signal) {
			const issue = await balanceIssue(job, signal);
			if (issue) return issue;
			const { maxCredits } = job.options;
			if (maxCredits === undefined) return { kind: 'admitted' };
			costs();
			return await turnOf(kindOf(job))(async () => await admitWithin(job, maxCredits, signal));
		},

		async settle({ itemIndex }, outcome) {
			const kind = admitted.get(itemIndex);
			if (kind === undefined) return;
			admitted.delete(itemIndex);
			const end = endOf(outcome);
			if (end.kind === 'finished') {
				const drop = end.credits === undefined ? await balanceDrop() : undefined;
				const credits = costOf(spending, kind, end, drop);
				spending = afterTask(spending, kind, end, credits);
				if (expectedBalance !== undefined && Number.isFinite(credits)) expectedBalance -= credits;
				const { isSuccess } = end;
				if (outcome.task && Number.isFinite(credits)) costs().add(outcome.task.taskId, { kind, credits, isSuccess });
			} else {
				spending = afterTask(spending, kind, end);
			}
			for (const resolve of waiting.splice(0)) resolve();
		},

		hasUnknownCost: () => [...spending.prices.values()].includes(Infinity),
	};
}

/** Tasks that cost about the same also take about the same time. */
function kindOf({ model, body, milestone }: CreateJob): string {
	return kindKey({ api: model.api ?? 'market', model: model.id, input: body, milestone });
}

/** What a finished task has cost. */
interface TaskCost {
	kind: string;
	credits: number;
	isSuccess: boolean;
}

/**
 * The costs of the finished tasks of a run by their IDs, which n8n keeps for its next try. Each call of a tool is a run of
 * its own, with one try.
 */
function costMemory(context: IExecuteFunctions) {
	const costs = new Map<string, TaskCost>();
	if (isTool(context)) return { costs, add: () => {} };
	const memory = runMemory<TaskCost & { taskId: string }>(context, 'kie-costs', parseCost, createParameters);
	for (let entry = memory.recall(0); entry; entry = memory.recall(costs.size)) costs.set(entry.taskId, entry);
	const add = (taskId: string, cost: TaskCost) => {
		memory.remember(costs.size, { taskId, ...cost });
		costs.set(taskId, cost);
	};
	return { costs, add };
}

function parseCost({ taskId, kind, credits, isSuccess }: JsonObject) {
	const [id, kindName, amount] = [asText(taskId), asText(kind), asNumber(credits)];
	if (id === undefined || kindName === undefined || amount === undefined) return undefined;
	return { taskId: id, kind: kindName, credits: amount, isSuccess: isSuccess === true };
}

/** What an outcome says about the cost of a task. A task that is still running when the node gives up waiting is paid for unseen. */
function endOf(outcome: Outcome): TaskEnd {
	if (isNotCreated(outcome)) return { kind: 'notCreated' };
	if (outcome.kind === 'done') return { kind: 'finished', isSuccess: true, credits: outcome.status.credits };
	if (outcome.kind !== 'failed' || !outcome.ended) return { kind: 'unseen' };
	return { kind: 'finished', isSuccess: outcome.ended === 'success', credits: outcome.credits };
}
