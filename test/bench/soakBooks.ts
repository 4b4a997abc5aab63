import { countBy, groupBy } from 'lodash';

/** The books of a soak: where each task that Kie created was returned. */

/** A task of the simulator. `item`: the item that it was created for, from its prompt. */
export interface SoakTask {
	id: string;
	run: string;
	item: number;
	failed: boolean;
	/** The fault of its create, and whether it made the response unusable. */
	fault?: string;
	unanswered: boolean;
	createdAt: number;
}

/** The outcome of an item of an execution. `unconfirmed`: an error saying that its task may exist. */
export interface SoakEntry {
	run: string;
	item: number;
	kind: 'output' | 'error' | 'unconfirmed';
	taskId?: string;
}

export interface SoakRecords {
	tasks: SoakTask[];
	entries: SoakEntry[];
	/** The runs whose execution has completed. Those of all others crashed with n8n. */
	endedRuns: Set<string>;
	/** The runs whose node has Retry On Fail. */
	retriedRuns: Set<string>;
	/** The IDs in the log of n8n. */
	loggedIds: Set<string>;
	/** When n8n crashed, in milliseconds since 1970. */
	deaths: number[];
}

/** Where a task is found. The last two are faults. */
export const PLACES = [
	"in an item's output",
	"in an item's error, by its ID",
	"in an item's error, as not confirmed",
	'failed, and created again by Retry On Fail',
	'of an execution that died with n8n: in its log',
	'of an execution that died with n8n: in flight, or not confirmed',
	'lost',
	'twice',
] as const;
export type Place = (typeof PLACES)[number];

/** A response that is this recent when n8n crashes may not have been logged. */
const UNLOGGED_MS = 2_000;
/** How much later a request that n8n sent before a crash is accepted, if a fault delays it. */
const DELAYED_MS = 20_000;

/** The place of each task. */
export function balance(records: SoakRecords): Map<SoakTask, Place> {
	const { tasks, entries, endedRuns, retriedRuns, loggedIds, deaths } = records;
	const counts = countBy(entries, ({ taskId }) => taskId ?? '');
	const unconfirmed = countBy(
		entries.filter(({ kind }) => kind === 'unconfirmed'),
		keyOf,
	);
	const errors = new Set(entries.flatMap(({ kind, taskId }) => (kind === 'error' && taskId ? [taskId] : [])));
	const places = new Map<SoakTask, Place>();
	for (const created of Object.values(groupBy(tasks, keyOf))) {
		const last = created.reduce((a, b) => (a.createdAt > b.createdAt ? a : b));
		const paidTasks = created.filter(({ failed }) => !failed);
		for (const task of created) {
			const isRetried = task !== last && task.failed && retriedRuns.has(task.run);
			const count = counts[task.id] ?? 0;
			places.set(task, place(task, isRetried, count, paidTasks.length > 1));
		}
	}
	return places;

	function place(task: SoakTask, isRetried: boolean, count: number, isPaidTwice: boolean): Place {
		if (count > 1 || isPaidTwice) return 'twice';
		if (count === 1) return errors.has(task.id) ? "in an item's error, by its ID" : "in an item's output";
		if (isRetried) return 'failed, and created again by Retry On Fail';
		if (unconfirmed[keyOf(task)] === 1) return "in an item's error, as not confirmed";
		if (endedRuns.has(task.run)) return 'lost';
		if (loggedIds.has(task.id)) return 'of an execution that died with n8n: in its log';
		const ages = deaths.map((at) => at - task.createdAt);
		const wasInFlight = ages.some((age) => age > -DELAYED_MS && age < UNLOGGED_MS);
		return task.unanswered || wasInFlight ? 'of an execution that died with n8n: in flight, or not confirmed' : 'lost';
	}
}

const keyOf = ({ run, item }: { run: string; item: number }): string => `${run} ${item}`;
