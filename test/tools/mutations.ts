import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';

import { uniq } from 'lodash';

import { CACHE, PROJECT } from '../e2e/paths';
import { type Mutation, mutations, outdated } from './mutation-list';

/**
 * `npm run mutations` applies one deliberate fault after the other to copies of the sources, each of which would cost users
 * money or results, and runs the tests that have to fail. Exit code 1 if a fault survives. Arguments: only the mutations
 * whose names contain one of them.
 */

/** Inside the project, so that the copies find its node_modules; git, the linter and the build do not look there. */
const COPIES = join(CACHE, 'mutations');
/** A fault may cause a test to wait forever. */
const LIMIT_MS = 300_000;

/** Copies the sources; a copy has one fault at a time. */
function copySources(copy: string): string {
	const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
		cwd: PROJECT,
		encoding: 'utf8',
	});
	const isNeeded = (path: string) =>
		/^(credentials|docs|examples|icons|nodes|test)\/|^[\w.]+\.(js(on)?|md)$/.test(path);
	for (const path of tracked.split('\0').filter(isNeeded)) {
		mkdirSync(dirname(join(copy, path)), { recursive: true });
		cpSync(join(PROJECT, path), join(copy, path));
	}
	return copy;
}

interface Outcome {
	/** `broken`: the tests could not be loaded; `timedOut`: they did not complete within the limit. */
	kind: 'passed' | 'failed' | 'timedOut' | 'broken';
	/** The names of the tests that failed. */
	failed: string[];
	output: string;
}

async function runTests(copy: string, args: string[], timeout?: number): Promise<Outcome> {
	const jest = join(PROJECT, 'node_modules', 'jest', 'bin', 'jest.js');
	const child = spawn(process.execPath, [jest, ...args], {
		cwd: copy,
		stdio: ['ignore', 'ignore', 'pipe'],
		timeout,
	});
	let output = '';
	child.stderr.setEncoding('utf8').on('data', (text) => (output += text));
	const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
	const failed = uniq([...output.matchAll(/^ {2}● (.+)$/gm)].map(([, name = '']) => name));
	if (code === null) return { kind: 'timedOut', failed, output };
	if (failed.includes('Test suite failed to run')) return { kind: 'broken', failed, output };
	return { kind: code === 0 ? 'passed' : 'failed', failed, output };
}

/** Applies a fault, runs the tests that have to fail, and reverts it. */
async function runWith(copy: string, { file, search, replacement, tests, only }: Mutation): Promise<Outcome> {
	const path = join(copy, file);
	const source = readFileSync(path, 'utf8');
	writeFileSync(
		path,
		source.replace(search, () => replacement),
	);
	try {
		const pattern = only === undefined ? [] : ['-t', only];
		return await runTests(copy, ['-i', ...tests, ...pattern], LIMIT_MS);
	} finally {
		writeFileSync(path, source);
	}
}

/** Whether the tests failed, as they have to. */
function report({ name }: Mutation, { kind, failed: [first, ...others], output }: Outcome): boolean {
	const rest = others.length > 0 ? `, and ${others.length} more` : '';
	switch (kind) {
		case 'passed':
			console.log(`SURVIVED  ${name}`);
			return false;
		case 'broken':
			console.log(`BROKEN    ${name}: the sources do not load with it\n${output}`);
			return false;
		case 'failed':
			console.log(`caught    ${name}\n          by: ${first}${rest}`);
			return true;
		case 'timedOut':
			console.log(`caught    ${name}\n          by: ${first ? first + rest : 'a test that did not complete'}`);
			return true;
	}
}

async function main(): Promise<number> {
	const filters = process.argv.slice(2);
	const selected = mutations.filter(({ name }) => filters.length === 0 || filters.some((part) => name.includes(part)));
	const stale = outdated(selected);
	if (stale.length > 0) {
		console.error(`Bring test/tools/mutation-list.ts up to date:\n${stale.join('\n')}`);
		return 1;
	}
	rmSync(COPIES, { recursive: true, force: true });
	const copies = Array.from({ length: availableParallelism() }, (_, index) => copySources(join(COPIES, String(index))));
	const [firstCopy = ''] = copies;
	const unchanged = await runTests(firstCopy, uniq(selected.flatMap(({ tests }) => tests)));
	if (unchanged.kind !== 'passed') {
		console.error(`The tests do not pass without a fault:\n${unchanged.output}`);
		return 1;
	}
	// A fault has to be caught at the first try.
	for (const copy of copies) writeFileSync(join(copy, 'test', 'retries.ts'), '');
	let caught = 0;
	const remaining = [...selected];
	await Promise.all(
		copies.map(async (copy) => {
			for (let mutation = remaining.shift(); mutation; mutation = remaining.shift()) {
				if (report(mutation, await runWith(copy, mutation))) caught += 1;
			}
		}),
	);
	console.log(`\n${caught} of ${selected.length} faults were caught.`);
	return caught === selected.length ? 0 : 1;
}

void main().then((code) => (process.exitCode = code));
