import { parseObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import { urlsIn } from './taskStatus';
import { parseFlagRecord } from './flagRecord';
import { isOfLuma, isRequestWithUrls } from './luma';
import { toFlagRecord } from './callbackFormat';

/** Midjourney, possibly disabled at Kie.ai; one path each to generate, upscale and vary (https://docs.kie.ai/mj-api/get-mj-task-details). */
export const midjourney: Adapter = {
	displayName: 'Midjourney',
	create: flatCreate('/api/v1/mj/generate'),
	read: readByTaskId('/api/v1/mj/record-info'),
	parseRecord: (record) => parseFlagRecord(record, urlsIn(parseObject(record.resultInfoJson)?.resultUrls)),
	callback: {
		idFields: ['data.taskId'],
		matches: (callback) => isRequestWithUrls(callback) && !isOfLuma(callback),
		couldMatch: isRequestWithUrls,
		toRecord: (callback) =>
			toFlagRecord(callback, { resultInfoJson: { resultUrls: callback.data.resultUrls ?? null } }),
	},
};
