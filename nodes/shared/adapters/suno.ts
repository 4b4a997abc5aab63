import { camelCase, omit } from 'lodash';

import { asNumber, asText, isObject, nonEmptyFields, parseObject } from '../json';
import type { Json, JsonObject } from '../json';
import type { Adapter, Milestone } from './adapter';
import { flatCreate, taskFromResponse, readByTaskId } from './adapter';
import type { TaskStatus, TaskState } from './taskStatus';
import { requireResult, times, urlsIn } from './taskStatus';
import { recordFailure, parseFlagRecord } from './flagRecord';

/** Suno's own API: one path per operation, each with its own record and its own words for the state (https://docs.kie.ai/suno-api/get-music-details). */

const objects = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Final states as words; some answers say them in Chinese. `CALLBACK_EXCEPTION` only means that nobody took the callback. */
const FAILED = /(_FAILED|_ERROR)$|失败/;
const SUCCEEDED = ['SUCCESS', '成功'];

/** The state that a word stands for. Where a callback failed, what is there decides. */
function wordState(word: string, hasResult: boolean): TaskState {
	if (SUCCEEDED.includes(word)) return 'success';
	if (word === 'CALLBACK_EXCEPTION') return hasResult ? 'success' : 'waiting';
	return FAILED.test(word) ? 'fail' : 'waiting';
}

/** A snapshot of a record that says its state with a word. */
function wordSnapshot(record: JsonObject, word: Json | undefined, urls: string[], details: JsonObject): TaskStatus {
	const state = wordState(asText(word) ?? '', urls.length > 0 || Object.keys(details).length > 0);
	return requireResult({
		state,
		urls: state === 'success' ? urls : [],
		details: state === 'success' ? details : {},
		failure:
			state === 'fail'
				? { ...recordFailure(record), reason: recordFailure(record)?.reason || (asText(word) ?? '') }
				: undefined,
		...times(record),
	});
}

/** A song as the nodes return it; Suno's records are in camelCase, market records and callbacks in snake_case. */
export function toTrack(track: JsonObject): JsonObject {
	const either = (camel: string, snake: string) => track[camel] ?? track[snake];
	return nonEmptyFields({
		id: track.id,
		title: track.title,
		audioUrl: either('audioUrl', 'audio_url'),
		streamUrl: either('streamAudioUrl', 'stream_audio_url'),
		imageUrl: either('imageUrl', 'image_url'),
		tags: track.tags,
		duration: track.duration,
		lyrics: track.prompt,
		model: either('modelName', 'model_name'),
	});
}

/** Names for the files of tracks, from their titles. */
export function trackNames(tracks: JsonObject[]): string[] {
	return tracks.map(
		({ title }, index) =>
			`${
				asText(title)
					?.replace(/[^\p{L}\p{N} ._-]+/gu, '')
					.trim() || 'track'
			}-${index + 1}`,
	);
}

/** The stages in their order; a later one holds what an earlier one has. */
const STAGES: Record<Milestone, string[]> = {
	all: [],
	first: ['FIRST_SUCCESS'],
	text: ['TEXT_SUCCESS', 'FIRST_SUCCESS'],
};

export const sunoMusic: Adapter = {
	api: 'suno-music',
	create: flatCreate('/api/v1/generate'),
	read: readByTaskId('/api/v1/generate/record-info'),
	parseRecord: (record, stage = 'all') => {
		const tracks = objects(parseObject(record.response)?.sunoData).map(toTrack);
		const done = tracks.filter(({ audioUrl }) => asText(audioUrl) !== undefined);
		const status = asText(record.status) ?? '';
		const isEarlyEnd = STAGES[stage].includes(status) && tracks.length > 0;
		const shown = isEarlyEnd ? tracks : done;
		const details: JsonObject = shown.length > 0 ? { tracks: shown } : {};
		const snapshot = wordSnapshot(
			record,
			isEarlyEnd ? 'SUCCESS' : status,
			done.flatMap(({ audioUrl }) => urlsIn(audioUrl)),
			details,
		);
		return { ...snapshot, fileNames: trackNames(done) };
	},
};

