import type { Message } from '@n8n/ai-node-sdk';

import { packCallIds, unpackCallId } from '../../nodes/KieChatModel/callId';
import { fromReply, toChatMessages } from '../../nodes/KieChatModel/modelMessages';
import { toGenerator } from '../../nodes/KieChatModel/toGenerator';
import type { ChatReply, ToolCall } from '../../nodes/shared/chat/chatTypes';

/** What becomes of n8n's messages and of our answers; plain calls, without the SDK. */

const nowhere = async (): Promise<string> => {
	throw new Error('There is no file');
};
const said = (role: Message['role'], text: string): Message => ({ role, content: [{ type: 'text', text }] });
const call = (toolCallId: string, input = '{}'): Message => ({
	role: 'assistant',
	content: [{ type: 'tool-call', toolCallId, toolName: 'paint', input }],
});
const result = (toolCallId: string, value: unknown): Message => ({
	role: 'tool',
	content: [{ type: 'tool-result', toolCallId, result: value }],
});
const answer = (toolCalls: Array<Partial<ToolCall>>, more: Partial<ChatReply> = {}): ChatReply => ({
	text: '',
	toolCalls: toolCalls.map((one, index) => ({ id: `call_${index}`, name: 'paint', arguments: {}, ...one })),
	finishReason: 'toolCalls',
	raw: {},
	...more,
});

describe('the ID of a call', () => {
	it('is the model’s own where nothing travels with it', () => {
		expect(packCallIds(answer([{}]))).toEqual(['call_0']);
		expect(unpackCallId('call_0')).toEqual({ id: 'call_0' });
	});

	it('carries what the model wants back, and what came beside it', () => {
		const thoughts = [{ type: 'thinking', thinking: 'Hm… ü #kie=', signature: 'Es8C+/=' }];
		const [first = '', second = ''] = packCallIds(answer([{ signature: 'Es8C+/=' }, {}], { thoughts }));
		expect(unpackCallId(first)).toMatchObject({ id: 'call_0', signature: 'Es8C+/=', thoughts });
		expect(unpackCallId(second)).toMatchObject({ id: 'call_1', firstCallId: 'call_0' });
	});

	it('is read where its luggage is damaged', () => {
		expect(unpackCallId('call_0#kie=%%%')).toMatchObject({ id: 'call_0' });
		expect(unpackCallId('call_0#kie=e30')).toMatchObject({ id: 'call_0' });
	});
});

describe('a conversation', () => {
	it('keeps its order and leaves out what says nothing', async () => {
		const messages = [said('system', ''), said('user', 'Hello'), said('assistant', ''), said('assistant', 'Yes')];
		expect(await toChatMessages(messages, nowhere)).toEqual([
			{ role: 'user', parts: [{ type: 'text', text: 'Hello' }] },
			{ role: 'assistant', parts: [{ type: 'text', text: 'Yes' }] },
		]);
	});

	it('shows an empty message of the user', async () => {
		expect(await toChatMessages([{ role: 'user', content: [] }], nowhere)).toEqual([{ role: 'user', parts: [] }]);
	});

	it('puts calls side by side together again, with their results behind them', async () => {
		const [one = '', two = ''] = packCallIds(answer([{ signature: 'Es8C' }, {}]));
		const messages = [call(one), result(one, 'first'), call(two), result(two, 'second'), call('later')];
		const conversation = await toChatMessages(messages, nowhere);
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

	it('names the tool of a result that n8n does not name', async () => {
		expect((await toChatMessages([call('a'), result('a', 'made')], nowhere))[1]).toEqual({
			role: 'tool',
			parts: [{ type: 'text', text: 'made' }],
			toolCallId: 'a',
			toolName: 'paint',
		});
	});

	it('gives the text of any result', async () => {
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
			nowhere,
		);
		expect(messages.flatMap(({ parts }) => parts)).toMatchObject(
			['one\ntwo', '{"url":"x"}', '7'].map((text) => ({ text })),
		);
	});

	it('takes out the ID that n8n adds to the arguments, and no other', async () => {
		const messages = [call('a', '{"id":"a","prompt":"fox"}'), call('b', '{"id":"own"}'), call('c', 'no JSON')];
		const conversation = await toChatMessages(messages, nowhere);
		expect(conversation.flatMap(({ toolCalls = [] }) => toolCalls.map((one) => one.arguments))).toEqual([
			{ prompt: 'fox' },
			{ id: 'own' },
			{},
		]);
	});

	it('has a file at its address, or puts it somewhere', async () => {
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

it('an answer keeps its reasoning to itself', () => {
	const usage = { inputTokens: 5, outputTokens: 7, totalTokens: 12, reasoningTokens: 3 };
	expect(fromReply(answer([], { text: 'A fox', reasoning: 'Hm', finishReason: 'stop', usage }))).toEqual({
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

describe('what is toGenerator', () => {
	const rounds = async (work: (report: (piece: number) => void) => Promise<string>) => {
		const pieces = toGenerator(work);
		const heard: number[] = [];
		for (;;) {
			const { value, done } = await pieces.next();
			if (done) return [heard, value];
			heard.push(value);
		}
	};

	it('comes in order, and the result at the end', async () => {
		const work = async (report: (piece: number) => void) => {
			report(1);
			await Promise.resolve();
			report(2);
			report(3);
			return 'done';
		};
		expect(await rounds(work)).toEqual([[1, 2, 3], 'done']);
	});

	it('ends with the fault of the work', async () => {
		await expect(
			rounds(async (report) => {
				report(1);
				throw new Error('broken');
			}),
		).rejects.toThrow('broken');
	});
});
