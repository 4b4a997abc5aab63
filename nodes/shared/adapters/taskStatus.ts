import { asNumber, asText } from '../json';
import type { Json, JsonObject } from '../json';

/** Where a task stands. Everything that is not known to be an end is `waiting`, never success. */
export type TaskState = 'waiting' | 'success' | 'fail';

/** Why a task failed, in Kie's own words. */
export interface TaskFailure {
	code?: string;
	reason: string;
}

/** What any of Kie's APIs says about a task, in one shape. */
export interface TaskStatus {
	state: TaskState;
	/** Every result file, in order. */
	urls: string[];
	/** Better names for the files than their addresses have, in the same order and without extension. */
	fileNames?: string[];
	/** What the API has to say beyond files: segments, layers, transcripts; JSON under names of its own. */
	details: JsonObject;
	failure?: TaskFailure;
	credits?: number;
	createdAt?: string;
	completedAt?: string;
	durationMs?: number;
	/** The model that the record names. */
	model?: string;
}

const WITHOUT_RESULT = 'Kie.ai reports success but gives no result';

/** Success without a file and without details is a failure that says so. */
export function requireResult(snapshot: TaskStatus): TaskStatus {
	if (snapshot.state !== 'success' || snapshot.urls.length > 0 || Object.keys(snapshot.details).length > 0)
		return snapshot;
	return { ...snapshot, state: 'fail', failure: { reason: WITHOUT_RESULT } };
}

/** The last time that a Date can hold. */
const LATEST_TIME_MS = 8.64e15;

/** Milliseconds or an ISO time, as Kie's APIs mix them, as an ISO time. A text without a time zone is not understood. */
export function isoTime(value: Json | undefined): string | undefined {
	const written = asText(value) ?? '';
	const time = asNumber(value) ?? (/(Z|[+-]\d\d:?\d\d)$/.test(written) ? Date.parse(written) : NaN);
	return time > 0 && time <= LATEST_TIME_MS ? new Date(time).toISOString() : undefined;
}

/** The times of a record; `costTime` is left alone because Kie means milliseconds in the docs and seconds in traffic. */
export function times(record: JsonObject): Pick<TaskStatus, 'createdAt' | 'completedAt' | 'durationMs'> {
	const createdAt = isoTime(record.createTime);
	const completedAt = isoTime(record.completeTime);
	const durationMs = createdAt && completedAt ? Date.parse(completedAt) - Date.parse(createdAt) : undefined;
	return { createdAt, completedAt, durationMs };
}

/** The addresses in a value: text, or a list of texts or of objects that hold the address under one of `keys`. */
export function urlsIn(value: Json | undefined, keys: string[] = ['resultUrl', 'url']): string[] {
	if (typeof value === 'string') return value.trim() === '' ? [] : [value];
	if (Array.isArray(value)) return value.flatMap((entry) => urlsIn(entry, keys));
	if (typeof value === 'object' && value !== null) return keys.flatMap((key) => urlsIn(value[key], []));
	return [];
}
