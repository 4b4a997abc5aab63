import type { INodeExecutionData } from 'n8n-workflow';

import { sleepFor } from '../shared/api/sleep';

/** A start of the workflow that further items can join. */
interface Start {
	items: INodeExecutionData[];
	/** Whether n8n has started the workflow. */
	isStarted: Promise<boolean>;
}

/** Items of one start; each holds a whole record. */
const MAX_ITEMS = 100;

/** The starts of this process that items can join, by key. */
const open = new Map<string, Start>();

/**
 * Starts the workflow with an item, or combines it with others of the same key whose start is still open; the first one
 * keeps it open for `combineMs`. `items` are what n8n is to start the workflow with; undefined if another delivery returns
 * the item. `untilStarted` is called when that happens, and tells whether n8n has started the workflow.
 */
export function startWorkflow(
	key: string,
	item: INodeExecutionData,
	{ combineMs, untilStarted }: { combineMs: number; untilStarted: () => Promise<boolean> },
): { items: Promise<INodeExecutionData[] | undefined>; isStarted: Promise<boolean> } {
	const joined = combineMs > 0 ? open.get(key) : undefined;
	if (joined && joined.items.length < MAX_ITEMS) {
		joined.items.push(item);
		return { items: Promise.resolve(undefined), isStarted: joined.isStarted };
	}
	const all = [item];
	const items = sleepFor(combineMs).then(() => {
		if (open.get(key) === start) open.delete(key);
		return all;
	});
	const start: Start = { items: all, isStarted: items.then(untilStarted) };
	if (combineMs > 0) open.set(key, start);
	return { items, isStarted: start.isStarted };
}
