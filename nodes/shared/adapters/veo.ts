import { asText, isObject, nonEmptyFields, parseObject } from '../json';
import type { Json, JsonObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, taskFromResponse, readByTaskId } from './adapter';
import { urlsIn } from './taskStatus';
import { parseFlagRecord } from './flagRecord';
import { hasEmptyInfo, hasField, infoOf, isBareFailure, toFlagRecord } from './callbackFormat';
import { listOf, TEXT } from './resultShape';

/**
 * Veo, with one path each to generate, extend and get 4K (https://docs.kie.ai/veo3-api/get-veo-3-4k-video).
 * A second request for the same 4K video returns 422, with the URLs in it once they exist.
 */
export const veo: Adapter = {
	displayName: 'Veo',
	result: { fields: { fullResultUrls: listOf(TEXT), originUrls: listOf(TEXT), resolution: TEXT } },
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
	callback: {
		idFields: ['data.taskId'],
		// Videos, extensions and 4K, which is documented in two forms; a failed 4K is posted with nothing but its ID.
		matches: (callback) =>
			hasField(callback, 'fallbackFlag', 'result_urls', 'media_ids') ||
			'resultUrls' in infoOf(callback) ||
			isBareFailure(callback, 'data.taskId'),
		couldMatch: (callback) => hasEmptyInfo(callback) || isBareFailure(callback, 'data.task_id'),
		toRecord: (callback) => {
			const { resultUrls = callback.data.result_urls, originUrls, resolution } = infoOf(callback);
			const details = nonEmptyFields({ originUrls: listedUrls(originUrls), resolution });
			return toFlagRecord(callback, { response: { resultUrls: listedUrls(resultUrls), ...details } });
		},
	},
};

/** URLs in a list, or in a text that looks like one, such as `[https://…]` (https://docs.kie.ai/veo3-api/extend-video). */
function listedUrls(value: Json | undefined): string[] {
	if (typeof value !== 'string') return urlsIn(value);
	const list = value.trim();
	return (list.startsWith('[') && list.endsWith(']') ? list.slice(1, -1) : list)
		.split(',')
		.map((url) => url.trim().replace(/^"|"$/g, ''))
		.filter((url) => url !== '');
}
