import { asNumber, asText, nonEmptyFields, parseObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import type { TaskState } from './taskStatus';
import { toStatus, urlsIn } from './taskStatus';

/** Final states; `wait`, `queueing` and `generating` are pending. */
const FINAL = new Map<string, TaskState>([
	['success', 'success'],
	['fail', 'fail'],
]);

/** Runway: generate and extend (https://docs.kie.ai/runway-api/get-ai-video-details). */
export const runway: Adapter = {
	displayName: 'Runway',
	create: flatCreate('/api/v1/runway/generate'),
	read: readByTaskId('/api/v1/runway/record-detail'),
	parseRecord: (record) => {
		const { videoUrl, videoId, imageUrl } = parseObject(record.videoInfo) ?? {};
		const urls = urlsIn(videoUrl);
		return toStatus({
			state: FINAL.get(asText(record.state) ?? '') ?? 'waiting',
			urls,
			// A cover without its video is no result.
			details: urls.length > 0 ? nonEmptyFields({ videoId, imageUrl }) : {},
			failure: {
				code: asNumber(record.failCode)?.toString() ?? asText(record.failCode),
				reason: asText(record.failMsg) ?? '',
			},
		});
	},
};
