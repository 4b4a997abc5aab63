import { rmSync } from 'node:fs';

/** A build starts from nothing, so that no file of an earlier one is published. */
rmSync(new URL('../../dist', import.meta.url), { recursive: true, force: true });
