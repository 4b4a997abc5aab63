import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { mediaFile, padded } from './media';
import type { Fault, SimTask } from './types';
import type { World } from './world';

/** The files under /files: results of tasks, uploads for a day, and links that expire after 20 minutes. They need no key. */

const uploadMs = 24 * 3_600_000;
const linkMs = 20 * 60_000;

interface Stored {
	type: string;
	/** The file, or its beginning where `size` is larger. */
	bytes: Buffer;
	size: number;
	task?: SimTask;
}

/** Whether a URL is a file of the simulator. */
export const isStored = (world: World, url: string): boolean =>
	url.startsWith(`${world.url}/files/`) && find(world, new URL(url).pathname) !== undefined;

/** A URL of a stored file that works for 20 minutes; like Kie's, it has neither a file name nor an extension. */
export function linkTo(world: World, url: string): string {
	const path = new URL(url).pathname;
	const token = randomBytes(12).toString('hex');
	world.links.set(token, { path, until: Date.now() + linkMs });
	return `${world.url}/files/links/${token}`;
}

function find(world: World, path: string): Stored | 'too-large' | undefined {
	const [, , area, id = ''] = path.split('/');
	if (area === 'links') {
		const link = world.links.get(id);
		return link && Date.now() < link.until ? find(world, link.path) : undefined;
	}
	return area === 'results' ? result(world, id, path) : upload(world, path);
}

function result(world: World, id: string, path: string): Stored | undefined {
	const task = world.tasks.get(id);
	if (!task || !shownUrls(task).includes(world.url + path)) return undefined;
	const file = mediaFile(path);
	return file && { ...file, size: world.options.resultBytes ?? file.bytes.length, task };
}

const shownUrls = ({ state, urls, milestone }: SimTask): string[] =>
	state === 'success' ? urls : urls.slice(0, state === 'running' ? (milestone?.files ?? 0) : 0);

function upload(world: World, path: string): Stored | 'too-large' | undefined {
	const file = [...world.uploads.values()].find(({ downloadUrl }) => downloadUrl === world.url + path);
	if (!file || Date.now() >= file.uploadedAt + uploadMs) return undefined;
	return file.bytes ? { type: file.mimeType, bytes: file.bytes, size: file.fileSize } : 'too-large';
}

/** Answers a request for a file; faults are those of 'download'. */
export async function serveFile(
	world: World,
	request: IncomingMessage,
	response: ServerResponse,
	path: string,
): Promise<void> {
	const file = find(world, path);
	const task = typeof file === 'object' ? file.task : undefined;
	const { delay, fault } = world.faults.take({ on: 'download', ...(task && { model: task.model, taskId: task.id }) });
	if (delay > 0) await wait(delay);
	if (fault?.kind === 'drop-before' || fault?.kind === 'drop-after') return void response.destroy();
	if (fault?.kind === 'status') return end(response, fault.status, 'text/plain', 'rejected by the simulator');
	if (fault?.kind === 'redirect') return void response.writeHead(302, { Location: fault.to }).end();
	if (fault?.kind === 'html')
		return end(response, fault.status ?? 200, 'text/html', '<html><body>Bad gateway</body></html>');
	if (fault?.kind === 'empty') return end(response, 200, 'application/octet-stream', '');
	if (request.method !== 'GET' && request.method !== 'HEAD')
		return end(response, 405, 'text/plain', 'Method Not Allowed');
	if (file === 'too-large') return end(response, 410, 'text/plain', 'The simulator keeps uploads up to 5 MB only');
	if (!file) return end(response, 404, 'text/plain', 'Not Found');
	await send(response, file, fault, request.method === 'HEAD');
}

function end(response: ServerResponse, status: number, type: string, text: string): void {
	response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) }).end(text);
}

async function send(
	response: ServerResponse,
	file: Stored,
	fault: Fault | undefined,
	headOnly: boolean,
): Promise<void> {
	if (fault?.kind === 'bomb') {
		response.writeHead(200, { 'Content-Type': file.type, 'Content-Encoding': 'gzip' });
		return void response.end(gzipSync(Buffer.alloc(fault.bytes)));
	}
	const type = fault?.kind === 'content-type' ? fault.value : file.type;
	response.writeHead(200, { ...(type !== null && { 'Content-Type': type }), 'Content-Length': file.size });
	if (headOnly) return void response.end();
	if (fault?.kind === 'trickle') return await stream(response, trickled(fault.ms));
	if (fault?.kind !== 'cut') return await stream(response, padded(file.bytes, file.size));
	await stream(response, padded(file.bytes, Math.floor(file.size / 2)), false);
	// The half must be sent before the connection is closed, or the client receives no file at all.
	await wait(20);
	response.destroy();
}

/** One byte per interval, until the client disconnects. */
async function* trickled(ms: number): AsyncGenerator<Buffer> {
	for (;;) {
		yield Buffer.from([0]);
		await wait(ms);
	}
}

/** A client that disconnects is not an error. */
async function stream(
	response: ServerResponse,
	chunks: Iterable<Buffer> | AsyncIterable<Buffer>,
	isComplete = true,
): Promise<void> {
	await pipeline(Readable.from(chunks), response, { end: isComplete }).catch(() => response.destroy());
}
