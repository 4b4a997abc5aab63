import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { range } from 'lodash';

import { chatModels } from '../../nodes/shared/chat/chatModels';
import { askModel, modelParameters } from '../nodes/asker';
import { startSimulator } from '../simulator';
import { builtNode } from './built';
import type { Figure } from './figure';
import { median } from './figure';

/** What Kie Chat Model adds to a streamed reply, compared with a plain client of the same stream. */

const PIECES = 200;
const PIECE_MS = 20;
const CALLS = 9;

interface Timing {
	/** From the first chunk that the server has sent to the first one that arrives. */
	firstMs: number;
	/** From the call until the server has the request, and from the last byte that it has sent to the end of the reply. */
	aroundMs: number;
	/** From the call to the end of the reply. */
	wholeMs: number;
}

/** A server that streams a reply of OpenAI's chat, and the times of the latest one. */
async function startServer() {
	const times = { requestAt: NaN, firstAt: NaN, endAt: NaN };
	const server = createServer(async (_request, response) => {
		times.requestAt = performance.now();
		response.writeHead(200, { 'Content-Type': 'text/event-stream' });
		response.flushHeaders();
		await wait(50);
		times.firstAt = performance.now();
		for (const index of range(PIECES)) {
			const choice = {
				index: 0,
				delta: { content: `word${index} ` },
				finish_reason: index === PIECES - 1 ? 'stop' : null,
			};
			response.write(`data: ${JSON.stringify({ id: '1', object: 'chat.completion.chunk', choices: [choice] })}\n\n`);
			await wait(PIECE_MS);
		}
		times.endAt = performance.now();
		response.end('data: [DONE]\n\n');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { times, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

type Server = Awaited<ReturnType<typeof startServer>>;

/** Times a consumer that calls `noteText` for each chunk of text. */
async function time({ times }: Server, consume: (noteText: () => void) => Promise<void>): Promise<Timing> {
	const startedAt = performance.now();
	let firstAt: number | undefined;
	await consume(() => (firstAt ??= performance.now()));
	const endedAt = performance.now();
	return {
		firstMs: (firstAt ?? NaN) - times.firstAt,
		aroundMs: times.requestAt - startedAt + endedAt - times.endAt,
		wholeMs: endedAt - startedAt,
	};
}

async function plainClient(server: Server): Promise<Timing> {
	return await time(server, async (noteText) => {
		const { body } = await fetch(server.url, { method: 'POST', body: '{}' });
		const decoder = new TextDecoder();
		for await (const bytes of body ?? []) {
			if (decoder.decode(bytes).includes('content')) noteText();
		}
	});
}

async function node(
	server: Server,
	emptyKie: Awaited<ReturnType<typeof startSimulator>>,
	call: number,
): Promise<Timing> {
	const model = chatModels.find(({ protocol }) => protocol === 'openai-chat');
	let timing: Timing | undefined;
	const { error } = await askModel(
		emptyKie,
		modelParameters(model?.id ?? ''),
		async (chat) => {
			timing = await time(server, async (noteText) => {
				for await (const { text } of await chat.stream([{ role: 'user', content: 'Count' }])) {
					if (text !== '') noteText();
				}
			});
			return {};
		},
		// A separate account, because the rate limit counts by account.
		{ node: await builtNode('KieChatModel'), credentials: { baseUrl: server.url, apiKey: `bench-key-${call}` } },
	);
	if (!timing) throw new Error(`The model gave no reply: ${error?.message}`);
	return timing;
}

export async function chat(): Promise<Figure[]> {
	const emptyKie = await startSimulator({ models: [] });
	const server = await startServer();
	const plainTimings: Timing[] = [];
	const nodeTimings: Timing[] = [];
	// The first calls load LangChain.
	for (const call of range(-2, CALLS)) {
		const [plainTiming, ownTiming] = [await plainClient(server), await node(server, emptyKie, call)];
		if (call < 0) continue;
		plainTimings.push(plainTiming);
		nodeTimings.push(ownTiming);
	}
	server.close();
	await emptyKie.close();
	const middle = (timings: Timing[], metric: keyof Timing) => median(timings.map((timing) => timing[metric]));
	const wholeMs = middle(plainTimings, 'wholeMs');
	const addedMs = (metric: keyof Timing) => middle(nodeTimings, metric) - middle(plainTimings, metric);
	return [
		{ name: 'Chat: first piece, later than with a plain client', value: addedMs('firstMs'), unit: 'ms', bound: 5 },
		{
			name: `Chat: added to a reply of ${(wholeMs / 1000).toFixed(1)} s`,
			value: (100 * addedMs('aroundMs')) / wholeMs,
			unit: '%',
			bound: 2,
		},
	];
}
