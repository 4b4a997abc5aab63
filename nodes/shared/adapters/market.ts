import { asNumber, asText, isObject, nonEmptyFields, parseObject } from '../json';
import type { JsonObject } from '../json';
import type { Adapter } from './adapter';
import { readByTaskId } from './adapter';
import type { TaskState } from './taskStatus';
import { requireResult, times, urlsIn } from './taskStatus';

/** Final states; `waiting`, `queuing`, `generating` and unknown words are pending (https://docs.kie.ai/market/common/get-task-detail). */
const FINAL = new Map<string, TaskState>([
	['success', 'success'],
	['fail', 'fail'],
]);

/** Files are under `resultUrls`; everything else a model answers with is details, `resultObject` without its wrapper. */
function readResult(resultJson: JsonObject | undefined): { urls: string[]; details: JsonObject } {
	const { resultUrls, resultObject, ...rest } = resultJson ?? {};
	return {
		urls: urlsIn(resultUrls),
		details: nonEmptyFields({ ...rest, ...(isObject(resultObject) ? resultObject : {}) }),
	};
}

/** The models on createTask. */
export const market: Adapter = {
	api: 'market',
	create: ({ id, fixed }, input, callBackUrl) => ({
		method: 'POST',
		path: '/api/v1/jobs/createTask',
		body: { model: id, input: { ...input, ...fixed }, ...(callBackUrl ? { callBackUrl } : {}) },
	}),
	read: readByTaskId('/api/v1/jobs/recordInfo'),
	parseRecord: (record) => {
		const state = FINAL.get(asText(record.state) ?? '') ?? 'waiting';
		const result = readResult(parseObject(record.resultJson));
		return requireResult({
			state,
			...(state === 'success' ? result : { urls: [], details: {} }),
			failure: state === 'fail' ? { code: asText(record.failCode), reason: asText(record.failMsg) ?? '' } : undefined,
			credits: asNumber(record.creditsConsumed),
			model: asText(record.model),
			...times(record),
		});
	},
};
