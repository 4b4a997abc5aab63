import addFormats from 'ajv-formats';
import Ajv2020 from 'ajv/dist/2020';
import axios, { type AxiosResponse } from 'axios';
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Fault, mediaFile, padded, servedModels, sign } from '../simulator';
import { describeRecorded, factFiles, facts, recordedExchanges } from '../facts';
import {
	api,
	client,
	create,
	createPath,
	completedRecord,
	rejectionOf,
	finished,
	read,
	receiver,
	shape,
	simulator,
	start,
	uploads,
	settled,
} from './simulator-client';

const draw = (): Promise<AxiosResponse> => create('nano-banana-2', { prompt: 'A fox' });
const ajv = addFormats(new Ajv2020({ strict: false }));

describe('market tasks', () => {
	test('run, complete, and are charged', async () => {
		await start();
		const { data: created } = await draw();
		const { taskId, recordId } = created.data;
		expect(taskId).toMatch(/^[0-9a-f]{32}$/);
		expect(recordId).toBe(taskId);
		expect((await read(taskId)).data.data).toMatchObject({
			state: 'waiting',
			resultJson: '',
			failCode: null,
			costTime: null,
		});
		await settled();
		const { data } = (await read(taskId)).data;
		expect(data).toMatchObject({ state: 'success', failCode: null, failMsg: null, creditsConsumed: 4 });
		expect(JSON.parse(JSON.parse(data.param).input)).toEqual({ prompt: 'A fox' });
		expect((await api.get('/api/v1/chat/credit')).data).toEqual({ code: 200, msg: 'success', data: 996 });
		expect(simulator.creates()).toHaveLength(1);
		expect(simulator.reads(taskId)).toHaveLength(2);
	});

	test.each([
		['ideogram/v3-reframe', { image_url: 'https://example.com/a.png', image_size: 'square', num_images: '3' }, 3],
		['grok-imagine/text-to-image', { prompt: 'x', aspect_ratio: '1:1' }, 6],
		['wan/2-7-image', { prompt: 'x' }, 4],
		['wan/2-7-image', { prompt: 'x', n: 2 }, 2],
		['nano-banana-2', { prompt: 'x' }, 1],
	])('%s %j returns %i files', async (model, input, count) => {
		await start();
		expect((await finished(model, input)).resultUrls).toHaveLength(count);
	});

	test('layers and segments are returned as data', async () => {
		await start();
		const image_url = 'https://example.com/a.png';
		const layers = await finished('seedream/5-pro-layer-decomposition', { image_url, size: 'auto' });
		expect(layers.resultObject).toMatchObject({ layers_data: [{ url: layers.resultUrls[0], z_index: 0 }, {}, {}, {}] });
		const segments = await finished('grok-imagine-image-2-0/segment-map', { image_url });
		expect(segments).toEqual({ resultObject: { segments: [{ index: 1 }, { index: 2 }, { index: 3 }] } });
	});

	test('an unknown task, and one of another API, have no record', async () => {
		await start();
		const otherTask = await api.post('/api/v1/flux/kontext/generate', { prompt: 'x' });
		for (const id of ['0'.repeat(32), otherTask.data.data.taskId]) {
			expect((await read(id)).data).toEqual({ code: 422, msg: 'recordInfo is null', data: null });
		}
	});

	test('a missing file of its own fails the task and refunds the credits', async () => {
		await start();
		const { data } = await completedRecord(createPath, {
			model: 'recraft/crisp-upscale',
			input: { image: `${simulator.url}/files/kieai/100001/gone.png` },
		});
		expect(data.data).toMatchObject({ state: 'fail', failCode: '451', resultJson: null });
		expect(data.data).not.toHaveProperty('creditsConsumed');
		expect(simulator.credits()).toBe(1000);
	});
});

