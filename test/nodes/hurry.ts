import type * as Pause from '../../nodes/shared/api/pause';

const real = jest.requireActual<typeof Pause>('../../nodes/shared/api/pause');

/**
 * Stands for the waits of nodes/shared: 60 times shorter, so that a test can sit out every repeat. How long they really
 * are is tested in test/unit. Used as `jest.mock('../../nodes/shared/api/pause', () => jest.requireActual('./hurry'))`.
 */
export const pause: typeof Pause.pause = async (ms, signal) => await real.pause(ms / 60, signal);

export const { unlessAborted } = real;
