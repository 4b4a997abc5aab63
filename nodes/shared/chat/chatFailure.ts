import { isEmpty, isObject, asNumber, asText } from '../json';
import type { Json, JsonObject } from '../json';
import { parseResponse } from '../api/response';
import type { Failure } from '../api/failure';
import { kindOfCode } from '../api/failure';
import { objectAt } from './messageParts';

/** Errors in answers and events of chat, in Kie's form and in those of the protocols. */

/** What only a good answer, or a piece of one, has. */
const CONTENT = ['choices', 'output', 'content', 'candidates', 'response', 'delta'];

/** The codes that the protocols' own words for an error stand for. */
const CODES: Record<string, number> = {
	invalid_request_error: 400,
	invalid_prompt: 400,
	authentication_error: 401,
	invalid_api_key: 401,
	permission_error: 403,
	insufficient_quota: 402,
	billing_error: 402,
	not_found_error: 404,
	model_not_found: 404,
	rate_limit_error: 429,
	rate_limit_exceeded: 429,
};
const UNKNOWN_ERROR = 500;

/** `{error: {message, type}}`, and `{type: "error", message}` in a stream; Gemini's has a number as its code. */
function errorIn(body: JsonObject): Failure | undefined {
	const flat = body.type === 'error' ? body : undefined;
	const given = [body.error, objectAt(body.response).error, flat].find((error) => !isEmpty(error));
	if (given === undefined) return undefined;
	const error = objectAt(given);
	const reason = asText(error.message) ?? asText(given) ?? asText(error.type) ?? '';
	const known = [error.code, error.type].map((word) => CODES[String(word)]).find((code) => code !== undefined);
	const code = asNumber(error.code) ?? known ?? UNKNOWN_ERROR;
	return { kind: kindOfCode(code, reason), code, reason };
}

/** The failure in a response or an event with HTTP 200, if there is one. */
export function failureIn(body: JsonObject): Failure | undefined {
	const isRefusal = asNumber(body.code) !== undefined && !hasContent(body);
	return errorIn(body) ?? (isRefusal ? toFailure(200, {}, body) : undefined);
}

/** What an answer without content stands for: JSON, or text that is none. */
export function toFailure(statusCode: number, headers: Record<string, unknown>, body: Json): Failure {
	const error = isObject(body) ? errorIn(body) : undefined;
	if (error && statusCode < 400) return error;
	const answer = parseResponse({ statusCode, headers, body: error ? { msg: error.reason } : body }, 'bare');
	return answer.kind === 'ok' ? { kind: 'unexpectedResponse', code: statusCode, reason: '' } : answer.failure;
}

/** Whether an answer has what only good ones have. */
export function hasContent(body: JsonObject): boolean {
	return CONTENT.some((name) => name in body);
}
