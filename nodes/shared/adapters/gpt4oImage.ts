import { parseObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import { urlsIn } from './taskStatus';
import { parseFlagRecord } from './flagRecord';
import { hasEmptyInfo, infoOf, toFlagRecord } from './callbackFormat';

/** The legacy API of 4o Image (https://docs.kie.ai/4o-image-api/get-4-o-image-details). Its quickstart spells `result_urls`. */
export const gpt4oImage: Adapter = {
	displayName: '4o Image',
	create: flatCreate('/api/v1/gpt4o-image/generate'),
	read: readByTaskId('/api/v1/gpt4o-image/record-info'),
	parseRecord: (record) => {
		const response = parseObject(record.response);
		return parseFlagRecord(record, urlsIn(response?.resultUrls ?? response?.result_urls));
	},
	callback: {
		idFields: ['data.taskId'],
		// `info` is null after a failure (https://docs.kie.ai/4o-image-api/generate-4-o-image-callbacks).
		matches: (callback) => 'result_urls' in infoOf(callback) || hasEmptyInfo(callback),
		toRecord: (callback) => toFlagRecord(callback, { response: infoOf(callback) }),
	},
};
