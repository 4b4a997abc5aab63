import { randomBytes } from 'node:crypto';
import { createRoute, failureOf, recordRoute, result } from './own-api';
import type { Route } from './routes';
import type { JsonObject, SimTask } from './types';
import { assetCheck } from './video-bodies';

/** Seedance assets: answers without Kie's envelope; an asset is a task whose file is polled. */

/** GET /api/v1/playground/getAsset */
const record = (task: SimTask): JsonObject => ({
	status: { running: 'Processing', success: 'Active', fail: 'Failed' }[task.state],
	url: result(task, task.urls[0] ?? '', ''),
	errorMsg: failureOf(task)?.failMsg ?? null,
});

const extensions: Record<string, string> = { Image: 'png', Video: 'mp4', Audio: 'mp3' };

/** asset-20260404242101-76djj */
const assetId = (): string =>
	`asset-${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}-${randomBytes(4).toString('hex').slice(0, 5)}`;

export const assetRoutes: Route[] = [
	createRoute('/api/v1/playground/createAsset', {
		api: 'seedance-asset',
		check: assetCheck,
		credits: 0,
		results: ({ assetType }) => [extensions[String(assetType)] ?? 'png'],
		callbackBody: () => ({}),
		id: assetId,
		answer: (id) => ({ body: { id } }),
	}),
	recordRoute('/api/v1/playground/getAsset', {
		api: 'seedance-asset',
		record,
		state: 'status',
		parameter: 'assetId',
		answer: (body) => ({ body }),
	}),
];
