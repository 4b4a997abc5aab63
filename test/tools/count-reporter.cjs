const { writeFileSync } = require('node:fs');

/** Writes the numbers of a jest run to the file in TEST_COUNTS. Jest's own report cannot hold every error. */
module.exports = class CountReporter {
	onRunComplete(_contexts, results) {
		const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } = results;
		const counts = {
			passed: numPassedTests,
			failed: numFailedTests + numRuntimeErrorTestSuites,
			skipped: numPendingTests + numTodoTests,
		};
		writeFileSync(process.env.TEST_COUNTS, JSON.stringify(counts));
	}
};
