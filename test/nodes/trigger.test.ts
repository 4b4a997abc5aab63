import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

import axios from 'axios';
import { WebhookContext } from 'n8n-core';

import { sleepFor } from '../../nodes/shared/api/sleep';
import type { Simulator, SimulatorOptions } from '../simulator';
import { sign, startSimulator } from '../simulator';
import { readBinary } from './engine';
import type { Host, HostOptions } from './trigger-host';
import { startHost } from './trigger-host';
import { create, allDelivered, imagesOf } from './trigger-tasks';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

const KEY = 'example-webhook-key';
const open: Array<{ close: () => Promise<void> }> = [];
afterEach(async () => {
	for (const closable of open.splice(0)) await closable.close();
});

interface TriggerSetup {
	kie: Simulator;
	host: Host;
}

async function start(
	{ credentials, ...options }: HostOptions = {},
	simulated: SimulatorOptions = {},
): Promise<TriggerSetup> {
	const kie = await startSimulator({ taskSeconds: 0.05, rate: false, readRates: false, ...simulated });
	const host = await startHost(kie, { credentials, ...options });
	open.push(host, kie);
	return { kie, host };
}

/** Sends a body without a signature. */
async function post(host: Host, body: unknown, headers: Record<string, string> = {}) {
	// As bytes, because axios would convert text to JSON.
	const data = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
	return await axios.post(host.url, data, {
		headers: { 'content-type': 'application/json', ...headers },
		validateStatus: () => true,
		maxBodyLength: Infinity,
	});
}

function signed(taskId: string, { key = KEY, ageSeconds = 0 } = {}): Record<string, string> {
	const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
	return { 'x-webhook-timestamp': timestamp, 'x-webhook-signature': sign(key, taskId, timestamp) };
}

/** What Kie posts for an image. */
const claim = (taskId: string, fields: object = {}) => ({
	code: 200,
	msg: 'success',
	data: {
		taskId,
		model: 'z-image',
		state: 'success',
		resultJson: '{"resultUrls":["https://evil.example/forged.png"]}',
		...fields,
	},
});
/** An ID in Kie's format without a task. */
const forgedId = () => randomUUID().replaceAll('-', '');
const failureBody = (taskId: string) => ({ code: 500, msg: 'No', data: { taskId } });
const failureClaim = (taskId: string) => ({ code: 501, msg: 'No', data: { taskId, state: 'fail', failMsg: 'No' } });

/** A completed image without a callback. */
async function image(kie: Simulator): Promise<string> {
	const taskId = await create(kie, imagesOf('A fox'));
	await allDelivered(kie);
	return taskId;
}

describe('the output', () => {
	it('has the fields of the other nodes, and the event', async () => {
		const { kie, host } = await start();
		const taskId = await image(kie);
		const { status, data } = await post(host, claim(taskId));
		expect([status, data]).toEqual([200, '']);
		expect(Object.keys(host.started[0]?.json ?? {}).slice(0, 3)).toEqual(['url', 'urls', 'event']);
		expect(host.started).toEqual([
			{
				json: {
					event: 'success',
					taskId,
					api: 'market',
					model: 'z-image',
					state: 'success',
					url: kie.tasks.get(taskId)?.urls[0],
					urls: kie.tasks.get(taskId)?.urls,
					creditsConsumed: 4,
					durationMs: expect.any(Number),
					createdAt: expect.stringMatching(/Z$/),
					completedAt: expect.stringMatching(/Z$/),
				},
			},
		]);
	});

	it('contains the request body if set', async () => {
		const { kie, host } = await start({ parameters: { options: { includeRawBody: true } } });
		const taskId = await image(kie);
		await post(host, claim(taskId));
		expect(host.started[0]?.json).toMatchObject({ urls: kie.tasks.get(taskId)?.urls, body: claim(taskId) });
	});

	it('keeps the event, whatever the fields of the result are called', async () => {
		const { host } = await start({ parameters: { confirm: false } });
		await post(host, claim('a', { resultJson: '{"event":"failure","error":"x","resultObject":{"stage":"y"}}' }));
		expect(host.started[0]?.json).toMatchObject({ event: 'success', error: 'x' });
	});
});

