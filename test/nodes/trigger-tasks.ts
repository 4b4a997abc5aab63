import { setTimeout as wait } from 'node:timers/promises';

import axios from 'axios';

import type { ApiName } from '../../nodes/shared/adapters';
import type { Simulator } from '../simulator';

/** A task of every kind that Kie calls back for, created as any program would. */
export interface TaskKind {
	name: string;
	/** The API in the trigger's output. */
	api: ApiName;
	path: string;
	body: object;
	/** The model in the output, if it is not the API's name. */
	model?: string;
	/** How many files the task returns; if not set: none. */
	files?: number;
	/** What the output has in addition to files. */
	details?: string;
	/** Whether it posts the progress of a song. */
	isSong?: boolean;
	/** The field with the URL. */
	callbackField?: string;
}

/** Creates a task and returns its ID. */
export async function create(
	kie: Simulator,
	{ path, body, callbackField = 'callBackUrl' }: Pick<TaskKind, 'path' | 'body' | 'callbackField'>,
	callbackUrl = 'https://no-callback.invalid/',
): Promise<string> {
	const { data } = await axios.post(
		`${kie.url}/api/v1${path}`,
		{ ...body, [callbackField]: callbackUrl },
		{ headers: { Authorization: `Bearer ${kie.apiKey}` } },
	);
	const id: unknown = data.data?.taskId ?? data.data?.task_id;
	if (typeof id !== 'string') throw new Error(`${path}: ${JSON.stringify(data)}`);
	return id;
}

const MARKET = '/jobs/createTask';
const file = 'https://example.com/file.mp3';
const video = 'https://example.com/file.mp4';
const image = 'https://example.com/file.png';

export const imagesOf = (prompt: string) => ({
	path: MARKET,
	body: { model: 'z-image', input: { prompt, aspect_ratio: '1:1' } },
});

const song = { prompt: 'A song of the night', customMode: false, instrumental: false, model: 'V6' };

