import { min } from 'lodash';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { apiError } from '../api/failure';
import { checkTask } from './checkTask';
import { endRun, failRun, finishRun, loseRun, toItems } from './endRun';
import type { PausedItem, PausedRun, PausedTask } from './pausedRun';
import { isWaiting, pausedTasks, readPausedRun } from './pausedRun';
import { startWaiting } from './pauseRun';
import type { PausedStep } from './pausedWorkflows';
import { checksWorkflow, PAUSED_STEPS } from './pausedWorkflows';
import { checksCount, checksLength, pauseLength, shortenedPause, startedBy } from './pauseSchedule';

type Step = (context: IExecuteFunctions, run: PausedRun) => Promise<INodeExecutionData[]>;

/** What the nodes of a paused execution's sub-workflows do. Only the last one fails: the others pass on what went wrong. */
const STEPS: Record<PausedStep, Step> = {
	supervise: startChecks,
	pause: pauseChecks,
	settle: async (context, { end }) => (!end && (await waitForStart(context)) ? [] : context.getInputData()),
	check: checkRun,
	download: async (context, run) => toItems(await finishRun(context, run)),
	finish: async (context, { end }) => {
		if (end?.kind === 'error') throw apiError(context.getNode(), end);
		return end?.output ?? [];
	},
};

/** Whether Kie Common is a node of a paused execution's sub-workflow. */
export function isPausedStep(operation: unknown): operation is PausedStep {
	return PAUSED_STEPS.some((step) => step === operation);
}

/**
 * Runs a step of a paused execution.
 * @throws NodeOperationError outside of one; in the last step the error of the paused node.
 */
export async function runPausedStep(context: IExecuteFunctions, step: PausedStep): Promise<INodeExecutionData[][]> {
	const run = readPausedRun(context);
	if (!run) throw new NodeOperationError(context.getNode(), `The operation '${step}' is part of a paused execution`);
	return [await STEPS[step](context, run)];
}

/** The paused executions whose tasks are being checked by this process, which may include long downloads. */
const inProgress = new Set<string>();

/** Starts checks that wait. If they are lost, n8n resumes the node with its input, and the run comes back to it. */
async function startChecks(context: IExecuteFunctions, run: PausedRun): Promise<INodeExecutionData[]> {
	if (await waitForStart(context)) return [];
	const { execution, losses = 0 } = run;
	const pauseMs = pauseOf(run);
	const overdueAt = Date.now() + checksLength(pauseMs, losses);
	const overdue: PausedRun = { ...run, losses: losses + 1 };
	context.getExecuteData().data = { main: [[{ json: { run: overdue } }]] };
	try {
		if (!inProgress.has(execution.executionId)) {
			const checks = checksWorkflow(context.getNode(), execution.workflowId, checksCount(pauseMs));
			await startWaiting(context, checks, run);
		}
	} catch (error) {
		context.logger.error('Kie: the checks of a paused execution could not be started', { error });
		return [{ json: { run: { ...run, end: await loseRun(context, run) } } }];
	}
	await context.putExecutionToWait(new Date(overdueAt));
	return [];
}

/** Puts an execution to wait until n8n has started, if need be. Afterwards n8n outputs the node's input. */
async function waitForStart(context: IExecuteFunctions): Promise<boolean> {
	const startedAt = startedBy();
	if (startedAt !== undefined) await context.putExecutionToWait(new Date(startedAt));
	return startedAt !== undefined;
}

/** Puts the checks to wait, after lost ones only to be stored. Afterwards n8n outputs the node's input. */
async function pauseChecks(context: IExecuteFunctions, run: PausedRun): Promise<INodeExecutionData[]> {
	if (run.end) return context.getInputData();
	const waiting = pausedTasks(run).filter(isWaiting);
	const now = Date.now();
	const expectedMs = (min(waiting.map(({ probablyDoneAt }) => probablyDoneAt)) ?? Infinity) - now;
	const pauseMs = run.losses ? 0 : shortenedPause(pauseOf(run), expectedMs);
	await context.putExecutionToWait(new Date(Math.min(now + pauseMs, ...waiting.map(({ deadline }) => deadline))));
	return [];
}

function pauseOf(run: PausedRun): number {
	const [first] = pausedTasks(run).filter(isWaiting);
	return pauseLength(Date.now() - run.pausedAt, first?.options.intervalMs);
}

/** Reads the tasks that are waited for. The run completes with the last one, or with a failure that On Error: Stop reports as that of the node. */
async function checkRun(context: IExecuteFunctions, run: PausedRun): Promise<INodeExecutionData[]> {
	if (run.end) return context.getInputData();
	const { executionId } = run.execution;
	inProgress.add(executionId);
	try {
		return [{ json: { run: await checkedRun(context, run) } }];
	} finally {
		inProgress.delete(executionId);
	}
}

async function checkedRun(context: IExecuteFunctions, run: PausedRun): Promise<PausedRun> {
	const items = await Promise.all(
		run.items.map(async (item): Promise<PausedItem> => {
			return item.kind === 'task' ? await checkTask(context, item) : item;
		}),
	);
	const checked: PausedRun = { ...run, items, losses: 0 };
	const tasks = pausedTasks(checked);
	if (run.stopsOnFailure && tasks.some(hasFailed)) checked.end = await failRun(context, checked);
	else if (!tasks.some(isWaiting)) checked.end = await endRun(context, checked);
	return checked;
}

function hasFailed({ outcome }: PausedTask): boolean {
	return outcome.kind === 'failed' || (outcome.kind === 'done' && outcome.status.state === 'fail');
}
