import type { ChatRequest } from './chat-request';
import type { Reply } from './chat-reply';
import type { JsonObject } from './types';

/** One of the four forms in which Kie's models talk. */
export interface Protocol {
	/** What a body asks for whose form is checked already. */
	read: (body: JsonObject, model: string) => ChatRequest;
	/** The plain answer. */
	answer: (reply: Reply, body: JsonObject) => JsonObject;
	/** The answer as events of a stream, without what ends it. */
	events: (reply: Reply, body: JsonObject) => Event[];
	/** What ends a stream behind its last event. */
	end: string;
	/** The event of something that goes wrong in the middle. */
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

/** Events that have their type in their data too. */
export const typed = (type: string, data: JsonObject): Event => ({ event: type, data: { type, ...data } });

/** JSON text in pieces that end anywhere. */
export const pieces = (json: string): string[] => json.match(/[^]{1,9}/gu) ?? [];
