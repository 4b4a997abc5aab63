import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n reads these when it is loaded; a user folder of its own keeps a test run from touching a real n8n.
process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'kie-nodes-'));
process.env.N8N_DEFAULT_BINARY_DATA_MODE ??= 'filesystem';
process.env.N8N_LOG_LEVEL ??= 'silent';
