/** The end-to-end tests share one n8n where they can; what they do most is wait, so several files run at a time. */
module.exports = {
	testEnvironment: 'node',
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testMatch: ['<rootDir>/test/e2e/*.test.ts'],
	globalSetup: '<rootDir>/test/e2e/global-setup.ts',
	globalTeardown: '<rootDir>/test/e2e/global-teardown.ts',
	transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
	maxWorkers: '100%',
	setupFilesAfterEnv: ['<rootDir>/test/retries.ts'],
	testTimeout: 240_000,
};
