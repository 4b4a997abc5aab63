import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';

import { KieCommon } from '../../nodes/KieCommon/KieCommon.node';
import { KieImage } from '../../nodes/KieImage/KieImage.node';
import { KieSuno } from '../../nodes/KieSuno/KieSuno.node';
import { KieVideo } from '../../nodes/KieVideo/KieVideo.node';
import { adapters, apiNames } from '../../nodes/shared/adapters';
import type { FaultKind, Simulator } from '../simulator';
import { endedAt, ERROR_OUTPUT, CONTINUE_ON_ERROR, pause, runCommon, startKie } from './common-world';
import { failureOf, readBinary, runNode } from './engine';
import { parentOf } from './suno-world';

jest.mock('../../nodes/shared/api/sleep', () => ({
	...jest.requireActual<object>('../../nodes/shared/api/sleep'),
	...jest.requireActual<object>('./hurry'),
}));

/** Reading tasks of any API that another node has created, and waiting for them. */

const [image, video, suno] = [new KieImage(), new KieVideo(), new KieSuno()];

const task = (operation: string, overrides: INodeParameters = {}): INodeParameters => ({
	resource: 'task',
	operation,
	...overrides,
});
const get = (overrides: INodeParameters = {}) => task('get', overrides);
const wait = (options: INodeParameters = {}, overrides: INodeParameters = {}) =>
	task('wait', { ...overrides, options: { pollInterval: 1, ...options } });

const FILE = 'https://example.com/file.mp4';
const runway = { model: 'runway-own', duration: 5, resolution: '720p', aspect_ratio: '16:9' };

/** A task of each API that has records, by the node that creates it; `isFollowUp`: from an earlier task. */
const TASK_SOURCES: Record<string, { node: INodeType; parameters: INodeParameters; isFollowUp?: true }> = {
	market: { node: image, parameters: { operation: 'generate', model: 'z-image', aspect_ratio: '1:1' } },
	'gpt4o-image': { node: image, parameters: { operation: 'generate', model: 'gpt4o-image', aspect_ratio: '1:1' } },
	'flux-kontext': { node: image, parameters: { operation: 'generate', model: 'flux-kontext-pro' } },
	midjourney: { node: image, parameters: { operation: 'generate', model: 'midjourney-text-to-image' } },
	veo: { node: video, parameters: { operation: 'textToVideo', model: 'veo3_fast' } },
	runway: { node: video, parameters: { operation: 'textToVideo', ...runway } },
	aleph: { node: video, parameters: { operation: 'videoToVideo', model: 'aleph', video_urls: FILE } },
	luma: { node: video, parameters: { operation: 'videoToVideo', model: 'luma-modify', video_urls: FILE } },
	'seedance-asset': {
		node: video,
		parameters: { operation: 'createAsset', model: 'seedance-asset', url: FILE, assetType: 'Video' },
	},
	'suno-music': { node: suno, parameters: { resource: 'music', operation: 'generate' } },
	'suno-lyrics': { node: suno, parameters: { resource: 'lyrics', operation: 'generate' } },
	'suno-wav': { node: suno, isFollowUp: true, parameters: { resource: 'audio', operation: 'convertToWav' } },
	'suno-stems': { node: suno, isFollowUp: true, parameters: { resource: 'audio', operation: 'separate' } },
	'suno-midi': { node: suno, isFollowUp: true, parameters: { resource: 'audio', operation: 'generateMidi' } },
	'suno-video': { node: suno, isFollowUp: true, parameters: { resource: 'video', operation: 'generate' } },
	'suno-cover': { node: suno, isFollowUp: true, parameters: { resource: 'coverArt', operation: 'generate' } },
	'suno-voice-phrase': {
		node: suno,
		parameters: { resource: 'voice', operation: 'generatePhrase', voiceUrl: FILE, vocalStartS: 0, vocalEndS: 20 },
	},
	'suno-voice': {
		node: suno,
		isFollowUp: true,
		parameters: { resource: 'voice', operation: 'createVoice', verifyUrl: FILE },
	},
	'suno-recovery': { node: suno, isFollowUp: true, parameters: { resource: 'audio', operation: 'recover' } },
	'suno-market': { node: suno, parameters: { resource: 'music', operation: 'generate', options: { useMarket: true } } },
};

let kie: Simulator;
beforeAll(async () => {
	kie = await startKie({
		taskSeconds: (_model, { prompt }) => (prompt === 'endless' ? 600 : 0.2),
		checkMedia: false,
		credits: 1e9,
	});
});
afterAll(async () => await kie.close());
beforeEach(() => kie.reset());

