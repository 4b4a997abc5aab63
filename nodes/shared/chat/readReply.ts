import type { Failure } from '../api/failure';
import { parseResponse } from '../api/response';
import { asNumber, asObjects, isObject, parseJson } from '../json';
import type { JsonObject } from '../json';
import type { ChatDelta, ChatResult } from './chatTypes';
import { eventStreamParser } from './eventStream';
import { toResult } from './parsedReply';
import { errorIn } from './protocols/errorObject';
import type { Protocol } from './protocols/protocol';
import { END_OF_STREAM } from './protocols/protocol';

/** Reads one reply from its bytes, streamed or in one piece: its first character tells which. */
export interface ReplyReader {
	/** Adds the next bytes and returns whether the reply is complete. */
	push(bytes: Uint8Array): boolean;
	/** The result, once there are no more bytes. `interruption` is why, if the reply did not end by itself. */
	finish(interruption?: Failure): ChatResult;
}

interface ResponseHead {
	statusCode: number;
	headers: Record<string, unknown>;
}

/** A reader of the reply that follows a response's head. `onDelta`: called with each piece of a stream. */
export function replyReader(
	protocol: Protocol,
	{ statusCode, headers }: ResponseHead,
	onDelta: (delta: ChatDelta) => void = () => {},
): ReplyReader {
	const decoder = new TextDecoder();
	const parser = eventStreamParser();
	const collector = protocol.newCollector();
	let body = '';
	let format: 'unknown' | 'plain' | 'stream' = 'unknown';
	let isOver = false;
	let failure: Failure | undefined;
	/** Undefined until the reply has begun. */
	let text: string | undefined;

	const failed = (reason: Failure): ChatResult => ({ kind: 'failed', failure: { ...reason, text } });

	const hasContent = (object: JsonObject) => protocol.contentFields.some((name) => name in object);

	/** The failure of a response without content: an error, or anything else that is not a reply. */
	const failureOf = (object: JsonObject | string | undefined): Failure => {
		const error = isObject(object) ? errorIn(object) : undefined;
		if (error && statusCode < 400) return error;
		const response = parseResponse({ statusCode, headers, body: error ? { msg: error.reason } : object }, 'bare');
		return response.kind === 'failed' ? response.failure : { kind: 'unexpectedResponse', code: statusCode, reason: '' };
	};

	const addEvent = (event: JsonObject) => {
		const isError = errorIn(event) !== undefined || (asNumber(event.code) !== undefined && !hasContent(event));
		if (isError) failure ??= failureOf(event);
		if (failure || isOver) return;
		text ??= '';
		for (const delta of collector.push(event)) {
			if (delta.type === 'text') text += delta.text;
			onDelta(delta);
		}
	};

	const addData = (data: string) => {
		if (data.trim() === END_OF_STREAM) isOver = true;
		if (isOver) return;
		const event = parseJson(data);
		if (isObject(event)) addEvent(event);
		else if (event === undefined) failure ??= { kind: 'unexpectedResponse', reason: 'Invalid JSON in the stream' };
	};

	const addText = (piece: string) => {
		if (format === 'unknown') {
			const [first] = /\S/.exec(piece) ?? [];
			// JSON, a list of JSON events, or a web page; anything else is a stream, whatever the content type says.
			if (first !== undefined) format = statusCode >= 400 || '{[<'.includes(first) ? 'plain' : 'stream';
		}
		if (format === 'stream') parser.push(piece).forEach(addData);
		else body += piece;
	};

	const streamResult = (interruption?: Failure): ChatResult => {
		if (failure) return failed(failure);
		if (!collector.isComplete())
			return failed(interruption ?? { kind: 'truncatedReply', reason: 'The stream ended early' });
		const whole = collector.body();
		return toResult(protocol.parseReply(whole), whole);
	};

	const plainResult = (interruption?: Failure): ChatResult => {
		const parsed = parseJson(body);
		if (interruption && parsed === undefined) return failed(interruption);
		if (Array.isArray(parsed) && statusCode < 400) {
			asObjects(parsed).forEach(addEvent);
			return streamResult();
		}
		if (statusCode >= 400 || !isObject(parsed) || !hasContent(parsed) || errorIn(parsed))
			return failed(failureOf(isObject(parsed) ? parsed : body));
		return toResult(protocol.parseReply(parsed), parsed);
	};

	return {
		push(bytes) {
			addText(decoder.decode(bytes, { stream: true }));
			return isOver || failure !== undefined;
		},
		finish(interruption) {
			addText(decoder.decode());
			if (format !== 'stream') return plainResult(interruption);
			// The last event counts without its blank line if it is whole.
			for (const data of parser.flush())
				if (data.trim() === END_OF_STREAM || parseJson(data) !== undefined) addData(data);
			return streamResult(interruption);
		},
	};
}