export const sunoLyrics: Adapter = {
	api: 'suno-lyrics',
	create: flatCreate('/api/v1/lyrics'),
	read: readByTaskId('/api/v1/lyrics/record-info'),
	parseRecord: (record) => {
		const lyrics = objects(parseObject(record.response)?.data).filter(({ text: words }) => asText(words) !== undefined);
		return wordSnapshot(record, record.status, [], lyrics.length > 0 ? { lyrics } : {});
	},
};

/** A file made of a track, which the record names too. */
function trackFile(record: JsonObject, field: string): TaskStatus {
	const urls = urlsIn(parseObject(record.response)?.[field]);
	return wordSnapshot(
		record,
		record.successFlag,
		urls,
		urls.length > 0 ? nonEmptyFields({ audioId: record.musicId }) : {},
	);
}

export const sunoWav: Adapter = {
	api: 'suno-wav',
	create: flatCreate('/api/v1/wav/generate'),
	read: readByTaskId('/api/v1/wav/record-info'),
	parseRecord: (record) => trackFile(record, 'audioWavUrl'),
};

export const sunoVideo: Adapter = {
	api: 'suno-video',
	create: flatCreate('/api/v1/mp4/generate'),
	read: readByTaskId('/api/v1/mp4/record-info'),
	parseRecord: (record) => trackFile(record, 'videoUrl'),
};

/**
 * The stems of a separation, each URL under the stem's name. A stem extracted alone has no field of its own and is only
 * in the list of all; the market has the same fields in snake_case (https://docs.kie.ai/suno-api/get-vocal-separation-details).
 */
export function readStems(response: JsonObject): Pick<TaskStatus, 'urls' | 'fileNames' | 'details'> {
	const all = objects(response.originData);
	const named = Object.entries(response)
		.map(([name, value]): [string, Json] => [camelCase(name), value])
		.filter(([name]) => name.endsWith('Url') && name !== 'originUrl')
		.map(([name, value]): [string, Json] => [name.slice(0, -'Url'.length), value]);
	const listed = all.map(({ stem_type_group_name: name, audio_url: url = null }): [string, Json] => [
		camelCase(asText(name) ?? 'stem'),
		url,
	]);
	const fields = nonEmptyFields(Object.fromEntries(named));
	const stems = Object.keys(fields).length > 0 ? fields : nonEmptyFields(Object.fromEntries(listed));
	const isMade = Object.keys(stems).length > 0;
	return {
		urls: Object.values(stems).flatMap((url) => urlsIn(url)),
		fileNames: Object.keys(stems),
		details: isMade ? { stems, ...(all.length > 0 ? { stemTracks: all } : {}) } : {},
	};
}

export const sunoStems: Adapter = {
	api: 'suno-stems',
	create: flatCreate('/api/v1/vocal-removal/generate'),
	read: readByTaskId('/api/v1/vocal-removal/record-info'),
	parseRecord: (record) => {
		const { urls, details, fileNames } = readStems(parseObject(record.response) ?? {});
		return { ...wordSnapshot(record, record.successFlag, urls, details), fileNames };
	},
};

export const sunoMidi: Adapter = {
	api: 'suno-midi',
	create: flatCreate('/api/v1/midi/generate'),
	read: readByTaskId('/api/v1/midi/record-info'),
	parseRecord: (record) => {
		const instruments = objects(parseObject(record.midiData)?.instruments);
		return parseFlagRecord(record, [], instruments.length > 0 ? { instruments } : {});
	},
};

/** Cover pictures. Their flag 2 means that they are being made; the page names words too. */
export const sunoCover: Adapter = {
	api: 'suno-cover',
	create: flatCreate('/api/v1/suno/cover/generate'),
	read: readByTaskId('/api/v1/suno/cover/record-info'),
	parseRecord: (record) => {
		const urls = urlsIn(parseObject(record.response)?.images);
		if (asNumber(record.successFlag) === undefined) return wordSnapshot(record, record.successFlag, urls, {});
		return parseFlagRecord(record, urls, {}, { 1: 'success', 3: 'fail' });
	},
};

