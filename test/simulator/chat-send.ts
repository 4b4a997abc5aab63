import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, AnswerStream } from './answers';
import { send } from './replies';
import type { Fault, RecordedRequest } from './types';

/** Sends the response of a chat, plain or as a stream, or what a fault leaves of it. */
export async function sendChat(
	response: ServerResponse,
	record: RecordedRequest,
	{ stream, ...answer }: Answer,
	fault: Fault | undefined,
): Promise<void> {
	if (stream && fault?.kind !== 'whole' && fault?.kind !== 'drop-after') {
		return await sendStream(response, stream, fault);
	}
	if (fault?.kind !== 'cut') return send(response, record, answer, fault);
	const bytes = Buffer.from(JSON.stringify(answer.body));
	response.writeHead(200, { 'Content-Type': answer.type ?? 'application/json', 'Content-Length': bytes.length });
	await write(response, [bytes.subarray(0, bytes.length / 2)], 0);
	response.destroy();
}

async function sendStream(response: ServerResponse, stream: AnswerStream, fault: Fault | undefined): Promise<void> {
	const type = fault?.kind === 'content-type' ? fault.value : 'text/event-stream;charset=UTF-8';
	response.writeHead(200, { ...(type !== null && { 'Content-Type': type }), 'Cache-Control': 'no-cache' });
	response.flushHeaders();
	if (fault?.kind === 'lump') await wait(fault.ms ?? 50);
	await write(response, chunksOf(stream, fault), fault?.kind === 'slow-stream' ? fault.ms : 1);
	if (fault?.kind === 'cut') return void response.destroy();
	response.end();
}

/** Each chunk goes over the network on its own. */
async function write(response: ServerResponse, chunks: Buffer[], ms: number): Promise<void> {
	for (const chunk of chunks) {
		if (response.destroyed) return;
		await new Promise((resolve) => response.write(chunk, resolve));
		await wait(ms);
	}
}

function chunksOf({ events, end, error }: AnswerStream, fault: Fault | undefined): Buffer[] {
	const firstHalf = events.slice(0, Math.ceil(events.length / 2));
	const allTexts = end === '' ? events : [...events, end];
	const bytes = (texts: string[]): Buffer[] => texts.map((text) => Buffer.from(text));
	switch (fault?.kind) {
		case 'cut':
			return bytes(firstHalf);
		case 'no-end':
			return bytes(fault.at === 'last' ? allTexts.slice(0, -1) : firstHalf);
		case 'cut-json':
			return bytes([...firstHalf, (events[firstHalf.length] ?? end).slice(0, 20)]);
		case 'stream-error': {
			const { form = 'protocol', code = 500, msg = 'Server exception, please try again later' } = fault;
			return bytes([...firstHalf, form === 'protocol' ? error : `data: ${JSON.stringify({ code, msg })}\n\n`]);
		}
		case 'empty':
			return [];
		case 'null':
			return bytes(['data: null\n\n']);
		case 'lump':
			return [Buffer.from(allTexts.join(''))];
		case 'split':
			return splitInside(Buffer.from(allTexts.join('')));
		default:
			return bytes(allTexts);
	}
}

/** Splits after the first byte of every multi-byte character, and at regular intervals. */
function splitInside(bytes: Buffer): Buffer[] {
	const cuts = [...bytes.keys()].filter((at) => (bytes[at] ?? 0) >= 0xc0 || at % 61 === 60).map((at) => at + 1);
	return [0, ...cuts].map((from, index) => bytes.subarray(from, cuts[index] ?? bytes.length));
}
