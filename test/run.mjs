/**
 * `npm test`: sets up what it needs and runs everything that must hold, from a fresh clone on.
 * `npm test -- quick` leaves out the end-to-end tests. The last line counts: `N passed, N failed, N skipped`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { prepare, run } from './tools/prepared.mjs';

prepare();

const isQuick = process.argv.includes('quick');
const totals = { passed: 0, failed: 0, skipped: 0 };
const reports = mkdtempSync(join(tmpdir(), 'kie-test-'));

/** A check that is one command. */
function check(title, command, args) {
	console.log(`\n== ${title}`);
	const code = run(command, args);
	totals[code === 0 ? 'passed' : 'failed'] += 1;
	return code === 0;
}

/** A set of jest tests, counted one by one; a set that could not run at all counts as failed. */
function tests(title, args) {
	console.log(`\n== ${title}`);
	const report = join(reports, `${title.replace(/\W+/g, '-')}.json`);
	const code = run('npx', ['--no-install', 'jest', ...args, '--json', `--outputFile=${report}`, '--silent=false']);
	try {
		const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } = JSON.parse(
			readFileSync(report, 'utf8'),
		);
		totals.passed += numPassedTests;
		totals.skipped += numPendingTests + numTodoTests;
		totals.failed += numFailedTests + numRuntimeErrorTestSuites;
		if (code !== 0 && numFailedTests + numRuntimeErrorTestSuites === 0) totals.failed += 1;
	} catch (error) {
		console.error(`No report of ${title}: ${error.message}`);
		totals.failed += 1;
	}
}

check('types', 'npx', ['--no-install', 'tsc', '--noEmit']);
check('lint', 'npx', ['--no-install', 'eslint', '.', '--max-warnings', '0']);
check('format', 'npx', ['--no-install', 'prettier', '--check', '--log-level', 'warn', '.']);
const isBuilt = check('build', 'npm', ['run', '--silent', 'build']);
if (isBuilt) {
	check('forms', process.execPath, ['test/tools/check-forms.mjs']);
	check('what is published', process.execPath, ['test/tools/check-package.mjs']);
}
// Before the node tests, because the tests of Kie Chat Model need the AI node SDK that n8n brings.
if (!isQuick) check('the n8n under test', 'npx', ['--no-install', 'tsx', 'test/tools/install-n8n.ts']);
tests('unit and node tests', []);
if (isBuilt && !isQuick) tests('end-to-end tests', ['--config', 'test/e2e/jest.config.js']);

rmSync(reports, { recursive: true, force: true });
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed === 0 ? 0 : 1);
