/**
 * The parts of n8n's AI node SDK that are used here (@n8n/ai-node-sdk, aiNodeSdkVersion 1). The SDK is part of n8n and
 * cannot be installed on its own, so the compiler reads this declaration instead.
 */
declare module '@n8n/ai-node-sdk' {
	import type { ISupplyDataFunctions, SupplyData } from 'n8n-workflow';

	export interface ContentText {
		type: 'text';
		text: string;
	}

	export interface ContentFile {
		type: 'file';
		mediaType?: string;
		/** Base64 or bytes; undefined if `providerMetadata.url` has the file. */
		data?: string | Uint8Array;
		providerMetadata?: Record<string, unknown>;
	}

	export interface ContentToolCall {
		type: 'tool-call';
		toolCallId?: string;
		toolName: string;
		/** Arguments as JSON text. */
		input: string;
	}

	export interface ContentToolResult {
		type: 'tool-result';
		toolCallId: string;
		result: unknown;
		isError?: boolean;
	}

	/** Not used here. */
	export interface ContentOther {
		type: 'reasoning' | 'invalid-tool-call' | 'citation' | 'provider';
	}

	export type MessageContent = ContentText | ContentFile | ContentToolCall | ContentToolResult | ContentOther;

	export interface Message {
		role: 'system' | 'user' | 'assistant' | 'tool';
		content: MessageContent[];
		/** The tool's, for a tool message. */
		name?: string;
		id?: string;
	}

	export type FinishReason = 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'error' | 'other';

	export interface TokenUsage {
		promptTokens: number;
		completionTokens: number;
		totalTokens: number;
		inputTokenDetails?: { cacheRead?: number };
		outputTokenDetails?: { reasoning?: number };
	}

	export interface GenerateResult {
		id?: string;
		finishReason?: FinishReason;
		usage?: TokenUsage;
		message: Message;
	}

	export type StreamChunk =
		| { type: 'text-delta'; delta: string }
		| { type: 'tool-call-delta'; id?: string; name?: string; argumentsDelta?: string }
		| { type: 'finish'; finishReason: FinishReason; usage?: TokenUsage };

	export interface FunctionTool {
		type: 'function';
		name: string;
		description?: string;
		/** JSON Schema or a zod schema; `getParametersJsonSchema` converts either to JSON Schema. */
		inputSchema: unknown;
	}

	export interface ProviderTool {
		type: 'provider';
		name: string;
	}

	export type Tool = FunctionTool | ProviderTool;

	export interface ChatModelConfig {
		maxTokens?: number;
		temperature?: number;
		topP?: number;
		abortSignal?: AbortSignal;
	}

	export interface ChatModel {
		provider: string;
		modelId: string;
		generate(messages: Message[], config?: ChatModelConfig): Promise<GenerateResult>;
		stream(messages: Message[], config?: ChatModelConfig): AsyncIterable<StreamChunk>;
		withTools(tools: Tool[]): ChatModel;
	}

	/** `withTools` copies the model's own properties to a new instance, so private ones (`#name`) would be lost. */
	export abstract class BaseChatModel implements ChatModel {
		provider: string;
		modelId: string;
		protected tools: Tool[];
		constructor(provider: string, modelId: string);
		abstract generate(messages: Message[], config?: ChatModelConfig): Promise<GenerateResult>;
		abstract stream(messages: Message[], config?: ChatModelConfig): AsyncIterable<StreamChunk>;
		withTools(tools: Tool[]): ChatModel;
	}

	export function getParametersJsonSchema(tool: FunctionTool): unknown;

	export function supplyModel(context: ISupplyDataFunctions, model: ChatModel): SupplyData;
}
