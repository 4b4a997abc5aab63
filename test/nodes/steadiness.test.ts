import { KieCommon } from '../../nodes/KieCommon/KieCommon.node';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { runNode } from './engine';

/** Runs with changing input, crowded accounts and missing files. */

describe('a run in difficult conditions', () => {
	let kie: Simulator;
	beforeAll(async () => {
		kie = await startSimulator({ taskSeconds: 0.3 });
	});
	afterAll(async () => await kie.close());
	beforeEach(() => kie.reset());

	const image = { operation: 'generate', model: 'z-image', aspect_ratio: '1:1' };
	const options = { pollInterval: 1 };

	it('creates no task twice on Retry On Fail if the prompt changes from try to try', async () => {
		kie.inject({ on: 'create', kind: 'fail', failCode: '500', failMsg: 'Internal error' });
		const { items } = await runNode(kie, {
			items: Array.from({ length: 5 }, () => ({})),
			parameters: { ...image, prompt: '=A fox {{ Math.random() }}', options },
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});
		expect(items).toHaveLength(5);
		expect(kie.creates()).toHaveLength(6);
	});

	it.each([
		['pollInterval', '={{ Number("abc") }}', "'Poll Interval (Seconds)' must be a number from 1 to 600"],
		['timeLimit', '={{ 0 }}', "'Time Limit (Minutes)' must be a number from 0.01 to 1440"],
	])('rejects an invalid option %s before anything is sent', async (name, value, message) => {
		const { error } = await runNode(kie, { parameters: { ...image, prompt: 'A fox', options: { [name]: value } } });
		expect(error?.message).toContain(message);
		expect(kie.requests).toEqual([]);
	});

	it('does not delay other runs after a large batch was canceled', async () => {
		const stoppedRun = runNode(kie, {
			items: Array.from({ length: 60 }, () => ({})),
			parameters: { ...image, prompt: 'A fox', options },
			stopAfterMs: 500,
		});
		await stoppedRun;
		const { seconds, error } = await runNode(kie, { parameters: { ...image, prompt: 'An owl', options } });
		expect(error).toBeUndefined();
		expect(seconds).toBeLessThan(13);
	});

	it('reads the live catalogue at most once a second for all items together', async () => {
		const { items, error } = await runNode(kie, {
			node: new KieCommon(),
			items: [{}, {}, {}],
			parameters: { resource: 'model', operation: 'getPrice', model: { __rl: true, mode: 'list', value: 'z-image' } },
		});
		expect(error).toBeUndefined();
		expect(items).toHaveLength(3);
		// Kie rejects earlier requests.
		expect(kie.requests).toHaveLength(3);
	});

	it('fails only the item whose file n8n no longer stores', async () => {
		const file = { data: Buffer.from('image'), name: 'a.png', type: 'image/png' };
		const edit = {
			operation: 'edit',
			model: 'google/nano-banana-edit',
			prompt: 'Make it night',
			image_urls: '={{ $json.file }}',
			options,
		};
		const { items, errorItems } = await runNode(kie, {
			items: [
				{ json: { file: 'data' }, files: { data: file }, isLost: true },
				{ json: { file: 'https://example.com/a.png' } },
			],
			parameters: edit,
			settings: { onError: 'continueErrorOutput' },
		});
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(errorItems).toHaveLength(1);
		expect(errorItems[0]?.json.error).toMatchObject({
			message: expect.stringContaining('An input file could not be read'),
		});
		expect(kie.creates()).toHaveLength(1);
	});
});
