import { createHmac, timingSafeEqual } from 'node:crypto';

import { asText } from '../json';

/** The headers that Kie sends if the account has a webhook key (https://docs.kie.ai/common-api/webhook-verification). */
const TIMESTAMP = 'x-webhook-timestamp';
const SIGNATURE = 'x-webhook-signature';

/**
 * Checks the signature of a callback: Base64 of an HMAC-SHA256 over `taskId.timestamp`, the time in seconds. It does not
 * cover the body. Returns what is wrong; undefined if it is valid.
 */
export function checkSignature(
	key: string,
	taskId: string,
	headers: Record<string, unknown>,
	{ now, maxAgeSeconds }: { now: number; maxAgeSeconds: number },
): string | undefined {
	const timestamp = asText(headers[TIMESTAMP]);
	const signature = asText(headers[SIGNATURE]);
	if (timestamp === undefined || signature === undefined) return 'The signature is missing';
	const expected = createHmac('sha256', key).update(`${taskId}.${timestamp}`).digest();
	const actual = Buffer.from(signature, 'base64');
	if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return 'The signature is invalid';
	// A signed time is Kie's own; it may be ahead where the clocks differ.
	const ageSeconds = Math.abs(now / 1000 - Number(timestamp));
	return ageSeconds <= maxAgeSeconds ? undefined : 'The signature has expired';
}