/** The item that Create Only returns. */
async function created(name: string, prompt = 'A fox'): Promise<IDataObject> {
	const { node, parameters, isFollowUp } = TASK_SOURCES[name]!;
	const items = isFollowUp ? [{ json: { ...(await parentOf(kie, String(parameters.operation))) } }] : [{}];
	const { items: createdItems, error } = await runCommon(
		kie,
		{ prompt, executionMode: 'createOnly', ...parameters },
		{ node, items },
	);
	expect([error?.message, error?.description]).toEqual([undefined, undefined]);
	kie.requests.length = 0;
	return createdItems[0]!.json;
}
const asItems = (...jsons: IDataObject[]) => jsons.map((json) => ({ json }));
const completedTasks = async (...names: string[]): Promise<IDataObject[]> => {
	const jsons: IDataObject[] = [];
	for (const name of names) jsons.push(await created(name));
	while ([...kie.tasks.values()].some(({ state }) => state === 'running')) await pause(10);
	return jsons;
};

describe('the list of APIs', () => {
	it('contains every API whose tasks have records', () => {
		const { properties } = new KieCommon().description;
		const choices = properties.find(({ name }) => name === 'api')?.options ?? [];
		const listedApis = choices.flatMap((choice) => ('value' in choice ? [String(choice.value)] : []));
		const withRecords = apiNames.filter((api) => adapters[api].read !== undefined);
		expect(listedApis.slice(1).sort()).toEqual(withRecords.sort());
	});
});

