import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { readBinary, runNode } from './engine';

describe('Kie Image', () => {
	let kie: Simulator;
	beforeAll(async () => {
		kie = await startSimulator({ taskSeconds: 1 });
	});
	afterAll(async () => await kie.close());
	beforeEach(() => kie.reset());

	const zImage = { operation: 'generate', model: 'z-image', prompt: 'A red fox', aspect_ratio: '16:9' };

	it('generates an image and returns its URL', async () => {
		const { items, error } = await runNode(kie, { parameters: { ...zImage, options: { pollInterval: 1 } } });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({
			api: 'market',
			model: 'z-image',
			state: 'success',
			urls: [expect.stringContaining('/files/')],
		});
	});

	it('downloads the image', async () => {
		const { items, error } = await runNode(kie, {
			parameters: { ...zImage, downloadFiles: true, options: { pollInterval: 1 } },
		});
		expect(error).toBeUndefined();
		const binary = items[0]?.binary?.data;
		expect(binary).toMatchObject({ mimeType: 'image/png', fileName: expect.stringMatching(/\.png$/) });
		expect((await readBinary(binary!)).subarray(1, 4).toString()).toBe('PNG');
	});
});
