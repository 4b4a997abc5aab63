import type { Adapter } from './adapter';
import { flatBody } from './adapter';
import { parsedObject, urlsIn } from './snapshot';
import { successFlagSnapshot } from './successFlag';

/** Midjourney, perhaps switched off; generating, upscaling and varying have a path each (kie-api: dedicated/mj-api). */
export const midjourney: Adapter = {
	api: 'midjourney',
	create: ({ path = '/api/v1/mj/generate', fixed }, input, callBackUrl) => ({
		path,
		body: flatBody(input, fixed, callBackUrl),
	}),
	recordPath: '/api/v1/mj/record-info',
	snapshot: (record) => successFlagSnapshot(record, urlsIn(parsedObject(record.resultInfoJson)?.resultUrls)),
};
