import { parseObject } from '../../nodes/shared/json';
import type { Json, JsonObject } from '../../nodes/shared/json';
import { adapters } from '../../nodes/shared/adapters';
import { isoTime, times, toStatus, urlsIn } from '../../nodes/shared/adapters/taskStatus';

describe('the helpers for records', () => {
	it('find URLs in text, lists and objects', () => {
		expect(urlsIn('https://a')).toEqual(['https://a']);
		expect(urlsIn(['https://a', 'https://b'])).toEqual(['https://a', 'https://b']);
		expect(urlsIn([{ resultUrl: 'https://a' }, { url: 'https://b' }, { other: 'https://c' }])).toEqual([
			'https://a',
			'https://b',
		]);
		for (const value of [undefined, null, '', ' ', [], {}, 5]) expect(urlsIn(value)).toEqual([]);
	});

	it('read objects, also those encoded as text', () => {
		expect(parseObject({ a: 1 })).toEqual({ a: 1 });
		expect(parseObject('{"a":1}')).toEqual({ a: 1 });
		for (const value of [undefined, null, '', '{"a":', '[1]', 'text', 5]) expect(parseObject(value)).toBeUndefined();
	});

	it('convert times in milliseconds, numbers as text, and ISO times to one format', () => {
		expect(isoTime(1776862567160)).toBe('2026-04-22T12:56:07.160Z');
		expect(isoTime('1776862567160')).toBe('2026-04-22T12:56:07.160Z');
		expect(isoTime('2026-04-22T12:56:07Z')).toBe('2026-04-22T12:56:07.000Z');
		for (const value of [undefined, null, '', 0, 'soon']) expect(isoTime(value)).toBeUndefined();
	});

	it('calculate the duration from the times, not from costTime', () => {
		expect(times({ createTime: 1776862567160, completeTime: 1776862622656, costTime: 55 }).durationMs).toBe(55_496);
		expect(times({ createTime: 1776862567160, completeTime: null })).toEqual({ createdAt: '2026-04-22T12:56:07.160Z' });
	});

	it('distinguish a success without a result from one with it', () => {
		expect(toStatus({ state: 'success', urls: [], details: {} }).state).toBe('withoutResult');
		expect(toStatus({ state: 'success', urls: ['https://a'], details: {} }).state).toBe('success');
		expect(toStatus({ state: 'success', urls: [], details: { segments: [] } }).state).toBe('success');
		expect(toStatus({ state: 'waiting', urls: [], details: {} }).state).toBe('waiting');
	});
});

describe('a record of the market', () => {
	const read = (record: JsonObject) => adapters.market.parseRecord(record);
	const success = (resultJson: string | null | JsonObject): JsonObject => ({ state: 'success', resultJson });

	it.each(['waiting', 'queuing', 'generating', 'pondering', 'SUCCESS?', '', null, 7])(
		'in the state %p is still running',
		(state) => {
			expect(read({ state, resultJson: '{"resultUrls":["https://a"]}' })).toMatchObject({ state: 'waiting', urls: [] });
		},
	);

	it('of a finished task has its files in order, its price and its model', () => {
		expect(
			read({ ...success('{"resultUrls":["https://a","https://b"]}'), creditsConsumed: '4.5', model: 'm' }),
		).toMatchObject({
			state: 'success',
			urls: ['https://a', 'https://b'],
			credits: 4.5,
			model: 'm',
		});
	});

	it('of a model that returns more than files keeps its own names', () => {
		const layers = [{ url: 'https://a', z_index: 0 }];
		expect(
			read(
				success(
					JSON.stringify({
						resultUrls: ['https://a'],
						resultObject: { layers_data: layers },
						firstFrameUrl: 'https://f',
					}),
				),
			),
		).toMatchObject({
			state: 'success',
			urls: ['https://a'],
			details: { layers_data: layers, firstFrameUrl: 'https://f' },
		});
		expect(read(success('{"resultObject":{"segments":[{"index":1}]}}'))).toMatchObject({
			state: 'success',
			urls: [],
			details: { segments: [{ index: 1 }] },
		});
	});

	it('may have a result that is not encoded as text', () => {
		expect(read(success({ resultUrls: ['https://a'] })).urls).toEqual(['https://a']);
	});

	it.each(['', '{}', '{"resultUrls":[]}', '{"resultUrls":["https://', null])(
		'of a success with the result %p is a success without a result',
		(resultJson) => {
			expect(read(success(resultJson))).toMatchObject({ state: 'withoutResult', urls: [], details: {} });
		},
	);

	it("of a failed task has Kie's code and reason", () => {
		expect(read({ state: 'fail', failCode: '501', failMsg: 'Flagged', resultJson: null })).toMatchObject({
			state: 'fail',
			failure: { code: '501', reason: 'Flagged' },
		});
		expect(read({ state: 'fail', failCode: null, failMsg: null })).toMatchObject({
			state: 'fail',
			failure: { reason: '' },
		});
	});
});

