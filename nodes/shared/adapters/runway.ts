import { asNumber, asText, nonEmptyFields, parseObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import type { TaskState } from './taskStatus';
import { toStatus, urlsIn } from './taskStatus';
import { hasField, isBareFailure } from './callbackFormat';
import { TEXT } from './resultShape';

/** Final states; `wait`, `queueing` and `generating` are pending. */
const FINAL = new Map<string, TaskState>([
	['success', 'success'],
	['fail', 'fail'],
]);

/** Runway: generate and extend (https://docs.kie.ai/runway-api/get-ai-video-details). */
export const runway: Adapter = {
	displayName: 'Runway',
	result: { fields: { videoId: TEXT, imageUrl: TEXT } },
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
	callback: {
		idFields: ['data.task_id', 'taskId'],
		// A failed extension is posted with nothing but its ID (https://docs.kie.ai/runway-api/extend-ai-video).
		matches: (callback) => hasField(callback, 'video_id') || isBareFailure(callback, 'data.task_id'),
		toRecord: ({ data, isSuccess, code, reason }) => ({
			state: isSuccess ? 'success' : 'fail',
			failCode: code ?? null,
			failMsg: reason,
			videoInfo: {
				videoUrl: data.video_url ?? null,
				videoId: data.video_id ?? null,
				imageUrl: data.image_url ?? null,
			},
		}),
	},
};