describe('rejections', () => {
	test.each([
		['a model that is not there', { model: 'nope', input: {} }, 'The model is not supported'],
		['no model', { input: {} }, 'This field is required'],
		['no input', { model: 'nano-banana-2' }, 'This field is required'],
		['a required field missing', { model: 'nano-banana-2', input: {} }, 'This field is required'],
		[
			'a field that the model has not',
			{ model: 'nano-banana-2', input: { prompt: 'x', size: '1:1' } },
			'Unknown field size',
		],
		[
			'a callback for progress, which only Sora 2 has',
			{ model: 'nano-banana-2', input: { prompt: 'x' }, progressCallBackUrl: 'https://example.com/' },
			'Unknown field progressCallBackUrl',
		],
		['a field beside input', { model: 'nano-banana-2', input: { prompt: 'x' }, prompt: 'x' }, 'Unknown field prompt'],
		[
			'a word that is no choice',
			{ model: 'nano-banana-2', input: { prompt: 'x', resolution: '9K' } },
			'Invalid resolution',
		],
		['a number where text belongs', { model: 'nano-banana-2', input: { prompt: 5 } }, 'prompt must be string'],
		['text where a number belongs', { model: 'wan/2-7-image', input: { prompt: 'x', n: '2' } }, 'n must be integer'],
		[
			'a callback URL that is none',
			{ model: 'nano-banana-2', input: { prompt: 'x' }, callBackUrl: '' },
			'Invalid callBackUrl',
		],
	])('%s', async (_, body, msg) => {
		await start();
		const answer = await api.post(createPath, body);
		expect(answer.status).toBe(200);
		expect(answer.data).toEqual({ code: 422, msg, data: null });
		expect(simulator.tasks.size).toBe(0);
		expect(simulator.requests[0]?.rejection).toBeTruthy();
	});

	test('a rule across fields', async () => {
		await start();
		const exclusiveFields = { task_id: 'a', image_url: 'https://example.com/a.png' };
		expect((await create('grok-imagine-image-2-0/segment-map', exclusiveFields)).data.code).toBe(422);
		const edit = { inputImage: 'https://example.com/a.png', prompt: 'x', safetyTolerance: 6 };
		const { data } = await completedRecord('/api/v1/flux/kontext/generate', edit, '/api/v1/flux/kontext/record-info');
		expect(data.data).toMatchObject({ successFlag: 3, errorCode: 500, response: null });
	});

	test('every rule and schema of the catalogue can be checked', async () => {
		await start({ rate: false, credits: 100_000 });
		for (const { model } of servedModels) {
			expect([200, 422]).toContain((await create(model.id, { prompt: 'A fox' })).data.code);
		}
	});

	test('lenient: unknown fields are accepted', async () => {
		await start({ strict: false });
		expect((await create('nano-banana-2', { prompt: 'x', size: '1:1' })).data.code).toBe(200);
	});

	test('a key that is missing or wrong, with HTTP 200', async () => {
		await start();
		const unauthorized = { code: 401, msg: 'You do not have access permissions', data: null };
		for (const key of ['', 'wrong']) {
			const answer = await client(key).get('/api/v1/chat/credit');
			expect([answer.status, answer.data]).toEqual([200, unauthorized]);
		}
		const apikey = await axios.get(`${simulator.url}/api/v1/chat/credit`, { headers: { apikey: simulator.apiKey } });
		expect(apikey.data).toEqual(unauthorized);
	});

	test('paths, methods, bodies', async () => {
		await start();
		expect((await api.get('/api/v1/account/balance')).status).toBe(404);
		expect((await api.get(createPath)).status).toBe(405);
		const json = { headers: { 'Content-Type': 'application/json' } };
		expect((await api.post(createPath, '{"model":', json)).status).toBe(400);
		expect((await api.post(createPath, '[]', json)).status).toBe(400);
		const form = await api.post(createPath, 'model=x', { headers: { 'Content-Type': 'text/plain' } });
		expect(form.data.code).toBe(401);
		expect((await api.get('/api/v1/jobs/recordInfo')).data.code).toBe(400);
	});

	test('no credits', async () => {
		await start({ credits: 4 });
		expect((await draw()).data.code).toBe(200);
		expect((await draw()).data.code).toBe(402);
	});
});

describe('rates', () => {
	const rateLimited = { code: 429, msg: 'Your call frequency is too high. Please try again later.', data: null };

	test('20 creates in 10 seconds, rejected ones not counted', async () => {
		await start();
		const codes = [];
		for (let index = 0; index < 22; index++) codes.push((await draw()).data.code);
		expect(codes).toEqual([...Array(20).fill(200), 429, 429]);
		expect((await draw()).data).toEqual(rateLimited);
		expect(simulator.tasks.size).toBe(20);
	});

	test('a sliding window for each key', async () => {
		await start({ rate: { limit: 1, seconds: 0.2 }, apiKeys: ['one', 'two'] });
		expect((await draw()).data.code).toBe(200);
		expect((await draw()).data.code).toBe(429);
		expect(
			(await client('two').post(createPath, { model: 'z-image', input: { prompt: 'x', aspect_ratio: '1:1' } })).data
				.code,
		).toBe(200);
		await wait(210);
		expect((await draw()).data.code).toBe(200);
	});

	test('reads per second: 10 per task, 4o Image 3, live catalogue 1', async () => {
		await start();
		const { taskId } = (await draw()).data.data;
		const reads = await Promise.all(Array.from({ length: 11 }, () => read(taskId)));
		expect(reads.filter(({ data }) => data.code === 429)).toHaveLength(1);
		const unknown = await Promise.all(Array.from({ length: 11 }, () => read('nope')));
		expect(unknown.filter(({ data }) => data.code === 429)).toHaveLength(1);
		const imageTaskId = (await api.post('/api/v1/gpt4o-image/generate', { prompt: 'x', size: '1:1' })).data.data.taskId;
		const ownReads = await Promise.all(
			Array.from({ length: 4 }, () => read(imageTaskId, '/api/v1/gpt4o-image/record-info')),
		);
		expect(ownReads.filter(({ data }) => data.code === 429)).toHaveLength(1);
		expect((await api.get('/api/v1/models')).data.code).toBe(200);
		expect((await api.get('/api/v1/models/z-image/price')).data).toEqual(rateLimited);
	});
});

