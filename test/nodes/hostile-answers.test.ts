import dns from 'node:dns';

import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { runNode } from './engine';
import { zImage } from './market';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** What an answer of Kie's cannot do, whatever it contains. */

let kie: Simulator;
beforeEach(async () => {
	kie = await startSimulator({ taskSeconds: 0.1, readRates: false });
});
afterEach(async () => await kie.close());

describe('a reason of 2 MB', () => {
	const long = 'x'.repeat(2_000_000);

	it('of a failed task is cut', async () => {
		kie.inject({ on: 'create', kind: 'fail', failMsg: long, failCode: long });
		const { error, stored } = await runNode(kie, { parameters: zImage });
		expect(error?.message).toMatch(/^Kie\.ai could not complete the task: x{1000}… \[item 0\]$/);
		expect(stored.length).toBeLessThan(50_000);
	});

	it('of a refused request is cut', async () => {
		kie.inject({ on: 'create', kind: 'code', code: 422, msg: long });
		const { error, stored } = await runNode(kie, { parameters: zImage });
		expect(error?.message).toMatch(/^Kie\.ai rejected the input: x{1000}… \[item 0\]$/);
		expect(stored.length).toBeLessThan(50_000);
	});
});

describe('a result at a private address', () => {
	const download = { ...zImage, options: { pollInterval: 1, downloadFiles: true } };
	/** The simulator by a public name, so that its own address is a private one. */
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

	it('is downloaded if the API has one, also after a redirect', async () => {
		kie.inject({ on: 'download', kind: 'redirect', to: './0.png', times: 5 });
		const { items, error } = await runNode(kie, { parameters: download });
		expect(error).toBeUndefined();
		expect(items[0]?.binary?.data).toMatchObject({ fileName: '0.png', mimeType: 'image/png' });
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
