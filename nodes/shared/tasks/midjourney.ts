import type { Adapter } from './adapter';
import { flatCreate, readAt } from './adapter';
import { parsedObject, urlsIn } from './snapshot';
import { successFlagSnapshot } from './successFlag';

/** Midjourney, perhaps switched off; generating, upscaling and varying have a path each (kie-api: dedicated/mj-api). */
export const midjourney: Adapter = {
	api: 'midjourney',
	create: flatCreate('/api/v1/mj/generate'),
	read: readAt('/api/v1/mj/record-info'),
	snapshot: (record) => successFlagSnapshot(record, urlsIn(parsedObject(record.resultInfoJson)?.resultUrls)),
};
