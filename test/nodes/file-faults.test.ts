import type { Fault, FaultKind, Simulator } from '../simulator';
import { mediaFile, startSimulator } from '../simulator';
import type { RunResult } from './engine';
import { failureOf, readBinary, runNode } from './engine';
import { byModel, itemsNamed, modelOfItem, modelsNamed, zImage } from './market';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** Faults of downloads and uploads. A result file is paid for and an upload is free, so both are retried. */

const DOWNLOAD = { downloadFiles: true, options: { pollInterval: 1 } };

const TRANSIENT_FAULTS = byModel<FaultKind>({
	'a connection lost before the file': { kind: 'drop-before' },
	'a connection lost in the middle of the file': { kind: 'cut' },
	'HTTP 403': { kind: 'status', status: 403 },
	'HTTP 404': { kind: 'status', status: 404 },
	'HTTP 429': { kind: 'status', status: 429 },
	'HTTP 500': { kind: 'status', status: 500 },
	'HTTP 503': { kind: 'status', status: 503 },
	'a web page': { kind: 'html' },
	'an empty file': { kind: 'empty' },
});

describe('a download', () => {
	let kie: Simulator;
	let result: RunResult;
	const names = Object.keys(TRANSIENT_FAULTS);
	beforeAll(async () => {
		kie = await startSimulator({ models: modelsNamed(names), taskSeconds: 0.1, readRates: false });
		for (const [model, fault] of Object.entries(TRANSIENT_FAULTS))
			kie.inject({ ...fault, on: 'download', model, times: 3 });
		result = await runNode(kie, {
			items: itemsNamed(names),
			parameters: { ...modelOfItem, ...DOWNLOAD },
			settings: { onError: 'continueRegularOutput' },
		});
	});
	afterAll(async () => await kie.close());

	it.each(names)('is retried until the file is complete: %s', async (name) => {
		const { json, binary } = result.items[names.indexOf(name)]!;
		expect(json.error).toBeUndefined();
		const [task] = [...kie.tasks.values()].filter(({ model }) => model === name);
		const path = new URL(task!.urls[0]!).pathname;
		expect((await readBinary(binary!.data!)).toString('hex')).toBe(mediaFile(path)?.bytes.toString('hex'));
		expect(binary!.data).toMatchObject({
			fileName: expect.stringMatching(/^[\w-]+-\w{8}\.png$/),
			mimeType: 'image/png',
		});
	});

	it('fails three times, then succeeds', () => {
		expect(kie.requests.filter(({ path }) => path.startsWith('/files/'))).toHaveLength(4 * names.length);
	});

	it.each(['HTTP-403', 'HTTP-404'])("asks for Kie's own link after %s", (name) => {
		const [task] = [...kie.tasks.values()].filter(({ model }) => model === name);
		const linkRequests = kie.requests.filter(
			({ path, body }) => path === '/api/v1/common/download-url' && JSON.stringify(body).includes(task!.id),
		);
		expect(linkRequests).toHaveLength(1);
		const byLink = kie.requests.filter(({ path }) => path.startsWith('/files/links/'));
		expect(byLink.length).toBeGreaterThan(0);
	});

	it('never sends the key to the host of the file', () => {
		expect(kie.requests.filter(({ keyLeaked }) => keyLeaked)).toEqual([]);
	});
});

