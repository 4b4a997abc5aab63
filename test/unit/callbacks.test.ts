import { createHash } from 'node:crypto';

import { isObject } from '../../nodes/shared/json';
import type { Json, JsonObject } from '../../nodes/shared/json';
import type { CallbackEvent } from '../../nodes/shared/callbacks/parseCallback';
import { parseCallback } from '../../nodes/shared/callbacks/parseCallback';
import { processedEvents } from '../../nodes/shared/callbacks/processedEvents';
import { checkSignature } from '../../nodes/shared/callbacks/signature';
import type { ApiName } from '../../nodes/shared/adapters';
import { sign } from '../simulator';
import { factFiles, facts } from '../facts';

const ID = 'ee9c2715375b7837f8bb51d641ff5863';
const success = (data: unknown, msg = 'success') => ({ code: 200, msg, data });
const failed = (code: number, data: unknown, msg = 'Flagged') => ({ code, msg, data });

const track = {
	id: 'e231',
	audio_url: 'https://example.com/a.mp3',
	stream_audio_url: 'https://example.com/a',
	image_url: 'https://example.com/a.jpeg',
	prompt: '[Verse] Night',
	model_name: 'chirp-v3-5',
	title: 'Iron Man',
	tags: 'rock',
	createTime: '2025-01-01 00:00:00',
	duration: 198.44,
};
const song = (callbackType: string, data: unknown) => ({ callbackType, task_id: ID, data });
const market = (fields: object) => ({
	taskId: ID,
	model: 'nano-banana-2',
	state: 'success',
	param: '{"model":"nano-banana-2"}',
	resultJson: '{"resultUrls":["https://example.com/a.png"]}',
	failCode: null,
	failMsg: null,
	completeTime: 1756817000000,
	createTime: 1756816992000,
	creditsConsumed: 8,
	...fields,
});
const echo = '{"prompt":"A fox"}';

interface Case {
	name: string;
	body: JsonObject | object;
	event: CallbackEvent;
	/** The first is the API of the body. */
	apis: ApiName[];
	urls?: string[];
	/** Further fields of the status. */
	statusFields?: object;
	milestone?: string;
	model?: string;
}

const failure = (code: string, reason = 'Flagged') => ({ failure: { code, reason } });

