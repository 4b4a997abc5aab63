import type * as Sleep from '../../nodes/shared/api/sleep';

const real = jest.requireActual<typeof Sleep>('../../nodes/shared/api/sleep');

/**
 * Stands for the waits of nodes/shared: 60 times shorter, so that a test can sit out every repeat. How long they really
 * are is tested in test/unit. Used as `jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual('./hurry'))`.
 */
export const sleepFor: typeof Sleep.sleepFor = async (ms, signal) => await real.sleepFor(ms / 60, signal);

export const { unlessAborted } = real;