describe('a record of the APIs with a success flag', () => {
	const results: Array<[keyof typeof adapters, JsonObject, string[]]> = [
		['gpt4o-image', { response: { resultUrls: ['https://a', 'https://b'] } }, ['https://a', 'https://b']],
		['gpt4o-image', { response: { result_urls: ['https://a'] } }, ['https://a']],
		['gpt4o-image', { response: '{"resultUrls":["https://a"]}' }, ['https://a']],
		['flux-kontext', { response: { originImageUrl: 'https://origin', resultImageUrl: 'https://a' } }, ['https://a']],
		[
			'midjourney',
			{ resultInfoJson: { resultUrls: [{ resultUrl: 'https://a' }, { resultUrl: 'https://b' }] } },
			['https://a', 'https://b'],
		],
	];

	it.each(results)('of %s has its files: %j', (api, record, urls) => {
		expect(adapters[api].parseRecord({ ...record, successFlag: 1 })).toMatchObject({ state: 'success', urls });
		expect(adapters[api].parseRecord({ ...record, successFlag: '1' })).toMatchObject({ state: 'success', urls });
	});

	it.each([0, 4, '0', 'GENERATING', null, undefined])('with the flag %p is still running', (successFlag) => {
		const record: JsonObject = {
			response: { resultUrls: ['https://a'] },
			...(successFlag === undefined ? {} : { successFlag }),
		};
		expect(adapters['gpt4o-image'].parseRecord(record)).toMatchObject({ state: 'waiting', urls: [] });
	});

	it.each([2, 3, '3'])("with the flag %p has failed, with Kie's code and reason", (successFlag) => {
		expect(
			adapters['flux-kontext'].parseRecord({ successFlag, errorCode: 500, errorMessage: 'Too loose' }),
		).toMatchObject({
			state: 'fail',
			failure: { code: '500', reason: 'Too loose' },
		});
	});

	it('of a success without files is a success without a result', () => {
		const without: Json[] = [null, {}, { resultUrls: [] }, '{"resultUrls":["https://'];
		for (const response of without) {
			expect(adapters['gpt4o-image'].parseRecord({ successFlag: 1, response }).state).toBe('withoutResult');
		}
		expect(
			adapters['flux-kontext'].parseRecord({
				successFlag: 1,
				response: { originImageUrl: 'https://origin', resultImageUrl: '' },
			}).state,
		).toBe('withoutResult');
	});
});

describe('the request of a create', () => {
	const input = { prompt: 'A fox' };

	it('of the market contains the model, the input with fixed fields, and a callback URL only if set', () => {
		expect(adapters.market.create({ id: 'm', fixed: { mode: 'pro' } }, input)).toEqual({
			kind: 'request',
			method: 'POST',
			path: '/api/v1/jobs/createTask',
			body: { model: 'm', input: { prompt: 'A fox', mode: 'pro' } },
		});
		expect(adapters.market.create({ id: 'm' }, input, 'https://example.com/cb')).toMatchObject({
			body: { callBackUrl: 'https://example.com/cb' },
		});
	});

	it.each(['gpt4o-image', 'flux-kontext', 'midjourney'] as const)(
		'of %s contains the fields at the top level',
		(api) => {
			expect(adapters[api].create({ id: 'm', fixed: { a: 1 } }, input, 'https://example.com/cb')).toMatchObject({
				body: { prompt: 'A fox', a: 1, callBackUrl: 'https://example.com/cb' },
			});
		},
	);

	it('of Midjourney is sent to the path of the operation', () => {
		expect(adapters.midjourney.create({ id: 'm', path: '/api/v1/mj/generateUpscale' }, {})).toMatchObject({
			path: '/api/v1/mj/generateUpscale',
		});
		expect(adapters.midjourney.create({ id: 'm' }, {})).toMatchObject({ path: '/api/v1/mj/generate' });
	});
});
