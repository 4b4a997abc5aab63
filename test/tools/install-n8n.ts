import { ensureN8n } from '../e2e/setup';

/** Installs the n8n under test if it is missing, and prints its version. */
void ensureN8n().then(({ version }) => console.log(`n8n ${version}`));
