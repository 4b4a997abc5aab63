import addFormats from 'ajv-formats';
import Ajv2020 from 'ajv/dist/2020';
import axios, { type AxiosResponse } from 'axios';
import { setTimeout as wait } from 'node:timers/promises';
import { type Fault, type JsonObject, servedModels } from '../simulator';
import { resultOf } from '../simulator/market-results';
import type { Check } from '../simulator/validate';
import {
	alephCheck,
	assetCheck,
	lumaCheck,
	omniAudioCheck,
	omniCharacterCheck,
	runwayCheck,
	runwayExtendCheck,
	veo4kCheck,
	veoCheck,
	veoExtendCheck,
} from '../simulator/video-bodies';
import { factFiles, facts } from '../facts';
import {
	api,
	create,
	createPath,
	completedRecord,
	finished,
	read,
	receiver,
	shape,
	simulator,
	start,
	settled,
} from './simulator-client';

/** Videos, voices and speech: with createTask, and with the APIs with their own paths. */

const ajv = addFormats(new Ajv2020({ strict: false }));

const video = 'https://example.com/a.mp4';
const image = 'https://example.com/a.png';

/** An API with records: the paths, and a valid body. */
interface OwnApi {
	generate: string;
	record: string;
	body: JsonObject;
	/** The fact file with its record. */
	fact: string;
}

const veo: OwnApi = {
	generate: '/api/v1/veo/generate',
	record: '/api/v1/veo/record-info',
	body: { prompt: 'A fox', aspect_ratio: '9:16' },
	fact: 'veo3-api--generate',
};
const runway: OwnApi = {
	generate: '/api/v1/runway/generate',
	record: '/api/v1/runway/record-detail',
	body: { prompt: 'A fox', duration: 5, quality: '720p', aspectRatio: '16:9' },
	fact: 'runway-api--generate',
};
const aleph: OwnApi = {
	generate: '/api/v1/aleph/generate',
	record: '/api/v1/aleph/record-info',
	body: { prompt: 'Snow', videoUrl: video },
	fact: 'aleph-api--generate',
};
const luma: OwnApi = {
	generate: '/api/v1/modify/generate',
	record: '/api/v1/modify/record-info',
	body: { prompt: 'Snow', videoUrl: video, watermark: 'me' },
	fact: 'luma-api--modify',
};
const videoApis = [veo, runway, aleph, luma].map((videoApi) => [videoApi.generate, videoApi] as const);

/** The record of a completed task. */
const record = async ({ generate, record, body }: OwnApi): Promise<JsonObject> =>
	(await completedRecord(generate, body, record)).data.data;
const createdId = async (videoApi: OwnApi): Promise<string> => String((await record(videoApi)).taskId);

const ask1080p = (taskId: string, index?: number): Promise<AxiosResponse> =>
	api.get('/api/v1/veo/get-1080p-video', { params: { taskId, index } });
const ask4k = (taskId: string, fields: object = {}): Promise<AxiosResponse> =>
	api.post('/api/v1/veo/get-4k-video', { taskId, ...fields });

const speech = {
	speakers: [{ speaker_id: 'Speaker 1', voice_name: 'Kore' }],
	dialogue_turns: [{ speaker_id: 'Speaker 1', text: 'Hello' }],
};

const rejection = (msg: string): object => ({ code: 422, msg, data: null });