describe('APIs with paths of their own', () => {
	test.each([
		['/api/v1/gpt4o-image/generate', { size: '1:1' }],
		['/api/v1/gpt4o-image/generate', { prompt: 'x', size: '16:9' }],
		['/api/v1/gpt4o-image/generate', { prompt: 'x', size: '1:1', maskUrl: 'https://example.com/m.png' }],
		['/api/v1/flux/kontext/generate', {}],
		['/api/v1/flux/kontext/generate', { prompt: 'x', safetyTolerance: 7 }],
		['/api/v1/mj/generate', { prompt: 'x' }],
		['/api/v1/mj/generate', { prompt: 'x', taskType: 'mj_img2img' }],
		['/api/v1/mj/generate', { prompt: 'x', taskType: 'mj_video', fileUrls: ['https://example.com/a.png'] }],
		['/api/v1/mj/generateUpscale', { taskId: 'nope', imageIndex: 0 }],
	])('%s rejects %j', async (path, body) => {
		await start();
		const { data } = await api.post(path, body);
		expect(data).toMatchObject({ code: 422, data: null });
	});

	test('4o Image', async () => {
		await start();
		const recordPath = '/api/v1/gpt4o-image/record-info';
		const { data } = await completedRecord(
			'/api/v1/gpt4o-image/generate',
			{ prompt: 'x', size: '1:1', nVariants: 2 },
			recordPath,
		);
		expect(data.data).toMatchObject({
			successFlag: 1,
			status: 'SUCCESS',
			progress: '1.00',
			errorCode: null,
			errorMessage: '',
		});
		const { taskId, response } = data.data;
		expect(response.resultUrls).toHaveLength(2);
		const link = await api.post('/api/v1/gpt4o-image/download-url', { taskId, url: response.resultUrls[0] });
		expect((await axios.get(link.data.data)).headers['content-type']).toBe('image/png');
		expect((await read('nope', recordPath)).data).toEqual({ code: 422, msg: 'The record does not exist', data: null });
	});

	test('Midjourney: four images, one of them upscaled', async () => {
		await start();
		const recordPath = '/api/v1/mj/record-info';
		const { data } = await completedRecord('/api/v1/mj/generate', { prompt: 'x', taskType: 'mj_txt2img' }, recordPath);
		expect(data.data).toMatchObject({ successFlag: 1, taskType: 'mj_txt2img', errorCode: null, errorMessage: null });
		expect(data.data.resultInfoJson.resultUrls).toHaveLength(4);
		const { taskId } = data.data;
		const large = await completedRecord('/api/v1/mj/generateUpscale', { taskId, imageIndex: 0 }, recordPath);
		expect(large.data.data.resultInfoJson.resultUrls).toHaveLength(1);
	});
});

