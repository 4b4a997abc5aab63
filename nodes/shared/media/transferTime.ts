/** How long downloads may take. A paid file gets all the time that it needs as long as it keeps coming. */

/** A slower average does not count as progress. */
const LOWEST_BYTES_PER_SECOND = 20_000;
/** What one try may take besides the time for its bytes. */
export const TRY_GRACE_MS = 60_000;
/** What all tries of a file may take besides the time for their bytes. */
export const FILE_GRACE_MS = 5 * 60_000;
/** No file takes longer, however large it is. */
const LONGEST_FILE_MS = 60 * 60_000;
/** All files of an item together. */
export const ITEM_LIMIT_MS = 2 * 60 * 60_000;

/** How long a transfer that has delivered so many bytes may have taken so far, in milliseconds. */
export function allowedMs(receivedBytes: number, graceMs: number): number {
	return Math.min(LONGEST_FILE_MS, graceMs + (receivedBytes / LOWEST_BYTES_PER_SECOND) * 1000);
}
