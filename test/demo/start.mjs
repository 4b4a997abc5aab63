/** The demo from a fresh clone: installs what is missing, builds the package and runs demo.ts. */
import { prepare, run, tool } from '../tools/prepared.mjs';

// The command receives Ctrl-C itself.
process.on('SIGINT', () => {});
prepare();
console.log('Building the package ...');
process.exitCode =
	run(['npm', 'run', '--silent', 'build']) || run(tool('tsx', 'test/demo/demo.ts', ...process.argv.slice(2)));
