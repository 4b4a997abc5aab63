import { isObject, number, text } from '../api/answer';
import type { JsonObject } from '../catalogue/types';
import type { Adapter } from './adapter';
import { readAt } from './adapter';
import type { TaskState } from './snapshot';
import { checkedSuccess, parsedObject, setFields, times, urlsIn } from './snapshot';

/** Final states; `waiting`, `queuing`, `generating` and unknown words are pending (https://docs.kie.ai/market/common/get-task-detail). */
const FINAL = new Map<string, TaskState>([
	['success', 'success'],
	['fail', 'fail'],
]);

/** Files are under `resultUrls`; everything else a model answers with is details, `resultObject` without its wrapper. */
function readResult(resultJson: JsonObject | undefined): { urls: string[]; details: JsonObject } {
	const { resultUrls, resultObject, ...rest } = resultJson ?? {};
	return { urls: urlsIn(resultUrls), details: setFields({ ...rest, ...(isObject(resultObject) ? resultObject : {}) }) };
}

/** The models on createTask. */
export const market: Adapter = {
	api: 'market',
	create: ({ id, fixed }, input, callBackUrl) => ({
		method: 'POST',
		path: '/api/v1/jobs/createTask',
		body: { model: id, input: { ...input, ...fixed }, ...(callBackUrl ? { callBackUrl } : {}) },
	}),
	read: readAt('/api/v1/jobs/recordInfo'),
	snapshot: (record) => {
		const state = FINAL.get(text(record.state) ?? '') ?? 'waiting';
		const result = readResult(parsedObject(record.resultJson));
		return checkedSuccess({
			state,
			...(state === 'success' ? result : { urls: [], details: {} }),
			failure: state === 'fail' ? { code: text(record.failCode), reason: text(record.failMsg) ?? '' } : undefined,
			credits: number(record.creditsConsumed),
			model: text(record.model),
			...times(record),
		});
	},
};
