import { parseObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import { urlsIn } from './taskStatus';
import { parseFlagRecord, DEFAULT_FLAGS } from './flagRecord';

/** Luma Modify. Its flag 4 means that the video exists and only the callback failed (https://docs.kie.ai/luma-api/get-luma-modify-details). */
export const luma: Adapter = {
	api: 'luma',
	create: flatCreate('/api/v1/modify/generate'),
	read: readByTaskId('/api/v1/modify/record-info'),
	parseRecord: (record) =>
		parseFlagRecord(record, urlsIn(parseObject(record.response)?.resultUrls), {}, { ...DEFAULT_FLAGS, 4: 'success' }),
};
