/** Unit and node tests run here; the end-to-end tests have a configuration of their own (test/e2e/jest.config.js). */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/test/{unit,nodes}/**/*.test.ts'],
	setupFiles: ['<rootDir>/test/nodes/environment.ts'],
	transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
	setupFilesAfterEnv: ['<rootDir>/test/retries.ts'],
	maxWorkers: '100%',
	testTimeout: 60_000,
};
