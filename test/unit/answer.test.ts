import { parseResponse } from '../../nodes/shared/api/response';
import { describeFailure, kindOfCode } from '../../nodes/shared/api/failure';

const answer = (body: unknown, statusCode = 200, headers: Record<string, unknown> = {}) =>
	parseResponse({ statusCode, headers, body });

/** Kind and code of a failure. */
function failure(body: unknown, statusCode?: number, headers?: Record<string, unknown>) {
	const response = answer(body, statusCode, headers);
	return response.kind === 'ok' ? 'ok' : response.failure;
}

describe('a response of Kie', () => {
	it('contains its data if the code in the body is 200', () => {
		expect(answer({ code: 200, msg: 'success', data: { taskId: 'a' } })).toEqual({ kind: 'ok', data: { taskId: 'a' } });
	});

	it('can have the code as text', () => {
		expect(answer({ code: '200', data: 1 })).toEqual({ kind: 'ok', data: 1 });
		expect(failure({ code: '422', msg: 'no' })).toMatchObject({ kind: 'invalidInput', code: 422 });
	});

	it('without data contains null', () => {
		expect(answer({ code: 200, msg: 'success', data: null })).toEqual({ kind: 'ok', data: null });
		expect(answer({ code: 200, msg: 'success' })).toEqual({ kind: 'ok', data: null });
	});

	it("is a failure with Kie's message if the body reports one with HTTP 200", () => {
		expect(failure({ code: 422, msg: 'Please enter callBackUrl.', data: null })).toMatchObject({
			kind: 'invalidInput',
			code: 422,
			reason: 'Please enter callBackUrl.',
		});
	});

	it('is a failure if the HTTP status reports one, even if the body says 200', () => {
		expect(failure({ code: 200, msg: 'success', data: { taskId: 'a' } }, 500)).toMatchObject({
			kind: 'serverError',
			code: 500,
		});
	});

	it('has the code of the body if it differs from the HTTP status', () => {
		expect(failure({ code: 402, msg: 'no credits' }, 500)).toMatchObject({ kind: 'insufficientCredits', code: 402 });
	});

	it('has the HTTP status as its code if the body has none', () => {
		expect(failure({ message: 'Bad gateway' }, 502)).toMatchObject({
			kind: 'serverError',
			code: 502,
			reason: 'Bad gateway',
		});
		expect(failure('', 503)).toMatchObject({ kind: 'serverError', code: 503 });
	});

	it('that is a web page is unexpected, and its text is quoted without markup', () => {
		const page =
			'<html><head><title>Hi</title><style>p{color:red}</style></head><body><p>Log in first</p></body></html>';
		expect(failure(page)).toMatchObject({ kind: 'unexpectedResponse', reason: 'Hi Log in first' });
		expect(failure(page, 502)).toMatchObject({ kind: 'serverError', code: 502, reason: 'Hi Log in first' });
	});

	it('that is a long page is quoted in part', () => {
		expect(failure(`<p>${'word '.repeat(500)}</p>`)).toMatchObject({ reason: expect.stringMatching(/^.{100,130}…$/) });
	});

	it.each([
		['cut JSON', '{"code":200,"data":{"ta'],
		['nothing', ''],
		['no body', undefined],
		['the word null', null],
		['a list', [{ code: 200 }]],
		['an object without a code', { data: { taskId: 'a' } }],
		['an upload that failed with code 200', { success: false, code: 200, msg: 'no' }],
	])('that is %s is unexpected', (_name, body) => {
		expect(failure(body)).toMatchObject({ kind: 'unexpectedResponse' });
	});

	it('contains the time to wait in milliseconds', () => {
		expect(failure({ code: 429, msg: 'slow down' }, 429, { 'retry-after': '3' })).toMatchObject({ retryAfterMs: 3000 });
		expect(failure({ code: 429, msg: 'slow down' }, 429, { 'retry-after': 'soon' })).toMatchObject({
			retryAfterMs: undefined,
		});
	});
});

describe('a code of Kie', () => {
	it.each([
		[400, 'invalidInput'],
		[401, 'unauthorized'],
		[402, 'insufficientCredits'],
		[404, 'notFound'],
		[408, 'serverError'],
		[422, 'invalidInput'],
		[429, 'rateLimited'],
		[433, 'subKeyLimit'],
		[451, 'fileNotFetched'],
		[455, 'maintenance'],
		[500, 'serverError'],
		[501, 'refused'],
		[505, 'disabled'],
		[502, 'serverError'],
		[599, 'serverError'],
		[418, 'invalidInput'],
	])('%i means %s', (code, kind) => {
		expect(kindOfCode(code, '')).toBe(kind);
	});

	it('429 means missing credits if the message says so', () => {
		expect(kindOfCode(429, 'The current credits are insufficient')).toBe('insufficientCredits');
		expect(kindOfCode(429, 'Your call frequency is too high. Please try again later.')).toBe('rateLimited');
	});
});

describe('the description of a failure', () => {
	it("has Kie's reason, advice and the code", () => {
		expect(describeFailure({ kind: 'insufficientCredits', code: 402, reason: 'Insufficient credits' })).toEqual({
			message: 'Not enough Kie.ai credits: Insufficient credits',
			description: 'Top up at https://kie.ai/billing and run the node again. (code 402)',
		});
	});

	it('can lack a reason and a code', () => {
		expect(describeFailure({ kind: 'cancelled', reason: '' })).toEqual({
			message: 'The execution was stopped',
			description: '',
		});
	});
});
