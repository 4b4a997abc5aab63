/** n8n keeps files in memory, inside their items. n8n reads this setting when it is loaded, so this must be imported first. */
process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'default';
