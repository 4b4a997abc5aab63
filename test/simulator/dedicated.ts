import { type Answer, done, messages, refuse, tooOften } from './answers';
import {
	gpt4oCheck,
	gpt4oDownloadCheck,
	kontextCheck,
	midjourneyCheck,
	midjourneyFollowUpCheck,
	videoTypes,
} from './dedicated-bodies';
import { linkTo } from './files';
import { isAddress } from './json';
import type { Call, Route } from './routes';
import { startTask } from './tasks';
import type { Fate, Json, JsonObject, SimTask, TaskApi } from './types';
import type { Check } from './validate';

/** The image APIs with paths of their own, in the shapes of their own. */

interface Creation {
	api: TaskApi;
	check: Check;
	credits: number;
	/** The extensions of the result files. */
	results: (body: JsonObject) => string[];
	callbackBody: (task: SimTask) => JsonObject;
	/** Refuses what only the simulator's memory can tell. */
	refuse?: (call: Call) => Answer | undefined;
	fate?: (body: JsonObject) => Fate | undefined;
}

const four = ['jpeg', 'jpeg', 'jpeg', 'jpeg'];

const midjourney = (check: Check, results: Creation['results'], refuseCall?: Creation['refuse']): Creation => ({
	api: 'midjourney',
	check,
	credits: 8,
	results,
	callbackBody: midjourneyCallback,
	...(refuseCall && { refuse: refuseCall }),
});

const creations: Record<string, Creation> = {
	'/api/v1/gpt4o-image/generate': {
		api: 'gpt4o-image',
		check: gpt4oCheck,
		credits: 6,
		results: ({ nVariants }) => Array<string>(Number(nVariants ?? 1)).fill('png'),
		callbackBody: gpt4oCallback,
	},
	'/api/v1/flux/kontext/generate': {
		api: 'flux-kontext',
		check: kontextCheck,
		credits: 5,
		results: ({ outputFormat }) => Array<string>(2).fill(outputFormat === 'png' ? 'png' : 'jpeg'),
		callbackBody: kontextCallback,
		fate: kontextFate,
	},
	'/api/v1/mj/generate': midjourney(midjourneyCheck, ({ taskType, videoBatchSize }) =>
		videoTypes.includes(String(taskType)) ? Array<string>(Number(videoBatchSize ?? 1)).fill('mp4') : four,
	),
	'/api/v1/mj/generateUpscale': midjourney(midjourneyFollowUpCheck, () => ['jpeg'], unfinishedSource),
	'/api/v1/mj/generateVary': midjourney(midjourneyFollowUpCheck, () => four, unfinishedSource),
};

const create =
	(creation: Creation): Route['handle'] =>
	(call) => {
		const { world, account, path, body, fault } = call;
		if (!world.creates.admits(account)) return tooOften();
		const refused = creation.check(body);
		if (refused) return refuse(422, refused.msg, refused.detail);
		const { callBackUrl, ...input } = body;
		if (callBackUrl !== undefined && !isAddress(callBackUrl)) return refuse(422, 'Invalid callBackUrl');
		const answer = creation.refuse?.(call);
		if (answer) return answer;
		if (world.balance < creation.credits) return refuse(402);
		const fate = creation.fate?.(body);
		const { id } = startTask(world, {
			api: creation.api,
			model: path,
			input,
			callBackUrl,
			credits: creation.credits,
			results: creation.results(body),
			...(fate && { fate }),
			fault,
			callbackBody: creation.callbackBody,
		});
		return done({ taskId: id });
	};

/** When a picture is edited, a tolerance over 2 ends in a failed task (errorCode 500). */
function kontextFate({ inputImage, safetyTolerance }: JsonObject): Fate | undefined {
	if (inputImage === undefined || Number(safetyTolerance ?? 0) <= 2) return undefined;
	return { end: 'fail', failCode: '500', failMsg: 'safetyTolerance must be between 0 and 2 when editing' };
}

function unfinishedSource({ world, body }: Call): Answer | undefined {
	const source = world.tasks.get(String(body.taskId));
	return source?.api === 'midjourney' && source.state === 'success'
		? undefined
		: refuse(422, 'The record does not exist');
}

const look =
	(api: TaskApi, record: (task: SimTask) => JsonObject): Route['handle'] =>
	({ world, query, fault }) => {
		const task = world.tasks.get(query.get('taskId') ?? '');
		if (task?.api !== api) return refuse(422, 'The record does not exist');
		if (api === 'gpt4o-image' && !world.gpt4oReads.admits(task.id)) return tooOften();
		const data = record(task);
		return done(fault?.kind === 'state' ? { ...data, successFlag: fault.state } : data);
	};