describe('market', () => {
	test.each<[string, object, RegExp]>([
		['hailuo/02-text-to-video-pro', { prompt: 'x' }, /\.mp4$/],
		['bytedance/seedance-2-5', { prompt: 'x', output_format: 'mov' }, /\.mov$/],
		['elevenlabs/text-to-speech-turbo-2-5', { text: 'x', voice: 'Rachel' }, /\.mp3$/],
		['elevenlabs/sound-effect-v2', { text: 'x', output_format: 'pcm_16000' }, /\.wav$/],
		['google/gemini-3-8-flash-tts', speech, /\.wav$/],
	])('%s %j', async (model, input, fileUrl) => {
		await start();
		const { resultUrls } = await finished(model, input);
		expect(resultUrls).toEqual([expect.stringMatching(fileUrl)]);
		expect((await axios.get(resultUrls[0] ?? '')).status).toBe(200);
	});

	test('frames in addition to the video, if requested', async () => {
		await start();
		const input = { prompt: 'A fox', return_last_frame: true };
		expect(await finished('bytedance/seedance-2', input)).toEqual({
			resultUrls: [expect.stringMatching(/0\.mp4$/)],
			firstFrameUrl: [expect.stringMatching(/1\.jpg$/)],
			lastFrameUrl: [expect.stringMatching(/2\.jpg$/)],
		});
		expect(Object.keys(await finished('bytedance/seedance-2', { prompt: 'A fox' }))).toEqual(['resultUrls']);
	});

	test('a transcript, masks without an extension, a character', async () => {
		await start();
		const transcript = await finished('elevenlabs/speech-to-text', { audio_url: 'https://example.com/a.mp3' });
		expect(transcript.resultObject).toMatchObject({ text: expect.stringContaining('fox'), language_code: 'eng' });
		const masks = await finished('omnihuman-1-5/subject-detection', { image_url: image });
		const fileUrls = [masks.resultObject?.mask_urls].flat();
		expect(fileUrls).toHaveLength(2);
		expect((await axios.get(String(fileUrls[0]))).headers['content-type']).toBe('image/png');
		expect(await finished('omnihuman-1-5/human-identification', { image_url: image })).toEqual({
			resultObject: { subject_status: 1 },
		});
		expect(await finished('sora-2-characters', { character_file_url: [video] })).toEqual({
			character_id: expect.any(String),
		});
	});

	test('speech to text reads the file during the create', async () => {
		await start();
		const { data } = await create('elevenlabs/speech-to-text', { audio_url: `${simulator.url}/files/gone.mp3` });
		expect(data).toMatchObject({ code: 500, msg: 'Server exception, please try again later' });
	});

	test('an earlier task must exist, be completed and be of the same family', async () => {
		await start();
		const runwayTask = await createdId(runway);
		const veoTask = await createdId(veo);
		const state = async (model: string, input: object): Promise<string> =>
			(await completedRecord(createPath, { model, input })).data.data.state;
		expect(await state('runway/extend-ai-video', { prompt: 'x', quality: '720p', task_id: runwayTask })).toBe(
			'success',
		);
		expect(await state('runway/extend-ai-video', { prompt: 'x', quality: '720p', task_id: veoTask })).toBe('fail');
		expect(await state('veo/get-1080p-video', { taskId: veoTask })).toBe('success');
		expect(await state('veo/get-4k-video', { task_id: 'nope' })).toBe('fail');
	});

	test('extra fields: progress of Sora 2, parsed results of the newest speech models', async () => {
		await start();
		const sora = await completedRecord(createPath, {
			model: 'sora-2-text-to-video',
			input: { prompt: 'x', upload_method: 's3' },
		});
		expect(sora.data.data.progress).toBe(100);
		const { data } = (await completedRecord(createPath, { model: 'google/gemini-3-8-flash-tts', input: speech })).data;
		expect(data).toMatchObject({ successFlag: 1, response: JSON.parse(data.resultJson) });
	});
});

