import type { Failure, FailureKind } from '../../nodes/shared/api/failure';
import { mayHaveBeenAccepted, retryDelay } from '../../nodes/shared/api/retry';

const failure = (kind: FailureKind, retryAfterMs?: number): Failure => ({ kind, reason: '', retryAfterMs });

/** All delays between the tries of a request that always fails in this way, in seconds. */
function waits(intent: 'create' | 'free', kind: FailureKind): number[] {
	const delays: number[] = [];
	for (let attempt = 1; ; attempt++) {
		const delay = retryDelay(intent, failure(kind), attempt);
		if (delay === undefined) return delays;
		delays.push(delay / 1000);
	}
}

const NEVER: FailureKind[] = [
	'unauthorized',
	'insufficientCredits',
	'notFound',
	'invalidInput',
	'subKeyLimit',
	'fileNotFetched',
	'refused',
	'disabled',
	'cancelled',
];

describe('a create', () => {
	it.each<FailureKind>(['connectionLost', 'unexpectedResponse', 'serverError', 'maintenance', ...NEVER])(
		'is never sent again after %s',
		(kind) => {
			expect(waits('create', kind)).toEqual([]);
		},
	);

	it("is sent again at the rate limit, over several of Kie's windows of 10 s", () => {
		expect(waits('create', 'rateLimited')).toEqual([2, 4, 6, 10, 10, 10, 10, 10]);
	});

	it('is sent again if there was no connection', () => {
		expect(waits('create', 'notSent')).toEqual([1, 2, 4]);
	});

	it.each<FailureKind>(['connectionLost', 'unexpectedResponse', 'serverError'])(
		'may have been accepted despite %s',
		(kind) => {
			expect(mayHaveBeenAccepted(failure(kind))).toBe(true);
		},
	);

	it.each<FailureKind>(['rateLimited', 'notSent', 'maintenance', ...NEVER])(
		'was certainly not accepted after %s',
		(kind) => {
			expect(mayHaveBeenAccepted(failure(kind))).toBe(false);
		},
	);

	it('is never sent again if it may have been accepted', () => {
		const kinds: FailureKind[] = [
			...NEVER,
			'rateLimited',
			'notSent',
			'connectionLost',
			'unexpectedResponse',
			'serverError',
			'maintenance',
		];
		for (const kind of kinds.filter((candidate) => mayHaveBeenAccepted(failure(candidate))))
			expect(waits('create', kind)).toEqual([]);
	});
});

describe('a free request', () => {
	it.each<FailureKind>(['connectionLost', 'unexpectedResponse', 'serverError', 'maintenance'])(
		'is sent again five times after %s',
		(kind) => {
			expect(waits('free', kind)).toEqual([0.5, 1, 2, 4, 8]);
		},
	);

	it.each(NEVER)('is not sent again after %s', (kind) => {
		expect(waits('free', kind)).toEqual([]);
	});
});

it('waits as long as Kie asks for if that is longer', () => {
	expect(retryDelay('create', failure('rateLimited', 30_000), 1)).toBe(30_000);
	expect(retryDelay('create', failure('rateLimited', 10), 1)).toBe(2_000);
	expect(retryDelay('create', failure('rateLimited', 30_000), 9)).toBeUndefined();
});
