import { createHash } from 'node:crypto';
import { clock } from './own-api';
import { snakeCased } from './suno-bodies';
import type { Json, JsonObject, SimTask } from './types';

/** What Suno generates: tracks, lyrics, stems, notes. Derived from the task alone, so that every read returns the same. */

/** A field of an input, whose name may be in either case. */
export const fieldOf = (input: JsonObject, field: string): Json | undefined => input[field] ?? input[snakeCased(field)];

const textOf = (input: JsonObject, field: string): string => String(fieldOf(input, field) ?? '');

/** A UUID derived from a text. */
export const uuid = (seed: string): string =>
	createHash('sha256')
		.update(seed)
		.digest('hex')
		.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5');

export interface Track {
	id: string;
	audio: string;
	stream: string;
	image: string;
	/** The lyrics. */
	prompt: string;
	modelName: string;
	title: string;
	tags: string;
	/** In seconds. */
	duration: number;
}

/** The files of a song: audio, stream and image of each of the two tracks. */
export const songFiles = ['mp3', 'mp3', 'jpeg', 'mp3', 'mp3', 'jpeg'];

const seconds = [198.44, 184.12];

/** The tracks of a song that have their files in `urls`. */
export function tracksOf(input: JsonObject, urls: string[]): Track[] {
	return seconds.slice(0, Math.floor(urls.length / 3)).map((length, index) => {
		const [audio = '', stream = '', image = ''] = urls.slice(index * 3, index * 3 + 3);
		return {
			id: uuid(audio),
			audio,
			stream,
			image,
			prompt: lyricsOf(input),
			modelName: `chirp-${(textOf(input, 'model') || 'V6').toLowerCase().replace('_', '-')}`,
			title: textOf(input, 'title') || titleOf(textOf(input, 'prompt')),
			tags: textOf(input, 'style') || textOf(input, 'tags') || 'electrifying, rock',
			duration: lengthOf(input) ?? length,
		};
	});
}

/** Given lyrics are unchanged; a description becomes lyrics; an instrumental has none. */
function lyricsOf(input: JsonObject): string {
	if (fieldOf(input, 'instrumental') === true) return '';
	const lyrics = textOf(input, 'lyrics') || textOf(input, 'fullLyrics');
	if (lyrics || fieldOf(input, 'customMode') === true || fieldOf(input, 'defaultParamFlag') === true) {
		return lyrics || textOf(input, 'prompt');
	}
	return `[Verse]\nNight city lights\n${titleOf(textOf(input, 'prompt'))}\n[Chorus]\nWe continue`;
}

const titleOf = (idea: string): string => idea.split(/\s+/).slice(0, 4).join(' ') || 'Iron Man';

/** V6 in custom mode generates 20 seconds by default (reported). */
function lengthOf(input: JsonObject): number | undefined {
	const model = textOf(input, 'model');
	if (fieldOf(input, 'customMode') !== true || !/^V(6|5_5)/.test(model)) return undefined;
	return Number(fieldOf(input, 'duration') ?? (model.startsWith('V6') ? 20 : 0)) || undefined;
}

/** A track as records show it; the source URLs soon stop working: here they never do. */
export const camelTrack = (track: Track, task: SimTask): JsonObject => ({
	id: track.id,
	audioUrl: track.audio,
	sourceAudioUrl: sourceUrl(track.audio),
	streamAudioUrl: track.stream,
	sourceStreamAudioUrl: sourceUrl(track.stream),
	imageUrl: track.image,
	sourceImageUrl: sourceUrl(track.image),
	prompt: track.prompt,
	modelName: track.modelName,
	title: track.title,
	tags: track.tags,
	createTime: task.createdAt,
	duration: track.duration,
});

const sourceUrl = (url: string): string => url.replace('/results/', '/sources/');

/** A track as callbacks and the market show it; only the callbacks of uploads have `sources`. */
export const snakeTrack = (track: Track, madeAt: number, sources = false): JsonObject => ({
	id: track.id,
	audio_url: track.audio,
	...(sources && { source_audio_url: sourceUrl(track.audio) }),
	stream_audio_url: track.stream,
	...(sources && { source_stream_audio_url: sourceUrl(track.stream) }),
	image_url: track.image,
	...(sources && { source_image_url: sourceUrl(track.image) }),
	prompt: track.prompt,
	model_name: track.modelName,
	title: track.title,
	tags: track.tags,
	createTime: clock(madeAt),
	duration: track.duration,
});

