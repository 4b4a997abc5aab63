import { round } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { Failure } from '../api/failure';
import { apiError, describeFailure } from '../api/failure';
import type { TaskContext } from '../api/request';
import type { PollResult } from '../tasks/pollTask';
import type { TaskStatus } from '../adapters/taskStatus';
import type { TaskRef } from '../tasks/taskRef';
import type { CreateJob } from './job';
import type { ItemError, Outcome } from './outcome';
import type { Spending } from './spending';
import { countRunning } from './spending';

/** Errors of items that did not complete; each names what was charged and where it can be found. */

const LOGS = 'https://kie.ai/logs';
const NO_TASK_CREATED = 'No task was created. No credits were charged.';
const FETCH = 'Get its result with the Kie Common node (Task: Wait)';
const FETCH_ALL = 'Get their results with the Kie Common node (Task: Wait)';

/** The task failed at Kie. */
export function failedTaskError(
	context: TaskContext,
	task: TaskRef,
	{ failure }: TaskStatus,
	itemIndex: number,
): NodeApiError {
	const reason = failure?.reason || 'no reason given';
	const code = failure?.code ? ` (code ${failure.code})` : '';
	return apiError(context.getNode(), {
		message: `Kie.ai could not complete the task: ${reason} [item ${itemIndex}]`,
		description: `${describeTask(task)} returned no result${code}. Check ${LOGS} to see whether its credits were refunded.`,
		itemIndex,
	});
}

/** The time limit passed before the task completed. */
export function waitError(
	context: TaskContext,
	task: TaskRef,
	polled: Exclude<PollResult, { kind: 'finished' | 'cancelled' }>,
	limitMs: number,
	itemIndex: number,
): NodeApiError {
	if (polled.kind === 'unreadable') return unreadTaskError(context, task, polled.failure, itemIndex);
	if (polled.kind === 'withoutResult') return withoutResultError(context, task, itemIndex);
	const last = polled.lastFailure
		? ` The last status check returned: ${describeFailure(polled.lastFailure).message}.`
		: '';
	return apiError(context.getNode(), {
		message: `Task ${task.taskId} did not complete within ${limitMs / 60_000} minutes [item ${itemIndex}]`,
		description: `${describeTask(task)} is still running at Kie.ai and has been charged. ${FETCH}. To wait longer next time, raise 'Time Limit (Minutes)' in the options.${last}`,
		itemIndex,
	});
}

/** The record of the task says success, and has no result. */
function withoutResultError(context: TaskContext, task: TaskRef, itemIndex: number): NodeApiError {
	return apiError(context.getNode(), {
		message: `Task ${task.taskId} succeeded at Kie.ai, but has no result [item ${itemIndex}]`,
		description: `${describeTask(task)} completed and has been charged, so it is not created again by a retry of this execution. The result may still arrive. ${FETCH}, or check ${LOGS} and contact Kie.ai.`,
		itemIndex,
	});
}

/** The execution was paused for the task and resumed without its result. */
export function lostTaskError(context: TaskContext, task: TaskRef, itemIndex: number): NodeApiError {
	return apiError(context.getNode(), {
		message: `The execution was resumed without the result of task ${task.taskId} [item ${itemIndex}]`,
		description: `${describeTask(task)} was still running at Kie.ai when the execution was paused, and has been charged. ${FETCH}.`,
		itemIndex,
	});
}

/** The task completed, and one of its files could not be downloaded. */
export function downloadError(
	context: TaskContext,
	task: TaskRef,
	urls: string[],
	failure: Failure,
	itemIndex: number,
): NodeApiError {
	return apiError(context.getNode(), {
		message: `A result file could not be downloaded: ${failure.reason || failure.kind} [item ${itemIndex}]`,
		description: `${describeTask(task)} completed and has been charged. Its files are still available at ${urls.join(', ')}. Download them soon: Kie.ai keeps files for a limited time.`,
		itemIndex,
	});
}

