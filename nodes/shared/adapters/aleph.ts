import { asNumber, asText, nonEmptyFields, parseObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import type { TaskState } from './taskStatus';
import { urlsIn } from './taskStatus';
import { parseFlagRecord } from './flagRecord';

/** Runway Aleph's own API (https://docs.kie.ai/runway-api/get-aleph-video-details). Flag 0 is running or failed: the failure fields tell. */
export const aleph: Adapter = {
	api: 'aleph',
	create: flatCreate('/api/v1/aleph/generate'),
	read: readByTaskId('/api/v1/aleph/record-info'),
	parseRecord: (record) => {
		const isFailed = (asNumber(record.errorCode) ?? 0) !== 0 || asText(record.errorMessage) !== undefined;
		const { resultVideoUrl, resultImageUrl } = parseObject(record.response) ?? {};
		const urls = urlsIn(resultVideoUrl);
		const details = urls.length > 0 ? nonEmptyFields({ imageUrl: resultImageUrl }) : {};
		const flags: Record<number, TaskState> = isFailed ? { 0: 'fail', 1: 'success' } : { 1: 'success' };
		return parseFlagRecord(record, urls, details, flags);
	},
};
