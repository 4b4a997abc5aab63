/** What a fresh clone needs before its tools run. Plain JavaScript, because nothing is installed yet. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The scripts of the tools, started with Node.js itself: faster than npx, and the same on Windows. */
const scripts = {
	eslint: 'eslint/bin/eslint.js',
	jest: 'jest/bin/jest.js',
	prettier: 'prettier/bin/prettier.cjs',
	tsc: 'typescript/bin/tsc',
	tsx: 'tsx/dist/cli.mjs',
};

/** The command line of an installed tool. */
export const tool = (name, ...args) => [process.execPath, join(project, 'node_modules', scripts[name]), ...args];

/** The packages of a lock file by their paths; none if it does not exist. */
function packagesOf(lockFile) {
	const path = join(project, lockFile);
	return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/** Whether everything that the lock file names is installed, in the version that it names. */
function isInstalled() {
	const installed = packagesOf('node_modules/.package-lock.json');
	return Object.entries(packagesOf('package-lock.json')).every(
		([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
	);
}

/** Runs a command in the project and shows its output; returns its exit code. */
export function run([command, ...args]) {
	const { status, error } = spawnSync(command, args, { cwd: project, stdio: 'inherit' });
	if (error) console.error(`${command} could not be started: ${error.message}`);
	return status ?? 1;
}

/** Starts a command in the project in parallel to others; resolves to its exit code and its output. */
export async function start(command) {
	let output = '';
	const code = await spawned(command, {}, 'pipe', ({ stdout, stderr }) => {
		for (const stream of [stdout, stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
	});
	return { code, output: output.trim() };
}

/** Starts a command in the project in parallel to others and shows its output; resolves to its exit code. */
export async function startShown(command, env) {
	return await spawned(command, env, 'inherit');
}

async function spawned([command, ...args], env, output, onStart = () => {}) {
	return await new Promise((resolve) => {
		const child = spawn(command, args, {
			cwd: project,
			env: { ...process.env, ...env },
			stdio: ['ignore', output, output],
		});
		onStart(child);
		child.on('error', (error) => {
			console.error(`${command} could not be started: ${error.message}`);
			resolve(1);
		});
		child.on('close', (code) => resolve(code ?? 1));
	});
}

/** Checks Node.js and installs the development dependencies if they are missing or older than the lock file. */
export function prepare() {
	if (Number(process.versions.node.split('.')[0]) < 20) {
		console.error(`Node.js 20 or newer is needed; this is ${process.versions.node}.`);
		process.exit(1);
	}
	if (isInstalled()) return;
	console.log('Installing the development dependencies ...');
	const code = run(['npm', 'ci', '--no-audit', '--no-fund']);
	if (code !== 0) process.exit(code);
}
