import type { JsonObject } from '../../json';
import type { ChatCapabilities, ChatDelta, ChatModel, ChatRequest, ChatRole } from '../chatTypes';
import type { ParsedReply } from '../parsedReply';

/** Everything particular to one of Kie's chat protocols. Pure: no network, nothing of n8n. */
export interface Protocol {
	/** For the user. */
	title: string;
	/** Everything that the protocol has a field for: what a custom model on this path can be sent. */
	capabilities(path: string): ChatCapabilities;
	/** The roles whose messages have no place for files. */
	rolesWithoutFiles: ChatRole[];
	/** What a tool result has to name to be matched to its call, and the name of that field in OpenAI's messages. */
	toolResultKey: { field: 'toolCallId' | 'toolName'; name: string };
	/** What cannot be combined with tools. */
	exclusiveWithTools: ReadonlyArray<'webSearch' | 'json'>;
	/** Whether a JSON Schema has a name and can be strict. */
	hasSchemaSettings: boolean;
	/** Whether streamed replies arrive bit by bit, which keeps the connection of a long one alive. */
	streamsGradually: boolean;
	/** Fields of which every reply, or piece of one, has at least one. Errors have none of them. */
	contentFields: string[];
	/** The request body without `extraBody`: only what is set. `checkRequest` has rejected what the model does not support. */
	toBody(model: ChatModel, request: ChatRequest, stream: boolean): JsonObject;
	/** Reads a complete reply that contains no error. */
	parseReply(body: JsonObject): ParsedReply;
	/** Collects the events of one streamed reply. */
	newCollector(): StreamCollector;
}

/** The state of one streamed reply. */
export interface StreamCollector {
	/** Adds the JSON of one event and returns the text that it brings. */
	push(event: JsonObject): ChatDelta[];
	/** Whether the model has said why it stopped: nothing of the reply is missing. */
	isComplete(): boolean;
	/** The body of a complete reply, as far as the events go. */
	body(): JsonObject;
}

/** The last event of a stream in OpenAI's protocols. Kie's gateway may send it with any protocol. */
export const END_OF_STREAM = '[DONE]';
