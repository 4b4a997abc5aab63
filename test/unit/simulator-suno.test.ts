import addFormats from 'ajv-formats';
import Ajv2020 from 'ajv/dist/2020';
import axios, { type AxiosResponse } from 'axios';
import { omit } from 'lodash';
import { setTimeout as wait } from 'node:timers/promises';
import { type Fault, type JsonObject, servedModels, sign } from '../simulator';
import { spanIssue, sunoBodies, sunoCheck, sunoMarketBodies, type SunoPath } from '../simulator/suno-bodies';
import { compile } from '../simulator/validate';
import { describeRecorded, factFiles, facts, recordedExchanges } from '../facts';
import {
	api,
	create,
	createPath,
	completedRecord,
	read,
	receiver,
	settled,
	shape,
	simulator,
	start as startSlow,
} from './simulator-client';

/** Suno: on its own paths, and on the market. */

const ajv = addFormats(new Ajv2020({ strict: false }));

const root = '/api/v1';
const callBackUrl = 'https://callback.invalid/';
const sound = 'https://example.com/a.mp3';
const idea = { prompt: 'A song about rain', customMode: false, instrumental: false, model: 'V6', callBackUrl };
const customIdea = { ...idea, customMode: true, style: 'Folk', title: 'Rain', prompt: '[Verse]\nIt rains' };
const songRecord = `${root}/generate/record-info`;
const at = (path: string): string => root + path;

const start = (options: Parameters<typeof startSlow>[0] = {}): Promise<void> =>
	startSlow({ taskSeconds: 0.01, ...options });

interface Track {
	id: string;
	audioUrl: string;
	streamAudioUrl: string;
	imageUrl: string;
	[field: string]: unknown;
}

/** The record of a completed song. */
const song = async (
	body: object = idea,
	path = '/generate',
): Promise<JsonObject & { response: { sunoData: Track[] } }> =>
	(await completedRecord(at(path), body, songRecord)).data.data;

/** A completed song, as the tools need it. */
async function track(body: object = idea): Promise<{ taskId: string; audioId: string; callBackUrl: string }> {
	const { taskId, response } = await song(body);
	return { taskId: String(taskId), audioId: response.sunoData[1]?.id ?? '', callBackUrl };
}

const post = async (path: string, body: object): Promise<JsonObject> => (await api.post(at(path), body)).data;
const code = async (path: string, body: object): Promise<unknown> => (await post(path, body)).code;

/** The record of a completed task of a tool. */
const tool = async (
	path: string,
	body: object,
	record = path.replace('/generate', '/record-info'),
): Promise<JsonObject> => (await completedRecord(at(path), body, at(record))).data.data;

const separate = '/vocal-removal/generate';
const rejection = (msg: string, number = 422): object => ({ code: number, msg, data: null });
const unknownRecord = rejection('Record does not exist');
const fetched = async (fileUrl: unknown): Promise<unknown> =>
	(await axios.get(String(fileUrl))).headers['content-type'];

/** Bodies that are accepted, except for what depends on earlier tasks. */
const bodies: Record<SunoPath, JsonObject> = {
	'/generate': customIdea,
	'/generate/extend': { audioId: 'x', model: 'V6', defaultParamFlag: false, callBackUrl },
	'/generate/upload-cover': { ...customIdea, uploadUrl: sound },
	'/generate/upload-extend': { uploadUrl: sound, defaultParamFlag: false, continueAt: 60, model: 'V6', callBackUrl },
	'/generate/add-instrumental': { uploadUrl: sound, title: 'x', negativeTags: 'x', tags: 'x', callBackUrl },
	'/generate/add-vocals': { uploadUrl: sound, prompt: 'x', title: 'x', negativeTags: 'x', style: 'x', callBackUrl },
	'/generate/mashup': {
		uploadUrlList: [sound, sound],
		customMode: true,
		instrumental: true,
		style: 'x',
		title: 'x',
		model: 'V6',
		callBackUrl,
	},
	'/generate/sounds': { prompt: 'x', model: 'V5' },
	'/generate/replace-section': {
		uploadUrl: sound,
		model: 'V6',
		prompt: 'x',
		tags: 'x',
		title: 'x',
		infillStartS: 0,
		infillEndS: 20,
		fullLyrics: 'x',
	},
	'/generate/get-timestamped-lyrics': { taskId: 'x', audioId: 'x' },
	'/generate/generate-persona': { taskId: 'x', audioId: 'x', name: 'x', description: 'x' },
	'/style/generate': { content: 'x' },
	'/lyrics': { prompt: 'x', callBackUrl },
	'/wav/generate': { taskId: 'x', audioId: 'x', callBackUrl },
	'/vocal-removal/generate': { audioUrl: sound, callBackUrl },
	'/midi/generate': { taskId: 'x', callBackUrl },
	'/mp4/generate': { taskId: 'x', audioId: 'x', callBackUrl },
	'/suno/cover/generate': { taskId: 'x', callBackUrl },
	'/suno/recovery': { sunoTaskId: 'x', callBackUrl },
	'/voice/validate': { voiceUrl: sound, vocalStartS: 0, vocalEndS: 20 },
	'/voice/regenerate': { taskId: 'x' },
	'/voice/generate': { taskId: 'x', verifyUrl: sound },
	'/voice/check-voice': { task_id: 'x' },
};
const paths = Object.keys(sunoBodies) as SunoPath[];
/** The paths whose create needs no earlier task. */
const freeOperations = [
	...['/generate', '/generate/upload-cover', '/generate/upload-extend', '/generate/add-instrumental'],
	...['/generate/add-vocals', '/generate/mashup', '/generate/sounds', '/generate/replace-section'],
] as SunoPath[];

