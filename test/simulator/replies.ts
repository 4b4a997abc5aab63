import type { ServerResponse } from 'node:http';
import { type Answer, reject } from './answers';
import { isObject } from './json';
import type { Fault, Json, JsonObject, RecordedRequest } from './types';

/** How responses are sent, and how faults change them. */

interface Replacement {
	status: number;
	type: string;
	text: string;
	/** Whether the request is still processed. */
	isAccepted: boolean;
}

/** The response of a fault instead of the correct one. */
export function replacementFor(
	response: ServerResponse,
	fault: Fault | undefined,
	rejectWith: (code: number, msg?: string) => Answer = reject,
): Replacement | 'dropped' | undefined {
	const json = (status: number, answer: Answer, isAccepted = false): Replacement => ({
		status,
		type: 'application/json',
		text: JSON.stringify(answer.body),
		isAccepted,
	});
	switch (fault?.kind) {
		case 'drop-before':
			response.destroy();
			return 'dropped';
		case 'status':
			return json(fault.status, rejectWith(fault.status), fault.accepted);
		case 'code':
			return json(200, rejectWith(fault.code, fault.msg), fault.accepted);
		case 'error-object':
			return { ...json(fault.status, { body: { error: errorObject(fault) } }), isAccepted: fault.accepted ?? false };
		case 'record-null':
			return json(200, rejectWith(422, 'recordInfo is null'));
		case 'html':
			return {
				status: fault.status ?? 200,
				type: 'text/html; charset=utf-8',
				text: '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>',
				isAccepted: fault.accepted ?? false,
			};
		default:
			return undefined;
	}
}

const errorTypes: Record<number, string> = {
	400: 'invalid_request_error',
	401: 'authentication_error',
	429: 'rate_limit_error',
};

const errorObject = ({
	status,
	message = 'Invalid request parameters',
}: {
	status: number;
	message?: string;
}): JsonObject => ({
	message,
	type: errorTypes[status] ?? 'server_error',
});

export function sendText(response: ServerResponse, { status, type, text }: Omit<Replacement, 'isAccepted'>): void {
	response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) }).end(text);
}

/** Sends the correct response, or what a fault leaves of it. */
export function send(response: ServerResponse, record: RecordedRequest, answer: Answer, fault?: Fault): void {
	if (answer.detail !== undefined) record.rejection = answer.detail;
	const status = answer.status ?? 200;
	const text = JSON.stringify(answer.body);
	const type = answer.type ?? 'application/json';
	switch (fault?.kind) {
		case 'drop-after':
			return void response.destroy();
		case 'cut-json':
			return sendText(response, { status, type, text: text.slice(0, Math.floor(text.length / 2)) });
		case 'empty':
			return sendText(response, { status, type, text: '' });
		case 'null':
			return sendText(response, { status, type, text: 'null' });
		case 'data-null':
			return sendText(response, {
				status,
				type,
				text: JSON.stringify('data' in answer.body ? { ...answer.body, data: null } : {}),
			});
		case 'no-task-id':
			return sendText(response, {
				status,
				type,
				text: JSON.stringify(
					'data' in answer.body ? { ...answer.body, data: withoutId(answer.body.data) } : withoutId(answer.body),
				),
			});
		case 'content-type':
			response.writeHead(status, { ...(fault.value !== null && { 'Content-Type': fault.value }) }).end(text);
			return;
		default:
			return sendText(response, { status, type, text });
	}
}

/** The names of IDs in the responses of the APIs. */
const ids = ['taskId', 'task_id', 'recordId', 'kieAudioId', 'characterId', 'personaId', 'id'];

function withoutId(data: Json | undefined): JsonObject {
	if (!isObject(data)) return {};
	return Object.fromEntries(Object.entries(data).filter(([name]) => !ids.includes(name)));
}
