import type { Adapter } from './adapter';
import { flatCreate, readAt } from './adapter';
import { parsedObject, urlsIn } from './snapshot';
import { successFlagSnapshot, USUAL_FLAGS } from './successFlag';

/** Luma Modify. Its flag 4 means that the video exists and only the callback failed (https://docs.kie.ai/luma-api/get-luma-modify-details). */
export const luma: Adapter = {
	api: 'luma',
	create: flatCreate('/api/v1/modify/generate'),
	read: readAt('/api/v1/modify/record-info'),
	snapshot: (record) =>
		successFlagSnapshot(
			record,
			urlsIn(parsedObject(record.response)?.resultUrls),
			{},
			{ ...USUAL_FLAGS, 4: 'success' },
		),
};
