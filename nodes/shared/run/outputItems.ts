import { isUndefined, omit, omitBy } from 'lodash';
import type { IBinaryData, IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { TaskStatus } from '../adapters/taskStatus';
import { asObjects, compact } from '../json';
import type { JsonObject } from '../json';
import type { TaskRef } from '../tasks/taskRef';
import type { DoneOutcome, FailedOutcome, ItemError, ItemResult, Outcome } from './outcome';
import type { RunOptions } from './runOptions';

/** How an item's outcome is returned. */
export interface ItemOutput {
	options: Pick<RunOptions, 'simplify' | 'itemPerFile' | 'binaryProperty'> & { brief?: boolean };
	/** Fields of the input that the output repeats, for the next node. */
	passThrough?: JsonObject;
}

/** The result of an item from what became of its task. */
export function toResult(outcome: Outcome, item: ItemOutput): ItemResult {
	switch (outcome.kind) {
		case 'created':
		case 'waiting': {
			const { taskId, api, model } = outcome.task;
			const json = { taskId, state: 'waiting', ...(model && { model }), api, ...item.passThrough };
			return { kind: 'done', items: [{ json }] };
		}
		case 'done':
			return { kind: 'done', items: doneItems(outcome, item) };
		case 'failed':
			return { kind: 'failed', error: outcome.error, details: failedDetails(outcome) };
		case 'stopped':
			return { kind: 'stopped' };
	}
}

/** What an AI agent has no use for. */
const TIMES = ['durationMs', 'createdAt', 'completedAt'];

/** The items of a completed task: one, or one per file. */
export function doneItems(
	{ task, status, record, files }: DoneOutcome,
	{ options, passThrough }: ItemOutput,
): INodeExecutionData[] {
	const { simplify, brief, itemPerFile, binaryProperty } = options;
	const rawJson = { ...record, taskId: task.taskId, api: task.api };
	if (!itemPerFile || status.urls.length === 0) {
		const json = simplify ? taskJson(task, withFirstTrack(status), passThrough) : rawJson;
		return [{ json: brief ? omit(json, TIMES) : json, binary: binaryFields(files, binaryProperty) }];
	}
	return status.urls.map((url, fileIndex) => {
		const ofFile = { url, urls: [url], fileIndex };
		const json = simplify
			? taskJson(task, statusOfFile(status, url), { ...passThrough, fileIndex })
			: { ...ofFile, ...rawJson, ...ofFile };
		return { json, binary: binaryFields(files.slice(fileIndex, fileIndex + 1), binaryProperty) };
	});
}

/**
 * The JSON of a task, what the user came for first: its files and what else the API returned, under its own names; then
 * what is known of the task; last what names it.
 */
function taskJson(task: TaskRef, status: TaskStatus, passThrough: JsonObject = {}): IDataObject {
	const { state, urls, credits, durationMs, createdAt, completedAt, details, failure } = status;
	const [url] = urls;
	const { text, ...otherDetails } = details;
	const taskFields = {
		failure: failure && { ...failure },
		creditsConsumed: credits,
		state,
		model: modelOf(task, status),
		durationMs,
		createdAt,
		completedAt,
		...passThrough,
		taskId: task.taskId,
		api: task.api,
	};
	const files = { url, urls: url === undefined ? undefined : urls };
	const knownNames = Object.keys(omitBy({ ...files, ...taskFields }, isUndefined));
	return omitBy({ ...files, ...omit({ text, ...otherDetails }, knownNames), ...taskFields }, isUndefined);
}

/** The model of a task: the one it was created with, or the one that its record names. */
function modelOf({ model }: TaskRef, status: TaskStatus): string | undefined {
	return model || status.model;
}

/** A status with the fields of the first file's track beside the list of tracks. */
function withFirstTrack(status: TaskStatus): TaskStatus {
	const { title, duration, imageUrl } = trackOf(status, status.urls[0]);
	const details = compact({ title, duration, imageUrl, ...status.details });
	return { ...status, details };
}

/** The status as if the task had only one of its files. A song is more than its file. */
function statusOfFile(status: TaskStatus, url: string): TaskStatus {
	const { id, title, duration, imageUrl, ...track } = omit(trackOf(status, url), 'audioUrl', 'model');
	const ofTrack = compact({ title, duration, imageUrl, ...track, audioId: id });
	const details = id === undefined ? status.details : { ...ofTrack, ...omit(status.details, 'tracks') };
	return { ...status, urls: [url], details };
}

/** The track of a file; empty if it is not one of Suno's. */
function trackOf({ details }: TaskStatus, url: string | undefined): JsonObject {
	return asObjects(details.tracks).find(({ audioUrl }) => audioUrl === url) ?? {};
}

/** The binary fields of an item: `data`, `data_1`, … */
function binaryFields(files: IBinaryData[], property: string): IBinaryKeyData | undefined {
	if (files.length === 0) return undefined;
	return Object.fromEntries(files.map((file, index) => [index === 0 ? property : `${property}_${index}`, file]));
}

function failedDetails({ task, urls }: FailedOutcome): IDataObject {
	if (!task) return {};
	const { taskId, api, model } = task;
	return { ...(urls && { url: urls[0], urls }), ...(model && { model }), taskId, api };
}

/**
 * The item of On Error: Continue. Its JSON has the one key `error`, because n8n before 2.35.3 sends only such items to the
 * error output; `error` of the item itself stays unset, because n8n would reduce the JSON to the message.
 */
export function failedItem(error: ItemError, details: IDataObject = {}): Pick<INodeExecutionData, 'json'> {
	const description = typeof error.description === 'string' ? { description: error.description } : {};
	return { json: { error: { message: error.message, ...description, ...details } } };
}