/** Nobody knows whether Kie accepted the task. */
export function unconfirmedError(
	context: TaskContext,
	message: string,
	itemIndex: number,
	failure?: Failure,
): NodeApiError {
	return apiError(context.getNode(), {
		message: `${message} [item ${itemIndex}]`,
		description: `Kie.ai did not confirm the task, so it may have been created and charged. It is not sent again, to avoid paying twice. Check ${LOGS}: if the task is not listed there, run the workflow again. A retry of this execution does not send it either.`,
		httpCode: failure?.code?.toString(),
		itemIndex,
	});
}

/** The execution that n8n retries crashed before n8n stored what the node had created. */
export function retriedError(context: TaskContext, itemIndex: number): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		`The task may exist already: the execution that is being retried crashed [item ${itemIndex}]`,
		{
			itemIndex,
			description: `n8n had not stored which tasks this node created, so nothing was sent, to avoid paying twice. Check ${LOGS} or the log of n8n for their IDs. ${FETCH_ALL}, or turn on 'Create Again on Retry' in the options to create all tasks again.`,
		},
	);
}

const HELD_BACK = 'No task was created for this item, and no credits were charged for it.';

/** The run has more items than 'Maximum Tasks per Run' allows. */
export function tooManyTasksError(context: IExecuteFunctions, maxTasks: number, itemIndex: number): NodeOperationError {
	const items = context.getInputData().length;
	return new NodeOperationError(
		context.getNode(),
		`'Maximum Tasks per Run' allows ${maxTasks} of the ${items} items [item ${itemIndex}]`,
		{ itemIndex, description: `${HELD_BACK} Raise the limit in the options, or run the workflow with fewer items.` },
	);
}

/** The balance is too low to create anything. */
export function balanceError(
	context: TaskContext,
	balance: number,
	minimumBalance: number,
	itemIndex: number,
): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		`The balance of ${balance} credits is below the minimum of ${minimumBalance} [item ${itemIndex}]`,
		{
			itemIndex,
			description: `${HELD_BACK} Add credits at https://kie.ai, or lower 'Minimum Balance (Credits)' in the options.`,
		},
	);
}

/** Another task could exceed 'Maximum Credits per Run'. */
export function heldBackError(
	context: TaskContext,
	spending: Spending,
	kind: string,
	maxCredits: number,
	itemIndex: number,
): NodeOperationError {
	const { spent, prices } = spending;
	const highest = prices.get(kind) ?? Infinity;
	const running = countRunning(spending);
	const price = Number.isFinite(highest)
		? `a task costs up to ${round(highest, 2)}`
		: 'the cost of a task is not known';
	return new NodeOperationError(
		context.getNode(),
		`'Maximum Credits per Run' is reached: ${round(spent, 2)} of ${maxCredits} credits are spent, and ${price} [item ${itemIndex}]`,
		{
			itemIndex,
			description: `${HELD_BACK} ${running === 0 ? '' : `Tasks of this run that are still running: ${running}. `}Raise the limit in the options, or run the workflow again with the items that were held back.`,
		},
	);
}

/** A task as the subject of a sentence. */
export function describeTask({ taskId, api, model }: TaskRef): string {
	return `Task ${taskId} (API ${api}${model ? `, model ${model}` : ''})`;
}

/** The status of the task cannot be read. */
export function unreadTaskError(
	context: TaskContext,
	task: TaskRef,
	failure: Failure,
	itemIndex: number,
): NodeApiError {
	const isUnknown = failure.kind === 'invalidInput' || failure.kind === 'notFound';
	const { message, description } = describeFailure(failure);
	return apiError(context.getNode(), {
		message: `${isUnknown ? `Kie.ai has no record of the task ${task.taskId}` : message} [item ${itemIndex}]`,
		description: `${isUnknown ? `Kie.ai returned: ${failure.reason}.` : description} ${describeTask(task)} may have been charged. Check ${LOGS}.`,
		httpCode: failure.code?.toString(),
		itemIndex,
	});
}

