import type { JsonObject } from '../../json';
import type { ChatDelta, ChatModel, ChatRequest, ChatResult, ProtocolName } from '../chatTypes';

/** How one of Kie's chat protocols is spoken. Pure: no network, no n8n. */
export interface Protocol {
	name: ProtocolName;
	/** The request's body without its `extraBody`: only what is set. What the model does not take is refused before (`checkRequest`). */
	body(model: ChatModel, request: ChatRequest): JsonObject;
	/** Reads a plain answer that is known to hold no error. An empty one is a failure. */
	answer(body: JsonObject): ChatResult;
	/** Takes in the events of one streamed answer. */
	stream(): ProtocolStream;
}

/** The state of one streamed answer. */
export interface ProtocolStream {
	/** Takes in the JSON of one event and answers what it adds. */
	push(event: JsonObject): ChatDelta[];
	/** Whether the model has said why it ended: nothing of the answer is missing. */
	isDone(): boolean;
	/** A plain answer's body, put together from the events so far. */
	body(): JsonObject;
}
