import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import pLimit from 'p-limit';

import { unlessAborted } from '../shared/api/sleep';
import { itemError, attempt, stoppedError } from '../shared/run/runErrors';
import { failedItem } from '../shared/run/outputItems';

/** How many items are worked on at the same time. */
const AT_ONCE = 4;

/** What is to be done for an item, once it is known that its input is right. */
export type Work = (signal: AbortSignal) => Promise<INodeExecutionData[]>;

/**
 * Reads an item's parameters. Nothing is sent before all items are prepared.
 * @throws NodeOperationError that names the field that is wrong and the item.
 */
export type Prepare = (context: IExecuteFunctions, itemIndex: number) => Work;

type ItemError = ReturnType<typeof itemError>;

/**
 * Runs an operation that makes no task for each item, a few side by side. Output items are in the order of the input and
 * paired with it.
 * @throws NodeOperationError for bad input, before anything is sent; NodeApiError for what Kie refuses.
 */
export async function runItems(context: IExecuteFunctions, prepare: Prepare): Promise<INodeExecutionData[][]> {
	const works = context
		.getInputData()
		.map((_, itemIndex): Work | ItemError => attempt(context, itemIndex, () => prepare(context, itemIndex)));
	const goesOn = context.continueOnFail();
	const wrong = works.find(isError);
	if (wrong && !goesOn) throw wrong;

	const stop = new AbortController();
	const cancelled = context.getExecutionCancelSignal();
	const signal = cancelled ? AbortSignal.any([cancelled, stop.signal]) : stop.signal;
	const limit = pLimit(AT_ONCE);
	const results = await Promise.all(
		works.map((work, itemIndex) =>
			limit(async () => {
				if (isError(work)) return work;
				if (signal.aborted) return [];
				try {
					return (await unlessAborted(work(signal), signal)) ?? [];
				} catch (error) {
					if (!goesOn) stop.abort();
					return itemError(context, error, itemIndex);
				}
			}),
		),
	);

	if (cancelled?.aborted) throw stoppedError(context, []);
	const failure = results.find(isError);
	if (failure && !goesOn) throw failure;
	return [
		results.flatMap((result, item) =>
			isError(result)
				? [failedItem(result, item)]
				: result.map((one): INodeExecutionData => ({ ...one, pairedItem: { item } })),
		),
	];
}

function isError<T>(result: T | ItemError): result is ItemError {
	return result instanceof Error;
}