describe('songs', () => {
	test('have lyrics, the first track, then both; files exist as soon as they are named', async () => {
		await start({ taskSeconds: 0.6, readRates: false });
		const { taskId } = (await api.post(at('/generate'), idea)).data.data;
		const states: unknown[] = [];
		for (const pause of [0, 300, 200, 200]) {
			await wait(pause);
			const { status, response } = (await read(taskId, songRecord)).data.data;
			const tracks: Track[] | undefined = response?.sunoData;
			states.push([status, tracks?.length]);
			for (const songTrack of tracks ?? []) expect(await fetched(songTrack.audioUrl)).toBe('audio/mpeg');
		}
		expect(states).toEqual([
			['PENDING', undefined],
			['TEXT_SUCCESS', 0],
			['FIRST_SUCCESS', 1],
			['SUCCESS', 2],
		]);
		expect(simulator.credits()).toBe(988);
		await expect(axios.get(`${simulator.url}/files/results/${taskId}/9.mp3`)).rejects.toThrow('404');
	});

	test('have tracks with audio, stream and image; the source URLs do not exist', async () => {
		await start();
		const { response } = await song(customIdea);
		for (const songTrack of response.sunoData) {
			expect(songTrack).toMatchObject({ title: 'Rain', tags: 'Folk', prompt: customIdea.prompt, duration: 20 });
			expect(await fetched(songTrack.audioUrl)).toBe('audio/mpeg');
			expect(await fetched(songTrack.streamAudioUrl)).toBe('audio/mpeg');
			expect(await fetched(songTrack.imageUrl)).toBe('image/jpeg');
			await expect(axios.get(String(songTrack.sourceAudioUrl))).rejects.toThrow('404');
		}
		expect(new Set(response.sunoData.map(({ id }) => id)).size).toBe(2);
	});

	test.each(freeOperations)('%s', async (path) => {
		await start();
		const { status, response, param } = await song({ ...bodies[path], callBackUrl }, path);
		const sentBody = omit(bodies[path], 'callBackUrl');
		expect([status, response.sunoData.length, JSON.parse(String(param))]).toEqual(['SUCCESS', 2, sentBody]);
	});

	test.each(['CREATE_TASK_FAILED', 'GENERATE_AUDIO_FAILED', 'SENSITIVE_WORD_ERROR', undefined])(
		'fail with %s and refund the credits',
		async (state) => {
			await start();
			const fault = state === undefined ? {} : { state };
			simulator.inject({ on: 'create', kind: 'fail', failCode: '413', failMsg: 'no', ...fault });
			expect(await song()).toMatchObject({
				status: state ?? 'GENERATE_AUDIO_FAILED',
				errorCode: 413,
				errorMessage: 'no',
				response: { sunoData: [] },
			});
			expect(simulator.credits()).toBe(1000);
		},
	);

	test('have their tracks with CALLBACK_EXCEPTION', async () => {
		await start();
		simulator.inject({ on: 'create', kind: 'callback-failed' });
		const { status, response } = await song();
		expect([status, response.sunoData.length]).toEqual(['CALLBACK_EXCEPTION', 2]);
	});

	test.each<[Fault, object]>([
		[
			{ on: 'create', kind: 'no-result' },
			{ status: 'SUCCESS', response: null },
		],
		[
			{ on: 'create', kind: 'no-result', form: 'empty-urls' },
			{ status: 'SUCCESS', response: { sunoData: [] } },
		],
		[{ on: 'create', kind: 'bad-result' }, { response: '{"resultUrls":["https://' }],
		[
			{ on: 'create', kind: 'never' },
			{ status: 'PENDING', response: null },
		],
		[{ on: 'read', kind: 'state', state: 'PONDERING' }, { status: 'PONDERING' }],
		[{ on: 'read', kind: 'chinese' }, { status: '成功' }],
	])('%j', async (fault, record) => {
		await start();
		simulator.inject(fault);
		expect(await song()).toMatchObject(record);
	});

	test('fail as an extension of a track that does not exist, of another model, or too short', async () => {
		await start();
		const { audioId } = await track();
		const body = { audioId, model: 'V6', defaultParamFlag: false, callBackUrl };
		const state = async (fields: object): Promise<unknown> =>
			(await song({ ...body, ...fields }, '/generate/extend')).status;
		expect(await state({})).toBe('SUCCESS');
		expect(await state({ audioId: 'nope' })).toBe('GENERATE_AUDIO_FAILED');
		expect(await state({ model: 'V5' })).toBe('GENERATE_AUDIO_FAILED');
		const parameters = { defaultParamFlag: true, style: 'x', title: 'x', prompt: 'x' };
		expect(await state({ ...parameters, continueAt: 60 })).toBe('SUCCESS');
		expect(await state({ ...parameters, continueAt: 600 })).toBe('GENERATE_AUDIO_FAILED');
	});

	test.each(['https://nowhere.invalid/a.mp3', 'own'])('fail for a file that does not exist (%s)', async (url) => {
		await start();
		const uploadUrl = url === 'own' ? `${simulator.url}/files/gone.mp3` : url;
		expect(await song({ ...customIdea, uploadUrl }, '/generate/upload-cover')).toMatchObject({
			status: 'GENERATE_AUDIO_FAILED',
			errorMessage: expect.stringContaining('Failed to fetch the file'),
		});
	});

	test('replace a section of an existing track only', async () => {
		await start();
		const { taskId, audioId } = await track();
		const body = omit(bodies['/generate/replace-section'], 'uploadUrl', 'model');
		const path = '/generate/replace-section';
		expect((await song({ ...body, taskId, audioId }, path)).status).toBe('SUCCESS');
		expect(await post(path, { ...body, taskId, audioId: 'nope' })).toEqual(unknownRecord);
		expect(await code(path, { ...body, taskId })).toBe(422);
		expect(await code(path, { ...body, taskId, audioId, infillEndS: 9 })).toBe(422);
	});

	test.each<[SunoPath, object, string]>([
		['/generate', { callBackUrl: undefined }, 'Please enter callBackUrl.'],
		['/generate', { title: undefined }, 'Please enter title.'],
		['/generate', { prompt: undefined }, 'Please enter prompt.'],
		['/generate', { customMode: false, prompt: 'x'.repeat(3001) }, 'prompt takes at most 3000'],
		['/generate', { model: 'V4', prompt: 'x'.repeat(3001) }, 'prompt takes at most 3000'],
		['/generate', { model: 'V4', style: 'x'.repeat(201) }, 'style takes at most 200'],
		['/generate', { title: 'x'.repeat(81) }, 'title must NOT have more than 80'],
		['/generate', { model: 'V4', personaId: 'x', personaModel: 'voice_persona' }, 'personaModel works with'],
		['/generate', { model: 'V7' }, 'Invalid model'],
		['/generate', { unheardOf: 1 }, 'Unknown field unheardOf'],
		['/generate/upload-cover', { customMode: false, prompt: 'x'.repeat(501) }, 'prompt takes at most 500'],
		['/generate/upload-cover', { model: 'V4_5ALL', title: 'x'.repeat(81) }, 'title takes at most 80'],
		['/generate/extend', { instrumental: true, vocalGender: 'm' }, 'prompt and vocalGender are not allowed'],
		['/generate/extend', { defaultParamFlag: true }, 'Please enter continueAt.'],
		['/generate/extend', { continueAt: 0 }, 'continueAt must be greater than 0'],
		['/generate/mashup', { instrumental: false }, 'Please enter prompt.'],
		['/generate/sounds', { model: 'V4_5' }, 'Invalid model'],
		['/generate/add-vocals', { model: 'V4' }, 'Invalid model'],
		['/vocal-removal/generate', { type: 'split_stem_advanced' }, 'Please enter stemName.'],
		['/vocal-removal/generate', { taskId: 'x' }, 'Please enter taskId and audioId, or audioUrl.'],
		['/generate/generate-persona', { vocalEnd: 5 }, 'vocalEnd minus vocalStart must be 10 to 30 seconds'],
		['/voice/validate', { vocalEndS: 0 }, 'vocalEndS minus vocalStartS must be at least 1 seconds'],
	])('%s rejects %j', async (path, fields, msg) => {
		await start();
		const { data } = await api.post(at(path), { ...bodies[path], ...fields });
		expect(data).toEqual({ code: 422, msg: expect.stringContaining(msg), data: null });
	});

	test('a custom instrumental needs no prompt; lyrics replace it', async () => {
		await start();
		const withoutPrompt = omit(customIdea, 'prompt');
		expect((await song({ ...withoutPrompt, instrumental: true })).response.sunoData[0]?.prompt).toBe('');
		expect((await song({ ...withoutPrompt, lyrics: 'La' })).response.sunoData[0]?.prompt).toBe('La');
	});

	test('allow three reads of a task per second', async () => {
		await start();
		const { taskId } = (await api.post(at('/generate'), idea)).data.data;
		const codes = [];
		for (let index = 0; index < 4; index++) codes.push((await read(taskId, songRecord)).data.code);
		expect(codes).toEqual([200, 200, 200, 429]);
		expect([simulator.creates().length, simulator.reads(taskId).length]).toEqual([1, 4]);
	});

	test('check rate, credits and key', async () => {
		await start({ rate: { limit: 1, seconds: 10 }, credits: 1 });
		expect(await code('/generate', idea)).toBe(402);
		expect(await code('/generate', idea)).toBe(429);
		expect((await axios.post(simulator.url + at('/generate'), idea)).data.code).toBe(401);
	});
});

