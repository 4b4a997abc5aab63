import { common, createRoute, failureOf, flagOf, recordRoute, outcome, result } from './own-api';
import type { Route } from './routes';
import type { JsonObject, SimTask } from './types';
import { lumaCheck } from './video-bodies';

/** Luma Modify. Flag 4 is a success, too: the video exists, only the callback failed. */

/** GET /api/v1/modify/record-info */
function record(task: SimTask): JsonObject {
	const response = { taskId: task.id, originUrls: [task.input.videoUrl ?? ''], resultUrls: task.urls };
	return {
		...common(task, (ms) => ms),
		paramJson: echo(task),
		response: result(task, response, { ...response, resultUrls: [] }),
		successFlag: callbackFailed(task) ? 4 : flagOf(task, 3),
		errorMessage: failureOf(task)?.failMsg ?? null,
	};
}

/** The request with the watermark under another name. */
function echo({ input: { watermark = '', ...input } }: SimTask): string {
	return JSON.stringify({ ...input, waterMark: watermark });
}

function callbackFailed({ state, fate, deliveries }: SimTask): boolean {
	const tried = deliveries.some(({ status, error }) => status !== undefined || error !== undefined);
	const wasRejected = tried && !deliveries.some(({ status }) => status === 200);
	return state === 'success' && (fate.end === 'callback-failed' || wasRejected);
}

/** The callback of a failure is not documented; here it has no URLs. */
function callbackBody(task: SimTask): JsonObject {
	return {
		...outcome(task, 'Modify record generated successfully.'),
		data: {
			taskId: task.id,
			promptJson: echo(task),
			resultUrls: task.state === 'success' ? result(task, task.urls, []) : [],
		},
	};
}

export const lumaRoutes: Route[] = [
	createRoute('/api/v1/modify/generate', {
		api: 'luma',
		check: lumaCheck,
		credits: 20,
		results: () => ['mp4'],
		callbackBody,
	}),
	recordRoute('/api/v1/modify/record-info', { api: 'luma', record }),
];
