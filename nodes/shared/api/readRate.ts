import { maxBy, pull } from 'lodash';

import type { RateLimiter } from './rateLimit';
import { sleepFor, unlessAborted } from './sleep';

/** How often an account may read, as far as this process knows. Times in milliseconds. */
export interface ReadRateState {
	/** Reads per second that were possible at the time `since`; Infinity as long as Kie has rejected none. */
	perSecond: number;
	since: number;
	/** No read before this time. */
	notBefore: number;
	/** The reads of the last second. */
	recent: number[];
}

/**
 * Kie's pages disagree on how often records may be read, 10 times a second for each task or for each key
 * (https://docs.kie.ai/market/common/get-task-detail). So the rate is unlimited until Kie rejects a read. Then it halves, and it
 * grows by this many reads a second each second.
 */
const RECOVERY = 0.05;
const SLOWEST = 1;
/** Kie counts the reads of a second, so reads pause until it has passed. Rejections that come meanwhile count once. */
const WINDOW_MS = 1_000;
/** Reads of an account at the same time. */
const CONCURRENT = 50;

export function newReadRateState(): ReadRateState {
	return { perSecond: Infinity, since: -Infinity, notBefore: 0, recent: [] };
}

/** Reads per second. */
export function readRate({ perSecond, since }: ReadRateState, now: number): number {
	return Number.isFinite(perSecond) ? perSecond + (RECOVERY * (now - since)) / 1000 : Infinity;
}

/** A read is sent. */
export function afterRead(state: ReadRateState, now: number): ReadRateState {
	const recent = [...state.recent.filter((at) => now - at < WINDOW_MS), now];
	return { ...state, recent, notBefore: Math.max(state.notBefore, now + 1000 / readRate(state, now)) };
}

/** A read was rejected for its rate. `retryAfterMs`: the delay that the response requests. */
export function afterRejectedRead(state: ReadRateState, now: number, retryAfterMs = 0): ReadRateState {
	const notBefore = Math.max(state.notBefore, now + retryAfterMs);
	if (now - state.since < WINDOW_MS) return { ...state, notBefore };
	const rate = Math.min(readRate(state, now), state.recent.length);
	return {
		...state,
		notBefore: Math.max(notBefore, now + WINDOW_MS),
		perSecond: Math.max(rate / 2, SLOWEST),
		since: now,
	};
}

/** A read that waits for its turn. */
interface WaitingRead {
	likelihood: () => number;
	hasBegun: boolean;
	begin: () => void;
}

interface Account {
	state: ReadRateState;
	waiting: WaitingRead[];
	inFlight: number;
	isBusy: boolean;
}

const accounts = new Map<string, Account>();

function accountFor(id: string): Account {
	const account = accounts.get(id) ?? { state: newReadRateState(), waiting: [], inFlight: 0, isBusy: false };
	accounts.set(id, account);
	return account;
}

/** Begins the reads that wait, as fast as the account may read; if that is limited, the most likely to bring a result first. */
async function beginReads(account: Account): Promise<void> {
	if (account.isBusy) return;
	account.isBusy = true;
	while (account.waiting.length > 0 && account.inFlight < CONCURRENT) {
		const now = Date.now();
		if (account.state.notBefore > now) {
			await sleepFor(account.state.notBefore - now);
			continue;
		}
		const isFree = account.state.perSecond === Infinity;
		const next = isFree ? account.waiting[0] : maxBy(account.waiting, ({ likelihood }) => likelihood());
		if (!next) break;
		pull(account.waiting, next);
		account.state = afterRead(account.state, now);
		account.inFlight += 1;
		next.hasBegun = true;
		next.begin();
	}
	account.isBusy = false;
}

/** Limits the reads of an account. `likelihood`: how likely it is, from 0 to 1, that this one brings a result. */
export function readLimiter(likelihood: () => number = () => 1): RateLimiter {
	return {
		acquire: async (id, signal = new AbortController().signal) => {
			const account = accountFor(id);
			const read: WaitingRead = { likelihood, hasBegun: false, begin: () => {} };
			const turn = new Promise<void>((resolve) => (read.begin = resolve));
			account.waiting.push(read);
			void beginReads(account);
			await unlessAborted(turn, signal);
			pull(account.waiting, read);
			return read.hasBegun;
		},
		report: (id, isRefused, retryAfterMs) => {
			const account = accountFor(id);
			account.inFlight -= 1;
			if (isRefused) account.state = afterRejectedRead(account.state, Date.now(), retryAfterMs);
			void beginReads(account);
		},
	};
}