it('masks the API key in a body that is not confirmed', async () => {
	const { kie, host } = await start({ parameters: { confirm: false, options: { includeRawBody: true } } });
	await post(host, claim('a', { state: 'fail', failMsg: `The key ${kie.apiKey} has no access` }));
	expect(host.started[0]?.json).toMatchObject({ failure: { reason: 'The key … has no access' } });
	expect(JSON.stringify(host.started)).not.toContain(kie.apiKey);
});

describe('with a webhook key', () => {
	const credentials = { webhookSecret: ` ${KEY}\n` };

	it.each([
		['unsigned', () => ({}), 'The signature is missing'],
		['signed with another key', (id: string) => signed(id, { key: 'another' }), 'The signature is invalid'],
		['signed for another task', () => signed('another'), 'The signature is invalid'],
		['signed 10 minutes ago', (id: string) => signed(id, { ageSeconds: 600 }), 'The signature has expired'],
	])('a callback that is %s gets 401, starts nothing and causes no read', async (_name, headers, message) => {
		const { kie, host } = await start({ credentials });
		const taskId = await image(kie);
		const { status, data } = await post(host, claim(taskId), headers(taskId));
		expect([status, data]).toEqual([401, { message }]);
		expect([host.started.length, kie.reads(taskId).length]).toEqual([0, 0]);
	});

	it('a rejected callback is accepted once its signature is valid', async () => {
		const { kie, host } = await start({ credentials });
		const taskId = await image(kie);
		await post(host, claim(taskId));
		expect((await post(host, claim(taskId), signed(taskId))).status).toBe(200);
		expect(host.started).toHaveLength(1);
	});

	it('the maximum age of a signature is configurable', async () => {
		const { kie, host } = await start({ credentials, parameters: { options: { signatureAge: 700 } } });
		const taskId = await image(kie);
		expect((await post(host, claim(taskId), signed(taskId, { ageSeconds: 600 }))).status).toBe(200);
	});

	it('a recorded request that is sent again is dropped', async () => {
		const { kie, host } = await start({ credentials });
		const taskId = await image(kie);
		const headers = signed(taskId);
		await post(host, claim(taskId), headers);
		const { status, data } = await post(host, claim(taskId), headers);
		expect([status, data]).toEqual([200, { code: 200, msg: 'success', note: 'repeated' }]);
		expect(host.started).toHaveLength(1);
	});
});

