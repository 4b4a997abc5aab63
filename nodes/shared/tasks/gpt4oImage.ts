import type { Adapter } from './adapter';
import { flatCreate, readAt } from './adapter';
import { parsedObject, urlsIn } from './snapshot';
import { successFlagSnapshot } from './successFlag';

/** The older form of 4o Image. Its quickstart writes `result_urls`, so both spellings count (kie-api: dedicated/4o-image-api). */
export const gpt4oImage: Adapter = {
	api: 'gpt4o-image',
	create: flatCreate('/api/v1/gpt4o-image/generate'),
	read: readAt('/api/v1/gpt4o-image/record-info'),
	snapshot: (record) => {
		const response = parsedObject(record.response);
		return successFlagSnapshot(record, urlsIn(response?.resultUrls ?? response?.result_urls));
	},
};
