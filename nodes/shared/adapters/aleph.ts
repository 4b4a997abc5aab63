import { asNumber, asText, nonEmptyFields, parseObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import type { TaskState } from './taskStatus';
import { urlsIn } from './taskStatus';
import { parseFlagRecord } from './flagRecord';
import { failureFields, hasField } from './callbackFormat';
import { TEXT } from './resultShape';

/** Flag 0 is running or failed: the failure fields tell. */
const FLAGS = new Map<number, TaskState>([[1, 'success']]);
const FAILED_FLAGS = new Map<number, TaskState>([...FLAGS, [0, 'fail']]);

/** Runway Aleph (https://docs.kie.ai/runway-api/get-aleph-video-details). */
export const aleph: Adapter = {
	displayName: 'Runway Aleph',
	result: { fields: { imageUrl: TEXT } },
	create: flatCreate('/api/v1/aleph/generate'),
	read: readByTaskId('/api/v1/aleph/record-info'),
	parseRecord: (record) => {
		const isFailed = (asNumber(record.errorCode) ?? 0) !== 0 || asText(record.errorMessage) !== undefined;
		const { resultVideoUrl, resultImageUrl } = parseObject(record.response) ?? {};
		const urls = urlsIn(resultVideoUrl);
		const details = urls.length > 0 ? nonEmptyFields({ imageUrl: resultImageUrl }) : {};
		return parseFlagRecord(record, urls, details, isFailed ? FAILED_FLAGS : FLAGS);
	},
	callback: {
		idFields: ['taskId', 'data.task_id'],
		// `data` is null after a failure (https://docs.kie.ai/runway-api/generate-aleph-video).
		matches: (callback) =>
			hasField(callback, 'result_video_url') || (callback.idField === 'taskId' && callback.body.data === null),
		// One page shows Runway's form for Aleph too.
		couldMatch: (callback) => hasField(callback, 'video_id'),
		toRecord: (callback) => {
			const { result_video_url: resultVideoUrl = null, result_image_url: resultImageUrl = null } = callback.data;
			const successFlag = callback.isSuccess ? 1 : 0;
			return { successFlag, ...failureFields(callback), response: { resultVideoUrl, resultImageUrl } };
		},
	},
};
