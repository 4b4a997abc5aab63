import { common, createRoute, flagOf, iso, recordRoute, outcome, result, unfetched } from './own-api';
import type { Route } from './routes';
import type { JsonObject, SimTask } from './types';
import { alephCheck } from './video-bodies';

/** Aleph. A failed task has the flag of a running one: only `errorCode` and `errorMessage` show the failure. */

/** GET /api/v1/aleph/record-info; `errorCode` is 0 without an error. */
function record(task: SimTask): JsonObject {
	const { errorCode, ...shared } = common(task, iso);
	const [resultVideoUrl = '', resultImageUrl = ''] = task.urls;
	return {
		...shared,
		errorCode: errorCode ?? 0,
		response: result(
			task,
			{ taskId: task.id, resultVideoUrl, resultImageUrl },
			{ taskId: task.id, resultVideoUrl: '', resultImageUrl: '' },
		),
		successFlag: flagOf(task, 0),
	};
}

/** The task's id is beside `data`, and `data` is null after a failure. */
function callbackBody(task: SimTask): JsonObject {
	const [result_video_url = '', result_image_url = ''] = task.urls;
	return {
		...outcome(task),
		data: result(task, { result_video_url, result_image_url }, { result_video_url: '', result_image_url: '' }),
		taskId: task.id,
	};
}

export const alephRoutes: Route[] = [
	createRoute('/api/v1/aleph/generate', {
		api: 'aleph',
		check: alephCheck,
		credits: 20,
		results: () => ['mp4', 'png'],
		callbackBody,
		fate: unfetched,
	}),
	recordRoute('/api/v1/aleph/record-info', { api: 'aleph', record }),
];
