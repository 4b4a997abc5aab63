import { compact, round, sum } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

import { readBalance } from '../api/balance';
import type { Outcome } from './outcome';
import { isTool } from './toolCall';

/** What a run has created. `credits`: what each has cost, undefined where Kie.ai does not say. */
export interface RunCost {
	unit: 'task' | 'response';
	credits: Array<number | undefined>;
}

/** IDs of tasks in the attributes of a trace; the rest are in the output. */
const TRACED_TASKS = 50;

/** The result does not wait longer for the balance. */
const BALANCE_TIMEOUT_MS = 5_000;

/** The costs of tasks, as far as they are known. */
export function costOfTasks(outcomes: Iterable<Outcome>): RunCost {
	const credits = [...outcomes]
		.filter(({ kind, task }) => kind !== 'stopped' && task !== undefined)
		.map((outcome) => {
			if (outcome.kind === 'done') return outcome.status.credits;
			return outcome.kind === 'failed' ? outcome.credits : undefined;
		});
	return { unit: 'task', credits };
}

/**
 * Shows below the output what a run has cost, such as "12 tasks, 96 credits, 904 left". The balance is read for runs in the
 * editor only, where somebody sees it.
 */
export async function showCost(context: IExecuteFunctions, cost: RunCost): Promise<void> {
	if (cost.credits.length === 0 || isTool(context)) return;
	const balance =
		context.getMode() === 'manual'
			? await readBalance(context, { retries: false, timeoutMs: BALANCE_TIMEOUT_MS })
			: undefined;
	const message = costText(cost, balance?.kind === 'ok' ? balance.credits : undefined);
	context.addExecutionHints({ message, location: 'outputPane' });
}

/** `balance`: the credits that are left, if they are known. */
export function costText({ unit, credits }: RunCost, balance?: number): string {
	const amounts = credits.filter((amount) => amount !== undefined);
	const bound = amounts.length < credits.length ? 'at least ' : '';
	const rest = balance === undefined ? undefined : amountText(balance);
	return compact([
		credits.length === 1 ? `1 ${unit}` : `${credits.length} ${unit}s`,
		amounts.length > 0 && `${bound}${creditsText(sum(amounts))}`,
		rest !== undefined && (amounts.length > 0 ? `${rest} left` : `${rest} credits left`),
	]).join(', ');
}

function creditsText(amount: number): string {
	return amount === 1 ? '1 credit' : `${amountText(amount)} credits`;
}

/** Prices have two decimals at most; sums of fractions have more. */
function amountText(amount: number): string {
	return String(round(amount, 2));
}

/** Adds the tasks of a run and their credits to n8n's trace of the node. */
export function traceTasks(context: IExecuteFunctions, outcomes: Outcome[]): void {
	const tasks = outcomes.flatMap(({ task }) => task ?? []);
	if (tasks.length === 0) return;
	const amounts = costOfTasks(outcomes).credits.filter((amount) => amount !== undefined);
	context.setMetadata({
		tracing: {
			'kie.task_count': tasks.length,
			'kie.task_ids': tasks
				.slice(0, TRACED_TASKS)
				.map(({ taskId }) => taskId)
				.join(','),
			...(amounts.length > 0 && { 'kie.credits_consumed': round(sum(amounts), 2) }),
		},
	});
}
