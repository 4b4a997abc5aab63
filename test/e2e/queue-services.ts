import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { freePort, temporaryFolder } from './n8n';

/** Redis and PostgreSQL for one run, on loopback: no password, nothing kept. */
export interface Service {
	port: number;
	stop(): Promise<void>;
}

const START_LIMIT_MS = 60_000;
/** Where Debian keeps PostgreSQL's programs, a folder for each version. */
const DEBIAN_POSTGRES = '/usr/lib/postgresql';
/** PostgreSQL does not run as root: Debian's package creates this user for it. */
const POSTGRES_USER = 'postgres';

const redisServer = findProgram('redis-server');
const postgresServer = findProgram('postgres', ...debianPostgresFolders());

/** The services that are not installed, by the names of their Debian packages. */
export const missingServices = [
	...(redisServer === undefined ? ['redis-server'] : []),
	...(postgresServer === undefined ? ['postgresql'] : []),
];

export async function startRedis(): Promise<Service> {
	const port = await freePort();
	const folder = temporaryFolder();
	const server = startServer(redisServer ?? 'redis-server', [
		...['--bind', '127.0.0.1', '--port', String(port)],
		...['--dir', folder, '--save', '', '--appendonly', 'no'],
	]);
	const stop = async () => {
		await server.kill();
		rmSync(folder, { recursive: true, force: true });
	};
	await untilReady('Redis', server, stop, async () => await run('redis-cli', ['-p', String(port), 'ping']));
	return { port, stop };
}

/** The user is `n8n`, the database `postgres`. */
export async function startPostgres(): Promise<Service> {
	const port = await freePort();
	// Its other programs are in its real folder, behind links.
	const bin = dirname(realpathSync(postgresServer ?? 'postgres'));
	const program = (name: string, args: string[]) => asPostgres(join(bin, name), args);
	// Its user may not have access to the project's folder.
	const folder = isRoot() ? mkdtempSync(join(tmpdir(), 'postgres-')) : temporaryFolder();
	if (isRoot()) execFileSync('chown', [`${POSTGRES_USER}:`, folder]);
	const data = join(folder, 'data');
	const cluster = ['--username=n8n', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync'];
	await run(...program('initdb', ['-D', data, ...cluster]));
	const place = ['-h', '127.0.0.1', '-p', String(port)];
	// No socket file, nothing written through to the disk, and connections for every n8n.
	const settings = ['-k', '', '-F', '-c', 'max_connections=200'];
	const server = startServer(...program('postgres', ['-D', data, ...place, ...settings]));
	const stop = async () => {
		// Its own command to stop, because a kill would leave shared memory behind.
		await run(...program('pg_ctl', ['stop', '-D', data, '-m', 'immediate'])).catch(() => undefined);
		await server.kill();
		rmSync(folder, { recursive: true, force: true });
	};
	await untilReady('PostgreSQL', server, stop, async () => await run(join(bin, 'pg_isready'), place));
	return { port, stop };
}

interface Server {
	isRunning(): boolean;
	output(): string;
	kill(): Promise<void>;
}

/** Starts a server that stops with this process, however that stops. */
function startServer(command: string, args: string[]): Server {
	const child = spawn(process.execPath, [join(__dirname, 'guard.mjs'), command, ...args], {
		detached: true,
		cwd: '/',
		stdio: ['pipe', 'pipe', 'pipe'],
	});
	let output = '';
	const keep = (text: Buffer) => (output = `${output}${text.toString()}`.slice(-4000));
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	const exited = once(child, 'exit');
	const isRunning = () => child.exitCode === null && child.signalCode === null;
	const kill = async () => {
		if (child.pid !== undefined && isRunning()) process.kill(-child.pid, 'SIGKILL');
		await exited;
	};
	return { isRunning, output: () => output, kill };
}

/** Repeats a call until it does not fail. */
async function untilReady(
	title: string,
	server: Server,
	stop: () => Promise<void>,
	ask: () => Promise<unknown>,
): Promise<void> {
	const deadline = Date.now() + START_LIMIT_MS;
	while (server.isRunning() && Date.now() < deadline) {
		const isReady = await ask().then(
			() => true,
			() => false,
		);
		if (isReady) return;
		await sleep(100);
	}
	await stop();
	throw new Error(`${title} did not start:\n${server.output()}`);
}

/** Fails with what the program printed. */
async function run(command: string, args: string[]): Promise<void> {
	await promisify(execFile)(command, args, { cwd: '/' });
}

function asPostgres(command: string, args: string[]): [string, string[]] {
	if (!isRoot()) return [command, args];
	return ['setpriv', [`--reuid=${POSTGRES_USER}`, `--regid=${POSTGRES_USER}`, '--init-groups', command, ...args]];
}

function isRoot(): boolean {
	return process.getuid?.() === 0;
}

/** The path of a program in PATH or in one of the further folders. */
function findProgram(name: string, ...otherNames: string[]): string | undefined {
	const folders = [...(process.env.PATH ?? '').split(delimiter), ...otherNames];
	return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** Newest first. */
function debianPostgresFolders(): string[] {
	if (!existsSync(DEBIAN_POSTGRES)) return [];
	const versions = readdirSync(DEBIAN_POSTGRES).sort((a, b) => Number(b) - Number(a));
	return versions.map((version) => join(DEBIAN_POSTGRES, version, 'bin'));
}
