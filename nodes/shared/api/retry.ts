import type { Failure, FailureKind } from './failure';

/**
 * What a request costs. A create is paid, so it is repeated only if Kie certainly did not accept it; everything else is
 * free and repeated after any transient failure.
 */
export type Intent = 'create' | 'free';

const TRANSIENT: FailureKind[] = [
	'rateLimited',
	'notSent',
	'connectionLost',
	'unexpectedResponse',
	'serverError',
	'maintenance',
];

/** Kie's rate window is 10 s, so these add up to several windows. */
const RATE_LIMITED_DELAYS_MS = [2_000, 4_000, 6_000, 10_000, 10_000, 10_000, 10_000, 10_000];
/** No connection was established. */
const NOT_SENT_DELAYS_MS = [1_000, 2_000, 4_000];
const FREE_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000];

/** Whether the next try of a free request may succeed. */
export function isTransient(failure: Failure): boolean {
	return TRANSIENT.includes(failure.kind);
}

/** Whether Kie may have accepted a create without confirming it, so that sending it again could be charged twice. */
export function mayHaveBeenAccepted(failure: Failure): boolean {
	return ['connectionLost', 'unexpectedResponse', 'serverError'].includes(failure.kind);
}

/** The delay before a request is sent again, in milliseconds; undefined: do not repeat. `attempt` counts from 1. */
export function retryDelay(intent: Intent, failure: Failure, attempt: number): number | undefined {
	const delays = delaysFor(intent, failure);
	const delay = delays[attempt - 1];
	return delay === undefined ? undefined : Math.max(delay, failure.retryAfterMs ?? 0);
}

function delaysFor(intent: Intent, failure: Failure): number[] {
	if (failure.kind === 'rateLimited') return RATE_LIMITED_DELAYS_MS;
	if (failure.kind === 'notSent') return NOT_SENT_DELAYS_MS;
	return intent === 'free' && isTransient(failure) ? FREE_DELAYS_MS : [];
}
