import { type Answer, done, reject } from './answers';
import { isObject } from './json';
import { clock, createRoute, type Creation, failureOf, flagOf, recordRoute, outcome, result } from './own-api';
import type { CreateCall, Route } from './routes';
import { type SunoPath, sunoCheck } from './suno-bodies';
import { fieldOf, instruments, lyricsVersions, separated, separationInfo, stemsOf } from './suno-content';
import { doneBefore, finishedTask, separationOf, trackOf, tracksOfTask, unknownRecord } from './suno-parents';
import { errorOf, emptyRecord, root, admitsSunoRead, stateWord, unreachable } from './suno-songs';
import type { Json, JsonObject, SimTask, TaskApi } from './types';
import type { World } from './world';

/** Suno's tools: lyrics, WAV, stems, MIDI, video, cover images, recovery. Each has a record of its own. */

const tool = (path: SunoPath, creation: Omit<Creation, 'check'>): Route =>
	createRoute(root + path, { check: sunoCheck(path), ...creation });

const toolRecord = (path: string, api: TaskApi, record: (task: SimTask) => JsonObject, state?: string): Route =>
	recordRoute(root + path, {
		api,
		record,
		unknown: emptyRecord,
		admits: admitsSunoRead,
		...(state !== undefined && { state }),
	});

/** What the records of tools that work on a track have in common; the times have each tool's own format. */
function ofTrack(task: SimTask, time: (ms: number) => Json): JsonObject {
	return {
		taskId: task.id,
		musicId: task.input.audioId ?? null,
		callbackUrl: task.callBackUrl ?? null,
		musicIndex: task.result.musicIndex ?? 0,
		completeTime: task.finishedAt === undefined ? null : time(task.finishedAt),
		createTime: time(task.createdAt),
		...errorOf(task),
	};
}

const asIs = (ms: number): number => ms;

/** A result in a callback: null after a failure. */
const callbackResult = (task: SimTask, full: Json, empty: Json = null): Json => result(task, full, empty);

/* Lyrics */

const versions = ({ input }: SimTask, errorField: string): Json =>
	lyricsVersions(input).map((version) => ({ ...version, status: 'complete', [errorField]: '' }));

const lyricsRecord = (task: SimTask): JsonObject => ({
	taskId: task.id,
	param: JSON.stringify(task.input),
	response: result(task, { taskId: task.id, data: versions(task, 'errorMessage') }, { taskId: task.id, data: [] }),
	status: stateWord(task, 'GENERATE_LYRICS_FAILED'),
	type: 'LYRICS',
	...errorOf(task),
});

/** The type is `complete` even after a failure. */
export const lyricsCallback = (task: SimTask): JsonObject => ({
	...outcome(task, 'All generated successfully.'),
	data: { callbackType: 'complete', task_id: task.id, data: callbackResult(task, versions(task, 'error_message'), []) },
});

/** The page of lyrics has its own codes. */
const tooLong = ({ body }: CreateCall): Answer | undefined =>
	[...String(body.prompt)].length > 200 ? reject(413, 'prompt takes at most 200 characters') : undefined;

/* WAV and video */

const wavRecord = (task: SimTask): JsonObject => ({
	...ofTrack(task, clock),
	response: result(task, { audioWavUrl: task.urls[0] ?? '' }, { audioWavUrl: '' }),
	successFlag: stateWord(task, 'GENERATE_WAV_FAILED'),
});

export const wavCallback = (task: SimTask): JsonObject => ({
	...outcome(task),
	data: { audioWavUrl: callbackResult(task, task.urls[0] ?? ''), task_id: task.id },
});

const videoRecord = (task: SimTask): JsonObject => ({
	...ofTrack(task, clock),
	response: result(task, { videoUrl: task.urls[0] ?? '' }, { videoUrl: '' }),
	successFlag: stateWord(task, 'GENERATE_MP4_FAILED'),
});

export const videoCallback = (task: SimTask): JsonObject => ({
	...outcome(task),
	data: { task_id: task.id, video_url: callbackResult(task, task.urls[0] ?? '') },
});

/** A track that does not exist is rejected, and so is one that already has its file. */
export const onceForTrack =
	(model: string, message: string) =>
	({ world, body }: CreateCall): Answer | undefined => {
		if (!trackOf(world, body)) return unknownRecord();
		return doneBefore(world, model, body, 'taskId', 'audioId') ? reject(409, message) : undefined;
	};

