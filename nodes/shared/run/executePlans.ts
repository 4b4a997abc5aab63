import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { adapters } from '../adapters';
import type { Batch } from './batch';
import { newBatch } from './batch';
import { createOnce } from './createOnce';
import { attempt, stoppedError, unexpectedError, withOtherTasks } from './runErrors';
import type { Outcome, TaskRef } from './outputItems';
import { failedItem, toItems } from './outputItems';
import { suspend, refuseUnreachable } from '../suspend/suspend';
import type { Plan } from './plan';
import { taskOf } from './plan';
import { end, lookAgain, lookUp, waitForTask } from './waitForTask';

/**
 * Runs a node that makes tasks: all items are checked first, then uploaded, created, watched and downloaded side by side, so a
 * batch takes as long as its slowest task. Output items are in the order of the input and paired with it.
 * @throws NodeOperationError for bad input, before anything is sent; NodeApiError that names every task of the run.
 */
export async function executePlans(
	context: IExecuteFunctions,
	planItem: (itemIndex: number) => Plan,
): Promise<INodeExecutionData[][]> {
	const plans = await refuseUnreachable(
		context,
		context.getInputData().map((_, itemIndex) => attempt(context, itemIndex, () => planItem(itemIndex))),
	);
	const wrong = plans.find((plan) => plan instanceof NodeOperationError);
	if (wrong && !context.continueOnFail()) throw wrong;

	const stop = new AbortController();
	const cancelled = context.getExecutionCancelSignal();
	const abort = () => stop.abort();
	cancelled?.addEventListener('abort', abort);
	if (cancelled?.aborted) abort();
	const batch = newBatch(context, stop.signal);

	const each = async (run: (plan: Plan) => Promise<Outcome>) =>
		await Promise.all(
			plans.map(async (plan): Promise<Outcome> => {
				if (plan instanceof NodeOperationError) return { kind: 'failed', error: plan };
				const outcome = await runSafely(batch, plan, run);
				if (outcome.kind === 'failed' && !context.continueOnFail()) stop.abort();
				return outcome;
			}),
		);
	let outcomes = await each(async (plan) => await runItem(batch, plan));
	if (outcomes.some(({ kind }) => kind === 'waiting')) {
		// While the last items were created, the tasks of the first ones may have ended.
		const before = outcomes;
		outcomes = await each(async (plan) => await lookAgain(batch, plan, before[plan.itemIndex]));
	}

	cancelled?.removeEventListener('abort', abort);
	if (cancelled?.aborted) throw stoppedError(context, outcomes);
	const failure = outcomes.find((outcome) => outcome.kind === 'failed');
	if (failure?.kind === 'failed' && !context.continueOnFail()) throw withOtherTasks(failure, outcomes);
	const items = plans.map((plan, itemIndex) => {
		const outcome = outcomes[itemIndex];
		if (plan instanceof NodeOperationError) return [failedItem(plan, itemIndex)];
		return outcome ? toItems(outcome, plan) : [];
	});
	if (outcomes.some(({ kind }) => kind === 'waiting')) {
		await suspend(context, plans, outcomes, items);
		// An error in front would make Retry On Fail run the node again while it waits.
		return [items.flat().filter(({ json }) => json.error === undefined)];
	}
	if (!failure) {
		// With both Retry On Fail and Continue On Fail n8n runs the node again when the first item failed.
		batch.memory.clear();
	}
	return [items.flat()];
}

/** An item never takes the others down with it: whatever is thrown becomes its own failure. */
async function runSafely(batch: Batch, plan: Plan, run: (plan: Plan) => Promise<Outcome>): Promise<Outcome> {
	const { itemIndex } = plan;
	try {
		return await run(plan);
	} catch (error) {
		const task = batch.tasks.get(itemIndex);
		return { kind: 'failed', task, error: unexpectedError(batch.context, error, itemIndex, task) };
	}
}

/** One item from upload to download. */
async function runItem(batch: Batch, plan: Plan): Promise<Outcome> {
	const { itemIndex } = plan;
	if (plan.existing?.wait === false) return await lookUp(batch, plan, plan.existing.taskId);
	const creation = plan.existing
		? { ...taskOf(plan, plan.existing.taskId), isOld: true }
		: await createOnce(batch, plan);
	if (!('taskId' in creation)) return creation;
	const { taskId, api, model } = creation;
	const task: TaskRef = { taskId, api, model };
	batch.tasks.set(itemIndex, task);
	if (creation.record) {
		const { record } = creation;
		const snapshot = adapters[api].parseRecord(record);
		return await end(batch, plan, { kind: 'done', task, snapshot, record, files: [] });
	}
	if (plan.createOnly) return { kind: 'created', task };
	return await waitForTask(batch, plan, task, creation.isOld);
}
