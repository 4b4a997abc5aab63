import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n reads these when it is loaded; a separate user folder keeps a test run from changing a real n8n.
process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'kie-nodes-'));
process.env.N8N_DEFAULT_BINARY_DATA_MODE ??= 'filesystem';
process.env.N8N_LOG_LEVEL ??= 'silent';
