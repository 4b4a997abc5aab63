import { asText, isObject, nonEmptyFields, parseObject } from '../json';
import type { JsonObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, taskFromResponse, readByTaskId } from './adapter';
import { urlsIn } from './taskStatus';
import { parseFlagRecord } from './flagRecord';

/**
 * Veo, with one path each to generate, extend and get 4K (https://docs.kie.ai/veo3-api/get-veo-3-4k-video).
 * A second request for the same 4K video returns 422, with the URLs in it once they exist.
 */
export const veo: Adapter = {
	displayName: 'Veo',
	create: flatCreate('/api/v1/veo/generate'),
	parseCreated: (response, input) => {
		const data: JsonObject = response.kind === 'failed' && isObject(response.data) ? response.data : {};
		const taskId = asText(data.taskId) ?? asText(input.taskId);
		if (urlsIn(data.resultUrls).length > 0 && taskId !== undefined) {
			return { kind: 'created', taskId, record: { successFlag: 1, response: data } };
		}
		const isProcessing = response.kind === 'failed' && /processing/i.test(response.failure.reason);
		// The record of the original video's ID is that of the original video.
		if (isProcessing && taskId !== undefined && taskId !== input.taskId) return { kind: 'created', taskId };
		return taskFromResponse(response);
	},
	read: readByTaskId('/api/v1/veo/record-info'),
	parseRecord: (record) => {
		const { resultUrls, fullResultUrls, originUrls, resolution } = parseObject(record.response) ?? {};
		return parseFlagRecord(record, urlsIn(resultUrls), nonEmptyFields({ fullResultUrls, originUrls, resolution }));
	},
};
