import { get } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Whether n8n retries an execution that may have run this node without storing what it created: one that crashed. n8n
 * stores the context of a node with the execution, but during a run only after each node ("Save execution progress").
 * `hasContext`: the execution has stored what an earlier run of the node has created.
 */
export function mayHaveRunBefore(context: IExecuteFunctions, hasContext: boolean): boolean {
	return context.getMode() === 'retry' && !hasContext && isFirstNode(context);
}

/** A retry starts with the node that the execution was interrupted at; nodes behind it had not been started. */
function isFirstNode(context: IExecuteFunctions): boolean {
	const startedNodes: unknown = get(context, 'additionalData.currentNodeExecutionIndex');
	return typeof startedNodes !== 'number' || startedNodes <= 1;
}
