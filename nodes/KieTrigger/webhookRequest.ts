import type { IWebhookFunctions } from 'n8n-workflow';

import { isObject, asText } from '../shared/json';
import type { JsonObject } from '../shared/json';

/** Why a delivery is rejected; `status` is that of the response. */
export interface Rejection {
	status: number;
	message: string;
}

/** MIDI callbacks contain every note; all others are a few kB. */
const MAX_BYTES = 5 * 1024 * 1024;
/** Kie's are less than ten deep; n8n cannot store much deeper JSON. */
const MAX_DEPTH = 200;

/** The body of a delivery, if it can be a callback. n8n itself answers 422 to invalid JSON. */
export function readBody(
	context: IWebhookFunctions,
): { kind: 'ok'; body: JsonObject } | { kind: 'rejected'; rejection: Rejection } {
	const request: unknown = context.getRequestObject();
	const rawBody = isObject(request) ? Object(request).rawBody : undefined;
	const contentType = asText(context.getHeaderData()['content-type']) ?? '';
	const reject = (status: number, message: string) => ({ kind: 'rejected' as const, rejection: { status, message } });
	if (!/^application\/json\s*(;|$)/i.test(contentType)) {
		return reject(415, 'The content type must be application/json');
	}
	if (!Buffer.isBuffer(rawBody) || rawBody.length === 0) return reject(400, 'The body is empty');
	if (rawBody.length > MAX_BYTES) return reject(413, 'The body is too large');
	if (depthOf(rawBody) > MAX_DEPTH) return reject(400, 'The body is nested too deeply');
	const body: unknown = context.getBodyData();
	return isObject(body) ? { kind: 'ok', body } : reject(400, 'The body must be a JSON object');
}

/** How deep JSON is nested, including the JSON in its texts, which Kie sends too. */
function depthOf(json: Buffer): number {
	let depth = 0;
	let deepest = 0;
	for (const byte of json) {
		if (byte === OPEN_LIST || byte === OPEN_OBJECT) deepest = Math.max(deepest, ++depth);
		else if ((byte === CLOSE_LIST || byte === CLOSE_OBJECT) && depth > 0) depth--;
	}
	return deepest;
}

const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('[]{}');
