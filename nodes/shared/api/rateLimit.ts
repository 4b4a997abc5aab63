import { sleepFor } from './sleep';

/** At most `limit` requests in any `windowMs`. */
export interface Rate {
	limit: number;
	windowMs: number;
}

/** An account can create 20 tasks per 10 s (https://docs.kie.ai); a margin covers network jitter. */
export const CREATE_RATE: Rate = { limit: 20, windowMs: 10_300 };

/** Kie's live catalogue allows one request per second and account (https://docs.kie.ai/ai-agent/install-kie-models). */
export const CATALOGUE_RATE: Rate = { limit: 1, windowMs: 1_100 };

/** The time of the next free slot, given the times of the earlier ones in ascending order (all in milliseconds). */
export function nextSlot(slots: number[], now: number, { limit, windowMs }: Rate): number {
	const oldest = slots[slots.length - limit];
	return oldest === undefined ? now : Math.max(now, oldest + windowMs);
}

/** How long all requests of an account wait after a rate limit response. */
const BACK_OFF_MS = 2_000;

const slotsByKey = new Map<string, number[]>();

const keyOf = (account: string, { limit, windowMs }: Rate) => `${limit}/${windowMs} ${account}`;

/**
 * Acquires a slot of an account, shared by all executions of this process. Returns 0 if acquired, otherwise how long to
 * wait before the next try, in milliseconds. Waiting reserves nothing, so a stopped execution delays nobody.
 */
export function tryAcquireSlot(account: string, rate: Rate, now: number): number {
	const key = keyOf(account, rate);
	const slots = slotsByKey.get(key) ?? [];
	const wait = nextSlot(slots, now, rate) - now;
	if (wait > 0) return wait;
	slotsByKey.set(key, [...slots, now].slice(-rate.limit));
	return 0;
}

/** After a rate limit response: no slot of the account is free before `until`. */
export function delaySlots(account: string, rate: Rate, until: number): void {
	const key = keyOf(account, rate);
	const slots = slotsByKey.get(key) ?? [];
	const delayed = Array<number>(rate.limit).fill(until - rate.windowMs);
	slotsByKey.set(key, [...delayed, ...slots].sort((a, b) => a - b).slice(-rate.limit));
}

/** Waits for a slot of the account; returns early when the signal is aborted. */
export async function acquireSlot(account: string, rate: Rate, signal?: AbortSignal): Promise<void> {
	for (;;) {
		const wait = tryAcquireSlot(account, rate, Date.now());
		if (wait === 0 || !(await sleepFor(wait, signal))) return;
	}
}

/** After a rate limit response: delays all requests of the account for a while. */
export function backOff(account: string, rate: Rate): void {
	delaySlots(account, rate, Date.now() + BACK_OFF_MS);
}
