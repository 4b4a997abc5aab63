import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject, parse } from './json';
import type { Fault, Json } from './types';
import type { World } from './world';

/**
 * The control API of the simulator, for tests in another process; it needs no key.
 * GET /_simulator/state: requests, tasks, uploads, faults, credits. POST /_simulator/faults: a fault or an array of them.
 * DELETE /_simulator/faults: removes all. POST /_simulator/credits: `{ "credits": 5 }`. POST /_simulator/reset.
 */
export async function control(
	world: World,
	request: IncomingMessage,
	response: ServerResponse,
	path: string,
): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk);
	const body = parse(Buffer.concat(chunks).toString('utf8'));
	switch (`${request.method} ${path}`) {
		case 'GET /_simulator/state':
			return send(response, 200, state(world));
		case 'POST /_simulator/faults': {
			const faults = (Array.isArray(body) ? body : [body]).filter(isFault);
			world.faults.inject(faults);
			return send(response, faults.length > 0 ? 200 : 400, { injected: faults.length });
		}
		case 'DELETE /_simulator/faults':
			world.faults.clear();
			return send(response, 200, {});
		case 'POST /_simulator/credits':
			if (!isObject(body) || typeof body.credits !== 'number') return send(response, 400, {});
			world.balance = body.credits;
			return send(response, 200, { credits: world.balance });
		case 'POST /_simulator/reset':
			world.reset();
			return send(response, 200, {});
		default:
			return send(response, 404, {});
	}
}

const state = (world: World): object => ({
	url: world.url,
	credits: world.balance,
	requests: world.requests,
	tasks: [...world.tasks.values()],
	uploads: [...world.uploads.values()].map(({ bytes, ...file }) => ({ ...file, kept: bytes !== undefined })),
	faults: world.faults.list(),
});

const targets = ['create', 'read', 'upload', 'download', 'credit', 'models', 'download-url', 'chat'];

function isFault(value: Json | undefined): value is Json & Fault {
	return isObject(value) && typeof value.kind === 'string' && targets.includes(String(value.on));
}

function send(response: ServerResponse, status: number, body: object): void {
	response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
