/**
 * The demo from a fresh clone: installs what is missing, builds the package and runs demo.ts.
 * Plain JavaScript, because it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

if (Number(process.versions.node.split('.')[0]) < 20) {
	console.error(`The demo needs Node.js 20 or newer; this is ${process.versions.node}.`);
	process.exit(1);
}

/** When the file was last changed, in ms; 0 when it is not there. */
const changed = (path) => statSync(join(project, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Ends with the command's own code when it fails. Ctrl-C reaches the command by itself. */
function run(title, command, args) {
	if (title) console.log(title);
	const { status, error } = spawnSync(command, args, { cwd: project, stdio: 'inherit' });
	if (error) console.error(`${command} could not be started: ${error.message}`);
	if (status !== 0) process.exit(status ?? 1);
}

process.on('SIGINT', () => {});
// npm writes this file at the end of an install.
if (changed('node_modules/.package-lock.json') < changed('package-lock.json')) {
	run('Installing the development dependencies ...', 'npm', ['ci', '--no-audit', '--no-fund']);
}
run('Building the package ...', 'npm', ['run', '--silent', 'build']);
run('', process.execPath, [
	join('node_modules', 'tsx', 'dist', 'cli.mjs'),
	join('test', 'demo', 'demo.ts'),
	...process.argv.slice(2),
]);
