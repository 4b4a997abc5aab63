import { asNumber, asText, parseObject, shorten } from '../json';
import type { Json, JsonObject } from '../json';

/**
 * The state of a task. Every word or number that is not known to be final is `waiting`; `withoutResult` is a success whose
 * result is missing, which may still arrive.
 */
export type TaskState = 'waiting' | 'success' | 'withoutResult' | 'fail';

/** Why a task failed, in Kie's own words. */
export interface TaskFailure {
	code?: string;
	reason: string;
}

/** The status of a task, in one form for all of Kie's APIs. */
export interface TaskStatus {
	state: TaskState;
	/** Every result file, in order. */
	urls: string[];
	/** Better names for the files than their URLs have, in the same order and without extension. */
	fileNames?: string[];
	/** What the API returns besides files (segments, layers, transcripts), under the API's names. */
	details: JsonObject;
	failure?: TaskFailure;
	credits?: number;
	createdAt?: string;
	completedAt?: string;
	durationMs?: number;
	/** The model that the record names. */
	model?: string;
}

/** A status without what does not go with its state. A success without files and details is `withoutResult`. */
export function toStatus({ urls, details, failure, ...rest }: TaskStatus): TaskStatus {
	const hasResult = urls.length > 0 || Object.keys(details).length > 0;
	if (rest.state === 'success' && hasResult) return { ...rest, urls, details };
	const empty = { ...rest, urls: [], details: {} };
	if (rest.state === 'success') return { ...empty, state: 'withoutResult' };
	return rest.state === 'fail' ? { ...empty, failure: failure && shortened(failure) } : empty;
}

/** What is shown of a reason; Kie's own are far shorter. */
const REASON_LENGTH = 1_000;
const CODE_LENGTH = 50;

function shortened({ code, reason }: TaskFailure): TaskFailure {
	return { code: code && shorten(code, CODE_LENGTH), reason: shorten(reason, REASON_LENGTH) };
}

/** The last time that a Date can hold. */
const LATEST_TIME_MS = 8.64e15;

/** A time in milliseconds or in ISO format, as ISO; Kie's APIs have both. Undefined for a text without a time zone. */
export function isoTime(value: Json | undefined): string | undefined {
	const written = asText(value) ?? '';
	const time = asNumber(value) ?? (/(Z|[+-]\d\d:?\d\d)$/.test(written) ? Date.parse(written) : NaN);
	return time > 0 && time <= LATEST_TIME_MS ? new Date(time).toISOString() : undefined;
}

/** The times of a record. `costTime` is not used: milliseconds in Kie's documentation, seconds in its responses. */
export function times(record: JsonObject): Pick<TaskStatus, 'createdAt' | 'completedAt' | 'durationMs'> {
	const createdAt = isoTime(record.createTime);
	const completedAt = isoTime(record.completeTime);
	const durationMs = createdAt && completedAt ? Date.parse(completedAt) - Date.parse(createdAt) : undefined;
	return { createdAt, completedAt, durationMs };
}

/** The URLs in a value: a text, or a list of texts or of objects that have the URL under one of `keys`. */
export function urlsIn(value: Json | undefined, keys: string[] = ['resultUrl', 'url']): string[] {
	if (typeof value === 'string') return value.trim() === '' ? [] : [value];
	if (Array.isArray(value)) return value.flatMap((entry) => urlsIn(entry, keys));
	if (typeof value === 'object' && value !== null) return keys.flatMap((key) => urlsIn(value[key], []));
	return [];
}

/** The model that a record names, itself or in the request that it quotes. */
export function modelOf(record: JsonObject): string | undefined {
	const requests = [record.param, record.paramJson, record.promptJson].map((request) => parseObject(request)?.model);
	return [record.model, ...requests].map(asText).find((model) => model !== undefined);
}