describe('tools', () => {
	test('lyrics', async () => {
		await start();
		const { status, response } = await tool('/lyrics', bodies['/lyrics'], '/lyrics/record-info');
		expect(status).toBe('SUCCESS');
		expect(response).toMatchObject({ data: [{ status: 'complete' }, { status: 'complete' }] });
		expect(await post('/lyrics', { prompt: 'x'.repeat(201), callBackUrl })).toMatchObject({ code: 413 });
		await start({ rate: { limit: 1, seconds: 10 }, credits: 0 });
		expect([await code('/lyrics', bodies['/lyrics']), await code('/lyrics', bodies['/lyrics'])]).toEqual([429, 430]);
	});

	test.each([
		['/wav/generate', 'audioWavUrl', 'audio/wav'],
		['/mp4/generate', 'videoUrl', 'video/mp4'],
	])('%s: once per track', async (path, field, type) => {
		await start();
		const body = await track();
		const { response, successFlag, musicId, musicIndex } = await tool(path, body);
		expect([successFlag, musicId, musicIndex]).toEqual(['SUCCESS', body.audioId, 1]);
		expect(await fetched((response as JsonObject)[field])).toBe(type);
		expect(await code(path, body)).toBe(409);
		expect(await post(path, { ...body, audioId: 'nope' })).toEqual(unknownRecord);
	});

	test('stems', async () => {
		await start();
		const body = await track();
		const two = (await tool(separate, body)).response;
		expect(two).toMatchObject({ vocalUrl: expect.any(String), instrumentalUrl: expect.any(String), drumsUrl: null });
		const stems = (await tool(separate, { ...body, type: 'split_stem' })).response;
		expect(stems).toMatchObject({ instrumentalUrl: null, drumsUrl: expect.any(String), pianoUrl: null });
		expect(await fetched((stems as JsonObject).drumsUrl)).toBe('audio/mpeg');
		const advanced = { ...body, type: 'split_stem_advanced', stemName: '808' };
		expect((await tool(separate, advanced)).response).toMatchObject({
			vocalUrl: null,
			originData: [{ stem_type_group_name: '808' }],
		});
		expect((await tool(separate, { audioUrl: sound, callBackUrl })).successFlag).toBe('SUCCESS');
		expect(await post(separate, { ...body, taskId: 'nope' })).toEqual(unknownRecord);
	});

	test('MIDI of a separation, or of one of its stems', async () => {
		await start();
		const { taskId, response } = await tool(separate, await track());
		const stems = (response as { originData: Array<{ id: string }> }).originData;
		const instruments = async (fields: object): Promise<unknown> =>
			(await tool('/midi/generate', { taskId, callBackUrl, ...fields })).midiData;
		expect(await instruments({})).toMatchObject({ instruments: [{ name: 'Vocals' }, { name: 'Instrumental' }] });
		expect(await instruments({ audioId: stems[1]?.id })).toMatchObject({ instruments: [{ name: 'Instrumental' }] });
		expect(await post('/midi/generate', { taskId, callBackUrl, audioId: 'nope' })).toEqual(unknownRecord);
		expect(await post('/midi/generate', await track())).toEqual(unknownRecord);
		simulator.inject({ on: 'create', kind: 'fail', failCode: '501', flag: 2 });
		expect(await tool('/midi/generate', { taskId, callBackUrl })).toMatchObject({ successFlag: 2, errorCode: '501' });
	});

	test('cover images: once per song', async () => {
		await start({ taskSeconds: (model) => (model.includes('cover') ? 0.3 : 0.01) });
		const { taskId } = await track();
		const record = at('/suno/cover/record-info');
		const first = (await post('/suno/cover/generate', { taskId, callBackUrl })).data as JsonObject;
		const id = String(first.taskId);
		expect((await read(id, record)).data.data).toMatchObject({ successFlag: 0, response: null });
		await wait(200);
		expect((await read(id, record)).data.data.successFlag).toBe(2);
		await wait(150);
		const { data } = (await read(id, record)).data;
		expect(data).toMatchObject({ successFlag: 1, errorCode: 200, parentTaskId: taskId });
		for (const image of data.response.images) expect(await fetched(image)).toBe('image/png');
		expect(await post('/suno/cover/generate', { taskId, callBackUrl })).toMatchObject({
			code: 400,
			data: { taskId: id },
		});
		expect(await post('/suno/cover/generate', { taskId: 'nope', callBackUrl })).toEqual(unknownRecord);
	});

	test('recovery: the code of the body is the state', async () => {
		await start({ taskSeconds: (model) => (model.includes('recovery') ? 0.2 : 0.01) });
		const { taskId, audioId } = await track();
		const recovery = async (): Promise<string> =>
			(await api.post(at('/suno/recovery'), { sunoTaskId: taskId, callBackUrl })).data.data.task_id;
		const readRecord = async (task_id: string): Promise<JsonObject> =>
			(await api.get(at('/suno/recovery/record-info'), { params: { task_id } })).data;
		const id = await recovery();
		expect(await readRecord(id)).toMatchObject({ code: 201, data: null });
		await settled();
		const { code: state, data } = await readRecord(id);
		const tracks = data as Array<{ id: string; audio_url: string }>;
		expect([state, tracks[1]?.id]).toEqual([200, audioId]);
		expect(await Promise.all(tracks.map(({ audio_url }) => fetched(audio_url)))).toEqual(['audio/mpeg', 'audio/mp4']);
		simulator.inject({ on: 'create', kind: 'fail', failCode: '501' });
		const failedId = await recovery();
		await settled();
		expect(await readRecord(failedId)).toMatchObject({
			code: 500,
			data: [{ status: 'failed' }, { error: 'clip_error' }],
		});
		expect(simulator.reads(id)).toHaveLength(2);
	});

	test.each<[string, string, string]>([
		['/lyrics', '/lyrics/record-info', 'GENERATE_LYRICS_FAILED'],
		['/wav/generate', '/wav/record-info', 'GENERATE_WAV_FAILED'],
		['/mp4/generate', '/mp4/record-info', 'GENERATE_MP4_FAILED'],
		[separate, '/vocal-removal/record-info', 'GENERATE_AUDIO_FAILED'],
	])('%s: states of failures, of a failed callback, in Chinese', async (path, record, word) => {
		await start();
		const field = path === '/lyrics' ? 'status' : 'successFlag';
		const createAndRead = async (fault?: Fault): Promise<JsonObject> => {
			const body = path === '/lyrics' ? bodies['/lyrics'] : await track();
			if (fault) simulator.inject(fault);
			return await tool(path, body, record);
		};
		const failure = await createAndRead({ on: 'create', kind: 'fail', failCode: '500', failMsg: 'no' });
		expect([failure[field], failure.response, failure.errorCode, failure.errorMessage]).toEqual([
			word,
			null,
			500,
			'no',
		]);
		const createFailure = { on: 'create', kind: 'fail', state: 'CREATE_TASK_FAILED' } as const;
		expect((await createAndRead(createFailure))[field]).toBe('CREATE_TASK_FAILED');
		const unconfirmed = await createAndRead({ on: 'create', kind: 'callback-failed' });
		expect([unconfirmed[field], unconfirmed.response]).toEqual(['CALLBACK_EXCEPTION', expect.any(Object)]);
		expect((await createAndRead({ on: 'read', kind: 'chinese' }))[field]).toBe('成功');
	});

	test('results without a task', async () => {
		await start();
		const body = omit(await track(), 'callBackUrl');
		const lyrics = await post('/generate/get-timestamped-lyrics', body);
		expect(lyrics).toMatchObject({ code: 200, data: { alignedWords: expect.any(Array) } });
		expect(await post('/generate/get-timestamped-lyrics', { ...body, audioId: 'x' })).toEqual(unknownRecord);
		const silent = omit(await track({ ...idea, instrumental: true }), 'callBackUrl');
		expect(await post('/generate/get-timestamped-lyrics', silent)).toMatchObject({ data: { alignedWords: [] } });
		const persona = { ...body, name: 'Anna', description: 'x' };
		expect(await post('/generate/generate-persona', persona)).toMatchObject({ data: { name: 'Anna' } });
		expect(await code('/generate/generate-persona', persona)).toBe(409);
		simulator.inject({ on: 'create', kind: 'fail', failCode: '501', failMsg: 'no' });
		expect(await post('/style/generate', { content: 'Pop' })).toEqual(rejection('no', 501));
		simulator.inject({ on: 'create', kind: 'no-result' });
		expect(await post('/style/generate', { content: 'Pop' })).toMatchObject({ code: 200, data: { result: '' } });
	});
});