/** One of every format on Kie's pages, success and failure. */
const CASES: Case[] = [
	{
		name: 'market, success',
		body: success(market({})),
		event: 'success',
		apis: ['market'],
		model: 'nano-banana-2',
		urls: ['https://example.com/a.png'],
		statusFields: { credits: 8, durationMs: 8000 },
	},
	{
		name: 'market, failure without a model',
		body: failed(501, {
			taskId: ID,
			state: 'fail',
			resultJson: null,
			failCode: 'GENERATION_FAILED',
			failMsg: 'Flagged',
		}),
		event: 'failure',
		apis: ['market'],
		statusFields: failure('GENERATION_FAILED'),
	},
	{
		name: 'market, failure with no more than its state',
		body: failed(501, { taskId: ID, state: 'fail' }),
		event: 'failure',
		apis: ['market'],
		statusFields: failure('501'),
	},
	{
		name: 'market, failure in the older form',
		body: failed(
			501,
			market({ state: 'fail', resultJson: null, failCode: '500', failMsg: 'Flagged', consumeCredits: 0 }),
		),
		event: 'failure',
		apis: ['market'],
		model: 'nano-banana-2',
		statusFields: failure('500'),
	},
	{
		name: 'market, progress',
		body: success(market({ state: 'generating', resultJson: '', progress: 40 })),
		event: 'progress',
		apis: ['market'],
		model: 'nano-banana-2',
	},
	{
		name: 'a model of Suno in the market, in the form of the market',
		body: success(market({ model: 'ai-music-api/generate-persona', resultJson: '{"persona_id":"p1"}' })),
		event: 'success',
		apis: ['suno-market'],
		model: 'ai-music-api/generate-persona',
		statusFields: { details: { personaId: 'p1' } },
	},
	{
		name: 'song, text',
		body: success(song('text', [{ ...track, audio_url: '', image_url: '' }])),
		event: 'progress',
		milestone: 'text',
		apis: ['suno-music', 'suno-market'],
		statusFields: {
			state: 'waiting',
			details: { tracks: [expect.objectContaining({ id: 'e231', lyrics: '[Verse] Night' })] },
		},
	},
	{
		name: 'song, first',
		body: success(song('first', [track])),
		event: 'progress',
		milestone: 'first',
		apis: ['suno-music', 'suno-market'],
		urls: [track.audio_url],
		statusFields: { state: 'waiting' },
	},
	{
		name: 'song, complete',
		body: success(song('complete', [track])),
		event: 'success',
		apis: ['suno-music', 'suno-market'],
		urls: [track.audio_url],
		statusFields: {
			fileNames: ['Iron Man-1'],
			details: {
				tracks: [
					{
						id: 'e231',
						title: 'Iron Man',
						audioUrl: track.audio_url,
						streamUrl: track.stream_audio_url,
						imageUrl: track.image_url,
						tags: 'rock',
						duration: 198.44,
						lyrics: '[Verse] Night',
						model: 'chirp-v3-5',
					},
				],
			},
		},
	},
	{
		name: 'song, error',
		body: failed(501, song('error', null)),
		event: 'failure',
		apis: ['suno-music', 'suno-market', 'suno-lyrics'],
		statusFields: failure('501'),
	},
	{
		name: 'lyrics, success',
		body: success(
			song('complete', [{ text: '[Verse] Moonlight', title: 'Night', status: 'complete', error_message: '' }]),
		),
		event: 'success',
		apis: ['suno-lyrics', 'suno-market'],
		statusFields: { details: { lyrics: [expect.objectContaining({ text: '[Verse] Moonlight' })] } },
	},
	{
		name: 'lyrics, failure, complete all the same',
		body: failed(400, song('complete', null)),
		event: 'failure',
		apis: ['suno-lyrics', 'suno-market', 'suno-music'],
		statusFields: failure('400'),
	},
	{
		name: 'WAV, success',
		body: success({ audioWavUrl: 'https://example.com/a.wav', task_id: ID }),
		event: 'success',
		apis: ['suno-wav', 'suno-market'],
		urls: ['https://example.com/a.wav'],
	},
	{
		name: 'WAV, failure',
		body: failed(500, { audioWavUrl: null, task_id: ID }),
		event: 'failure',
		apis: ['suno-wav', 'suno-market'],
		statusFields: failure('500'),
	},
	{
		name: 'music video, success with code 0',
		body: { code: 0, msg: 'success', data: { task_id: ID, video_url: 'https://example.com/a.mp4' } },
		event: 'success',
		apis: ['suno-video', 'suno-market'],
		urls: ['https://example.com/a.mp4'],
	},
	{
		name: 'music video, failure',
		body: failed(500, { task_id: ID, video_url: null }),
		event: 'failure',
		apis: ['suno-video', 'suno-market'],
		statusFields: failure('500'),
	},
	{
		name: 'stems, success',
		body: success({
			task_id: ID,
			vocal_separation_info: {
				origin_url: '',
				vocal_url: 'https://example.com/v.mp3',
				backing_vocals_url: 'https://example.com/b.mp3',
			},
		}),
		event: 'success',
		apis: ['suno-stems', 'suno-market'],
		urls: ['https://example.com/v.mp3', 'https://example.com/b.mp3'],
		statusFields: {
			fileNames: ['vocal', 'backingVocals'],
			details: { stems: { vocal: 'https://example.com/v.mp3', backingVocals: 'https://example.com/b.mp3' } },
		},
	},
	{
		name: 'stems, failure',
		body: failed(500, { task_id: ID, vocal_separation_info: null }),
		event: 'failure',
		apis: ['suno-stems', 'suno-market'],
		statusFields: failure('500'),
	},
	{
		name: 'MIDI, success',
		body: success({
			taskId: ID,
			state: 'complete',
			instruments: [{ name: 'Drums', notes: [{ pitch: 73, start: '0.1' }] }],
		}),
		event: 'success',
		apis: ['suno-midi', 'suno-market'],
		statusFields: { details: { instruments: [expect.objectContaining({ name: 'Drums' })] } },
	},
	{
		name: 'cover image, success',
		body: success({ taskId: ID, images: ['https://example.com/1.png', 'https://example.com/2.png'] }),
		event: 'success',
		apis: ['suno-cover', 'suno-market'],
		urls: ['https://example.com/1.png', 'https://example.com/2.png'],
	},
	{
		name: 'cover image, failure',
		body: failed(501, { taskId: ID, images: null }),
		event: 'failure',
		apis: ['suno-cover', 'suno-market'],
		statusFields: failure('501'),
	},
	{
		name: 'phrase for a voice, success',
		body: success({ taskId: ID, validateInfo: 'Sing this', status: 'wait_validating', errorCode: 0, errorMessage: '' }),
		event: 'success',
		apis: ['suno-voice-phrase', 'suno-market'],
		statusFields: { details: { phrase: 'Sing this' } },
	},
	{
		name: 'phrase for a voice, failure',
		body: failed(400, {
			taskId: ID,
			validateInfo: '',
			status: 'processing_validate_fail',
			errorCode: 500,
			errorMessage: 'Flagged',
		}),
		event: 'failure',
		apis: ['suno-voice-phrase', 'suno-market'],
		statusFields: failure('500'),
	},
	{
		name: 'voice, success',
		body: success({ taskId: ID, voiceId: 'voice_1', status: 'success', errorCode: 0, errorMessage: '' }),
		event: 'success',
		apis: ['suno-voice', 'suno-market'],
		statusFields: { details: { voiceId: 'voice_1' } },
	},
	{
		name: 'voice, failure',
		body: failed(400, { taskId: ID, voiceId: '', status: 'fail', errorCode: 500, errorMessage: 'Flagged' }),
		event: 'failure',
		apis: ['suno-voice', 'suno-market'],
		statusFields: failure('500'),
	},
	{
		name: 'check of a voice in the market',
		body: success({ taskId: ID, isAvailable: true }),
		event: 'success',
		apis: ['suno-market'],
		statusFields: { details: { isAvailable: true } },
	},
	{
		name: 'recovery, success',
		body: {
			code: 200,
			msg: 'success',
			task_id: ID,
			data: [{ id: '3bc3', audio_url: 'https://example.com/a.m4a', title: 'Sunrise', status: 'success', error: '' }],
		},
		event: 'success',
		apis: ['suno-recovery', 'suno-market'],
		urls: ['https://example.com/a.m4a'],
	},
	{
		name: 'recovery, failure',
		body: {
			code: 500,
			msg: 'Flagged',
			task_id: ID,
			data: [{ id: '3', audio_url: '', status: 'failed', error: 'clip_error' }],
		},
		event: 'failure',
		apis: ['suno-recovery', 'suno-market'],
	},
	{
		name: 'Veo, success',
		body: success({
			taskId: ID,
			promptJson: '{"model":"veo3_fast","prompt":"cat"}',
			info: {
				resultUrls: ['https://example.com/1.mp4'],
				originUrls: ['https://example.com/o.mp4'],
				resolution: '1080p',
			},
			fallbackFlag: false,
		}),
		event: 'success',
		apis: ['veo'],
		urls: ['https://example.com/1.mp4'],
		statusFields: { details: { originUrls: ['https://example.com/o.mp4'], resolution: '1080p' } },
	},
	{
		name: 'Veo, URLs as text',
		body: success({ taskId: ID, info: { resultUrls: '[https://example.com/1.mp4, https://example.com/2.mp4]' } }),
		event: 'success',
		apis: ['veo'],
		urls: ['https://example.com/1.mp4', 'https://example.com/2.mp4'],
	},
	{
		name: 'Veo, failure',
		body: failed(400, { taskId: ID, fallbackFlag: false }),
		event: 'failure',
		apis: ['veo'],
		statusFields: failure('400'),
	},
	{
		name: 'Veo 4K, success',
		body: success({
			taskId: ID,
			info: { resultUrls: ['https://example.com/4k.mp4'], imageUrls: ['https://example.com/4k.jpg'] },
		}),
		event: 'success',
		apis: ['veo'],
		urls: ['https://example.com/4k.mp4'],
	},
	{
		name: 'Veo 4K, success in the form of its OpenAPI',
		body: success({ task_id: ID, result_urls: ['https://example.com/4k.mp4'], media_ids: ['m'], image_urls: [] }),
		event: 'success',
		apis: ['veo'],
		urls: ['https://example.com/4k.mp4'],
	},
	{
		name: 'Runway, success',
		body: success({
			task_id: ID,
			video_id: 'v',
			video_url: 'https://example.com/v.mp4',
			image_url: 'https://example.com/c.png',
		}),
		event: 'success',
		apis: ['runway', 'aleph'],
		urls: ['https://example.com/v.mp4'],
		statusFields: { details: { videoId: 'v', imageUrl: 'https://example.com/c.png' } },
	},
	{
		name: 'Runway, failure',
		body: failed(400, { task_id: ID, video_id: '', video_url: '', image_url: '' }),
		event: 'failure',
		apis: ['runway', 'aleph'],
		statusFields: failure('400'),
	},
	{
		name: 'Runway, failed extension',
		body: failed(400, { task_id: ID }),
		event: 'failure',
		apis: [
			'runway',
			'veo',
			'aleph',
			'suno-market',
			'suno-music',
			'suno-lyrics',
			'suno-stems',
			'suno-wav',
			'suno-video',
		],
		statusFields: failure('400'),
	},
	{
		name: 'Aleph, success',
		body: {
			code: 200,
			msg: 'success',
			data: { result_video_url: 'https://example.com/v.mp4', result_image_url: 'https://example.com/c.png' },
			taskId: ID,
		},
		event: 'success',
		apis: ['aleph'],
		urls: ['https://example.com/v.mp4'],
		statusFields: { details: { imageUrl: 'https://example.com/c.png' } },
	},
	{
		name: 'Aleph, failure',
		body: { code: 400, msg: 'Flagged', data: null, taskId: ID },
		event: 'failure',
		apis: ['aleph', 'market', 'runway'],
		statusFields: failure('400'),
	},
	{
		name: 'Luma, success',
		body: success(
			{ taskId: ID, promptJson: '{"videoUrl":"https://example.com/i.mp4"}', resultUrls: ['https://example.com/m.mp4'] },
			'Modify record generated successfully.',
		),
		event: 'success',
		apis: ['luma', 'midjourney'],
		urls: ['https://example.com/m.mp4'],
	},
	{
		name: 'Luma, failure',
		body: failed(500, { taskId: ID, promptJson: '{"videoUrl":"https://example.com/i.mp4"}', resultUrls: [] }),
		event: 'failure',
		apis: ['luma', 'midjourney'],
		statusFields: failure('500'),
	},
	{
		name: 'Midjourney, success',
		body: success({
			taskId: ID,
			promptJson: echo,
			resultUrls: ['https://example.com/1.png', 'https://example.com/2.png'],
		}),
		event: 'success',
		apis: ['midjourney', 'luma'],
		urls: ['https://example.com/1.png', 'https://example.com/2.png'],
	},
	{
		name: 'Midjourney, failure',
		body: failed(500, { taskId: ID, promptJson: '{}', resultUrls: [] }),
		event: 'failure',
		apis: ['midjourney', 'luma'],
		statusFields: failure('500'),
	},
	{
		name: '4o Image, success',
		body: success({ taskId: ID, info: { result_urls: ['https://example.com/1.png'] } }),
		event: 'success',
		apis: ['gpt4o-image'],
		urls: ['https://example.com/1.png'],
	},
	{
		name: '4o Image, failure',
		body: failed(400, { taskId: ID, info: null }),
		event: 'failure',
		apis: ['gpt4o-image', 'veo', 'flux-kontext'],
		statusFields: failure('400'),
	},
	{
		name: 'Flux Kontext, success',
		body: success({
			taskId: ID,
			info: { originImageUrl: 'https://example.com/o.jpg', resultImageUrl: 'https://example.com/r.jpg' },
		}),
		event: 'success',
		apis: ['flux-kontext'],
		urls: ['https://example.com/r.jpg'],
	},
	{
		name: 'a failure that says nothing but the ID',
		body: failed(500, { taskId: ID }),
		event: 'failure',
		apis: [
			'veo',
			'suno-midi',
			'flux-kontext',
			'luma',
			'market',
			'gpt4o-image',
			'midjourney',
			'suno-cover',
			'suno-voice-phrase',
			'suno-voice',
		],
		statusFields: failure('500'),
	},
	{
		name: 'a shape that nobody knows',
		body: success({ task_id: ID, new_thing: 'here' }),
		event: 'success',
		apis: ['runway', 'aleph', 'suno-market', 'suno-music', 'suno-lyrics', 'suno-stems', 'suno-wav', 'suno-video'],
		statusFields: { details: { new_thing: 'here' } },
	},
	{
		name: 'success without a result',
		body: success({ taskId: ID, info: { result_urls: [] } }),
		event: 'failure',
		apis: ['gpt4o-image'],
		statusFields: { failure: { reason: 'Kie.ai reports success but returned no result' } },
	},
];

