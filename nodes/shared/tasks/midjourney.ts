import type { Adapter } from './adapter';
import { flatCreate, readAt } from './adapter';
import { parsedObject, urlsIn } from './snapshot';
import { successFlagSnapshot } from './successFlag';

/** Midjourney, possibly disabled at Kie.ai; one path each to generate, upscale and vary (https://docs.kie.ai/mj-api/get-mj-task-details). */
export const midjourney: Adapter = {
	api: 'midjourney',
	create: flatCreate('/api/v1/mj/generate'),
	read: readAt('/api/v1/mj/record-info'),
	snapshot: (record) => successFlagSnapshot(record, urlsIn(parsedObject(record.resultInfoJson)?.resultUrls)),
};
