import type { JsonObject } from '../json';
import type { Failure } from '../api/failure';
import type { MediaKind, ModelStatus } from '../catalogue/types';

/** The vocabulary of chat: what is asked, what comes back, and what a model is. Data only, the same for every protocol. */

export type ChatRole = 'system' | 'user' | 'assistant' | 'tool';

/** A piece of a message. A file has an address that Kie can fetch. */
export type ChatPart =
	{ type: 'text'; text: string } | { type: 'file'; url: string; kind?: MediaKind; mimeType?: string };

export interface ChatMessage {
	role: ChatRole;
	parts: ChatPart[];
	/** Assistant: the functions that the model wanted to be called. */
	toolCalls?: ToolCall[];
	/** Assistant: `thoughts` of the answer with the tool calls. */
	thoughts?: JsonObject[];
	/** Tool: the call that this message answers, and the function's name. */
	toolCallId?: string;
	toolName?: string;
}

/** A function that the model wants to be called. */
export interface ToolCall {
	id: string;
	name: string;
	arguments: JsonObject;
	/** Gemini wants it back unchanged beside the call. */
	signature?: string;
}

/** A function of the user's own. `parameters` is the JSON Schema of its arguments. */
export interface ChatTool {
	name: string;
	description?: string;
	parameters: JsonObject;
}

/** How hard a model thinks; which of them a model knows is in the catalogue. */
export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max';

/** One chat call, whatever the protocol. What is not set is not sent; `stream` always is, where the model has it. */
export interface ChatRequest {
	messages: ChatMessage[];
	tools?: ChatTool[];
	webSearch?: boolean;
	reasoningEffort?: ReasoningEffort;
	/** Whether the model thinks, or shows its thoughts: `thinkingFlag` of Claude, `include_thoughts` of Gemini. */
	thinking?: boolean;
	/** The answer is JSON, of this JSON Schema where there is one. */
	json?: { schema?: JsonObject; name?: string };
	temperature?: number;
	topP?: number;
	maxTokens?: number;
	stream: boolean;
	/** Fields of the body, which go over what else is set; objects are put together, lists replaced. */
	extraBody?: JsonObject;
}

/** `contentFilter` and `failed` are failures, never an answer. */
export type FinishReason = 'stop' | 'length' | 'toolCalls' | 'contentFilter' | 'failed' | 'other';

/** What is not counted is left out. */
export interface ChatUsage {
	inputTokens?: number;
	outputTokens?: number;
	totalTokens: number;
	reasoningTokens?: number;
	cachedTokens?: number;
}

/** An answer that came to its end, or to the limit of its length, and says something: text or tool calls. */
export interface ChatReply {
	text: string;
	reasoning?: string;
	toolCalls: ToolCall[];
	/** What Claude wants back unchanged when its tool calls are answered. */
	thoughts?: JsonObject[];
	usage?: ChatUsage;
	creditsConsumed?: number;
	/** The model that answered, in Kie's words. */
	model?: string;
	finishReason: FinishReason;
	/** Kie's answer; of a stream, one like that of the plain call, put together from its events. */
	raw: JsonObject;
}

/** Why there is no good answer; `text` is what came before it ended, perhaps nothing, where an answer has begun at all. */
export interface ChatFailure extends Failure {
	text?: string;
}

export type ChatResult = { kind: 'ok'; answer: ChatReply } | { kind: 'failed'; failure: ChatFailure };

/** A piece of an answer that is under way. Tool calls come whole, with the answer. */
export type ChatDelta = { type: 'text' | 'reasoning'; text: string };

export type ProtocolName = 'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini';

/** What a model is documented to accept beyond messages; undefined means that it does not. */
export interface ChatCapabilities {
	/** The kinds of files that a message may carry. */
	files: MediaKind[];
	/** Functions of the user's own. */
	tools?: boolean;
	/** The name of the tool that searches the web. */
	webSearch?: string;
	efforts?: readonly ReasoningEffort[];
	thinking?: boolean;
	/** An answer in JSON of any form. Without it, the model is asked in words. */
	json?: boolean;
	/** An answer by a JSON Schema. Without it, the model is asked in words. */
	jsonSchema?: boolean;
	temperature?: boolean;
	topP?: boolean;
	maxTokens?: boolean;
}

/** One choice of the model list. */
export interface ChatModel {
	/** What a user picks or types; unique. */
	id: string;
	title: string;
	family: string;
	protocol: ProtocolName;
	/** Where it is called, below the base address. */
	path: string;
	/** The value of `model` in the body; left out where the path names the model. */
	bodyModel?: string;
	/** It has no `stream` field and answers in one piece. */
	withoutStream?: boolean;
	capabilities: ChatCapabilities;
	/** Shown after the title: whether it may not answer. */
	status?: ModelStatus;
}
