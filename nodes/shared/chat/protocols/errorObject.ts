import type { Failure } from '../../api/failure';
import { kindOfCode } from '../../api/failure';
import { asNumber, asObject, asText, isEmpty, ownValue } from '../../json';
import type { JsonObject } from '../../json';

/** Errors in the forms of the protocols. Kie's gateway passes on those of any provider, so each form may occur on every path. */

/** The HTTP status that each error type stands for. */
const STATUS_CODES: Record<string, number> = {
	invalid_request_error: 400,
	invalid_prompt: 400,
	authentication_error: 401,
	invalid_api_key: 401,
	insufficient_quota: 402,
	billing_error: 402,
	permission_error: 403,
	not_found_error: 404,
	model_not_found: 404,
	rate_limit_error: 429,
	rate_limit_exceeded: 429,
};
const UNKNOWN_ERROR = 500;

/**
 * The failure in a body or an event: `{error: {message, type}}`, `{response: {error}}` or `{type: 'error', message}`.
 * `code` is a number or an error type.
 */
export function errorIn(body: JsonObject): Failure | undefined {
	const flat = body.type === 'error' ? body : undefined;
	const value = [body.error, asObject(body.response).error, flat].find((error) => !isEmpty(error));
	if (value === undefined) return undefined;
	const { message, type, code } = asObject(value);
	const reason = asText(message) ?? asText(value) ?? asText(type) ?? '';
	const status =
		asNumber(code) ?? ownValue(STATUS_CODES, String(code)) ?? ownValue(STATUS_CODES, String(type)) ?? UNKNOWN_ERROR;
	return { kind: kindOfCode(status, reason), code: status, reason };
}
