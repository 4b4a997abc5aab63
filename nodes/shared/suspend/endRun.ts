import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import pLimit from 'p-limit';

import { apiError } from '../api/failure';
import { isObject } from '../json';
import { CONCURRENT_DOWNLOADS } from '../run/batch';
import { finishTask } from '../run/finishTask';
import type { ItemError, Outcome } from '../run/outcome';
import { toResult } from '../run/outputItems';
import { downloadError, lostTaskError, unexpectedError, withOtherTasks } from '../run/runErrors';
import { toItemOutput } from '../run/runItems';
import type { PausedRun, PausedTask, RunEnd, StoredError } from './pausedRun';
import { mapTasks, pausedTasks } from './pausedRun';
import { downloadWorkflow } from './pausedWorkflows';

/** The end of a run whose tasks are not waited for any more, with their files. */
export async function endRun(context: IExecuteFunctions, run: PausedRun): Promise<RunEnd> {
	if (!pausedTasks(run).some(hasFiles)) return await finishRun(context, run);
	try {
		const code = downloadWorkflow(context.getNode(), run.execution.workflowId);
		// n8n hands the files of a sub-workflow that never waits to the execution named as its parent.
		const { data } = await context.executeWorkflow({ code }, [{ json: { run } }], undefined, {
			parentExecution: { ...run.execution, shouldResume: false },
			executionMode: context.getMode(),
		});
		return fromItems(data[0] ?? []);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		const failure = { kind: 'unexpectedResponse' as const, reason };
		const failed = mapTasks(run, (item) => {
			if (!hasFiles(item) || item.outcome.kind !== 'done') return item;
			const { task, status } = item.outcome;
			const stored = toStoredError(downloadError(context, task, status.urls, failure, item.itemIndex));
			return { ...item, outcome: { kind: 'failed', task, urls: status.urls, error: stored } };
		});
		return await finishRun(context, failed);
	}
}

/** The end of a run without downloads, for one that a failure stops. */
export async function failRun(context: IExecuteFunctions, run: PausedRun): Promise<RunEnd> {
	return await finishRun(
		context,
		mapTasks(run, (item) => ({ ...item, options: { ...item.options, downloadFiles: false } })),
	);
}

/** The end of a run whose waiting tasks cannot be checked any more. */
export async function loseRun(context: IExecuteFunctions, run: PausedRun): Promise<RunEnd> {
	const lost = mapTasks(run, (item) => {
		if (item.outcome.kind !== 'waiting') return item;
		const { task } = item.outcome;
		const error = toStoredError(lostTaskError(context, task, item.itemIndex));
		return { ...item, outcome: { kind: 'failed', task, error } };
	});
	return await failRun(context, lost);
}

/** The output of a run as it stands, with the files that are to be downloaded; with On Error set to stop, the first error. */
export async function finishRun(context: IExecuteFunctions, run: PausedRun): Promise<RunEnd> {
	const download = pLimit(CONCURRENT_DOWNLOADS);
	const outcomes = new Map<number, Outcome>();
	await Promise.all(
		pausedTasks(run).map(async (item) => {
			outcomes.set(item.itemIndex, await finishItem({ context, limits: { download } }, item));
		}),
	);
	const [failed] = [...outcomes].sort(([a], [b]) => a - b).filter(([, { kind }]) => kind === 'failed');
	if (run.stopsOnFailure && failed?.[1].kind === 'failed')
		return { kind: 'error', ...toStoredError(withOtherTasks(failed[1].error, outcomes, failed[0])) };
	const output = run.items.flatMap((item) => {
		if (item.kind === 'output') return item.output;
		const outcome = outcomes.get(item.itemIndex);
		return outcome ? toItemOutput(toResult(outcome, item), item.itemIndex) : [];
	});
	return { kind: 'output', output };
}

async function finishItem(run: Parameters<typeof finishTask>[0], item: PausedTask): Promise<Outcome> {
	const { outcome, itemIndex } = item;
	const { context } = run;
	switch (outcome.kind) {
		case 'waiting':
			return { ...outcome, deadline: item.deadline };
		case 'failed':
			return { ...outcome, error: apiError(context.getNode(), { ...outcome.error, itemIndex }) };
		case 'done':
			try {
				return await finishTask(run, item, outcome, new AbortController().signal);
			} catch (error) {
				const { task } = outcome;
				return { kind: 'failed', task, error: unexpectedError(context, error, itemIndex, task) };
			}
	}
}

function hasFiles({ options, outcome }: PausedTask): boolean {
	return options.downloadFiles && outcome.kind === 'done' && outcome.status.urls.length > 0;
}

/** What is kept of an error. */
export function toStoredError({ message, description }: ItemError): StoredError {
	return { message, description: typeof description === 'string' ? description : undefined };
}

/** An end as items, so that n8n finds the files in them: its kind, then the output. */
export function toItems(end: RunEnd): INodeExecutionData[] {
	return end.kind === 'output' ? [{ json: {} }, ...end.output] : [{ json: { error: end } }];
}

function fromItems([head, ...output]: INodeExecutionData[]): RunEnd {
	const error: unknown = head?.json.error;
	if (!isObject(error)) return { kind: 'output', output };
	return { kind: 'error', message: String(error.message), description: String(error.description ?? '') };
}
