import { isUndefined, omit, omitBy } from 'lodash';
import type { IBinaryData, IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { TaskStatus } from '../adapters/taskStatus';
import type { JsonObject } from '../json';
import type { TaskRef } from '../tasks/taskRef';
import type { DoneOutcome, FailedOutcome, ItemError, ItemResult, Outcome } from './outcome';
import type { RunOptions } from './runOptions';

/** How an item's outcome is returned. */
export interface ItemOutput {
	options: Pick<RunOptions, 'simplify' | 'itemPerFile' | 'binaryProperty'>;
	/** Fields of the input that the output repeats, for the next node. */
	passThrough?: JsonObject;
}

/** The result of an item from what became of its task. */
export function toResult(outcome: Outcome, item: ItemOutput): ItemResult {
	switch (outcome.kind) {
		case 'created':
		case 'waiting':
			return {
				kind: 'done',
				items: [{ json: { ...taskFields(outcome.task), state: 'waiting', ...item.passThrough } }],
			};
		case 'done':
			return { kind: 'done', items: doneItems(outcome, item) };
		case 'failed':
			return { kind: 'failed', error: outcome.error, details: failedDetails(outcome) };
		case 'stopped':
			return { kind: 'stopped' };
	}
}

/** The items of a completed task: one, or one per file. */
export function doneItems(
	{ task, status, record, files }: DoneOutcome,
	{ options, passThrough }: ItemOutput,
): INodeExecutionData[] {
	const json: IDataObject = options.simplify
		? { ...taskJson(task, status), ...passThrough }
		: { api: task.api, taskId: task.taskId, ...record };
	if (!options.itemPerFile || status.urls.length === 0) {
		return [{ json, binary: binaryFields(files, options.binaryProperty) }];
	}
	// A song is more than its file.
	const tracks = Array.isArray(status.details.tracks) ? status.details.tracks : [];
	return status.urls.map((url, fileIndex) => {
		const track = tracks[fileIndex];
		const ownTrack = track === undefined ? {} : { track, tracks: [track] };
		const ownFile = files.slice(fileIndex, fileIndex + 1);
		return {
			json: { ...json, ...ownTrack, urls: [url], url, fileIndex },
			binary: binaryFields(ownFile, options.binaryProperty),
		};
	});
}

/** The JSON of a task; what the API returns beyond files stands beside it under its own names. */
function taskJson(task: TaskRef, status: TaskStatus): IDataObject {
	const { state, urls, credits, durationMs, createdAt, completedAt, details, failure } = status;
	const fields: IDataObject = {
		...taskFields(task, status.model),
		state,
		urls,
		failure: failure && { ...failure },
		creditsConsumed: credits,
		durationMs,
		createdAt,
		completedAt,
	};
	const known = omitBy(fields, isUndefined);
	return { ...known, ...omit(details, Object.keys(known)) };
}

/** `recordModel`: the model that the task's record names. */
function taskFields({ taskId, api, model: askedModel }: TaskRef, recordModel?: string): IDataObject {
	const model = askedModel || recordModel;
	return { taskId, api, ...(model ? { model } : {}) };
}

/** The binary fields of an item: `data`, `data_1`, … */
function binaryFields(files: IBinaryData[], property: string): IBinaryKeyData | undefined {
	if (files.length === 0) return undefined;
	return Object.fromEntries(files.map((file, index) => [index === 0 ? property : `${property}_${index}`, file]));
}

function failedDetails({ task, urls }: FailedOutcome): IDataObject {
	return { ...(task && taskFields(task)), ...(urls ? { urls } : {}) };
}

/**
 * The item of On Error: Continue. Its JSON has the one key `error`, because n8n before 2.35.3 sends only such items to the
 * error output; `error` of the item itself stays unset, because n8n would reduce the JSON to the message.
 */
export function failedItem(error: ItemError, details: IDataObject = {}): Pick<INodeExecutionData, 'json'> {
	const description = typeof error.description === 'string' ? { description: error.description } : {};
	return { json: { error: { message: error.message, ...description, ...details } } };
}
