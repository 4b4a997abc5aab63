import type { Server } from 'node:http';
import { isFor, subjectOf } from './routes';
import { serve } from './server';
import type { Simulator, SimulatorOptions } from './types';
import { World } from './world';

export { sign } from './callbacks';
export { mediaFile, padded } from './media';
export { servedModels } from './models';
export type * from './types';

/** Starts a Kie on loopback that rejects what Kie rejects according to test/kie-api. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const world = new World(options);
	const { port = 0, host = '127.0.0.1' } = options;
	const servers = [serve(world, 'api'), serve(world, 'upload')] as const;
	world.url = await listen(servers[0], port, host);
	const uploadUrl = await listen(servers[1], port && port + 1, host);
	return {
		url: world.url,
		uploadUrl,
		apiKey: world.apiKeys[0] ?? '',
		requests: world.requests,
		tasks: world.tasks,
		get uploads() {
			return [...world.uploads.values()];
		},
		credits: () => world.balance,
		creates: () => world.requests.filter((request) => isFor('create', request)),
		chats: () => world.requests.filter((request) => isFor('chat', request)),
		reads: (taskId) =>
			world.requests.filter(
				(request) => isFor('read', request) && (taskId === undefined || subjectOf(request.query) === taskId),
			),
		inject: (...faults) => world.faults.inject(faults),
		pendingFaults: () => world.faults.list(),
		clearFaults: () => world.faults.clear(),
		reset: () => world.reset(),
		close: async () => {
			world.closed = true;
			world.stop();
			for (const server of servers) {
				server.closeAllConnections();
				await new Promise((resolve) => server.close(resolve));
			}
		},
	};
}

/** Starts a server and returns its URL. */
async function listen(server: Server, port: number, host: string): Promise<string> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, resolve);
	});
	const bound = server.address();
	if (bound === null || typeof bound === 'string') throw new Error('The simulator listens on no port');
	return `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
}
