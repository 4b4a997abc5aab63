import { asId, isObject, asText } from '../json';
import type { JsonObject } from '../json';
import type { ApiResponse, ResponseShape } from '../api/response';
import type { Failure } from '../api/failure';
import type { ApiName, Model } from '../catalogue/types';
import type { TaskStatus } from './taskStatus';

/** A request to one of Kie's APIs. */
export interface ApiCall {
	method: 'GET' | 'POST';
	path: string;
	qs?: JsonObject;
	body?: JsonObject;
	shape?: ResponseShape;
}

/** What the answer to a create means: a task to wait for, or one whose record came at once, or a refusal. */
export type Creation = { taskId: string; record?: JsonObject } | { failure: Failure };

/** A song is done in part when its lyrics are there, or its first track. */
export type Milestone = 'all' | 'first' | 'text';

/** What is needed of a model to create a task of it. */
export interface CreatedModel extends Pick<Model, 'id' | 'api' | 'path' | 'fixed'> {
	/** The names that an API has for fields of ours. */
	fieldNames?: Record<string, string>;
	/** Fields of ours that it does not have. */
	without?: string[];
}

/** How one of Kie's APIs creates a task and says what became of it. The differences between the APIs end here. */
export interface Adapter {
	api: ApiName;
	/** The request that creates a task; text: there is nothing to create, and this is the ID to look up. */
	create(model: CreatedModel, input: JsonObject, callBackUrl?: string): ApiCall | string;
	/** Left out: the task's ID is `taskId` in the answer's data. */
	created?(answer: ApiResponse, input: JsonObject): Creation;
	/** The request that reads the record of a task. */
	read(taskId: string, input: JsonObject): ApiCall;
	/** The result comes with the answer to the create, and Kie keeps no record to look up. */
	answersAtOnce?: true;
	/** Whether Kie calls back when such a task ends; left out: yes. */
	callsBack?: boolean;
	/** The fields of the input that reading a record needs beside the task's ID. */
	readsInput?: string[];
	/** Whether a refusal to read only means that the result is not there yet. */
	isPending?(failure: Failure): boolean;
	/** What a record's data says. `stage`: how far the task has to be to count as done, where it can be done in part. */
	parseRecord(record: JsonObject, stage?: Milestone): TaskStatus;
}

const NO_TASK_ID: Failure = { kind: 'unexpectedResponse', reason: 'The task was taken without a task ID' };

/**
 * The task that a create has made, where the answer names it as most APIs do. An answer that is not understood but names
 * a task has made one.
 */
export function taskFromResponse(answer: ApiResponse): Creation {
	const taskId = isObject(answer.data) ? asId(answer.data.taskId) : undefined;
	if (taskId !== undefined && (answer.kind === 'ok' || answer.failure.kind === 'unexpectedResponse')) return { taskId };
	return { failure: answer.kind === 'ok' ? NO_TASK_ID : answer.failure };
}

/** Creates with the fields at the top of the body and the callback address among them, as all APIs but the market's. */
export function flatCreate(path: string): Adapter['create'] {
	return ({ path: own = path, fixed }, input, callBackUrl) => ({
		method: 'POST',
		path: own,
		body: { ...input, ...fixed, ...(callBackUrl ? { callBackUrl } : {}) },
	});
}

/** Reads a record by `taskId` in the query. */
export function readByTaskId(path: string): Adapter['read'] {
	return (taskId) => ({ method: 'GET', path, qs: { taskId } });
}

/**
 * A result that is returned at once, without a task: its `idField` stands for the task's ID
 * (https://docs.kie.ai/market/gemini-omni-character).
 */
export function createdAtOnce(idField: string): NonNullable<Adapter['created']> {
	return (answer) => {
		if (answer.kind === 'failed') return { failure: answer.failure };
		const id = isObject(answer.data) ? asText(answer.data[idField]) : undefined;
		if (id === undefined || !isObject(answer.data)) return { failure: NO_TASK_ID };
		return { taskId: id, record: answer.data };
	};
}