describe('confirmed with Kie', () => {
	it('nothing of a forged body is returned', async () => {
		const { kie, host } = await start();
		const taskId = await image(kie);
		await post(host, failureClaim(taskId));
		expect(host.started[0]?.json).toMatchObject({ event: 'success', urls: kie.tasks.get(taskId)?.urls });
		expect(JSON.stringify(host.started)).not.toContain('evil');
		// A forged callback neither blocks nor duplicates the real one.
		await post(host, claim(taskId));
		expect(host.started).toHaveLength(1);
	});

	it('an unknown task gets 404', async () => {
		const { kie, host } = await start();
		const { status, data } = await post(host, claim('0123456789abcdef'));
		expect([status, data]).toEqual([404, { message: 'Kie.ai has no record of this task' }]);
		expect(host.started).toEqual([]);
		expect(kie.reads()).toHaveLength(2);
	});

	it('a body without an API is compared with other APIs each time it is delivered', async () => {
		const { kie, host } = await start();
		const taskId = await create(kie, {
			path: '/modify/generate',
			body: { prompt: 'x', videoUrl: 'https://a.example/v' },
		});
		await allDelivered(kie);
		const body = failureBody(taskId);
		expect([(await post(host, body)).status, kie.reads(taskId).length]).toEqual([404, 2]);
		expect([(await post(host, body)).status, kie.reads(taskId).length]).toEqual([200, 4]);
		expect(host.started[0]?.json).toMatchObject({ event: 'success', api: 'luma' });
	});

	const forged = { record: claim, failure: failureBody, vague: (id: string) => ({ data: { task_id: id, result: 1 } }) };

	it.each(Object.entries(forged))('a forged body (%s) causes at most two reads', async (_name, body) => {
		const { kie, host } = await start();
		expect((await post(host, body(forgedId()))).status).toBe(404);
		expect(kie.reads().length).toBeLessThanOrEqual(2);
	});

	it('a forged body causes no more reads when it is sent again', async () => {
		const { kie, host } = await start();
		const body = claim(forgedId());
		const statuses: number[] = [];
		for (let count = 0; count < 5; count++) statuses.push((await post(host, body)).status);
		expect([statuses, kie.reads().length]).toEqual([Array(5).fill(404), 2]);
	});

	it('forged bodies cause a few reads in total, and a real callback is requested again', async () => {
		const { kie, host } = await start();
		const taskId = await image(kie);
		const bodies = Array.from({ length: 40 }, () => Object.values(forged).map((body) => body(forgedId()))).flat();
		await Promise.all(bodies.map(async (body) => await post(host, body)));
		expect(kie.reads().length).toBeLessThanOrEqual(80);
		const { status, data } = await post(host, claim(taskId));
		expect([status, data.message]).toEqual([503, expect.stringContaining('Send the callback again')]);
		await sleepFor(10_000);
		expect((await post(host, claim(taskId))).status).toBe(200);
		expect(host.started).toHaveLength(1);
	});

	it('a late record is waited for', async () => {
		const { kie, host } = await start();
		const taskId = await image(kie);
		kie.inject({ on: 'read', kind: 'state', state: 'waiting', times: 3 });
		expect((await post(host, claim(taskId))).status).toBe(200);
		expect(host.started[0]?.json).toMatchObject({ state: 'success', urls: [expect.any(String)] });
	});

	it('a record that does not exist yet is waited for', async () => {
		const { kie, host } = await start();
		const taskId = await image(kie);
		kie.inject({ on: 'read', kind: 'record-null' });
		expect((await post(host, claim(taskId))).status).toBe(200);
		expect(host.started).toHaveLength(1);
	});

	it('a record that stays behind its callback gets 503 in time, so that nothing is lost', async () => {
		const { kie, host } = await start();
		const taskId = await image(kie);
		kie.inject({ on: 'read', kind: 'state', state: 'waiting', times: 'always' });
		const before = Date.now();
		const { status, data } = await post(host, claim(taskId));
		expect(Date.now() - before).toBeLessThan(12_000);
		expect([status, data.message]).toEqual([503, expect.stringContaining('does not confirm this yet')]);
		kie.clearFaults();
		expect((await post(host, claim(taskId))).status).toBe(200);
		expect(host.started).toHaveLength(1);
	});

	it('a result that arrives after its record reports success is waited for', async () => {
		const { kie, host } = await start();
		kie.inject({ on: 'create', kind: 'no-result', lateMs: 50 });
		const taskId = await image(kie);
		expect((await post(host, claim(taskId))).status).toBe(200);
		expect(host.started.map(({ json }) => json)).toMatchObject([
			{ event: 'success', state: 'success', urls: [expect.any(String)] },
		]);
	});

	it('a success without a result gets 503, so that Kie repeats the callback', async () => {
		const { kie, host } = await start();
		kie.inject({ on: 'create', kind: 'no-result' });
		const taskId = await image(kie);
		expect((await post(host, claim(taskId))).status).toBe(503);
		expect(host.started).toEqual([]);
	});

	it.each([
		['Kie breaks the connection', { on: 'read', kind: 'drop-before' } as const],
		['Kie is too busy', { on: 'read', kind: 'status', status: 500 } as const],
		['Kie wants fewer requests', { on: 'read', kind: 'code', code: 429 } as const],
	])('%s is retried', async (_name, fault) => {
		const { kie, host } = await start();
		const taskId = await image(kie);
		kie.inject(fault);
		expect((await post(host, claim(taskId))).status).toBe(200);
		expect(host.started).toHaveLength(1);
	});

	it('an unreachable API gets 503 in time, so that Kie repeats the callback', async () => {
		const { kie, host } = await start();
		const taskId = await image(kie);
		kie.inject({ on: 'read', kind: 'slow', ms: 11_000, times: 'always' });
		const before = Date.now();
		expect((await post(host, claim(taskId))).status).toBe(503);
		expect(Date.now() - before).toBeLessThan(12_000);
		expect(host.started).toEqual([]);
	});

	it('a rejected API key gets 503 immediately, without the key', async () => {
		const { kie, host } = await start({ credentials: { apiKey: 'wrong-key' } });
		const taskId = await image(kie);
		const { status, data } = await post(host, claim(taskId));
		expect(status).toBe(503);
		expect(JSON.stringify(data)).not.toContain('wrong-key');
		expect(kie.reads()).toHaveLength(1);
	});

	it('progress that the song has not reached is not confirmed', async () => {
		const { kie, host } = await start({ parameters: { events: ['progress'] } }, { taskSeconds: 100 });
		const body = { prompt: 'A song', customMode: false, instrumental: false, model: 'V6' };
		const taskId = await create(kie, { path: '/generate', body });
		const text = { code: 200, msg: 'success', data: { callbackType: 'text', task_id: taskId, data: [] } };
		expect((await post(host, text)).status).toBe(503);
		expect(host.started).toEqual([]);
	});
});

