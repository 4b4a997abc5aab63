import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import pLimit from 'p-limit';

import type { ItemError, ItemResult } from './outcome';
import { circularError } from './circularParameter';
import { failedItem } from './outputItems';
import { canceledError, itemError } from './runErrors';

/** What a node does with its items. */
export interface ItemRunner<Job> {
	/**
	 * Reads an item's parameters. Nothing is uploaded, created or sent to a model before all items are prepared.
	 * @throws NodeOperationError that names the field that is wrong and the item.
	 */
	prepare(itemIndex: number): Job | Promise<Job>;
	/** Runs one item. What it throws is the item's own failure and takes no other item down. */
	run(job: Job, signal: AbortSignal, itemIndex: number): Promise<ItemResult>;
	/** How many items run side by side. */
	concurrency: number;
	/** What the first failure that stops the run means for items in flight: they are aborted, or complete. */
	onFailure: 'abort' | 'drain';
	/** Completes the error that stops the run with what the other items have cost. */
	endingError?(error: ItemError, itemIndex: number): ItemError;
	/** What a canceled run leaves behind, for the error's description. */
	describeCanceled?(): string;
}

/**
 * Runs a node's items: all are prepared first, then run side by side. One result per input item, in the order of the
 * input; with On Error set to stop, none of them has failed.
 * @throws NodeOperationError for bad input, before any item runs, and for a canceled execution; otherwise the error
 * of the first item that failed.
 */
export async function runItems<Job>(context: IExecuteFunctions, runner: ItemRunner<Job>): Promise<ItemResult[]> {
	const stopsOnFailure = !context.continueOnFail();
	const prepared = await Promise.all(
		context.getInputData().map(async (_, itemIndex) => await prepareItem(context, runner, itemIndex)),
	);
	const invalid = prepared.find((item) => item.kind === 'failed');
	if (invalid && stopsOnFailure) throw invalid.error;

	const abort = new AbortController();
	const cancel = context.getExecutionCancelSignal();
	const signal = cancel ? AbortSignal.any([cancel, abort.signal]) : abort.signal;
	const limit = pLimit(runner.concurrency);
	let isEnding = false;
	const results = await Promise.all(
		prepared.map(
			async (item, itemIndex) =>
				await limit(async () => {
					if (item.kind === 'failed') return item;
					if (signal.aborted || isEnding) return STOPPED;
					// A signal of its own, because Node.js reports many listeners on one signal as a leak.
					const result = await runItem(context, runner, item.job, AbortSignal.any([signal]), itemIndex);
					if (result.kind === 'failed' && stopsOnFailure) {
						isEnding = true;
						if (runner.onFailure === 'abort') abort.abort();
					}
					return result;
				}),
		),
	);

	if (cancel?.aborted) throw canceledError(context, runner.describeCanceled?.());
	const itemIndex = results.findIndex(({ kind }) => kind === 'failed');
	const failed = results[itemIndex];
	if (failed?.kind === 'failed' && stopsOnFailure) throw runner.endingError?.(failed.error, itemIndex) ?? failed.error;
	return results;
}

/** The output of a node, in the order of the input and paired with it. */
export function toOutput(results: ItemResult[]): INodeExecutionData[] {
	return results.flatMap(toItemOutput);
}

/** The output of one item of the input, paired with it. */
export function toItemOutput(result: ItemResult, itemIndex: number): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	switch (result.kind) {
		case 'done':
			return result.items.map((item) => ({ ...item, pairedItem }));
		case 'failed':
			return [{ ...failedItem(result.error, result.details), pairedItem }];
		case 'stopped':
			return [];
	}
}

const STOPPED: ItemResult = { kind: 'stopped' };

async function prepareItem<Job>(context: IExecuteFunctions, { prepare }: ItemRunner<Job>, itemIndex: number) {
	try {
		return { kind: 'prepared' as const, job: await prepare(itemIndex) };
	} catch (error) {
		const circular = circularError(context, error, itemIndex);
		return { kind: 'failed' as const, error: circular ?? itemError(context, error, itemIndex) };
	}
}

async function runItem<Job>(
	context: IExecuteFunctions,
	{ run }: ItemRunner<Job>,
	job: Job,
	signal: AbortSignal,
	itemIndex: number,
): Promise<ItemResult> {
	try {
		return await run(job, signal, itemIndex);
	} catch (error) {
		return { kind: 'failed', error: itemError(context, error, itemIndex) };
	}
}
