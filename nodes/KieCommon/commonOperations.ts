import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { inputError } from '../shared/api/inputError';
import { unlessAborted } from '../shared/api/sleep';
import { ownValue } from '../shared/json';
import { runItems, toOutput } from '../shared/run/runItems';
import { getCredits } from './accountOperations';
import { download, getDownloadUrl } from './downloadOperations';
import type { ItemOperation, ReadOperation } from './itemOperation';
import { getPrice, getSchema, getSuccessRate, list } from './modelOperations';
import { upload } from './uploadOperation';

const CONCURRENT_ITEMS = 4;

/** The operations that need no task, by resource. */
const OPERATIONS: Record<string, Record<string, ReadOperation>> = {
	account: { getCredits },
	file: { download, getDownloadUrl, upload },
	model: { getPrice, getSchema, getSuccessRate, list },
};

/**
 * Runs an operation that needs no task for each item, a few side by side.
 * @throws NodeOperationError for bad input, before anything is sent; NodeApiError for what Kie refuses.
 */
export async function runOperations(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const results = await runItems<ItemOperation>(context, {
		concurrency: CONCURRENT_ITEMS,
		onFailure: 'abort',
		prepare: (itemIndex) => readOperation(context, itemIndex),
		run: async (operation, signal) => {
			const items = await unlessAborted(operation(signal), signal);
			return items ? { kind: 'done', items } : { kind: 'stopped' };
		},
	});
	return [toOutput(results)];
}

function readOperation(context: IExecuteFunctions, itemIndex: number): ItemOperation {
	const resource = String(context.getNodeParameter('resource', itemIndex));
	const operation = String(context.getNodeParameter('operation', itemIndex));
	const read = ownValue(ownValue(OPERATIONS, resource) ?? {}, operation);
	if (read) return read(context, itemIndex);
	throw inputError(
		context.getNode(),
		`The operation '${operation}' is not supported for the resource '${resource}'`,
		itemIndex,
	);
}
