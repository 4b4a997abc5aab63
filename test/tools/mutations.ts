import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';

import { uniq } from 'lodash';

import { CACHE, PROJECT } from '../e2e/paths';
import { type Mutation, mutations } from './mutation-list';

/**
 * `npm run mutations` puts one mistake after the other into copies of the sources, each of which would cost users money
 * or results, and runs the tests that have to notice. Exit code 1 if one of them does not. Arguments: only the mutations
 * whose name contains one of them.
 */

/** Inside the project, so that the copies find its node_modules; git, the linter and the build do not look there. */
const COPIES = join(CACHE, 'mutations');
/** A mistake may make a test wait forever. */
const LIMIT_MS = 300_000;

/** Makes a copy of the sources, in which one mistake at a time is made. */
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
	/** `broken`: the tests could not be loaded. */
	kind: 'passed' | 'failed' | 'never ended' | 'broken';
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
	if (code === null) return { kind: 'never ended', failed, output };
	if (failed.includes('Test suite failed to run')) return { kind: 'broken', failed, output };
	return { kind: code === 0 ? 'passed' : 'failed', failed, output };
}

/** Puts the mistake in, runs the tests that have to notice, and takes it out. */
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

/** Mutations that no longer fit the sources. */
function outdated(chosen: Mutation[]): string[] {
	return chosen.flatMap(({ name, file, search }) => {
		const count = readFileSync(join(PROJECT, file), 'utf8').split(search).length - 1;
		return count === 1 ? [] : [`${name}: its text is in ${file} ${count} times`];
	});
}

/** Whether the tests have noticed. */
function report({ name }: Mutation, { kind, failed: [first, ...more], output }: Outcome): boolean {
	const others = more.length > 0 ? `, and ${more.length} more` : '';
	switch (kind) {
		case 'passed':
			console.log(`SURVIVED  ${name}`);
			return false;
		case 'broken':
			console.log(`BROKEN    ${name}: the sources do not load with it\n${output}`);
			return false;
		case 'failed':
			console.log(`caught    ${name}\n          by: ${first}${others}`);
			return true;
		case 'never ended':
			console.log(`caught    ${name}\n          by: ${first ? first + others : 'a test that never ended'}`);
			return true;
	}
}

async function main(): Promise<number> {
	const wanted = process.argv.slice(2);
	const chosen = mutations.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
	const stale = outdated(chosen);
	if (stale.length > 0) {
		console.error(`Bring test/tools/mutation-list.ts up to date:\n${stale.join('\n')}`);
		return 1;
	}
	rmSync(COPIES, { recursive: true, force: true });
	const copies = Array.from({ length: availableParallelism() }, (_, index) => copySources(join(COPIES, String(index))));
	const [first = ''] = copies;
	const unchanged = await runTests(first, uniq(chosen.flatMap(({ tests }) => tests)));
	if (unchanged.kind !== 'passed') {
		console.error(`The tests do not pass without any mistake:\n${unchanged.output}`);
		return 1;
	}
	// A mistake fails every time.
	for (const copy of copies) writeFileSync(join(copy, 'test', 'retries.ts'), '');
	let caught = 0;
	const left = [...chosen];
	await Promise.all(
		copies.map(async (copy) => {
			for (let mutation = left.shift(); mutation; mutation = left.shift()) {
				if (report(mutation, await runWith(copy, mutation))) caught += 1;
			}
		}),
	);
	console.log(`\n${caught} of ${chosen.length} mistakes were caught.`);
	return caught === chosen.length ? 0 : 1;
}

void main().then((code) => (process.exitCode = code));
