/** Unit and node tests run here; the end-to-end tests have a configuration of their own (test/e2e/jest.config.js). */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/test/{unit,nodes}/**/*.test.ts'],
	setupFiles: ['<rootDir>/test/nodes/environment.ts'],
	// n8n brings its AI node SDK; here, the n8n of the end-to-end tests does.
	moduleNameMapper: { '^@n8n/ai-node-sdk$': '<rootDir>/test/e2e/node_modules/@n8n/ai-node-sdk' },
	transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
	// They wait more than they work.
	maxWorkers: '200%',
	testTimeout: 30_000,
};
