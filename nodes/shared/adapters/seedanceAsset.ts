import { isObject, asText } from '../json';
import type { Adapter } from './adapter';
import type { TaskState } from './taskStatus';
import { urlsIn } from './taskStatus';

const FINAL = new Map<string, TaskState>([
	['Active', 'success'],
	['Failed', 'fail'],
]);

/**
 * Files stored for Seedance's videos, which take them as `asset://…` (https://docs.kie.ai/market/bytedance/seedance-2). The
 * documented responses come without the usual envelope, but callers have seen one.
 */
export const seedanceAsset: Adapter = {
	api: 'seedance-asset',
	callsBack: false,
	create: ({ fixed }, input) => ({
		method: 'POST',
		path: '/api/v1/playground/createAsset',
		body: { ...input, ...fixed },
		shape: 'bare',
	}),
	created: (answer) => {
		if (answer.kind === 'failed') return { failure: answer.failure };
		const { id, assetId, taskId } = isObject(answer.data) ? answer.data : {};
		const found = asText(id) ?? asText(assetId) ?? asText(taskId);
		return found === undefined
			? { failure: { kind: 'unexpectedResponse', reason: 'The file was taken without an asset ID' } }
			: { taskId: found };
	},
	read: (assetId) => ({ method: 'GET', path: '/api/v1/playground/getAsset', qs: { assetId }, shape: 'bare' }),
	parseRecord: (record) => {
		const state = FINAL.get(asText(record.status) ?? '') ?? 'waiting';
		return {
			state,
			urls: state === 'success' ? urlsIn(record.url) : [],
			details: {},
			failure: state === 'fail' ? { reason: asText(record.errorMsg) ?? '' } : undefined,
		};
	},
};
