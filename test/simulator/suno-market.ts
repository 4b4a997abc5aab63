import { type Answer, reject } from './answers';
import { outcome, result } from './own-api';
import type { CreateCall } from './routes';
import { type ImmediateResult, persona, style, timedLyrics, voiceCheck } from './suno-at-once';
import { spanIssue, sunoMarketBodies } from './suno-bodies';
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
	videoExists,
	wavCallback,
	wavExists,
	withoutSeparation,
	withoutSong,
	withoutSource,
} from './suno-tools';
import type { Fate, JsonObject, ServedModel, SimTask, Milestone } from './types';
import { phraseCallback, sentence, unfitPhrase, unknownPhrase, voiceCallback, voiceId } from './suno-voices';
import { toRule } from './validate';
import type { World } from './world';

/**
 * Suno's operations on the market. Of songs, lyrics, WAV and video it is known what `resultJson` holds; of the others it
 * is what their callbacks or their own paths have. Callbacks have Suno's format. What their own paths reject is rejected.
 */

export interface SunoMarketOperation {
	credits: number;
	override?: (call: CreateCall) => Answer | undefined;
	/** The result of what needs no task on its own path; evaluated once, at the create. */
	immediate?: (world: World, input: JsonObject) => ImmediateResult;
	files?: (input: JsonObject) => string[];
	/** `resultJson`; if not set: the immediate result. */
	result?: (task: { input: JsonObject; urls: string[]; id: string; world: World }) => JsonObject;
	fate?: (input: JsonObject, world: World) => Fate | undefined;
	milestones?: Milestone[];
	/** Default: that of every model of the market. */
	callbackBody?: (task: SimTask) => JsonObject;
}

const song = (overrides: Partial<SunoMarketOperation> = {}): SunoMarketOperation => ({
	credits: 12,
	files: () => songFiles,
	result: ({ input, urls }) => ({ data: tracksOf(input, urls).map((track) => snakeTrack(track, Date.now())) }),
	fate: unreachable,
	...songEvents(),
	...overrides,
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
const operations: Record<string, SunoMarketOperation> = {
	extend: song({ fate: extendFate }),
	'upload-and-cover-audio': song(songEvents(true)),
	'upload-and-extend-audio': song(songEvents(true)),
	'replace-section': song({ override: withoutTrack, ...songEvents(false, true) }),
	'generate-lyrics': {
		credits: 0.4,
		result: ({ input }) => ({ resultObject: { lyricsData: lyricsVersions(input) } }),
		callbackBody: lyricsCallback,
	},
	'convert-to-wav-format': {
		credits: 0.4,
		override: onceForTrack('ai-music-api/convert-to-wav-format', wavExists),
		...file('wav'),
		callbackBody: wavCallback,
	},
	'create-music-video': {
		credits: 2,
		override: onceForTrack('ai-music-api/create-music-video', videoExists),
		...file('mp4'),
		callbackBody: videoCallback,
	},
	'separate-vocals': {
		credits: 10,
		override: withoutSource,
		files: stemFiles,
		result: ({ input, urls }) => ({ vocal_separation_info: separationInfo(input, urls) }),
		fate: unreachable,
		callbackBody: stemsCallback,
	},
	'generate-midi-from-audio': {
		credits: 1,
		override: withoutSeparation,
		result: ({ input, world }) => midiContent(input, world),
		callbackBody: midiCallback,
	},
	'cover-generate': {
		credits: 1,
		override: onceForSong('ai-music-api/cover-generate'),
		files: () => ['png', 'png'],
		result: ({ urls }) => ({ images: urls }),
		callbackBody: coverCallback,
	},
	'suno-recovery-audio': {
		credits: 0,
		override: withoutSong,
		files: () => recoveryFiles,
		result: ({ input, urls, world }) => ({ data: recovered(lostTracks(input, world).tracks ?? [], urls, false) }),
		callbackBody: (task) => ({ ...outcome(task), task_id: task.id, data: result(task, task.result.data ?? [], []) }),
	},
	'generate-persona': { credits: 0, immediate: persona },
	'boost-music-style': { credits: 0.4, immediate: style },
	'timeStamped-lyrics': { credits: 0.5, immediate: timedLyrics },
	'check-voice': {
		credits: 0,
		immediate: voiceCheck,
		callbackBody: (task) => ({ ...outcome(task), data: result(task, task.result, {}) }),
	},
	'validation-phrase': { ...phrase, fate: unreachable },
	'regenerate-phrase': { ...phrase, override: unknownPhrase },
	'create-voice': {
		credits: 1,
		override: unfitPhrase,
		result: ({ id }) => ({ persona_id: voiceId(id) }),
		fate: unreachable,
		callbackBody: voiceCallback,
	},
};

/** How an operation of Suno works on the market, by the model's id. */
export const sunoOperations: Record<string, SunoMarketOperation> = {
	...Object.fromEntries(songModels.map((id) => [id, song()])),
	...Object.fromEntries(Object.entries(operations).map(([name, operation]) => [`ai-music-api/${name}`, operation])),
};

/** Rejects what a schema cannot express. */
export const rejectSuno = (id: string, input: JsonObject): Answer | undefined => {
	const body = sunoMarketBodies[id];
	const issue = body && spanIssue(body, input);
	return issue && reject(422, issue.msg, issue.detail);
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
