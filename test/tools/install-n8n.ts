import { ensureN8n } from '../e2e/setup';

/** Installs the n8n under test where it is missing, and says which it is. */
void ensureN8n().then(({ version }) => console.log(`n8n ${version}`));
