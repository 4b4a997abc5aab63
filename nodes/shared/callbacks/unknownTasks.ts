import { sortBy } from 'lodash';

import type { ApiName } from '../adapters';

/** What Kie did not know: callbacks can be forged, and each read of an unknown task is one too many. */

/** Rounds of reads without any record, within a window, after which a trigger stops reading. */
const MAX_ROUNDS = 20;
const WINDOW_MS = 10_000;
/** Tasks per trigger that are remembered. */
const MAX_TASKS = 1_000;
/** A record can appear later than its callback, so an API is asked again, each time after twice as long. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

interface Miss {
	times: number;
	/** When the API may be asked again. */
	until: number;
}

interface TriggerMisses {
	tasks: Map<string, Map<ApiName, Miss>>;
	/** When the latest rounds were, in milliseconds. */
	rounds: number[];
}

const triggers = new Map<string, TriggerMisses>();

/** The tasks in callbacks to a trigger that Kie does not know. */
export interface UnknownTasks {
	/** Whether there were so many that the trigger has to wait before the next read. */
	isOverLimit(): boolean;
	/** The APIs that are worth a read for a task, those that were not asked yet first. */
	worthAsking(taskId: string, apis: ApiName[]): ApiName[];
	/** An API does not know a task. */
	add(taskId: string, api: ApiName): void;
	/** None of the APIs that were asked knows a task. */
	countRound(): void;
}

export function unknownTasks(trigger: string): UnknownTasks {
	const misses: TriggerMisses = triggers.get(trigger) ?? { tasks: new Map(), rounds: [] };
	triggers.set(trigger, misses);
	return {
		isOverLimit: () => {
			misses.rounds = misses.rounds.filter((at) => Date.now() - at < WINDOW_MS);
			return misses.rounds.length >= MAX_ROUNDS;
		},
		worthAsking: (taskId, apis) => {
			const task = misses.tasks.get(taskId);
			const due = apis.filter((api) => Date.now() >= (task?.get(api)?.until ?? 0));
			return sortBy(due, (api) => task?.get(api)?.times ?? 0);
		},
		add: (taskId, api) => {
			const task = misses.tasks.get(taskId) ?? new Map<ApiName, Miss>();
			const times = (task.get(api)?.times ?? 0) + 1;
			const pause = Math.min(FIRST_PAUSE_MS * 2 ** (times - 1), LONGEST_PAUSE_MS);
			task.set(api, { times, until: Date.now() + pause });
			// The newest at the end, so that the oldest go first.
			misses.tasks.delete(taskId);
			misses.tasks.set(taskId, task);
			const [oldest] = misses.tasks.keys();
			if (misses.tasks.size > MAX_TASKS && oldest !== undefined) misses.tasks.delete(oldest);
		},
		countRound: () => {
			misses.rounds.push(Date.now());
		},
	};
}
