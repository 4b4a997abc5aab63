import { type Answer, refuse } from './answers';
import { outcome, result } from './own-api';
import type { Asked } from './routes';
import { type Made, persona, style, timedLyrics, voiceCheck } from './suno-at-once';
import { spanRefusal, sunoMarketBodies } from './suno-bodies';
import { lyricsVersions, separationInfo, snakeTrack, songFiles, tracksOf } from './suno-content';
import { songModels } from './suno-parents';
import { extendFate, songEvents, unreachable, withoutTrack } from './suno-songs';
import {
	coverCallback,
	lostTracks,
	lyricsCallback,
	midiCallback,
	midiContent,
	onceForSong,
	onceForTrack,
	recovered,
	recoveryFiles,
	stemFiles,
	stemsCallback,
	videoCallback,
	videoTaken,
	wavCallback,
	wavTaken,
	withoutSeparation,
	withoutSong,
	withoutSource,
} from './suno-tools';
import type { Fate, JsonObject, ServedModel, SimTask, Stage } from './types';
import { phraseCallback, sentence, unfitPhrase, unknownPhrase, voiceCallback, voiceId } from './suno-voices';
import { toRule } from './validate';
import type { World } from './world';

/**
 * Suno's operations on the market. Of songs, lyrics, WAV and video it is known what `resultJson` holds; of the others it
 * is what their callbacks or their own paths have. Callbacks keep Suno's shape. What their own paths refuse is refused.
 */

export interface SunoMarketOperation {
	credits: number;
	instead?: (asked: Asked) => Answer | undefined;
	/** What needs no task on its own path; evaluated once, at the create. */
	make?: (world: World, input: JsonObject) => Made;
	files?: (input: JsonObject) => string[];
	/** `resultJson`; if not set: what was made at once. */
	result?: (made: { input: JsonObject; urls: string[]; id: string; world: World }) => JsonObject;
	fate?: (input: JsonObject, world: World) => Fate | undefined;
	stages?: Stage[];
	/** Left out: as for every model of the market. */
	callbackBody?: (task: SimTask) => JsonObject;
}

const song = (more: Partial<SunoMarketOperation> = {}): SunoMarketOperation => ({
	credits: 12,
	files: () => songFiles,
	result: ({ input, urls }) => ({ data: tracksOf(input, urls).map((track) => snakeTrack(track, Date.now())) }),
	fate: unreachable,
	...songEvents(),
	...more,
});

const file = (extension: string): Pick<SunoMarketOperation, 'files' | 'result'> => ({
	files: () => [extension],
	result: ({ urls }) => ({ resultUrls: urls }),
});

const phrase: SunoMarketOperation = {
	credits: 1,
	result: () => ({ verify_phrase_text: sentence }),
	callbackBody: phraseCallback,
};

/** By the model's name after ai-music-api/. */
const named: Record<string, SunoMarketOperation> = {
	extend: song({ fate: extendFate }),
	'upload-and-cover-audio': song(songEvents(true)),
	'upload-and-extend-audio': song(songEvents(true)),
	'replace-section': song({ instead: withoutTrack, ...songEvents(false, true) }),
	'generate-lyrics': {
		credits: 0.4,
		result: ({ input }) => ({ resultObject: { lyricsData: lyricsVersions(input) } }),
		callbackBody: lyricsCallback,
	},
	'convert-to-wav-format': {
		credits: 0.4,
		instead: onceForTrack('ai-music-api/convert-to-wav-format', wavTaken),
		...file('wav'),
		callbackBody: wavCallback,
	},
	'create-music-video': {
		credits: 2,
		instead: onceForTrack('ai-music-api/create-music-video', videoTaken),
		...file('mp4'),
		callbackBody: videoCallback,
	},
	'separate-vocals': {
		credits: 10,
		instead: withoutSource,
		files: stemFiles,
		result: ({ input, urls }) => ({ vocal_separation_info: separationInfo(input, urls) }),
		fate: unreachable,
		callbackBody: stemsCallback,
	},
	'generate-midi-from-audio': {
		credits: 1,
		instead: withoutSeparation,
		result: ({ input, world }) => midiContent(input, world),
		callbackBody: midiCallback,
	},
	'cover-generate': {
		credits: 1,
		instead: onceForSong('ai-music-api/cover-generate'),
		files: () => ['png', 'png'],
		result: ({ urls }) => ({ images: urls }),
		callbackBody: coverCallback,
	},
	'suno-recovery-audio': {
		credits: 0,
		instead: withoutSong,
		files: () => recoveryFiles,
		result: ({ input, urls, world }) => ({ data: recovered(lostTracks(input, world).tracks ?? [], urls, false) }),
		callbackBody: (task) => ({ ...outcome(task), task_id: task.id, data: result(task, task.result.data ?? [], []) }),
	},
	'generate-persona': { credits: 0, make: persona },
	'boost-music-style': { credits: 0.4, make: style },
	'timeStamped-lyrics': { credits: 0.5, make: timedLyrics },
	'check-voice': {
		credits: 0,
		make: voiceCheck,
		callbackBody: (task) => ({ ...outcome(task), data: result(task, task.result, {}) }),
	},
	'validation-phrase': { ...phrase, fate: unreachable },
	'regenerate-phrase': { ...phrase, instead: unknownPhrase },
	'create-voice': {
		credits: 1,
		instead: unfitPhrase,
		result: ({ id }) => ({ persona_id: voiceId(id) }),
		fate: unreachable,
		callbackBody: voiceCallback,
	},
};

/** How an operation of Suno works on the market, by the model's id. */
export const sunoOperations: Record<string, SunoMarketOperation> = {
	...Object.fromEntries(songModels.map((id) => [id, song()])),
	...Object.fromEntries(Object.entries(named).map(([name, operation]) => [`ai-music-api/${name}`, operation])),
};

/** Refuses what a schema can't say. */
export const sunoRefusal = (id: string, input: JsonObject): Answer | undefined => {
	const body = sunoMarketBodies[id];
	const refused = body && spanRefusal(body, input);
	return refused && refuse(422, refused.msg, refused.detail);
};

/** Suno as `createTask` serves it. */
export const sunoModels: ServedModel[] = Object.entries(sunoMarketBodies).map(([id, { schema, rules }]) => ({
	output: 'music',
	model: {
		id,
		title: `Suno - ${id.slice('ai-music-api/'.length)}`,
		family: 'Suno',
		operations: {},
		input: schema,
		...(rules && { rules: rules.map(toRule) }),
		media: {},
		seconds: 60,
	},
}));
