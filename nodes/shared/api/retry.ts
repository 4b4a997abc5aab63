import type { Failure, FailureKind } from './failure';

/**
 * What a request does. Creating costs money, so it is repeated only where Kie certainly took nothing;
 * everything else is free and repeated on any fault that may pass.
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

/** Rate: Kie's window is 10 s, so these add up to several windows. */
const RATE_DELAYS_MS = [2_000, 4_000, 6_000, 10_000, 10_000, 10_000, 10_000, 10_000];
/** The connection was never made. */
const NOT_SENT_DELAYS_MS = [1_000, 2_000, 4_000];
const FREE_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000];

/** Whether a fault may be gone on the next try of a request that costs nothing. */
export function isTransient(failure: Failure): boolean {
	return TRANSIENT.includes(failure.kind);
}

/** Whether Kie may have taken a create although it did not confirm it, so that sending it again could be paid twice. */
export function mayHaveBeenAccepted(failure: Failure): boolean {
	return ['connectionLost', 'unexpectedResponse', 'serverError'].includes(failure.kind);
}

/**
 * How long to wait before a request is sent again, in milliseconds; undefined: not again.
 * `attempt` counts the tries so far, from 1.
 */
export function retryDelay(intent: Intent, failure: Failure, attempt: number): number | undefined {
	const delays = delaysFor(intent, failure);
	const delay = delays[attempt - 1];
	return delay === undefined ? undefined : Math.max(delay, failure.retryAfterMs ?? 0);
}

function delaysFor(intent: Intent, failure: Failure): number[] {
	if (failure.kind === 'rateLimited') return RATE_DELAYS_MS;
	if (failure.kind === 'notSent') return NOT_SENT_DELAYS_MS;
	return intent === 'free' && isTransient(failure) ? FREE_DELAYS_MS : [];
}
