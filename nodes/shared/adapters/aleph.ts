import { asNumber, asText, nonEmptyFields, parseObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import type { TaskState } from './taskStatus';
import { urlsIn } from './taskStatus';
import { parseFlagRecord } from './flagRecord';

/** Flag 0 is running or failed: the failure fields tell. */
const FLAGS = new Map<number, TaskState>([[1, 'success']]);
const FAILED_FLAGS = new Map<number, TaskState>([...FLAGS, [0, 'fail']]);

/** Runway Aleph (https://docs.kie.ai/runway-api/get-aleph-video-details). */
export const aleph: Adapter = {
	displayName: 'Runway Aleph',
	create: flatCreate('/api/v1/aleph/generate'),
	read: readByTaskId('/api/v1/aleph/record-info'),
	parseRecord: (record) => {
		const isFailed = (asNumber(record.errorCode) ?? 0) !== 0 || asText(record.errorMessage) !== undefined;
		const { resultVideoUrl, resultImageUrl } = parseObject(record.response) ?? {};
		const urls = urlsIn(resultVideoUrl);
		const details = urls.length > 0 ? nonEmptyFields({ imageUrl: resultImageUrl }) : {};
		return parseFlagRecord(record, urls, details, isFailed ? FAILED_FLAGS : FLAGS);
	},
};