describe('files', () => {
	test('results are real files, need no key, and record when one is sent', async () => {
		await start();
		const { resultUrls } = await finished('nano-banana-2', { prompt: 'x', output_format: 'jpg' });
		const answer = await axios.get(resultUrls[0] ?? '', { responseType: 'arraybuffer' });
		expect(answer.headers).toMatchObject({
			'content-type': 'image/jpeg',
			'content-length': String(answer.data.length),
		});
		expect(simulator.requests.some(({ keyLeaked }) => keyLeaked)).toBe(false);
		await api.get(resultUrls[0] ?? '');
		expect(simulator.requests.some(({ keyLeaked }) => keyLeaked)).toBe(true);
		expect((await api.get('/files/results/nope/0.png')).status).toBe(404);
	});

	test.each([
		['png', '89504e470d0a1a0a'],
		['jpg', 'ffd8ff'],
		['webp', '52494646'],
		['gif', '474946383961'],
		['mp3', 'fffb90'],
		['wav', '52494646'],
	])('%s has its signature', (extension, signature) => {
		expect(mediaFile(`a.${extension}`)?.bytes.toString('hex').startsWith(signature)).toBe(true);
	});

	test('mp4 has its signature', () => {
		expect(mediaFile('a.mp4')?.bytes.subarray(4, 8).toString()).toBe('ftyp');
	});

	test('large results are streamed', async () => {
		const size = 20 * 1024 * 1024 + 7;
		await start({ resultBytes: size });
		const { resultUrls } = await finished('z-image', { prompt: 'x', aspect_ratio: '1:1' });
		const url = resultUrls[0] ?? '';
		const { data, headers } = await axios.get(url, { responseType: 'stream' });
		const [receivedHash, expectedHash] = [createHash('sha256'), createHash('sha256')];
		for await (const chunk of data) receivedHash.update(chunk);
		for (const chunk of padded(mediaFile(new URL(url).pathname)?.bytes ?? Buffer.alloc(0), size))
			expectedHash.update(chunk);
		expect(headers['content-length']).toBe(String(size));
		expect(receivedHash.digest('hex')).toBe(expectedHash.digest('hex'));
	});

	test('download links exist for its own files only', async () => {
		await start();
		const { resultUrls } = await finished('nano-banana-2', { prompt: 'x' });
		const link = await api.post('/api/v1/common/download-url', { url: resultUrls[0] });
		expect((await axios.get(link.data.data, { responseType: 'arraybuffer' })).status).toBe(200);
		expect(link.data.data).not.toMatch(/\.png$/);
		const rejection = await api.post('/api/v1/common/download-url', { url: 'https://example.com/a.png' });
		expect(rejection.data).toEqual({ code: 422, msg: 'url is wrong', data: null });
	});
});