describe('without confirmation', () => {
	it('the body is trusted, and nothing is read', async () => {
		const { kie, host } = await start({ parameters: { confirm: false } });
		expect((await post(host, claim('abc'))).status).toBe(200);
		expect(host.started[0]?.json).toMatchObject({ event: 'success', urls: ['https://evil.example/forged.png'] });
		expect(kie.reads()).toEqual([]);
	});
});

describe('repeated deliveries', () => {
	it('start nothing, one after the other', async () => {
		const { kie, host } = await start();
		const taskId = await image(kie);
		for (let count = 0; count < 3; count++) expect((await post(host, claim(taskId))).status).toBe(200);
		expect(host.started).toHaveLength(1);
		expect(kie.reads(taskId)).toHaveLength(1);
	});

	it('start nothing, all at the same time', async () => {
		const { kie, host } = await start();
		const taskId = await image(kie);
		const answers = await Promise.all(Array.from({ length: 20 }, async () => await post(host, claim(taskId))));
		expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
		expect(host.started).toHaveLength(1);
		expect(kie.reads(taskId)).toHaveLength(1);
	});

	it('start nothing after a restart of n8n, one by one and in a burst', async () => {
		const { kie, host } = await start();
		const ids = await Promise.all(Array.from({ length: 6 }, async () => await image(kie)));
		for (const id of ids.slice(0, 3)) await post(host, claim(id));
		await Promise.all(ids.slice(3).map(async (id) => await post(host, claim(id))));
		host.restart();
		for (const id of ids) expect((await post(host, claim(id))).data).toMatchObject({ note: 'repeated' });
		expect(host.started).toHaveLength(6);
	});

	it('whose files are downloaded start nothing after a restart either', async () => {
		const { kie, host } = await start({ parameters: { downloadFiles: true } });
		const ids = await Promise.all(Array.from({ length: 3 }, async () => await image(kie)));
		for (const id of ids) await post(host, claim(id));
		while (host.started.length < 3) await wait(20);
		host.restart();
		for (const id of ids) expect((await post(host, claim(id))).data).toMatchObject({ note: 'repeated' });
	});

	it('start the workflow if n8n could not at first', async () => {
		const { kie, host } = await start();
		const taskId = await image(kie);
		host.failStarts = 1;
		expect((await post(host, claim(taskId))).status).toBe(500);
		expect((await post(host, claim(taskId))).status).toBe(200);
		expect(host.started).toHaveLength(1);
	});

	it('start the workflow if n8n could not at first, although the data of another one was saved meanwhile', async () => {
		const { kie, host } = await start({ parameters: { confirm: false } });
		const [first, second] = [await image(kie), await image(kie)];
		host.startMs = 300;
		const started = post(host, claim(first));
		await wait(150);
		const failed = post(host, claim(second));
		expect((await started).status).toBe(200);
		host.failStarts = 1;
		expect((await failed).status).toBe(500);
		expect((await post(host, claim(second))).status).toBe(200);
		expect(host.started.map(({ json }) => json.taskId)).toEqual([first, second]);
	});

	it('of a test are all accepted', async () => {
		const { kie, host } = await start({ isTest: true });
		const taskId = await image(kie);
		for (let count = 0; count < 2; count++) await post(host, claim(taskId));
		expect(host.started).toHaveLength(2);
	});

	it('none of 100 callbacks in a burst is lost or duplicated, also after a restart', async () => {
		const { host } = await start({ parameters: { confirm: false } });
		const ids = Array.from({ length: 100 }, (_, index) => `task-${index}`);
		const statuses = await Promise.all([...ids, ...ids].map(async (id) => (await post(host, claim(id))).status));
		expect(new Set(statuses)).toEqual(new Set([200]));
		const taskIds = host.started.map(({ json }) => json.taskId);
		expect(taskIds.sort()).toEqual([...ids].sort());
		host.restart();
		await Promise.all(ids.map(async (id) => await post(host, claim(id))));
		expect(host.started).toHaveLength(100);
	});
});

