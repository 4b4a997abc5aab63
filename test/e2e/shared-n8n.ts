import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import axios from 'axios';

import { N8nClient } from './client';
import { type N8n, startN8n } from './n8n';
import { PROJECT } from './paths';

/** One n8n with the package, for all files of end-to-end tests that don't need one of their own. */
export type SharedN8n = Pick<N8n, 'url' | 'client' | 'filesFolder' | 'logs'> & {
	/** Whether n8n's log or its database, where credentials are encrypted, contains a text. */
	hasKept(text: string): boolean;
};

/** How to reach the shared n8n; jest's workers get it from the main process. */
const VARIABLE = 'SHARED_N8N';

interface Connection extends Pick<N8n, 'url' | 'filesFolder' | 'logFile' | 'userFolder'> {
	cookie: string;
}

let running: N8n | undefined;

/** For jest's `globalSetup`. The log level is the most verbose, because no line may contain a key. */
export async function startShared(): Promise<void> {
	running = await startN8n({ packageDir: PROJECT, env: { N8N_LOG_LEVEL: 'debug' } });
	const { url, filesFolder, logFile, userFolder, client } = running;
	const connection: Connection = { url, filesFolder, logFile, userFolder, cookie: client.cookie };
	process.env[VARIABLE] = JSON.stringify(connection);
}

/** For jest's `globalTeardown`. Rejects if n8n is still running. */
export async function stopShared(): Promise<void> {
	if (!running) return;
	await running.stop();
	const isAlive = await axios.get(`${running.url}/healthz`).then(
		() => true,
		() => false,
	);
	if (isAlive) throw new Error('n8n still answers after its end');
}

/** The shared n8n, with a folder for the caller's files. */
export function sharedN8n(): SharedN8n {
	const { url, filesFolder, logFile, userFolder, cookie }: Connection = JSON.parse(process.env[VARIABLE] ?? '');
	const database = join(userFolder, '.n8n', 'database.sqlite');
	const read = (path: string) => (existsSync(path) ? readFileSync(path, 'latin1') : '');
	return {
		url,
		client: N8nClient.resume(url, cookie),
		filesFolder: mkdtempSync(join(filesFolder, 'test-')),
		logs: () => read(logFile),
		hasKept: (text) => [logFile, database, `${database}-wal`].some((path) => read(path).includes(text)),
	};
}