/** States of a voice as words; `done` are those that end the wait in success. */
function voiceSnapshot(record: JsonObject, done: string[], details: JsonObject): TaskStatus {
	const status = asText(record.status) ?? '';
	const state: TaskState = done.includes(status) ? 'success' : /fail$/.test(status) ? 'fail' : 'waiting';
	return requireResult({
		state,
		urls: [],
		details: state === 'success' ? details : {},
		failure:
			state === 'fail' ? { ...recordFailure(record), reason: recordFailure(record)?.reason || status } : undefined,
	});
}

/** The phrase to speak for a voice of one's own; it is there while Kie waits for the recording. */
export const sunoVoicePhrase: Adapter = {
	api: 'suno-voice-phrase',
	create: flatCreate('/api/v1/voice/validate'),
	read: readByTaskId('/api/v1/voice/validate-info'),
	parseRecord: (record) =>
		voiceSnapshot(record, ['wait_validating', 'success'], nonEmptyFields({ phrase: record.validateInfo })),
};

/** A voice of one's own. Its `voiceId` is reported to stay empty; then the task's ID is what later calls take. */
export const sunoVoice: Adapter = {
	api: 'suno-voice',
	create: flatCreate('/api/v1/voice/generate'),
	read: readByTaskId('/api/v1/voice/record-info'),
	parseRecord: (record) =>
		voiceSnapshot(record, ['success'], nonEmptyFields({ voiceId: asText(record.voiceId) ?? record.taskId })),
};

/** Songs fetched again. Its records say with the body's code where they stand, 201 being under way, and have no envelope of a task. */
export const sunoRecovery: Adapter = {
	api: 'suno-recovery',
	create: flatCreate('/api/v1/suno/recovery'),
	created: (answer) => {
		if (answer.kind === 'failed' || !isObject(answer.data)) return taskFromResponse(answer);
		return taskFromResponse({ ...answer, data: { taskId: answer.data.task_id ?? answer.data.taskId ?? null } });
	},
	read: (taskId) => ({ method: 'GET', path: '/api/v1/suno/recovery/record-info', qs: { task_id: taskId } }),
	isPending: ({ code }) => code === 201,
	parseRecord: ({ list }) => {
		const tracks = objects(list).map(toTrack);
		const urls = tracks.flatMap(({ audioUrl }) => urlsIn(audioUrl));
		return requireResult({
			state: 'success',
			urls,
			details: urls.length > 0 ? { tracks } : {},
			fileNames: trackNames(tracks),
		});
	},
};

/** What Suno says of a task beside its result. */
const BOOKKEEPING = [
	'taskId',
	'successFlag',
	'errorCode',
	'errorMsg',
	'creditsConsumed',
	'creditsRemaining',
	'createTime',
];
/** What the answers that come at once are about. */
const ANSWERS = ['alignedWords', 'result', 'personaId', 'isAvailable'];

/** What an answer that came at once is about; nothing where that is missing. */
export function readAnswerNow(answer: JsonObject): JsonObject {
	const details = nonEmptyFields(omit(answer, BOOKKEEPING));
	return ANSWERS.some((name) => name in details) ? details : {};
}

/** What Suno answers at once, without a task: timestamped lyrics, a style, a persona, whether a voice can be used. */
export const sunoNow: Adapter = {
	api: 'suno-now',
	answersAtOnce: true,
	create: ({ path = '', fixed }, input) => ({ method: 'POST', path, body: { ...input, ...fixed } }),
	created: (answer, input) => {
		if (answer.kind === 'failed') return { failure: answer.failure };
		const record = isObject(answer.data) ? answer.data : {};
		const word = asText(record.successFlag) ?? '';
		if (wordState(word, false) === 'fail')
			return { failure: { kind: 'refused', reason: asText(record.errorMsg) ?? word } };
		if (Object.keys(readAnswerNow(record)).length === 0)
			return { failure: { kind: 'unexpectedResponse', reason: 'The answer holds no result' } };
		const { taskId, personaId } = record;
		return {
			taskId: asText(taskId) ?? asText(personaId) ?? asText(input.taskId) ?? asText(input.task_id) ?? '',
			record,
		};
	},
	read: readByTaskId(''),
	parseRecord: (record) =>
		requireResult({
			state: 'success',
			urls: [],
			details: readAnswerNow(record),
			credits: asNumber(record.creditsConsumed),
			...times(record),
		}),
};
