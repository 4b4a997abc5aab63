import { createHmac, timingSafeEqual } from 'node:crypto';
import { asText } from '../json';

/** The headers that Kie sends once a webhook key exists (https://docs.kie.ai/common-api/webhook-verification). */
const TIMESTAMP = 'x-webhook-timestamp';
const SIGNATURE = 'x-webhook-signature';

/**
 * Checks the signature of a callback: Base64 of an HMAC-SHA256 over `taskId.timestamp`, the time in seconds. It does not
 * cover the body. Answers why it is refused; undefined: it is right.
 */
export function refuseSignature(
	key: string,
	taskId: string,
	headers: Record<string, unknown>,
	{ now, maxAgeSeconds }: { now: number; maxAgeSeconds: number },
): string | undefined {
	const timestamp = asText(headers[TIMESTAMP]);
	const signature = asText(headers[SIGNATURE]);
	if (timestamp === undefined || signature === undefined) return 'The signature is missing';
	const expected = createHmac('sha256', key).update(`${taskId}.${timestamp}`).digest();
	const given = Buffer.from(signature, 'base64');
	if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'The signature is wrong';
	// A signed time is Kie's own; it may be ahead where the clocks differ.
	const ageSeconds = Math.abs(now / 1000 - Number(timestamp));
	return ageSeconds <= maxAgeSeconds ? undefined : 'The signature is too old';
}
