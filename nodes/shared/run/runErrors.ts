import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { Failure } from '../api/failure';
import { apiError, describeFailure } from '../api/failure';
import type { TaskContext } from '../api/request';
import type { PollResult } from '../tasks/pollTask';
import type { TaskStatus } from '../adapters/taskStatus';
import type { Outcome, TaskRef } from './outputItems';

/** What is said when an item does not come to its end; every text names what is paid for and where it is. */

const LOGS = 'https://kie.ai/logs';
/** The way to a result that this run did not get. */
const FETCH = 'fetch it with the node Kie Common (Task: Wait)';
const FETCH_ALL = 'fetch them with the node Kie Common (Task: Wait)';

/** The task ended without a result, for a reason of Kie's. */
export function failedTaskError(
	context: TaskContext,
	task: TaskRef,
	{ failure }: TaskStatus,
	itemIndex: number,
): NodeApiError {
	const reason = failure?.reason || 'Kie.ai gives no reason';
	const code = failure?.code ? ` (code ${failure.code})` : '';
	return apiError(context.getNode(), {
		message: `Kie.ai could not finish the task: ${reason} [item ${itemIndex}]`,
		description: `${describeTask(task)} ended without a result${code}. See ${LOGS} for whether credits were given back.`,
		itemIndex,
	});
}

/** The wait ended before the task did. */
export function waitError(
	context: TaskContext,
	task: TaskRef,
	ended: Exclude<PollResult, { kind: 'finished' | 'cancelled' }>,
	limitMs: number,
	itemIndex: number,
): NodeApiError {
	if (ended.kind === 'unreadable') return unreadTaskError(context, task, ended.failure, itemIndex);
	const last = ended.lastFailure ? ` The last look at it brought: ${describeFailure(ended.lastFailure).message}.` : '';
	return apiError(context.getNode(), {
		message: `The task ${task.taskId} is not done after ${limitMs / 60_000} minutes [item ${itemIndex}]`,
		description: `It goes on at Kie.ai. Raise 'Time Limit (Minutes)' in the options for the next time. ${describeTask(task)} is paid for; ${FETCH}.${last}`,
		itemIndex,
	});
}

/** The task is done, and a file of it could not be fetched. */
export function downloadError(
	context: TaskContext,
	task: TaskRef,
	urls: string[],
	failure: Failure,
	itemIndex: number,
): NodeApiError {
	return apiError(context.getNode(), {
		message: `A finished file could not be downloaded: ${failure.reason || failure.kind} [item ${itemIndex}]`,
		description: `${describeTask(task)} is done and paid for. Its files are still at ${urls.join(', ')}; fetch them soon, Kie.ai keeps files for a short time only.`,
		itemIndex,
	});
}

/** Nobody knows whether the create arrived. */
export function unconfirmedError(
	context: TaskContext,
	message: string,
	itemIndex: number,
	failure?: Failure,
): NodeApiError {
	return apiError(context.getNode(), {
		message: `${message} [item ${itemIndex}]`,
		description: `Kie.ai did not confirm the task, so it may have been created and charged. It is not sent again, so that nothing is paid twice. Look at ${LOGS}; if the task is not there, start the workflow anew, because a retry of this execution does not send it either.`,
		httpCode: failure?.code?.toString(),
		itemIndex,
	});
}

/** Names a task in a sentence. */
export function describeTask({ taskId, api, model }: TaskRef): string {
	return `Task ${taskId} (API ${api}${model ? `, model ${model}` : ''})`;
}

/** A task whose record cannot be read. */
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
		description: `${isUnknown ? `It answers: ${failure.reason}.` : description} ${describeTask(task)} may be paid for; look for it at ${LOGS}.`,
		httpCode: failure.code?.toString(),
		itemIndex,
	});
}

/** Something that should not happen; a task that is there already is named. */
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
			description: task ? `${describeTask(task)} is paid for; ${FETCH}.` : undefined,
		},
	);
}

/** What `work` gives, or what it throws as an error of the item. */
export function attempt<T>(context: TaskContext, itemIndex: number, work: () => T): T | NodeOperationError {
	try {
		return work();
	} catch (error) {
		return unexpectedError(context, error, itemIndex);
	}
}

/** What was thrown while an item ran, as an error of the item; one of ours stays as it is. */
export function itemError(context: TaskContext, error: unknown, itemIndex: number): NodeApiError | NodeOperationError {
	return error instanceof NodeApiError ? error : unexpectedError(context, error, itemIndex);
}

/** The tasks that Kie has, or may have, for the items of a run, but for the outcome `except`. */
function tasksOf(outcomes: Outcome[], except?: Outcome): string[] {
	return outcomes.flatMap((outcome, itemIndex) => {
		if (outcome === except) return [];
		if (outcome.kind === 'failed' && outcome.unconfirmed)
			return [`item ${itemIndex}: not confirmed, may have been created`];
		if (!outcome.task) return [];
		const { taskId, api } = outcome.task;
		if (outcome.kind === 'failed') return [`item ${itemIndex}: ${taskId} (${api}): ${outcome.error.message}`];
		if (outcome.kind === 'done')
			return [`item ${itemIndex}: ${taskId} (${api}, done): ${outcome.snapshot.urls.join(', ')}`];
		return [`item ${itemIndex}: ${taskId} (${api}, going on)`];
	});
}

/** When one item ends the run, the tasks of the others are named, because they are paid for too. */
export function withOtherTasks(
	failed: Extract<Outcome, { kind: 'failed' }>,
	outcomes: Outcome[],
): NodeApiError | NodeOperationError {
	const { error } = failed;
	const others = tasksOf(outcomes, failed);
	if (others.length === 0) return error;
	error.description = [
		error.description ?? '',
		`These tasks of the same run were created too and are paid for; ${FETCH_ALL}: ${others.join('; ')}.`,
		"With 'On Error' set to continue, the other items come out whole.",
	]
		.join(' ')
		.trim();
	return error;
}

/** The user has stopped the execution. Also logged, because n8n does not keep what a stopped node throws. */
export function stoppedError(context: TaskContext, outcomes: Outcome[]): NodeOperationError {
	const tasks = tasksOf(outcomes);
	const description =
		tasks.length > 0
			? `These tasks go on at Kie.ai and are paid for; ${FETCH_ALL}: ${tasks.join('; ')}.`
			: 'No task was created.';
	context.logger.warn(`Kie: the execution was stopped. ${description}`);
	// The word `canceled` in the message is what makes n8n show the execution as canceled instead of failed.
	return new NodeOperationError(context.getNode(), 'The execution was canceled', { description });
}
