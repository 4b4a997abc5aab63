import { maxBy, pull } from 'lodash';

import type { RateLimiter } from './rateLimit';
import { sleepFor, unlessAborted } from './sleep';

/** How often an account may read, as far as this process knows. Times in milliseconds. */
export interface ReadPace {
	/** Reads per second that were possible at the time `since`; Infinity as long as Kie has refused none. */
	perSecond: number;
	since: number;
	/** No read before this time. */
	notBefore: number;
	/** The reads of the last second. */
	recent: number[];
}

/**
 * Kie's pages disagree on how often records may be read, 10 times a second for each task or for each key
 * (https://docs.kie.ai/market/common/get-task-detail). So the rate is free until Kie refuses a read. Then it halves, and it
 * grows by this many reads a second each second.
 */
const RECOVERY = 0.05;
const SLOWEST = 1;
/** Kie counts the reads of a second, so reads pause until it has passed. Refusals that come meanwhile count once. */
const WINDOW_MS = 1_000;
/** Reads of an account at the same time. */
const CONCURRENT = 50;

export function newReadPace(): ReadPace {
	return { perSecond: Infinity, since: -Infinity, notBefore: 0, recent: [] };
}

/** Reads per second. */
export function readRate({ perSecond, since }: ReadPace, now: number): number {
	return Number.isFinite(perSecond) ? perSecond + (RECOVERY * (now - since)) / 1000 : Infinity;
}

/** A read is sent. */
export function afterRead(pace: ReadPace, now: number): ReadPace {
	const recent = [...pace.recent.filter((at) => now - at < WINDOW_MS), now];
	return { ...pace, recent, notBefore: Math.max(pace.notBefore, now + 1000 / readRate(pace, now)) };
}

/** A read was refused for its rate. `retryAfterMs`: what the response asks for. */
export function afterRefusedRead(pace: ReadPace, now: number, retryAfterMs = 0): ReadPace {
	const notBefore = Math.max(pace.notBefore, now + retryAfterMs);
	if (now - pace.since < WINDOW_MS) return { ...pace, notBefore };
	const rate = Math.min(readRate(pace, now), pace.recent.length);
	return {
		...pace,
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
	pace: ReadPace;
	waiting: WaitingRead[];
	inFlight: number;
	isBusy: boolean;
}

const accounts = new Map<string, Account>();

function accountFor(id: string): Account {
	const account = accounts.get(id) ?? { pace: newReadPace(), waiting: [], inFlight: 0, isBusy: false };
	accounts.set(id, account);
	return account;
}

/** Begins the reads that wait, as fast as the account may read; if that is limited, the most likely to bring a result first. */
async function beginReads(account: Account): Promise<void> {
	if (account.isBusy) return;
	account.isBusy = true;
	while (account.waiting.length > 0 && account.inFlight < CONCURRENT) {
		const now = Date.now();
		if (account.pace.notBefore > now) {
			await sleepFor(account.pace.notBefore - now);
			continue;
		}
		const isFree = account.pace.perSecond === Infinity;
		const next = isFree ? account.waiting[0] : maxBy(account.waiting, ({ likelihood }) => likelihood());
		if (!next) break;
		pull(account.waiting, next);
		account.pace = afterRead(account.pace, now);
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
			if (isRefused) account.pace = afterRefusedRead(account.pace, Date.now(), retryAfterMs);
			void beginReads(account);
		},
	};
}
