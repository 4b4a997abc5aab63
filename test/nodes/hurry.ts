import type * as Sleep from '../../nodes/shared/api/sleep';

const originalSleep = jest.requireActual<typeof Sleep>('../../nodes/shared/api/sleep');

const FACTOR = 60;
/** No wait takes longer, however long it stands for. */
const MAX_MS = 50;
const realNow = Date.now;
/** How far the clock has been put forward, in ms. */
let ahead = 0;
Date.now = () => realNow() + ahead;

/**
 * Stands for the waits of nodes/shared: 60 times shorter or more, and whoever reads the clock afterwards sees that the
 * whole time has passed. So a test can sit out every repeat, rate limit and deadline. How long the waits are is tested in
 * test/unit. Used as `jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual('./hurry'))`.
 */
export const sleepFor: typeof Sleep.sleepFor = async (ms, signal) => {
	const end = Date.now() + ms;
	const isOver = await originalSleep.sleepFor(Math.min(ms / FACTOR, MAX_MS), signal);
	if (isOver) ahead = Math.max(ahead, end - realNow());
	return isOver;
};

export const { unlessAborted, withinTime } = originalSleep;
