import type { INodeParameters, INodeType } from 'n8n-workflow';

import { KieAudio } from '../../nodes/KieAudio/KieAudio.node';
import { KieImage } from '../../nodes/KieImage/KieImage.node';
import { KieVideo } from '../../nodes/KieVideo/KieVideo.node';
import { isObject } from '../../nodes/shared/json';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { runNode } from './engine';

/** How the values of a form are converted to the request body. */

const A = 'https://example.com/a.png';
const B = 'https://example.com/b.png';
const PNG = { data: Buffer.from('image'), name: 'a.png', type: 'image/png' };
const FILES = { data: PNG, data2: { ...PNG, data: Buffer.from('another') } };

let kie: Simulator;
beforeAll(async () => (kie = await startSimulator({ taskSeconds: 0, rate: false, checkMedia: false })));
afterAll(async () => await kie.close());
beforeEach(() => kie.reset());

/** Runs a node and returns the input that Kie received. */
async function sentInput(node: INodeType, parameters: INodeParameters): Promise<{ input?: unknown; error?: string }> {
	const { error } = await runNode(kie, {
		node,
		items: [{ files: FILES }],
		parameters: { ...parameters, executionMode: 'createOnly' },
	});
	const body = kie.creates().at(-1)?.body;
	return { input: isObject(body) ? body.input : undefined, error: error?.message };
}

const uploads = () => kie.uploads.map(({ downloadUrl }) => downloadUrl);

it('splits a list of files in a row, with binary fields', async () => {
	const parameters = {
		operation: 'imageToVideo',
		model: 'kling-3.0/video',
		prompt: 'The @fox runs',
		first_frame_url: A,
		additionalFields: {
			kling_elements: { items: [{ name: 'fox', description: 'A fox', element_input_urls: `${A}, data, data2` }] },
		},
	};
	const { input, error } = await sentInput(new KieVideo(), parameters);
	expect(error).toBeUndefined();
	expect(input).toMatchObject({
		kling_elements: [{ element_input_urls: [A, expect.stringMatching(/^http/), expect.stringMatching(/^http/)] }],
	});
	for (const url of uploads()) expect(JSON.stringify(input)).toContain(url);
	expect(uploads()).toHaveLength(2);
	expect(JSON.stringify(input)).not.toMatch(/start_time|end_time/);
});

it('sends first and last frame as the list that the model expects', async () => {
	const parameters = { operation: 'imageToVideo', model: 'kling-3.0/video', prompt: 'A fox', first_frame_url: A };
	expect((await sentInput(new KieVideo(), parameters)).input).toMatchObject({
		image_urls: [A],
		duration: '5',
		mode: 'pro',
	});
	expect((await sentInput(new KieVideo(), { ...parameters, last_frame_url: 'data' })).input).toMatchObject({
		image_urls: [A, uploads()[0]],
	});
	kie.reset();
	const withoutFirstFrame = { ...parameters, first_frame_url: '={{ "" }}', last_frame_url: B };
	expect((await sentInput(new KieVideo(), withoutFirstFrame)).error).toBe(
		"'Last Frame' requires 'First Frame' [item 0]",
	);
	expect(
		(await sentInput(new KieVideo(), { ...parameters, first_frame_url: `${A}, ${B}`, last_frame_url: A })).error,
	).toMatch(/^'First Frame' must/);
	expect(kie.creates()).toEqual([]);
});

it("sends Kie's word for a choice that all models share", async () => {
	const parameters = { operation: 'generate', model: 'ideogram/v3-text-to-image', prompt: 'A fox' };
	expect((await sentInput(new KieImage(), { ...parameters, aspect_ratio: '16:9' })).input).toMatchObject({
		image_size: 'landscape_16_9',
	});
	expect((await sentInput(new KieImage(), { ...parameters, aspect_ratio: 'square' })).input).toMatchObject({
		image_size: 'square',
	});
	const video = { operation: 'textToVideo', model: 'minimax-h3/text-to-video', prompt: 'A fox', aspect_ratio: '16:9' };
	expect((await sentInput(new KieVideo(), { ...video, resolution: '768p', duration: 8 })).input).toMatchObject({
		resolution: '768P',
		duration: 8,
	});
});

it('rejects a choice that the model does not have', async () => {
	const parameters = { operation: 'textToVideo', model: 'kling-2.6/text-to-video', prompt: 'A fox', sound: true };
	const { error } = await sentInput(new KieVideo(), { ...parameters, aspect_ratio: '21:9' });
	expect(error).toBe('\'Aspect Ratio\' must be one of 1:1, 16:9, 9:16 (got "21:9") [item 0]');
	expect((await sentInput(new KieVideo(), { ...parameters, duration: 7 })).error).toBe(
		'\'Duration (Seconds)\' must be one of 5, 10 (got "7") [item 0]',
	);
	expect(kie.creates()).toEqual([]);
});

it('sends an empty required prompt if the model allows it', async () => {
	const parameters = {
		operation: 'avatar',
		model: 'kling/ai-avatar-standard',
		image_urls: 'data',
		audio_url: 'https://example.com/a.mp3',
	};
	expect(await sentInput(new KieVideo(), parameters)).toMatchObject({ input: { prompt: '' }, error: undefined });
	kie.reset();
	expect((await sentInput(new KieVideo(), { ...parameters, prompt: '={{ undefined }}' })).error).toBe(
		"'Prompt' is required [item 0]",
	);
	expect(kie.creates()).toEqual([]);
});