describe('Wait', () => {
	const names = Object.keys(TASK_SOURCES);

	it('waits for a batch of all APIs, in order and paired', async () => {
		const jsons: IDataObject[] = [];
		for (const name of names) jsons.push(await created(name));
		const { items, error } = await runCommon(kie, wait(), { items: asItems(...jsons) });
		expect([error?.message, error?.description]).toEqual([undefined, undefined]);
		expect(items.map(({ json, pairedItem }) => [json.taskId, json.api, json.state, pairedItem])).toEqual(
			names.map((api, item) => [jsons[item]?.taskId, api, 'success', { item }]),
		);
		expect(items.map(({ json }) => json.model)).toEqual(jsons.map(({ model }) => model));
		expect(kie.creates()).toHaveLength(0);
	});

	it('returns the same as the node that created the task', async () => {
		const [song] = await completedTasks('suno-music');
		const { items } = await runCommon(kie, wait(), { items: asItems(song!) });
		const expected = await runNode(kie, {
			node: suno,
			items: asItems(song!),
			parameters: { resource: 'music', operation: 'get' },
		});
		expect({ ...items[0]?.json, model: '' }).toEqual({ ...expected.items[0]?.json, model: '' });
		expect(items[0]?.json.tracks).toHaveLength(2);
	});

	it('polls immediately, because the task may have completed', async () => {
		const [json] = await completedTasks('market');
		const { seconds } = await runCommon(kie, wait({ pollInterval: 60 }), { items: asItems(json!) });
		expect(seconds).toBeLessThan(1);
		expect(kie.reads()).toHaveLength(1);
	});

	it('accepts a task ID and an API, such as the 1080p version of a video', async () => {
		const [json] = await completedTasks('veo');
		const byHand = { api: 'veo-1080p', taskId: String(json?.taskId) };
		const { items, error } = await runCommon(kie, wait({}, byHand));
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ ...byHand, state: 'success', urls: [expect.stringContaining('/files/')] });
		expect(kie.reads().length).toBeGreaterThan(1);
	});

	it('finds the task in an item of an error output', async () => {
		const { taskId, api, model } = await created('market');
		const { items, error } = await runCommon(kie, wait(), {
			// n8n adds the fields of the input, here those of an earlier task.
			items: asItems({ taskId: 'earlier', api: 'veo', error: { message: 'Not done', taskId, api, model } }),
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ taskId, api, model, state: 'success' });
	});

	it('downloads the files, with one item per file if set', async () => {
		const [marketTask, midjourneyTask] = await completedTasks('market', 'midjourney');
		const options = { itemPerFile: true, binaryProperty: 'image' };
		const { items, error } = await runCommon(kie, wait(options, { downloadFiles: true }), {
			items: asItems(marketTask!, midjourneyTask!),
		});
		expect(error).toBeUndefined();
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, ...Array(4).fill({ item: 1 })]);
		for (const { binary } of items) {
			expect(binary?.image?.mimeType).toMatch(/^image\//);
			expect((await readBinary(binary!.image!)).length).toBeGreaterThan(100);
		}
	});

	it("returns Kie's own record if Simplify is off", async () => {
		const [json] = await completedTasks('market');
		const { items } = await runCommon(kie, wait({ simplify: false }), { items: asItems(json!) });
		expect(items[0]?.json).toMatchObject({ api: 'market', taskId: json?.taskId, resultJson: expect.any(String) });
	});

	it('stops at the time limit with an error that names the task', async () => {
		const json = await created('market', 'endless');
		const { error, seconds } = await runCommon(kie, wait({ timeLimit: 0.02 }), { items: asItems(json) });
		expect(seconds).toBeLessThan(2);
		expect(error?.message).toBe(`Task ${String(json.taskId)} did not complete within 0.02 minutes [item 0]`);
	});

	it("reports a failed task with Kie's reason", async () => {
		kie.inject({ on: 'create', kind: 'fail', failCode: '501', failMsg: 'Flagged' });
		const json = await created('market');
		const { error } = await runCommon(kie, wait(), { items: asItems(json) });
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'Kie.ai could not complete the task: Flagged [item 0]',
			description: expect.stringContaining(`Task ${String(json.taskId)} (API market, model z-image)`),
		});
	});

	const UNKNOWN: IDataObject = { taskId: 'nobody-made-this', api: 'market' };

	it('gives up after a minute if Kie does not know the task', async () => {
		const startedAt = Date.now();
		const { error } = await runCommon(kie, wait(), { items: asItems(UNKNOWN) });
		expect(error?.message).toBe('Kie.ai has no record of the task nobody-made-this [item 0]');
		expect(error?.description).toContain('recordInfo is null');
		expect(Date.now() - startedAt).toBeGreaterThan(60_000);
		expect(kie.reads().length).toBeGreaterThan(3);
	});

	it('continues if items fail, on both outputs', async () => {
		kie.inject({ on: 'create', kind: 'fail', failMsg: 'Flagged' });
		const jsons = [await created('market'), await created('veo'), { api: 'market' }, await created('suno-music')];
		const result = await runCommon(kie, wait(), { items: asItems(...jsons), settings: CONTINUE_ON_ERROR });
		expect(result.items.map(({ json, pairedItem }) => [json.state, pairedItem])).toEqual(
			[undefined, 'success', undefined, 'success'].map((state, item) => [state, { item }]),
		);
		expect(failureOf(result, 0)).toMatchObject({
			error: 'Kie.ai could not complete the task: Flagged [item 0]',
			taskId: jsons[0]?.taskId,
		});
		expect(failureOf(result, 2).error).toBe("'Task ID' is required [item 2]");
		const { items, errorItems } = await runCommon(kie, wait(), { items: asItems(...jsons), settings: ERROR_OUTPUT });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 3 }]);
		expect(errorItems).toHaveLength(2);
	});

	const TRANSIENT_FAULTS: FaultKind[] = [
		{ kind: 'drop-after' },
		{ kind: 'status', status: 500 },
		{ kind: 'code', code: 429 },
		{ kind: 'html' },
		{ kind: 'cut-json' },
		{ kind: 'record-null' },
		{ kind: 'data-null' },
		{ kind: 'state', state: 'pondering' },
	];

	it.each(TRANSIENT_FAULTS)('polls again after $kind', async (fault) => {
		const [json] = await completedTasks('market');
		kie.inject({ ...fault, on: 'read', times: 3 });
		const { items, error } = await runCommon(kie, wait(), { items: asItems(json!) });
		expect(error).toBeUndefined();
		expect(items[0]?.json.state).toBe('success');
		expect(kie.reads()).toHaveLength(4);
	});

	it('stops within a second when the execution is canceled', async () => {
		const json = await created('market', 'endless');
		const { run, logged } = await runCommon(kie, wait(), { items: asItems(json), stopAfterMs: 400 });
		const stoppedAt = Date.now();
		await pause(900);
		expect(endedAt()).toBeGreaterThanOrEqual(stoppedAt - 50);
		expect(run.status).toBe('canceled');
		expect(endedAt() - stoppedAt).toBeLessThan(800);
		expect(logged).toContain(json.taskId);
	});
});

