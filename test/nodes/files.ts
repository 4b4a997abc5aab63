import type { INodeParameters } from 'n8n-workflow';

import type { Simulator } from '../simulator';
import { mediaFile, startSimulator } from '../simulator';
import type { TestFile } from './engine';
import { readBinary, runNode } from './engine';

/** Binary fields as input and output, in the same way for every storage mode of n8n. */

const png = (name: string): TestFile => ({
	data: mediaFile(`${name}.png`)!.bytes,
	name: `${name}.png`,
	type: 'image/png',
});
const [fox, owl, cat] = [png('fox'), png('owl'), png('cat')];

const upscale: INodeParameters = {
	operation: 'upscale',
	model: 'recraft/crisp-upscale',
	image_urls: 'data',
	options: { pollInterval: 1 },
};
const edit = (images: INodeParameters[string]): INodeParameters => ({
	operation: 'edit',
	model: 'google/nano-banana-edit',
	prompt: 'Add a hat',
	image_urls: images,
	options: { pollInterval: 1 },
});

const URL_A = 'https://example.com/w_200,h_100/a.png';

/** @param shared How often a file of three items is uploaded. */
export function describeFiles(mode: string, shared: number): void {
	describe(`files that n8n keeps ${mode}`, () => {
		let kie: Simulator;
		beforeEach(async () => {
			kie = await startSimulator({ taskSeconds: 0.1, readRates: false });
		});
		afterEach(async () => await kie.close());

		/** The URL of an uploaded file. */
		const uploadedUrlOf = ({ data }: TestFile) => kie.uploads.find(({ bytes }) => bytes?.equals(data))?.downloadUrl;
		const input = (index = 0) => {
			const { body } = kie.creates()[index]!;
			return typeof body === 'object' && body !== null && 'input' in body ? body.input : undefined;
		};

		it('are uploaded, whole and with their type, and their URL is sent', async () => {
			const { items, error } = await runNode(kie, { items: [{ files: { data: fox } }], parameters: upscale });
			expect(error).toBeUndefined();
			expect(kie.uploads).toHaveLength(1);
			expect(kie.uploads[0]).toMatchObject({ mimeType: 'image/png', fileSize: fox.data.length });
			expect(input()).toEqual({ image: uploadedUrlOf(fox) });
			expect(items[0]?.json.state).toBe('success');
		});

		it('are uploaded under names that do not overwrite each other', async () => {
			const sameNamedOwl = { ...owl, name: fox.name };
			await runNode(kie, { items: [{ files: { data: fox } }, { files: { data: sameNamedOwl } }], parameters: upscale });
			expect(new Set([uploadedUrlOf(fox), uploadedUrlOf(sameNamedOwl)]).size).toBe(2);
		});

		it('may be several in one field, in their order', async () => {
			await runNode(kie, {
				items: [{ files: { data: fox, photo: owl, last: cat } }],
				parameters: edit('photo, data,last'),
			});
			expect(input()).toMatchObject({ image_urls: [uploadedUrlOf(owl), uploadedUrlOf(fox), uploadedUrlOf(cat)] });
		});

		it('may stand beside URLs, which are sent as they are', async () => {
			await runNode(kie, { items: [{ files: { data: fox } }], parameters: edit(`${URL_A}, data, asset://abc`) });
			expect(input()).toMatchObject({ image_urls: [URL_A, uploadedUrlOf(fox), 'asset://abc'] });
			expect(kie.uploads).toHaveLength(1);
		});

		it('may be named by a list from an expression', async () => {
			const { error } = await runNode(kie, {
				items: [{ json: { images: [URL_A, 'data', { url: 'https://example.com/b.png' }] }, files: { data: fox } }],
				parameters: edit('={{ $json.images }}'),
			});
			expect(error).toBeUndefined();
			expect(input()).toMatchObject({ image_urls: [URL_A, uploadedUrlOf(fox), 'https://example.com/b.png'] });
		});

		it('may be named in input given as JSON', async () => {
			const { error } = await runNode(kie, {
				items: [{ files: { data: fox } }],
				parameters: {
					...edit(''),
					specifyInput: 'json',
					inputJson: `{ "prompt": "data", "image_urls": ["data", "${URL_A}"] }`,
				},
			});
			expect(error).toBeUndefined();
			expect(input()).toMatchObject({ prompt: 'data', image_urls: [uploadedUrlOf(fox), URL_A] });
		});

		it('are uploaded once where one item names them twice', async () => {
			await runNode(kie, { items: [{ files: { data: fox } }], parameters: edit('data, data') });
			expect(kie.uploads).toHaveLength(1);
			expect(input()).toMatchObject({ image_urls: [uploadedUrlOf(fox), uploadedUrlOf(fox)] });
		});

		it(`are uploaded ${shared === 1 ? 'once' : 'for each item'} if three items have the same one`, async () => {
			await runNode(kie, { items: Array(3).fill({ files: { data: fox } }), parameters: upscale });
			expect(kie.uploads).toHaveLength(shared);
			expect(kie.creates()).toHaveLength(3);
			const uploadedUrls = kie.uploads.map(({ downloadUrl }) => downloadUrl);
			for (const index of [0, 1, 2]) expect(uploadedUrls.map((image) => ({ image }))).toContainEqual(input(index));
		});

		it('are uploaded each for its own item', async () => {
			const files = [fox, owl, cat];
			const { items } = await runNode(kie, {
				items: files.map((file) => ({ files: { data: file } })),
				parameters: upscale,
			});
			for (const [index, file] of files.entries()) {
				const task = kie.tasks.get(String(items[index]?.json.taskId));
				expect(task?.input.image).toBe(uploadedUrlOf(file));
			}
		});

		it('are not uploaded where a field only has their name in its text', async () => {
			await runNode(kie, {
				items: [{ files: { data: fox } }],
				parameters: { operation: 'generate', model: 'z-image', prompt: 'data', aspect_ratio: '1:1' },
			});
			expect(kie.uploads).toHaveLength(0);
			expect(input()).toEqual({ prompt: 'data', aspect_ratio: '1:1' });
		});

		it.each(['cut', 'empty'] as const)('are fetched again where they came %s', async (kind) => {
			kie.inject({ on: 'download', kind, times: 2 });
			const { items } = await runNode(kie, {
				items: [{ files: { data: fox } }],
				parameters: { ...upscale, downloadFiles: true },
			});
			const [url] = [items[0]?.json.urls].flat();
			const bytes = await readBinary(items[0]!.binary!.data!);
			expect(bytes.equals(mediaFile(new URL(String(url)).pathname)!.bytes)).toBe(true);
			expect(kie.requests.filter(({ path }) => path.startsWith('/files/results/'))).toHaveLength(3);
		});

		it('are returned whole', async () => {
			const { items } = await runNode(kie, {
				items: [{ files: { data: fox } }],
				parameters: { ...upscale, downloadFiles: true },
			});
			const [url] = [items[0]?.json.urls].flat();
			const binary = items[0]?.binary?.data;
			expect(binary).toMatchObject({
				fileName: expect.stringMatching(/^recraft-crisp-upscale-\w{8}\.png$/),
				mimeType: 'image/png',
			});
			expect((await readBinary(binary!)).equals(mediaFile(new URL(String(url)).pathname)!.bytes)).toBe(true);
			expect(binary?.id === undefined).toBe(shared !== 1);
		});
	});
}
