/** The demo from a fresh clone: installs what is missing, builds the package and runs demo.ts. */
import { join } from 'node:path';

import { prepare, run } from '../tools/prepared.mjs';

/** Ends with the command's own code when it fails. Ctrl-C reaches the command by itself. */
function runOrExit(command, args) {
	const code = run(command, args);
	if (code !== 0) process.exit(code);
}

process.on('SIGINT', () => {});
prepare();
console.log('Building the package ...');
runOrExit('npm', ['run', '--silent', 'build']);
runOrExit(process.execPath, [
	join('node_modules', 'tsx', 'dist', 'cli.mjs'),
	join('test', 'demo', 'demo.ts'),
	...process.argv.slice(2),
]);
