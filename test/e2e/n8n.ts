import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import { N8nClient } from './client';
import { installPackage } from './installed-package';
import { ensureN8n } from './setup';

export interface StartOptions {
	/** n8n's user folder, which is kept after the run; if not set, a temporary one that `stop` deletes. */
	userFolder?: string;
	/** A free port if not set. The same port keeps the webhook URLs after a restart. */
	port?: number;
	/** Folder of a built community package to install. */
	packageDir?: string;
	/** Further environment variables for n8n. */
	env?: Record<string, string>;
	/** How long it may take until n8n is ready. */
	limitMs?: number;
}

/** One running n8n process. */
export interface N8nProcess {
	/** Without a trailing slash. */
	url: string;
	port: number;
	userFolder: string;
	/** The only folder that n8n's file nodes may read and write. */
	filesFolder: string;
	logFile: string;
	/** What n8n has printed since this start. */
	logs(): string;
	/** Stops n8n as a shutdown does, and waits for it. */
	stop(): Promise<void>;
	/** Stops n8n as a power cut does, and waits for it. */
	kill(): Promise<void>;
}

export interface N8n extends N8nProcess {
	/** REST calls as the owner, logged in. */
	client: N8nClient;
}

/** Who logs in to the editor. */
export const OWNER = { email: 'owner@example.com', password: 'Owner-1234', firstName: 'Test', lastName: 'Owner' };

/** The path that responds with 200 once a process is ready. Older versions report this before their REST API is ready. */
const READY_AT = { start: ['/healthz/readiness', '/rest/settings'], worker: ['/healthz/readiness'] };

const START_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 20_000;

/**
 * Starts a real n8n on loopback, with an owner who is logged in. It stops with this process, however that stops.
 * Rejects with the end of n8n's log when it does not come up within 90 s.
 */
export async function startN8n(options: StartOptions = {}): Promise<N8n> {
	return await startProcess('start', options, async (url) => ({ client: await N8nClient.login(url, OWNER) }));
}

/** Starts a worker of an n8n in queue mode, which has no editor. `env` says where the queue and the database are. */
export async function startWorker(options: StartOptions): Promise<N8nProcess> {
	const port = options.port ?? (await freePort());
	const health = {
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
	};
	return await startProcess('worker', { ...options, port, env: { ...health, ...options.env } }, async () => ({}));
}

async function startProcess<T>(
	part: 'start' | 'worker',
	options: StartOptions,
	onReady: (url: string) => Promise<T>,
): Promise<N8nProcess & T> {
	const { port, packageDir, env } = options;
	const userFolder = options.userFolder ?? temporaryFolder();
	const { node, cli } = await ensureN8n();
	const filesFolder = join(userFolder, 'files');
	mkdirSync(filesFolder, { recursive: true });
	if (packageDir) await installPackage(packageDir, userFolder);

	const ownPort = port ?? (await freePort());
	const url = `http://127.0.0.1:${ownPort}`;
	const logFile = join(userFolder, `n8n-${ownPort}.log`);
	const log = openSync(logFile, 'w');
	const child = spawn(process.execPath, [join(__dirname, 'guard.mjs'), node, cli, part], {
		detached: true,
		stdio: ['pipe', log, log],
		env: {
			...ownEnvironment(),
			...settings(userFolder, filesFolder, url, ownPort),
			...withoutRegistry(cli),
			// n8n starts its task runner with the first `node` in PATH.
			PATH: `${dirname(node)}:${process.env.PATH ?? ''}`,
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			...env,
		},
	});
	closeSync(log);
	const exited = once(child, 'exit');
	let lastLogs: string | undefined;
	const logs = () => lastLogs ?? readFileSync(logFile, 'utf8');
	const isRunning = () => child.exitCode === null && child.signalCode === null;
	const signal = (name: NodeJS.Signals) => {
		if (child.pid !== undefined && isRunning()) process.kill(-child.pid, name);
	};
	const kill = async () => {
		signal('SIGKILL');
		await exited;
	};
	const stop = async () => {
		signal('SIGTERM');
		await Promise.race([exited, sleep(STOP_LIMIT_MS, undefined, { ref: false })]);
		await kill();
		lastLogs = logs();
		if (options.userFolder === undefined) rmSync(userFolder, { recursive: true, force: true });
	};

	try {
		await untilReady(url, READY_AT[part], isRunning, options.limitMs);
		return { url, port: ownPort, userFolder, filesFolder, logFile, logs, stop, kill, ...(await onReady(url)) };
	} catch (error) {
		await kill();
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`n8n did not start: ${reason}\nThe end of ${logFile}:\n${logs().slice(-4000)}`);
	}
}

/** The environment of n8n, without that of a developer's own n8n, of an outer npm, and without Kie's key. */
function ownEnvironment(): NodeJS.ProcessEnv {
	const foreign = /^(N8N|DB|EXECUTIONS|QUEUE|WEBHOOK|NODES|KIE|JEST|npm)_/i;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

function settings(userFolder: string, filesFolder: string, url: string, port: number): Record<string, string> {
	return {
		NODE_ENV: 'production',
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_WEBHOOK_URL: `${url}/`,
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		// A list that is fetched from n8n's own servers
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_RESTRICT_FILE_ACCESS_TO: filesFolder,
		GENERIC_TIMEZONE: 'UTC',
	};
}

/** Prevents n8n from fetching another list from its servers. A version without the module does not start with its name. */
function withoutRegistry(cli: string): Record<string, string> {
	const name = 'mcp-registry';
	return existsSync(join(dirname(cli), '..', 'dist', 'modules', name)) ? { N8N_DISABLED_MODULES: name } : {};
}

/** A folder for one run, outside the project, whose node_modules n8n would use before its own. */
export function temporaryFolder(): string {
	return mkdtempSync(join(tmpdir(), 'kie-n8n-'));
}

export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	if (address === null || typeof address === 'string') throw new Error('No free port');
	return address.port;
}

async function untilReady(
	url: string,
	paths: string[],
	isRunning: () => boolean,
	limitMs = START_LIMIT_MS,
): Promise<void> {
	const deadline = Date.now() + limitMs;
	while (Date.now() < deadline) {
		if (!isRunning()) throw new Error('it exited by itself');
		const answers = await Promise.all(paths.map(async (path) => await statusOf(`${url}${path}`)));
		if (answers.every((status) => status === 200)) return;
		await sleep(150);
	}
	throw new Error(`it was not ready within ${limitMs / 1000} s`);
}

async function statusOf(url: string): Promise<number | undefined> {
	const answer = await axios.get(url, { timeout: 2_000, validateStatus: () => true }).catch(() => undefined);
	return answer?.status;
}
