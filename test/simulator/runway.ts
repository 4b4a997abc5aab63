import {
	clock,
	codeOf,
	createRoute,
	failureOf,
	recordRoute,
	outcome,
	result,
	unfetched,
	unfinishedParent,
} from './own-api';
import type { Route } from './routes';
import type { JsonObject, SimTask } from './types';
import { runwayCheck, runwayExtendCheck } from './video-bodies';

/** Runway: generate and extend. The record is camelCase with a word for the state, the callback snake_case. */

const extendPath = '/api/v1/runway/extend';

/** GET /api/v1/runway/record-detail */
function record(task: SimTask): JsonObject {
	const failure = failureOf(task);
	const [videoUrl = '', imageUrl = ''] = task.urls;
	const { prompt = '', imageUrl: start = '' } = task.input;
	return {
		taskId: task.id,
		parentTaskId: task.parent ?? '',
		generateParam: { prompt, imageUrl: start, expandPrompt: true },
		state: stateWord(task),
		generateTime: task.finishedAt === undefined ? '' : clock(task.finishedAt),
		videoInfo: result(task, { videoId: videoId(task), taskId: task.id, videoUrl, imageUrl }, emptyInfo),
		failCode: failure ? codeOf(failure) : null,
		failMsg: failure?.failMsg ?? null,
		expireFlag: 0,
	};
}

const noFiles = { video_id: '', video_url: '', image_url: '' };
const emptyInfo = { videoId: '', taskId: '', videoUrl: '', imageUrl: '' };

/** A UUID derived from the task's ID. */
const videoId = ({ id }: SimTask): string => id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** A third of the time each: wait, queueing, generating. */
function stateWord(task: SimTask): string {
	if (task.state !== 'running') return task.state;
	const share = (Date.now() - task.createdAt) / (task.seconds * 1000 || 1);
	return share < 1 / 3 ? 'wait' : share < 2 / 3 ? 'queueing' : 'generating';
}

/** A failed extension has only the task's ID, a failed generation also empty texts. */
function callbackBody(task: SimTask): JsonObject {
	const [video_url = '', image_url = ''] = task.urls;
	const hasVideo = task.state === 'success' && task.fate.end !== 'no-result';
	const files = hasVideo ? { video_id: videoId(task), video_url, image_url } : noFiles;
	const bare = task.state === 'fail' && task.model === extendPath;
	return {
		...outcome(task, 'All generated successfully.'),
		data: { task_id: task.id, ...(!bare && files) },
	};
}

const videoAndCover = (): string[] => ['mp4', 'png'];

export const runwayRoutes: Route[] = [
	createRoute('/api/v1/runway/generate', {
		api: 'runway',
		check: runwayCheck,
		credits: 12,
		results: videoAndCover,
		callbackBody,
		fate: unfetched,
	}),
	createRoute(extendPath, {
		api: 'runway',
		check: runwayExtendCheck,
		credits: 12,
		results: videoAndCover,
		callbackBody,
		override: unfinishedParent('runway'),
	}),
	recordRoute('/api/v1/runway/record-detail', { api: 'runway', record, state: 'state' }),
];
