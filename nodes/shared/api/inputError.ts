import type { INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

/** For errors of items for which Kie certainly created nothing. */
export const NOT_CHARGED = 'No credits were charged for this item.';

/** The error for input that cannot be used, before anything is sent. `advice` says what to do. */
export function inputError(node: INode, message: string, itemIndex?: number, advice = ''): NodeOperationError {
	const [item, scope] = itemIndex === undefined ? ['', ''] : [` [item ${itemIndex}]`, ' for this item'];
	return new NodeOperationError(node, message + item, {
		itemIndex,
		description: `${advice} Nothing was sent to Kie.ai${scope}.`.trim(),
	});
}