it.each(CASES)('$name', ({ body, event, apis, urls = [], statusFields = {}, milestone, model }) => {
	const callback = parseCallback(json(body));
	expect(callback).toMatchObject({
		taskId: ID,
		event,
		apis,
		api: apis[0],
		model: model ?? apis[0],
		status: { urls, ...statusFields },
	});
	expect(callback?.milestone).toBe(milestone);
});

function json(value: unknown): JsonObject {
	const parsed: unknown = JSON.parse(JSON.stringify(value));
	if (!isObject(parsed)) throw new Error('A callback is an object');
	return parsed;
}

describe('the task’s ID', () => {
	it('is read from four fields, in this order', () => {
		const ids = { data: { taskId: 'a', task_id: 'b' }, taskId: 'c', task_id: 'd' };
		expect(parseCallback(ids)?.taskId).toBe('a');
		expect(parseCallback({ ...ids, data: { task_id: 'b' } })?.taskId).toBe('b');
		expect(parseCallback({ ...ids, data: null })?.taskId).toBe('c');
		expect(parseCallback({ task_id: 'd' })?.taskId).toBe('d');
		expect(parseCallback({ data: { taskId: 12345 } })?.taskId).toBe('12345');
	});

	it.each([
		[{}],
		[{ data: {} }],
		[{ data: { taskId: '' } }],
		[{ data: { taskId: 'a b' } }],
		[{ data: { taskId: {} } }],
	])('is missing in %j', (body) => expect(parseCallback(json(body))).toBeUndefined());

	it('is rejected if it is too long', () => {
		expect(parseCallback({ taskId: 'x'.repeat(201) })).toBeUndefined();
	});
});

