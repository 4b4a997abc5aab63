import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { uniq } from 'lodash';

import { CACHE, PROJECT } from '../e2e/paths';
import { type Mutation, mutations } from './mutation-list';

/**
 * `npm run mutations` puts one mistake after the other into a copy of the sources, each of which would cost users money
 * or results, and runs the tests that have to notice. Exit code 1 if one of them does not. Arguments: only the mutations
 * whose name contains one of them.
 */

/** Inside the project, so that the copy finds its node_modules; git, the linter and the build do not look there. */
const COPY = join(CACHE, 'mutations');
/** A mistake may make a test wait forever. */
const LIMIT_MS = 300_000;

function copySources(): void {
	rmSync(COPY, { recursive: true, force: true });
	const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
		cwd: PROJECT,
		encoding: 'utf8',
	});
	for (const path of tracked.split('\0').filter((path) => /^(credentials|nodes|test)\/|^[\w.]+\.js(on)?$/.test(path))) {
		mkdirSync(dirname(join(COPY, path)), { recursive: true });
		cpSync(join(PROJECT, path), join(COPY, path));
	}
}

interface Outcome {
	kind: 'passed' | 'failed' | 'never ended';
	/** The names of the tests that failed. */
	failed: string[];
	output: string;
}

function runTests(tests: string[], timeout?: number): Outcome {
	const jest = join(PROJECT, 'node_modules', 'jest', 'bin', 'jest.js');
	const { status, stderr } = spawnSync(process.execPath, [jest, ...tests], {
		cwd: COPY,
		encoding: 'utf8',
		timeout,
	});
	const failed = uniq([...stderr.matchAll(/^ {2}● (.+)$/gm)].map(([, name = '']) => name));
	if (status === null) return { kind: 'never ended', failed, output: stderr };
	return { kind: status === 0 ? 'passed' : 'failed', failed, output: stderr };
}

/** Puts the mistake in, runs the tests that have to notice, and takes it out. */
function runWith({ file, search, replacement, tests }: Mutation): Outcome {
	const path = join(COPY, file);
	const source = readFileSync(path, 'utf8');
	writeFileSync(
		path,
		source.replace(search, () => replacement),
	);
	try {
		return runTests(tests, LIMIT_MS);
	} finally {
		writeFileSync(path, source);
	}
}

/** Mutations that no longer fit the sources. */
function outdated(): string[] {
	return mutations.flatMap(({ name, file, search }) => {
		const count = readFileSync(join(COPY, file), 'utf8').split(search).length - 1;
		return count === 1 ? [] : [`${name}: its text is in ${file} ${count} times`];
	});
}

function main(): number {
	const wanted = process.argv.slice(2);
	const chosen = mutations.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
	copySources();
	const stale = outdated();
	if (stale.length > 0) {
		console.error(`Bring test/tools/mutation-list.ts up to date:\n${stale.join('\n')}`);
		return 1;
	}
	const unchanged = runTests(uniq(chosen.flatMap(({ tests }) => tests.filter((test) => test.startsWith('test/')))));
	if (unchanged.kind !== 'passed') {
		console.error(`The tests do not pass without any mistake:\n${unchanged.output}`);
		return 1;
	}
	// A mistake fails every time.
	writeFileSync(join(COPY, 'test', 'retries.ts'), '');
	let survivors = 0;
	for (const mutation of chosen) {
		const { kind, failed } = runWith(mutation);
		if (kind === 'passed') survivors += 1;
		const [first, ...more] = failed;
		const noticedBy =
			first === undefined ? 'a test that never ended' : `${first}${more.length > 0 ? `, and ${more.length} more` : ''}`;
		console.log(
			kind === 'passed' ? `SURVIVED  ${mutation.name}` : `caught    ${mutation.name}\n          by: ${noticedBy}`,
		);
	}
	console.log(`\n${chosen.length - survivors} of ${chosen.length} mistakes were caught.`);
	return survivors === 0 ? 0 : 1;
}

process.exitCode = main();
