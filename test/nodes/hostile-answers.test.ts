import dns from 'node:dns';

import { KieCommon } from '../../nodes/KieCommon/KieCommon.node';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { runNode } from './engine';
import { modelOfItem, zImage } from './market';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** What a response of Kie cannot do, whatever it contains. */

let kie: Simulator;
beforeEach(async () => {
	kie = await startSimulator({ taskSeconds: 0.1, readRates: false });
});
afterEach(async () => await kie.close());

describe('a reason of 2 MB', () => {
	const long = 'x'.repeat(2_000_000);

	it('of a failed task is shortened', async () => {
		kie.inject({ on: 'create', kind: 'fail', failMsg: long, failCode: long });
		const { error, stored } = await runNode(kie, { parameters: zImage });
		expect(error?.message).toMatch(/^Kie\.ai could not complete the task: x{1000}… \[item 0\]$/);
		expect(stored.length).toBeLessThan(50_000);
	});

	it('of a rejected request is shortened', async () => {
		kie.inject({ on: 'create', kind: 'code', code: 422, msg: long });
		const { error, stored } = await runNode(kie, { parameters: zImage });
		expect(error?.message).toMatch(/^Kie\.ai rejected the input: x{1000}… \[item 0\]$/);
		expect(stored.length).toBeLessThan(50_000);
	});
});

describe('a result at a private address', () => {
	const download = { ...zImage, downloadFiles: true, options: { pollInterval: 1 } };
	/** The simulator by a public name, so that its own URL is a private one. */
	const asPublic = () => ({ baseUrl: kie.url.replace('127.0.0.1', 'kie.example.com') });
	const realLookup = dns.lookup;
	beforeEach(() => {
		jest
			.spyOn(dns, 'lookup')
			.mockImplementation(((name: string, ...rest: unknown[]) =>
				Reflect.apply(realLookup, dns, [
					name === 'kie.example.com' ? '127.0.0.1' : name,
					...rest,
				])) as typeof dns.lookup);
	});
	afterEach(() => jest.restoreAllMocks());
	const downloads = () => kie.requests.filter(({ path }) => path.startsWith('/files/'));

	it('is not requested', async () => {
		const { error } = await runNode(kie, { parameters: download, credentials: asPublic() });
		const url = [...kie.tasks.values()][0]!.urls[0]!;
		expect(error?.message).toBe(
			`A result file could not be downloaded: its URL has a private address (${url.slice(0, 80)}) [item 0]`,
		);
		expect(error?.description).toContain(url);
		expect(downloads()).toEqual([]);
	});

	it('is not requested after a redirect', async () => {
		const { port } = new URL(kie.url);
		kie.inject({ on: 'create', kind: 'result-url', url: `http://kie.example.com:${port}/files/a.png` });
		kie.inject({ on: 'download', kind: 'redirect', to: 'http://169.254.169.254/latest/meta-data', times: 'always' });
		const { error } = await runNode(kie, { parameters: download, credentials: asPublic() });
		expect(error?.message).toContain('its URL has a private address (http://169.254.169.254/latest/meta-data)');
		expect(downloads()).toHaveLength(1);
	});

	it('is downloaded if the API itself has a private address, also after a redirect', async () => {
		kie.inject({ on: 'download', kind: 'redirect', to: './0.png', times: 5 });
		const { items, error } = await runNode(kie, { parameters: download });
		expect(error).toBeUndefined();
		expect(items[0]?.binary?.data).toMatchObject({
			fileName: expect.stringMatching(/^z-image-\w{8}\.png$/),
			mimeType: 'image/png',
		});
		expect(downloads()).toHaveLength(6);
		expect(kie.requests.filter(({ keyLeaked }) => keyLeaked)).toEqual([]);
	});

	it('is given up after many redirects', async () => {
		kie.inject({ on: 'download', kind: 'redirect', to: './0.png', times: 'always' });
		const { error } = await runNode(kie, { parameters: download });
		expect(error?.message).toContain('it is redirected more than 5 times');
		expect(downloads()).toHaveLength(6);
	});
});

describe('a result whose URL is not on the web', () => {
	it.each(['data:image/png;base64,iVBORw0KGgo=', 'file:///etc/passwd', 'ftp://example.com/a.png'])(
		'is rejected without a request: %s',
		async (url) => {
			kie.inject({ on: 'create', kind: 'result-url', url });
			const { error, seconds } = await runNode(kie, { parameters: { ...zImage, downloadFiles: true } });
			expect(error?.message).toBe(
				`A result file could not be downloaded: its URL does not start with http:// or https:// (${url}) [item 0]`,
			);
			expect(seconds).toBeLessThan(3);
		},
	);
});

describe('the name of a file', () => {
	it.each([
		['..%5C..%5Cevil%00%0D%0A%E2%80%AEgpj.png', 'evilgpj.png'],
		['%2E%2E%2F%2E%2E%2Fa%3Cb%3E%7C.png', 'a_b__.png'],
		['CON.png', '_CON.png'],
		[`${'%C3%A9'.repeat(2_000)}.png`, `${'é'.repeat(100)}.png`],
	])('is safe on every file system: %s', async (name, fileName) => {
		kie.inject({ on: 'create', kind: 'result-url', url: name });
		const { items: tasks } = await runNode(kie, { parameters: zImage });
		const parameters = {
			resource: 'file',
			operation: 'download',
			url: String(tasks[0]?.json.url),
			binaryProperty: 'data',
		};
		const { items, error } = await runNode(kie, { node: new KieCommon(), parameters });
		expect(error).toBeUndefined();
		expect(items[0]?.binary?.data).toMatchObject({ fileName, fileExtension: 'png' });
	});
});

describe('an input file that Kie.ai cannot get from the web', () => {
	it.each([
		'file:///etc/passwd',
		'http://169.254.169.254/latest/meta-data',
		'http://2852039166/latest',
		'http://metadata.google.internal/x',
	])('is rejected before a task is created: %s', async (image) => {
		const { error } = await runNode(kie, {
			parameters: { operation: 'upscale', model: 'recraft/crisp-upscale', image_urls: image, options: {} },
		});
		expect(error?.message).toBe(
			`'Image' must be a public URL that starts with http:// or https:// (got ${image}) [item 0]`,
		);
		expect(kie.requests).toEqual([]);
	});
});

it.each(['a?b', 'a#b', '../user/credit', 'a/../b', 'a/b/c', 'a%2Fb', 'a b'])(
	'%s is not a model ID for Custom Model',
	async (model) => {
		const { error } = await runNode(kie, { items: [{ json: { model } }], parameters: modelOfItem });
		expect(error?.message).toBe(`'Model' must be a model ID (got ${model}) [item 0]`);
		expect(kie.requests).toEqual([]);
	},
);
