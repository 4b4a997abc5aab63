import { createServer } from 'node:http';

import type { Fault, FaultKind, Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import type { RunResult } from './engine';
import { failureOf, runNode } from './engine';
import { listen } from './listen';
import { byModel, itemsNamed, modelOfItem, modelsNamed, zImage } from './market';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** Faults while a task is created. A create costs money, so one that may have been accepted is never repeated. */

const RETRIES = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** What is wrong with the response, whether a task still exists, and the expected error. */
interface Case {
	fault: FaultKind;
	/** Whether Kie has accepted the task although the response does not say so. */
	accepted: boolean;
	message: RegExp;
}

const UNCONFIRMED = byModel<Case>({
	'connection lost before it was accepted': {
		fault: { kind: 'drop-before' },
		accepted: false,
		message: /connection to Kie\.ai was lost/,
	},
	'connection lost after it was accepted': {
		fault: { kind: 'drop-after' },
		accepted: true,
		message: /connection to Kie\.ai was lost/,
	},
	'HTTP 500 after it was accepted': {
		fault: { kind: 'status', status: 500, accepted: true },
		accepted: true,
		message: /could not process the request: Server exception/,
	},
	'HTTP 502': { fault: { kind: 'status', status: 502 }, accepted: false, message: /could not process the request/ },
	'HTTP 503 as a web page': {
		fault: { kind: 'html', status: 503, accepted: true },
		accepted: true,
		message: /could not process the request: 502 Bad Gateway/,
	},
	'code 500 in the body': {
		fault: { kind: 'code', code: 500, accepted: true },
		accepted: true,
		message: /could not process the request: Server exception/,
	},
	'a web page': {
		fault: { kind: 'html', accepted: true },
		accepted: true,
		message: /Unexpected response from Kie\.ai: 502 Bad Gateway/,
	},
	'cut JSON': { fault: { kind: 'cut-json' }, accepted: true, message: /Unexpected response from Kie\.ai/ },
	'an empty answer': { fault: { kind: 'empty' }, accepted: true, message: /Unexpected response from Kie\.ai/ },
	'the word null': { fault: { kind: 'null' }, accepted: true, message: /Unexpected response from Kie\.ai/ },
	'data null': { fault: { kind: 'data-null' }, accepted: true, message: /has no task ID/ },
	'no task ID': { fault: { kind: 'no-task-id' }, accepted: true, message: /has no task ID/ },
});

interface Rejection {
	fault: FaultKind;
	message: RegExp;
	advice: RegExp;
}

const rejection = (code: number, message: RegExp, advice: RegExp): Rejection => ({
	fault: { kind: 'code', code },
	message,
	advice,
});

const REJECTIONS = byModel<Rejection>({
	'code 401': rejection(401, /rejected the API key/, /Check the API key in the credential/),
	'HTTP 401': {
		fault: { kind: 'status', status: 401 },
		message: /rejected the API key/,
		advice: /Check the API key in the credential/,
	},
	'code 402': rejection(402, /Not enough Kie\.ai credits/, /Top up/),
	'code 404': rejection(404, /could not find the requested resource/, /Check the model/),
	'code 422': rejection(422, /rejected the input: This field is required/, /Check the field/),
	'code 429 for credits': {
		fault: { kind: 'code', code: 429, msg: 'The current credits are insufficient' },
		message: /Not enough Kie\.ai credits: The current credits are insufficient/,
		advice: /Top up/,
	},
	'code 433': rejection(433, /Kie\.ai sub-key limit reached/, /Increase the limit/),
	'code 451': rejection(451, /could not fetch an input file/, /publicly accessible/),
	'code 455': rejection(455, /under maintenance/, /later/),
	'HTTP 455': { fault: { kind: 'status', status: 455 }, message: /under maintenance/, advice: /later/ },
	'code 501': rejection(501, /rejected the generation/, /Change the prompt/),
	'code 505': rejection(505, /feature is disabled at Kie\.ai/, /another model/),
});

/** Runs a batch in which each case applies to the item of its own model. */
async function runCases(kie: Simulator, cases: Record<string, { fault: FaultKind }>): Promise<RunResult> {
	for (const [model, { fault }] of Object.entries(cases))
		kie.inject({ ...fault, on: 'create', model, times: 'always' });
	return await runNode(kie, {
		items: itemsNamed(Object.keys(cases)),
		parameters: modelOfItem,
		settings: { onError: 'continueRegularOutput' },
	});
}

const createsOf = (kie: Simulator, model: string) =>
	kie
		.creates()
		.filter(({ body }) => typeof body === 'object' && body !== null && 'model' in body && body.model === model).length;
const tasksOf = (kie: Simulator, model: string) =>
	[...kie.tasks.values()].filter((task) => task.model === model).length;

describe('a create without a valid response', () => {
	let kie: Simulator;
	let result: RunResult;
	const names = Object.keys(UNCONFIRMED);
	beforeAll(async () => {
		kie = await startSimulator({ models: modelsNamed(names), taskSeconds: 0.2, readRates: false });
		result = await runCases(kie, UNCONFIRMED);
	});
	afterAll(async () => await kie.close());

	it.each(names)('(%s) is sent once, with an error that it may have been charged', (name) => {
		const { accepted, message } = UNCONFIRMED[name]!;
		expect(createsOf(kie, name)).toBe(1);
		expect(tasksOf(kie, name)).toBe(accepted ? 1 : 0);
		const index = names.indexOf(name);
		const { error, description } = failureOf(result, index);
		expect(error).toMatch(message);
		expect(error).toContain(`[item ${index}]`);
		expect(description).toMatch(/may have been created and charged/);
		expect(description).toContain('https://kie.ai/logs');
	});
});

describe('a rejected create', () => {
	let kie: Simulator;
	let result: RunResult;
	const names = Object.keys(REJECTIONS);
	beforeAll(async () => {
		kie = await startSimulator({ models: modelsNamed(names), taskSeconds: 0.2, readRates: false });
		result = await runCases(kie, REJECTIONS);
	});
	afterAll(async () => await kie.close());

	it.each(names)('(%s) is sent once, with an error that gives the reason and advice', (name) => {
		const { message, advice } = REJECTIONS[name]!;
		expect(createsOf(kie, name)).toBe(1);
		const index = names.indexOf(name);
		const { error, description } = failureOf(result, index);
		expect(error).toMatch(message);
		expect(error).toContain(`[item ${index}]`);
		expect(description).toMatch(advice);
		expect(description).toMatch(/No credits were charged for this item/);
	});
});

describe('a create', () => {
	let kie: Simulator;
	beforeEach(async () => {
		kie = await startSimulator({ taskSeconds: 0.2, readRates: false });
	});
	afterEach(async () => await kie.close());

	it('is not repeated by Retry On Fail if the task may have been accepted', async () => {
		kie.inject({ on: 'create', kind: 'drop-after' });
		const { error } = await runNode(kie, { parameters: zImage, settings: RETRIES });
		expect(kie.creates()).toHaveLength(1);
		expect(kie.tasks.size).toBe(1);
		expect(error?.message).toMatch(/connection to Kie\.ai was lost/);
		expect(error?.description).toMatch(/may have been created and charged/);
	});

	it('is repeated by Retry On Fail if the task was rejected', async () => {
		kie.inject({ on: 'create', kind: 'code', code: 455 });
		const { items, error } = await runNode(kie, { parameters: zImage, settings: RETRIES });
		expect(error).toBeUndefined();
		expect(items[0]?.json.state).toBe('success');
		expect(kie.creates()).toHaveLength(2);
		expect(kie.tasks.size).toBe(1);
	});

	it.each<[string, Fault]>([
		['as HTTP status', { on: 'create', kind: 'status', status: 429, times: 20 }],
		['as code in the body', { on: 'create', kind: 'code', code: 429, times: 20 }],
	])('that reaches the rate limit %s is repeated until it is accepted, and creates one task', async (_name, fault) => {
		kie.inject(fault);
		const { items, error } = await runNode(kie, { parameters: zImage });
		expect(error).toBeUndefined();
		expect(items[0]?.json.state).toBe('success');
		expect(kie.creates()).toHaveLength(21);
		expect(kie.tasks.size).toBe(1);
	});

	it('that always reaches the rate limit fails with advice, without a task', async () => {
		kie.inject({ on: 'create', kind: 'code', code: 429, times: 'always' });
		const { error } = await runNode(kie, { parameters: { ...zImage, options: { timeLimit: 5 } } });
		expect(error?.message).toMatch(/rate limit reached/);
		expect(error?.description).toMatch(/20 tasks per 10 seconds/);
		const minutes = (kie.creates().at(-1)!.at - kie.creates()[0]!.at) / 60_000;
		expect(minutes).toBeGreaterThanOrEqual(4.9);
		expect(minutes).toBeLessThan(5.5);
		expect(kie.tasks.size).toBe(0);
	});

	it('that reaches the rate limit stops immediately when the execution is canceled', async () => {
		kie.inject({ on: 'create', kind: 'code', code: 429, times: 'always' });
		const { seconds } = await runNode(kie, { items: [{}, {}, {}], parameters: zImage, stopAfterMs: 1_500 });
		expect(seconds).toBeLessThan(2.5);
		expect(kie.tasks.size).toBe(0);
	});

	it('with an invalid key, which Kie reports with HTTP 200, fails with that reason', async () => {
		const { error } = await runNode(kie, { parameters: zImage, credentials: { apiKey: 'a-wrong-key' } });
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: expect.stringMatching(/rejected the API key: You do not have access permissions \[item 0\]/),
			description: expect.stringMatching(/Check the API key in the credential.*code 401/),
			httpCode: '401',
		});
		expect(kie.creates()).toHaveLength(1);
	});

	it('to a URL without a server fails with that reason, and creates no task', async () => {
		const { error } = await runNode(kie, { parameters: zImage, credentials: { baseUrl: await closedPort() } });
		expect(error?.message).toMatch(/^Could not connect to Kie\.ai: ECONNREFUSED/);
		expect(error?.description).toMatch(/base URLs in the credential.*No credits were charged/);
		expect(kie.requests).toHaveLength(0);
	});

	it('continues once the server responds again, and creates one task', async () => {
		const baseUrl = await closedPort();
		const running = runNode(kie, { parameters: zImage, credentials: { baseUrl } });
		await new Promise((resolve) => setTimeout(resolve, 80));
		const restarted = await startSimulator({
			port: Number(new URL(baseUrl).port),
			apiKeys: [kie.apiKey],
			taskSeconds: 0.2,
			readRates: false,
		});
		const { items, error } = await running;
		expect(error).toBeUndefined();
		expect(items[0]?.json.state).toBe('success');
		expect(restarted.creates()).toHaveLength(1);
		await restarted.close();
	});

	it.each([['text/plain'], [null]])('accepts a response of the content type %p', async (value) => {
		kie.inject({ on: 'create', kind: 'content-type', value });
		const { items, error } = await runNode(kie, { parameters: zImage });
		expect(error).toBeUndefined();
		expect(items[0]?.json.state).toBe('success');
		expect(kie.creates()).toHaveLength(1);
	});

	it('with a late response is waited for and sent once', async () => {
		kie.inject({ on: 'create', kind: 'slow', ms: 1500 });
		const { items, error } = await runNode(kie, { parameters: zImage });
		expect(error).toBeUndefined();
		expect(items[0]?.json.state).toBe('success');
		expect(kie.creates()).toHaveLength(1);
	});

	it('follows no redirect, because that could create a second task', async () => {
		const redirectTarget = createServer((_request, response) =>
			response.writeHead(307, { location: `${kie.url}/api/v1/jobs/createTask` }).end(),
		);
		const { error } = await runNode(kie, {
			parameters: zImage,
			credentials: { baseUrl: await listen(redirectTarget) },
		});
		redirectTarget.close();
		expect(error?.message).toMatch(/Unexpected response from Kie\.ai/);
		expect(kie.creates()).toHaveLength(0);
	});
});

/** A URL without a server. */
async function closedPort(): Promise<string> {
	const server = createServer();
	const url = await listen(server);
	await new Promise((resolve) => server.close(resolve));
	return url;
}
