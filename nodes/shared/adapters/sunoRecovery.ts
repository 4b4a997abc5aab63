import { isObject } from '../json';
import type { JsonObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, taskFromResponse } from './adapter';
import { failureFields } from './callbackFormat';
import { recordFailure } from './flagRecord';
import { objectsIn, toTrack, trackNames, TRACKS } from './sunoRecords';
import { toStatus, urlsIn } from './taskStatus';

/** Tracks of an earlier task, fetched again: instead of a record Kie returns a list of them (https://docs.kie.ai/suno-api/get-recovery-audio-details). */
export const sunoRecovery: Adapter = {
	displayName: 'Suno Recovery',
	result: TRACKS,
	create: flatCreate('/api/v1/suno/recovery'),
	parseCreated: (response) => {
		if (response.kind === 'failed' || !isObject(response.data)) return taskFromResponse(response);
		const { task_id: taskId = response.data.taskId ?? null } = response.data;
		return taskFromResponse({ ...response, data: { taskId } });
	},
	read: (taskId) => ({ method: 'GET', path: '/api/v1/suno/recovery/record-info', qs: { task_id: taskId } }),
	// The code is that of the task: 201 while it runs, 500 with the list where no track came back.
	parseRead: (response) => {
		const { code, reason } = response.kind === 'failed' ? response.failure : { reason: '' };
		if (code === 201) return { kind: 'pending' };
		if (!Array.isArray(response.data)) return undefined;
		return { kind: 'record', record: { list: response.data, errorCode: code ?? null, errorMessage: reason } };
	},
	parseRecord: ({ list = null, ...failure }) => {
		const tracks = objectsIn(list).map(toTrack);
		const urls = tracks.flatMap(({ audioUrl }) => urlsIn(audioUrl));
		const details: JsonObject = urls.length > 0 ? { tracks } : {};
		const { code, reason } = recordFailure(failure);
		const state = code === undefined ? 'success' : 'fail';
		return toStatus({ state, urls, details, fileNames: trackNames(tracks), failure: { code, reason } });
	},
	callback: {
		idFields: ['task_id'],
		// The only one whose `data` is a list (https://docs.kie.ai/suno-api/recovery-audio).
		matches: ({ body, idField }) => Array.isArray(body.data) || idField === 'task_id',
		toRecord: (callback) => ({ list: callback.body.data ?? null, ...failureFields(callback) }),
	},
};
