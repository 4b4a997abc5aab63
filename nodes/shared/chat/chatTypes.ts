import type { Failure } from '../api/failure';
import type { MediaKind, ModelStatus } from '../catalogue/types';
import type { JsonObject } from '../json';

/** The types of chat: requests, replies and models. The same for every protocol. */

export type ChatRole = 'system' | 'user' | 'assistant' | 'tool';

/** A part of a message. A file has a URL that Kie can fetch. */
export type ChatPart =
	{ type: 'text'; text: string } | { type: 'file'; url: string; kind?: MediaKind; mimeType?: string };

export interface ChatMessage {
	role: ChatRole;
	parts: ChatPart[];
	/** Assistant: the tools that the model called; absent if none. */
	toolCalls?: ToolCall[];
	/** Assistant: the `thoughts` of the reply with the tool calls. */
	thoughts?: JsonObject[];
	/** Tool: the call that this message is the result of, and the tool's name. */
	toolCallId?: string;
	toolName?: string;
}

/** A call of a tool, as the model requests it. */
export interface ToolCall {
	id: string;
	name: string;
	arguments: JsonObject;
	/** Gemini requires it back unchanged with the call. */
	signature?: string;
}

/** A function that the model may call. `parameters` is the JSON Schema of its arguments. */
export interface ChatTool {
	name: string;
	description?: string;
	parameters: JsonObject;
}

/** All reasoning efforts; which of them a model supports is in its capabilities. */
export const REASONING_EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
export type ReasoningEffort = (typeof REASONING_EFFORTS)[number];

/** One chat call in any protocol. What is not set is not sent. */
export interface ChatRequest {
	messages: ChatMessage[];
	tools?: ChatTool[];
	webSearch?: boolean;
	reasoningEffort?: ReasoningEffort;
	/** Claude: whether the model thinks; Gemini: whether the reply includes its thoughts. */
	thinking?: boolean;
	/** The reply has to be JSON, matching the JSON Schema if there is one. */
	json?: { schema?: JsonObject; name?: string; strict?: boolean };
	/** What the user sets beside the JSON Schema, before what it says itself. */
	schemaName?: string;
	strictSchema?: boolean;
	temperature?: number;
	topP?: number;
	maxTokens?: number;
	/** Fields of the body that override all others: objects are merged, arrays replaced. */
	extraBody?: JsonObject;
}

/** `contentFilter` and `failed` never occur in a reply, they are failures. */
export type FinishReason = 'stop' | 'length' | 'toolCalls' | 'contentFilter' | 'failed' | 'other';

/** Token counts; a count that Kie does not return is undefined. */
export interface ChatUsage {
	inputTokens?: number;
	outputTokens?: number;
	totalTokens: number;
	reasoningTokens?: number;
	cachedTokens?: number;
}

/** A reply that is complete, or reached the token limit, and has text or tool calls. */
export interface ChatReply {
	text: string;
	reasoning?: string;
	toolCalls: ToolCall[];
	/** What Claude requires back unchanged with the results of its tool calls. */
	thoughts?: JsonObject[];
	usage?: ChatUsage;
	creditsConsumed?: number;
	/** The model as Kie names it in the reply. */
	model?: string;
	finishReason: FinishReason;
	/** The body; for a stream, the body of the same reply in one piece. */
	raw: JsonObject;
}

/** Why there is no reply. `text` is what arrived of it; undefined if it had not begun. */
export interface ChatFailure extends Failure {
	text?: string;
}

export type ChatResult = { kind: 'ok'; reply: ChatReply } | { kind: 'failed'; failure: ChatFailure };

/** The next text of a streamed reply. Tool calls are returned with the whole reply. */
export interface ChatDelta {
	type: 'text' | 'reasoning';
	text: string;
}

export type ProtocolName = 'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini';

/** What a model accepts beyond messages, as documented. */
export interface ChatCapabilities {
	/** The kinds of files in its messages. */
	files: MediaKind[];
	tools?: boolean;
	/** The name of the tool that searches the web. */
	webSearch?: string;
	reasoningEffort?: readonly ReasoningEffort[];
	thinking?: boolean;
	/** A field for replies in JSON of any form. Without it, the model is instructed in the system message. */
	json?: boolean;
	/** A field for replies that match a JSON Schema. Without it, the model is instructed in the system message. */
	jsonSchema?: boolean;
	temperature?: boolean;
	topP?: boolean;
	maxTokens?: boolean;
}

/** A model of the list, or one that the user describes. */
export interface ChatModel {
	/** What the user selects or enters; unique. */
	id: string;
	title: string;
	family: string;
	protocol: ProtocolName;
	/** Relative to the API base URL. */
	path: string;
	/** The value of `model` in the body; undefined if the path names the model. */
	bodyModel?: string;
	/** It has no `stream` field and replies in one piece. */
	withoutStream?: boolean;
	capabilities: ChatCapabilities;
	/** Shown after the title: the model may not be available. */
	status?: ModelStatus;
}
