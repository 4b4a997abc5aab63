import type { IExecuteFunctions } from 'n8n-workflow';

import { getCredits } from './accountOperations';
import { download, getDownloadUrl } from './downloadOperations';
import { badInput } from './readParameters';
import type { Prepare, Work } from './runItems';
import { getPrice, getSchema, list } from './modelOperations';
import { upload } from './uploadOperation';

/** The operations that make no task and wait for none, by resource. */
const OPERATIONS: Record<string, Record<string, Prepare>> = {
	account: { getCredits },
	file: { download, getDownloadUrl, upload },
	model: { getPrice, getSchema, list },
};

/** Reads an item's parameters for the operation that it asks for. */
export function prepareItem(context: IExecuteFunctions, itemIndex: number): Work {
	const resource = String(context.getNodeParameter('resource', itemIndex));
	const operation = String(context.getNodeParameter('operation', itemIndex));
	const prepare = OPERATIONS[resource]?.[operation];
	if (prepare) return prepare(context, itemIndex);
	throw badInput(context, `There is no operation '${operation}' of '${resource}'`, itemIndex);
}