describe('voices', () => {
	test('a phrase, its voice, the check', async () => {
		await start({ taskSeconds: 0.2 });
		const phrase = String(((await post('/voice/validate', bodies['/voice/validate'])).data as JsonObject).taskId);
		const info = async (): Promise<JsonObject> => (await read(phrase, at('/voice/validate-info'))).data.data;
		const statuses = [(await info()).status];
		expect(await code('/voice/generate', { taskId: phrase, verifyUrl: sound })).toBe(422);
		await wait(140);
		statuses.push((await info()).status);
		await wait(100);
		const completed = await info();
		expect([...statuses, completed.status]).toEqual(['wait_processing', 'processing_validate', 'wait_validating']);
		expect(completed.validateInfo).toMatch(/Harmonies/);
		const { taskId } = (await post('/voice/generate', { taskId: phrase, verifyUrl: sound })).data as { taskId: string };
		expect(await post('/voice/check-voice', { task_id: taskId })).toMatchObject({ data: { isAvailable: false } });
		await wait(240);
		const voice = (await read(taskId, at('/voice/record-info'))).data.data;
		expect(voice).toMatchObject({ status: 'success', voiceId: expect.stringMatching(/^voice_/) });
		expect(await post('/voice/check-voice', { task_id: taskId })).toMatchObject({ data: { isAvailable: true } });
		await wait(700);
		expect((await info()).status).toBe('success');
		expect(await code('/voice/generate', { taskId: phrase, verifyUrl: sound })).toBe(400);
	});

	test('failures, a new phrase, an empty id', async () => {
		await start();
		simulator.inject({ on: 'create', kind: 'fail' });
		const failure = await tool('/voice/validate', bodies['/voice/validate'], '/voice/validate-info');
		expect(failure).toMatchObject({ status: 'processing_validate_fail', validateInfo: null, errorCode: 500 });
		const { url, received } = await receiver([]);
		const regenerateBody = { taskId: String(failure.taskId), calBackUrl: url };
		const phrase = await tool('/voice/regenerate', regenerateBody, '/voice/validate-info');
		expect([phrase.status, received[0]?.body.data.status]).toEqual(['wait_validating', 'wait_validating']);
		expect(await post('/voice/regenerate', { taskId: 'nope' })).toEqual(unknownRecord);
		const body = { taskId: String(phrase.taskId), verifyUrl: sound };
		simulator.inject({ on: 'create', kind: 'fail', state: 'processing_validate_fail' });
		expect((await tool('/voice/generate', body)).status).toBe('processing_validate_fail');
		simulator.inject({ on: 'create', kind: 'no-result', form: 'empty-urls' });
		expect(await tool('/voice/generate', body)).toMatchObject({ status: 'success', voiceId: '' });
	});
});

