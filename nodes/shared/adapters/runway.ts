import { asNumber, asText, nonEmptyFields, parseObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import type { TaskState } from './taskStatus';
import { requireResult, urlsIn } from './taskStatus';

/** Final states; `wait`, `queueing` and `generating` go on. */
const FINAL = new Map<string, TaskState>([
	['success', 'success'],
	['fail', 'fail'],
]);

/** Runway's own API: generate and extend (https://docs.kie.ai/runway-api/get-ai-video-details). */
export const runway: Adapter = {
	api: 'runway',
	create: flatCreate('/api/v1/runway/generate'),
	read: readByTaskId('/api/v1/runway/record-detail'),
	parseRecord: (record) => {
		const state = FINAL.get(asText(record.state) ?? '') ?? 'waiting';
		const { videoUrl, videoId, imageUrl } = parseObject(record.videoInfo) ?? {};
		const urls = urlsIn(videoUrl);
		return requireResult({
			state,
			urls: state === 'success' ? urls : [],
			// Without the video a cover is no result.
			details: state === 'success' && urls.length > 0 ? nonEmptyFields({ videoId, imageUrl }) : {},
			failure:
				state === 'fail'
					? {
							code: asNumber(record.failCode)?.toString() ?? asText(record.failCode),
							reason: asText(record.failMsg) ?? '',
						}
					: undefined,
		});
	},
};