describe('all four', () => {
	test.each(videoApis)('%s: runs, completes, is charged, refunds the credits', async (_, videoApi) => {
		await start();
		const created = await api.post(videoApi.generate, videoApi.body);
		const { taskId } = created.data.data;
		expect(created.data).toEqual({ code: 200, msg: 'success', data: { taskId: expect.stringMatching(/^\w{32}$/) } });
		const credits = simulator.credits();
		expect(credits).toBeLessThan(1000);
		await wait(100);
		const fileUrl = /"(http[^"]*results[^"]*\.mp4)"/.exec(
			JSON.stringify((await read(taskId, videoApi.record)).data),
		)?.[1];
		expect((await axios.get(fileUrl ?? '')).headers['content-type']).toBe('video/mp4');
		simulator.inject({ on: 'create', kind: 'fail', model: videoApi.generate });
		await record(videoApi);
		expect(simulator.credits()).toBe(credits);
		expect([simulator.creates().length, simulator.reads().length]).toEqual([2, 2]);
	});

	test.each(videoApis)('%s: rate, credits, unknown fields, callback URL', async (_, videoApi) => {
		await start({ rate: { limit: 1, seconds: 10 }, credits: 1 });
		const code = async (fields: object = {}): Promise<number> =>
			(await api.post(videoApi.generate, { ...videoApi.body, ...fields })).data.code;
		expect(await code()).toBe(402);
		expect(await code()).toBe(429);
		await start();
		expect(await code({ unheardOf: 1 })).toBe(422);
		expect(await code({ callBackUrl: 'x' })).toBe(422);
	});

	test.each(videoApis)('%s: a task that does not exist, or of another API', async (_, videoApi) => {
		await start();
		const otherTask = await create('nano-banana-2', { prompt: 'x' });
		const msg = videoApi === veo ? 'record is null' : 'The record does not exist';
		for (const id of ['nope', otherTask.data.data.taskId])
			expect((await read(id, videoApi.record)).data).toEqual(rejection(msg));
	});

	test.each(videoApis)('%s: no result, a result of the wrong type, never, another state', async (_, videoApi) => {
		await start();
		const inject = (fault: Fault): void => simulator.inject({ ...fault, model: videoApi.generate });
		inject({ on: 'create', kind: 'no-result' });
		expect(Object.values(await record(videoApi))).not.toContainEqual(
			expect.objectContaining({ taskId: expect.anything() }),
		);
		inject({ on: 'create', kind: 'bad-result' });
		expect(Object.values(await record(videoApi))).toContain('{"resultUrls":["https://');
		inject({ on: 'create', kind: 'never' });
		expect(JSON.stringify(await record(videoApi))).toMatch(/"successFlag":0|"state":"generating"/);
		inject({ on: 'read', kind: 'state', state: 'pondering' });
		expect(Object.values(await record(videoApi))).toContain('pondering');
	});

	test.each(videoApis)('%s: a missing file of its own fails the task', async (_, videoApi) => {
		await start();
		const field = videoApi === veo ? 'imageUrls' : videoApi === runway ? 'imageUrl' : 'videoUrl';
		const missingUrl = `${simulator.url}/files/gone.mp4`;
		const failedRecord = await record({
			...videoApi,
			body: { ...videoApi.body, [field]: field === 'imageUrls' ? [missingUrl] : missingUrl },
		});
		expect(failedRecord.errorCode ?? failedRecord.failCode).toBe(videoApi === luma ? 451 : 400);
	});
});