it('parses unexpected values in every field without an error', () => {
	const oddValue: Json[] = [null, 0, '', 'x', [], {}, [null], [[]], { a: null }, true, -1, 'null', '[]', '{"a":1}'];
	// Names that every object has.
	oddValue.push('constructor', '__proto__', 'toString');
	for (const { body } of CASES) {
		const { data } = json(body);
		if (!isObject(data)) continue;
		for (const key of Object.keys(data)) {
			if (/^task_?id$/i.test(key)) continue;
			for (const value of oddValue) {
				const callback = parseCallback({ ...json(body), data: { ...data, [key]: value } });
				expect(callback?.taskId).toBe(ID);
			}
		}
	}
});

describe('the signature', () => {
	const key = 'example-webhook-key';
	const now = 1_769_670_760_000;
	const headers = (timestamp: string, signature = sign(key, ID, timestamp)) => ({
		'x-webhook-timestamp': timestamp,
		'x-webhook-signature': signature,
	});
	const signatureIssue = (signed: Record<string, unknown>, taskId = ID) =>
		checkSignature(key, taskId, signed, { now, maxAgeSeconds: 300 });

	it('is the documented one', () => {
		expect(signatureIssue(headers('1769670760', 'w0wk7GhBk+3AoiHNvk3yD76WnG+/RzmyQdESVzZuAmI='))).toBeUndefined();
	});

	it.each([
		['missing', {}, 'The signature is missing'],
		['without its time', { 'x-webhook-signature': 'w0wk7GhBk+3AoiHNvk3yD76WnG+/RzmyQdESVzZuAmI=' }, 'missing'],
		['empty', headers('1769670760', ''), 'missing'],
		['short', headers('1769670760', 'w0wk'), 'The signature is invalid'],
		['of another key', headers('1769670760', sign('another', ID, '1769670760')), 'invalid'],
		['of another time', { ...headers('1769670760'), 'x-webhook-timestamp': '1769670761' }, 'invalid'],
		['two headers in one', headers('1769670760', 'a, b'), 'invalid'],
		['301 s old', headers('1769670459'), 'The signature has expired'],
		['301 s ahead', headers('1769671061'), 'expired'],
		['of no time', headers('soon'), 'expired'],
	])('is rejected if it is %s', (_name, signed, reason) => expect(signatureIssue(signed)).toContain(reason));

	it('may be 300 s old, or 300 s ahead', () => {
		expect(signatureIssue(headers('1769670460'))).toBeUndefined();
		expect(signatureIssue(headers('1769671060'))).toBeUndefined();
	});

	it('is valid for one task only', () => expect(signatureIssue(headers('1769670760'), 'another')).toContain('invalid'));
});