export const wavExists = 'WAV record already exists';
export const videoExists = 'MP4 record already exists';

/** Which track of its task it is. */
const trackIndex = (body: JsonObject, world: World): JsonObject => ({ musicIndex: trackOf(world, body)?.index ?? 0 });

/* Stems and MIDI */

const stemsRecord = (task: SimTask): JsonObject => ({
	...ofTrack(task, asIs),
	response: result(task, separated(task.input, task.urls), separated(task.input, [])),
	successFlag: stateWord(task, 'GENERATE_AUDIO_FAILED'),
});

export const stemsCallback = (task: SimTask): JsonObject => ({
	...outcome(task, 'vocal separation generated successfully.'),
	data: { task_id: task.id, vocal_separation_info: callbackResult(task, separationInfo(task.input, task.urls)) },
});

export const stemFiles = (input: JsonObject): string[] => stemsOf(input).map(() => 'mp3');

/** Separation needs an existing track or a file. */
export const withoutSource = ({ world, body }: CreateCall): Answer | undefined =>
	fieldOf(body, 'audioUrl') !== undefined || trackOf(world, body) ? undefined : unknownRecord();

const midiRecord = (task: SimTask): JsonObject => {
	const failure = failureOf(task);
	return {
		taskId: task.id,
		recordTaskId: -1,
		audioId: task.input.audioId ?? null,
		callbackUrl: task.callBackUrl ?? null,
		completeTime: task.finishedAt ?? null,
		midiData: result(task, task.result, { state: 'complete', instruments: [] }),
		successFlag: flagOf(task, 3),
		createTime: task.createdAt,
		// Text here, a number elsewhere.
		errorCode: failure?.failCode ?? null,
		errorMessage: failure?.failMsg ?? null,
	};
};

/** `instruments` of a MIDI task: those of the requested stems. */
export function midiContent(input: JsonObject, world: World): { state: string; instruments: Json } {
	const separation = separationOf(world, input);
	const stems = separation ? stemsOf(separation.task.input) : [];
	const selectedStems = stems.filter((_, index) => separation?.stems.includes(index));
	return { state: 'complete', instruments: instruments(selectedStems) };
}

export function midiCallback(task: SimTask): JsonObject {
	const { state = null, instruments: notes = [] } = task.result;
	const data: JsonObject =
		task.state === 'fail' ? {} : { state, instruments: callbackResult(task, timesAsText(notes), []) };
	return { ...outcome(task), data: { taskId: task.id, ...data } };
}

/** In callbacks, the times of notes can be text. */
const timesAsText = (notes: Json): Json =>
	JSON.parse(JSON.stringify(notes), (key, value) => (key === 'start' || key === 'end' ? String(value) : value));

export const withoutSeparation = ({ world, body }: CreateCall): Answer | undefined =>
	separationOf(world, body) ? undefined : unknownRecord();

/* Cover images */

const isoTime = (ms: number): string => new Date(ms).toISOString();

const coverRecord = (task: SimTask): JsonObject => {
	const failure = failureOf(task);
	return {
		taskId: task.id,
		parentTaskId: task.input.taskId ?? null,
		callbackUrl: task.callBackUrl ?? null,
		completeTime: task.finishedAt === undefined ? null : isoTime(task.finishedAt),
		response: result(task, { images: task.urls }, { images: [] }),
		successFlag: task.state === 'running' && task.milestone ? 2 : flagOf(task, 3),
		createTime: isoTime(task.createdAt),
		errorCode: failure ? Number(failure.failCode) : task.state === 'success' ? 200 : null,
		errorMessage: failure?.failMsg ?? '',
	};
};

export const coverCallback = (task: SimTask): JsonObject => ({
	...outcome(task),
	data: { taskId: task.id, images: callbackResult(task, task.urls, []) },
});

/** A song gets one cover: another request gets 400 with the first task. */
export const onceForSong =
	(model: string) =>
	({ world, body }: CreateCall): Answer | undefined => {
		if (!finishedTask(world, 'suno-song', String(fieldOf(body, 'taskId')))) return unknownRecord();
		const first = doneBefore(world, model, body, 'taskId');
		const msg = 'The cover has been generated';
		return first && { body: { code: 400, msg, data: { taskId: first.id } }, detail: msg };
	};

/* Recovery */

