import { asText, isObject, nonEmptyFields, parseObject } from '../json';
import type { JsonObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, taskFromResponse, readByTaskId } from './adapter';
import { requireResult, urlsIn } from './taskStatus';
import { parseFlagRecord } from './flagRecord';

const READ_PATH = '/api/v1/veo/record-info';

/**
 * Veo's own API, with one path each to generate, extend and get 4K (https://docs.kie.ai/veo3-api/get-veo-3-4k-video).
 * A second request for the same 4K video returns 422, with the URLs in it once they exist.
 */
export const veo: Adapter = {
	api: 'veo',
	create: flatCreate('/api/v1/veo/generate'),
	created: (answer, input) => {
		const data: JsonObject = answer.kind === 'failed' && isObject(answer.data) ? answer.data : {};
		const urls = urlsIn(data.resultUrls);
		const taskId = asText(data.taskId) ?? asText(input.taskId);
		if (urls.length > 0 && taskId !== undefined) {
			return { taskId, record: { successFlag: 1, response: data } };
		}
		const isUnderWay = answer.kind === 'failed' && /processing/i.test(answer.failure.reason);
		// The original video's own ID would be answered with the original video.
		if (isUnderWay && taskId !== undefined && taskId !== input.taskId) return { taskId };
		return taskFromResponse(answer);
	},
	read: readByTaskId(READ_PATH),
	parseRecord: (record) => {
		const response = parseObject(record.response) ?? {};
		const { resultUrls, fullResultUrls, originUrls, resolution } = response;
		return parseFlagRecord(record, urlsIn(resultUrls), nonEmptyFields({ fullResultUrls, originUrls, resolution }));
	},
};

/** The 1080p version of a finished Veo video: nothing is created, one asks until it is there, which takes some minutes. */
export const veo1080p: Adapter = {
	api: 'veo-1080p',
	create: (_model, { taskId }) => asText(taskId) ?? '',
	callsBack: false,
	readsInput: ['index'],
	read: (taskId, { index }) => ({
		method: 'GET',
		path: '/api/v1/veo/get-1080p-video',
		qs: { taskId, ...(index === undefined ? {} : { index }) },
	}),
	isPending: ({ code, reason }) => code === 400 || /processing/i.test(reason),
	parseRecord: ({ resultUrl }) => requireResult({ state: 'success', urls: urlsIn(resultUrl), details: {} }),
};
