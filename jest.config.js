const { availableParallelism } = require('node:os');

/**
 * Unit and node tests run here; the end-to-end tests have a configuration of their own (test/e2e/jest.config.js). Half of
 * their time is spent waiting, so there are two files at a time for each core.
 */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/test/{unit,nodes}/**/*.test.ts'],
	setupFiles: ['<rootDir>/test/nodes/environment.ts'],
	transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
	setupFilesAfterEnv: ['<rootDir>/test/retries.ts'],
	maxWorkers: 2 * availableParallelism(),
	testTimeout: 60_000,
};
