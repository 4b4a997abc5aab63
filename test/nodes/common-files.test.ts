import { createServer, type Server } from 'node:http';

import type { INodeParameters } from 'n8n-workflow';

import type { FaultKind, Simulator } from '../simulator';
import { mediaFile } from '../simulator';
import { endedAt, ERROR_OUTPUT, CONTINUE_ON_ERROR, pause, runCommon, startKie } from './common-world';
import type { TestFile, TestItem } from './engine';
import { failureOf, readBinary } from './engine';
import { listen } from './listen';

jest.mock('../../nodes/shared/api/sleep', () => ({
	...jest.requireActual<object>('../../nodes/shared/api/sleep'),
	...jest.requireActual<object>('./hurry'),
}));

/** Uploads to Kie, links to files, and downloads. */

const HOUR_MS = 3_600_000;

const png = (name: string): TestFile => ({
	data: mediaFile(`${name}.png`)!.bytes,
	name: `${name}.png`,
	type: 'image/png',
});
const [fox, owl] = [png('fox'), png('owl')];
const withFox: TestItem[] = [{ files: { data: fox } }];

const file = (operation: string, overrides: INodeParameters = {}): INodeParameters => ({
	resource: 'file',
	operation,
	...overrides,
});
const upload = (overrides: INodeParameters = {}) => file('upload', overrides);
const base64 = (data: string, overrides: INodeParameters = {}) =>
	upload({ uploadFrom: 'base64', base64Data: data, ...overrides });

let kie: Simulator;
beforeAll(async () => {
	kie = await startKie();
});
afterAll(async () => await kie.close());
beforeEach(() => kie.reset());

/** The URL of a stored file, for tests that continue from there. */
const storedUrl = async (source: TestFile = fox): Promise<string> => {
	const { items } = await runCommon(kie, upload(), { items: [{ files: { data: source } }] });
	kie.requests.length = 0;
	return String(items[0]?.json.url);
};

