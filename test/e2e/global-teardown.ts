export { stopShared as default } from './shared-n8n';
