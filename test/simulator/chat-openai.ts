import { randomBytes } from 'node:crypto';
import { object, objects, type Step, text, type Tool } from './chat-request';
import { type Event, pieces, type Protocol } from './chat-protocol';
import { type Reply, words } from './chat-reply';
import type { Json, JsonObject } from './types';

/** OpenAI's chat completions. */

const builtIn = ['web_search', 'googleSearch'];

const textOf = (content: Json | undefined): string =>
	typeof content === 'string'
		? content
		: objects(content)
				.map((part) => text(part.text))
				.filter(Boolean)
				.join('\n');

function stepsOf(message: JsonObject): Step[] {
	switch (message.role) {
		case 'user':
			return [{ kind: 'user', text: textOf(message.content) }];
		case 'tool':
			return [{ kind: 'result', id: text(message.tool_call_id), text: textOf(message.content) }];
		case 'assistant':
			return [
				{ kind: 'assistant' },
				...objects(message.tool_calls).map((call): Step => ({ kind: 'call', id: text(call.id) })),
			];
		default:
			return [];
	}
}

/** The newer format of response_format, or the older flat one. */
function schemaOf({ json_schema, ...flat }: JsonObject): JsonObject {
	return json_schema === undefined ? { ...flat, type: 'object' } : object(object(json_schema).schema);
}

const usageOf = ({ usage }: Reply): JsonObject => ({
	prompt_tokens: usage.input,
	completion_tokens: usage.output,
	total_tokens: usage.input + usage.output,
	completion_tokens_details: { reasoning_tokens: usage.reasoning },
});

const finishOf = ({ isTruncated, calls }: Reply): string =>
	isTruncated ? 'length' : calls.length > 0 ? 'tool_calls' : 'stop';

/** Only this GPT returns its name. */
const head = ({ model }: Reply, object: string): JsonObject => ({
	id: `chatcmpl-${randomBytes(4).toString('hex')}`,
	object,
	created: Math.floor(Date.now() / 1000),
	...(model === 'gpt-5-2' && { model: 'gpt-5.2' }),
});

const callsOf = ({ calls }: Reply): JsonObject[] =>
	calls.map(({ name, args }) => ({
		id: `call_${randomBytes(8).toString('hex')}`,
		type: 'function',
		function: { name, arguments: JSON.stringify(args) },
	}));

export const openaiChat: Protocol = {
	read(body, model) {
		const messages = objects(body.messages);
		const functions = objects(body.tools).map((tool) => object(tool.function));
		return {
			model,
			system: messages
				.filter(({ role }) => role === 'system' || role === 'developer')
				.map(({ content }) => textOf(content))
				.join('\n'),
			steps: messages.flatMap(stepsOf),
			files: messages
				.flatMap(({ content }) => objects(content))
				.flatMap(({ image_url }) => (image_url === undefined ? [] : [text(object(image_url).url)])),
			tools: functions
				.filter(({ name }) => !builtIn.includes(text(name)))
				.map((definition): Tool => ({ name: text(definition.name), parameters: object(definition.parameters) })),
			search: functions.some(({ name }) => builtIn.includes(text(name))),
			...(body.response_format !== undefined && { schema: schemaOf(object(body.response_format)) }),
			thoughts: body.include_thoughts === true,
		};
	},

	answer(reply) {
		const calls = callsOf(reply);
		const message: JsonObject = {
			role: 'assistant',
			content: calls.length > 0 ? null : reply.text,
			// The pages do not document where the thoughts are; this is DeepSeek's name, which others adopted.
			...(reply.thoughts && { reasoning_content: reply.thoughts }),
			...(calls.length > 0 && { tool_calls: calls }),
		};
		return {
			...head(reply, 'chat.completion'),
			choices: [{ index: 0, message, finish_reason: finishOf(reply) }],
			usage: usageOf(reply),
			credits_consumed: reply.credits,
		};
	},

	events(reply) {
		const start = head(reply, 'chat.completion.chunk');
		const chunk = (delta: JsonObject, finish: string | null = null, fields: JsonObject = {}): Event => ({
			data: { ...start, choices: [{ index: 0, delta, finish_reason: finish }], ...fields },
		});
		return [
			chunk({ role: 'assistant', content: '' }),
			...words(reply.thoughts).map((reasoning_content) => chunk({ reasoning_content })),
			...words(reply.text).map((content) => chunk({ content })),
			...callsOf(reply).flatMap((call, index) => {
				const { name, arguments: json } = object(call.function);
				const first = { ...call, index, function: { name: text(name), arguments: '' } };
				const rest = pieces(text(json)).map((piece) => ({ index, function: { arguments: piece } }));
				return [first, ...rest].map((toolCall) => chunk({ tool_calls: [toolCall] }));
			}),
			chunk({}, finishOf(reply), { usage: usageOf(reply), credits_consumed: reply.credits }),
		];
	},

	end: 'data: [DONE]\n\n',
	error: (message) => ({ data: { error: { message, type: 'server_error' } } }),
};
