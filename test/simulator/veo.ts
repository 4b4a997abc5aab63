import { type Answer, done, reject } from './answers';
import { isObject } from './json';
import { clock, common, createRoute, failureOf, flagOf, recordRoute, outcome, result, unfetched } from './own-api';
import type { Call, Route } from './routes';
import { startTask } from './tasks';
import type { JsonObject, SimTask } from './types';
import { veo1080pCheck, veo4kCheck, veoCheck, veoExtendCheck } from './video-bodies';
import type { World } from './world';

/** Veo 3.1: generate, extend, the record of both and of 4K; 1080p by repeated requests; 4K by its own task. */

const extendPath = '/api/v1/veo/extend';
const path4k = '/api/v1/veo/get-4k-video';
/** Its tasks have this as their `model`. */
export const path1080p = '/api/v1/veo/get-1080p-video';

const extended = (task: SimTask): boolean => task.model === extendPath;
const is4k = (task: SimTask): boolean => task.model === path4k;

/** GET /api/v1/veo/record-info */
function record(task: SimTask): JsonObject {
	const response = {
		taskId: task.id,
		...files(task),
		...(extended(task) && { fullResultUrls: task.urls.slice(1) }),
		...(is4k(task) && { mediaIds: [`media-${task.id}`] }),
	};
	return {
		...common(task, clock),
		response: result(task, response, { ...response, resultUrls: [] }),
		successFlag: flagOf(task, 2),
		...(!is4k(task) && { fallbackFlag: false }),
	};
}

/** A video that is not 16:9 also has an original. */
const files = (task: SimTask): JsonObject => ({
	resultUrls: task.urls.slice(0, 1),
	originUrls: isUpright(task.input) ? task.urls.slice(1) : null,
	resolution: is4k(task) ? '4k' : (task.input.resolution ?? '720p'),
});

const isUpright = ({ aspect_ratio: shape }: JsonObject): boolean => shape === '9:16';

/** The echoed request has `aspectRatio` where the request has `aspect_ratio`. */
function promptJson({ aspect_ratio: aspectRatio, ...input }: JsonObject): string {
	return JSON.stringify({ ...input, ...(aspectRatio !== undefined && { aspectRatio }) });
}

function callbackBody(task: SimTask): JsonObject {
	const info = files(task);
	const message = extended(task) ? 'Veo3.1 video extension successful.' : 'Veo3.1 video generated successfully.';
	const succeeded = task.state === 'success';
	return {
		...outcome(task, message),
		data: {
			taskId: task.id,
			...(succeeded && !extended(task) && { promptJson: promptJson(task.input) }),
			...(succeeded && { info: result(task, info, { ...info, resultUrls: [] }) }),
			fallbackFlag: false,
		},
	};
}

function callbackBody4k(task: SimTask): JsonObject {
	const info = result(task, files4k(task), { resultUrls: [], imageUrls: [] });
	return {
		...outcome(task, '4K Video generated successfully.'),
		data: { taskId: task.id, ...(task.state === 'success' && { info }) },
	};
}

const files4k = ({ urls }: SimTask): JsonObject => ({ resultUrls: urls.slice(0, 1), imageUrls: urls.slice(1) });

/** Why a video of this task cannot be upgraded; the messages are documented, their conditions are not. */
function rejectSource(world: World, taskId: string, index: number): Answer | undefined {
	const task = world.tasks.get(taskId);
	if (task?.api !== 'veo') return reject(422, 'record is null');
	if (task.state !== 'success') return reject(422, 'record status is not success');
	if (task.fate.end === 'no-result') return reject(422, 'record result data is empty');
	return index === 0 ? undefined : reject(422, 'record result data not exist');
}

/** The upgrade of a video that was requested before. */
const workOn = (world: World, path: string, taskId: string): SimTask | undefined =>
	[...world.tasks.values()].find(({ model, parent }) => model === path && parent === taskId);

