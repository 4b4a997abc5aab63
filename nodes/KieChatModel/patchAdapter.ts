import { isObject, asNumber } from '../shared/json';

/**
 * Between a model of the SDK and LangChain stands an adapter of n8n's, which loses some things on the way (SDK 0.30):
 * pictures that an AI Agent or a chain passes on, and the token usage of a streamed answer. They are put right here, on
 * the adapter itself, because the SDK has no other place for it; one that looks different is left as it is.
 */

type Call = (messages: unknown[], ...rest: unknown[]) => unknown;

interface Adapter {
	_generate: Call;
	_streamResponseChunks: Call;
	bindTools: (...given: unknown[]) => unknown;
	callbacks: unknown[];
}

/** n8n's own tracing, which writes the token usage to the execution. */
interface Tracing {
	options: { tokensUsageParser: (result: unknown) => TokenCount };
}

interface TokenCount {
	promptTokens: number;
	completionTokens: number;
	totalTokens: number;
}

/**
 * The adapter, and every copy of it that is made for tools, with what it loses.
 * `isJson`: the model answers JSON, which n8n's chains then parse.
 */
export function patchAdapter(adapter: unknown, isJson: boolean): unknown {
	if (!isAdapter(adapter)) return adapter;
	const { _generate, _streamResponseChunks, bindTools, callbacks } = adapter;
	for (const tracing of callbacks.filter(isTracing)) tracing.options.tokensUsageParser = tokensOf;
	const whole =
		(call: Call): Call =>
		(messages, ...rest) =>
			call.call(adapter, messages.map(withPictures), ...rest);
	return Object.assign(adapter, {
		_generate: whole(_generate),
		_streamResponseChunks: whole(_streamResponseChunks),
		bindTools: (...given: unknown[]) => patchAdapter(bindTools.apply(adapter, given), isJson),
		...(isJson && { metadata: { output_format: 'json' } }),
	});
}

function isAdapter(value: unknown): value is Adapter {
	return (
		typeof value === 'object' &&
		value !== null &&
		'_generate' in value &&
		'_streamResponseChunks' in value &&
		'bindTools' in value &&
		'callbacks' in value &&
		[value._generate, value._streamResponseChunks, value.bindTools].every((call) => typeof call === 'function') &&
		Array.isArray(value.callbacks)
	);
}

function isTracing(value: unknown): value is Tracing {
	return isObject(value) && isObject(value.options) && 'tokensUsageParser' in value.options;
}

/** Plain answers have LangChain's names for the tokens of a message, streamed ones those of a whole run. */
function tokensOf(result: unknown): TokenCount {
	const output = isObject(result) && isObject(result.llmOutput) ? result.llmOutput : {};
	const usage = isObject(output.tokenUsage) ? output.tokenUsage : {};
	const promptTokens = asNumber(usage.input_tokens ?? usage.promptTokens) ?? 0;
	const completionTokens = asNumber(usage.output_tokens ?? usage.completionTokens) ?? 0;
	return { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens };
}

/** A message whose pictures have the form that the adapter reads; the message given stays as it is, others have it too. */
function withPictures(message: unknown): unknown {
	if (!isObject(message) || !Array.isArray(message.content)) return message;
	const content = message.content.map((part) => (isObject(part) && part.type === 'image_url' ? picture(part) : part));
	return Object.assign(Object.create(Object.getPrototypeOf(message)), message, { content });
}

/** OpenAI's form of a picture as LangChain's own. */
function picture({ image_url: given }: { image_url?: unknown }) {
	const url = String(isObject(given) ? given.url : given);
	const [head = '', mimeType] = /^data:([^;,]+);base64,/.exec(url) ?? [];
	const source = mimeType === undefined ? { url } : { mimeType, data: url.slice(head.length) };
	return { type: 'image', metadata: { kind: 'image' }, ...source };
}
