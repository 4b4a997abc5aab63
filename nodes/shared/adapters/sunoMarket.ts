import { isEmpty, omit } from 'lodash';

import { asText, isObject, nonEmptyFields, parseObject } from '../json';
import type { Json, JsonObject } from '../json';
import type { Adapter } from './adapter';
import { hasField } from './callbackFormat';
import { isMarketRecord, isSunoRecord, market, marketCallback, marketStatus, resultOf } from './market';
import { resultOfResponse } from './sunoNow';
import { toTrack, trackNames } from './sunoRecords';
import { parseStems } from './sunoStems';
import type { TaskStatus } from './taskStatus';
import { modelOf, urlsIn } from './taskStatus';

/** The fields by which the callbacks of Suno's own API are recognized. */
const SUNO_FIELDS = [
	'callbackType',
	'audioWavUrl',
	'audio_wav_url',
	'vocal_separation_info',
	'instruments',
	'images',
	'validateInfo',
	'video_url',
	'voiceId',
];

/**
 * Suno's operations on createTask, with their results in the form of Suno's own API. What `resultJson` contains is only
 * partly documented, so known names are searched for at any depth and the rest is passed through.
 */
export const sunoMarket: Adapter = {
	...market,
	displayName: 'Suno in the Market',
	create: ({ fieldNames = {}, without = [], ...model }, input, callBackUrl) => {
		const names = new Map(Object.entries(fieldNames));
		const renamed = Object.entries(omit(input, without)).map(([name, value]) => [names.get(name) ?? name, value]);
		return market.create(model, Object.fromEntries(renamed), callBackUrl);
	},
	parseRecord: (record) => marketStatus(record, sunoResultOf(record)),
	isOwnRecord: isSunoRecord,
	callback: {
		...marketCallback,
		idFields: ['data.taskId', 'data.task_id', 'task_id'],
		matches: (callback) =>
			hasField(callback, 'isAvailable') || (isMarketRecord(callback) && isSunoRecord(callback.data)),
		// Most operations post what Suno's own API posts for them.
		couldMatch: (callback) =>
			(hasField(callback, ...SUNO_FIELDS) && !hasField(callback, 'video_id')) || Array.isArray(callback.body.data),
	},
};

function sunoResultOf(record: JsonObject): Pick<TaskStatus, 'urls' | 'details' | 'fileNames'> {
	const { urls, details } = resultOf(record);
	const result = parseObject(record.resultJson) ?? {};
	const tracks = tracksIn(result).map(toTrack);
	const stems = parseStems(parseObject(deep(result, 'vocal_separation_info')) ?? {});
	const files = [
		{ urls: tracks.flatMap(({ audioUrl }) => asText(audioUrl) ?? []), fileNames: trackNames(tracks) },
		{ urls: stems.urls, fileNames: stems.fileNames },
		{ urls: urlsIn(deep(result, 'images')) },
	].find((group) => group.urls.length > 0);
	const persona = deep(result, 'persona_id', 'personaId');
	// The market returns a voice of one's own as a persona.
	const isVoice = modelOf(record)?.endsWith('/create-voice');
	const named = nonEmptyFields({
		lyrics: deep(result, 'lyricsData'),
		phrase: deep(result, 'verify_phrase_text', 'validateInfo'),
		personaId: isVoice ? undefined : persona,
		voiceId: deep(result, 'voiceId', 'voice_id') ?? (isVoice ? persona : undefined),
		instruments: deep(result, 'instruments'),
		alignedWords: deep(result, 'alignedWords', 'aligned_words'),
		isAvailable: deep(result, 'isAvailable', 'is_available'),
	});
	const candidates: JsonObject[] = [
		{ ...(tracks.length > 0 ? { tracks } : stems.details), ...named },
		resultOfResponse(details),
		files ? {} : details,
	];
	return { urls, ...files, details: candidates.find((candidate) => !isEmpty(candidate)) ?? {} };
}

/** The value under the first of some names that a result has, at any depth. */
function deep(value: Json | undefined, ...names: string[]): Json | undefined {
	for (const name of names) {
		const entry = firstUnder(value, name);
		if (entry !== undefined) return entry;
	}
	return undefined;
}

function firstUnder(value: Json | undefined, name: string): Json | undefined {
	if (isObject(value) && value[name] !== undefined && value[name] !== null) return value[name];
	return firstOf(value, (entry) => firstUnder(entry, name));
}

/** The first list of tracks in a result. */
function tracksIn(value: Json | undefined): JsonObject[] {
	const entries = Array.isArray(value) ? value.filter(isObject) : [];
	const tracks = entries.filter((entry) => asText(entry.audio_url) ?? asText(entry.audioUrl));
	if (tracks.length > 0) return tracks;
	const firstNested = (entry: Json) => {
		const nested = tracksIn(entry);
		return nested.length > 0 ? nested : undefined;
	};
	return firstOf(value, firstNested) ?? [];
}

/** What `find` returns for the first entry of a list or object for which it returns something. */
function firstOf<T>(value: Json | undefined, find: (entry: Json) => T | undefined): T | undefined {
	const entries = isObject(value) || Array.isArray(value) ? Object.values(value) : [];
	for (const entry of entries) {
		const match = find(entry);
		if (match !== undefined) return match;
	}
	return undefined;
}
