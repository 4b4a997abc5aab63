import { omit } from 'lodash';
import type { IBinaryKeyData, IDataObject, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { JsonObject } from '../json';
import type { ApiName } from '../adapters';
import type { TaskStatus } from '../adapters/taskStatus';
import type { RunOptions } from './runOptions';

/** What became of one item. */
export type Outcome =
	| { kind: 'created'; task: TaskRef }
	/** The execution is to be put to wait for it. */
	| { kind: 'waiting'; task: TaskRef }
	| { kind: 'done'; task: TaskRef; snapshot: TaskStatus; record: JsonObject; files: IBinaryKeyData[string][] }
	/** `unconfirmed`: Kie may have taken the task, but nobody knows its ID. */
	| { kind: 'failed'; error: NodeApiError | NodeOperationError; task?: TaskRef; urls?: string[]; unconfirmed?: boolean }
	| { kind: 'stopped'; task?: TaskRef };

/** All that is needed to look a task up again. */
export interface TaskRef {
	taskId: string;
	api: ApiName;
	/** Empty where a task is looked up that the item does not name. */
	model: string;
}

/** What is known of a task; `seen` is the model that its record names. */
function taskFields({ taskId, api, model: given }: TaskRef, seen?: string): IDataObject {
	const model = given || seen;
	return { taskId, api, ...(model ? { model } : {}) };
}

/** The JSON of a finished task; what the API has to say beyond files stands beside it under its own names. */
function taskJson(task: TaskRef, snapshot: TaskStatus): IDataObject {
	const { state, urls, credits, durationMs, createdAt, completedAt, details, failure } = snapshot;
	const known = {
		...taskFields(task, snapshot.model),
		state,
		urls,
		...(failure ? { failure: { ...failure } } : {}),
		...(credits === undefined ? {} : { creditsConsumed: credits }),
		...(durationMs === undefined ? {} : { durationMs }),
		...(createdAt === undefined ? {} : { createdAt }),
		...(completedAt === undefined ? {} : { completedAt }),
	};
	return { ...known, ...omit(details, Object.keys(known)) };
}

/** The binary fields of an item: `data`, `data_1`, … */
function binaryFields(files: IBinaryKeyData[string][], property: string): IBinaryKeyData | undefined {
	if (files.length === 0) return undefined;
	return Object.fromEntries(files.map((file, index) => [index === 0 ? property : `${property}_${index}`, file]));
}

/** Which item an outcome is of, and how it is to be shown. */
export interface ShownItem {
	itemIndex: number;
	options: Pick<RunOptions, 'simplify' | 'itemPerFile' | 'binaryProperty'>;
	/** What the output says of the input, for the next node to take up. */
	passThrough?: JsonObject;
}

/** The output items of one input item, all paired with it. */
export function toItems(outcome: Outcome, { itemIndex, options, passThrough: carry }: ShownItem): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	switch (outcome.kind) {
		case 'created':
		case 'waiting':
			return [{ json: { ...taskFields(outcome.task), state: 'waiting', ...carry }, pairedItem }];
		case 'done': {
			const { task, snapshot, record, files } = outcome;
			const json = options.simplify
				? { ...taskJson(task, snapshot), ...carry }
				: { api: task.api, taskId: task.taskId, ...record };
			if (!options.itemPerFile || snapshot.urls.length === 0) {
				const binary = binaryFields(files, options.binaryProperty);
				return [{ json, ...(binary ? { binary } : {}), pairedItem }];
			}
			// A song is more than its file.
			const tracks = Array.isArray(snapshot.details.tracks) ? snapshot.details.tracks : [];
			return snapshot.urls.map((url, index) => {
				const binary = binaryFields(files.slice(index, index + 1), options.binaryProperty);
				const track = tracks[index];
				const own = track === undefined ? {} : { track, tracks: [track] };
				return {
					json: { ...json, ...own, urls: [url], url, fileIndex: index },
					...(binary ? { binary } : {}),
					pairedItem,
				};
			});
		}
		case 'failed':
			return [
				failedItem(outcome.error, itemIndex, {
					...(outcome.task && taskFields(outcome.task)),
					...(outcome.urls ? { urls: outcome.urls } : {}),
				}),
			];
		case 'stopped':
			return [];
	}
}

/**
 * The item of Continue On Fail. n8n cuts the JSON of an item with `error` set down to the message, and sends an item whose
 * JSON has nothing but `error`, `message` and `details` to the error output; so what is known of the task is in `details`.
 */
export function failedItem(
	error: NodeApiError | NodeOperationError,
	itemIndex: number,
	known: Partial<TaskRef> & { urls?: string[] } = {},
): INodeExecutionData {
	const description = typeof error.description === 'string' ? { description: error.description } : {};
	return {
		json: { error: error.message, details: { ...known, ...description } },
		pairedItem: { item: itemIndex },
	};
}