/** Every kind, with the finished tasks that some continue from. */
export async function allKinds(kie: Simulator): Promise<TaskKind[]> {
	const parents = await Promise.all([
		create(kie, { path: '/generate', body: song }),
		create(kie, { path: '/generate', body: song }),
		create(kie, { path: '/veo/generate', body: { prompt: 'A fox', model: 'veo3_fast' } }),
		create(kie, { path: '/veo/generate', body: { prompt: 'A fox', model: 'veo3_fast' } }),
		create(kie, { path: '/runway/generate', body: runway }),
		create(kie, { path: '/mj/generate', body: { prompt: 'A fox', taskType: 'mj_txt2img' } }),
		create(kie, { path: '/voice/validate', body: phrase }),
		create(kie, { path: '/voice/validate', body: phrase }),
	]);
	await allDelivered(kie);
	const [
		songId = '',
		otherSong = '',
		veo = '',
		otherVeo = '',
		runwayId = '',
		midjourney = '',
		phraseId = '',
		otherPhrase = '',
	] = parents;
	const audioId = await trackOf(kie, songId);
	const otherAudio = await trackOf(kie, otherSong);
	const stems = await create(kie, {
		path: '/vocal-removal/generate',
		body: { taskId: songId, audioId, type: 'separate_vocal' },
	});
	await allDelivered(kie);

	const market = (name: string, input: object, overrides: Partial<TaskKind> = {}): TaskKind => ({
		name: `Suno on the market: ${name}`,
		api: 'suno-market',
		path: MARKET,
		body: { model: `ai-music-api/${name}`, input },
		model: `ai-music-api/${name}`,
		...overrides,
	});
	return [
		{ name: 'Market, image', api: 'market', ...imagesOf('A fox'), model: 'z-image', files: 1 },
		{
			name: '4o Image',
			api: 'gpt4o-image',
			path: '/gpt4o-image/generate',
			body: { prompt: 'A fox', size: '1:1' },
			files: 1,
		},
		{
			name: 'Flux Kontext',
			api: 'flux-kontext',
			path: '/flux/kontext/generate',
			body: { prompt: 'A fox', model: 'flux-kontext-pro' },
			model: 'flux-kontext-pro',
			files: 1,
		},
		{
			name: 'Midjourney',
			api: 'midjourney',
			path: '/mj/generate',
			body: { prompt: 'A fox', taskType: 'mj_txt2img' },
			files: 4,
		},
		{
			name: 'Midjourney, upscale',
			api: 'midjourney',
			path: '/mj/generateUpscale',
			body: { taskId: midjourney, imageIndex: 0 },
			files: 1,
		},
		{
			name: 'Midjourney, vary',
			api: 'midjourney',
			path: '/mj/generateVary',
			body: { taskId: midjourney, imageIndex: 1 },
			files: 4,
		},
		{
			name: 'Veo',
			api: 'veo',
			path: '/veo/generate',
			body: { prompt: 'A fox', model: 'veo3_fast' },
			model: 'veo3_fast',
			files: 1,
		},
		{ name: 'Veo, extend', api: 'veo', path: '/veo/extend', body: { taskId: veo, prompt: 'It runs' }, files: 1 },
		{ name: 'Veo, 4K', api: 'veo', path: '/veo/get-4k-video', body: { taskId: otherVeo }, files: 1 },
		{ name: 'Runway', api: 'runway', path: '/runway/generate', body: runway, files: 1 },
		{
			name: 'Runway, extend',
			api: 'runway',
			path: '/runway/extend',
			body: { taskId: runwayId, prompt: 'It runs', quality: '720p' },
			files: 1,
		},
		{ name: 'Aleph', api: 'aleph', path: '/aleph/generate', body: { prompt: 'At night', videoUrl: video }, files: 1 },
		{ name: 'Luma', api: 'luma', path: '/modify/generate', body: { prompt: 'At night', videoUrl: video }, files: 1 },
		{ name: 'Suno, song', api: 'suno-music', path: '/generate', body: song, files: 2, isSong: true, model: 'V6' },
		{
			name: 'Suno, extend',
			api: 'suno-music',
			path: '/generate/extend',
			body: { defaultParamFlag: false, audioId, model: 'V6' },
			files: 2,
			isSong: true,
			model: 'V6',
		},
		{
			name: 'Suno, upload and cover',
			api: 'suno-music',
			path: '/generate/upload-cover',
			body: { ...song, uploadUrl: file },
			files: 2,
			isSong: true,
			model: 'V6',
		},
		{ name: 'Suno, lyrics', api: 'suno-lyrics', path: '/lyrics', body: { prompt: 'The night' }, details: 'lyrics' },
		{ name: 'Suno, WAV', api: 'suno-wav', path: '/wav/generate', body: { taskId: songId, audioId }, files: 1 },
		{
			name: 'Suno, music video',
			api: 'suno-video',
			path: '/mp4/generate',
			body: { taskId: songId, audioId },
			files: 1,
		},
		{
			name: 'Suno, stems',
			api: 'suno-stems',
			path: '/vocal-removal/generate',
			body: { taskId: songId, audioId, type: 'separate_vocal' },
			files: 2,
			details: 'stems',
		},
		{
			name: 'Suno, MIDI',
			api: 'suno-midi',
			path: '/midi/generate',
			body: { taskId: stems },
			details: 'instruments',
		},
		{ name: 'Suno, cover', api: 'suno-cover', path: '/suno/cover/generate', body: { taskId: songId }, files: 2 },
		{
			name: 'Suno, recovery',
			api: 'suno-recovery',
			path: '/suno/recovery',
			body: { sunoTaskId: songId },
			files: 2,
			details: 'tracks',
		},
		{ name: 'Suno, phrase', api: 'suno-voice-phrase', path: '/voice/validate', body: phrase, details: 'phrase' },
		{
			name: 'Suno, phrase again',
			api: 'suno-voice-phrase',
			path: '/voice/regenerate',
			body: { taskId: otherPhrase },
			details: 'phrase',
			callbackField: 'calBackUrl',
		},
		{
			name: 'Suno, voice',
			api: 'suno-voice',
			path: '/voice/generate',
			body: { taskId: phraseId, verifyUrl: file },
			details: 'voiceId',
		},
		market(
			'generate',
			{ prompt: 'The night', custom_mode: false, instrumental: false, model: 'V6' },
			{ files: 2, isSong: true },
		),
		market('generate-lyrics', { prompt: 'The night' }, { details: 'lyrics' }),
		market('convert-to-wav-format', { task_id: otherSong, audio_id: otherAudio }, { files: 1 }),
		market(
			'separate-vocals',
			{ task_id: otherSong, audio_id: otherAudio, type: 'separate_vocal' },
			{ files: 2, details: 'stems' },
		),
		market('cover-generate', { task_id: otherSong }, { files: 2 }),
		market('boost-music-style', { content: 'Pop' }, { details: 'result' }),
	];
}

const runway = { prompt: 'A fox', duration: 5, quality: '720p', aspectRatio: '16:9', imageUrl: image };
const phrase = { voiceUrl: file, vocalStartS: 0, vocalEndS: 10 };

/** Waits until no task runs. */
export async function allDelivered(kie: Simulator): Promise<void> {
	while ([...kie.tasks.values()].some(({ state }) => state === 'running')) await wait(10);
}

async function trackOf(kie: Simulator, taskId: string): Promise<string> {
	const { data } = await axios.get(`${kie.url}/api/v1/generate/record-info`, {
		params: { taskId },
		headers: { Authorization: `Bearer ${kie.apiKey}` },
	});
	return String(data.data.response.sunoData[0].id);
}
