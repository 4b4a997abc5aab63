import type { Failure } from '../api/failure';
import type { ApiResponse, ResponseShape } from '../api/response';
import { asId, isObject, asText, compact } from '../json';
import type { JsonObject } from '../json';
import type { CallbackFormat, EarlyMilestone } from './callbackFormat';
import type { ResultShape } from './resultShape';
import type { TaskStatus } from './taskStatus';

/** A request to one of Kie's APIs. */
export interface ApiCall {
	method: 'GET' | 'POST';
	path: string;
	qs?: JsonObject;
	body?: JsonObject;
	shape?: ResponseShape;
}

/** How to get a task: by a request that creates it, or it exists and only has to be read. */
export type CreateCall = ({ kind: 'request' } & ApiCall) | { kind: 'existing'; taskId: string };

/** What the response to a create means. `record`: the result came with it. */
export type Creation = { kind: 'created'; taskId: string; record?: JsonObject } | { kind: 'failed'; failure: Failure };

/** How far a task has to be to count as done. */
export type Milestone = 'all' | EarlyMilestone;

/** What the response to a read means. */
export type ReadResult = { kind: 'record'; record: JsonObject } | { kind: 'pending' };

/** What a create needs to know of the model. */
export interface CreatedModel {
	/** The value of `model` in createTask. */
	id: string;
	/** The path that creates a task, if the API has several. */
	path?: string;
	/** Fields that are sent as they are. */
	fixed?: JsonObject;
	/** The names that the API has for fields of ours. */
	fieldNames?: Record<string, string>;
	/** Fields of ours that the API does not have. */
	without?: string[];
	/** The name of the callback URL, where it is another than `callBackUrl`. */
	callbackField?: string;
}

/** One of Kie's APIs: how it creates a task and reports on it. What differs between the APIs is in their adapters. */
export interface Adapter {
	displayName: string;
	/** How a task is created. */
	create(model: CreatedModel, input: JsonObject, callBackUrl?: string): CreateCall;
	/** What the response to a create means. If absent, see `taskFromResponse`. */
	parseCreated?(response: ApiResponse, input: JsonObject): Creation;
	/** The request that reads the record of a task. If absent, the result comes with the response to the create, and Kie keeps no record of it. */
	read?(taskId: string, input: JsonObject): ApiCall;
	/** The fields of the input that reading a record needs besides the task's ID. */
	readsInput?: string[];
	/** What the response to a read means, where it is not a record in `data` or a failure as with the other APIs. */
	parseRead?(response: ApiResponse): ReadResult | undefined;
	/** What its results have besides files; if absent, nothing that is known of all its models. */
	result?: ResultShape;
	/** The status that a record reports. */
	parseRecord(record: JsonObject, milestone?: Milestone): TaskStatus;
	/** Whether a record has reached a milestone of a song. If absent, records do not say how far a song is. */
	hasReached?(record: JsonObject, milestone: EarlyMilestone): boolean;
	/** Whether a record is of this API, where another API has its records at the same path. */
	isOwnRecord?(record: JsonObject): boolean;
	/** What Kie posts to a callback URL. If absent, it posts nothing. */
	callback?: CallbackFormat;
}

const NO_TASK_ID: Failure = { kind: 'unexpectedResponse', reason: 'The response has no task ID' };

/** The created task, if the response has its ID as `taskId`. An unexpected response with a task ID has created one, too. */
export function taskFromResponse(response: ApiResponse): Creation {
	const taskId = isObject(response.data) ? asId(response.data.taskId) : undefined;
	const isCreated = response.kind === 'ok' || response.failure.kind === 'unexpectedResponse';
	if (taskId !== undefined && isCreated) return { kind: 'created', taskId };
	return { kind: 'failed', failure: response.kind === 'ok' ? NO_TASK_ID : response.failure };
}

/** Creates with the fields and the callback URL at the top level of the body, as all APIs but the market's. */
export function flatCreate(defaultPath: string): Adapter['create'] {
	return ({ path = defaultPath, fixed, callbackField = 'callBackUrl' }, input, callBackUrl) => ({
		kind: 'request',
		method: 'POST',
		path,
		body: compact({ ...input, ...fixed, [callbackField]: callBackUrl || undefined }),
	});
}

/** Reads a record by `taskId` in the query. */
export function readByTaskId(path: string): NonNullable<Adapter['read']> {
	return (taskId) => ({ method: 'GET', path, qs: { taskId } });
}

/** A result that comes without a task: its `idField` takes the place of the task ID. */
export function createdAtOnce(idField: string): NonNullable<Adapter['parseCreated']> {
	return (response) => {
		if (response.kind === 'failed') return { kind: 'failed', failure: response.failure };
		const record = isObject(response.data) ? response.data : {};
		const taskId = asText(record[idField]);
		return taskId === undefined ? { kind: 'failed', failure: NO_TASK_ID } : { kind: 'created', taskId, record };
	};
}
