import { omit } from 'lodash';

import { asNumber, asText, compact, isObject, nonEmptyFields, parseObject } from '../json';
import type { JsonObject } from '../json';
import type { Adapter } from './adapter';
import { readByTaskId } from './adapter';
import type { CallbackBody, CallbackFormat } from './callbackFormat';
import { hasField } from './callbackFormat';
import type { TaskState, TaskStatus } from './taskStatus';
import { modelOf, times, toStatus, urlsIn } from './taskStatus';

/** Final states; `waiting`, `queuing`, `generating` and unknown words are pending (https://docs.kie.ai/market/common/get-task-detail). */
const FINAL = new Map<string, TaskState>([
	['success', 'success'],
	['fail', 'fail'],
]);

/** The result in a record: its files and, as details, everything else that the model returned. */
export function resultOf(record: JsonObject): Pick<TaskStatus, 'urls' | 'details'> {
	const { resultUrls, resultObject, ...rest } = parseObject(record.resultJson) ?? {};
	return {
		urls: urlsIn(resultUrls),
		details: nonEmptyFields({ ...rest, ...(isObject(resultObject) ? resultObject : {}) }),
	};
}

/** The status that a record reports, with the result that was found in it. */
export function marketStatus(
	record: JsonObject,
	result: Pick<TaskStatus, 'urls' | 'details' | 'fileNames'>,
): TaskStatus {
	return toStatus({
		...result,
		state: FINAL.get(asText(record.state) ?? '') ?? 'waiting',
		failure: { code: asText(record.failCode), reason: asText(record.failMsg) ?? '' },
		credits: asNumber(record.creditsConsumed),
		model: modelOf(record),
		...times(record),
	});
}

/** Whether a body is a record of the market; a failed task may have no more than its state. */
export function isMarketRecord(callback: CallbackBody): boolean {
	return hasField(callback, 'state', 'resultJson', 'failCode', 'param') && !hasField(callback, 'instruments');
}

/** Whether a record is that of a Suno model, which has an adapter of its own. */
export function isSunoRecord(record: JsonObject): boolean {
	return modelOf(record)?.startsWith('ai-music-api/') ?? false;
}

export const marketCallback: CallbackFormat = {
	idFields: ['data.taskId', 'taskId'],
	matches: (callback) => isMarketRecord(callback) && !isSunoRecord(callback.data),
	toRecord: (callback) => {
		const { data, isSuccess, code, reason } = callback;
		const failure = { failCode: code?.toString() ?? null, failMsg: reason };
		if (isMarketRecord(callback)) return { ...failure, ...nonEmptyFields(data) };
		// A body in no known format: everything besides the ID is the result.
		return { ...failure, state: isSuccess ? 'success' : 'fail', resultJson: omit(data, 'taskId', 'task_id') };
	},
};

/** The models on createTask. */
export const market: Adapter = {
	displayName: 'Market (Most Models)',
	create: ({ id, fixed }, input, callBackUrl) => ({
		kind: 'request',
		method: 'POST',
		path: '/api/v1/jobs/createTask',
		body: compact({ model: id, input: { ...input, ...fixed }, callBackUrl: callBackUrl || undefined }),
	}),
	read: readByTaskId('/api/v1/jobs/recordInfo'),
	parseRecord: (record) => marketStatus(record, resultOf(record)),
	callback: marketCallback,
};