describe('Veo', () => {
	test.each([
		[2, {}],
		[3, { flag: 3 }],
	])('fails with the flag %i', async (flag, failure) => {
		await start();
		simulator.inject({ on: 'create', kind: 'fail', failCode: '501', failMsg: 'no', ...failure });
		expect(await record(veo)).toMatchObject({
			successFlag: flag,
			errorCode: 501,
			errorMessage: 'no',
			response: null,
		});
	});

	test('1080p: 400 until it is ready', async () => {
		await start({ taskSeconds: (model) => (model.includes('1080p') ? 0.15 : 0.05) });
		const taskId = await createdId(veo);
		const processing = {
			code: 400,
			msg: '1080P is processing. It should be ready in 1-2 minutes. Please check back shortly.',
			data: null,
		};
		expect((await ask1080p(taskId)).data).toEqual(processing);
		await wait(60);
		expect((await ask1080p(taskId, 0)).data).toEqual(processing);
		await wait(120);
		const { data } = await ask1080p(taskId);
		expect(data).toEqual({ code: 200, msg: 'success', data: { resultUrl: expect.stringMatching(/\.mp4$/) } });
		expect((await axios.get(data.data.resultUrl)).status).toBe(200);
		expect(simulator.reads(taskId)).toHaveLength(4);
		expect(simulator.requests.filter(({ rejection }) => rejection)).toEqual([]);
	});

	test('1080p: rejections, and a task that never completes', async () => {
		await start({ taskSeconds: 0.05 });
		expect((await ask1080p('nope')).data).toEqual(rejection('record is null'));
		const running = (await api.post(veo.generate, veo.body)).data.data.taskId;
		expect((await ask1080p(running)).data).toEqual(rejection('record status is not success'));
		simulator.inject({ on: 'create', kind: 'no-result' });
		expect((await ask1080p(await createdId(veo))).data).toEqual(rejection('record result data is empty'));
		const taskId = await createdId(veo);
		expect((await ask1080p(taskId, 3)).data).toEqual(rejection('record result data not exist'));
		expect((await ask1080p(taskId, -1)).data.code).toBe(422);
		simulator.inject({ on: 'read', kind: 'never', model: '/api/v1/veo/get-1080p-video' });
		await ask1080p(taskId);
		await wait(100);
		expect((await ask1080p(taskId)).data.code).toBe(400);
		simulator.inject({ on: 'read', kind: 'code', code: 500, model: '/api/v1/veo/get-1080p-video' });
		expect((await read(taskId, veo.record)).data.code).toBe(200);
		expect((await ask1080p(taskId)).data.code).toBe(500);
	});

	test('4K: a task of its own, then 422 with the result', async () => {
		await start({ taskSeconds: (model) => (model.includes('4k') ? 0.15 : 0.05) });
		const taskId = await createdId(veo);
		const credits = simulator.credits();
		const first = (await ask4k(taskId)).data;
		expect(first).toEqual({
			code: 200,
			msg: 'success',
			data: { taskId: expect.any(String), resultUrls: null, imageUrls: null },
		});
		const upscaleId = first.data.taskId;
		expect(upscaleId).not.toBe(taskId);
		expect((await ask4k(taskId)).data).toEqual({
			code: 422,
			msg: '4k is processing. It should be ready in 5-10 minutes. Please check back shortly.',
			data: { taskId: upscaleId, resultUrls: null, imageUrls: null },
		});
		expect((await read(upscaleId, veo.record)).data.data).toMatchObject({ successFlag: 0, response: null });
		await wait(180);
		const { data } = await ask4k(taskId);
		expect(data).toMatchObject({ code: 422, msg: 'The video has been generated successfully' });
		const done = (await read(upscaleId, veo.record)).data.data;
		expect(done.response.resultUrls).toEqual(data.data.resultUrls);
		expect(done).not.toHaveProperty('fallbackFlag');
		expect([simulator.creates().length, credits - simulator.credits()]).toEqual([4, 40]);
		expect((await ask4k('nope')).data).toEqual(rejection('record is null'));
	});

	test('4K: a failed task stays failed', async () => {
		await start();
		const taskId = await createdId(veo);
		const failMsg = 'The 4K version of this video is unavailable. Please try a different video.';
		simulator.inject({ on: 'create', kind: 'fail', failMsg, model: '/api/v1/veo/get-4k-video' });
		const upscaleId = (await ask4k(taskId)).data.data.taskId;
		await wait(100);
		expect((await read(upscaleId, veo.record)).data.data).toMatchObject({ successFlag: 2, errorMessage: failMsg });
		expect((await ask4k(taskId)).data).toEqual({ code: 500, msg: failMsg, data: null });
	});

	test('only finished videos of Veo can be extended, and none in 1080p', async () => {
		await start();
		const path = '/api/v1/veo/extend';
		const extend = async (taskId: string): Promise<JsonObject> => (await api.post(path, { taskId, prompt: 'x' })).data;
		const taskId = await createdId(veo);
		const { response } = await record({ ...veo, generate: path, body: { taskId, prompt: 'x', model: 'lite' } });
		expect(response).toMatchObject({
			resultUrls: [expect.stringMatching(/0\.mp4$/)],
			fullResultUrls: [expect.stringMatching(/1\.mp4$/)],
		});
		expect(await extend('nope')).toEqual(rejection('record is null'));
		expect(await extend((await api.post(veo.generate, veo.body)).data.data.taskId)).toMatchObject({ code: 422 });
		expect(await extend(await createdId({ ...veo, body: { prompt: 'x', resolution: '1080p' } }))).toMatchObject({
			code: 422,
		});
		await ask1080p(taskId);
		expect(await extend(taskId)).toMatchObject({ code: 422 });
	});

	test.each([
		{ model: 'veo3', generationType: 'REFERENCE_2_VIDEO', imageUrls: [image] },
		{ generationType: 'REFERENCE_2_VIDEO' },
		{ generationType: 'REFERENCE_2_VIDEO', imageUrls: [image], duration: 6 },
		{ generationType: 'FIRST_AND_LAST_FRAMES_2_VIDEO', imageUrls: [image, image, image] },
		{ aspectRatio: '16:9' },
	])('rejects %j', async (fields) => {
		await start();
		expect((await api.post(veo.generate, { prompt: 'x', ...fields })).data.code).toBe(422);
	});
});