it('keeps the empty list for an image without boxes', async () => {
	const parameters = { operation: 'edit', model: 'wan/2-7-image', prompt: 'A hat', image_urls: `${A}, ${B}` };
	const boxes = '[[], [[0, 0, 10, 10]]]';
	expect(
		(await sentInput(new KieImage(), { ...parameters, additionalFields: { bbox_list: boxes } })).input,
	).toMatchObject({
		bbox_list: [[], [[0, 0, 10, 10]]],
	});
});

it('sends only the fields of a row that are set', async () => {
	const parameters = {
		operation: 'dialogue',
		model: 'google/gemini-3-1-flash-tts',
		speakers: { items: [{ speaker_id: 'Speaker 1', voice_name: 'Kore', accent: 'Neutral' }] },
		dialogue_turns: { items: [{ speaker_id: 'Speaker 1', text: 'Hello' }] },
	};
	const { input } = await sentInput(new KieAudio(), parameters);
	expect(input).toMatchObject({ speakers: [{ speaker_id: 'Speaker 1', voice_name: 'Kore', accent: 'Neutral' }] });
	expect(JSON.stringify(input)).not.toMatch(/style|pace|audio_profile/);
});

it('converts numbers and text in JSON as the schema says', async () => {
	const json = (model: string, operation: string, input: object) => ({
		operation,
		model,
		specifyInput: 'json',
		inputJson: JSON.stringify(input),
	});
	const runway = { prompt: 'A fox', duration: '5', quality: '720p', aspect_ratio: '16:9' };
	expect((await sentInput(new KieVideo(), json('runway', 'textToVideo', runway))).input).toEqual({
		...runway,
		duration: 5,
	});
	const kling = { prompt: 'A fox', duration: 5, aspect_ratio: '16:9', resolution: '720p' };
	expect((await sentInput(new KieVideo(), json('kling/v3-turbo-text-to-video', 'textToVideo', kling))).input).toEqual({
		...kling,
		duration: '5',
	});
	kie.reset();
	const blankInput = { prompt: ' ', aspect_ratio: '1:1' };
	expect((await sentInput(new KieImage(), json('z-image', 'generate', blankInput))).error).toBe(
		"'Prompt' is required [item 0]",
	);
	expect(kie.creates()).toEqual([]);
});

it.each([
	['seedance', { operation: 'imageToVideo', model: 'bytedance/seedance-2-fast' }, { prompt: 'A fox runs' }, 'Prompt'],
	[
		'kling',
		{ operation: 'textToVideo', model: 'kling/v2-5-turbo-text-to-video-pro', prompt: 'A' },
		{ aspect_ratio: '9:16' },
		'Aspect Ratio',
	],
	[
		'hailuo',
		{ operation: 'imageToVideo', model: 'happyhorse-1-1/image-to-video' },
		{ resolution: '720p' },
		'Resolution',
	],
])('rejects an additional field that an earlier version saved: %s', async (_, parameters, additionalFields, label) => {
	const { error } = await sentInput(new KieVideo(), { ...parameters, additionalFields });
	expect(error).toBe(`'${label}' is no longer one of the additional fields [item 0]`);
	expect(kie.creates()).toEqual([]);
});

describe('a value that an earlier version saved under another name', () => {
	const aspectRatio = { operation: 'generate', model: '4o-image-api', prompt: 'A fox' };
	const motion = { operation: 'motionControl', model: 'kling-3.0/motion-control', prompt: 'A fox', video_urls: A };
	const cases: Array<[string, INodeType, INodeParameters, INodeParameters, string]> = [
		[
			'a file',
			new KieImage(),
			{ operation: 'upscale', model: 'recraft/crisp-upscale' },
			{ image: A },
			`'Image' has to be set again (it was ${A})`,
		],
		[
			'an expression',
			new KieVideo(),
			{ operation: 'imageToVideo', model: 'hailuo/2-3-image-to-video-pro', prompt: 'A fox' },
			{ image_url: `={{ "${A}" }}` },
			`'First Frame' has to be set again (it was ${A})`,
		],
		[
			'a list',
			new KieVideo(),
			{ operation: 'imageToVideo', model: 'veo3_fast', prompt: 'A fox' },
			{ imageUrls: `${A}, ${B}` },
			`'First Frame' has to be set again (it was ${A}, ${B})`,
		],
		['a choice', new KieImage(), aspectRatio, { size: '3:2' }, "'Aspect Ratio' has to be set again (it was 3:2)"],
		[
			"a choice with the name of another model's",
			new KieVideo(),
			motion,
			{ mode: '1080p' },
			"'Resolution' has to be set again (it was 1080p)",
		],
	];
	it.each(cases)('is rejected: %s', async (_, node, parameters, saved, message) => {
		const { error } = await sentInput(node, { ...parameters, ...saved });
		expect(error).toBe(`${message} [item 0]`);
		expect(kie.creates()).toEqual([]);
	});

	it('is no longer in the way when the field is set again', async () => {
		const { input } = await sentInput(new KieImage(), { ...aspectRatio, size: '3:2', aspect_ratio: '2:3' });
		expect(input).toMatchObject({ size: '2:3' });
	});

	it('is not confused with a choice of another model', async () => {
		const { input } = await sentInput(new KieVideo(), { ...motion, mode: 'spicy' });
		expect(input).not.toHaveProperty('mode');
	});
});
