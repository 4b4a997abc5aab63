/** n8n keeps files in memory, inside their items. It reads this when it is loaded, so this is to be imported first. */
process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'default';