describe('uploads', () => {
	const bytes = Buffer.from('Hello World');
	const form = (fields: Record<string, string | Blob>): FormData => {
		const data = new FormData();
		for (const [name, value] of Object.entries(fields)) {
			if (typeof value === 'string') data.append(name, value);
			else data.append(name, value, 'grüße a.png');
		}
		return data;
	};
	const file = (): Blob => new Blob([bytes], { type: 'image/png' });

	test('a stream is hashed, kept while small, and can be the input of a model', async () => {
		await start();
		const { data } = await uploads.post(
			'/api/file-stream-upload',
			form({ file: file(), uploadPath: 'images/n8n', fileName: 'a b.png' }),
		);
		expect(data).toMatchObject({ success: true, code: 200, msg: 'File uploaded successfully' });
		expect(data.data).toMatchObject({ fileName: 'a b.png', fileSize: 11, mimeType: 'image/png' });
		const downloaded = await axios.get(data.data.downloadUrl, { responseType: 'arraybuffer' });
		expect([Buffer.from(downloaded.data).toString(), downloaded.headers['content-type']]).toEqual([
			'Hello World',
			'image/png',
		]);
		expect(simulator.uploads[0]?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
		expect(simulator.requests[0]?.body).toMatchObject({
			files: [{ field: 'file', fileName: 'grüße a.png', size: 11 }],
		});
		expect((await finished('recraft/crisp-upscale', { image: data.data.downloadUrl })).resultUrls).toHaveLength(1);
	});

	test('a file without a name gets a random one', async () => {
		await start();
		const { data } = await uploads.post('/api/file-stream-upload', form({ uploadPath: 'x', file: file() }));
		expect(data.data.fileName).toMatch(/^\d{13}-\w{11}\.png$/);
	});

	test('large streams are counted and not kept', async () => {
		await start();
		const large = new Blob([Buffer.alloc(6 * 1024 * 1024, 7)]);
		const { data } = await uploads.post('/api/file-stream-upload', form({ file: large, uploadPath: 'x' }));
		expect(data.data.fileSize).toBe(6 * 1024 * 1024);
		expect(simulator.uploads[0]).not.toHaveProperty('bytes');
		expect((await finished('recraft/crisp-upscale', { image: data.data.downloadUrl })).resultUrls).toHaveLength(1);
	});

	test('base64 and URL', async () => {
		await start();
		const target = { uploadPath: 'documents', fileName: 'test.txt' };
		const uploaded = await uploads.post('/api/file-base64-upload', { base64Data: bytes.toString('base64'), ...target });
		expect(uploaded.data.data).toMatchObject({ fileSize: 11, filePath: 'kieai/100001/documents/test.txt' });
		const base64Data = `data:image/png;base64,${bytes.toString('base64')}`;
		expect((await uploads.post('/api/file-base64-upload', { base64Data, uploadPath: 'x' })).data.data.mimeType).toBe(
			'image/png',
		);
		const copy = await uploads.post('/api/file-url-upload', {
			fileUrl: uploaded.data.data.downloadUrl,
			uploadPath: 'y',
		});
		expect(copy.data.data.fileSize).toBe(11);
	});

	test('rejections have their own shape, with HTTP 200', async () => {
		await start();
		const rejections: Array<[Promise<AxiosResponse>, number, string]> = [
			[uploads.post('/api/file-stream-upload', form({ file: file() })), 400, 'Missing required parameter: uploadPath'],
			[uploads.post('/api/file-stream-upload', form({ uploadPath: 'x' })), 400, 'Missing required parameter: file'],
			[uploads.post('/api/file-stream-upload', form({ file: file(), uploadPath: '/x/' })), 400, 'Invalid uploadPath'],
			[
				uploads.post('/api/file-base64-upload', { base64Data: '%%%', uploadPath: 'x' }),
				400,
				'Base64 decoding failed: Invalid Base64 format',
			],
			[
				client('wrong', simulator.uploadUrl).post('/api/file-stream-upload', form({ file: file(), uploadPath: 'x' })),
				401,
				'Authentication failed: Invalid API Key',
			],
		];
		for (const [request, code, msg] of rejections) {
			const answer = await request;
			expect([answer.status, answer.data]).toEqual([200, { success: false, code, msg }]);
		}
		expect((await uploads.get('/api/file-stream-upload')).status).toBe(405);
	});

	test('each host serves only its own paths', async () => {
		await start();
		const body = { base64Data: bytes.toString('base64'), uploadPath: 'x' };
		expect((await api.post('/api/file-base64-upload', body)).status).toBe(404);
		expect((await uploads.get('/api/v1/chat/credit')).status).toBe(404);
		expect(simulator.uploads).toHaveLength(0);
	});
});

describe('live catalogue', () => {
	test('list, filters, schema, price, success rate', async () => {
		await start({ readRates: false });
		const { data } = await api.get('/api/v1/models');
		expect(data.data.total).toBe(data.data.models.length);
		expect(data.data.models.map(({ model }: { model: string }) => model)).toContain('tomorrow/image-1');
		const chat = await api.get('/api/v1/models', { params: { taskType: 'Chat,Text to Music' } });
		const chatTypes = chat.data.data.models.map(({ taskType }: { taskType: string[] }) => taskType.join());
		expect(new Set(chatTypes)).toEqual(new Set(['Chat']));
		expect((await api.get('/api/v1/models', { params: { q: 'crisp', provider: 'recraft' } })).data.data.total).toBe(1);

		const { openapi } = (await api.get('/api/v1/models/tomorrow/image-1/schema')).data.data;
		const { schema } = openapi.paths[createPath].post.requestBody.content['application/json'];
		const name = decodeURIComponent(schema.$ref.replace('#/components/schemas/', ''));
		expect(schema.$ref).toContain('%20');
		expect(openapi.components.schemas[name].properties.model.enum).toEqual(['tomorrow/image-1']);
		expect((await api.get('/api/v1/models/tomorrow/no-page/schema')).data.data.openapi).toBeNull();
		expect((await api.get('/api/v1/models/z-image/price')).data.data.model).toBe('z-image');
		expect((await api.get('/api/v1/models/z-image/success-rate')).data.data.points).toHaveLength(144);
		expect((await api.get('/api/v1/models/nope/schema')).data).toMatchObject({ code: 404, data: null });
		expect((await api.get('/api/v1/models/tomorrow%2Fimage-1/schema')).status).toBe(404);
	});

	test('chat models have a schema and a price; the list is not complete', async () => {
		await start({ readRates: false });
		const { openapi } = (await api.get('/api/v1/models/gpt-5-5/schema')).data.data;
		expect(Object.keys(openapi.paths)).toEqual(['/codex/v1/responses']);
		expect((await api.get('/api/v1/models/gpt-5-5/price')).data.data).toEqual({ model: 'gpt-5-5', pricingDesc: null });
		const { models } = (await api.get('/api/v1/models')).data.data;
		const listed: string[] = models.map(({ model }: { model: string }) => model);
		const chat: string[] = facts('platform/models-list.json').result['chatOn2026-10-01'];
		for (const id of chat) {
			expect((await api.get(`/api/v1/models/${id}/schema`)).data.data.openapi).toMatchObject({ openapi: '3.1.0' });
		}
		expect(listed).toEqual(expect.arrayContaining(chat));
		expect(listed).not.toContain('elevenlabs/speech-to-text');
	});
});

describe('faults', () => {
	test.each<[Fault, number]>([
		[{ on: 'create', kind: 'drop-before' }, 0],
		[{ on: 'create', kind: 'drop-after' }, 1],
	])('%j: the connection is closed', async (fault, isAccepted) => {
		await start();
		simulator.inject(fault);
		expect(await rejectionOf(draw())).toMatch(/socket hang up|ECONNRESET/);
		expect([simulator.creates().length, simulator.tasks.size]).toEqual([1, isAccepted]);
		expect((await draw()).data.code).toBe(200);
	});

	test.each<[Fault, number, unknown, number]>([
		[{ on: 'create', kind: 'status', status: 503 }, 503, expect.objectContaining({ code: 503 }), 0],
		[{ on: 'create', kind: 'status', status: 500, accepted: true }, 500, expect.objectContaining({ code: 500 }), 1],
		[{ on: 'create', kind: 'code', code: 429 }, 200, expect.objectContaining({ code: 429, data: null }), 0],
		[
			{ on: 'create', kind: 'code', code: 455 },
			200,
			expect.objectContaining({ msg: expect.stringContaining('maintained') }),
			0,
		],
		[{ on: 'create', kind: 'html', status: 502 }, 502, expect.stringContaining('<html>'), 0],
		[{ on: 'create', kind: 'html' }, 200, expect.stringContaining('<html>'), 0],
		[{ on: 'create', kind: 'cut-json' }, 200, expect.stringMatching(/^\{"code":200.*[^}]$/), 1],
		[{ on: 'create', kind: 'empty' }, 200, '', 1],
		[{ on: 'create', kind: 'null' }, 200, null, 1],
		[{ on: 'create', kind: 'data-null' }, 200, { code: 200, msg: 'success', data: null }, 1],
		[{ on: 'create', kind: 'no-task-id' }, 200, { code: 200, msg: 'success', data: {} }, 1],
	])('%j', async (fault, status, body, isAccepted) => {
		await start();
		simulator.inject(fault);
		const answer = await draw();
		expect([answer.status, answer.data]).toEqual([status, body]);
		expect(simulator.tasks.size).toBe(isAccepted);
	});

	test('reads: not known yet, unknown state, slow, wrong content type', async () => {
		await start({ taskSeconds: 0 });
		const { taskId } = (await draw()).data.data;
		await wait(20);
		simulator.inject(
			{ on: 'read', kind: 'record-null', times: 2 },
			{ on: 'read', kind: 'state', state: 'pondering' },
			{ on: 'read', kind: 'content-type', value: 'text/plain' },
			{ on: 'read', kind: 'slow', ms: 80, skip: 4 },
		);
		expect((await read(taskId)).data.msg).toBe('recordInfo is null');
		expect((await read(taskId)).data.code).toBe(422);
		expect((await read(taskId)).data.data.state).toBe('pondering');
		expect((await read(taskId)).headers['content-type']).toBe('text/plain');
	});

	test('slow responses', async () => {
		await start();
		simulator.inject({ on: 'credit', kind: 'slow', ms: 80 });
		const before = Date.now();
		await api.get('/api/v1/chat/credit');
		expect(Date.now() - before).toBeGreaterThanOrEqual(75);
	});

	test.each<[Fault, object]>([
		[
			{ on: 'create', kind: 'fail', failCode: '501', failMsg: 'no' },
			{ state: 'fail', failCode: '501', failMsg: 'no', resultJson: null },
		],
		[
			{ on: 'create', kind: 'no-result' },
			{ state: 'success', resultJson: '' },
		],
		[
			{ on: 'create', kind: 'no-result', form: 'empty-object' },
			{ state: 'success', resultJson: '{}' },
		],
		[
			{ on: 'create', kind: 'no-result', form: 'empty-urls' },
			{ state: 'success', resultJson: '{"resultUrls":[]}' },
		],
		[
			{ on: 'create', kind: 'bad-result' },
			{ state: 'success', resultJson: '{"resultUrls":["https://' },
		],
		[
			{ on: 'create', kind: 'never' },
			{ state: 'waiting', resultJson: '' },
		],
	])('%j', async (fault, record) => {
		await start();
		simulator.inject(fault);
		const { data } = await completedRecord(createPath, { model: 'nano-banana-2', input: { prompt: 'x' } });
		expect(data.data).toMatchObject(record);
	});

	test('only for one model, always, until cleared', async () => {
		await start();
		simulator.inject({ on: 'create', kind: 'code', code: 505, model: 'nano-banana-2', times: 'always' });
		for (let round = 0; round < 3; round++) expect((await draw()).data.code).toBe(505);
		expect((await create('z-image', { prompt: 'x', aspect_ratio: '1:1' })).data.code).toBe(200);
		simulator.clearFaults();
		expect((await draw()).data.code).toBe(200);
	});

	test('downloads', async () => {
		await start({ resultBytes: 300_000 });
		const { resultUrls } = await finished('nano-banana-2', { prompt: 'x' });
		const get = (): Promise<AxiosResponse> =>
			axios.get(resultUrls[0] ?? '', { responseType: 'arraybuffer', validateStatus: () => true });
		simulator.inject(
			{ on: 'download', kind: 'cut' },
			{ on: 'download', kind: 'status', status: 403 },
			{ on: 'download', kind: 'content-type', value: 'application/octet-stream' },
			{ on: 'download', kind: 'content-type', value: null },
		);
		expect(await rejectionOf(get())).toMatch(/aborted|ECONNRESET/);
		expect((await get()).status).toBe(403);
		expect((await get()).headers['content-type']).toBe('application/octet-stream');
		expect((await get()).headers).not.toHaveProperty('content-type');
		expect((await get()).data).toHaveLength(300_000);
	});

	test('uploads', async () => {
		await start();
		const upload = (): Promise<AxiosResponse> => {
			const form = new FormData();
			form.append('file', new Blob([Buffer.alloc(2_000_000)]), 'a.png');
			form.append('uploadPath', 'x');
			return uploads.post('/api/file-stream-upload', form);
		};
		simulator.inject({ on: 'upload', kind: 'cut' }, { on: 'upload', kind: 'code', code: 500 });
		expect(await rejectionOf(upload())).toMatch(/ECONNRESET|EPIPE|socket hang up/);
		expect((await upload()).data).toMatchObject({ success: false, code: 500 });
		expect(simulator.uploads).toHaveLength(0);
		expect((await upload()).data.success).toBe(true);
	});
});

describe('callbacks', () => {
	test('market: signed, in the form of the record', async () => {
		await start({ hmacKey: 'key' });
		const { url, received } = await receiver([]);
		const { taskId } = (await create('nano-banana-2', { prompt: 'x' }, { callBackUrl: url })).data.data;
		await wait(200);
		expect(received).toHaveLength(1);
		const [{ headers, body } = received[0]!] = received;
		expect(body).toMatchObject({
			code: 200,
			msg: 'Playground task completed successfully.',
			data: { taskId, state: 'success' },
		});
		expect(headers['x-webhook-signature']).toBe(sign('key', taskId, String(headers['x-webhook-timestamp'])));
		expect(simulator.tasks.get(taskId)?.deliveries).toMatchObject([{ status: 200 }]);
	});

	test('repeated at most three times', async () => {
		await start({ callbackDelays: [10, 10, 10] });
		const { url, received } = await receiver([500, 404, 500, 500, 500]);
		simulator.inject({ on: 'create', kind: 'fail' });
		await create('nano-banana-2', { prompt: 'x' }, { callBackUrl: url });
		await wait(400);
		expect(received).toHaveLength(4);
		expect(received[0]?.body).toMatchObject({
			code: 501,
			msg: 'Playground task failed.',
			data: { state: 'fail', resultJson: null },
		});
		expect(received[0]?.headers).not.toHaveProperty('x-webhook-signature');
	});

	test('the other APIs have their own shapes', async () => {
		await start();
		const { url, received } = await receiver([]);
		const callBackUrl = url;
		await api.post('/api/v1/gpt4o-image/generate', { prompt: 'x', size: '1:1', callBackUrl });
		await api.post('/api/v1/flux/kontext/generate', { prompt: 'x', callBackUrl });
		await api.post('/api/v1/mj/generate', { prompt: 'x', taskType: 'mj_txt2img', callBackUrl });
		await wait(250);
		expect(received.map(({ body }) => body.data)).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ info: { result_urls: [expect.any(String)] } }),
				expect.objectContaining({ info: { originImageUrl: expect.any(String), resultImageUrl: expect.any(String) } }),
				expect.objectContaining({ promptJson: expect.any(String), resultUrls: expect.any(Array) }),
			]),
		);
	});
});