describe('a file', () => {
	let kie: Simulator;
	beforeEach(async () => {
		kie = await startSimulator({ taskSeconds: 0.1, readRates: false });
	});
	afterEach(async () => await kie.close());

	const upscale = {
		operation: 'upscale',
		model: 'recraft/crisp-upscale',
		image_urls: 'data',
		options: { pollInterval: 1 },
	};
	const image = { data: Buffer.from('an image'), name: 'a.png', type: 'image/png' };

	it('that can never be downloaded is an error with its URL and its task', async () => {
		kie.inject({ on: 'download', kind: 'status', status: 500, times: 'always' });
		const { error } = await runNode(kie, { parameters: { ...zImage, ...DOWNLOAD } });
		const [task] = [...kie.tasks.values()];
		expect(error?.message).toMatch(/could not be downloaded: HTTP 500.* \[item 0\]/);
		expect(error?.description).toContain(task!.urls[0]);
		expect(error?.description).toContain(task!.id);
		expect(error?.description).toMatch(/completed and has been charged/);
		expect(kie.creates()).toHaveLength(1);
	});

	it('that comes byte by byte is given up in time, with its URL and its task', async () => {
		kie.inject({ on: 'download', kind: 'trickle', ms: 20, times: 'always' });
		const start = Date.now();
		const { error, seconds } = await runNode(kie, { parameters: { ...zImage, ...DOWNLOAD } });
		const [task] = [...kie.tasks.values()];
		expect(error?.message).toMatch(/could not be downloaded: the transfer is too slow \(\d+ bytes in \d+ seconds\)/);
		expect(error?.description).toContain(task!.urls[0]);
		expect(Date.now() - start).toBeLessThan(8 * 60_000);
		expect(seconds).toBeLessThan(20);
	});

	it('that comes byte by byte is aborted immediately when the execution is canceled', async () => {
		kie.inject({ on: 'download', kind: 'trickle', ms: 20, times: 'always' });
		const { seconds } = await runNode(kie, { parameters: { ...zImage, ...DOWNLOAD }, stopAfterMs: 600 });
		expect(kie.requests.filter(({ path }) => path.startsWith('/files/'))).toHaveLength(1);
		expect(seconds).toBeLessThan(2);
	});

	it.each<[string, number | undefined, FaultKind | undefined]>([
		['is larger than the maximum size', 3_000_000, undefined],
		['is larger than the maximum size once it is decompressed', undefined, { kind: 'bomb', bytes: 40_000_000 }],
	])('that %s is not stored and not retried', async (_name, resultBytes, fault) => {
		await kie.close();
		kie = await startSimulator({ taskSeconds: 0.1, readRates: false, resultBytes });
		if (fault) kie.inject({ ...fault, on: 'download', times: 'always' });
		const { error } = await runNode(kie, {
			parameters: { ...zImage, downloadFiles: true, options: { pollInterval: 1, maxFileSize: 2 } },
		});
		expect(error?.message).toBe(
			"A result file could not be downloaded: the file is larger than 2 MB, the value of 'Maximum File Size (MB)' [item 0]",
		);
		expect(error?.description).toContain([...kie.tasks.values()][0]!.urls[0]);
		expect(kie.requests.filter(({ path }) => path.startsWith('/files/'))).toHaveLength(1);
	});

	it('of exactly the maximum size is stored', async () => {
		await kie.close();
		kie = await startSimulator({ taskSeconds: 0.1, readRates: false, resultBytes: 2 * 1024 * 1024 });
		const { items } = await runNode(kie, {
			parameters: { ...zImage, downloadFiles: true, options: { pollInterval: 1, maxFileSize: 2 } },
		});
		expect(await readBinary(items[0]!.binary!.data!)).toHaveLength(2 * 1024 * 1024);
	});

	it('that can never be downloaded does not affect the other items with Continue On Fail', async () => {
		kie.inject({ on: 'download', kind: 'status', status: 404, times: 'always', model: 'z-image' });
		kie.inject({ on: 'download-url', kind: 'code', code: 422, times: 'always' });
		const result = await runNode(kie, {
			items: itemsNamed(['z-image', 'tomorrow/no-page']),
			parameters: {
				...modelOfItem,
				inputJson: '={{ $json.model === "z-image" ? { prompt: "A", aspect_ratio: "1:1" } : { prompt: "A" } }}',
				...DOWNLOAD,
			},
			settings: { onError: 'continueRegularOutput' },
		});
		const [paidTask] = [...kie.tasks.values()].filter(({ model }) => model === 'z-image');
		expect(failureOf(result, 0)).toMatchObject({
			description: expect.stringContaining(paidTask!.urls[0]!),
			taskId: paidTask!.id,
		});
		expect(result.items[1]?.json.state).toBe('success');
		expect(result.items[1]?.binary?.data).toBeDefined();
	});

	it('that could not be downloaded is downloaded by Retry On Fail without a second task', async () => {
		kie.inject({ on: 'download', kind: 'status', status: 500, times: 8 });
		const { items, error } = await runNode(kie, {
			parameters: { ...zImage, ...DOWNLOAD },
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});
		expect(error).toBeUndefined();
		expect(items[0]?.binary?.data).toBeDefined();
		expect(kie.creates()).toHaveLength(1);
	});

	it.each<[string, FaultKind]>([
		['a connection lost before the request', { kind: 'drop-before' }],
		['a connection lost in the middle of the file', { kind: 'cut' }],
		['a connection lost after the file', { kind: 'drop-after' }],
		['HTTP 500', { kind: 'status', status: 500 }],
		['code 500', { kind: 'code', code: 500 }],
		['code 429', { kind: 'code', code: 429 }],
		['a web page', { kind: 'html' }],
		['cut JSON', { kind: 'cut-json' }],
		['an empty answer', { kind: 'empty' }],
	])('is uploaded again in full after %s', async (_name, fault) => {
		kie.inject({ ...fault, on: 'upload', times: 3 });
		const { items, error } = await runNode(kie, { items: [{ files: { data: image } }], parameters: upscale });
		expect(error).toBeUndefined();
		expect(items[0]?.json.state).toBe('success');
		expect(kie.uploads.at(-1)?.bytes).toEqual(image.data);
		expect(kie.creates()).toHaveLength(1);
		expect(kie.creates()[0]?.body).toMatchObject({ input: { image: kie.uploads.at(-1)?.downloadUrl } });
	});

	it.each<[string, Fault, RegExp]>([
		['for good', { on: 'upload', kind: 'status', status: 500, times: 'always' }, /could not process the request/],
		['because of the key', { on: 'upload', kind: 'code', code: 401, times: 'always' }, /rejected the API key/],
		[
			'without a URL',
			{ on: 'upload', kind: 'data-null', times: 'always' },
			/Unexpected response from Kie\.ai: The response does not contain a URL/,
		],
	])('that is rejected %s is named in an error before a task is created', async (_name, fault, message) => {
		kie.inject(fault);
		const { error } = await runNode(kie, { items: [{ files: { data: image } }], parameters: upscale });
		expect(error?.message).toMatch(message);
		expect(error?.message).toContain('[item 0]');
		expect(error?.description).toMatch(/binary field 'data' could not be uploaded.*No credits were charged/);
		expect(kie.creates()).toHaveLength(0);
	});
});