/** The response for a failed upgrade; of 4K the callback's message is documented, of 1080p nothing is. */
function failureAnswer(work: SimTask): Answer | undefined {
	const failure = failureOf(work);
	return failure && reject(Number(failure.failCode) || 500, failure.failMsg);
}

/** GET /api/v1/veo/get-1080p-video: the first one starts the upgrade; 400 until it is complete. */
function get1080p({ world, query, fault }: Call): Answer {
	const parameters = Object.fromEntries(query);
	const issue = veo1080pCheck(parameters);
	if (issue) return reject(422, issue.msg, issue.detail);
	const { taskId = '', index } = parameters;
	const rejection = rejectSource(world, taskId, Number(index ?? 0));
	if (rejection) return rejection;
	const work =
		workOn(world, path1080p, taskId) ??
		startTask(world, {
			api: 'veo-1080p',
			model: path1080p,
			input: parameters,
			callBackUrl: undefined,
			parent: taskId,
			credits: 0,
			results: ['mp4'],
			fault,
			callbackBody: () => ({}),
		});
	if (work.state === 'running') {
		const msg = '1080P is processing. It should be ready in 1-2 minutes. Please check back shortly.';
		return { body: { code: 400, msg, data: null } };
	}
	return failureAnswer(work) ?? done(result(work, { resultUrl: work.urls[0] ?? '' }, { resultUrl: '' }));
}

/** The response of POST get-4k-video without a new task: a rejection, or the state of the upgrade; its 422 can have the result. */
function before4k({ world, body }: Call): Answer | undefined {
	const taskId = String(body.taskId);
	const rejection = rejectSource(world, taskId, Number(body.index ?? 0));
	if (rejection) return rejection;
	const work = workOn(world, path4k, taskId);
	if (!work) return undefined;
	const running = work.state === 'running';
	const resultUrls = result(work, files4k(work), { resultUrls: [], imageUrls: [] });
	const msg = running
		? '4k is processing. It should be ready in 5-10 minutes. Please check back shortly.'
		: 'The video has been generated successfully';
	const data = { taskId: work.id, ...(isObject(resultUrls) ? resultUrls : noUrls) };
	return failureAnswer(work) ?? { body: { code: 422, msg, data } };
}

const noUrls = { resultUrls: null, imageUrls: null };

/** Only completed videos of this API can be extended, and none in 1080p, whose message is ours. */
function rejectExtension({ world, body }: Call): Answer | undefined {
	const taskId = String(body.taskId);
	const task = world.tasks.get(taskId);
	if (task?.api !== 'veo') return reject(422, 'record is null');
	if (task.state !== 'success') return reject(422, 'record status is not success');
	const upgraded = task.input.resolution === '1080p' || workOn(world, path1080p, taskId) !== undefined;
	return upgraded ? reject(422, 'A video in 1080p can not be extended') : undefined;
}

export const veoRoutes: Route[] = [
	createRoute('/api/v1/veo/generate', {
		api: 'veo',
		check: veoCheck,
		credits: 20,
		results: (body) => (isUpright(body) ? ['mp4', 'mp4'] : ['mp4']),
		callbackBody,
		fate: unfetched,
	}),
	createRoute(extendPath, {
		api: 'veo',
		check: veoExtendCheck,
		credits: 20,
		results: () => ['mp4', 'mp4'],
		callbackBody,
		override: rejectExtension,
	}),
	createRoute(path4k, {
		api: 'veo',
		check: veo4kCheck,
		credits: 40,
		results: () => ['mp4', 'jpg'],
		callbackBody: callbackBody4k,
		override: before4k,
		answer: (taskId) => done({ taskId, ...noUrls }),
	}),
	recordRoute('/api/v1/veo/record-info', { api: 'veo', record, unknown: 'record is null' }),
	{ method: 'GET', path: /^\/api\/v1\/veo\/get-1080p-video$/, on: 'read', handle: get1080p },
];
