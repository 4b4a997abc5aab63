import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

import type { IDataObject } from 'n8n-workflow';

/** A request that a workflow sent to one of the outside services. */
export interface OutsideRequest {
	method: string;
	/** With the query. */
	path: string;
	contentType: string;
	body: Buffer;
	/** The body if it is JSON, otherwise empty. */
	json: IDataObject;
}

/** Telegram's bot API, a sheet and a file store, as far as the examples use them. */
export interface Outside {
	url: string;
	requests: OutsideRequest[];
	/** Requests whose path ends with a method of Telegram or with the name of a service. */
	to(name: string): OutsideRequest[];
	/** What reading the sheet returns. */
	rows: IDataObject[];
	close(): Promise<void>;
}

/** Starts the outside services on loopback. */
export async function startOutside(): Promise<Outside> {
	const requests: OutsideRequest[] = [];
	const outside = { rows: [] as IDataObject[] };
	const server = createServer((request, response) => {
		void record(request).then((entry) => {
			requests.push(entry);
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(answer(entry, outside.rows)));
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('No free port');
	return Object.assign(outside, {
		url: `http://127.0.0.1:${address.port}`,
		requests,
		to: (name: string) => requests.filter(({ path }) => path.replace(/\?.*/, '').endsWith(`/${name}`)),
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	});
}

function answer({ method, path, json }: OutsideRequest, rows: IDataObject[]): unknown {
	if (path.startsWith('/bot')) return { ok: true, result: path.includes('send') ? { message_id: 1 } : true };
	if (path.startsWith('/drive')) return { id: 'file-1', webViewLink: 'https://drive.google.com/file/d/file-1/view' };
	return method === 'GET' ? rows : json;
}

async function record(request: IncomingMessage): Promise<OutsideRequest> {
	const { method = '', url: path = '', headers } = request;
	const contentType = headers['content-type'] ?? '';
	const body = await buffer(request);
	const json: IDataObject = contentType.includes('json') && body.length > 0 ? JSON.parse(body.toString()) : {};
	return { method, path, contentType, body, json };
}