describe('processed events', () => {
	const now = 1_769_670_760_000;
	let trigger = '';
	beforeEach(() => (trigger = `trigger ${Math.random()}`));

	it('are known in this process, regardless of the copy of the static data that a delivery has', () => {
		processedEvents(trigger, {}, now).add('a');
		expect(processedEvents(trigger, {}, now).has('a')).toBe(true);
		expect(processedEvents(trigger, {}, now).has('b')).toBe(false);
		expect(processedEvents('another', {}, now).has('a')).toBe(false);
	});

	it('are all stored by every delivery, whichever is saved last', () => {
		const stored = [{}, {}];
		const deliveries = stored.map((staticData) => processedEvents(trigger, staticData, now));
		for (const [index, events] of deliveries.entries()) {
			events.add(`event ${index}`);
			events.store([`event ${index}`]);
		}
		for (const [index, staticData] of stored.entries()) {
			const restarted = processedEvents(`${trigger} restarted ${index}`, staticData, now);
			expect(['event 0', 'event 1', 'event 2'].map((event) => restarted.has(event))).toEqual([true, true, false]);
		}
	});

	it('are not stored before their workflow starts', () => {
		const stored = {};
		processedEvents(trigger, {}, now).add('waits');
		const events = processedEvents(trigger, stored, now);
		events.add('starts');
		events.store(['starts']);
		const restarted = processedEvents(`${trigger} restarted`, stored, now);
		expect(['starts', 'waits'].map((event) => restarted.has(event))).toEqual([true, false]);
		expect(events.has('waits')).toBe(true);
	});

	it('are removed if the workflow did not start', () => {
		const stored = {};
		const events = processedEvents(trigger, stored, now);
		events.add('a');
		events.store(['a']);
		events.forget('a');
		expect(processedEvents(trigger, {}, now).has('a')).toBe(false);
		expect(processedEvents(`${trigger} restarted`, stored, now).has('a')).toBe(false);
	});

	it('are removed although another delivery has stored them, until another process has started their workflow', () => {
		const events = processedEvents(trigger, {}, now);
		const stored = {};
		events.add('a');
		processedEvents(trigger, stored, now).store(['a']);
		const database = structuredClone(stored);
		events.forget('a');
		expect(processedEvents(trigger, database, now).has('a')).toBe(false);

		const later = {};
		const elsewhere = processedEvents(`${trigger} elsewhere`, {}, now + 2_000);
		elsewhere.add('a');
		processedEvents(`${trigger} elsewhere`, later, now + 2_000).store(['a']);
		expect(processedEvents(trigger, later, now + 2_000).has('a')).toBe(true);
	});

	it('are limited in age and number', () => {
		const stored: { processedEvents?: { list: string } } = {};
		processedEvents(trigger, stored, now).add('old');
		const afterOneDay = now + 25 * 3600 * 1000;
		const events = processedEvents(trigger, stored, afterOneDay);
		const names = Array.from({ length: 1_100 }, (_, count) => `event ${count}`);
		for (const name of names) events.add(name);
		events.store(names);
		expect(stored.processedEvents?.list.trim().split(' ')).toHaveLength(1_000);
		const restarted = processedEvents(`${trigger} restarted`, stored, afterOneDay);
		expect(['old', 'event 0', 'event 1099'].map((event) => restarted.has(event))).toEqual([false, false, true]);
	});

	it('are read as earlier versions stored them', () => {
		const key = createHash('sha256').update('a').digest('base64url').slice(0, 16);
		expect(processedEvents(trigger, { processedEvents: { [key]: now / 1000 } }, now).has('a')).toBe(true);
	});

	it('are read from malformed static data', () => {
		for (const malformed of [null, 'x', [1], { a: 'x' }, { list: 'x=y z' }, { list: 7 }, 7]) {
			const stored = { processedEvents: malformed };
			const events = processedEvents(trigger, stored, now);
			events.add('a');
			events.store(['a']);
			expect(processedEvents(`${trigger} again`, stored, now).has('a')).toBe(true);
		}
	});
});

