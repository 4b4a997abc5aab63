import type { INodeParameters } from 'n8n-workflow';

import { KieVideo } from '../../nodes/KieVideo/KieVideo.node';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { runNode } from './engine';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual('./hurry'));

/** The video APIs with their own paths: every state and every unusual response that their pages document. */

describe('an API with paths of its own', () => {
	let kie: Simulator;
	beforeAll(async () => {
		kie = await startSimulator({ taskSeconds: 0.2, readRates: false, checkMedia: false });
	});
	afterAll(async () => await kie.close());
	beforeEach(() => kie.reset());

	const FILE = 'https://example.com/file.mp4';
	const veo = { operation: 'textToVideo', model: 'veo3_fast', prompt: 'A fox' };
	const runway = {
		operation: 'textToVideo',
		model: 'runway-own',
		prompt: 'A fox',
		duration: 5,
		resolution: '720p',
		aspect_ratio: '16:9',
	};
	const aleph = { operation: 'videoToVideo', model: 'aleph', prompt: 'Make it night', video_urls: FILE };
	const luma = { operation: 'videoToVideo', model: 'luma-modify', prompt: 'Make it night', video_urls: FILE };

	const run = async (parameters: INodeParameters) =>
		await runNode(kie, { node: new KieVideo(), parameters: { options: { pollInterval: 1 }, ...parameters } });

	it.each([
		['Veo', veo, 'veo'],
		['Runway', runway, 'runway'],
		['Aleph', aleph, 'aleph'],
		['Luma', luma, 'luma'],
	])('%s returns its video', async (_name, parameters, api) => {
		const { items, error } = await run(parameters);
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ api, state: 'success', urls: [expect.stringContaining('/files/')] });
	});

	it.each([
		['Veo, flag 2', veo, { flag: 2 }],
		['Veo, flag 3', veo, { flag: 3 }],
		['Luma, flag 2', luma, { flag: 2 }],
		['Luma, flag 3', luma, { flag: 3 }],
		['Aleph, flag 0 with a code and a reason', aleph, {}],
		['Aleph, flag 0 with a reason only', aleph, { failCode: '0' }],
		['Runway', runway, {}],
	])('%s fails with its reason', async (_name, parameters, failure) => {
		kie.inject({ on: 'create', kind: 'fail', failCode: '400', failMsg: 'Flagged', ...failure });
		const { error } = await run(parameters);
		expect(error?.message).toBe('Kie.ai could not complete the task: Flagged [item 0]');
	});

	it('Aleph fails with flag 0 and a code only', async () => {
		kie.inject({ on: 'create', kind: 'fail', failCode: '501', failMsg: '' });
		expect((await run(aleph)).error?.description).toContain('code 501');
	});

	it('Luma succeeds with flag 4, which means that only the callback failed', async () => {
		kie.inject({ on: 'create', kind: 'callback-failed' });
		expect((await run(luma)).items[0]?.json).toMatchObject({ state: 'success', urls: [expect.any(String)] });
	});

	it.each([
		['Veo', veo],
		['Runway', runway],
		['Aleph', aleph],
		['Luma', luma],
	])('%s fails if it completes without a video', async (_name, parameters) => {
		kie.inject({ on: 'create', kind: 'no-result', form: 'empty-string' });
		expect((await run(parameters)).error?.message).toContain('succeeded at Kie.ai, but has no result');
	});

	it("Veo's 1080p version is polled while Kie responds with 400, and needs no create", async () => {
		const { items } = await run(veo);
		const { items: large, error } = await run({
			operation: 'upscale',
			model: 'veo-get-1080p',
			taskId: String(items[0]?.json.taskId),
		});
		expect(error).toBeUndefined();
		expect(large[0]?.json).toMatchObject({ api: 'veo-1080p', urls: [expect.stringContaining('/files/')] });
		expect(kie.creates()).toHaveLength(1);
	});

	it("Veo's 4K version has its own task, and a repeated request that gets 422 with the URL succeeds", async () => {
		const taskId = String((await run(veo)).items[0]?.json.taskId);
		const first = await run({ operation: 'upscale', model: 'veo-get-4k', taskId });
		expect(first.items[0]?.json).toMatchObject({ api: 'veo', state: 'success' });
		expect(first.items[0]?.json.taskId).not.toBe(taskId);
		const repeated = await run({ operation: 'upscale', model: 'veo-get-4k', taskId });
		expect(repeated.error).toBeUndefined();
		expect(repeated.items[0]?.json.urls).toEqual(first.items[0]?.json.urls);
	});

	it('voices, characters and assets are returned as their IDs', async () => {
		const character = await run({
			operation: 'createCharacter',
			model: 'omni-character',
			descriptions: 'A fox',
			image_urls: FILE,
		});
		expect(character.items[0]?.json).toMatchObject({
			api: 'omni-character',
			characterId: expect.any(String),
			state: 'success',
		});
		const asset = await run({ operation: 'createAsset', model: 'seedance-asset', url: FILE, assetType: 'Video' });
		expect(asset.items[0]?.json).toMatchObject({ api: 'seedance-asset', state: 'success' });
	});
});
