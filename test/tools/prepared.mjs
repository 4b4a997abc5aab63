/** What a fresh clone needs before its tools run. Plain JavaScript, because nothing is installed yet. */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** When the file was last changed, in ms; 0 when it is not there. */
const changed = (path) => statSync(join(project, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Runs a command in the project and shows its output; answers its exit code. */
export function run(command, args, env = {}) {
	const { status, error } = spawnSync(command, args, {
		cwd: project,
		stdio: 'inherit',
		env: { ...process.env, ...env },
	});
	if (error) console.error(`${command} could not be started: ${error.message}`);
	return status ?? 1;
}

/** Checks Node.js and installs the development dependencies where they are missing or older than the lock file. */
export function prepare() {
	if (Number(process.versions.node.split('.')[0]) < 20) {
		console.error(`Node.js 20 or newer is needed; this is ${process.versions.node}.`);
		process.exit(1);
	}
	// npm writes this file at the end of an install.
	if (changed('node_modules/.package-lock.json') >= changed('package-lock.json')) return;
	console.log('Installing the development dependencies ...');
	const code = run('npm', ['ci', '--no-audit', '--no-fund']);
	if (code !== 0) process.exit(code);
}
