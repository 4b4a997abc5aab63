/** At most `limit` starts in any `windowMs`. */
export interface Rate {
	limit: number;
	windowMs: number;
}

/** An account may create 20 tasks per 10 s (https://docs.kie.ai); a margin covers network jitter. */
export const CREATE_RATE: Rate = { limit: 20, windowMs: 10_300 };

/** Kie's live catalogue takes one request a second for an account. */
export const CATALOGUE_RATE: Rate = { limit: 1, windowMs: 1_100 };

/** When the next start may be, given the earlier ones in order (times in milliseconds). */
export function nextSlot(starts: number[], now: number, { limit, windowMs }: Rate): number {
	const oldest = starts[starts.length - limit];
	return oldest === undefined ? now : Math.max(now, oldest + windowMs);
}

const slotsByKey = new Map<string, number[]>();

const keyOf = (account: string, { limit, windowMs }: Rate) => `${limit}/${windowMs} ${account}`;

/**
 * Takes a start of an account for all executions of this process, where one is free now; answers how long to wait
 * before asking again (0: taken). Only a start that is taken counts, so whoever stops waiting holds nobody up.
 */
export function tryAcquireSlot(account: string, rate: Rate, now: number): number {
	const key = keyOf(account, rate);
	const starts = slotsByKey.get(key) ?? [];
	const wait = nextSlot(starts, now, rate) - now;
	if (wait > 0) return wait;
	slotsByKey.set(key, [...starts, now].slice(-rate.limit));
	return 0;
}

/** Kie refused for rate: nothing starts before `until`, because others share the account's limit. */
export function delaySlots(account: string, rate: Rate, until: number): void {
	const key = keyOf(account, rate);
	const starts = slotsByKey.get(key) ?? [];
	const held = Array<number>(rate.limit).fill(until - rate.windowMs);
	slotsByKey.set(key, [...held, ...starts].sort((a, b) => a - b).slice(-rate.limit));
}
