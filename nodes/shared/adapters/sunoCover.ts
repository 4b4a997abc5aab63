import { asNumber, parseObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import { hasField, toFlagRecord } from './callbackFormat';
import { parseFlagRecord } from './flagRecord';
import { parseWordRecord } from './sunoRecords';
import type { TaskState } from './taskStatus';
import { urlsIn } from './taskStatus';

/** Flag 2 is running here. */
const FLAGS = new Map<number, TaskState>([
	[1, 'success'],
	[3, 'fail'],
]);

/** Cover images for a song. The page documents words as well as numbers (https://docs.kie.ai/suno-api/get-cover-suno-details). */
export const sunoCover: Adapter = {
	displayName: 'Suno Cover Art',
	create: flatCreate('/api/v1/suno/cover/generate'),
	read: readByTaskId('/api/v1/suno/cover/record-info'),
	parseRecord: (record) => {
		const urls = urlsIn(parseObject(record.response)?.images);
		const isWord = asNumber(record.successFlag) === undefined;
		return isWord ? parseWordRecord(record, record.successFlag, urls, {}) : parseFlagRecord(record, urls, {}, FLAGS);
	},
	callback: {
		idFields: ['data.taskId'],
		matches: (callback) => hasField(callback, 'images'),
		toRecord: (callback) => toFlagRecord(callback, { response: { images: callback.data.images ?? null } }),
	},
};