describe('Runway', () => {
	test('wait, queueing, generating, success', async () => {
		await start({ taskSeconds: 0.3 });
		const { taskId } = (await api.post(runway.generate, runway.body)).data.data;
		const states = [];
		for (let index = 0; index < 4; index++) {
			states.push((await read(taskId, runway.record)).data.data.state);
			await wait(110);
		}
		expect(states).toEqual(['wait', 'queueing', 'generating', 'success']);
	});

	test('a failure', async () => {
		await start();
		simulator.inject({ on: 'create', kind: 'fail', failCode: '400', failMsg: 'no' });
		expect(await record(runway)).toMatchObject({ state: 'fail', failCode: 400, failMsg: 'no', videoInfo: null });
	});

	test('an extension names the original, which must be completed', async () => {
		await start();
		const generate = '/api/v1/runway/extend';
		const taskId = await createdId(runway);
		const body = { taskId, prompt: 'x', quality: '1080p' };
		expect(await record({ ...runway, generate, body })).toMatchObject({ parentTaskId: taskId, state: 'success' });
		const running = (await api.post(runway.generate, runway.body)).data.data.taskId;
		expect((await api.post(generate, { ...body, taskId: running })).data).toMatchObject({ code: 422, data: null });
		for (const id of ['nope', await createdId(veo)]) {
			expect((await api.post(generate, { ...body, taskId: id })).data).toMatchObject({ code: 422, data: null });
		}
	});

	test.each([
		{ duration: 10, quality: '1080p', aspectRatio: '16:9' },
		{ duration: 5, quality: '720p' },
		{ duration: '5', quality: '720p', aspectRatio: '16:9' },
	])('rejects %j', async (body) => {
		await start();
		expect((await api.post(runway.generate, { prompt: 'x', ...body })).data.code).toBe(422);
	});
});

describe('Aleph', () => {
	test.each<[{ failCode: string; failMsg: string }, JsonObject]>([
		[
			{ failCode: '400', failMsg: 'no' },
			{ errorCode: 400, errorMessage: 'no' },
		],
		[
			{ failCode: '0', failMsg: 'no' },
			{ errorCode: 0, errorMessage: 'no' },
		],
		[
			{ failCode: '500', failMsg: '' },
			{ errorCode: 500, errorMessage: '' },
		],
	])('%j has the flag of a running task', async (failure, words) => {
		await start();
		simulator.inject({ on: 'create', kind: 'fail', ...failure });
		expect(await record(aleph)).toMatchObject({ successFlag: 0, response: null, ...words });
	});

	test('a running task has no error', async () => {
		await start();
		const { taskId } = (await api.post(aleph.generate, aleph.body)).data.data;
		const { data } = await read(taskId, aleph.record);
		expect(data.data).toMatchObject({ successFlag: 0, errorCode: 0, errorMessage: '' });
	});
});