/** The song whose files no longer exist; its field has a shorter name on the market. */
const lostSong = (world: World, input: JsonObject): SimTask | undefined =>
	finishedTask(world, 'suno-song', String(input.sunoTaskId ?? input.task_id));

/** What a recovery knows about the song. */
export const lostTracks = (input: JsonObject, world: World): JsonObject => ({
	tracks: tracksOfTask(lostSong(world, input)).map(({ id, title }) => ({ id, title })),
});

/** Tracks with their new URLs, or with an error. */
export function recovered(tracks: Json, urls: string[], isFailed: boolean): Json {
	const trackObjects = Array.isArray(tracks) ? tracks.filter(isObject) : [];
	return trackObjects.map(({ id = '', title = '' }, index): JsonObject =>
		isFailed
			? { id, audio_url: '', status: 'failed', error: 'clip_error' }
			: { id, audio_url: urls[index] ?? '', title, status: 'success', error: '' },
	);
}

/** The code of the body is the state. */
export function recoveryRecord(task: SimTask): JsonObject {
	if (task.state === 'running') return { code: 201, msg: 'processing', task_id: task.id, data: null };
	const { code, msg } = outcome(task);
	const tracks = recovered(task.result.tracks ?? [], task.urls, task.state === 'fail');
	return {
		code: code === 200 ? 200 : 500,
		msg,
		task_id: task.id,
		data: task.state === 'fail' ? tracks : result(task, tracks, []),
	};
}

export const withoutSong = ({ world, body }: CreateCall): Answer | undefined =>
	lostSong(world, body) ? undefined : unknownRecord();

/** The second file is an M4A, which it can be. */
export const recoveryFiles = ['mp3', 'm4a'];

export const toolRoutes: Route[] = [
	tool('/lyrics', {
		api: 'suno-lyrics',
		credits: 0.4,
		results: () => [],
		callbackBody: lyricsCallback,
		override: tooLong,
		codes: { rateLimited: 430, noCredits: 429 },
	}),
	toolRecord('/lyrics/record-info', 'suno-lyrics', lyricsRecord, 'status'),
	tool('/wav/generate', {
		api: 'suno-wav',
		credits: 0.4,
		results: () => ['wav'],
		callbackBody: wavCallback,
		override: onceForTrack(`${root}/wav/generate`, wavExists),
		remembers: trackIndex,
	}),
	toolRecord('/wav/record-info', 'suno-wav', wavRecord),
	tool('/mp4/generate', {
		api: 'suno-video',
		credits: 2,
		results: () => ['mp4'],
		callbackBody: videoCallback,
		override: onceForTrack(`${root}/mp4/generate`, videoExists),
		remembers: trackIndex,
	}),
	toolRecord('/mp4/record-info', 'suno-video', videoRecord),
	tool('/vocal-removal/generate', {
		api: 'suno-stems',
		credits: 10,
		results: stemFiles,
		callbackBody: stemsCallback,
		override: withoutSource,
		fate: unreachable,
		remembers: trackIndex,
	}),
	toolRecord('/vocal-removal/record-info', 'suno-stems', stemsRecord),
	tool('/midi/generate', {
		api: 'suno-midi',
		credits: 1,
		results: () => [],
		callbackBody: midiCallback,
		override: withoutSeparation,
		remembers: midiContent,
	}),
	toolRecord('/midi/record-info', 'suno-midi', midiRecord),
	tool('/suno/cover/generate', {
		api: 'suno-cover',
		credits: 1,
		results: () => ['png', 'png'],
		milestones: [{ name: 'generating', at: 1 / 2, files: 0 }],
		callbackBody: coverCallback,
		override: onceForSong(`${root}/suno/cover/generate`),
	}),
	toolRecord('/suno/cover/record-info', 'suno-cover', coverRecord),
	tool('/suno/recovery', {
		api: 'suno-recovery',
		credits: 0,
		results: () => recoveryFiles,
		callbackBody: recoveryRecord,
		override: withoutSong,
		remembers: lostTracks,
		answer: (id) => done({ task_id: id }),
	}),
	recordRoute(`${root}/suno/recovery/record-info`, {
		api: 'suno-recovery',
		record: recoveryRecord,
		state: 'code',
		parameter: 'task_id',
		unknown: emptyRecord,
		admits: admitsSunoRead,
		answer: (body) => ({ body }),
	}),
];
