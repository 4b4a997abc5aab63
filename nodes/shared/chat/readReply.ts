import { parseJson, isObject } from '../json';
import type { JsonObject } from '../json';
import type { Failure } from '../api/failure';
import { failureIn, hasContent, toFailure } from './chatFailure';
import { objectsAt } from './messageParts';
import type { Protocol } from './protocols/protocol';
import { eventStreamParser } from './sse';
import type { ChatDelta, ChatResult } from './chatTypes';

/** Reads one answer from its bytes, whether it is streamed or whole: what it is, is seen from its first character. */
export interface ReplyReader {
	/** Takes in the next bytes and answers whether nothing more is to come. */
	push(bytes: Uint8Array): boolean;
	/** What the answer is, now that its bytes are over; `broken` is why, where that is not its own end. */
	end(broken?: Failure): ChatResult;
}

/** The head of an HTTP answer. */
interface Head {
	statusCode: number;
	headers: Record<string, unknown>;
}

/** JSON, a list of JSON pieces, or a web page; anything else is a stream of events, whatever the content type says. */
const WHOLE = /^\s*[{[<]/;
const BLANK = /^\s*$/;

export function replyReader(
	protocol: Protocol,
	{ statusCode, headers }: Head,
	onDelta: (delta: ChatDelta) => void = () => {},
): ReplyReader {
	const decoder = new TextDecoder();
	const events = eventStreamParser();
	const stream = protocol.stream();
	let whole = '';
	let isStream = false;
	let isOver = false;
	let failure: Failure | undefined;
	let hasBegun = false;
	let said = '';

	const failed = (reason: Failure): ChatResult => ({
		kind: 'failed',
		failure: { ...reason, ...(hasBegun && { text: said }) },
	});

	const take = (event: JsonObject) => {
		failure ??= failureIn(event);
		if (failure || isOver) return;
		hasBegun = true;
		for (const delta of stream.push(event)) {
			if (delta.type === 'text') said += delta.text;
			onDelta(delta);
		}
	};

	const takeData = (data: string) => {
		if (data.trim() === '[DONE]') isOver = true;
		if (isOver) return;
		const event = parseJson(data);
		if (event === undefined) failure ??= { kind: 'unexpectedResponse', reason: 'an event of the stream is no JSON' };
		else if (isObject(event)) take(event);
	};

	const takeText = (piece: string) => {
		if (isStream) return events.push(piece).forEach(takeData);
		whole += piece;
		isStream = statusCode < 400 && !BLANK.test(whole) && !WHOLE.test(whole);
		if (isStream) events.push(whole).forEach(takeData);
	};

	const endStream = (broken?: Failure): ChatResult => {
		if (failure) return failed(failure);
		if (stream.isDone()) return protocol.answer(stream.body());
		return failed(broken ?? { kind: 'truncatedReply', reason: 'the stream ended before the answer did' });
	};

	return {
		push(bytes) {
			takeText(decoder.decode(bytes, { stream: true }));
			return isOver || failure !== undefined;
		},
		end(broken) {
			takeText(decoder.decode());
			if (isStream) {
				// A last event without its blank line is taken where it is whole.
				for (const data of events.end()) if (data.trim() === '[DONE]' || parseJson(data) !== undefined) takeData(data);
				return endStream(broken);
			}
			const body = parseJson(whole) ?? whole;
			if (broken && body === whole) return failed(broken);
			if (Array.isArray(body) && statusCode < 400) {
				objectsAt(body).forEach(take);
				return endStream();
			}
			if (statusCode >= 400 || !isObject(body) || !hasContent(body))
				return failed(toFailure(statusCode, headers, body));
			const fault = failureIn(body);
			return fault ? failed(fault) : protocol.answer(body);
		},
	};
}
