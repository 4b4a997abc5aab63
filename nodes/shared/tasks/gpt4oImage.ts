import type { Adapter } from './adapter';
import { flatBody } from './adapter';
import { parsedObject, urlsIn } from './snapshot';
import { successFlagSnapshot } from './successFlag';

/** The older form of 4o Image. Its quickstart writes `result_urls`, so both spellings count (kie-api: dedicated/4o-image-api). */
export const gpt4oImage: Adapter = {
	api: 'gpt4o-image',
	create: ({ fixed }, input, callBackUrl) => ({
		path: '/api/v1/gpt4o-image/generate',
		body: flatBody(input, fixed, callBackUrl),
	}),
	recordPath: '/api/v1/gpt4o-image/record-info',
	snapshot: (record) => {
		const response = parsedObject(record.response);
		return successFlagSnapshot(record, urlsIn(response?.resultUrls ?? response?.result_urls));
	},
};
