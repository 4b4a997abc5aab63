import type { Server } from 'node:http';

/** Starts a server on loopback, and returns its URL. */
export async function listen(server: Server): Promise<string> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const bound = server.address();
	if (bound === null || typeof bound === 'string') throw new Error('The server listens on no port');
	return `http://127.0.0.1:${bound.port}`;
}
