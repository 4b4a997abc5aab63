import type { ChatModelConfig, ContentFile, GenerateResult, Message, StreamChunk, Tool } from '@n8n/ai-node-sdk';
import { BaseChatModel, getParametersJsonSchema, supplyModel } from '@n8n/ai-node-sdk';
import type { ISupplyDataFunctions, SupplyData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject, asText } from '../shared/json';
import { failureError } from '../shared/api/failure';
import { checkRequest } from '../shared/chat/checkRequest';
import { chatError } from '../shared/chat/chatError';
import { chat } from '../shared/chat/sendChat';
import type { ChatReply, ChatDelta, ChatModel, ChatRequest, ChatTool } from '../shared/chat/chatTypes';
import { describeFile } from '../shared/media/mimeTypes';
import { uploadBinary } from '../shared/media/uploadFile';
import { patchAdapter } from './patchAdapter';
import type { Locate } from './modelMessages';
import { fromAnswer, toChatMessages } from './modelMessages';
import type { ModelSettings } from './modelOptions';
import { toGenerator } from './toGenerator';

/** Needs n8n's AI node SDK, so it is loaded only when a model is wanted; the rest of the package does without. */

/** A chat model for n8n's agents and chains. */
export function supplyChatModel(context: ISupplyDataFunctions, model: ChatModel, settings: ModelSettings): SupplyData {
	const { response } = supplyModel(context, new KieModel(context, model, settings));
	return { response: patchAdapter(response, settings.request.json !== undefined) };
}

/** `withTools` of the SDK copies the properties, so none of them may be a `#private` one. */
class KieModel extends BaseChatModel {
	constructor(
		private readonly context: ISupplyDataFunctions,
		private readonly model: ChatModel,
		private readonly settings: ModelSettings,
	) {
		super('kie', model.id);
	}

	override async generate(messages: Message[], config?: ChatModelConfig): Promise<GenerateResult> {
		return fromAnswer(await this.ask(messages, this.signals(config)));
	}

	override async *stream(messages: Message[], config?: ChatModelConfig): AsyncIterable<StreamChunk> {
		const abandoned = new AbortController();
		const signals = [...this.signals(config), abandoned.signal];
		const deltas = toGenerator<ChatDelta, ChatReply>(async (report) => await this.ask(messages, signals, report));
		let hasStreamed = false;
		try {
			let next = await deltas.next();
			for (; !next.done; next = await deltas.next()) {
				if (next.value.type !== 'text') continue;
				hasStreamed = true;
				yield { type: 'text-delta', delta: next.value.text };
			}
			const { message, finishReason, usage } = fromAnswer(next.value);
			for (const part of message.content) {
				if (part.type === 'text' && !hasStreamed) yield { type: 'text-delta', delta: part.text };
				if (part.type === 'tool-call') {
					yield { type: 'tool-call-delta', id: part.toolCallId, name: part.toolName, argumentsDelta: part.input };
				}
			}
			yield { type: 'finish', finishReason, usage };
		} finally {
			abandoned.abort();
		}
	}

	/** LangChain hands over the agent's signal under a name of its own. */
	private signals(config: ChatModelConfig & { signal?: AbortSignal } = {}): AbortSignal[] {
		const signals = [config.abortSignal, config.signal, this.context.getExecutionCancelSignal()];
		return signals.filter((signal) => signal !== undefined);
	}

	/**
	 * One call, which is paid and so never repeated once it may have arrived.
	 * @throws NodeApiError with what came instead of a good answer.
	 */
	private async ask(
		messages: Message[],
		signals: AbortSignal[],
		onDelta?: (delta: ChatDelta) => void,
	): Promise<ChatReply> {
		const signal = AbortSignal.any(signals);
		const { request: settings, timeoutMs } = this.settings;
		const toRequest = async (locate: Locate): Promise<ChatRequest> => ({
			...settings,
			messages: await toChatMessages(messages, locate),
			...(this.tools.length > 0 && { tools: toChatTools(this.tools) }),
			// A stream keeps a long answer alive; Claude's came in one lump at its end, which keeps nothing alive.
			stream: onDelta !== undefined || this.model.protocol !== 'anthropic-messages',
		});
		const planned = await toRequest(async () => 'a file of the message');
		const refusal = emptyMessage(planned) ?? checkRequest(this.model, planned);
		if (refusal !== undefined) {
			throw new NodeOperationError(this.context.getNode(), refusal, { description: 'Nothing was sent to Kie.ai.' });
		}
		const request = await toRequest(async (file) => await this.upload(file, signal));
		const result = await chat(this.context, this.model, request, { signal, timeoutMs, onDelta });
		if (result.kind === 'ok') return result.answer;
		throw chatError(this.context.getNode(), result.failure);
	}

	/** Kie's chat takes files by address only. */
	private async upload({ data, mediaType, providerMetadata }: ContentFile, signal: AbortSignal): Promise<string> {
		const base64 = typeof data === 'string' ? data : Buffer.from(data ?? []).toString('base64');
		const binary = { data: base64, ...describeFile(asText(providerMetadata?.filename) ?? '', mediaType) };
		const upload = await uploadBinary(this.context, binary, signal);
		if (upload.kind === 'ok') return upload.url;
		throw failureError(this.context.getNode(), upload.failure);
	}
}

/** Each once: n8n's agent gives its tools twice when it forces a call. */
function toChatTools(tools: Tool[]): ChatTool[] {
	const byName = new Map<string, ChatTool>();
	for (const tool of tools) {
		if (tool.type !== 'function') continue;
		const { name, description } = tool;
		const schema = getParametersJsonSchema(tool);
		// A tool without arguments of its own comes with a schema that the SDK does not know how to convert; it takes a text.
		const isConverted = isObject(schema) && !('safeParse' in schema);
		const parameters = isConverted ? schema : { type: 'object', properties: { input: { type: 'string' } } };
		byName.set(name, { name, ...(description !== undefined && { description }), parameters });
	}
	return [...byName.values()];
}

/** What n8n does not hand over must not be missed silently. */
function emptyMessage({ messages }: ChatRequest): string | undefined {
	const isEmpty = messages.some(({ role, parts }) => role === 'user' && parts.length === 0);
	return isEmpty ? 'A message to the model is empty, or holds what n8n does not hand over to chat models' : undefined;
}
