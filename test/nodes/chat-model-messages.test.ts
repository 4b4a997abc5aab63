import type { Message } from '@n8n/ai-node-sdk';

import { packCallIds, unpackCallId } from '../../nodes/KieChatModel/callId';
import { fromReply, toChatMessages } from '../../nodes/KieChatModel/modelMessages';
import { toGenerator } from '../../nodes/KieChatModel/toGenerator';
import type { ChatReply, ToolCall } from '../../nodes/shared/chat/chatTypes';

/** Converting n8n's messages and our replies, without the SDK. */

const noUpload = async (): Promise<string> => {
	throw new Error('No file expected');
};
const text = (role: Message['role'], content: string): Message => ({
	role,
	content: [{ type: 'text', text: content }],
});
const call = (toolCallId: string, input = '{}'): Message => ({
	role: 'assistant',
	content: [{ type: 'tool-call', toolCallId, toolName: 'paint', input }],
});
const result = (toolCallId: string, value: unknown): Message => ({
	role: 'tool',
	content: [{ type: 'tool-result', toolCallId, result: value }],
});
const reply = (toolCalls: Array<Partial<ToolCall>>, fields: Partial<ChatReply> = {}): ChatReply => ({
	text: '',
	toolCalls: toolCalls.map((toolCall, index) => ({ id: `call_${index}`, name: 'paint', arguments: {}, ...toolCall })),
	finishReason: 'toolCalls',
	raw: {},
	...fields,
});

describe('the ID of a call', () => {
	it('is the model’s own without metadata', () => {
		expect(packCallIds(reply([{}]))).toEqual(['call_0']);
		expect(unpackCallId('call_0')).toEqual({ id: 'call_0' });
	});

	it('contains the metadata that the model requires back, and the first call of its turn', () => {
		const thoughts = [{ type: 'thinking', thinking: 'Hm… ü #kie=', signature: 'Es8C+/=' }];
		const [first = '', second = ''] = packCallIds(reply([{ signature: 'Es8C+/=' }, {}], { thoughts }));
		expect(unpackCallId(first)).toMatchObject({ id: 'call_0', signature: 'Es8C+/=', thoughts });
		expect(unpackCallId(second)).toMatchObject({ id: 'call_1', firstCallId: 'call_0' });
	});

	it('is read even if its metadata is damaged', () => {
		expect(unpackCallId('call_0#kie=%%%')).toMatchObject({ id: 'call_0' });
		expect(unpackCallId('call_0#kie=e30')).toMatchObject({ id: 'call_0' });
	});
});

describe('a conversation', () => {
	it('keeps its order and drops empty messages', async () => {
		const messages = [text('system', ''), text('user', 'Hello'), text('assistant', ''), text('assistant', 'Yes')];
		expect(await toChatMessages(messages, noUpload)).toEqual([
			{ role: 'user', parts: [{ type: 'text', text: 'Hello' }] },
			{ role: 'assistant', parts: [{ type: 'text', text: 'Yes' }] },
		]);
	});

	it('keeps an empty user message', async () => {
		expect(await toChatMessages([{ role: 'user', content: [] }], noUpload)).toEqual([{ role: 'user', parts: [] }]);
	});

	it('merges parallel calls into one message, followed by their results', async () => {
		const [firstId = '', secondId = ''] = packCallIds(reply([{ signature: 'Es8C' }, {}]));
		const messages = [
			call(firstId),
			result(firstId, 'first'),
			call(secondId),
			result(secondId, 'second'),
			call('later'),
		];
		const conversation = await toChatMessages(messages, noUpload);
		expect(
			conversation.map(({ role, toolCalls, toolCallId }) => [role, toolCallId ?? toolCalls?.map(({ id }) => id)]),
		).toEqual([
			['assistant', ['call_0', 'call_1']],
			['tool', 'call_0'],
			['tool', 'call_1'],
			['assistant', ['later']],
		]);
		expect(conversation[0]?.toolCalls?.map(({ signature }) => signature)).toEqual(['Es8C', undefined]);
	});

	it('adds the name of a tool that n8n omits', async () => {
		expect((await toChatMessages([call('a'), result('a', 'made')], noUpload))[1]).toEqual({
			role: 'tool',
			parts: [{ type: 'text', text: 'made' }],
			toolCallId: 'a',
			toolName: 'paint',
		});
	});

	it('converts any result to text', async () => {
		const values = [
			[
				{ type: 'text', text: 'one' },
				{ type: 'text', text: 'two' },
			],
			{ url: 'x' },
			7,
		];
		const messages = await toChatMessages(
			values.map((value) => result('a', value)),
			noUpload,
		);
		expect(messages.flatMap(({ parts }) => parts)).toMatchObject(
			['one\ntwo', '{"url":"x"}', '7'].map((text) => ({ text })),
		);
	});

	it('removes only the ID that n8n adds to the arguments', async () => {
		const messages = [call('a', '{"id":"a","prompt":"fox"}'), call('b', '{"id":"own"}'), call('c', 'no JSON')];
		const conversation = await toChatMessages(messages, noUpload);
		expect(conversation.flatMap(({ toolCalls = [] }) => toolCalls.map((toolCall) => toolCall.arguments))).toEqual([
			{ prompt: 'fox' },
			{ id: 'own' },
			{},
		]);
	});

	it('keeps the URL of a file, or uploads it', async () => {
		const content: Message['content'] = [
			{ type: 'file', providerMetadata: { url: 'https://example.com/a', kind: 'image' } },
			{ type: 'file', data: 'AAAA', mediaType: 'application/pdf', providerMetadata: { filename: 'a.pdf' } },
		];
		const [message] = await toChatMessages([{ role: 'user', content }], async ({ data }) => `https://kie.test/${data}`);
		expect(message?.parts).toEqual([
			{ type: 'file', url: 'https://example.com/a', kind: 'image' },
			{ type: 'file', url: 'https://kie.test/AAAA', mimeType: 'application/pdf' },
		]);
	});
});

it('a reply has no reasoning', () => {
	const usage = { inputTokens: 5, outputTokens: 7, totalTokens: 12, reasoningTokens: 3 };
	expect(fromReply(reply([], { text: 'A fox', reasoning: 'Hm', finishReason: 'stop', usage }))).toEqual({
		finishReason: 'stop',
		usage: {
			promptTokens: 5,
			completionTokens: 7,
			totalTokens: 12,
			inputTokenDetails: { cacheRead: undefined },
			outputTokenDetails: { reasoning: 3 },
		},
		message: { role: 'assistant', content: [{ type: 'text', text: 'A fox' }] },
	});
});

describe('toGenerator', () => {
	const collect = async (work: (emit: (value: number) => void) => Promise<string>) => {
		const generator = toGenerator(work);
		const values: number[] = [];
		for (;;) {
			const { value, done } = await generator.next();
			if (done) return [values, value];
			values.push(value);
		}
	};

	it('yields in order, and returns the result', async () => {
		const work = async (emit: (value: number) => void) => {
			emit(1);
			await Promise.resolve();
			emit(2);
			emit(3);
			return 'done';
		};
		expect(await collect(work)).toEqual([[1, 2, 3], 'done']);
	});

	it('rethrows the error of the function', async () => {
		await expect(
			collect(async (emit) => {
				emit(1);
				throw new Error('broken');
			}),
		).rejects.toThrow('broken');
	});
});
