import { isObject, asText, asNumber, shorten } from '../json';
import type { Json } from '../json';
import type { Failure } from './failure';
import { kindOfCode } from './failure';

/** The `data` of a successful response, or why there is none; some failures have data too. */
export type ApiResponse = { kind: 'ok'; data: Json } | { kind: 'failed'; failure: Failure; data?: Json };

/** In Kie's usual envelope `{code, msg, data}`, or without one. */
export type ResponseShape = 'envelope' | 'bare';

/**
 * Whether a response or a callback with this `code` reports success: 200; 0 on two pages
 * (https://docs.kie.ai/market/gemini-omni-audio, https://docs.kie.ai/suno-api/create-music-video).
 */
export function isSuccessCode(code: number): boolean {
	return code === 0 || code === 200;
}

/** An HTTP response as n8n's helper returns it: the body is parsed if it is JSON, otherwise text. */
export interface HttpResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

const EXCERPT_LENGTH = 120;
/** What is shown of a message; Kie's own are far shorter. */
const REASON_LENGTH = 1_000;
/** How much of a page is searched for its text. */
const MAX_PAGE_LENGTH = 50_000;

/** Kie is not known to send Retry-After, but proxies do; a longer one is shortened. */
const MAX_RETRY_AFTER_MS = 60_000;

function retryAfterMs(headers: Record<string, unknown>): number | undefined {
	const seconds = asNumber(headers['retry-after']);
	return seconds === undefined ? undefined : Math.min(seconds * 1000, MAX_RETRY_AFTER_MS);
}

/** The beginning of the text that a page shows: without tags, scripts and styles. */
function excerpt(page: string): string {
	const text = page
		.slice(0, MAX_PAGE_LENGTH)
		.split(/<(?=\/?(?:script|style)\b)/i)
		.filter((part, index) => index === 0 || part.startsWith('/'))
		.join('<')
		.replace(/<[^<>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	return shorten(text, EXCERPT_LENGTH);
}

/**
 * Parses any response of Kie's API. The `code` in the body decides, whatever the HTTP status, because errors are sent
 * with HTTP 200; a body that is not a JSON object (HTML, truncated JSON, nothing) is a failure (https://docs.kie.ai).
 */
export function parseResponse(
	{ statusCode, headers, body }: HttpResponse,
	shape: ResponseShape = 'envelope',
): ApiResponse {
	const content = isObject(body) ? body : {};
	const code = asNumber(content.code) ?? (statusCode >= 400 ? statusCode : undefined);
	const text = asText(content.msg) ?? asText(content.message) ?? (typeof body === 'string' ? excerpt(body) : '');
	const reason = shorten(text, REASON_LENGTH);
	if (code !== undefined && !isSuccessCode(code)) {
		const failure: Failure = { kind: kindOfCode(code, reason), code, reason, retryAfterMs: retryAfterMs(headers) };
		return { kind: 'failed', failure, data: content.data };
	}
	if (statusCode >= 400) {
		return { kind: 'failed', failure: { kind: kindOfCode(statusCode, reason), code: statusCode, reason } };
	}
	if (code === undefined && shape === 'bare' && isObject(body)) return { kind: 'ok', data: body };
	if (code === undefined || content.success === false) {
		return { kind: 'failed', failure: { kind: 'unexpectedResponse', code: statusCode, reason } };
	}
	return { kind: 'ok', data: content.data ?? null };
}
