export { startShared as default } from './shared-n8n';
