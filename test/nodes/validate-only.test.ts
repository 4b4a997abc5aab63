import type { INodeParameters } from 'n8n-workflow';

import { KieSuno } from '../../nodes/KieSuno/KieSuno.node';
import type { Simulator } from '../simulator';
import { mediaFile, startSimulator } from '../simulator';
import { runNode } from './engine';
import { zImage } from './market';

/** Mode: Validate Only checks everything, and neither creates nor uploads anything. */

let kie: Simulator;
beforeEach(async () => {
	kie = await startSimulator({ taskSeconds: 0.1, credits: 0 });
});
afterEach(async () => {
	const createdAnything = [kie.creates().length, kie.uploads.length, kie.tasks.size];
	await kie.close();
	expect(createdAnything).toEqual([0, 0, 0]);
});

const fox = { data: mediaFile('fox.png')!.bytes, name: 'fox.png', type: 'image/png' };

const validate = (parameters: INodeParameters): INodeParameters => ({ ...parameters, executionMode: 'validateOnly' });

it('returns for each item whether it is valid, its issues, the price and the request', async () => {
	const { items, error } = await runNode(kie, {
		items: [{ json: { prompt: 'A fox', ratio: '1:1' } }, { json: { prompt: 'x'.repeat(5_000), ratio: '7:1' } }],
		parameters: validate({ ...zImage, prompt: '={{ $json.prompt }}', aspect_ratio: '={{ $json.ratio }}' }),
	});
	expect(error).toBeUndefined();
	expect(items[0]).toEqual({
		json: {
			valid: true,
			problems: [],
			price: 'flat 4 credits per image',
			model: 'z-image',
			endpoint: 'POST /api/v1/jobs/createTask',
			request: { model: 'z-image', input: { prompt: 'A fox', aspect_ratio: '1:1' } },
		},
		pairedItem: { item: 0 },
	});
	expect(items[1]).toMatchObject({
		json: {
			valid: false,
			problems: [
				{ field: 'prompt', message: expect.stringMatching(/^'Prompt' must be at most \d+ characters \(got 5000\)$/) },
				{ field: 'aspect_ratio', message: expect.stringContaining("'Aspect Ratio'") },
			],
			request: { input: { aspect_ratio: '7:1' } },
		},
		pairedItem: { item: 1 },
	});
	// One request for the prices of all items, and one for the limits.
	const paths = kie.requests.map(({ path }) => path).sort();
	expect(paths).toEqual(['/api/v1/models', '/api/v1/models/z-image/schema']);
});

it('checks binary fields without uploading them', async () => {
	const parameters = validate({ operation: 'upscale', model: 'recraft/crisp-upscale', image_urls: 'data' });
	const { items } = await runNode(kie, { items: [{ files: { data: fox } }, { json: {} }], parameters });
	expect(items[0]?.json).toMatchObject({ valid: true, request: { input: { image: 'binary://data' } } });
	expect(items[1]?.json).toMatchObject({
		valid: false,
		problems: [{ field: 'image', message: expect.stringContaining('the item has none') }],
	});
});

it.each<[string, INodeParameters, RegExp]>([
	[
		'an unknown model',
		{ model: 'nothing' },
		/^The operation does not support the model 'nothing'\. Similar models: [^[]+$/,
	],
	['JSON that is none', { specifyInput: 'json', inputJson: '[1' }, /^'Input \(JSON\)' must be a JSON object$/],
	['an option out of range', { options: { callBackUrl: 'no' } }, /^'Callback URL' must be a URL/],
])('reports the issues of %s', async (_name, change, message) => {
	const { items, error } = await runNode(kie, { parameters: validate({ ...zImage, ...change }) });
	expect(error).toBeUndefined();
	expect(items[0]?.json).toEqual({ valid: false, problems: [{ message: expect.stringMatching(message) }] });
});

it('works if Kie.ai does not list the price', async () => {
	kie.inject({ on: 'models', kind: 'drop-before', times: 100 });
	const { items, run } = await runNode(kie, { parameters: validate(zImage), credentials: { apiKey: 'another' } });
	expect(items[0]?.json).toMatchObject({ valid: true, price: 'Not available' });
	const hints = run.data.resultData.runData.Kie?.at(-1)?.hints?.map(({ message }) => message);
	expect(hints).toEqual([expect.stringMatching(/^No price is known for z-image: /)]);
});

it('validates a song', async () => {
	const parameters = validate({ resource: 'music', operation: 'generate', prompt: 'A song of the night city' });
	const { items, error } = await runNode(kie, { node: new KieSuno(), parameters });
	expect(error).toBeUndefined();
	expect(items[0]?.json).toMatchObject({
		valid: true,
		price: '12 credits per call',
		endpoint: 'POST /api/v1/generate',
		request: { prompt: 'A song of the night city', callBackUrl: expect.any(String) },
	});
});

it.each(['Validate Only', 'validate', '={{ $json.mode }}', ''])(
	'creates nothing in a mode that does not exist: %p',
	async (mode) => {
		const { error } = await runNode(kie, {
			items: [{ json: { mode: 'validateOnly' } }],
			parameters: { ...zImage, executionMode: mode },
		});
		expect(error?.message).toMatch(
			/^'Mode' must be one of createAndWait, createOnly, validateOnly \(got .*\) \[item 0\]$/,
		);
		expect(error?.description).toBe('Nothing was sent to Kie.ai for this item.');
	},
);
