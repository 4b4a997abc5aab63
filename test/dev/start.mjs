/** n8n for working on the nodes: installs what is missing and runs dev.ts. */
import { prepare, run, tool } from '../tools/prepared.mjs';

// The command receives Ctrl-C itself.
process.on('SIGINT', () => {});
prepare();
process.exitCode = run(tool('tsx', 'test/dev/dev.ts', ...process.argv.slice(2)));