describe('Get', () => {
	it('returns the state of running, completed and failed tasks', async () => {
		kie.inject({ on: 'create', kind: 'fail', failCode: '501', failMsg: 'Flagged', model: 'z-image', skip: 1 });
		const running = await created('market', 'endless');
		const failedTask = await created('market');
		const song = await created('suno-music');
		while (kie.tasks.get(String(song.taskId))?.state === 'running') await pause(10);
		const { items, error } = await runCommon(kie, get(), { items: asItems(running, failedTask, song) });
		expect(error).toBeUndefined();
		expect(items).toMatchObject([
			{ json: { taskId: running.taskId, state: 'waiting' }, pairedItem: { item: 0 } },
			{ json: { state: 'fail', failure: { code: '501', reason: 'Flagged' } }, pairedItem: { item: 1 } },
			{ json: { state: 'success', tracks: [{}, {}] }, pairedItem: { item: 2 } },
		]);
		expect(kie.reads()).toHaveLength(3);
	});

	it('accepts a task ID and an API, and finds the model in the record', async () => {
		const [json] = await completedTasks('market');
		const byHand = { api: 'market', taskId: ` ${String(json?.taskId)} ` };
		const { items, error } = await runCommon(kie, get(byHand));
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ taskId: json?.taskId, api: 'market', model: 'z-image', state: 'success' });
	});

	it('returns no model if it is unknown', async () => {
		const [json] = await completedTasks('runway');
		const { items } = await runCommon(kie, get({ api: 'runway', taskId: String(json?.taskId) }));
		expect(items[0]?.json).not.toHaveProperty('model');
		// The item has the model of another task.
		const otherAccount = await runCommon(kie, get({ taskId: String(json?.taskId) }), {
			items: asItems({ api: 'runway', taskId: 'other', model: 'aleph' }),
		});
		expect(otherAccount.items[0]?.json).not.toHaveProperty('model');
	});

	it('downloads the files of a completed task', async () => {
		const [json] = await completedTasks('suno-music');
		const { items } = await runCommon(kie, get({ downloadFiles: true }), { items: asItems(json!) });
		expect(Object.values(items[0]?.binary ?? {})).toMatchObject([
			{ mimeType: 'audio/mpeg' },
			{ mimeType: 'audio/mpeg' },
		]);
	});

	it('reports a task that Kie does not know', async () => {
		const { error } = await runCommon(kie, get({ api: 'veo', taskId: 'nobody-made-this' }));
		expect(error?.message).toBe('Kie.ai has no record of the task nobody-made-this [item 0]');
		expect(error?.description).toContain('Task nobody-made-this (API veo)');
	});

	it.each<FaultKind>([{ kind: 'drop-after' }, { kind: 'html' }, { kind: 'code', code: 500 }])(
		'polls again after $kind',
		async (fault) => {
			const [json] = await completedTasks('market');
			kie.inject({ ...fault, on: 'read', times: 2 });
			const { items, error } = await runCommon(kie, get(), { items: asItems(json!) });
			expect(error).toBeUndefined();
			expect(items[0]?.json.state).toBe('success');
		},
	);

	it('reports a rejected API key', async () => {
		const [json] = await completedTasks('market');
		const { error } = await runNode(kie, {
			node: new KieCommon(),
			items: asItems(json!),
			parameters: get(),
			credentials: { apiKey: 'wrong' },
		});
		expect(error?.message).toMatch(/^Kie\.ai rejected the API key.*\[item 0\]$/);
	});
});

describe.each([['get'], ['wait']])('%s', (operation) => {
	const INVALID: Array<[string, INodeParameters, IDataObject, RegExp]> = [
		['no task', {}, { api: 'market' }, /^'Task ID' is required \[item 0\]$/],
		['an empty task', { taskId: '={{ "  " }}' }, { api: 'market' }, /^'Task ID' is required \[item 0\]$/],
		['an item without API', {}, { taskId: 'a' }, /^'API' is required: the item has no field 'api' \[item 0\]$/],
		[
			'an API that nobody knows',
			{},
			{ taskId: 'a', api: 'sora' },
			/^'API' must be an API of Kie\.ai \(got sora\) \[item 0\]$/,
		],
		['an expression without API', { api: '={{ $json.api }}' }, { taskId: 'a' }, /^'API' is required/],
		[
			'a name that every object has',
			{},
			{ taskId: 'a', api: 'constructor' },
			/^'API' must be an API of Kie\.ai \(got constructor\)/,
		],
		[
			'a voice, which came at once',
			{},
			{ taskId: 'a', api: 'omni-audio' },
			/^'API' must be an API that keeps its tasks \(got omni-audio\) \[item 0\]$/,
		],
		[
			'a character, which came at once',
			{},
			{ taskId: 'a', api: 'omni-character' },
			/^'API' must be an API that keeps its tasks \(got omni-character\)/,
		],
		[
			'timestamped lyrics',
			{},
			{ taskId: 'a', api: 'suno-now' },
			/must be an API that keeps its tasks \(got suno-now\)/,
		],
	];

	it.each(INVALID)('rejects %s before anything is sent', async (_name, parameters, json, message) => {
		const { error, items } = await runCommon(kie, task(operation, parameters), { items: asItems(json) });
		expect(items).toEqual([]);
		expect(error).toMatchObject({ name: 'NodeOperationError', message: expect.stringMatching(message) });
		expect(error?.description).toContain('Nothing was sent to Kie.ai for this item.');
		expect(kie.requests).toHaveLength(0);
	});
});