describe('control from another process', () => {
	test('faults, state, credits, reset', async () => {
		await start();
		const controlUrl = `${simulator.url}/_simulator`;
		expect((await axios.post(`${controlUrl}/faults`, { on: 'create', kind: 'code', code: 433 })).data).toEqual({
			injected: 1,
		});
		expect((await draw()).data.code).toBe(433);
		await axios.post(`${controlUrl}/credits`, { credits: 0 });
		expect((await draw()).data.code).toBe(402);
		const { data: state } = await axios.get(`${controlUrl}/state`);
		expect([state.requests.length, state.tasks, state.credits]).toEqual([2, [], 0]);
		await axios.post(`${controlUrl}/reset`);
		expect([simulator.requests, simulator.credits()]).toEqual([[], 1000]);
	});
});

describe('compared with the facts', () => {
	test('responses match the schemas of the market', async () => {
		await start();
		const { result } = facts('platform/market-task.json');
		const isCreated = ajv.compile(result.createTask.schema);
		const isRecord = ajv.compile(result.recordInfo.schema);
		const created = await draw();
		expect(isCreated(created.data)).toBe(true);
		const { taskId } = created.data.data;
		expect(isRecord((await read(taskId)).data)).toBe(true);
		await wait(100);
		const { data } = await read(taskId);
		expect(isRecord(data)).toBe(true);
		expect(ajv.validate(result.resultJson.schema, JSON.parse(data.data.resultJson))).toBe(true);
		expect((await read('nope')).data).toEqual(result.recordInfo.sampleUnknownTask);
		expect((await create('nano-banana-2', {})).data).toEqual(result.createTask.sampleError);
	});

	test('every image, video and speech model of the market is served', () => {
		const served = servedModels.map(({ model }) => model.id);
		const ids = factFiles('market')
			.map((file) => facts(file))
			.filter(({ group }) => ['image', 'video', 'audio'].includes(group))
			.flatMap(({ id, variants }) => [id, ...variants]);
		expect(ids.filter((id) => !served.includes(id))).toEqual([]);
	});

	test.each([
		['4o-image-api', '/api/v1/gpt4o-image', { prompt: 'x', size: '1:1' }],
		['flux-kontext-api', '/api/v1/flux/kontext', { prompt: 'x' }],
		['mj-api', '/api/v1/mj', { prompt: 'x', taskType: 'mj_txt2img' }],
	])('records of %s have the keys and types of the sample', async (name, path, body) => {
		await start();
		const { result } = facts(`dedicated/${name}--record-info.json`);
		const { data } = await completedRecord(`${path}/generate`, body, `${path}/record-info`);
		expect(shape(data)).toEqual(shape(result));
	});

	test.each(['4o-image-api', 'flux-kontext-api', 'mj-api'])(
		'bodies that the schema of %s rejects are rejected',
		async (name) => {
			await start({ rate: false });
			const { request, input } = facts(`dedicated/${name}--generate.json`);
			const validBody = {
				prompt: 'x',
				...(name === '4o-image-api' && { size: '1:1' }),
				...(name === 'mj-api' && { taskType: 'mj_txt2img' }),
			};
			const isBody = ajv.compile(input);
			for (const field of [...Object.keys(input.properties), 'unheardOf']) {
				for (const value of ['', 'x', '5', 5, -1, 1.5, true, [], ['x'], {}, 'https://example.com/a.png']) {
					const body = { ...validBody, [field]: value };
					const { data } = await api.post(request.path, body);
					if (!isBody(body)) expect([field, value, data.code]).toEqual([field, value, 422]);
				}
			}
			expect((await api.post(request.path, validBody)).data.code).toBe(200);
		},
	);

	test('the signature of the vector', () => {
		const { ownVector } = facts('platform/webhook-signature.json').result;
		expect(sign(ownVector.webhookHmacKey, ownVector.taskId, ownVector.timestamp)).toBe(ownVector.signature);
	});

	test('uploads match their schema', async () => {
		await start();
		const { result } = facts('platform/file-base64-upload.json');
		const { data } = await uploads.post('/api/file-base64-upload', {
			base64Data: 'SGVsbG8=',
			uploadPath: 'x',
			fileName: 'a.txt',
		});
		expect(ajv.validate(result.schema, data)).toBe(true);
	});
});