it('reads the credential once for a burst, because n8n creates a sandbox each time', async () => {
	const reads = jest.spyOn(WebhookContext.prototype, 'getCredentials');
	const { kie, host } = await start();
	const ids = await Promise.all(Array.from({ length: 20 }, async () => await image(kie)));
	await Promise.all(ids.map(async (id) => await post(host, claim(id))));
	expect(host.started).toHaveLength(20);
	expect(reads).toHaveBeenCalledTimes(1);
	reads.mockRestore();
});

describe('an event that is not selected', () => {
	const song = { prompt: 'A song', customMode: false, instrumental: false, model: 'V6' };

	it('progress gets 200 without a read', async () => {
		const { kie, host } = await start();
		const taskId = await create(kie, { path: '/generate', body: song }, host.url);
		await allDelivered(kie);
		const { deliveries = [] } = kie.tasks.get(taskId) ?? {};
		while (deliveries.length < 3 || deliveries.some(({ status }) => status === undefined)) await wait(10);
		expect(deliveries.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(host.started.map(({ json }) => json.event)).toEqual(['success']);
		expect(kie.reads(taskId)).toHaveLength(1);
	});

	it.each([
		[{ events: ['failure'] }, 0],
		[{ events: ['success'] }, 1],
		[{ filters: { apis: ['veo', 'market'] } }, 1],
		[{ filters: { apis: ['veo'] } }, 0],
		[{ filters: { apis: [] } }, 1],
		[{ filters: { models: 'kling-3.0, z-image' } }, 1],
		[{ filters: { models: 'z-*' } }, 1],
		[{ filters: { models: 'z' } }, 0],
		[{ filters: { models: ' ' } }, 1],
		[{ filters: { models: 'kling-*' } }, 0],
	])('%j: an image starts %i', async (parameters, count) => {
		const { kie, host } = await start({ parameters });
		const { status, data } = await post(host, claim(await image(kie)));
		expect(status).toBe(200);
		expect(data.note).toBe(count === 0 ? 'filtered' : undefined);
		expect(host.started).toHaveLength(count);
	});
});

describe('invalid bodies', () => {
	const deep = (levels: number) => `{"data":{"taskId":"a","x":${'['.repeat(levels)}${']'.repeat(levels)}}}`;
	const inText = (levels: number) =>
		JSON.stringify(claim('a', { resultJson: `{"x":${'['.repeat(levels)}${']'.repeat(levels)}}` }));
	const json = 'application/json';

	it.each([
		['nothing', '', json, 400, 'The body is empty'],
		['no JSON', '{"data":', json, 422, 'parse'],
		['a text', '"taskId"', json, 400, 'JSON object'],
		['a number', '7', json, 400, 'JSON object'],
		['null', 'null', json, 400, 'JSON object'],
		['a list', '[{"taskId":"a"}]', json, 400, 'JSON object'],
		['an empty object', '{}', json, 400, 'has no task ID'],
		['an object without an ID', '{"code":200,"data":{"x":1}}', json, 400, 'has no task ID'],
		['a status of one’s own', '{"status":200,"message":"mine"}', json, 400, 'has no task ID'],
		['a prototype', '{"__proto__":{"taskId":"a"},"data":{"__proto__":{"taskId":"a"}}}', json, 400, 'has no task ID'],
		['a form', 'taskId=a', 'application/x-www-form-urlencoded', 415, 'must be application/json'],
		['JSON as text', '{"taskId":"a"}', 'text/plain', 415, 'must be application/json'],
		['XML', '<taskId>a</taskId>', 'application/xml', 415, 'must be application/json'],
		['JSON under another name', '{"taskId":"a"}', 'application/jsonp', 415, 'must be application/json'],
		['deep nesting', deep(100_000), json, 400, 'nested too deeply'],
		['deep nesting in a text', inText(100_000), json, 400, 'nested too deeply'],
		['too much', JSON.stringify({ taskId: 'a', x: 'x'.repeat(6_000_000) }), json, 413, 'too large'],
	])('%s', async (_name, body, type, status, message) => {
		// None of them may depend on Kie.
		const { kie, host } = await start({ parameters: { confirm: false } });
		const answer = await post(host, body, { 'content-type': type });
		expect(answer.status).toBe(status);
		expect(answer.data.message).toContain(message);
		expect([host.started.length, kie.requests.length]).toEqual([0, 0]);
	});

	it('JSON with a character set is accepted', async () => {
		const { host } = await start({ parameters: { confirm: false } });
		expect((await post(host, claim('a'), { 'content-type': 'application/json; charset=utf-8' })).status).toBe(200);
	});
});

describe('files', () => {
	const parameters = { downloadFiles: true, options: { binaryProperty: 'image' } };

	it('are downloaded after the response', async () => {
		const { kie, host } = await start({ parameters });
		const taskId = await image(kie);
		kie.inject({ on: 'download', kind: 'slow', ms: 500 });
		expect((await post(host, claim(taskId))).status).toBe(200);
		expect(host.started).toEqual([]);
		while (host.started.length === 0) await wait(20);
		const [{ json, binary = {} } = { json: {} }] = host.started;
		expect(json).not.toHaveProperty('error');
		expect(binary.image).toMatchObject({ mimeType: 'image/png', fileName: expect.stringMatching(/\.png$/) });
		expect(binary.image && (await readBinary(binary.image)).subarray(1, 4).toString()).toBe('PNG');
	});

	it('are downloaded if an earlier version saved the switch in the options', async () => {
		const { kie, host } = await start({ parameters: { options: { downloadFiles: true } } });
		await post(host, claim(await image(kie)));
		while (host.started.length === 0) await wait(20);
		expect(host.started[0]?.binary?.data).toMatchObject({ mimeType: 'image/png' });
	});

	it('that cannot be downloaded are named, and the workflow still starts', async () => {
		const { kie, host } = await start({ parameters });
		const body = { prompt: 'A fox', taskType: 'mj_txt2img' };
		const taskId = await create(kie, { path: '/mj/generate', body });
		await allDelivered(kie);
		const urls = kie.tasks.get(taskId)?.urls ?? [];
		kie.inject({ on: 'download', kind: 'status', status: 500, skip: 3, times: 'always' });
		await post(host, { code: 200, msg: 'success', data: { taskId, promptJson: '{}', resultUrls: urls } });
		while (host.started.length === 0) await wait(20);
		const [{ json, binary = {} } = { json: {} }] = host.started;
		expect(json).toMatchObject({
			urls,
			error: '1 of 4 files could not be downloaded',
			failedFiles: [{ url: expect.stringContaining('/files/'), reason: expect.stringContaining('500') }],
		});
		expect(Object.keys(binary)).toEqual(['image', 'image_1', 'image_2']);
	});
});
