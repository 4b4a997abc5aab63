import { type Answer, done, reject } from './answers';
import {
	gpt4oCheck,
	gpt4oDownloadCheck,
	kontextCheck,
	midjourneyCheck,
	midjourneyFollowUpCheck,
	videoTypes,
} from './image-bodies';
import { linkTo } from './files';
import {
	common,
	createRoute,
	type Creation,
	flagOf,
	iso,
	recordRoute,
	outcome,
	result,
	unfinishedParent,
} from './own-api';
import type { Call, Route } from './routes';
import type { Fate, JsonObject, SimTask } from './types';
import type { Check } from './validate';

/** 4o Image, Flux Kontext, and Midjourney with its videos. */

const fourImages = ['jpeg', 'jpeg', 'jpeg', 'jpeg'];

const midjourney = (check: Check, results: Creation['results'], override?: Creation['override']): Creation => ({
	api: 'midjourney',
	check,
	credits: 8,
	results,
	callbackBody: midjourneyCallback,
	...(override && { override }),
});

/** A task that edits an image fails with a tolerance over 2 (errorCode 500). */
function kontextFate({ inputImage, safetyTolerance }: JsonObject): Fate | undefined {
	if (inputImage === undefined || Number(safetyTolerance ?? 0) <= 2) return undefined;
	return { end: 'fail', failCode: '500', failMsg: 'safetyTolerance must be between 0 and 2 when editing' };
}

/** POST /api/v1/gpt4o-image/download-url */
function gpt4oDownload({ world, body }: Call): Answer {
	const issue = gpt4oDownloadCheck(body);
	if (issue) return reject(422, issue.msg, issue.detail);
	const task = world.tasks.get(String(body.taskId));
	if (task?.api !== 'gpt4o-image' || task.state !== 'success') return reject(422, 'The record does not exist');
	const url = String(body.url);
	return task.urls.includes(url) ? done(linkTo(world, url)) : reject(422, 'url is wrong');
}

function gpt4oRecord(task: SimTask): JsonObject {
	const share = Math.min(0.99, (Date.now() - task.createdAt) / (task.seconds * 1000 || 1));
	return {
		...common(task, (ms) => ms),
		response: result(task, { resultUrls: task.urls }, { resultUrls: [] }),
		successFlag: flagOf(task, 2),
		status: { running: 'GENERATING', success: 'SUCCESS', fail: 'GENERATE_FAILED' }[task.state],
		progress: task.state === 'success' ? '1.00' : share.toFixed(2),
	};
}

function kontextRecord(task: SimTask): JsonObject {
	return {
		...common(task, iso),
		response: result(task, kontextImages(task), { originImageUrl: '', resultImageUrl: '' }),
		successFlag: flagOf(task, 3),
	};
}

function midjourneyRecord(task: SimTask): JsonObject {
	const { errorMessage, ...shared } = common(task, iso);
	return {
		...shared,
		taskType: task.input.taskType ?? task.model.replace('/api/v1/mj/generate', 'mj_').toLowerCase(),
		resultInfoJson: result(task, { resultUrls: task.urls.map((url) => ({ resultUrl: url })) }, { resultUrls: [] }),
		successFlag: flagOf(task, 3),
		errorMessage: errorMessage === '' ? null : (errorMessage ?? null),
	};
}

const kontextImages = ({ urls: [origin, image] }: SimTask): JsonObject => ({
	originImageUrl: origin ?? '',
	resultImageUrl: image ?? '',
});

function gpt4oCallback(task: SimTask): JsonObject {
	return {
		...outcome(task),
		data: { taskId: task.id, info: result(task, { result_urls: task.urls }, { result_urls: [] }) },
	};
}

function kontextCallback(task: SimTask): JsonObject {
	const info = result(task, kontextImages(task), { originImageUrl: '', resultImageUrl: '' });
	return { ...outcome(task, 'BFL image generated successfully.'), data: { taskId: task.id, info } };
}

function midjourneyCallback(task: SimTask): JsonObject {
	return {
		...outcome(task),
		data: {
			taskId: task.id,
			promptJson: JSON.stringify(task.input),
			resultUrls: task.state === 'success' && task.fate.end === 'success' ? task.urls : [],
		},
	};
}

const unfinished = unfinishedParent('midjourney');

export const imageRoutes: Route[] = [
	createRoute('/api/v1/gpt4o-image/generate', {
		api: 'gpt4o-image',
		check: gpt4oCheck,
		credits: 6,
		results: ({ nVariants }) => Array<string>(Number(nVariants ?? 1)).fill('png'),
		callbackBody: gpt4oCallback,
	}),
	createRoute('/api/v1/flux/kontext/generate', {
		api: 'flux-kontext',
		check: kontextCheck,
		credits: 5,
		results: ({ outputFormat }) => Array<string>(2).fill(outputFormat === 'png' ? 'png' : 'jpeg'),
		callbackBody: kontextCallback,
		fate: kontextFate,
	}),
	createRoute(
		'/api/v1/mj/generate',
		midjourney(midjourneyCheck, ({ taskType, videoBatchSize }) =>
			videoTypes.includes(String(taskType)) ? Array<string>(Number(videoBatchSize ?? 1)).fill('mp4') : fourImages,
		),
	),
	createRoute(
		'/api/v1/mj/generateUpscale',
		midjourney(midjourneyFollowUpCheck, () => ['jpeg'], unfinished),
	),
	createRoute(
		'/api/v1/mj/generateVary',
		midjourney(midjourneyFollowUpCheck, () => fourImages, unfinished),
	),
	recordRoute('/api/v1/gpt4o-image/record-info', {
		api: 'gpt4o-image',
		record: gpt4oRecord,
		admits: ({ world }, { id }) => world.gpt4oReads.admits(id),
	}),
	recordRoute('/api/v1/flux/kontext/record-info', { api: 'flux-kontext', record: kontextRecord }),
	recordRoute('/api/v1/mj/record-info', { api: 'midjourney', record: midjourneyRecord }),
	{ method: 'POST', path: /^\/api\/v1\/gpt4o-image\/download-url$/, on: 'download-url', handle: gpt4oDownload },
];
