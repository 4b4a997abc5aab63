import '../nodes/environment';

import { rmSync } from 'node:fs';

/** Imported first: n8n's user folder of this process, with the files of the bench, is deleted when the process exits. */
const folder = process.env.N8N_USER_FOLDER;
process.on('exit', () => folder && rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
