import { isEmpty, omit, pick } from 'lodash';

import { asText, isObject, nonEmptyFields, parseObject } from '../json';
import type { Json, JsonObject } from '../json';
import type { Adapter } from './adapter';
import { market } from './market';
import { requireResult, urlsIn } from './taskStatus';
import { readAnswerNow, readStems, toTrack, trackNames } from './suno';

/**
 * Suno's operations on createTask, with their results in the shape of Suno's own API. What `resultJson` contains is only
 * partly documented, so known names are searched for at any depth and the rest is passed through.
 */
export const sunoMarket: Adapter = {
	...market,
	api: 'suno-market',
	create: ({ fieldNames = {}, without = [], ...model }, input, callBackUrl) => {
		const renamed = Object.entries(omit(input, without)).map(([name, value]) => [fieldNames[name] ?? name, value]);
		return market.create(model, Object.fromEntries(renamed), callBackUrl);
	},
	parseRecord: (record) => {
		const snapshot = market.parseRecord(record);
		const result = parseObject(record.resultJson);
		if (snapshot.state === 'waiting' || (snapshot.state === 'fail' && asText(record.state) === 'fail') || !result)
			return snapshot;
		const tracks = trackEntries(result).map(toTrack);
		const songs = tracks.flatMap(({ audioUrl }) => asText(audioUrl) ?? []);
		const stems = readStems(parseObject(deep(result, 'vocal_separation_info')) ?? {});
		const files = [
			{ urls: songs, fileNames: trackNames(tracks) },
			pick(stems, 'urls', 'fileNames'),
			{ urls: urlsIn(deep(result, 'images')) },
		].find(({ urls }) => urls.length > 0);
		const persona = deep(result, 'persona_id') ?? deep(result, 'personaId');
		// A voice of one's own comes out as a persona there.
		const isVoice = asText(record.model)?.endsWith('/create-voice');
		const named = nonEmptyFields({
			lyrics: deep(result, 'lyricsData'),
			phrase: deep(result, 'verify_phrase_text') ?? deep(result, 'validateInfo'),
			personaId: isVoice ? undefined : persona,
			voiceId: deep(result, 'voiceId') ?? deep(result, 'voice_id') ?? (isVoice ? persona : undefined),
			instruments: deep(result, 'instruments'),
			alignedWords: deep(result, 'alignedWords') ?? deep(result, 'aligned_words'),
			isAvailable: deep(result, 'isAvailable') ?? deep(result, 'is_available'),
		});
		return requireResult({
			...snapshot,
			state: 'success',
			failure: undefined,
			...files,
			details: firstFilled([
				{ ...(tracks.length > 0 ? { tracks } : stems.details), ...named },
				readAnswerNow(snapshot.details),
				files ? undefined : snapshot.details,
			]),
		});
	},
};

/** The first of some results that says anything. */
function firstFilled(results: Array<JsonObject | undefined>): JsonObject {
	return results.find((result) => !isEmpty(result)) ?? {};
}

/** The value under a name, wherever in a result it stands first. */
function deep(value: Json | undefined, name: string): Json | undefined {
	if (Array.isArray(value)) return value.map((entry) => deep(entry, name)).find((found) => found !== undefined);
	if (!isObject(value)) return undefined;
	return (
		value[name] ??
		Object.values(value)
			.map((entry) => deep(entry, name))
			.find((found) => found !== undefined)
	);
}

/** The first list of songs in a result. */
function trackEntries(value: Json | undefined): JsonObject[] {
	if (Array.isArray(value)) {
		const tracks = value.filter(isObject).filter((entry) => asText(entry.audio_url) ?? asText(entry.audioUrl));
		return tracks.length > 0 ? tracks : (value.map(trackEntries).find((found) => found.length > 0) ?? []);
	}
	return isObject(value)
		? (Object.values(value)
				.map(trackEntries)
				.find((found) => found.length > 0) ?? [])
		: [];
}