describe('callbacks', () => {
	test('three per song, signed, repeated', async () => {
		await start({ hmacKey: 'secret', callbackDelays: [5] });
		const { url, received } = await receiver([500]);
		const { taskId } = await song({ ...idea, callBackUrl: url });
		await wait(60);
		const types = received.map(({ body }) => body.data.callbackType);
		expect(types.filter((type, index) => types.indexOf(type) === index).sort()).toEqual(['complete', 'first', 'text']);
		expect(received).toHaveLength(4);
		for (const { headers, body } of received) {
			expect(body.data.task_id).toBe(taskId);
			expect(headers['x-webhook-signature']).toBe(
				sign('secret', String(taskId), String(headers['x-webhook-timestamp'])),
			);
		}
	});

	test('one for a failure, and for a replaced section', async () => {
		await start();
		const { url, received } = await receiver([]);
		simulator.inject({ on: 'create', kind: 'fail', failCode: '501', failMsg: 'no' });
		const { taskId } = await song({ ...idea, callBackUrl: url });
		await song({ ...bodies['/generate/replace-section'], callBackUrl: url }, '/generate/replace-section');
		await wait(50);
		expect(received.map(({ body }) => body.data.callbackType)).toEqual(['error', 'complete']);
		expect(received[0]?.body).toEqual({
			code: 501,
			msg: 'no',
			data: { callbackType: 'error', task_id: taskId, data: null },
		});
	});

	test('a host that does not exist is ignored', async () => {
		await start({ callbackDelays: [] });
		const { taskId, status } = await song();
		expect(status).toBe('SUCCESS');
		const { deliveries } = simulator.tasks.get(String(taskId)) ?? {};
		expect(deliveries?.map(({ error }) => error)).toEqual(Array(3).fill('The host does not exist'));
	});
});

