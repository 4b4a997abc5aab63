import type { IWebhookFunctions } from 'n8n-workflow';

import { isObject, asText } from '../shared/json';
import type { JsonObject } from '../shared/json';

/** Why a delivery starts nothing, for the one who sent it. `status` is that of the answer. */
export interface Refusal {
	status: number;
	message: string;
}

/** MIDI callbacks carry every note; all others are a few kB. */
const MAX_BYTES = 5 * 1024 * 1024;
/** Kie's own are less than ten deep; deeper JSON cannot be stored by n8n. */
const MAX_DEPTH = 200;

/**
 * The body of a delivery, where it is one that may be a callback. n8n itself answers 422 to what is sent as JSON and is
 * none, and leaves alone what is sent as anything else.
 */
export function readBody(context: IWebhookFunctions): { body: JsonObject } | { refuse: Refusal } {
	const request: unknown = context.getRequestObject();
	const rawBody = isObject(request) ? Object(request).rawBody : undefined;
	const contentType = asText(context.getHeaderData()['content-type']) ?? '';
	const refuse = (status: number, message: string) => ({ refuse: { status, message } });
	if (!Buffer.isBuffer(rawBody) || rawBody.length === 0) return refuse(400, 'The body is empty');
	if (!/^application\/json\s*(;|$)/i.test(contentType)) {
		return refuse(415, 'The body has to be JSON, with the content type application/json');
	}
	if (rawBody.length > MAX_BYTES) return refuse(413, 'The body is too large for a callback of Kie.ai');
	if (depthOf(rawBody) > MAX_DEPTH) return refuse(400, 'The body is nested too deeply');
	const body: unknown = context.getBodyData();
	return isObject(body) ? { body } : refuse(400, 'The body has to be a JSON object');
}

/** How deep JSON is at the most, that inside its texts included, which Kie sends too. */
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
