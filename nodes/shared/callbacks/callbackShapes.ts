import { omit } from 'lodash';

import { asNumber, asText, isObject, nonEmptyFields, parseObject } from '../json';
import type { Json, JsonObject } from '../json';
import type { ApiName } from '../adapters';
import { urlsIn } from '../adapters/taskStatus';

/** A posted callback, taken apart as far as all of them are alike. */
export interface Posted {
	/** The whole body. */
	body: JsonObject;
	/** Its `data`; empty where that is null or a list. */
	data: JsonObject;
	/** Where the task's ID was found. */
	idField: IdField;
	/** Whether `code` says that all is well. */
	isGood: boolean;
	code?: number;
	/** Kie's own words. */
	reason: string;
}

/** Where the task ID may be, in the order in which they are tried (https://docs.kie.ai/common-api/webhook-verification). */
export const ID_FIELDS = ['data.taskId', 'data.task_id', 'taskId', 'task_id'] as const;
export type IdField = (typeof ID_FIELDS)[number];

/** What the callbacks of one or more of Kie's APIs look like. */
interface Shape {
	fits: (posted: Posted) => boolean;
	/**
	 * The APIs that post it, the likeliest first. Suno's operations on the market post what Suno's own paths post, so
	 * `market` stands for them too.
	 */
	apis: (posted: Posted) => ApiName[];
	/** What the body says, as the record of the first of these APIs would; or as one of the market, where it is `plain`. */
	record: (posted: Posted) => JsonObject;
	isPlain?: boolean;
}

/** Why the task failed, in the fields of a record. */
const failed = ({ isGood, code, reason }: Posted): JsonObject =>
	isGood ? {} : { errorCode: code ?? null, errorMessage: reason };

/** A record whose state is a number. */
const flag = (posted: Posted, result: JsonObject): JsonObject => ({
	successFlag: posted.isGood ? 1 : 3,
	...failed(posted),
	...result,
});

/** A record of Suno's whose state is a word. */
const word = (posted: Posted, response: JsonObject): JsonObject => ({
	successFlag: posted.isGood ? 'SUCCESS' : 'GENERATE_AUDIO_FAILED',
	...failed(posted),
	response,
});

/** A record of the market. Of a body that nobody knows, everything but the IDs is the result. */
const plain = (posted: Posted): JsonObject => ({
	state: posted.isGood ? 'success' : 'fail',
	resultJson: omit(posted.data, 'taskId', 'task_id'),
	failCode: posted.code?.toString() ?? null,
	failMsg: posted.reason,
});

/** The words of `callbackType`, and the states in a song's record that they stand for. */
const SONG_STATES: Record<string, string> = { text: 'TEXT_SUCCESS', first: 'FIRST_SUCCESS', complete: 'SUCCESS' };

/** URLs in a list, or in a string that looks like one, such as `[https://…]` (https://docs.kie.ai/veo3-api/extend-video). */
function listed(value: Json | undefined): string[] {
	if (typeof value !== 'string') return urlsIn(value);
	return value
		.replace(/^\s*\[|\]\s*$/g, '')
		.split(',')
		.map((url) => url.trim().replace(/^"|"$/g, ''))
		.filter((url) => url !== '');
}

const has =
	(...names: string[]) =>
	({ data }: Posted): boolean =>
		names.some((name) => name in data);

const info = ({ data }: Posted): JsonObject => (isObject(data.info) ? data.info : {});

const infoHas =
	(...names: string[]) =>
	(posted: Posted): boolean =>
		names.some((name) => name in info(posted));

/** Luma's echo of the request has the video that was given, and its messages say what is done to it. */
const isLuma = ({ data, reason }: Posted): boolean =>
	/modify/i.test(reason) || 'videoUrl' in (parseObject(data.promptJson) ?? {});

