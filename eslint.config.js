const js = require('@eslint/js');
const { config: n8nConfig } = require('@n8n/node-cli/eslint');
const { defineConfig, globalIgnores } = require('eslint/config');
const { createTypeScriptImportResolver } = require('eslint-import-resolver-typescript');
const { flatConfigs: importX } = require('eslint-plugin-import-x');
const tseslint = require('typescript-eslint');

/**
 * ESLint takes this file before eslint.config.mjs, which `n8n-node` wants to be as it made it. What is published is
 * under all rules of n8n's own configuration and a few more; what never runs in n8n (tests and tools) is not, because
 * those rules forbid files, processes, timers and the console.
 */
module.exports = defineConfig(
	globalIgnores(['dist', '.cache', 'test/e2e/node_modules']),
	{
		linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'package.json'],
		extends: [n8nConfig],
	},
	{
		files: ['test/**/*.ts'],
		extends: [js.configs.recommended, tseslint.configs.recommended, importX.recommended],
		rules: { 'prefer-spread': 'off' },
	},
	{
		files: ['**/*.ts'],
		rules: {
			'@typescript-eslint/consistent-type-imports': 'error',
			'import-x/no-cycle': 'error',
		},
		settings: {
			'import-x/resolver-next': [createTypeScriptImportResolver()],
			// Comes with n8n, and is declared in nodes/KieChatModel.
			'import-x/core-modules': ['@n8n/ai-node-sdk'],
		},
	},
);
