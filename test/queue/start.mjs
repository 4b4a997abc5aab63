/** n8n in queue mode from a fresh clone: installs what is missing, builds the package and runs queue.ts. */
import { join } from 'node:path';

import { prepare, run } from '../tools/prepared.mjs';

// Ctrl-C reaches the command by itself.
process.on('SIGINT', () => {});
prepare();
console.log('Building the package ...');
const built = run('npm', ['run', '--silent', 'build']);
const tsx = join('node_modules', 'tsx', 'dist', 'cli.mjs');
const script = join('test', 'queue', 'queue.ts');
process.exitCode = built || run(process.execPath, [tsx, script, ...process.argv.slice(2)]);
