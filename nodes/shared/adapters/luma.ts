import { parseObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import type { TaskState } from './taskStatus';
import { urlsIn } from './taskStatus';
import { parseFlagRecord, DEFAULT_FLAGS } from './flagRecord';
import type { CallbackBody } from './callbackFormat';
import { hasField, isBareFailure, toFlagRecord } from './callbackFormat';

/** Flag 4: the video exists, and Kie could not deliver the callback. */
const FLAGS = new Map<number, TaskState>([...DEFAULT_FLAGS, [4, 'success']]);

/** Whether a body has the request and the URLs side by side, as those of Luma and Midjourney do, and of no other API. */
export function isRequestWithUrls(callback: CallbackBody): boolean {
	return hasField(callback, 'promptJson', 'resultUrls') && !hasField(callback, 'info', 'fallbackFlag');
}

/** Luma's request has the source video, and its messages name what was done to it (https://docs.kie.ai/luma-api/generate-luma-modify-video). */
export function isOfLuma({ data, reason }: CallbackBody): boolean {
	return /modify/i.test(reason) || 'videoUrl' in (parseObject(data.promptJson) ?? {});
}

/** Luma Modify (https://docs.kie.ai/luma-api/get-luma-modify-details). */
export const luma: Adapter = {
	displayName: 'Luma',
	create: flatCreate('/api/v1/modify/generate'),
	read: readByTaskId('/api/v1/modify/record-info'),
	parseRecord: (record) => parseFlagRecord(record, urlsIn(parseObject(record.response)?.resultUrls), {}, FLAGS),
	callback: {
		idFields: ['data.taskId'],
		matches: (callback) => isRequestWithUrls(callback) && isOfLuma(callback),
		// How a failure is posted is not documented.
		couldMatch: (callback) => isRequestWithUrls(callback) || isBareFailure(callback, 'data.taskId'),
		toRecord: (callback) => toFlagRecord(callback, { response: { resultUrls: callback.data.resultUrls ?? null } }),
	},
};
