import { allowedMs, FILE_GRACE_MS, TRY_GRACE_MS } from '../../nodes/shared/media/transferTime';

describe('allowedMs', () => {
	it.each([
		[0, TRY_GRACE_MS, 60_000],
		[60, TRY_GRACE_MS, 60_003],
		[20_000_000, TRY_GRACE_MS, 1_060_000],
		[0, FILE_GRACE_MS, 300_000],
		[10_000_000_000, FILE_GRACE_MS, 3_600_000],
	])('%d bytes with %d ms of grace: %d ms', (bytes, grace, allowed) => expect(allowedMs(bytes, grace)).toBe(allowed));
});
