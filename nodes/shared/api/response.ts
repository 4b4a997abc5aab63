import { isObject, asText, asNumber } from '../json';
import type { Json } from '../json';
import type { Failure } from './failure';
import { kindOfCode } from './failure';

/** What a request brought: the `data` of a good answer, or why there is none; some refusals carry data too. */
export type ApiResponse = { kind: 'ok'; data: Json } | { kind: 'failed'; failure: Failure; data?: Json };

/** In Kie's usual envelope `{code, msg, data}`, or without one. */
export type ResponseShape = 'envelope' | 'bare';

/** One operation returns 0 where all others return 200 (https://docs.kie.ai/market/gemini-omni-audio). */
const GOOD_CODES = [0, 200];

/** An HTTP answer as n8n's helper hands it over: JSON parsed where it could be, text otherwise. */
export interface HttpResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

const EXCERPT_LENGTH = 120;

/** Kie is not known to ask for a wait, proxies in between do; a longer one than this is theirs to ask for again. */
const LONGEST_RETRY_AFTER_MS = 60_000;

function retryAfterMs(headers: Record<string, unknown>): number | undefined {
	const seconds = asNumber(headers['retry-after']);
	return seconds === undefined ? undefined : Math.min(seconds * 1000, LONGEST_RETRY_AFTER_MS);
}

function excerpt(body: string): string {
	const words = body
		.replace(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	return words.length > EXCERPT_LENGTH ? `${words.slice(0, EXCERPT_LENGTH)}…` : words;
}

/**
 * Reads any answer of Kie's API: the body's `code` decides, whatever the HTTP status says, because errors come behind
 * HTTP 200; a body that is no JSON object (HTML, cut JSON, nothing) is a failure (https://docs.kie.ai).
 */
export function parseResponse(
	{ statusCode, headers, body }: HttpResponse,
	shape: ResponseShape = 'envelope',
): ApiResponse {
	const content = isObject(body) ? body : {};
	const code = asNumber(content.code) ?? (statusCode >= 400 ? statusCode : undefined);
	const reason = asText(content.msg) ?? asText(content.message) ?? (typeof body === 'string' ? excerpt(body) : '');
	if (code !== undefined && !GOOD_CODES.includes(code)) {
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