describe('Upload', () => {
	it('stores a binary field, and returns its URL and expiry', async () => {
		const { items, error } = await runCommon(kie, upload(), { items: withFox });
		expect(error).toBeUndefined();
		const [{ downloadUrl, fileName, uploadedAt, bytes } = {}] = kie.uploads;
		expect(bytes?.equals(fox.data)).toBe(true);
		expect(items).toEqual([
			{
				json: {
					fileName,
					url: downloadUrl,
					fileSize: fox.data.length,
					mimeType: 'image/png',
					uploadedAt: new Date(uploadedAt ?? NaN).toISOString(),
					expiresAt: new Date((uploadedAt ?? NaN) + 24 * HOUR_MS).toISOString(),
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(kie.requests).toMatchObject([
			{ path: '/api/file-stream-upload', body: { uploadPath: 'n8n', files: [{ fileName: 'fox.png' }] } },
		]);
	});

	it('accepts another field, a folder and a file name', async () => {
		const options = { fileName: 'lighthouse at night.png', uploadPath: '/images/products/' };
		const { items, error } = await runCommon(kie, upload({ binaryPropertyName: 'photo', options }), {
			items: [{ files: { data: fox, photo: owl } }],
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json.fileName).toBe('lighthouse at night.png');
		expect(kie.uploads).toMatchObject([{ filePath: 'kieai/100001/images/products/lighthouse at night.png' }]);
		expect(kie.uploads[0]?.bytes?.equals(owl.data)).toBe(true);
	});

	it('stores the file at a URL', async () => {
		const fileUrl = await storedUrl();
		const { items, error } = await runCommon(kie, upload({ uploadFrom: 'url', fileUrl }));
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ fileSize: fox.data.length, mimeType: 'image/png' });
		expect(kie.requests[0]).toMatchObject({
			path: '/api/file-url-upload',
			body: { fileUrl, uploadPath: 'n8n' },
		});
	});

	it.each([
		['plain', ''],
		['a data URL', 'data:image/png;base64,'],
	])('stores Base64 data that is %s, with line breaks', async (_form, prefix) => {
		const lines = fox.data.toString('base64').replace(/.{76}/g, '$&\n');
		const { items, error } = await runCommon(kie, base64(`${prefix}${lines}\n`, { options: { fileName: 'fox.png' } }));
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ fileName: 'fox.png', fileSize: fox.data.length, mimeType: 'image/png' });
		expect(kie.uploads[0]?.bytes?.equals(fox.data)).toBe(true);
	});

	it('accepts Base64 data of 10 MB', async () => {
		const data = Buffer.alloc(10 * 1024 * 1024, 7);
		const { items, error } = await runCommon(kie, base64(data.toString('base64')));
		expect(error).toBeUndefined();
		expect(items[0]?.json.fileSize).toBe(data.length);
	});

	const INVALID: Record<string, { parameters: INodeParameters; item?: TestItem; message: RegExp; advice?: RegExp }> = {
		'a binary field that is not there': {
			parameters: upload({ binaryPropertyName: 'photo' }),
			item: { files: { data: fox } },
			message: /^The input item has no binary field 'photo' \[item 0\]$/,
			advice: /Available: data\./,
		},
		'an item without files': {
			parameters: upload(),
			message: /^The input item has no binary field 'data' \[item 0\]$/,
			advice: /Available: none\./,
		},
		'the name of something every object has': {
			parameters: upload({ binaryPropertyName: 'constructor' }),
			message: /^The input item has no binary field 'constructor'/,
		},
		'no URL': {
			parameters: upload({ uploadFrom: 'url', fileUrl: '={{ $json.nothing }}' }),
			message: /^'File URL' is required \[item 0\]$/,
		},
		'a path': {
			parameters: upload({ uploadFrom: 'url', fileUrl: '/home/me/a.png' }),
			message:
				/^'File URL' must be a public URL that starts with http:\/\/ or https:\/\/ \(got \/home\/me\/a\.png\) \[item 0\]$/,
		},
		'another protocol': {
			parameters: upload({ uploadFrom: 'url', fileUrl: 'ftp://example.com/a.png' }),
			message: /^'File URL' must be a public URL that starts with http/,
		},
		'the metadata of a machine': {
			parameters: upload({ uploadFrom: 'url', fileUrl: 'http://169.254.169.254/latest/meta-data' }),
			message: /^'File URL' must be a public URL that starts with http/,
		},
		'a URL without a host': {
			parameters: upload({ uploadFrom: 'url', fileUrl: 'https://?x' }),
			message: /^'File URL' must be a public URL that starts with http/,
		},
		'what is not Base64': {
			parameters: base64('%%% no base64 %%%'),
			message: /^'Base64 Data' must be Base64, with or without a data URL prefix \[item 0\]$/,
		},
		'cut Base64': { parameters: base64('aGVsbG8'), message: /^'Base64 Data' must be Base64/ },
		'an empty data URL': { parameters: base64('data:image/png;base64,'), message: /^'Base64 Data' must be Base64/ },
		'Base64 of more than 10 MB': {
			parameters: base64(Buffer.alloc(10 * 1024 * 1024 + 104_858).toString('base64')),
			message: /^'Base64 Data' must be at most 10 MB \(got 10\.1 MB\) \[item 0\]$/,
			advice: /a binary field or a URL/,
		},
		'a name with a folder': {
			parameters: upload({ options: { fileName: 'images/a.png' } }),
			item: { files: { data: fox } },
			message: /^'File Name' must not contain slashes \(got images\/a\.png\) \[item 0\]$/,
			advice: /'Folder'/,
		},
	};

	it.each(Object.entries(INVALID))(
		'rejects %s before anything is sent',
		async (_name, { parameters, item, message, advice }) => {
			const { error, items } = await runCommon(kie, parameters, { items: [item ?? {}] });
			expect(items).toEqual([]);
			expect(error).toMatchObject({ name: 'NodeOperationError', message: expect.stringMatching(message) });
			expect(error?.description).toMatch(advice ?? /Nothing was sent to Kie\.ai for this item\./);
			expect(kie.requests).toHaveLength(0);
		},
	);

	it('sends nothing if a later item is invalid', async () => {
		const { error } = await runCommon(kie, upload(), { items: [...withFox, {}, ...withFox] });
		expect(error?.message).toMatch(/^The input item has no binary field 'data' \[item 1\]$/);
		expect(kie.requests).toHaveLength(0);
	});

	it('reports a file that n8n no longer stores', async () => {
		const { error } = await runCommon(kie, upload(), { items: [{ files: { data: fox }, isLost: true }] });
		expect(error?.message).toMatch(/^An input file could not be read.*\[item 0\]$/);
		expect(kie.uploads).toHaveLength(0);
	});

	it('reports a URL that Kie cannot fetch', async () => {
		const { error } = await runCommon(kie, upload({ uploadFrom: 'url', fileUrl: `${kie.url}/files/none.png` }));
		expect(error?.message).toBe('Kie.ai rejected the input: Failed to fetch the file: HTTP 404 [item 0]');
		expect(error?.description).toContain('The file was not uploaded.');
	});

	const TRANSIENT_FAULTS: FaultKind[] = [
		{ kind: 'cut' },
		{ kind: 'drop-before' },
		{ kind: 'drop-after' },
		{ kind: 'code', code: 500 },
		{ kind: 'code', code: 455 },
		{ kind: 'status', status: 429 },
		{ kind: 'html', status: 502 },
		{ kind: 'cut-json' },
	];

	it.each(TRANSIENT_FAULTS)('is retried after $kind', async (fault) => {
		kie.inject({ ...fault, on: 'upload', times: 2 });
		const { items, error } = await runCommon(kie, upload(), { items: withFox });
		expect(error).toBeUndefined();
		expect(kie.uploads.map(({ downloadUrl }) => downloadUrl)).toContain(items[0]?.json.url);
	});

	it('reports a response without a URL as unexpected', async () => {
		kie.inject({ on: 'upload', kind: 'data-null' });
		const { error } = await runCommon(kie, upload(), { items: withFox });
		expect(error?.message).toMatch(/Unexpected response from Kie\.ai: The response does not contain a URL \[item 0\]$/);
	});

	it.each([
		[400, /rejected the input/],
		[401, /rejected the API key/],
		[433, /Kie\.ai sub-key limit reached/],
	])('reports the code %i after one request', async (code, message) => {
		kie.inject({ on: 'upload', kind: 'code', code, times: 'always' });
		const { error } = await runCommon(kie, upload(), { items: withFox });
		expect(error?.message).toMatch(message);
		expect(error?.httpCode).toBe(String(code));
		expect(kie.requests).toHaveLength(1);
	});
});

describe('Get Download URL', () => {
	it('returns a link and its expiry', async () => {
		const url = await storedUrl();
		const before = Date.now();
		const { items, error } = await runCommon(kie, file('getDownloadUrl'), { items: [{ json: { url } }] });
		expect(error).toBeUndefined();
		const { downloadUrl, expiresAt, ...rest } = items[0]?.json ?? {};
		expect(rest).toEqual({ url });
		const lasts = Date.parse(String(expiresAt)) - before;
		expect(lasts).toBeGreaterThanOrEqual(20 * 60_000);
		expect(lasts).toBeLessThan(20 * 60_000 + 5_000);
		const answer = await fetch(String(downloadUrl));
		expect(Buffer.from(await answer.arrayBuffer()).equals(fox.data)).toBe(true);
	});

	it('returns the expiry of the link as Kie does', async () => {
		const url = await storedUrl();
		const { items } = await runCommon(kie, file('getDownloadUrl', { url }));
		const { downloadUrl, expiresAt } = items[0]?.json ?? {};
		const statusAt = async (time: number) => {
			const clock = jest.spyOn(Date, 'now').mockReturnValue(time);
			return await fetch(String(downloadUrl))
				.then(({ status }) => status)
				.finally(() => clock.mockRestore());
		};
		expect(await statusAt(Date.parse(String(expiresAt)) - 1)).toBe(200);
		expect(await statusAt(Date.parse(String(expiresAt)) + 1_000)).toBe(404);
	});

	it('uses the first file of an item of a media node', async () => {
		const url = await storedUrl();
		const { items } = await runCommon(kie, file('getDownloadUrl'), { items: [{ json: { urls: [url, 'x'] } }] });
		expect(items[0]?.json.url).toBe(url);
	});

	it('names a file that is not stored at Kie', async () => {
		const url = 'https://example.com/a.png';
		const { error } = await runCommon(kie, file('getDownloadUrl', { url }));
		expect(error?.message).toBe('Kie.ai rejected the input: url is wrong [item 0]');
		expect(error?.description).toContain(`that it generated or stored and that still exist. Requested file: ${url}`);
		expect(kie.requests).toHaveLength(1);
	});

	it.each([
		['={{ $json.nothing }}', "'URL' is required [item 0]"],
		['data', "'URL' must be a public URL that starts with http:// or https:// (got data) [item 0]"],
	])('rejects %s before anything is sent', async (url, message) => {
		const { error } = await runCommon(kie, file('getDownloadUrl', { url }));
		expect(error?.message).toBe(message);
		expect(kie.requests).toHaveLength(0);
	});

	it.each<FaultKind>([{ kind: 'drop-after' }, { kind: 'html' }, { kind: 'code', code: 500 }, { kind: 'cut-json' }])(
		'is retried after $kind',
		async (fault) => {
			const url = await storedUrl();
			kie.inject({ ...fault, on: 'download-url', times: 2 });
			const { items, error } = await runCommon(kie, file('getDownloadUrl', { url }));
			expect(error).toBeUndefined();
			expect(items[0]?.json.downloadUrl).toEqual(expect.any(String));
		},
	);

	it('reports a response without a URL as unexpected', async () => {
		const url = await storedUrl();
		kie.inject({ on: 'download-url', kind: 'data-null' });
		const { error } = await runCommon(kie, file('getDownloadUrl', { url }));
		expect(error?.message).toMatch(/Unexpected response from Kie\.ai: The response does not contain a URL \[item 0\]$/);
	});
});

describe('Download', () => {
	it('streams a file into a binary field, with its name and type', async () => {
		const url = await storedUrl();
		const { items, error } = await runCommon(kie, file('download'), { items: [{ json: { url } }] });
		expect(error).toBeUndefined();
		const fileName = url.split('/').at(-1);
		expect(items).toMatchObject([
			{
				json: { url, fileName, mimeType: 'image/png' },
				binary: { data: { fileName, mimeType: 'image/png', fileExtension: 'png' } },
				pairedItem: { item: 0 },
			},
		]);
		const binary = items[0]?.binary?.data;
		expect(binary?.id).toMatch(/^filesystem/);
		expect((await readBinary(binary!)).equals(fox.data)).toBe(true);
		expect(kie.requests.some(({ keyLeaked }) => keyLeaked)).toBe(false);
	});

	it('accepts another field and another name, with an extension that matches the type', async () => {
		const url = await storedUrl();
		const { items } = await runCommon(kie, file('download', { url, binaryProperty: 'photo', downloadName: 'my fox' }));
		expect(items[0]?.binary).toMatchObject({ photo: { fileName: 'my fox.png', mimeType: 'image/png' } });
		expect(items[0]?.json.fileName).toBe('my fox.png');
	});

	it('downloads from a link of Get Download URL', async () => {
		const url = await storedUrl();
		const { items } = await runCommon(kie, file('getDownloadUrl', { url }));
		const downloaded = await runCommon(kie, file('download'), { items: [{ json: items[0]?.json ?? {} }] });
		expect(downloaded.items[0]?.json.url).toBe(items[0]?.json.downloadUrl);
		expect((await readBinary(downloaded.items[0]!.binary!.data!)).equals(fox.data)).toBe(true);
	});

	it('uses a link of Kie if the host rejects the request', async () => {
		const url = await storedUrl();
		kie.inject({ on: 'download', kind: 'status', status: 403 });
		const { items, error } = await runCommon(kie, file('download', { url }));
		expect(error).toBeUndefined();
		expect((await readBinary(items[0]!.binary!.data!)).equals(fox.data)).toBe(true);
		expect(kie.requests.map(({ path }) => path)).toEqual([
			expect.stringMatching(/^\/files\/kieai\//),
			'/api/v1/common/download-url',
			expect.stringMatching(/^\/files\/links\//),
		]);
		expect(items[0]?.json).toMatchObject({ url, fileName: url.split('/').at(-1) });
	});

	it.each(['cut', 'empty', 'drop-before'] as const)('is retried if a file arrives %s', async (kind) => {
		const url = await storedUrl();
		kie.inject({ on: 'download', kind, times: 2 });
		const { items, error } = await runCommon(kie, file('download', { url }));
		expect(error).toBeUndefined();
		expect((await readBinary(items[0]!.binary!.data!)).equals(fox.data)).toBe(true);
	});

	it('reports a file that no longer exists, as uploads after a day', async () => {
		const url = await storedUrl();
		kie.uploads[0]!.uploadedAt -= 24 * HOUR_MS;
		const { error } = await runCommon(kie, file('download', { url }));
		expect(error).toMatchObject({
			message: expect.stringMatching(/^The file could not be downloaded: HTTP 404.* \[item 0\]$/),
			description: `Check that ${url} still exists. Kie.ai keeps files for a limited time only.`,
			httpCode: '404',
		});
	});

	it('rejects what is not a URL', async () => {
		const { error } = await runCommon(kie, file('download', { url: 'data' }));
		expect(error?.message).toBe("'URL' must be a public URL that starts with http:// or https:// (got data) [item 0]");
		expect(kie.requests).toHaveLength(0);
	});
});

describe('several items', () => {
	const foxes = (count: number): TestItem[] =>
		Array.from({ length: count }, (_, index) => ({ json: { index }, files: { data: fox } }));
	const namedUpload = upload({ options: { fileName: '={{ $json.index }}.png' } });

	it('are returned in order and paired, whichever completes first', async () => {
		kie.inject({ on: 'upload', kind: 'slow', ms: 400 });
		const { items, error } = await runCommon(kie, namedUpload, { items: foxes(6) });
		expect(error).toBeUndefined();
		expect(items.map(({ json, pairedItem }) => [json.fileName, pairedItem])).toEqual(
			[0, 1, 2, 3, 4, 5].map((item) => [`${item}.png`, { item }]),
		);
	});

	it('run four at a time', async () => {
		let running = 0;
		let maxInFlight = 0;
		const server: Server = createServer((_request, response) => {
			maxInFlight = Math.max(maxInFlight, ++running);
			setTimeout(() => {
				running--;
				response.writeHead(200, { 'Content-Type': 'image/png' }).end(fox.data);
			}, 50);
		});
		const url = `${await listen(server)}/a.png`;
		try {
			const { items } = await runCommon(kie, file('download', { url }), { items: foxes(9) });
			expect(items).toHaveLength(9);
			expect(maxInFlight).toBe(4);
		} finally {
			server.close();
		}
	});

	const MIXED: TestItem[] = [{ files: { data: fox } }, {}, { files: { data: owl } }];

	it('continue if some of them fail', async () => {
		const result = await runCommon(kie, upload(), { items: MIXED, settings: CONTINUE_ON_ERROR });
		expect(result.error).toBeUndefined();
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(failureOf(result, 1)).toMatchObject({
			error: "The input item has no binary field 'data' [item 1]",
			description: expect.stringContaining('Nothing was sent'),
		});
		expect(kie.uploads).toHaveLength(2);
	});

	it('go to the error output if they fail', async () => {
		const { items, errorItems } = await runCommon(kie, upload(), { items: MIXED, settings: ERROR_OUTPUT });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(errorItems).toMatchObject([{ json: { error: { message: expect.stringContaining('[item 1]') } } }]);
	});

	it('stop at the first that fails, and start no others', async () => {
		kie.inject({ on: 'upload', kind: 'code', code: 401 }, { on: 'upload', kind: 'slow', ms: 300, times: 'always' });
		const { error } = await runCommon(kie, namedUpload, { items: foxes(12) });
		expect(error?.message).toMatch(/rejected the API key.*\[item \d\]$/);
		expect(kie.requests.length).toBeLessThanOrEqual(4);
	});

	it.each([
		['upload', namedUpload],
		['download', file('download', { url: '={{ $json.url }}' })],
	] as const)('stop within a second when the user cancels a slow %s', async (on, parameters) => {
		const url = await storedUrl();
		kie.inject({ on, kind: 'slow', ms: 2_000, times: 'always' });
		const items = foxes(6).map((item) => ({ ...item, json: { ...item.json, url } }));
		const { run } = await runCommon(kie, parameters, { items, stopAfterMs: 300 });
		const stoppedAt = Date.now();
		const requestCount = kie.requests.length;
		await pause(900);
		expect(run.status).toBe('canceled');
		expect(endedAt()).toBeGreaterThanOrEqual(stoppedAt - 50);
		expect(endedAt() - stoppedAt).toBeLessThan(800);
		expect(kie.requests).toHaveLength(requestCount);
	});
});
