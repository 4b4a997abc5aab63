import type { INodeExecutionData } from 'n8n-workflow';

import { sleepFor } from '../shared/api/sleep';

/** What starts a workflow, and the event that it stands for. */
interface Entry {
	item: INodeExecutionData;
	event: string;
}

/** A start of the workflow that further entries can join. */
interface Start {
	entries: Entry[];
	/** Whether n8n has started the workflow. */
	isStarted: Promise<boolean>;
}

/** Entries of one start; each holds a whole record. */
const MAX_ENTRIES = 100;

/** The starts of this process that entries can join, by key. */
const open = new Map<string, Start>();

/**
 * Starts the workflow with an item, or combines it with others of the same key whose start is still open; the first one
 * keeps it open for `combineMs`. `items` are what n8n is to start the workflow with; undefined if another delivery returns
 * the item. `untilStarted` is called with their events when that happens, and tells whether n8n has started the workflow.
 */
export function startWorkflow(
	key: string,
	entry: Entry,
	{ combineMs, untilStarted }: { combineMs: number; untilStarted: (events: string[]) => Promise<boolean> },
): { items: Promise<INodeExecutionData[] | undefined>; isStarted: Promise<boolean> } {
	const joined = combineMs > 0 ? open.get(key) : undefined;
	if (joined && joined.entries.length < MAX_ENTRIES) {
		joined.entries.push(entry);
		return { items: Promise.resolve(undefined), isStarted: joined.isStarted };
	}
	const entries = [entry];
	const items = sleepFor(combineMs).then(() => {
		if (open.get(key) === start) open.delete(key);
		return entries.map(({ item }) => item);
	});
	const isStarted = items.then(async () => await untilStarted(entries.map(({ event }) => event)));
	const start: Start = { entries, isStarted };
	if (combineMs > 0) open.set(key, start);
	return { items, isStarted };
}
