import { number, text } from '../api/answer';
import type { Adapter } from './adapter';
import { flatCreate, readAt } from './adapter';
import type { TaskState } from './snapshot';
import { parsedObject, setFields, urlsIn } from './snapshot';
import { successFlagSnapshot } from './successFlag';

/** Runway Aleph's own API (https://docs.kie.ai/runway-api/get-aleph-video-details). Flag 0 is running or failed: the failure fields tell. */
export const aleph: Adapter = {
	api: 'aleph',
	create: flatCreate('/api/v1/aleph/generate'),
	read: readAt('/api/v1/aleph/record-info'),
	snapshot: (record) => {
		const isFailed = (number(record.errorCode) ?? 0) !== 0 || text(record.errorMessage) !== undefined;
		const { resultVideoUrl, resultImageUrl } = parsedObject(record.response) ?? {};
		const urls = urlsIn(resultVideoUrl);
		const details = urls.length > 0 ? setFields({ imageUrl: resultImageUrl }) : {};
		const flags: Record<number, TaskState> = isFailed ? { 0: 'fail', 1: 'success' } : { 1: 'success' };
		return successFlagSnapshot(record, urls, details, flags);
	},
};
