import { number, text } from '../api/answer';
import type { Adapter } from './adapter';
import { flatCreate, readAt } from './adapter';
import type { TaskState } from './snapshot';
import { checkedSuccess, parsedObject, setFields, urlsIn } from './snapshot';

/** Final states; `wait`, `queueing` and `generating` go on. */
const FINAL = new Map<string, TaskState>([
	['success', 'success'],
	['fail', 'fail'],
]);

/** Runway's own API: generate and extend (https://docs.kie.ai/runway-api/get-ai-video-details). */
export const runway: Adapter = {
	api: 'runway',
	create: flatCreate('/api/v1/runway/generate'),
	read: readAt('/api/v1/runway/record-detail'),
	snapshot: (record) => {
		const state = FINAL.get(text(record.state) ?? '') ?? 'waiting';
		const { videoUrl, videoId, imageUrl } = parsedObject(record.videoInfo) ?? {};
		const urls = urlsIn(videoUrl);
		return checkedSuccess({
			state,
			urls: state === 'success' ? urls : [],
			// Without the video a cover is no result.
			details: state === 'success' && urls.length > 0 ? setFields({ videoId, imageUrl }) : {},
			failure:
				state === 'fail'
					? { code: number(record.failCode)?.toString() ?? text(record.failCode), reason: text(record.failMsg) ?? '' }
					: undefined,
		});
	},
};