/** POST /api/v1/gpt4o-image/download-url */
function gpt4oDownload({ world, body }: Call): Answer {
	const refused = gpt4oDownloadCheck(body);
	if (refused) return refuse(422, refused.msg, refused.detail);
	const task = world.tasks.get(String(body.taskId));
	if (task?.api !== 'gpt4o-image' || task.state !== 'success') return refuse(422, 'The record does not exist');
	const address = String(body.url);
	return task.urls.includes(address) ? done(linkTo(world, address)) : refuse(422, 'url is wrong');
}

const flags = { running: 0, success: 1, fail: 2 };

/** A result under the wrong type, or none, where a fault asks for it. */
function result(task: SimTask, whole: Json, empty: Json): Json {
	if (task.state !== 'success' || (task.fate.end === 'no-result' && task.fate.form === 'empty-string')) return null;
	if (task.fate.end === 'bad-result') return '{"resultUrls":["https://';
	if (task.fate.end === 'no-result') return task.fate.form === 'empty-object' ? {} : empty;
	return whole;
}

/** What the three records have in common; the times come in each API's own form. */
function common(task: SimTask, time: (ms: number) => Json): JsonObject {
	const failure = task.state === 'fail' && task.fate.end === 'fail' ? task.fate : undefined;
	return {
		taskId: task.id,
		paramJson: JSON.stringify(task.input),
		completeTime: task.finishedAt === undefined ? null : time(task.finishedAt),
		createTime: time(task.createdAt),
		errorCode: failure ? Number(failure.failCode) || failure.failCode : null,
		errorMessage: failure?.failMsg ?? '',
	};
}

const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

function gpt4oRecord(task: SimTask): JsonObject {
	const share = Math.min(0.99, (Date.now() - task.createdAt) / (task.seconds * 1000 || 1));
	return {
		...common(task, (ms) => ms),
		response: result(task, { resultUrls: task.urls }, { resultUrls: [] }),
		successFlag: flags[task.state],
		status: { running: 'GENERATING', success: 'SUCCESS', fail: 'GENERATE_FAILED' }[task.state],
		progress: task.state === 'success' ? '1.00' : share.toFixed(2),
	};
}

function kontextRecord(task: SimTask): JsonObject {
	return {
		...common(task, iso),
		response: result(task, kontextPictures(task), { originImageUrl: '', resultImageUrl: '' }),
		successFlag: { ...flags, fail: 3 }[task.state],
	};
}

function midjourneyRecord(task: SimTask): JsonObject {
	const { errorMessage, ...shared } = common(task, iso);
	return {
		...shared,
		taskType: task.input.taskType ?? task.model.replace('/api/v1/mj/generate', 'mj_').toLowerCase(),
		resultInfoJson: result(
			task,
			{ resultUrls: task.urls.map((address) => ({ resultUrl: address })) },
			{ resultUrls: [] },
		),
		successFlag: { ...flags, fail: 3 }[task.state],
		errorMessage: errorMessage === '' ? null : (errorMessage ?? null),
	};
}

const kontextPictures = ({ urls: [origin, picture] }: SimTask): JsonObject => ({
	originImageUrl: origin ?? '',
	resultImageUrl: picture ?? '',
});

/** The code and the message of a callback: those of the failure, or 200. */
function outcome(task: SimTask, success = 'success'): { code: number; msg: string } {
	if (task.fate.end !== 'fail') return { code: 200, msg: success };
	return { code: Number(task.fate.failCode) || 500, msg: task.fate.failMsg || (messages[500] ?? '') };
}

function gpt4oCallback(task: SimTask): JsonObject {
	return {
		...outcome(task),
		data: { taskId: task.id, info: result(task, { result_urls: task.urls }, { result_urls: [] }) },
	};
}

function kontextCallback(task: SimTask): JsonObject {
	const info = result(task, kontextPictures(task), { originImageUrl: '', resultImageUrl: '' });
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

const exactly = (path: string): RegExp => new RegExp(`^${path}$`);

export const dedicatedRoutes: Route[] = [
	...Object.entries(creations).map(([path, creation]): Route => ({
		method: 'POST',
		path: exactly(path),
		on: 'create',
		handle: create(creation),
	})),
	{
		method: 'GET',
		path: /^\/api\/v1\/gpt4o-image\/record-info$/,
		on: 'read',
		handle: look('gpt4o-image', gpt4oRecord),
	},
	{
		method: 'GET',
		path: /^\/api\/v1\/flux\/kontext\/record-info$/,
		on: 'read',
		handle: look('flux-kontext', kontextRecord),
	},
	{ method: 'GET', path: /^\/api\/v1\/mj\/record-info$/, on: 'read', handle: look('midjourney', midjourneyRecord) },
	{ method: 'POST', path: /^\/api\/v1\/gpt4o-image\/download-url$/, on: 'download-url', handle: gpt4oDownload },
];
