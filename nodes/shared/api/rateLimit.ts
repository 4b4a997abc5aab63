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
export interface RateState {
	/** When the latest requests were sent that were not rejected, in ascending order. */
	slots: number[];
	/** When the latest ones were answered: Kie has counted each between the two times. */
	answers: number[];
	/**
	 * How many requests per window this process gets, learnt from rejections: other processes use the same account. Below
	 * the limit, requests are spread over the window.
	 */
	share: number;
	/** No request before this time. */
	notBefore: number;
	/** When the share was last decreased. */
	decreasedAt: number;
}

export function newRateState({ limit }: Rate): RateState {
	return { slots: [], answers: [], share: limit, notBefore: 0, decreasedAt: -Infinity };
}

/**
 * The share grows with each accepted request, the slower the larger it is, and shrinks by a portion with each rejection, so
 * that the shares of all processes become about equal (additive increase, multiplicative decrease). The values keep a few
 * more requests coming than the limit allows, so that no capacity is unused.
 */
const INCREASE = 2;
const DECREASE = 0.75;
/** The first rejection shows that there is another process. */
const FIRST_DECREASE = 0.5;
/** Rejections that come together count once. */
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
export function nextRequestAt({ slots, share, notBefore }: RateState, now: number, rate: Rate): number {
	const free = share < rate.limit ? now : nextSlot(slots, now, rate);
	return Math.max(free, notBefore);
}

/** The time between requests; undefined: none. */
function gapMs({ slots, share }: RateState, now: number, { limit, windowMs }: Rate): number | undefined {
	if (share < limit) return windowMs / share;
	const oldest = slots[slots.length - BURSTS * limit];
	const isBusy = oldest !== undefined && now - oldest < (BURSTS + 1) * windowMs && limit > 1;
	return isBusy ? (windowMs / limit) * BUSY_PART : undefined;
}

/** A request is sent. `random`, from 0 to 1, varies the time to the next one, so that processes do not keep in step. */
export function afterRequest(state: RateState, now: number, rate: Rate, random: number): RateState {
	const slots = [...state.slots, now].slice(-BURSTS * rate.limit);
	const gap = gapMs({ ...state, slots }, now, rate);
	const notBefore = gap === undefined ? state.notBefore : Math.max(state.notBefore, now + gap * (0.5 + random));
	return { ...state, slots, notBefore };
}

/** A request was not rejected for its rate. */
export function afterAccepted(state: RateState, now: number, { limit }: Rate): RateState {
	const answers = [...state.answers, now].slice(-limit);
	return { ...state, answers, share: Math.min(limit, state.share + INCREASE / Math.sqrt(state.share)) };
}

/** A request was rejected for its rate. `retryAfterMs`: the delay that the response requests. */
export function afterRejected(state: RateState, now: number, rate: Rate, random: number, retryAfterMs = 0): RateState {
	const slots = state.slots.slice(0, -1);
	const notBefore = Math.max(state.notBefore, now + retryAfterMs);
	if (now - state.decreasedAt < DECREASE_INTERVAL_MS) return { ...state, slots, notBefore };
	// Our own requests were on their way for so long that their window may still be full.
	const ownWindowEnds = nextSlot(state.answers, now, rate);
	if (ownWindowEnds > now) return { ...state, slots, notBefore: Math.max(notBefore, ownWindowEnds) };
	const decreased = state.share * (state.share < rate.limit ? DECREASE : FIRST_DECREASE);
	const share = Math.max(decreased, Math.min(SMALLEST_SHARE, rate.limit / 2));
	const next = now + (rate.windowMs / share) * random;
	return { ...state, slots, share, notBefore: Math.max(notBefore, next), decreasedAt: now };
}

interface Account {
	state: RateState;
	/** Requests that wait for their turn, in the order in which they came, from all executions. */
	queue: Limit;
}

const accounts = new Map<string, Account>();

function accountFor(id: string, rate: Rate): Account {
	const key = `${rate.limit}/${rate.windowMs} ${id}`;
	const account = accounts.get(key) ?? { state: newRateState(rate), queue: pLimit(1) };
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
					const wait = nextRequestAt(account.state, now, rate) - now;
					if (wait <= 0) {
						account.state = afterRequest(account.state, now, rate, Math.random());
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
			account.state = isRefused
				? afterRejected(account.state, Date.now(), rate, Math.random(), retryAfterMs)
				: afterAccepted(account.state, Date.now(), rate);
		},
	};
}

export const CREATE_LIMITER = fixedLimiter(CREATE_RATE);
export const CATALOGUE_LIMITER = fixedLimiter(CATALOGUE_RATE);