/** Two versions of a text. */
export const lyricsVersions = (input: JsonObject): Array<{ text: string; title: string }> =>
	['One', 'Two'].map((name) => ({
		title: `${titleOf(textOf(input, 'prompt'))} ${name}`,
		text: `[Verse]\nI cross the city\n${textOf(input, 'prompt')}\n[Chorus]\nNumber ${name.toLowerCase()}`,
	}));

/** The words of a track with their times in seconds; none for an instrumental. */
export function alignedWords(lyrics: string): JsonObject {
	const words = lyrics.match(/(\[[^\]]*\]\s*)?[^\s[\]]+\s*/g) ?? [];
	return {
		alignedWords: words.map((text, index) => ({
			word: text,
			success: true,
			startS: Math.round((1.36 + index * 0.43) * 100) / 100,
			endS: Math.round((1.79 + index * 0.43) * 100) / 100,
			palign: 0,
		})),
		waveformData: [0, 1, 0.5, 0.75],
		hootCer: 0.3803191489361702,
		isStreamed: false,
	};
}

export interface Stem {
	/** `vocal`, and so the field vocalUrl; if not set: the stem is in originData only. */
	field?: string;
	group: string;
}

const vocals: Stem = { field: 'vocal', group: 'Vocals' };

/** In the order of callbacks, which lack `piano`. */
const splitStems: Stem[] = [
	vocals,
	{ field: 'backingVocals', group: 'Backing Vocals' },
	{ field: 'drums', group: 'Drums' },
	{ field: 'bass', group: 'Bass' },
	{ field: 'guitar', group: 'Guitar' },
	{ field: 'keyboard', group: 'Keyboard' },
	{ field: 'percussion', group: 'Percussion' },
	{ field: 'strings', group: 'Strings' },
	{ field: 'synth', group: 'Synth' },
	{ field: 'fx', group: 'FX' },
	{ field: 'brass', group: 'Brass' },
	{ field: 'woodwinds', group: 'Woodwinds' },
];

/** The stems of a separation. The result of split_stem_advanced is not documented; here only originData has it. */
export function stemsOf(input: JsonObject): Stem[] {
	const type = fieldOf(input, 'type');
	if (type === 'split_stem') return splitStems;
	if (type === 'split_stem_advanced') return [{ group: textOf(input, 'stemName') }];
	return [vocals, { field: 'instrumental', group: 'Instrumental' }];
}

const stemFields = ['instrumental', 'vocal', 'backingVocals', 'drums', 'bass', 'guitar', 'piano', 'keyboard'];
const moreStemFields = ['percussion', 'strings', 'synth', 'fx', 'brass', 'woodwinds'];

/** Id of a separated track, from its URL. */
export const stemId = uuid;

/** `response` of a separation: a URL or null for each stem, and every result with its ID. */
export function separated(input: JsonObject, urls: string[]): JsonObject {
	const stems = stemsOf(input);
	const stemUrl = (field: string): Json => urls[stems.findIndex((stem) => stem.field === field)] ?? null;
	return {
		id: null,
		originUrl: null,
		originData: originData(stems, urls),
		...Object.fromEntries([...stemFields, ...moreStemFields].map((field) => [`${field}Url`, stemUrl(field)])),
	};
}

const originData = (stems: Stem[], urls: string[]): Json =>
	urls.map((url, index) => ({
		duration: 245.6,
		audio_url: url,
		stem_type_group_name: stems[index]?.group ?? '',
		id: stemId(url),
	}));

/** `vocal_separation_info` of a callback: only the existing stems. */
export function separationInfo(input: JsonObject, urls: string[]): JsonObject {
	const stemUrls = stemsOf(input).flatMap(({ field }, index): Array<[string, string]> =>
		field === undefined ? [] : [[`${snakeCased(field)}_url`, urls[index] ?? '']],
	);
	return { origin_url: '', ...Object.fromEntries(stemUrls) };
}

/** Notes of one instrument for each stem. */
export const instruments = (stems: Stem[]): Json =>
	stems.map(({ group }, stem) => ({
		name: group,
		notes: [0, 1, 2].map((index) => ({
			pitch: 60 + stem + index * 4,
			start: 0.0364 + index * 0.25,
			end: 0.1864 + index * 0.25,
			velocity: 1,
		})),
	}));
