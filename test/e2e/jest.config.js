const { availableParallelism } = require('node:os');

/** The end-to-end tests share one n8n where they can; what they do most is wait, so there are two files at a time for each core. */
module.exports = {
	testEnvironment: 'node',
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testMatch: ['<rootDir>/test/e2e/*.test.ts'],
	globalSetup: '<rootDir>/test/e2e/global-setup.ts',
	globalTeardown: '<rootDir>/test/e2e/global-teardown.ts',
	transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
	testSequencer: '<rootDir>/test/e2e/longest-first.cjs',
	maxWorkers: 2 * availableParallelism(),
	setupFilesAfterEnv: ['<rootDir>/test/retries.ts'],
	testTimeout: 240_000,
};
