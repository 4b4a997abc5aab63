import type { Json, JsonObject } from './types';

/** An answer of the API host: Kie's envelope, nearly always behind HTTP 200. */
export interface Answer {
	status?: number;
	body: JsonObject;
	/** Why a request was rejected, for the simulator's records. */
	detail?: string;
	/** Content type, if it is not JSON. */
	type?: string;
	/** Chat: the same answer as a stream, if requested. */
	stream?: AnswerStream;
}

/** Server-sent events as they go over the wire. */
export interface AnswerStream {
	events: string[];
	/** What follows the last event; may be empty. */
	end: string;
	/** What the protocol sends for an error during the stream. */
	error: string;
}

/** Kie's messages, as documented or observed; of 402, 433, 451, 501 and 505 only the meaning is known. */
export const messages: Record<number, string> = {
	400: 'Your content was flagged as violating content policies.',
	401: 'You do not have access permissions',
	402: 'Insufficient credits. Please top up and try again.',
	404: 'The model name you specified is not supported. Please verify your input and use one of the supported models provided by KIE.',
	422: 'This field is required',
	429: 'Your call frequency is too high. Please try again later.',
	433: 'The usage limit of the sub-key is reached.',
	451: 'Failed to fetch the file. Please verify any access limits set by you or your service provider.',
	455: 'The server is currently being maintained, please try again later~',
	500: 'Server exception, please try again later',
	501: 'Generation failed.',
	505: 'The feature is currently disabled.',
};

export const done = (data: Json): Answer => ({ body: { code: 200, msg: 'success', data } });

export const reject = (code: number, msg = messages[code] ?? 'Error', detail?: string): Answer => ({
	body: { code, msg, data: null },
	detail: detail ?? msg,
});

/** A rejection whose HTTP status is the code. */
export const rejectByStatus = (status: number, msg?: string): Answer => ({ ...reject(status, msg), status });

export const rejectForRate = (): Answer => reject(429);
