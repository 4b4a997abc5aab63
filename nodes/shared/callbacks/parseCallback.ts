import { uniqBy } from 'lodash';

import type { ApiName } from '../adapters';
import { adapters, apiNames } from '../adapters';
import type { CallbackBody, EarlyMilestone, IdField } from '../adapters/callbackFormat';
import { ID_FIELDS, isBareFailure } from '../adapters/callbackFormat';
import { marketCallback } from '../adapters/market';
import type { TaskStatus } from '../adapters/taskStatus';
import { isSuccessCode } from '../api/response';
import { asId, asNumber, asText, isObject } from '../json';
import type { JsonObject } from '../json';

/** What a callback reports; `progress`: the task is still running. */
export type CallbackEvent = 'success' | 'failure' | 'progress';

/** A task as a callback, or its record, reports it. */
export interface CallbackTask {
	api: ApiName;
	/** The model that is named, or else the API. */
	model: string;
	event: CallbackEvent;
	/** How far a running song is. */
	milestone?: EarlyMilestone;
	/** How far another running task is, as Kie counts it. */
	progress?: number;
	status: TaskStatus;
	/** The record says success, and its result is missing so far. */
	lacksResult?: true;
}

/** What the body of a callback says. */
export interface Callback extends CallbackTask {
	taskId: string;
	/** The APIs that may have sent it, the likeliest first; of those with records at the same path, one. */
	apis: ApiName[];
}

/** IDs are hexadecimal, UUIDs or `task_…`. */
const ID = /^\S{1,200}$/;

const FORMATS = apiNames.flatMap((api) => {
	const format = adapters[api].callback;
	return format ? [{ api, format }] : [];
});

/** Parses the body of a callback of any API; undefined if it names no task. */
export function parseCallback(body: JsonObject): Callback | undefined {
	const data = isObject(body.data) ? body.data : {};
	const id = findId(body, data);
	if (!id) return undefined;
	const code = asNumber(body.code);
	const isSuccess = isSuccessCode(code ?? 200);
	const callback: CallbackBody = { body, data, idField: id.idField, isSuccess, code, reason: asText(body.msg) ?? '' };

	const recognized = [
		...FORMATS.filter(({ format }) => format.matches(callback)),
		...FORMATS.filter(({ format }) => format.couldMatch?.(callback)),
	];
	const isVague = recognized.length === 0 || isBareFailure(callback, ...ID_FIELDS);
	const others = isVague ? FORMATS.filter(({ format }) => format.idFields.includes(id.idField)) : [];
	const apis = uniqBy([...recognized, ...others], ({ api }) => adapters[api].read).map(({ api }) => api);

	const [likeliest] = recognized;
	if (likeliest) {
		const { api, format } = likeliest;
		return { taskId: id.taskId, apis, ...parseTask(api, format.toRecord(callback), format.milestone?.(callback)) };
	}
	const [api = 'market'] = apis;
	return { taskId: id.taskId, apis, ...parseTask('market', marketCallback.toRecord(callback)), api, model: api };
}

function findId(body: JsonObject, data: JsonObject): { taskId: string; idField: IdField } | undefined {
	const values: Record<IdField, unknown> = {
		'data.taskId': data.taskId,
		'data.task_id': data.task_id,
		taskId: body.taskId,
		task_id: body.task_id,
	};
	for (const idField of ID_FIELDS) {
		const taskId = asId(values[idField]);
		if (taskId !== undefined && ID.test(taskId)) return { taskId, idField };
	}
	return undefined;
}

/** What a record reports, read as one of `readAs`. `milestone`: what the callback has announced of a song. */
export function parseTask(readAs: ApiName, record: JsonObject, milestone?: EarlyMilestone): CallbackTask {
	const api = apiNames.find((name) => adapters[name].isOwnRecord?.(record)) ?? readAs;
	const { parseRecord, hasReached } = adapters[api];
	const status = parseRecord(record);
	const task = { api, model: status.model ?? api };
	if (status.state === 'fail') return { ...task, event: 'failure', status };
	if (status.state === 'withoutResult') {
		const failure = { reason: 'Kie.ai reports success but returned no result' };
		return { ...task, event: 'failure', status: { ...status, state: 'fail', failure }, lacksResult: true };
	}
	if (status.state === 'success' && milestone === undefined) return { ...task, event: 'success', status };
	const reached = milestone !== undefined && (hasReached?.(record, milestone) ?? true);
	return {
		...task,
		event: 'progress',
		...(reached ? { milestone } : {}),
		progress: asNumber(record.progress),
		status: { ...parseRecord(record, milestone), state: status.state },
	};
}
