import { get } from 'lodash';
import type { IExecuteFunctions, INodeExecutionData, IWorkflowBase } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isTool } from '../run/toolCall';
import { loseRun } from './endRun';
import type { PausedRun } from './pausedRun';
import { pausedTasks } from './pausedRun';
import { supervisorWorkflow } from './pausedWorkflows';
import { lastResort, noteStarted } from './pauseSchedule';

/**
 * Pauses an execution until its tasks have completed: n8n stores it and resumes it with the output of a sub-workflow, which
 * waits in the database too and checks the tasks now and then. Neither holds a worker, and both survive restarts of n8n.
 * @throws NodeOperationError that names the tasks, if n8n refuses the sub-workflow.
 */
export async function pauseRun(
	context: IExecuteFunctions,
	run: PausedRun,
	describedTasks: string,
): Promise<INodeExecutionData[][]> {
	noteStarted();
	// n8n outputs the input of a node that it resumes without a result, and below 2.27 of one whose sub-workflow has failed.
	const lost = await loseRun(context, { ...run, stopsOnFailure: false });
	if (lost.kind === 'output') context.getExecuteData().data = { main: [lost.output] };
	if (isTool(context)) keepFurtherCalls(context);
	try {
		await startWaiting(context, supervisorWorkflow(context.getNode(), run.execution.workflowId), run);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		const message = `The execution could not be paused: ${reason}`;
		throw new NodeOperationError(context.getNode(), message, { description: describedTasks });
	}
	await context.putExecutionToWait(new Date(lastResort(pausedTasks(run).map(({ deadline }) => deadline))));
	return [[]];
}

/**
 * Keeps further calls of a tool that wait for this one. When n8n resumes an execution, it disables the node object, which
 * all calls share, and removes the node's last run, which contains the arguments of the last call.
 */
function keepFurtherCalls(context: IExecuteFunctions): void {
	const executeData = context.getExecuteData();
	executeData.node = { ...executeData.node };
	const runs: unknown = get(context, ['runExecutionData', 'resultData', 'runData', context.getNode().name]);
	const runIndex = Number(context.evaluateExpression('{{ $runIndex }}', 0));
	if (Array.isArray(runs) && runs.length > runIndex + 1) runs.push({ ...runs.at(-1) });
}

/** Starts a sub-workflow that waits; n8n puts this execution to wait for it. */
export async function startWaiting(context: IExecuteFunctions, code: IWorkflowBase, run: PausedRun): Promise<void> {
	await context.executeWorkflow({ code }, [{ json: { run } }], undefined, {
		parentExecution: {
			executionId: context.getExecutionId(),
			workflowId: context.getWorkflow().id ?? '',
			shouldResume: true,
		},
		executionMode: context.getMode(),
	});
}
