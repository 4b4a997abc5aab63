import { omit } from 'lodash';
import type { INodeParameters } from 'n8n-workflow';

import type { JsonObject } from '../../nodes/shared/json';
import { NO_CALLBACK_URL } from '../../nodes/KieSuno/readSunoJob';
import type { FaultKind, Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { failureOf } from './engine';
import { accountKeys, parentOf, phraseItem, runSuno, songItem, uses } from './suno-world';

jest.mock('../../nodes/shared/api/sleep', () => ({
	...jest.requireActual<object>('../../nodes/shared/api/sleep'),
	...jest.requireActual<object>('./hurry'),
}));

/** How Kie Suno handles Suno's responses, on both APIs. */

const FILE = 'https://example.com/file.mp3';
const RETRIES = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** What an operation needs in addition to the item. */
const VALUES: INodeParameters = {
	continueAt: 30,
	infillStartS: 10,
	infillEndS: 30,
	vocalStartS: 0,
	vocalEndS: 20,
	uploadUrlList: `${FILE}, ${FILE}`,
	uploadUrl: FILE,
	audioUrl: FILE,
	voiceUrl: FILE,
	verifyUrl: FILE,
	stemName: 'Lead Vocal',
	model: 'V6',
	duration: 60,
};
const TEXT = 'Night City: a/b?';

/** The first form of each operation, and of stems all. */
const operations = uses.filter(
	({ model, operation, switches }, index) =>
		switches.type !== undefined ||
		uses.findIndex((candidate) => candidate.model === model && candidate.operation === operation) === index,
);

const generate = (overrides: INodeParameters = {}, options: INodeParameters = {}): INodeParameters => ({
	resource: 'music',
	operation: 'generate',
	prompt: 'A song of the night city',
	...overrides,
	options: { pollInterval: 1, ...options },
});
const custom = (overrides: INodeParameters = {}, options: INodeParameters = {}): INodeParameters =>
	generate({ customMode: true, style: 'Synthwave', title: TEXT, ...overrides }, options);

const track = (titled: string) => ({
	id: expect.stringMatching(/^[0-9a-f-]{36}$/),
	title: titled,
	audioUrl: expect.stringMatching(/\.mp3$/),
	streamUrl: expect.stringMatching(/\.mp3$/),
	imageUrl: expect.stringMatching(/\.jpeg$/),
	tags: 'Synthwave',
	duration: 180,
	lyrics: 'A song of the night city',
	model: 'chirp-v6',
});

/** What each kind of task has in its JSON beyond the fields of all nodes. */
const RESULTS: Record<string, { api: string; details: JsonObject | object; files: number }> = {
	generateLyrics: {
		api: 'suno-lyrics',
		files: 0,
		details: { lyrics: [{ title: expect.any(String), text: expect.stringContaining('[Verse]') }, expect.anything()] },
	},
	getTimestamped: {
		api: 'suno-now',
		files: 0,
		details: {
			alignedWords: expect.arrayContaining([
				expect.objectContaining({ word: 'city ', startS: expect.any(Number), endS: expect.any(Number) }),
			]),
		},
	},
	convertToWav: { api: 'suno-wav', files: 1, details: {} },
	'separate split_stem': {
		api: 'suno-stems',
		files: 12,
		details: { stems: { vocal: expect.any(String), backingVocals: expect.any(String), drums: expect.any(String) } },
	},
	generateMidi: {
		api: 'suno-midi',
		files: 0,
		details: {
			instruments: [{ name: 'Vocals', notes: expect.arrayContaining([expect.objectContaining({ pitch: 60 })]) }, {}],
		},
	},
	recover: { api: 'suno-recovery', files: 2, details: { tracks: [{ id: expect.any(String), title: 'A song' }, {}] } },
	'video generate': { api: 'suno-video', files: 1, details: {} },
	'coverArt generate': { api: 'suno-cover', files: 2, details: {} },
	createPersona: { api: 'suno-now', files: 0, details: { personaId: expect.stringMatching(/^[0-9a-f]{32}$/) } },
	generatePhrase: { api: 'suno-voice-phrase', files: 0, details: { phrase: expect.stringMatching(/^Harmonies/) } },
	regeneratePhrase: { api: 'suno-voice-phrase', files: 0, details: { phrase: expect.stringMatching(/^Harmonies/) } },
	createVoice: { api: 'suno-voice', files: 0, details: { voiceId: expect.stringMatching(/^voice_/) } },
	checkVoice: { api: 'suno-now', files: 0, details: { isAvailable: true } },
	boost: { api: 'suno-now', files: 0, details: { result: expect.stringContaining('piano') } },
};

describe('Kie Suno', () => {
	let kie: Simulator;
	beforeAll(async () => {
		kie = await startSimulator({
			taskSeconds: 0.05,
			rate: false,
			readRates: false,
			credits: 1e9,
			apiKeys: accountKeys,
			checkMedia: false,
		});
	});
	afterAll(async () => await kie.close());
	beforeEach(() => kie.reset());

	/** Runs an operation on the item of a task that it can continue from. */
	async function runUse(
		use: (typeof uses)[number],
		{ downloadFiles = false, ...options }: INodeParameters,
		fault?: FaultKind,
	) {
		const { model, operation, form, switches } = use;
		const json = await parentOf(kie, operation);
		if (fault) kie.inject({ on: 'create', ...fault });
		kie.requests.length = 0;
		const required = [...(model.input.required ?? []), ...(form.required ?? [])];
		const fields = required.filter((name) => !model.input.properties[name]?.refersTo && !(name in switches));
		const formFields = fields
			.filter((name) => model.input.properties[name]?.type !== 'boolean')
			.map((name): [string, INodeParameters[string]] => [name, VALUES[name] ?? TEXT]);
		const result = await runSuno(
			kie,
			{
				resource: model.resource,
				operation,
				...Object.fromEntries(formFields),
				...switches,
				downloadFiles,
				options: { pollInterval: 1, ...options },
			},
			{ items: [{ json: { ...json } }] },
		);
		return { ...result, parent: json };
	}

	describe.each([
		{ road: 'its own paths', useMarket: false },
		{ road: 'the market', useMarket: true },
	])('by $road', ({ useMarket }) => {
		it('returns both tracks of a song, with all that is known about them', async () => {
			const { items, error } = await runSuno(kie, custom({}, { useMarket }));
			expect(error).toBeUndefined();
			expect(items).toHaveLength(1);
			const json = items[0]?.json ?? {};
			expect(json).toMatchObject({ state: 'success', taskId: expect.stringMatching(/^[0-9a-f]{32}$/) });
			expect(json.tracks).toEqual([track(TEXT), track(TEXT)]);
			const tracks = Array.isArray(json.tracks) ? json.tracks : [];
			expect(json.urls).toEqual(tracks.map(({ audioUrl }) => audioUrl));
			const [{ audioUrl: url, title, duration, imageUrl }] = tracks;
			expect(json).toMatchObject({ url, title, duration, imageUrl });
			expect(Object.keys(json).slice(0, 6)).toEqual(['url', 'urls', 'title', 'duration', 'imageUrl', 'tracks']);
		});

		it('returns an item for each track if set', async () => {
			const { items, error } = await runSuno(kie, custom({ downloadFiles: true }, { useMarket, itemPerFile: true }), {
				items: [{}, {}],
			});
			expect(error).toBeUndefined();
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }, { item: 1 }, { item: 1 }]);
			for (const [index, { json, binary }] of items.entries()) {
				const { audioUrl: url, id: audioId, ...fields } = omit(track(TEXT), 'model');
				expect(json).toMatchObject({ url, urls: [json.url], ...fields, audioId, fileIndex: index % 2 });
				expect(json).toMatchObject({ model: expect.stringMatching(useMarket ? /^ai-music-api/ : /./) });
				expect(json.tracks).toBeUndefined();
				expect(Object.keys(json).slice(0, 5)).toEqual(['url', 'urls', 'title', 'duration', 'imageUrl']);
				expect(Object.keys(binary ?? {})).toEqual(['data']);
			}
			expect(new Set(items.map(({ json }) => json.url)).size).toBe(4);
		});

		it('names downloaded tracks after their titles', async () => {
			const { items } = await runSuno(kie, custom({ downloadFiles: true }, { useMarket }));
			expect(Object.values(items[0]?.binary ?? {})).toMatchObject([
				{ fileName: 'Night City ab-1.mp3', mimeType: 'audio/mpeg' },
				{ fileName: 'Night City ab-2.mp3', mimeType: 'audio/mpeg' },
			]);
		});

		it('names downloaded stems after what they are', async () => {
			const use = operations.find(
				({ operation, switches }) => operation === 'separate' && switches.type === 'split_stem',
			);
			const { items } = await runUse(use!, { useMarket, downloadFiles: true });
			const files = Object.values(items[0]?.binary ?? {}).map(({ fileName }) => fileName);
			expect(files.slice(0, 3)).toEqual(['vocal.mp3', 'backingVocals.mp3', 'drums.mp3']);
		});

		it.each(operations)('returns the result of $name under its own names', async (use) => {
			const { model, operation, switches } = use;
			// What the market returns for a single stem is not known.
			if (useMarket && switches.type === 'split_stem_advanced') return;
			const { items, error, parent } = await runUse(use, { useMarket });
			expect([error?.message, error?.description]).toEqual([undefined, undefined]);
			const json = items[0]?.json ?? {};
			expect(json).toMatchObject({ state: 'success', model: useMarket ? model.marketVariant.id : model.id });
			if (model.resource === 'music') {
				expect(json.tracks).toHaveLength(2);
				expect(json.urls).toHaveLength(2);
				return;
			}
			if (switches.type === 'split_stem_advanced') {
				expect(json).toMatchObject({ stems: { leadVocal: json.urls instanceof Array ? json.urls[0] : '' } });
				return;
			}
			const name = operation === 'uploadSeparate' ? 'separate split_stem' : operation;
			const keys = [`${name} ${String(switches.type)}`, `${model.resource} ${name}`, name, 'generateLyrics'];
			const expected = keys.map((key) => RESULTS[key]).find(Boolean);
			expect(json).toMatchObject({ ...expected?.details, api: useMarket ? 'suno-market' : expected?.api });
			expect([json.urls ?? []].flat()).toHaveLength(expected?.files ?? -1);
			const isOfTrack = ['suno-wav', 'suno-stems', 'suno-video'].includes(model.api) && operation !== 'uploadSeparate';
			if (isOfTrack) expect(json).toMatchObject({ sourceTaskId: parent.taskId, audioId: expect.any(String) });
		});

		it("fails with Kie's message", async () => {
			const failure = { kind: 'fail', failCode: '400', failMsg: 'The lyrics are under copyright' } as const;
			kie.inject({ on: 'create', ...failure });
			const { error } = await runSuno(kie, generate({}, { useMarket }));
			expect(error?.message).toBe('Kie.ai could not complete the task: The lyrics are under copyright [item 0]');
			expect(error?.description).toContain('code 400');
		});

		// A voice without its own ID has the task's; an instrumental has no words to time.
		const withResult = operations.filter(({ model, operation }) =>
			useMarket
				? model.api !== 'suno-now' && !['createVoice', 'generateMidi'].includes(operation)
				: !['createVoice', 'getTimestamped', 'checkVoice'].includes(operation),
		);
		it.each(withResult)('fails if $name completed without a result, instead of returning nothing', async (use) => {
			const fault: FaultKind = { kind: 'no-result', form: 'empty-urls' };
			const { error, items } = await runUse(use, { useMarket, pollInterval: 20 }, fault);
			expect(items).toEqual([]);
			const isAtOnce = use.model.api === 'suno-now';
			expect(error?.message).toMatch(isAtOnce ? /has no result/ : /succeeded at Kie.ai, but has no result/);
		});

		it('creates nothing twice when n8n retries', async () => {
			kie.inject({ on: 'read', kind: 'code', code: 401, times: 3 });
			const { error, items } = await runSuno(kie, generate({}, { useMarket }), { settings: RETRIES });
			expect(error).toBeUndefined();
			expect(items[0]?.json.tracks).toHaveLength(2);
			expect(kie.creates()).toHaveLength(1);
		});

		const uncertainFaults: FaultKind[] = [
			{ kind: 'drop-after' },
			{ kind: 'status', status: 500, accepted: true },
			{ kind: 'cut-json' },
			{ kind: 'no-task-id' },
			{ kind: 'empty' },
		];
		it.each(uncertainFaults)('sends a create that may have been accepted once: $kind', async (fault) => {
			kie.inject({ on: 'create', ...fault });
			const { error } = await runSuno(kie, generate({}, { useMarket }), { settings: RETRIES });
			expect(error?.description).toMatch(/not sent again, to avoid paying twice/);
			expect(kie.creates()).toHaveLength(1);
		});

		it('returns the songs of the other items if one fails', async () => {
			kie.inject({ on: 'create', kind: 'fail', failCode: '400', failMsg: 'Flagged', skip: 1 });
			const result = await runSuno(kie, generate({}, { useMarket }), {
				items: [{}, {}, {}],
				settings: { onError: 'continueRegularOutput' },
			});
			expect(result.items.map(({ json }) => json.state)).toEqual(
				expect.arrayContaining(['success', undefined, 'success']),
			);
			const index = result.items.findIndex(({ json }) => json.state === undefined);
			expect(failureOf(result, index)).toMatchObject({
				error: expect.stringContaining('Flagged'),
				taskId: expect.any(String),
			});
		});
	});

	describe('treats as failed', () => {
		const WORDS: Record<string, string[]> = {
			'suno-music': ['CREATE_TASK_FAILED', 'GENERATE_AUDIO_FAILED', 'SENSITIVE_WORD_ERROR', '失败'],
			'suno-lyrics': ['CREATE_TASK_FAILED', 'GENERATE_LYRICS_FAILED', 'SENSITIVE_WORD_ERROR'],
			'suno-wav': ['CREATE_TASK_FAILED', 'GENERATE_WAV_FAILED'],
			'suno-stems': ['CREATE_TASK_FAILED', 'GENERATE_AUDIO_FAILED'],
			'suno-video': ['CREATE_TASK_FAILED', 'GENERATE_MP4_FAILED'],
			'suno-voice-phrase': ['processing_validate_fail', 'fail'],
			'suno-voice': ['processing_validate_fail', 'fail'],
		};
		const cases = Object.entries(WORDS).flatMap(([api, words]) => words.map((state) => ({ api, state })));
		it.each(cases)('$state of $api', async ({ api, state }) => {
			const use = operations.find(({ model }) => model.api === api);
			const fault = { kind: 'fail', failCode: '500', failMsg: 'It did not work', state } as const;
			const { error } = await runUse(use!, {}, fault);
			expect(error?.message).toBe('Kie.ai could not complete the task: It did not work [item 0]');
		});

		it('the state alone, if Kie gives no reason', async () => {
			kie.inject({ on: 'create', kind: 'fail', failCode: '', failMsg: '', state: 'SENSITIVE_WORD_ERROR' });
			const { error } = await runSuno(kie, generate());
			expect(error?.message).toBe('Kie.ai could not complete the task: SENSITIVE_WORD_ERROR [item 0]');
		});

		it.each([
			{ api: 'suno-midi', flag: 2 },
			{ api: 'suno-midi', flag: 3 },
			{ api: 'suno-cover', flag: 3 },
		])('the number $flag of $api', async ({ api, flag }) => {
			const use = operations.find(({ model }) => model.api === api);
			const { error } = await runUse(use!, {}, { kind: 'fail', failCode: '500', failMsg: 'No', flag });
			expect(error?.message).toBe('Kie.ai could not complete the task: No [item 0]');
		});

		it('a style that Kie reports as failed', async () => {
			const use = operations.find(({ operation }) => operation === 'boost');
			const { error } = await runUse(use!, {}, { kind: 'state', state: '失败' });
			expect(error?.message).toContain('失败');
		});
	});

	it.each(['suno-music', 'suno-lyrics', 'suno-wav', 'suno-stems'])(
		'returns the result of %s although the callback failed',
		async (api) => {
			const use = operations.find(({ model }) => model.api === api);
			const { error, items } = await runUse(use!, {}, { kind: 'callback-failed' });
			expect(error).toBeUndefined();
			expect(items[0]?.json.state).toBe('success');
			const { urls, lyrics } = items[0]?.json ?? {};
			expect([urls, lyrics].flat().filter(Boolean).length).toBeGreaterThan(0);
		},
	);

	it.each(['suno-wav', 'suno-stems', 'suno-video'])('reads the Chinese word for success in %s', async (api) => {
		kie.inject({ on: 'read', kind: 'chinese', times: 'always' });
		const use = operations.find(({ model }) => model.api === api);
		const { error, items } = await runUse(use!, {});
		expect(error).toBeUndefined();
		expect(items[0]?.json.state).toBe('success');
	});

	it('continues polling while a state is unknown', async () => {
		kie.inject({ on: 'read', kind: 'state', state: 'POLISHING', times: 2 });
		const { error } = await runSuno(kie, generate());
		expect(error).toBeUndefined();
		expect(kie.reads().length).toBeGreaterThan(2);
	});

	it('waits for a recovery while its code is 201', async () => {
		const use = operations.find(({ operation }) => operation === 'recover');
		kie.inject({ on: 'read', kind: 'state', state: 201, times: 5 });
		const { error, items } = await runUse(use!, {});
		expect(error).toBeUndefined();
		expect(items[0]?.json.tracks).toHaveLength(2);
		expect(kie.reads().length).toBeGreaterThan(3);
	});

	describe('waits for', () => {
		const runMilestone = async (waitFor: string, downloadFiles = false) => {
			const songs = await startSimulator({ taskSeconds: 1.2, rate: false, readRates: false, apiKeys: accountKeys });
			try {
				const { items, error } = await runSuno(songs, generate({ downloadFiles }, { waitFor, pollInterval: 2 }));
				expect(error).toBeUndefined();
				const [task] = songs.tasks.values();
				return {
					json: items[0]?.json ?? {},
					binary: items[0]?.binary,
					stateThen: task?.state,
					stage: task?.milestone?.name,
				};
			} finally {
				await songs.close();
			}
		};

		it('all tracks', async () => {
			const { json, stateThen } = await runMilestone('all');
			expect(stateThen).toBe('success');
			expect(json.tracks).toHaveLength(2);
		});

		it('the first track', async () => {
			const { json, stateThen, binary } = await runMilestone('first', true);
			expect(stateThen).toBe('running');
			expect(json).toMatchObject({ state: 'success', tracks: [{ audioUrl: expect.any(String) }] });
			expect(json.urls).toHaveLength(1);
			expect(Object.keys(binary ?? {})).toEqual(['data']);
		});

		it('all tracks in the market, which has no milestones', async () => {
			const { items } = await runSuno(kie, generate({}, { waitFor: 'first', useMarket: true }));
			expect(items[0]?.json.tracks).toHaveLength(2);
		});

		it('the words', async () => {
			const { json, stateThen } = await runMilestone('text');
			expect(stateThen).toBe('running');
			expect(json).toMatchObject({ state: 'success', tracks: [{ lyrics: expect.stringContaining('[Verse]') }] });
		});
	});

	describe("reports Kie's rejection", () => {
		const rejections: Array<[string, FaultKind, RegExp]> = [
			[
				'no credits, as lyrics put it',
				{ kind: 'code', code: 429, msg: 'The current credits are insufficient' },
				/Not enough Kie\.ai credits/,
			],
			['no credits', { kind: 'code', code: 402 }, /Not enough Kie\.ai credits/],
			['the key', { kind: 'code', code: 401 }, /rejected the API key/],
			['maintenance', { kind: 'code', code: 455 }, /under maintenance/],
		];
		it.each(rejections)('%s', async (_what, fault, message) => {
			kie.inject({ on: 'create', ...fault, times: 'always' });
			const parameters = { resource: 'lyrics', operation: 'generate', prompt: 'A song' };
			const { error } = await runSuno(kie, parameters);
			expect(error?.message).toMatch(message);
			expect(kie.creates()).toHaveLength(1);
			kie.clearFaults();
		});

		it.each([
			['audio', 'convertToWav', /WAV record already exists/],
			['video', 'generate', /MP4 record already exists/],
			['coverArt', 'generate', /The cover has been generated/],
		])('%s, %s: what was created before', async (resource, operation, message) => {
			const json = { ...(await songItem(kie)) };
			const createAgain = async () =>
				await runSuno(kie, { resource, operation, options: { pollInterval: 1 } }, { items: [{ json }] });
			expect((await createAgain()).error).toBeUndefined();
			expect((await createAgain()).error?.message).toMatch(message);
		});

		it('a track that is not there', async () => {
			const json = { taskId: 'nobody', tracks: [{ id: 'knows' }] };
			const { error } = await runSuno(kie, { resource: 'audio', operation: 'convertToWav' }, { items: [{ json }] });
			expect(error?.message).toBe('Kie.ai rejected the input: Record does not exist [item 0]');
		});
	});

	it("returns Kie's own record if Simplify is off", async () => {
		const { items } = await runSuno(kie, generate({}, { simplify: false }));
		expect(items[0]?.json).toMatchObject({
			api: 'suno-music',
			status: 'SUCCESS',
			response: { sunoData: [{ audioUrl: expect.any(String), modelName: 'chirp-v6' }, {}] },
		});
	});

	describe('the callback URL', () => {
		const sentCallbackUrl = (): unknown => Object(kie.creates()[0]?.body).callBackUrl;

		it.each(operations)('is set for $name if Kie requires one, to a URL that does not exist', async (use) => {
			await runUse(use, {});
			const hasNone = use.model.api === 'suno-now' || use.model.callbackField;
			expect(sentCallbackUrl()).toBe(hasNone ? undefined : NO_CALLBACK_URL);
			expect(new URL(NO_CALLBACK_URL).hostname).toMatch(/\.invalid$/);
		});

		it("is the user's own if set", async () => {
			await runSuno(kie, generate({}, { callBackUrl: 'https://example.com/mine' }));
			expect(sentCallbackUrl()).toBe('https://example.com/mine');
			kie.reset();
			await runSuno(kie, generate({}, { callBackUrl: 'https://example.com/mine', useMarket: true }));
			expect(sentCallbackUrl()).toBe('https://example.com/mine');
		});

		it("has the misspelled name of Kie's API when a phrase is regenerated", async () => {
			const { taskId } = await phraseItem(kie);
			const parameters = { resource: 'voice', operation: 'regeneratePhrase', executionMode: 'createOnly' };
			const callBackUrl = 'https://example.com/mine';
			for (const useMarket of [false, true]) {
				kie.inject({ on: 'create', kind: 'fail' });
				const { error } = await runSuno(
					kie,
					{ ...parameters, options: { callBackUrl, useMarket } },
					{ items: [{ json: { taskId } }] },
				);
				expect(error).toBeUndefined();
				expect(kie.creates().at(-1)?.body).toHaveProperty(useMarket ? 'callBackUrl' : 'calBackUrl', callBackUrl);
			}
		});

		it('is not needed by the market', async () => {
			await runSuno(kie, generate({}, { useMarket: true }));
			expect(kie.creates()[0]?.body).not.toHaveProperty('callBackUrl');
		});
	});

	describe('rejects before anything is sent', () => {
		const long = (length: number) => 'x'.repeat(length);
		const parametersOf = (resource: string, operation: string, overrides: INodeParameters): INodeParameters => ({
			resource,
			operation,
			...overrides,
		});
		const cases: Array<[string, INodeParameters, RegExp]> = [
			[
				'a prompt of simple mode',
				generate({ prompt: long(3001) }),
				/'Prompt' must be at most 3000 characters without 'Custom Mode'/,
			],
			['lyrics of custom mode', custom({ prompt: long(5001) }), /'Prompt'.*5000/],
			['lyrics with V4', custom({ model: 'V4', prompt: long(3001) }), /3000 characters with V4/],
			['a style', custom({ style: long(1001) }), /'Style'.*1000/],
			['a style with V4', custom({ model: 'V4', style: long(201) }), /'Style' must be at most 200 characters with V4/],
			['a title', custom({ title: long(81) }), /'Title'.*80/],
			['a duration', custom({ duration: 361 }), /'Duration \(Seconds\)'.*360/],
			['a short duration', custom({ duration: 9 }), /'Duration \(Seconds\)'.*10/],
			[
				'a persona model with an old version',
				custom({ model: 'V4_5', additionalFields: { personaModel: 'style_persona' } }),
				/'Persona Model' requires V5, V5\.5 or V6/,
			],
			[
				'a duration with an old version',
				custom({ model: 'V4', additionalFields: { duration: 30 } }),
				/'Duration \(Seconds\)' requires 'Custom Mode' and V5\.5 or V6/,
			],
			['a theme of lyrics', parametersOf('lyrics', 'generate', { prompt: long(201) }), /'Prompt'.*200/],
			[
				'a title of an extension with V4',
				parametersOf('music', 'extend', {
					defaultParamFlag: true,
					model: 'V4',
					audioId: 'a',
					prompt: 'x',
					style: 'x',
					title: long(81),
					continueAt: 5,
				}),
				/'Title' must be at most 80 characters with V4/,
			],
			[
				'where an extension starts',
				parametersOf('music', 'extend', {
					defaultParamFlag: true,
					audioId: 'a',
					prompt: 'x',
					style: 'x',
					title: 'x',
					continueAt: 0,
				}),
				/'Continue At'/,
			],
			[
				'a section that is too short',
				parametersOf('music', 'replaceSection', {
					taskId: 'x',
					audioId: 'x',
					prompt: 'x',
					tags: 'x',
					title: 'x',
					fullLyrics: 'x',
					infillStartS: 10,
					infillEndS: 19,
				}),
				/at least 10 seconds/,
			],
			[
				'one file of a mashup',
				parametersOf('music', 'mashup', { prompt: 'x', style: 'x', title: 'x', uploadUrlList: FILE }),
				/2/,
			],
			['a sound', parametersOf('music', 'sounds', { prompt: long(501) }), /'Prompt'.*500/],
			[
				'an idea of a cover',
				parametersOf('music', 'uploadCover', { prompt: long(501), uploadUrl: FILE }),
				/'Prompt' must be at most 500 .*without 'Custom Mode'/,
			],
			[
				'the part for a persona',
				parametersOf('voice', 'createPersona', {
					taskId: 'x',
					audioId: 'x',
					name: 'x',
					description: 'x',
					additionalFields: { vocalStart: 0, vocalEnd: 31 },
				}),
				/10 to 30 seconds/,
			],
			[
				'the name of a video',
				parametersOf('video', 'generate', { taskId: 'x', audioId: 'x', additionalFields: { author: long(51) } }),
				/'Author'.*50/,
			],
		];
		it.each(cases)('%s beyond its limit', async (_what, parameters, message) => {
			const { error } = await runSuno(kie, parameters);
			expect(error?.message).toMatch(message);
			expect(error?.message).toContain('[item 0]');
			expect(kie.requests).toEqual([]);
		});

		it('an operation that no list offers', async () => {
			const { error } = await runSuno(kie, { resource: 'music', operation: 'constructor' });
			expect(error?.message).toBe("The operation 'constructor' is not supported for the resource 'music' [item 0]");
			expect(kie.requests).toEqual([]);
		});

		it('nothing if the check is disabled', async () => {
			const { error } = await runSuno(kie, custom({ title: long(81) }, { checkInput: false }));
			expect(kie.creates()).toHaveLength(1);
			expect(error?.message).toMatch(/rejected the input/);
		});
	});

	describe('with JSON as input', () => {
		it('sends it unchanged, with the form that its switches select', async () => {
			const input = { customMode: true, instrumental: true, model: 'V5', style: 'Jazz', title: 'Blue' };
			const { error } = await runSuno(kie, {
				resource: 'music',
				operation: 'generate',
				specifyInput: 'json',
				inputJson: JSON.stringify(input),
				options: { pollInterval: 1 },
			});
			expect(error).toBeUndefined();
			expect(kie.creates()[0]?.body).toEqual({ ...input, callBackUrl: NO_CALLBACK_URL });
		});

		it('names the fields that the selected form requires', async () => {
			const { error } = await runSuno(kie, {
				resource: 'music',
				operation: 'generate',
				specifyInput: 'json',
				inputJson:
					'{ "customMode": true, "instrumental": false, "model": "V6", "style": "Jazz", "prompt": "La", "duration": 30 }',
			});
			expect(error?.message).toBe("'Title' is required [item 0]");
			expect(kie.requests).toEqual([]);
		});
	});

	describe('gets an earlier', () => {
		const get = async (
			resource: string,
			operation: string,
			taskId: string,
			{ downloadFiles = false, ...options }: INodeParameters = {},
		) => await runSuno(kie, { resource, operation, downloadFiles, options }, { items: [{ json: { taskId } }] });

		const getOperations: Array<[string, string, string, string]> = [
			['music', 'get', 'music', 'generate'],
			['lyrics', 'get', 'lyrics', 'generate'],
			['audio', 'getWav', 'audio', 'convertToWav'],
			['audio', 'getStems', 'audio', 'separate'],
			['audio', 'getMidi', 'audio', 'generateMidi'],
			['audio', 'getRecovered', 'audio', 'recover'],
			['video', 'get', 'video', 'generate'],
			['coverArt', 'get', 'coverArt', 'generate'],
			['voice', 'getPhrase', 'voice', 'generatePhrase'],
			['voice', 'getVoice', 'voice', 'createVoice'],
		];
		it.each(getOperations)(
			'%s, %s: as the operation that created it',
			async (resource, operation, ofResource, ofOperation) => {
				const use = operations.find(
					({ model, operation: operationName, switches }) =>
						model.resource === ofResource && operationName === ofOperation && switches.type !== 'split_stem_advanced',
				);
				const created = (await runUse(use!, {})).items[0]?.json ?? {};
				const { items, error } = await get(resource, operation, String(created.taskId));
				expect(error).toBeUndefined();
				// The record has neither the form that created it, nor the earlier task.
				expect(items[0]?.json).toMatchObject(omit(created, 'model', 'sourceTaskId', 'audioId'));
			},
		);

		it('song that is still being generated, without waiting', async () => {
			kie.inject({ on: 'create', kind: 'never' });
			const created = await runSuno(kie, { ...generate(), executionMode: 'createOnly' });
			expect(created.items[0]?.json).toMatchObject({ state: 'waiting', api: 'suno-music' });
			const { items } = await get('music', 'get', String(created.items[0]?.json.taskId));
			expect(items[0]?.json).toMatchObject({ state: 'waiting' });
			expect(kie.reads()).toHaveLength(1);
		});

		it('song that failed, with the reason', async () => {
			kie.inject({ on: 'create', kind: 'fail', failCode: '400', failMsg: 'Flagged' });
			const created = await runSuno(kie, { ...generate(), executionMode: 'createOnly' });
			await new Promise((resolve) => setTimeout(resolve, 100));
			const { items } = await get('music', 'get', String(created.items[0]?.json.taskId));
			expect(items[0]?.json).toMatchObject({ state: 'fail', failure: { code: '400', reason: 'Flagged' } });
		});

		it('song and downloads it', async () => {
			const { taskId } = await songItem(kie);
			const { items } = await get('music', 'get', taskId, { downloadFiles: true, itemPerFile: true });
			expect(items.map(({ binary }) => binary?.data?.fileName)).toEqual(['A song-1.mp3', 'A song-2.mp3']);
		});

		it('task that does not exist, as an error', async () => {
			const { error } = await get('music', 'get', 'nobody-knows');
			expect(error?.message).toMatch(/no record/);
		});
	});

	it('creates a voice from a phrase with default expressions', async () => {
		const { taskId } = await phraseItem(kie);
		const { items, error } = await runSuno(
			kie,
			{ resource: 'voice', operation: 'createVoice', verifyUrl: FILE, options: { pollInterval: 1 } },
			{ items: [{ json: { taskId } }] },
		);
		expect(error).toBeUndefined();
		expect(kie.creates().at(-1)?.body).toMatchObject({ taskId });
		expect(items[0]?.json.voiceId).toMatch(/^voice_/);
	});

	it("uses the task's ID if a voice has none of its own", async () => {
		const { taskId } = await phraseItem(kie);
		kie.inject({ on: 'create', kind: 'no-result' });
		const { items } = await runSuno(
			kie,
			{ resource: 'voice', operation: 'createVoice', verifyUrl: FILE, options: { pollInterval: 1 } },
			{ items: [{ json: { taskId } }] },
		);
		expect(items[0]?.json.voiceId).toBe(items[0]?.json.taskId);
	});
});
