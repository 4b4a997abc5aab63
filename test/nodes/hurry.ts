import type * as Sleep from '../../nodes/shared/api/sleep';

const originalSleep = jest.requireActual<typeof Sleep>('../../nodes/shared/api/sleep');

const FACTOR = 60;
/** No wait takes longer than this. */
const MAX_MS = 50;
const realNow = Date.now;
/** How far the clock is ahead, in ms. */
let ahead = 0;
Date.now = () => realNow() + ahead;

/**
 * Replaces the waits of nodes/shared: at least 60 times shorter, and the clock shows afterwards that the
 * whole time has passed. So a test can wait for every retry, rate limit and deadline. The length of the waits is tested in
 * test/unit. Used as `jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual('./hurry'))`.
 */
export const sleepFor: typeof Sleep.sleepFor = async (ms, signal) => {
	const end = Date.now() + ms;
	const isOver = await originalSleep.sleepFor(Math.min(ms / FACTOR, MAX_MS), signal);
	if (isOver) ahead = Math.max(ahead, end - realNow());
	return isOver;
};

export const { unlessAborted, withinTime } = originalSleep;
