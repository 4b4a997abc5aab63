import type { Adapter } from './adapter';
import { flatCreate, readAt } from './adapter';
import { parsedObject, urlsIn } from './snapshot';
import { successFlagSnapshot } from './successFlag';

/** The legacy API of 4o Image (https://docs.kie.ai/4o-image-api/get-4-o-image-details). Its quickstart spells `result_urls`. */
export const gpt4oImage: Adapter = {
	api: 'gpt4o-image',
	create: flatCreate('/api/v1/gpt4o-image/generate'),
	read: readAt('/api/v1/gpt4o-image/record-info'),
	snapshot: (record) => {
		const response = parsedObject(record.response);
		return successFlagSnapshot(record, urlsIn(response?.resultUrls ?? response?.result_urls));
	},
};