describe('Luma', () => {
	test.each<[Fault, number, boolean]>([
		[{ on: 'create', kind: 'fail', flag: 2 }, 2, false],
		[{ on: 'create', kind: 'fail' }, 3, false],
		[{ on: 'create', kind: 'callback-failed' }, 4, true],
	])('%j', async (fault, flag, done) => {
		await start();
		simulator.inject(fault);
		const { successFlag, response } = await record(luma);
		expect([successFlag, response !== null]).toEqual([flag, done]);
	});

	test('a rejected callback is shown by the flag', async () => {
		await start({ callbackDelays: [] });
		const { url } = await receiver([500]);
		expect((await record({ ...luma, body: { ...luma.body, callBackUrl: url } })).successFlag).toBe(4);
	});
});

describe('Omni', () => {
	const audio = { audio_id: 'kore', name: 'Anna' };

	test('a voice is returned immediately, with code 0', async () => {
		await start();
		const { data } = await api.post('/api/v1/omni/audio/create', audio);
		expect(data).toEqual({ code: 0, msg: 'success', data: { kieAudioId: expect.any(String), name: 'Anna' } });
		expect(simulator.creates()).toHaveLength(1);
		expect(simulator.requests[0]?.rejection).toBeUndefined();
	});

	test('a character, with code 200', async () => {
		await start();
		const path = '/api/v1/omni/character/create';
		const body = { descriptions: 'x', image_urls: [image] };
		expect((await api.post(path, body)).data).toMatchObject({
			code: 200,
			data: { characterId: expect.any(String), imageUrl: image, bodyImageUrl: null },
		});
		const missingUrl = { descriptions: 'x', image_urls: [`${simulator.url}/files/gone.png`] };
		expect((await api.post(path, missingUrl)).data.code).toBe(451);
	});

	test.each<[Fault, object]>([
		[
			{ on: 'create', kind: 'fail', failCode: '501', failMsg: 'no' },
			{ code: 501, msg: 'no', data: null },
		],
		[
			{ on: 'create', kind: 'no-result' },
			{ code: 0, msg: 'success', data: {} },
		],
		[
			{ on: 'create', kind: 'no-task-id' },
			{ code: 0, msg: 'success', data: { name: 'Anna' } },
		],
	])('%j', async (fault, answer) => {
		await start();
		simulator.inject(fault);
		expect((await api.post('/api/v1/omni/audio/create', audio)).data).toEqual(answer);
	});
});

describe('Seedance assets', () => {
	const path = '/api/v1/playground/createAsset';
	const asset = (assetId: string): Promise<AxiosResponse> =>
		api.get('/api/v1/playground/getAsset', { params: { assetId } });
	const body = { url: image, assetType: 'Image' };

	test('bare responses: Processing, then Active; then it can be used', async () => {
		await start();
		const { id } = (await api.post(path, body)).data;
		expect((await asset(id)).data).toEqual({ status: 'Processing', url: null, errorMsg: null });
		const use = { model: 'bytedance/seedance-2', input: { prompt: 'A fox', first_frame_url: `asset://${id}` } };
		expect((await completedRecord(createPath, use)).data.data.state).toBe('fail');
		expect((await asset(id)).data).toEqual({ status: 'Active', url: expect.stringMatching(/\.png$/), errorMsg: null });
		expect((await completedRecord(createPath, use)).data.data.state).toBe('success');
		expect(simulator.reads(id)).toHaveLength(2);
	});

	test('Failed, unknown, another state, without an id', async () => {
		await start();
		simulator.inject({ on: 'create', kind: 'fail', failMsg: 'no' });
		const { id } = (await api.post(path, body)).data;
		await wait(100);
		expect((await asset(id)).data).toEqual({ status: 'Failed', url: null, errorMsg: 'no' });
		expect((await asset('nope')).data.code).toBe(422);
		simulator.inject(
			{ on: 'read', kind: 'state', state: 'Pondering', taskId: id },
			{ on: 'create', kind: 'no-task-id' },
		);
		expect((await asset(id)).data.status).toBe('Pondering');
		expect((await api.post(path, body)).data).toEqual({});
		expect((await api.post(path, { ...body, url: 'data:image/png;base64,AA' })).data.code).toBe(422);
	});
});