describeRecorded('compared with recorded exchanges', () => {
	interface Exchange {
		recording: string;
		method: string;
		path: string;
		request: { model?: string; input?: object } | null;
		response: { code: number; data: Record<string, unknown> };
	}
	const exchanges: Exchange[] = recordedExchanges();
	const served = servedModels.map(({ model }) => model.id);
	const creates = exchanges.filter(({ path, request }) => path === createPath && served.includes(request?.model ?? ''));

	test.each(creates.map((exchange) => [exchange.request?.model ?? '', exchange] as const))(
		'%s',
		async (_, { recording, request, response }) => {
			// Lenient: a recorded body may have a field that the current page does not have.
			await start({ strict: false });
			const created = await api.post(createPath, request);
			expect(shape(created.data)).toEqual(shape(response));
			const records = exchanges.filter(
				(exchange) => exchange.recording === recording && exchange.path.includes('recordInfo'),
			);
			for (const record of records) {
				if (record.response.data.state === 'success') await wait(100);
				const { data } = await read(created.data.data.taskId);
				const { creditsConsumed, ...otherFields } = data.data;
				expect(shape(otherFields)).toEqual(shape(record.response.data));
				expect(creditsConsumed === undefined).toBe(record.response.data.state !== 'success');
			}
		},
	);

	test.each(
		exchanges
			.filter(({ path }) => /file-base64-upload|chat\/credit|download-url/.test(path))
			.map((exchange) => [exchange.path, exchange] as const),
	)('%s', async (_, { method, path, request, response }) => {
		await start();
		const host = path.includes('upload') ? uploads : api;
		const { data } = await host.request({ method, url: path, data: request ?? undefined });
		expect(shape(data)).toEqual(shape(response));
	});
});
