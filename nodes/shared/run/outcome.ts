import type { IBinaryData, IDataObject, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { TaskStatus } from '../adapters/taskStatus';
import type { JsonObject } from '../json';
import type { TaskRef } from '../tasks/taskRef';

export type ItemError = NodeApiError | NodeOperationError;

/** What an item returns. */
export type ItemResult =
	| { kind: 'done'; items: INodeExecutionData[] }
	/** `details`: what is known of the item's task. */
	| { kind: 'failed'; error: ItemError; details?: IDataObject }
	| { kind: 'stopped' };

/** What became of an item's task. */
export type Outcome =
	| { kind: 'created'; task: TaskRef }
	/** Still running when the execution is to be paused for it. `deadline`: when its time limit is reached, in milliseconds since 1970. */
	| { kind: 'waiting'; task: TaskRef; deadline: number }
	| DoneOutcome
	| FailedOutcome
	/** `urls`: files of a completed task that were not downloaded. */
	| { kind: 'stopped'; task?: TaskRef; urls?: string[] };

/** Whether there is certainly no task. */
export function isNotCreated(outcome: Outcome): boolean {
	return !outcome.task && !(outcome.kind === 'failed' && outcome.unconfirmed);
}

/** The task completed, or was read as it stands. */
export interface DoneOutcome {
	kind: 'done';
	task: TaskRef;
	status: TaskStatus;
	record: JsonObject;
	files: IBinaryData[];
}

export interface FailedOutcome {
	kind: 'failed';
	error: ItemError;
	task?: TaskRef;
	/** Files that are there and could not be downloaded. */
	urls?: string[];
	/** What the task has cost, if its record says so. */
	credits?: number;
	/** The final state of the task at Kie.ai, if it has one. */
	ended?: 'success' | 'fail';
	/** Another model may succeed. */
	isFaultOfModel?: boolean;
	/** Kie may have accepted the task, but nobody knows its ID. */
	unconfirmed?: boolean;
}