describe('market', () => {
	const input = { prompt: 'A song about rain', custom_mode: false, instrumental: false, model: 'V6' };
	const model = (name: string): string => `ai-music-api/${name}`;
	/** The record of a completed task, and its parsed result. */
	const completedTask = async (name: string, taskInput: object): Promise<[JsonObject, JsonObject]> => {
		const { data } = (await completedRecord(createPath, { model: model(name), input: taskInput })).data;
		return [data, JSON.parse(data.resultJson)];
	};
	const marketTrack = async (): Promise<{ task_id: string; audio_id: string }> => {
		const [{ taskId }, { data }] = await completedTask('generate', input);
		return { task_id: String(taskId), audio_id: (data as Track[])[1]?.id ?? '' };
	};

	test('a song, its WAV, video, stems, notes, cover', async () => {
		await start();
		const [, { data }] = await completedTask('generate', input);
		const tracks = data as Array<{ audio_url: string; title: string }>;
		expect(tracks).toHaveLength(2);
		expect(await fetched(tracks[0]?.audio_url)).toBe('audio/mpeg');
		const songTrack = await marketTrack();
		const files = async (name: string): Promise<unknown> => (await completedTask(name, songTrack))[1].resultUrls;
		expect(await files('convert-to-wav-format')).toEqual([expect.stringMatching(/\.wav$/)]);
		expect(await files('create-music-video')).toEqual([expect.stringMatching(/\.mp4$/)]);
		const [stems, { vocal_separation_info: info }] = await completedTask('separate-vocals', songTrack);
		expect(info).toMatchObject({ vocal_url: expect.any(String), instrumental_url: expect.any(String) });
		const [, notes] = await completedTask('generate-midi-from-audio', { task_id: String(stems.taskId) });
		expect(notes).toMatchObject({ instruments: [{ name: 'Vocals' }, { name: 'Instrumental' }] });
		const { task_id } = songTrack;
		expect((await completedTask('cover-generate', { task_id }))[1].images).toHaveLength(2);
		expect((await create(model('cover-generate'), { task_id })).data.code).toBe(400);
		expect((await completedTask('suno-recovery-audio', { task_id }))[1].data).toHaveLength(2);
		expect((await create(model('convert-to-wav-format'), songTrack)).data.code).toBe(409);
		expect((await create(model('convert-to-wav-format'), { ...songTrack, audio_id: 'nope' })).data).toEqual(
			unknownRecord,
		);
	});

	test('lyrics, voices, and results without a task', async () => {
		await start();
		const [, lyrics] = await completedTask('generate-lyrics', { prompt: 'x' });
		expect(lyrics).toMatchObject({ resultObject: { lyricsData: [{ title: 'x One' }, { title: 'x Two' }] } });
		const [phrase, words] = await completedTask('validation-phrase', {
			voice_url: sound,
			vocal_start_s: 0,
			vocal_end_s: 9,
		});
		expect(words.verify_phrase_text).toMatch(/Harmonies/);
		const [voice, persona] = await completedTask('create-voice', { task_id: String(phrase.taskId), verify_url: sound });
		expect(persona.persona_id).toMatch(/^voice_/);
		expect((await completedTask('check-voice', { task_id: String(voice.taskId) }))[1]).toEqual({ isAvailable: true });
		const songTrack = await marketTrack();
		expect((await completedTask('timeStamped-lyrics', songTrack))[1].alignedWords).not.toEqual([]);
		simulator.inject({ on: 'create', kind: 'at-once' });
		const { data } = await create(model('timeStamped-lyrics'), songTrack);
		expect(data.data.alignedWords).not.toEqual([]);
		expect((await completedTask('generate-persona', { ...songTrack, name: 'x', description: 'x' }))[1]).toMatchObject({
			name: 'x',
		});
		expect((await completedTask('boost-music-style', { content: 'Pop' }))[1].result).toMatch(/^Pop/);
	});

	test('rejections', async () => {
		await start();
		const codeOf = async (name: string, taskInput: object): Promise<unknown> =>
			(await create(model(name), taskInput)).data.code;
		expect(await codeOf('generate', { ...input, callBackUrl })).toBe(422);
		expect(await codeOf('generate', { ...input, custom_mode: true })).toBe(422);
		expect(await codeOf('generate', { ...input, model: 'V4', prompt: 'x'.repeat(3001) })).toBe(422);
		expect(await codeOf('validation-phrase', { voice_url: sound, vocal_start_s: 9, vocal_end_s: 9 })).toBe(422);
		expect((await create('V6', { prompt: 'x' })).data.code).toBe(422);
		await start({ credits: 5 });
		expect(await codeOf('generate', input)).toBe(402);
	});

	test('callbacks keep the shape of Suno', async () => {
		await start();
		const { url, received } = await receiver([]);
		const { data } = await create(model('generate'), input, { callBackUrl: url });
		await wait(150);
		expect(received.map(({ body }) => body.data.callbackType)).toEqual(['text', 'first', 'complete']);
		expect(received[2]?.body.data).toMatchObject({
			task_id: data.data.taskId,
			data: [{ title: 'A song about rain' }, {}],
		});
	});
});

