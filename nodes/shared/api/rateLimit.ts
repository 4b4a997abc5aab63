import type { Limit } from 'p-limit';
import pLimit from 'p-limit';

import { sleepFor, unlessAborted } from './sleep';

/** At most `limit` requests in any `windowMs`. */
export interface Rate {
	limit: number;
	windowMs: number;
}

/** An account can create 20 tasks per 10 s (https://docs.kie.ai); a margin covers the usual network jitter. */
export const CREATE_RATE: Rate = { limit: 20, windowMs: 10_100 };

/** Kie's live catalogue allows one request per second and account (https://docs.kie.ai/ai-agent/install-kie-models). */
export const CATALOGUE_RATE: Rate = { limit: 1, windowMs: 1_100 };

/** When an account may send its next request, as far as this process knows. Times in milliseconds. */
export interface Pace {
	/** When the latest requests were sent that were not refused, in ascending order. */
	slots: number[];
	/** When the latest ones were answered: Kie has counted each between the two times. */
	answers: number[];
	/**
	 * How many requests per window this process gets, learnt from refusals: other processes use the same account. Below
	 * the limit, requests are spread over the window.
	 */
	share: number;
	/** No request before this time. */
	notBefore: number;
	/** When the share was last decreased. */
	decreasedAt: number;
}

export function newPace({ limit }: Rate): Pace {
	return { slots: [], answers: [], share: limit, notBefore: 0, decreasedAt: -Infinity };
}

/**
 * The share grows with each accepted request, the slower the larger it is, and shrinks by a portion with each refusal, so
 * that the shares of all processes become about equal (additive increase, multiplicative decrease). The values keep a few
 * more requests coming than the limit allows, so that no capacity is unused.
 */
const INCREASE = 2;
const DECREASE = 0.75;
/** The first refusal says that there is another process. */
const FIRST_DECREASE = 0.5;
/** Refusals that come together count once. */
const DECREASE_INTERVAL_MS = 1_000;
const SMALLEST_SHARE = 3;
/** A process that has the account to itself sends so many windows as bursts; what follows is spread over a part of each window, so that others get a turn. */
const BURSTS = 2;
const BUSY_PART = 0.5;

/** The time of the next free slot, given the times of the earlier ones in ascending order (all in milliseconds). */
export function nextSlot(slots: number[], now: number, { limit, windowMs }: Rate): number {
	const oldest = slots[slots.length - limit];
	return oldest === undefined ? now : Math.max(now, oldest + windowMs);
}

/** When the next request may be sent. */
export function nextStart({ slots, share, notBefore }: Pace, now: number, rate: Rate): number {
	const free = share < rate.limit ? now : nextSlot(slots, now, rate);
	return Math.max(free, notBefore);
}

/** The time between requests; undefined: none. */
function gapMs({ slots, share }: Pace, now: number, { limit, windowMs }: Rate): number | undefined {
	if (share < limit) return windowMs / share;
	const oldest = slots[slots.length - BURSTS * limit];
	const isBusy = oldest !== undefined && now - oldest < (BURSTS + 1) * windowMs && limit > 1;
	return isBusy ? (windowMs / limit) * BUSY_PART : undefined;
}

/** A request is sent. `random`, from 0 to 1, varies the time to the next one, so that processes do not keep in step. */
export function afterStart(pace: Pace, now: number, rate: Rate, random: number): Pace {
	const slots = [...pace.slots, now].slice(-BURSTS * rate.limit);
	const gap = gapMs({ ...pace, slots }, now, rate);
	const notBefore = gap === undefined ? pace.notBefore : Math.max(pace.notBefore, now + gap * (0.5 + random));
	return { ...pace, slots, notBefore };
}

/** A request was not refused for its rate. */
export function afterAccepted(pace: Pace, now: number, { limit }: Rate): Pace {
	const answers = [...pace.answers, now].slice(-limit);
	return { ...pace, answers, share: Math.min(limit, pace.share + INCREASE / Math.sqrt(pace.share)) };
}

/** A request was refused for its rate. `retryAfterMs`: what the response asks for. */
export function afterRefused(pace: Pace, now: number, rate: Rate, random: number, retryAfterMs = 0): Pace {
	const slots = pace.slots.slice(0, -1);
	const notBefore = Math.max(pace.notBefore, now + retryAfterMs);
	if (now - pace.decreasedAt < DECREASE_INTERVAL_MS) return { ...pace, slots, notBefore };
	// Our own requests were on their way for so long that their window may still be full.
	const ownWindowEnds = nextSlot(pace.answers, now, rate);
	if (ownWindowEnds > now) return { ...pace, slots, notBefore: Math.max(notBefore, ownWindowEnds) };
	const decreased = pace.share * (pace.share < rate.limit ? DECREASE : FIRST_DECREASE);
	const share = Math.max(decreased, Math.min(SMALLEST_SHARE, rate.limit / 2));
	const next = now + (rate.windowMs / share) * random;
	return { ...pace, slots, share, notBefore: Math.max(notBefore, next), decreasedAt: now };
}

interface Account {
	pace: Pace;
	/** Requests that wait for their turn, in the order in which they came, from all executions. */
	queue: Limit;
}

const accounts = new Map<string, Account>();

function accountFor(id: string, rate: Rate): Account {
	const key = `${rate.limit}/${rate.windowMs} ${id}`;
	const account = accounts.get(key) ?? { pace: newPace(rate), queue: pLimit(1) };
	accounts.set(key, account);
	return account;
}

/** Limits how often an account sends requests of one kind, in all executions of this process. */
export interface RateLimiter {
	/** Waits for the account's turn. Returns whether it has come: it has not if the signal is aborted. */
	acquire(accountId: string, signal?: AbortSignal): Promise<boolean>;
	/** Learns from the response to a request whose turn has come. */
	report(accountId: string, isRefused: boolean, retryAfterMs?: number): void;
}

/** Requests take turns in the order in which they came. Waiting reserves nothing, so a stopped execution delays nobody. */
function fixedLimiter(rate: Rate): RateLimiter {
	return {
		acquire: async (id, signal = new AbortController().signal) => {
			const account = accountFor(id, rate);
			const turn = account.queue(async () => {
				while (!signal.aborted) {
					const now = Date.now();
					const wait = nextStart(account.pace, now, rate) - now;
					if (wait <= 0) {
						account.pace = afterStart(account.pace, now, rate, Math.random());
						return true;
					}
					await sleepFor(wait, signal);
				}
				return false;
			});
			return (await unlessAborted(turn, signal)) ?? false;
		},
		report: (id, isRefused, retryAfterMs) => {
			const account = accountFor(id, rate);
			account.pace = isRefused
				? afterRefused(account.pace, Date.now(), rate, Math.random(), retryAfterMs)
				: afterAccepted(account.pace, Date.now(), rate);
		},
	};
}

export const CREATE_LIMITER = fixedLimiter(CREATE_RATE);
export const CATALOGUE_LIMITER = fixedLimiter(CATALOGUE_RATE);
