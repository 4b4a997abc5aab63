const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const js = require('@eslint/js');
const { config: n8nConfig } = require('@n8n/node-cli/eslint');
const { defineConfig, globalIgnores } = require('eslint/config');
const { createTypeScriptImportResolver } = require('eslint-import-resolver-typescript');
const { flatConfigs: importX } = require('eslint-plugin-import-x');
const regexp = require('eslint-plugin-regexp');
const tseslint = require('typescript-eslint');

/** The rooms of nodes/shared from bottom to top. */
const ROOMS = [
	['json.ts'],
	['compareNatural.ts'],
	['api'],
	['adapters'],
	['catalogue'],
	['tasks'],
	['media'],
	['form'],
	['live'],
	['callbacks'],
	['chat'],
	// A run suspends itself, and what resumes it finishes the run.
	['run', 'suspend'],
];

for (const name of readdirSync(join(__dirname, 'nodes/shared'))) {
	if (!ROOMS.flat().includes(name)) throw new Error(`nodes/shared/${name} has no place in ROOMS`);
}

/** A room imports only from those below it and from itself, and nothing in nodes/shared from a node. */
const zones = ROOMS.map((room, level) => ({
	target: room.map((name) => `nodes/shared/${name}`),
	from: 'nodes',
	except: ROOMS.slice(0, level + 1).flatMap((names) => names.map((name) => `shared/${name}`)),
	message: 'Imports point downwards only: see docs/architecture.md.',
}));

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
		// They match text from outside, so they have to take linear time.
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		plugins: { regexp },
		rules: {
			'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
			'regexp/no-super-linear-move': ['error', { report: 'potential', ignoreSticky: false }],
		},
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
			'import-x/no-restricted-paths': ['error', { zones }],
		},
		settings: {
			'import-x/resolver-next': [createTypeScriptImportResolver()],
			// Comes with n8n, and is declared in nodes/KieChatModel.
			'import-x/core-modules': ['@n8n/ai-node-sdk'],
		},
	},
);