describe('the facts’ own callbacks', () => {
	interface Sample {
		file: string;
		kind: string;
		body: JsonObject;
	}

	/** Every body in the callback parts of the facts, and what it is a sample of. */
	const samples = (): Sample[] =>
		['dedicated', 'suno'].flatMap((folder) =>
			factFiles(folder).flatMap((file) => {
				const { callback } = facts(file);
				if (!isObject(callback)) return [];
				return Object.entries(callback).flatMap(([kind, body]) =>
					/^(success|failure)/.test(kind) && isObject(body) ? [{ file, kind, body }] : [],
				);
			}),
		);

	it('exist', () => expect(samples().length).toBeGreaterThan(60));

	it('are parsed as the events that they are samples of', () => {
		const misread = samples().flatMap(({ file, kind, body }) => {
			// Its sample has no ID, so it cannot be read.
			if (file.endsWith('ai-music-api--check-voice.json')) return [];
			const callback = parseCallback(body);
			const event = kind.startsWith('success') ? 'success' : 'failure';
			const api = expectedApi(file);
			return callback?.event === event && callback.apis.includes(api) && (event === 'failure' || callback.api === api)
				? []
				: [`${file} ${kind}: ${callback?.event} of ${callback?.apis.join(', ')}, expected ${event} of ${api}`];
		});
		expect(misread).toEqual([]);
	});

	it('are parsed for the market', () => {
		const { callback } = facts('platform/market-task.json');
		const bodies = [callback.sampleSuccess, callback.sampleFail, callback.sampleFailOlder];
		expect(bodies.map((body) => parseCallback(body)?.event)).toEqual(['success', 'failure', 'failure']);
		const { market: marketSamples } = facts('platform/callbacks.json').result;
		expect([marketSamples.success, marketSamples.failure].map((body) => parseCallback(body)?.event)).toEqual([
			'success',
			'failure',
		]);
	});
});

/** The adapter for a fact file. */
function expectedApi(file: string): ApiName {
	const [, name = ''] = file.replace('.json', '').split('/');
	const [family = '', operation = ''] = name.split('--');
	const dedicated: Record<string, ApiName> = {
		'4o-image-api': 'gpt4o-image',
		'aleph-api': 'aleph',
		'flux-kontext-api': 'flux-kontext',
		'luma-api': 'luma',
		'mj-api': 'midjourney',
		'runway-api': 'runway',
		'veo3-api': 'veo',
	};
	const suno: Array<[RegExp, ApiName]> = [
		[/lyrics/, 'suno-lyrics'],
		[/wav/, 'suno-wav'],
		[/^separate/, 'suno-stems'],
		[/midi/, 'suno-midi'],
		[/music-video/, 'suno-video'],
		[/^cover/, 'suno-cover'],
		[/recovery/, 'suno-recovery'],
		[/phrase|voice-(validate|regenerate)/, 'suno-voice-phrase'],
		[/voice/, 'suno-voice'],
	];
	return dedicated[family] ?? suno.find(([words]) => words.test(operation))?.[1] ?? 'suno-music';
}