describe('compared with the facts', () => {
	const sunoFacts = factFiles('suno').map((file) => facts(file));
	const dedicated = sunoFacts.filter(({ id, request }) => id.startsWith('suno/') && request.method === 'POST');
	const market = sunoFacts.filter(({ id }) => id.startsWith('ai-music-api/'));
	const short = (path: string): SunoPath => path.slice(root.length) as SunoPath;

	test('every path and every model is served', async () => {
		expect(dedicated.map(({ request }) => short(request.path)).sort()).toEqual([...paths].sort());
		const served = servedModels.map(({ model }) => model.id);
		expect(market.map(({ id }) => id).filter((id) => !served.includes(id))).toEqual([]);
		await start();
		for (const { request } of sunoFacts.filter(({ request: { method } }) => method === 'GET')) {
			expect((await api.get(request.path, { params: { taskId: 'nope', task_id: 'nope' } })).data).toEqual({
				code: 200,
				msg: 'success',
				data: null,
			});
		}
	});

	/** A body that is accepted, with the earlier tasks that its path needs. */
	async function acceptedBody(path: SunoPath): Promise<JsonObject> {
		const body = bodies[path];
		if (path === '/generate/extend') return { ...body, audioId: (await track()).audioId };
		if (path === '/voice/check-voice') {
			return {
				task_id: String((await tool('/voice/validate', bodies['/voice/validate'], '/voice/validate-info')).taskId),
			};
		}
		if (path.startsWith('/voice/') && 'taskId' in body) {
			const phrase = await tool('/voice/validate', bodies['/voice/validate'], '/voice/validate-info');
			return { ...body, taskId: String(phrase.taskId) };
		}
		if (path === separate) return await track();
		if (path === '/midi/generate') return { ...body, taskId: String((await tool(separate, await track())).taskId) };
		const { taskId, audioId } = await track();
		if (path === '/suno/recovery') return { ...body, sunoTaskId: taskId };
		return { ...body, ...('taskId' in body && { taskId }), ...('audioId' in body && { audioId }) };
	}

	/** Without fields that the samples do not have, and with times as text. */
	const comparable = (value: unknown): unknown =>
		JSON.parse(JSON.stringify(value), (key, entry) =>
			key.startsWith('source') ? undefined : key === 'createTime' ? String(entry) : entry,
		);

	test.each(dedicated.map((fact) => [short(fact.request.path), fact] as const))(
		'%s: responses have the shape of the samples',
		async (path, { request, status, result }) => {
			await start();
			const body = {
				...(await acceptedBody(path)),
				...('callBackUrl' in sunoBodies[path].schema.properties && { callBackUrl }),
			};
			const { data } = await api.post(request.path, body);
			expect(shape(data)).toEqual(shape(result.sync));
			if (!result.finished) return;
			const id = data.data.taskId ?? data.data.task_id;
			const readRecord = async (): Promise<AxiosResponse> =>
				await api.get(status.path, { params: { [status.query ?? 'taskId']: id, task_id: id } });
			await settled();
			const finished = (await readRecord()).data;
			// The sample is of one stem.
			if (path === '/midi/generate') finished.data.audioId = 'x';
			expect(shape(comparable(finished))).toEqual(shape(comparable(result.finished)));
			for (const state of status.states.failure) {
				if (typeof state !== 'string' || state === 'CALLBACK_EXCEPTION') continue;
				const nextBody = { ...body, ...(await acceptedBody(path)) };
				simulator.inject({ on: 'create', kind: 'fail', state });
				const { taskId } = (await api.post(request.path, nextBody)).data.data;
				await settled();
				const failure = (await api.get(status.path, { params: { taskId } })).data;
				expect(failure.data[status.stateField.replace('data.', '')]).toBe(state);
			}
		},
	);

	/** The names in a value, at any depth; a list is its first entry. */
	const fields = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.slice(0, 1).map(fields);
		if (typeof value !== 'object' || value === null) return 'leaf';
		return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, fields(entry)]));
	};

	test.each(
		dedicated.filter(({ callback }) => callback?.success).map((fact) => [short(fact.request.path), fact] as const),
	)('%s: callbacks have the names of the samples', async (path, { request, callback }) => {
		await start({ taskSeconds: 0.1 });
		const { url, received } = await receiver([]);
		const field = path === '/voice/regenerate' ? 'calBackUrl' : 'callBackUrl';
		const body = await acceptedBody(path);
		await api.post(request.path, { ...body, [field]: url });
		await settled();
		const lastBody = received.at(-1)?.body;
		const ignoredFields = path === '/generate/add-vocals' ? ['tags'] : [];
		const delivered = JSON.parse(JSON.stringify(lastBody), (key, entry) =>
			ignoredFields.includes(key) ? undefined : entry,
		);
		const sample = JSON.parse(JSON.stringify(callback.success), (key, entry) =>
			ignoredFields.includes(key) ? undefined : entry,
		);
		expect(fields(delivered)).toEqual(fields(sample));
		expect(lastBody?.msg).toBe(callback.success.msg);
		if (!callback.failure) return;
		const nextBody = { ...(await acceptedBody(path)), [field]: url };
		simulator.inject({ on: 'create', kind: 'fail', failCode: '500' });
		await api.post(request.path, nextBody);
		await settled();
		expect(fields(received.at(-1)?.body)).toEqual(fields(callback.failure));
	});

	const values = ['', 'x', '5', 5, 25, -1, 0.5, 1.5, 400, true, false, [], ['x'], [sound, sound], {}, null, sound];

	/** The fields for which a check and a schema disagree. */
	function differences(
		input: ReturnType<typeof facts>,
		check: (body: JsonObject) => unknown,
		validBody: JsonObject,
	): string[] {
		const validate = ajv.compile({ ...input, additionalProperties: false });
		const deviating = new Set<string>();
		const compare = (body: JsonObject, label: string): void => {
			if (validate(body) !== (check(body) === undefined)) deviating.add(label);
		};
		compare(validBody, 'good');
		for (const field of [...Object.keys(input.properties), 'unheardOf']) {
			const schema = input.properties[field];
			for (const value of [...values, ...(schema?.enum ?? []), 'x'.repeat(schema?.maxLength + 1 || 1)]) {
				compare({ ...validBody, [field]: value }, field);
			}
			compare(Object.fromEntries(Object.entries(validBody).filter(([name]) => name !== field)), `no ${field}`);
		}
		return [...deviating].sort();
	}

	test('bodies are accepted and rejected by the schemas, and by rules beyond them', () => {
		const deviations = dedicated.map(({ request, input }) => {
			const path = short(request.path);
			return [path, differences(input, sunoCheck(path), bodies[path])] as const;
		});
		expect(Object.fromEntries(deviations.filter(([, names]) => names.length > 0))).toEqual({
			'/generate': ['no style', 'no title'],
			'/generate/extend': ['defaultParamFlag'],
			'/generate/generate-persona': ['vocalEnd', 'vocalStart'],
			'/generate/mashup': ['customMode', 'instrumental', 'no instrumental'],
			'/generate/replace-section': ['infillEndS', 'infillStartS'],
			'/generate/upload-cover': ['no style', 'no title'],
			'/lyrics': ['no callBackUrl', 'prompt'],
			'/suno/cover/generate': ['no callBackUrl'],
			'/voice/validate': ['vocalStartS'],
		});
	});

	test('inputs of the market, too', () => {
		const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
		const deviations = market.map(({ id, input }) => {
			const body = sunoMarketBodies[id];
			const path = dedicated.find((fact) => fact.notes.some((note: string) => note.includes(`(${id},`)))?.request.path;
			if (!body || !path) throw new Error(id);
			const { sunoTaskId, ...inputFields } = bodies[short(path)];
			const validBody = { ...inputFields, ...(sunoTaskId !== undefined && { taskId: sunoTaskId }) };
			const snakeCased = Object.entries(validBody).map(([name, value]) => [snake(name), value] as const);
			const knownFields = Object.fromEntries(snakeCased.filter(([name]) => name in input.properties));
			const check = compile(body.schema, body.rules);
			return [
				id,
				differences(input, (candidate) => check(candidate) ?? spanIssue(body, candidate), knownFields),
			] as const;
		});
		expect(Object.fromEntries(deviations.filter(([, names]) => names.length > 0))).toEqual({
			'ai-music-api/generate': ['no prompt', 'no style', 'no title'],
			'ai-music-api/generate-persona': ['vocal_end', 'vocal_start'],
			'ai-music-api/replace-section': ['infill_end_s', 'infill_start_s'],
			'ai-music-api/validation-phrase': ['vocal_start_s'],
		});
	});
});

describeRecorded('compared with recorded exchanges', () => {
	interface Exchange {
		recording: string;
		method: string;
		path: string;
		request: JsonObject | null;
		response: { code: number; data: unknown };
	}
	const exchanges: Exchange[] = recordedExchanges();
	const sunoExchanges = exchanges.filter(({ path }) =>
		/^\/api\/v1\/(generate|lyrics|style|wav|mp4|midi|vocal|voice|suno)/.test(path),
	);

	test.each(sunoExchanges.map((fact) => [fact.recording, fact] as const))(
		'%s',
		async (_, { method, path, request, response }) => {
			await start();
			const { data } = await api.request({ method, url: path, data: request ?? undefined });
			expect(shape(data)).toEqual(shape(response));
			if (response.data === null) expect(data).toEqual(response);
		},
	);
});
