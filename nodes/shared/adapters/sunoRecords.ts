import { asText, isObject, nonEmptyFields, parseObject } from '../json';
import type { Json, JsonObject } from '../json';
import type { CallbackBody } from './callbackFormat';
import { failureFields } from './callbackFormat';
import { recordFailure } from './flagRecord';
import type { TaskFailure, TaskState, TaskStatus } from './taskStatus';
import { modelOf, times, toStatus, urlsIn } from './taskStatus';
import type { ResultShape } from './resultShape';
import { listOf, NUMBER, objectOf, TEXT } from './resultShape';

/** What the records of Suno's own API have in common: a word as state (https://docs.kie.ai/suno-api/get-music-details), and tracks. */

/** Final states; some responses have them in Chinese. */
const FAILED = /(_FAILED|_ERROR)$|失败/;
const SUCCEEDED = ['SUCCESS', '成功'];
/** The task is complete, and Kie could not deliver its callback. */
const CALLBACK_FAILED = 'CALLBACK_EXCEPTION';

/** The state that a word stands for. Where the callback failed, the result decides. */
export function stateOfWord(word: string, hasResult: boolean): TaskState {
	if (SUCCEEDED.includes(word)) return 'success';
	if (word === CALLBACK_FAILED) return hasResult ? 'success' : 'waiting';
	return FAILED.test(word) ? 'fail' : 'waiting';
}

/** Why a record's task failed: its word, where it gives no reason. */
export function wordFailure(record: JsonObject, word: string): TaskFailure {
	const { code, reason } = recordFailure(record);
	return { code, reason: reason || word };
}

/** Parses a record whose state is the word `state`. */
export function parseWordRecord(
	record: JsonObject,
	state: Json | undefined,
	urls: string[],
	details: JsonObject,
): TaskStatus {
	const word = asText(state) ?? '';
	const hasResult = urls.length > 0 || Object.keys(details).length > 0;
	return toStatus({
		state: stateOfWord(word, hasResult),
		urls,
		details,
		failure: wordFailure(record, word),
		model: modelOf(record),
		...times(record),
	});
}

/** The word of a failed task, where a callback has none. */
export const FAILED_WORD = 'GENERATE_AUDIO_FAILED';

/** A callback as a record whose state is a word. */
export function toWordRecord(callback: CallbackBody, response: JsonObject): JsonObject {
	const successFlag = callback.isSuccess ? 'SUCCESS' : FAILED_WORD;
	return { successFlag, ...failureFields(callback), response };
}

/** Parses the record of a file generated from a track; the record has the ID of the track. */
export function parseTrackFile(record: JsonObject, field: string): TaskStatus {
	const urls = urlsIn(parseObject(record.response)?.[field]);
	const details = urls.length > 0 ? nonEmptyFields({ audioId: record.musicId }) : {};
	return parseWordRecord(record, record.successFlag, urls, details);
}

/** The objects in a list. */
export function objectsIn(value: Json | undefined): JsonObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A track as the nodes return it; Suno's records are in camelCase, market records and callbacks in snake_case. */
export function toTrack(track: JsonObject): JsonObject {
	const either = (camel: string, snake: string) => track[camel] ?? track[snake];
	return nonEmptyFields({
		title: track.title,
		duration: track.duration,
		audioUrl: either('audioUrl', 'audio_url'),
		imageUrl: either('imageUrl', 'image_url'),
		streamUrl: either('streamAudioUrl', 'stream_audio_url'),
		tags: track.tags,
		lyrics: track.prompt,
		model: either('modelName', 'model_name'),
		id: track.id,
	});
}

/** The result of whatever generates tracks; see `toTrack`. */
export const TRACKS: ResultShape = {
	fields: {
		tracks: listOf(
			objectOf({
				title: TEXT,
				duration: NUMBER,
				audioUrl: TEXT,
				imageUrl: TEXT,
				streamUrl: TEXT,
				tags: TEXT,
				lyrics: TEXT,
				model: TEXT,
				id: TEXT,
			}),
		),
	},
};

/** Names for the files of tracks, from their titles. */
export function trackNames(tracks: JsonObject[]): string[] {
	return tracks.map(({ title }, index) => {
		const name = (asText(title) ?? '').replace(/[^\p{L}\p{M}\p{N} ._-]+/gu, '').trim();
		return `${name || 'track'}-${index + 1}`;
	});
}