/** The shapes, told apart by the fields they carry; the first that fits counts. */
export const SHAPES: Shape[] = [
	{
		// Songs and lyrics, the only ones with a type (https://docs.kie.ai/suno-api/generate-music).
		fits: has('callbackType'),
		apis: ({ data, isGood }) => {
			const isLyrics = Array.isArray(data.data) && data.data.some((entry) => isObject(entry) && 'text' in entry);
			if (isLyrics) return ['suno-lyrics', 'market'];
			// Lyrics that failed are `complete`, songs that failed `error`, both without anything else.
			if (isGood) return ['suno-music', 'market'];
			return data.callbackType === 'complete'
				? ['suno-lyrics', 'suno-music', 'market']
				: ['suno-music', 'market', 'suno-lyrics'];
		},
		record: (posted) => ({
			status: posted.isGood
				? (SONG_STATES[asText(posted.data.callbackType) ?? ''] ?? 'GENERATE_AUDIO_FAILED')
				: 'GENERATE_AUDIO_FAILED',
			...failed(posted),
			// The records of songs and of lyrics have their lists under these names.
			response: { sunoData: posted.data.data ?? null, data: posted.data.data ?? null },
		}),
	},
	{
		fits: has('audioWavUrl', 'audio_wav_url'),
		apis: () => ['suno-wav', 'market'],
		record: (posted) => word(posted, { audioWavUrl: posted.data.audioWavUrl ?? posted.data.audio_wav_url ?? null }),
	},
	{
		fits: has('vocal_separation_info'),
		apis: () => ['suno-stems', 'market'],
		record: (posted) => word(posted, parseObject(posted.data.vocal_separation_info) ?? {}),
	},
	{
		fits: has('instruments'),
		apis: () => ['suno-midi', 'market'],
		record: (posted) => flag(posted, { midiData: { instruments: posted.data.instruments ?? null } }),
	},
	{
		fits: has('images'),
		apis: () => ['suno-cover', 'market'],
		record: (posted) => flag(posted, { response: { images: posted.data.images ?? null } }),
	},
	{
		fits: has('validateInfo'),
		apis: () => ['suno-voice-phrase', 'market'],
		record: ({ data }) => data,
	},
	{
		fits: has('voiceId'),
		apis: () => ['suno-voice', 'market'],
		record: ({ data }) => data,
	},
	{
		fits: has('isAvailable'),
		apis: () => ['market'],
		record: plain,
	},
	{
		// The only one whose `data` is a list (https://docs.kie.ai/suno-api/recovery-audio).
		fits: ({ body, idField }) => Array.isArray(body.data) || idField === 'task_id',
		apis: () => ['suno-recovery', 'market'],
		record: ({ body }) => ({ list: body.data ?? null }),
	},
	{
		// `data` is null after a failure (https://docs.kie.ai/runway-api/generate-aleph-video).
		fits: (posted) => has('result_video_url')(posted) || (posted.idField === 'taskId' && posted.body.data === null),
		apis: () => ['aleph'],
		record: (posted) => ({
			successFlag: posted.isGood ? 1 : 0,
			...failed(posted),
			response: {
				resultVideoUrl: posted.data.result_video_url ?? null,
				resultImageUrl: posted.data.result_image_url ?? null,
			},
		}),
	},
	{
		// Documented for Aleph too (https://docs.kie.ai/runway-api/generate-ai-video, https://docs.kie.ai/runway-api/generate-aleph-video).
		fits: has('video_id'),
		apis: () => ['runway', 'aleph'],
		record: (posted) => ({
			state: posted.isGood ? 'success' : 'fail',
			failCode: posted.code?.toString() ?? null,
			failMsg: posted.reason,
			videoInfo: {
				videoUrl: posted.data.video_url ?? null,
				videoId: posted.data.video_id ?? null,
				imageUrl: posted.data.image_url ?? null,
			},
		}),
	},
	{
		fits: has('video_url'),
		apis: () => ['suno-video', 'market'],
		record: (posted) => word(posted, { videoUrl: posted.data.video_url ?? null }),
	},
	{
		fits: infoHas('result_urls'),
		apis: () => ['gpt4o-image'],
		record: (posted) => flag(posted, { response: info(posted) }),
	},
	{
		fits: infoHas('resultImageUrl'),
		apis: () => ['flux-kontext'],
		record: (posted) => flag(posted, { response: info(posted) }),
	},
	{
		// Videos, extensions and 4K; the pages show 4K in two forms (https://docs.kie.ai/veo3-api/get-veo-3-4k-video).
		fits: (posted) => has('fallbackFlag', 'result_urls', 'media_ids')(posted) || infoHas('resultUrls')(posted),
		apis: () => ['veo'],
		record: (posted) => {
			const { resultUrls = posted.data.result_urls, originUrls, resolution } = info(posted);
			return flag(posted, {
				response: { resultUrls: listed(resultUrls), ...nonEmptyFields({ originUrls: listed(originUrls), resolution }) },
			});
		},
	},
	{
		// Both have their URLs next to the request (https://docs.kie.ai/luma-api/generate-luma-modify-video, https://docs.kie.ai/mj-api/generate-mj-image).
		fits: has('promptJson', 'resultUrls'),
		apis: (posted) => (isLuma(posted) ? ['luma', 'midjourney'] : ['midjourney', 'luma']),
		record: (posted) => {
			const result = { resultUrls: posted.data.resultUrls ?? null };
			return flag(posted, { response: result, resultInfoJson: result });
		},
	},
	{
		// A failed image: `info: null` (https://docs.kie.ai/4o-image-api/generate-4-o-image).
		fits: has('info'),
		apis: () => ['gpt4o-image', 'flux-kontext', 'veo'],
		record: (posted) => flag(posted, {}),
	},
	{
		// The record itself; a failed task may have no more than its state (https://docs.kie.ai/market/common/get-task-detail).
		fits: has('state', 'resultJson', 'failCode', 'param'),
		apis: () => ['market'],
		record: ({ data, code, reason }) => ({
			failCode: code?.toString() ?? null,
			failMsg: reason,
			...nonEmptyFields(data),
		}),
	},
	{
		// Nothing but the task's ID, as after some failures; or a shape that nobody knows.
		fits: () => true,
		apis: ({ idField }) => APIS_BY_FIELD[idField],
		record: plain,
		isPlain: true,
	},
];

/** Which APIs have the ID in that field, the likeliest first. */
const APIS_BY_FIELD: Record<IdField, ApiName[]> = {
	'data.taskId': [
		'market',
		'veo',
		'suno-midi',
		'suno-cover',
		'flux-kontext',
		'gpt4o-image',
		'midjourney',
		'luma',
		'suno-voice',
		'suno-voice-phrase',
	],
	'data.task_id': [
		'runway',
		'suno-music',
		'suno-lyrics',
		'suno-stems',
		'suno-wav',
		'suno-video',
		'market',
		'veo',
		'aleph',
	],
	taskId: ['aleph', 'runway', 'market'],
	task_id: ['suno-recovery', 'market'],
};

/** The codes of a successful callback; one page has 0 instead of 200 (https://docs.kie.ai/suno-api/create-music-video). */
export function isGoodCode(code: Json | undefined): boolean {
	return [200, 0].includes(asNumber(code) ?? 200);
}
