import { pick } from 'lodash';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { adapters } from '../adapters';
import type { Milestone } from '../adapters/adapter';
import type { JsonObject } from '../json';
import { isObject } from '../json';
import type { Job } from '../run/job';
import type { DoneOutcome, Outcome } from '../run/outcome';
import type { ItemOutput } from '../run/outputItems';
import type { RunOptions } from '../run/runOptions';
import { kindKey } from '../tasks/taskKinds';
import type { TaskRef } from '../tasks/taskRef';
import type { TaskWatch } from '../tasks/taskWatch';

/** What a paused execution waits for, as JSON that its sub-workflows pass on. Times in milliseconds since 1970. */
export interface PausedRun {
	/** The execution that is paused. It owns the downloaded files. */
	execution: { executionId: string; workflowId: string };
	/** Whether a failed item stops the run. */
	stopsOnFailure: boolean;
	pausedAt: number;
	/** How often in a row its checks were lost; none if not set. */
	losses?: number;
	/** In the order of the input. */
	items: PausedItem[];
	end?: RunEnd;
}

/** The outcome of a run: an item for each item of the input, or the error of the node. */
export type RunEnd = { kind: 'output'; output: INodeExecutionData[] } | ({ kind: 'error' } & StoredError);

/** What is kept of an error. */
export interface StoredError {
	message: string;
	description?: string;
}

/** An item whose task is checked, or that had failed before the run was paused. */
export type PausedItem = PausedTask | { kind: 'output'; output: INodeExecutionData[] };

export interface PausedTask extends ItemOutput {
	kind: 'task';
	itemIndex: number;
	options: ItemOutput['options'] & Pick<RunOptions, 'downloadFiles' | 'maxFileBytes' | 'intervalMs' | 'limitMs'>;
	/** What reading the task needs besides its ID. */
	input: JsonObject;
	milestone?: Milestone;
	/** When its time limit is reached. */
	deadline: number;
	/** What the checks so far have shown. */
	watch?: TaskWatch;
	/** Its duration is learnt under this name, from `kindKey`. `usualMs`: how long a task of the model usually takes. */
	taskKind?: { name: string; usualMs: number };
	/** When the task has probably completed, as far as the last check could tell. */
	probablyDoneAt?: number;
	outcome: PausedOutcome;
}

/** What is known of a task. `failed`: it could not be read, or did not complete in time. */
export type PausedOutcome =
	| { kind: 'waiting'; task: TaskRef }
	| DoneOutcome
	| { kind: 'failed'; task: TaskRef; error: StoredError; urls?: string[] };

/** A run that is to be paused; `outputs`: the output of each item as it stands. */
export function toPausedRun(
	context: IExecuteFunctions,
	jobs: Map<number, Job>,
	outcomes: Map<number, Outcome>,
	outputs: INodeExecutionData[][],
): PausedRun {
	const items = outputs.map((output, itemIndex): PausedItem => {
		const [job, outcome] = [jobs.get(itemIndex), outcomes.get(itemIndex)];
		return job && (outcome?.kind === 'waiting' || outcome?.kind === 'done')
			? toPausedTask(job, outcome)
			: { kind: 'output', output };
	});
	return {
		execution: { executionId: context.getExecutionId(), workflowId: context.getWorkflow().id ?? '' },
		stopsOnFailure: !context.continueOnFail(),
		pausedAt: Date.now(),
		items,
	};
}

function toPausedTask(job: Job, outcome: Extract<Outcome, { kind: 'waiting' | 'done' }>): PausedTask {
	const { itemIndex, options } = job;
	const task: PausedTask = {
		kind: 'task',
		itemIndex,
		options: {
			...pick(options, ['simplify', 'brief', 'itemPerFile', 'binaryProperty', 'maxFileBytes', 'intervalMs', 'limitMs']),
			downloadFiles: options.downloadFiles && outcome.kind === 'waiting',
		},
		input: {},
		deadline: outcome.kind === 'waiting' ? outcome.deadline : 0,
		outcome,
	};
	if (job.kind !== 'create') return task;
	const { passThrough, milestone, model, body } = job;
	const input = pick(body, adapters[model.api ?? 'market'].readsInput ?? []);
	const name = kindKey({ ...outcome.task, input: body, milestone });
	return { ...task, input, milestone, passThrough, taskKind: { name, usualMs: model.seconds * 1000 } };
}

/** The paused run in an item of a sub-workflow. It is this package's own, from the same paused execution. */
export function readPausedRun(context: IExecuteFunctions): PausedRun | undefined {
	const run: unknown = context.getInputData()[0]?.json.run;
	return isPausedRun(run) ? run : undefined;
}

function isPausedRun(run: unknown): run is PausedRun {
	return isObject(run) && isObject(run.execution) && typeof run.pausedAt === 'number' && Array.isArray(run.items);
}

/** The items of a run that have a task. */
export function pausedTasks({ items }: PausedRun): PausedTask[] {
	return items.flatMap((item) => (item.kind === 'task' ? [item] : []));
}

/** A run with other items that have a task. */
export function mapTasks(run: PausedRun, change: (item: PausedTask) => PausedTask): PausedRun {
	return { ...run, items: run.items.map((item) => (item.kind === 'task' ? change(item) : item)) };
}

/** Whether a task is still waited for. */
export function isWaiting({ outcome }: PausedTask): boolean {
	return outcome.kind === 'waiting';
}
