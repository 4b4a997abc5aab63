import { isObject } from '../json';
import type { JsonObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, taskFromResponse } from './adapter';
import { objectsIn, toTrack, trackNames } from './sunoRecords';
import { toStatus, urlsIn } from './taskStatus';

/** Tracks of an earlier task, fetched again. The code says where a task is, 201 being running; its record is a list (https://docs.kie.ai/suno-api/get-recovery-audio-details). */
export const sunoRecovery: Adapter = {
	displayName: 'Suno Recovery',
	create: flatCreate('/api/v1/suno/recovery'),
	parseCreated: (response) => {
		if (response.kind === 'failed' || !isObject(response.data)) return taskFromResponse(response);
		const { task_id: taskId = response.data.taskId ?? null } = response.data;
		return taskFromResponse({ ...response, data: { taskId } });
	},
	read: (taskId) => ({ method: 'GET', path: '/api/v1/suno/recovery/record-info', qs: { task_id: taskId } }),
	isPending: ({ code }) => code === 201,
	parseRecord: ({ list }) => {
		const tracks = objectsIn(list).map(toTrack);
		const urls = tracks.flatMap(({ audioUrl }) => urlsIn(audioUrl));
		const details: JsonObject = urls.length > 0 ? { tracks } : {};
		return toStatus({ state: 'success', urls, details, fileNames: trackNames(tracks) });
	},
};