/** An unexpected error; if the item has a task already, it is named. */
export function unexpectedError(
	context: TaskContext,
	error: unknown,
	itemIndex: number,
	task?: TaskRef,
): NodeOperationError {
	if (error instanceof NodeOperationError && !task) return error;
	const message = error instanceof Error ? error.message : String(error);
	return new NodeOperationError(
		context.getNode(),
		message.includes('[item ') ? message : `${message} [item ${itemIndex}]`,
		{
			itemIndex,
			description: task ? `${describeTask(task)} has been charged. ${FETCH}.` : undefined,
		},
	);
}

/** What was thrown while an item ran, as an error of the item; one of ours stays as it is. */
export function itemError(context: TaskContext, error: unknown, itemIndex: number): ItemError {
	return error instanceof NodeApiError ? error : unexpectedError(context, error, itemIndex);
}

/** The value of `work`, or what it throws as an error of the item. */
export function attempt<T>(context: TaskContext, itemIndex: number, work: () => T): T | NodeOperationError {
	try {
		return work();
	} catch (error) {
		return unexpectedError(context, error, itemIndex);
	}
}

/** One line for each item that has, or may have, a task at Kie. */
function taskLines(outcomes: Map<number, Outcome>): string[] {
	return [...outcomes]
		.sort(([a], [b]) => a - b)
		.flatMap(([itemIndex, outcome]) => {
			if (outcome.kind === 'failed' && outcome.unconfirmed)
				return [`item ${itemIndex}: not confirmed, may have been created`];
			if (!outcome.task) return [];
			const { taskId, api } = outcome.task;
			if (outcome.kind === 'failed') return [`item ${itemIndex}: ${taskId} (${api}): ${outcome.error.message}`];
			const urls = urlsOf(outcome);
			return [`item ${itemIndex}: ${taskId} (${api}, ${urls ? `completed): ${urls.join(', ')}` : 'still running)'}`];
		});
}

/** The files of a completed task; undefined if it is still running. */
function urlsOf(outcome: Outcome): string[] | undefined {
	if (outcome.kind === 'done') return outcome.status.urls;
	return outcome.kind === 'stopped' ? outcome.urls : undefined;
}

/** If one item stops the run, its error names the tasks of the others, because they are paid for, too. */
export function withOtherTasks(error: ItemError, outcomes: Map<number, Outcome>, itemIndex: number): ItemError {
	const others = new Map(outcomes);
	others.delete(itemIndex);
	const tasks = taskLines(others);
	if (tasks.length === 0) return error;
	error.description = [
		error.description ?? '',
		`Other tasks of this run were created and charged. ${FETCH_ALL}: ${tasks.join('; ')}.`,
		"To get the results of the other items, set 'On Error' to one of the continue options.",
	]
		.join(' ')
		.trim();
	return error;
}

/** Adds to the error of a fallback model what happened with the first one. */
export function namePreviousFailure(error: ItemError, { model }: CreateJob, first: ItemError): void {
	error.description =
		`${error.description ?? ''} Before, the model ${model.id} failed: ${first.message}. ${first.description ?? ''}`.trim();
}

/** The tasks that a canceled run leaves behind. */
export function describeTasks(outcomes: Map<number, Outcome>): string {
	const tasks = taskLines(outcomes);
	if (tasks.length === 0) return NO_TASK_CREATED;
	return `Tasks of this run were created and charged, and those still running continue at Kie.ai. ${FETCH_ALL}: ${tasks.join('; ')}.`;
}

/** The user has stopped the execution. Also logged, because n8n does not keep what a stopped node throws. */
export function canceledError(context: TaskContext, description = NO_TASK_CREATED): NodeOperationError {
	context.logger.warn(`Kie: the execution was canceled. ${description}`);
	// The word `canceled` in the message is what makes n8n show the execution as canceled instead of failed.
	return new NodeOperationError(context.getNode(), 'The execution was canceled', { description });
}
