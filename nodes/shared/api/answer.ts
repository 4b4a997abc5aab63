import type { Json, JsonObject } from '../catalogue/types';
import type { Failure } from './failure';
import { kindOfCode } from './failure';

/** What a request brought: the `data` of a good answer, or why there is none; some refusals carry data too. */
export type Answer = { ok: true; data: Json } | { ok: false; failure: Failure; data?: Json };

/** In Kie's usual envelope `{code, msg, data}`, or without one. */
export type AnswerShape = 'envelope' | 'bare';

/** One operation returns 0 where all others return 200 (https://docs.kie.ai/market/gemini-omni-audio). */
const GOOD_CODES = [0, 200];

/** An HTTP answer as n8n's helper hands it over: JSON parsed where it could be, text otherwise. */
export interface HttpAnswer {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

const EXCERPT_LENGTH = 120;

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `value` as text, where it is text that says something. */
export function text(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Whether a value says nothing: null, empty text, an empty list or object. */
export function isEmpty(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value === 'string') return value.trim() === '';
	if (Array.isArray(value)) return value.length === 0;
	return isObject(value) && Object.keys(value).length === 0;
}

/** A number, also where Kie sends it as text. */
export function number(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : undefined;
}

/** Kie is not known to ask for a wait, proxies in between do; a longer one than this is theirs to ask for again. */
const LONGEST_RETRY_AFTER_MS = 60_000;

function retryAfterMs(headers: Record<string, unknown>): number | undefined {
	const seconds = number(headers['retry-after']);
	return seconds === undefined ? undefined : Math.min(seconds * 1000, LONGEST_RETRY_AFTER_MS);
}

/** An ID as text, also where it comes as a number. */
export function idText(value: unknown): string | undefined {
	return Number.isSafeInteger(value) ? String(value) : text(value);
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
export function readAnswer({ statusCode, headers, body }: HttpAnswer, shape: AnswerShape = 'envelope'): Answer {
	const content = isObject(body) ? body : {};
	const code = number(content.code) ?? (statusCode >= 400 ? statusCode : undefined);
	const reason = text(content.msg) ?? text(content.message) ?? (typeof body === 'string' ? excerpt(body) : '');
	if (code !== undefined && !GOOD_CODES.includes(code)) {
		const failure: Failure = { kind: kindOfCode(code, reason), code, reason, retryAfterMs: retryAfterMs(headers) };
		return { ok: false, failure, data: content.data };
	}
	if (statusCode >= 400) {
		return { ok: false, failure: { kind: kindOfCode(statusCode, reason), code: statusCode, reason } };
	}
	if (code === undefined && shape === 'bare' && isObject(body)) return { ok: true, data: body };
	if (code === undefined || content.success === false) {
		return { ok: false, failure: { kind: 'unreadable', code: statusCode, reason } };
	}
	return { ok: true, data: content.data ?? null };
}
