import type { ChatModelConfig, ContentFile, GenerateResult, Message, StreamChunk, Tool } from '@n8n/ai-node-sdk';
import { BaseChatModel, getParametersJsonSchema, supplyModel } from '@n8n/ai-node-sdk';
import { uniqBy } from 'lodash';
import type { ISupplyDataFunctions, SupplyData } from 'n8n-workflow';

import { failureError } from '../shared/api/failure';
import { inputError, NOT_CHARGED } from '../shared/api/inputError';
import { chatError } from '../shared/chat/chatError';
import type { ChatDelta, ChatModel, ChatReply, ChatRequest, ChatTool } from '../shared/chat/chatTypes';
import { checkRequest } from '../shared/chat/checkRequest';
import { sendChat } from '../shared/chat/sendChat';
import { asText, isObject } from '../shared/json';
import { isInputUrl, unusableUrl } from '../shared/media/inputUrl';
import { describeFile } from '../shared/media/mimeTypes';
import { uploadBinary } from '../shared/media/uploadFile';
import type { UploadFile } from './modelMessages';
import { fromReply, toChatMessages } from './modelMessages';
import type { ModelSettings } from './modelOptions';
import { patchAdapter } from './patchAdapter';
import { toGenerator } from './toGenerator';

/** Requires n8n's AI node SDK, so it is loaded only when a model is needed; the rest of the package works without. */

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
		return fromReply(await this.send(messages, this.signals(config)));
	}

	override async *stream(messages: Message[], config?: ChatModelConfig): AsyncIterable<StreamChunk> {
		const abandoned = new AbortController();
		const signals = [...this.signals(config), abandoned.signal];
		const deltas = toGenerator<ChatDelta, ChatReply>(async (emit) => await this.send(messages, signals, emit));
		let hasStreamed = false;
		try {
			let next = await deltas.next();
			for (; !next.done; next = await deltas.next()) {
				if (next.value.type !== 'text') continue;
				hasStreamed = true;
				yield { type: 'text-delta', delta: next.value.text };
			}
			const { message, finishReason, usage } = fromReply(next.value);
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

	/** LangChain passes the agent's signal as `signal`. */
	private signals(config: ChatModelConfig & { signal?: AbortSignal } = {}): AbortSignal[] {
		const signals = [config.abortSignal, config.signal, this.context.getExecutionCancelSignal()];
		return signals.filter((signal) => signal !== undefined);
	}

	/**
	 * One call, which is charged and so never repeated once Kie may have accepted it.
	 * @throws NodeOperationError for a request that the model does not support, NodeApiError for a call without a reply.
	 */
	private async send(
		messages: Message[],
		signals: AbortSignal[],
		onDelta?: (delta: ChatDelta) => void,
	): Promise<ChatReply> {
		const node = this.context.getNode();
		const signal = AbortSignal.any(signals);
		const { request: settings, timeoutMs } = this.settings;
		const toRequest = async (upload: UploadFile): Promise<ChatRequest> => ({
			...settings,
			messages: await toChatMessages(messages, upload),
			tools: toChatTools(this.tools),
		});
		const withoutUploads = await toRequest(async () => ATTACHED);
		const issue =
			emptyMessageIssue(withoutUploads) ?? urlIssue(withoutUploads) ?? checkRequest(this.model, withoutUploads);
		if (issue !== undefined) throw inputError(node, issue);
		const request = await toRequest(async (file) => await this.upload(file, signal));
		const result = await sendChat(this.context, this.model, request, { signal, timeoutMs, onDelta });
		if (result.kind === 'failed') throw chatError(node, result.failure);
		return result.reply;
	}

	/** Kie's chat accepts files by URL only. */
	private async upload({ data, mediaType, providerMetadata }: ContentFile, signal: AbortSignal): Promise<string> {
		const base64 = typeof data === 'string' ? data : Buffer.from(data ?? []).toString('base64');
		const binary = { data: base64, ...describeFile(asText(providerMetadata?.filename) ?? '', mediaType) };
		const upload = await uploadBinary(this.context, binary, signal);
		if (upload.kind === 'failed') throw failureError(this.context.getNode(), upload.failure, undefined, NOT_CHARGED);
		return upload.url;
	}
}

/** Each tool once: n8n's agent passes its tools twice when it forces a call. Undefined if there are none. */
function toChatTools(tools: Tool[]): ChatTool[] | undefined {
	const functions = tools.filter((tool) => tool.type === 'function');
	if (functions.length === 0) return undefined;
	return uniqBy(functions, 'name').map((tool) => {
		const schema = getParametersJsonSchema(tool);
		// A tool without arguments has a schema that the SDK cannot convert; it accepts a text.
		const isConverted = isObject(schema) && !('safeParse' in schema);
		const parameters = isConverted ? schema : { type: 'object', properties: { input: { type: 'string' } } };
		return { name: tool.name, description: tool.description, parameters };
	});
}

/** Stands for the URL of a file that is not uploaded yet. */
const ATTACHED = 'the attached file';

/** Kie fetches the files of a message, so their URLs have to be on the web. */
function urlIssue({ messages }: ChatRequest): string | undefined {
	const urls = messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'file' ? [part.url] : [])));
	const unusable = urls.find((url) => url !== ATTACHED && !isInputUrl(url));
	return unusable === undefined ? undefined : unusableUrl('Messages', unusable);
}

/** Content that n8n drops must not go unnoticed. */
function emptyMessageIssue({ messages }: ChatRequest): string | undefined {
	const isEmpty = messages.some(({ role, parts }) => role === 'user' && parts.length === 0);
	return isEmpty ? 'A user message is empty, or has content that n8n does not pass to chat models' : undefined;
}
