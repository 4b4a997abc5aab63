import { parseObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import type { TaskState } from './taskStatus';
import { urlsIn } from './taskStatus';
import { parseFlagRecord, DEFAULT_FLAGS } from './flagRecord';

/** Flag 4: the video exists, and Kie could not deliver the callback. */
const FLAGS = new Map<number, TaskState>([...DEFAULT_FLAGS, [4, 'success']]);

/** Luma Modify (https://docs.kie.ai/luma-api/get-luma-modify-details). */
export const luma: Adapter = {
	displayName: 'Luma',
	create: flatCreate('/api/v1/modify/generate'),
	read: readByTaskId('/api/v1/modify/record-info'),
	parseRecord: (record) => parseFlagRecord(record, urlsIn(parseObject(record.response)?.resultUrls), {}, FLAGS),
};