test('Midjourney videos', async () => {
	await start();
	const record = '/api/v1/mj/record-info';
	const body = { prompt: 'x', taskType: 'mj_video_hd', fileUrls: [image], motion: 'low', videoBatchSize: 2 };
	const { resultInfoJson, taskType } = (await completedRecord('/api/v1/mj/generate', body, record)).data.data;
	expect(taskType).toBe('mj_video_hd');
	expect(resultInfoJson.resultUrls).toEqual(Array(2).fill({ resultUrl: expect.stringMatching(/\.mp4$/) }));
});

describe('compared with the facts', () => {
	/** The names in a value, at any depth; lists and texts are leaves. */
	const names = (value: unknown): unknown =>
		typeof value === 'object' && value !== null && !Array.isArray(value)
			? Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, names(entry)]))
			: 'leaf';

	test('results of the market have the fields of the facts', () => {
		// A schema, a sample, or a sample of the record that has it as text.
		const members = ({ properties, sample, resultJson = sample?.resultJson }: ReturnType<typeof facts>): string[] =>
			Object.keys(resultJson ? JSON.parse(resultJson) : (properties ?? sample));
		for (const file of factFiles('market')) {
			const { id, group, result } = facts(file);
			const served = servedModels.find(({ model }) => model.id === id);
			if (!served || group === 'image') continue;
			const { files, result: toResult } = resultOf(served, { return_last_frame: true });
			expect([id, Object.keys(toResult(files)).sort()]).toEqual([id, members(result).sort()]);
		}
	});

	test('a transcript has the shape of the sample', () => {
		const { result } = facts('market/elevenlabs--speech-to-text.json');
		const served = servedModels.find(({ model }) => model.id === 'elevenlabs/speech-to-text');
		expect(shape(served && resultOf(served, {}).result([]))).toEqual(shape(result.sample));
	});

	test.each([veo, runway, aleph, luma].map((videoApi) => [videoApi.fact, videoApi] as const))(
		'records of %s match the schema without extra fields',
		async (fact, videoApi) => {
			await start();
			const { result } = facts(`dedicated/${fact}.json`);
			const strictSchema = JSON.parse(JSON.stringify(result), (_, value) =>
				value?.properties ? { ...value, additionalProperties: false, required: [] } : value,
			);
			const validate = ajv.compile(strictSchema);
			const checkRecords = async (fault?: Fault): Promise<void> => {
				if (fault) simulator.inject(fault);
				const { taskId } = (await api.post(videoApi.generate, videoApi.body)).data.data;
				for (const pause of [0, 120]) {
					await wait(pause);
					const { data } = (await read(taskId, videoApi.record)).data;
					validate(data);
					expect([data, validate.errors]).toEqual([data, null]);
				}
			};
			await checkRecords();
			await checkRecords({ on: 'create', kind: 'fail', failCode: '501' });
		},
	);

	test.each([
		['veo3-api--generate', veo, veo.body],
		['runway-api--generate', runway, runway.body],
		['aleph-api--generate', aleph, aleph.body],
		['luma-api--modify', luma, luma.body],
		['veo3-api--extend', veo, { prompt: 'x' }],
		['veo3-api--get-4k-video', veo, {}],
		['runway-api--extend', runway, { prompt: 'x', quality: '720p' }],
		['mj-api--generate', undefined, { prompt: 'x', taskType: 'mj_txt2img' }],
	] as const)('callbacks of %s have the names of the samples', async (fact, parent, body) => {
		await start();
		const { request, callback } = facts(`dedicated/${fact}.json`);
		const { url, received } = await receiver([]);
		const isFollowUp = parent !== undefined && request.path !== parent.generate;
		for (const fault of [undefined, { on: 'create', kind: 'fail', model: request.path } as const]) {
			// A new one each time: the 4K version of a video can be requested once.
			const followUpFields = isFollowUp && { taskId: await createdId(parent) };
			if (fault) simulator.inject(fault);
			await api.post(request.path, { ...body, ...followUpFields, callBackUrl: url });
			await settled();
		}
		const expected = [callback.success, callback.failure].filter((sample) => sample !== undefined);
		expect(received.slice(0, expected.length).map((delivered) => names(delivered.body))).toEqual(expected.map(names));
		expect(received[0]?.body.msg).toBe(callback.success.msg);
	});

	test('responses without a task have the shape of the samples', async () => {
		await start();
		const answer = async (fact: string, body: object): Promise<void> => {
			const { request, result } = facts(`dedicated/${fact}.json`);
			const { data } = await api.post(request.path, body);
			expect(shape(data)).toEqual(shape(result));
			expect(data.code).toBe(result.code);
		};
		await answer('omni-api--create-audio', { audio_id: 'kore', name: 'x' });
		await answer('omni-api--create-character', {
			descriptions: 'x',
			image_urls: [image, image],
			character_name: 'x',
		});
		await answer('seedance-asset-api--create-asset', { url: image, assetType: 'Image' });
		await answer('veo3-api--get-4k-video', { taskId: await createdId(veo) });
	});

	test.each<[string, Check, JsonObject, string[]]>([
		['veo3-api--generate', veoCheck, veo.body, ['generationType REFERENCE_2_VIDEO']],
		['veo3-api--extend', veoExtendCheck, { taskId: 'x', prompt: 'x' }, []],
		['veo3-api--get-4k-video', veo4kCheck, { taskId: 'x' }, ['index -1']],
		['runway-api--generate', runwayCheck, runway.body, ['no aspectRatio']],
		['runway-api--extend', runwayExtendCheck, { taskId: 'x', prompt: 'x', quality: '720p' }, []],
		['aleph-api--generate', alephCheck, aleph.body, []],
		['luma-api--modify', lumaCheck, luma.body, []],
		['omni-api--create-audio', omniAudioCheck, { audio_id: 'kore', name: 'x' }, []],
		['omni-api--create-character', omniCharacterCheck, { descriptions: 'x', image_urls: [image] }, []],
		['seedance-asset-api--create-asset', assetCheck, { url: image, assetType: 'Image' }, []],
	])('%s: accepts and rejects what the schema does', (fact, check, validBody, byRule) => {
		const { input } = facts(`dedicated/${fact}.json`);
		const validate = ajv.compile(input);
		const deviating: string[] = [];
		const values = [
			'',
			'x',
			'5',
			5,
			10,
			-1,
			1.5,
			10_000,
			true,
			[],
			['x'],
			[image],
			Array(5).fill(image),
			{},
			null,
			image,
		];
		for (const field of [...Object.keys(input.properties), 'unheardOf']) {
			const extraValues = [
				...(input.properties[field]?.enum ?? []),
				'x'.repeat(input.properties[field]?.maxLength + 1 || 1),
			];
			for (const value of [...values, ...extraValues]) {
				const body = { ...validBody, [field]: value };
				if (validate(body) !== (check(body) === undefined)) deviating.push(`${field} ${value}`);
			}
			const bodyWithout = Object.fromEntries(Object.entries(validBody).filter(([name]) => name !== field));
			if (validate(bodyWithout) !== (check(bodyWithout) === undefined)) deviating.push(`no ${field}`);
		}
		expect(deviating).toEqual(byRule);
	});
});
