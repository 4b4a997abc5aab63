/**
 * `npm test` sets up what it needs and runs all checks, also from a fresh clone. `npm test -- quick` skips
 * the end-to-end tests, `npm test -- e2e` runs only them. The last line counts: `N passed, N failed, N skipped`.
 * Independent checks run in parallel; the output of each is shown when it completes.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { prepare, start, startShown, tool } from './tools/prepared.mjs';

prepare();

const [only] = process.argv.slice(2);
const isQuick = only === 'quick';
const isEndToEnd = only === 'e2e';
const totals = { passed: 0, failed: 0, skipped: 0 };
const reports = mkdtempSync(join(tmpdir(), 'kie-test-'));

const startedAt = Date.now();
const minutes = () => ((Date.now() - startedAt) / 60_000).toFixed(1);

/** A check that is one command; returns whether it passed. */
async function check(title, command) {
	const { code, output } = await start(command);
	console.log(`\n== ${title}: ${code === 0 ? 'passed' : 'FAILED'} (${minutes()} minutes)${output && `\n${output}`}`);
	totals[code === 0 ? 'passed' : 'failed'] += 1;
	return code === 0;
}

/** A set of jest tests, shown while they run and counted one by one; a set that could not run counts as failed. */
async function tests(title, ...args) {
	console.log(`\n== ${title}`);
	const file = join(reports, `${title.replace(/\W+/g, '-')}.json`);
	const reporters = ['--reporters=default', '--reporters=./test/tools/count-reporter.cjs'];
	const code = await startShown(tool('jest', ...args, ...reporters), { TEST_COUNTS: file });
	const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
	for (const kind of Object.keys(totals)) totals[kind] += counts[kind];
	if (code !== 0 && counts.failed === 0) totals.failed += 1;
}

async function checkSources() {
	await check('types', tool('tsc', '-p', 'test'));
	await check('lint', tool('eslint', '.', '--max-warnings', '0'));
	await check('size of definitions', tool('tsx', 'test/tools/definition-sizes.ts'));
	await check('format', tool('prettier', '--check', '--log-level', 'warn', '.'));
}

async function checkPackage() {
	await check('forms', [process.execPath, 'test/tools/check-forms.mjs']);
	await check('what is published', [process.execPath, 'test/tools/check-package.mjs']);
	await check("n8n's own tool", [process.execPath, 'test/tools/check-n8n-cli.mjs']);
}

// The tests run on the build, and one reads the nodes of the n8n under test; the rest runs in parallel.
const installing = isQuick || check('the n8n under test', tool('tsx', 'test/tools/install-n8n.ts'));
const checkingSources = isEndToEnd || checkSources();
const isBuilt = await check('build', ['npm', 'run', '--silent', 'build']);
const checkingPackage = isEndToEnd || !isBuilt || checkPackage();
const isInstalled = await installing;
if (!isEndToEnd) await tests('unit and node tests');
await Promise.all([checkingSources, checkingPackage]);
if (isBuilt && isInstalled && !isQuick) await tests('end-to-end tests', '--config', 'test/e2e/jest.config.js');

rmSync(reports, { recursive: true, force: true });
console.log(`\nAll of it took ${minutes()} minutes.`);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed === 0 ? 0 : 1);
