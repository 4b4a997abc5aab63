import type { ChatRequest } from './chat-request';
import type { Reply } from './chat-reply';
import type { JsonObject } from './types';

/** One of the four protocols of Kie's chat models. */
export interface Protocol {
	/** The request in a validated body. */
	read: (body: JsonObject, model: string) => ChatRequest;
	/** The response without a stream. */
	answer: (reply: Reply, body: JsonObject) => JsonObject;
	/** The response as events of a stream, without its end mark. */
	events: (reply: Reply, body: JsonObject) => Event[];
	/** The end mark after the last event of a stream. */
	end: string;
	/** The event for an error during the stream. */
	error: (message: string) => Event;
}

export interface Event {
	/** Named events only. */
	event?: string;
	data: JsonObject;
}

/** The event as it goes over the wire. */
export const wire = ({ event, data }: Event): string =>
	`${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;

/** Events that also have their type in their data. */
export const typed = (type: string, data: JsonObject): Event => ({ event: type, data: { type, ...data } });

/** JSON text in pieces that end anywhere. */
export const pieces = (json: string): string[] => json.match(/[^]{1,9}/gu) ?? [];
