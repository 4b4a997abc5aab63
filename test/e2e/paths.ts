import { join } from 'node:path';

/** The project's root folder. */
export const PROJECT = join(__dirname, '..', '..');

/** The private package that brings n8n. */
export const E2E = __dirname;

/** What runs leave behind (user folders, logs, screenshots); git-ignored. */
export const CACHE = join(PROJECT, '.cache');
