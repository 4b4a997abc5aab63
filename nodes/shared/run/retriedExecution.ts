import { get } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

import { asNumber, isObject } from '../json';

/**
 * Whether n8n retries an execution that may have run this node without storing what it created: one that crashed. n8n
 * stores the context of a node with the execution, but during a run only after each node, and only with "Save execution
 * progress". `hasContext`: the execution has stored what an earlier run of the node has created.
 */
export function mayHaveRunBefore(context: IExecuteFunctions, hasContext: boolean): boolean {
	if (context.getMode() !== 'retry' || hasContext) return false;
	const nodes = [context.getNode().name, previousNode(context)];
	return isFirstNode(context) || hasNothingKept(context) || nodes.some((node) => hadEnded(context, node));
}

/** With saved progress a retry starts with the node that the execution was interrupted at; those behind it had not been started. */
function isFirstNode(context: IExecuteFunctions): boolean {
	return startedNodes(context) <= 1;
}

/** Whether every node has run in the retry itself: n8n kept nothing of the earlier run, and its log lost the last events. */
function hasNothingKept(context: IExecuteFunctions): boolean {
	const runData: unknown = get(context, 'runExecutionData.resultData.runData');
	return isObject(runData) && Object.values(runData).flat().length === startedNodes(context) - 1;
}

/** How many nodes the retry has started, this one included; 0 where n8n does not say. */
function startedNodes(context: IExecuteFunctions): number {
	return asNumber(get(context, 'additionalData.currentNodeExecutionIndex')) ?? 0;
}

/**
 * Without saved progress a retry starts from the beginning. Of an execution that crashed n8n's log tells which nodes had
 * ended, and n8n gives each of them a placeholder for its items.
 */
function hadEnded(context: IExecuteFunctions, node: string): boolean {
	const firstItem = ['runExecutionData', 'resultData', 'runData', node, 0, 'data', 'main', 0, 0, 'json'];
	return get(context, [...firstItem, 'isArtificialRecoveredEventItem']) === true;
}

/** The node whose items this node has. Once it had ended, this one was started. */
function previousNode(context: IExecuteFunctions): string {
	return context.getInputSourceData().previousNode;
}
