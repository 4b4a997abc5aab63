import { asNumber, asObject, isObject } from '../shared/json';

/**
 * n8n's adapter between the SDK's models and LangChain loses some things (SDK 0.30): images that an AI Agent or a chain
 * passes on, and the token usage of a streamed reply. The SDK has no other place to fix this than the adapter itself. An
 * adapter that is built differently is left as it is.
 */

type Call = (messages: unknown[], ...rest: unknown[]) => unknown;

interface Adapter {
	_generate: Call;
	_streamResponseChunks: Call;
	bindTools: (...args: unknown[]) => unknown;
	callbacks: unknown[];
}

/** n8n's tracing, which saves the token usage with the execution. */
interface Tracing {
	options: { tokensUsageParser: (result: unknown) => TokenCount };
}

interface TokenCount {
	promptTokens: number;
	completionTokens: number;
	totalTokens: number;
}

/** Patches the adapter and every copy that it makes for tools. `isJson`: n8n's chains have to parse the replies. */
export function patchAdapter(adapter: unknown, isJson: boolean): unknown {
	if (!isAdapter(adapter)) return adapter;
	const { _generate, _streamResponseChunks, bindTools, callbacks } = adapter;
	for (const tracing of callbacks.filter(isTracing)) tracing.options.tokensUsageParser = countTokens;
	const withImages =
		(call: Call): Call =>
		(messages, ...rest) =>
			call.call(adapter, messages.map(convertImages), ...rest);
	return Object.assign(adapter, {
		_generate: withImages(_generate),
		_streamResponseChunks: withImages(_streamResponseChunks),
		bindTools: (...args: unknown[]) => patchAdapter(bindTools.apply(adapter, args), isJson),
		...(isJson && { metadata: { output_format: 'json' } }),
	});
}

function isAdapter(value: unknown): value is Adapter {
	if (!isObject(value) || !Array.isArray(value.callbacks)) return false;
	const { _generate, _streamResponseChunks, bindTools }: Record<string, unknown> = value;
	return [_generate, _streamResponseChunks, bindTools].every((call) => typeof call === 'function');
}

function isTracing(value: unknown): value is Tracing {
	return isObject(value) && isObject(value.options) && 'tokensUsageParser' in value.options;
}

/** A reply in one piece has LangChain's names for the tokens of a message, a streamed one those of a run. */
function countTokens(result: unknown): TokenCount {
	const usage = asObject(asObject(asObject(result).llmOutput).tokenUsage);
	const promptTokens = asNumber(usage.input_tokens ?? usage.promptTokens) ?? 0;
	const completionTokens = asNumber(usage.output_tokens ?? usage.completionTokens) ?? 0;
	return { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens };
}

/** A copy of a message whose images have the form that the adapter reads. */
function convertImages(message: unknown): unknown {
	if (!isObject(message) || !Array.isArray(message.content)) return message;
	const content = message.content.map((part) => (isObject(part) && part.type === 'image_url' ? toImage(part) : part));
	return Object.assign(Object.create(Object.getPrototypeOf(message)), message, { content });
}

/** An image in OpenAI's form as LangChain's own. */
function toImage({ image_url: source }: { image_url?: unknown }) {
	const url = String(isObject(source) ? source.url : source);
	const [prefix = '', mimeType] = /^data:([^;,]+);base64,/.exec(url) ?? [];
	const image = mimeType === undefined ? { url } : { mimeType, data: url.slice(prefix.length) };
	return { type: 'image', metadata: { kind: 'image' }, ...image };
}
