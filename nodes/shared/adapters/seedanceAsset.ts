import { isObject, asText } from '../json';
import type { Adapter } from './adapter';
import type { TaskState } from './taskStatus';
import { urlsIn } from './taskStatus';

const FINAL = new Map<string, TaskState>([
	['Active', 'success'],
	['Failed', 'fail'],
]);

/**
 * Files stored for Seedance, which takes them as `asset://…` (https://docs.kie.ai/market/bytedance/seedance-2). Documented
 * without Kie's usual envelope, but observed with one.
 */
export const seedanceAsset: Adapter = {
	displayName: 'Seedance Asset',
	create: ({ fixed }, input) => ({
		kind: 'request',
		method: 'POST',
		path: '/api/v1/playground/createAsset',
		body: { ...input, ...fixed },
		shape: 'bare',
	}),
	parseCreated: (response) => {
		if (response.kind === 'failed') return { kind: 'failed', failure: response.failure };
		const { id, assetId, taskId } = isObject(response.data) ? response.data : {};
		const createdId = asText(id) ?? asText(assetId) ?? asText(taskId);
		return createdId === undefined
			? { kind: 'failed', failure: { kind: 'unexpectedResponse', reason: 'The response has no asset ID' } }
			: { kind: 'created', taskId: createdId };
	},
	read: (assetId) => ({ method: 'GET', path: '/api/v1/playground/getAsset', qs: { assetId }, shape: 'bare' }),
	parseRecord: (record) => {
		const state = FINAL.get(asText(record.status) ?? '') ?? 'waiting';
		return {
			state,
			// The asset's ID is the result, so it needs no URL.
			urls: state === 'success' ? urlsIn(record.url) : [],
			details: {},
			failure: state === 'fail' ? { reason: asText(record.errorMsg) ?? '' } : undefined,
		};
	},
};
