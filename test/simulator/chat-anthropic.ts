import { randomBytes, randomUUID } from 'node:crypto';
import { object, objects, type Step, text, type Tool } from './chat-request';
import { type Event, pieces, type Protocol, typed } from './chat-protocol';
import { type Reply, words } from './chat-reply';
import type { Json, JsonObject } from './types';

/** Anthropic's messages. */

const blocksOf = (content: Json | undefined): JsonObject[] =>
	typeof content === 'string' ? [{ type: 'text', text: content }] : objects(content);

const textOf = (content: Json | undefined): string =>
	blocksOf(content)
		.map((block) => text(block.text))
		.filter(Boolean)
		.join('\n');

/** The results of tools are in a user's message, before the user's text. */
function stepsOf({ role, content }: JsonObject): Step[] {
	const blocks = blocksOf(content);
	if (role === 'assistant') {
		const calls = blocks.filter(({ type }) => type === 'tool_use');
		return [{ kind: 'assistant' }, ...calls.map(({ id }): Step => ({ kind: 'call', id: text(id) }))];
	}
	const results = blocks.filter(({ type }) => type === 'tool_result');
	return [
		...results.map((block): Step => ({ kind: 'result', id: text(block.tool_use_id), text: textOf(block.content) })),
		...(results.length < blocks.length ? [{ kind: 'user', text: textOf(content) } as const] : []),
	];
}

function sourceOf(block: JsonObject): string[] {
	if (block.type !== 'image' && block.type !== 'document') return [];
	const { url, data } = object(block.source);
	return [text(url ?? data)];
}

const contentOf = (reply: Reply): JsonObject[] => [
	...(reply.thoughts
		? [{ type: 'thinking', thinking: reply.thoughts, signature: randomBytes(18).toString('base64') }]
		: []),
	...(reply.text ? [{ type: 'text', text: reply.text }] : []),
	...reply.calls.map(({ name, args }) => ({
		type: 'tool_use',
		id: `toolu_${randomBytes(12).toString('hex')}`,
		name,
		input: args,
		caller: { type: 'direct' },
	})),
];

const stopOf = ({ isTruncated, calls }: Reply): string =>
	isTruncated ? 'max_tokens' : calls.length > 0 ? 'tool_use' : 'end_turn';

const message = (reply: Reply, content: JsonObject[], output_tokens: number): JsonObject => ({
	id: `msg_${randomUUID()}`,
	type: 'message',
	role: 'assistant',
	model: reply.model,
	content,
	usage: { input_tokens: reply.usage.input, output_tokens },
});

function blockEvents(block: JsonObject, index: number): Event[] {
	const { startBlock, deltas } = blockParts(block);
	return [
		typed('content_block_start', { index, content_block: startBlock }),
		...deltas.map((delta) => typed('content_block_delta', { index, delta })),
		typed('content_block_stop', { index }),
	];
}

function blockParts(block: JsonObject): { startBlock: JsonObject; deltas: JsonObject[] } {
	switch (block.type) {
		case 'tool_use':
			return {
				startBlock: { ...block, input: {} },
				deltas: ['', ...pieces(JSON.stringify(block.input))].map((partial_json) => ({
					type: 'input_json_delta',
					partial_json,
				})),
			};
		case 'thinking':
			return {
				startBlock: { ...block, thinking: '', signature: '' },
				deltas: [
					...words(text(block.thinking)).map((thinking) => ({ type: 'thinking_delta', thinking })),
					{ type: 'signature_delta', signature: text(block.signature) },
				],
			};
		default:
			return {
				startBlock: { ...block, text: '' },
				deltas: words(text(block.text)).map((piece) => ({ type: 'text_delta', text: piece })),
			};
	}
}

export const anthropicMessages: Protocol = {
	read(body, model) {
		const messages = objects(body.messages);
		const format = object(object(body.output_config).format);
		return {
			model,
			system: textOf(body.system),
			steps: messages.flatMap(stepsOf),
			files: messages.flatMap(({ content }) => blocksOf(content)).flatMap(sourceOf),
			tools: objects(body.tools).map((tool): Tool => ({
				name: text(tool.name),
				parameters: object(tool.input_schema),
			})),
			search: false,
			...(format.type === 'json_schema' && { schema: object(format.schema) }),
			thoughts: body.thinkingFlag === true || ['enabled', 'adaptive'].includes(text(object(body.thinking).type)),
			...(typeof body.max_tokens === 'number' && { maxWords: body.max_tokens }),
		};
	},

	answer: (reply) => ({
		...message(reply, contentOf(reply), reply.usage.output),
		stop_reason: stopOf(reply),
		credits_consumed: reply.credits,
	}),

	/** Where a stream has the credits is not known; here they are next to the tokens. */
	events: (reply) => [
		typed('message_start', { message: { ...message(reply, [], 0), stop_reason: null, stop_sequence: null } }),
		typed('ping', {}),
		...contentOf(reply).flatMap(blockEvents),
		typed('message_delta', {
			delta: { stop_reason: stopOf(reply), stop_sequence: null },
			usage: { output_tokens: reply.usage.output },
			credits_consumed: reply.credits,
		}),
		typed('message_stop', {}),
	],

	end: '',
	error: (message) => typed('error', { error: { type: 'overloaded_error', message } }),
};
