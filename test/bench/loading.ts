import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { z } from 'zod';

import { ensureN8n } from '../e2e/setup';
import { buildIfStale, builtNodes } from './built';
import type { Figure } from './figure';
import { median } from './figure';

const RUNS = 10;
const PACKAGE = join(__dirname, '../..');

/** Maximum size of the description of a node (KB). */
const SIZES_KB: Record<string, number> = {
	KieImage: 150,
	KieVideo: 250,
	KieAudio: 60,
	KieSuno: 120,
	KieCommon: 40,
	KieChat: 60,
	KieChatModel: 60,
	KieTrigger: 40,
};
/** CPU time (ms) that the first use of a node may take, and of all together. */
const EACH_MS = 60;
const ALL_MS = 100;
/** CPU time (ms) of n8n's start with the package, and that time as a share of what it takes to run the code. */
const START_MS = 25;
const START_SHARE = 0.2;

const loaded = z.object({ ms: z.number(), sizes: z.array(z.number()) });
const started = z.object({ ms: z.number(), mb: z.number(), isLazy: z.boolean() });

/**
 * What the first use of a built node takes, each alone and all together, beside n8n's own nodes: its code is loaded and
 * its description is built. And the size of what n8n sends of it to the editor.
 */
export async function loading(): Promise<Figure[]> {
	buildIfStale();
	const { cli, node } = await ensureN8n();
	const ofN8n = (name: string) => {
		const path = join(dirname(cli), '../../@n8n/n8n-nodes-langchain/dist/nodes/vendors', `${name}.node.js`);
		return load(node, [path]).ms;
	};
	const [gemini, openAi] = [ofN8n('GoogleGemini/GoogleGemini'), ofN8n('OpenAi/OpenAi')];
	const nodeFigures = [...builtNodes].flatMap(([name, path]): Figure[] => {
		const { ms, sizes } = load(node, [path]);
		return [
			{ name: `${name}: CPU time of its first use`, value: ms, unit: 'ms', bound: EACH_MS },
			{ name: `${name}: size of description`, value: (sizes[0] ?? NaN) / 1000, unit: 'KB', bound: SIZES_KB[name] },
		];
	});
	const allMs = load(node, [...builtNodes.values()]).ms;
	return [
		...nodeFigures,
		{ name: "n8n's own Google Gemini node: CPU time of its first use", value: gemini, unit: 'ms' },
		{ name: 'all nodes: CPU time of their first use', value: allMs, unit: 'ms', bound: ALL_MS },
		{ name: "n8n's own OpenAI node: CPU time of its first use", value: openAi, unit: 'ms' },
		...starting(),
	];
}

/** What the package costs each process of n8n at its start, with the metadata of the build and without. A package without nodes is the least possible. */
function starting(): Figure[] {
	const empty = emptyPackage();
	// In turns, so that whatever else the machine does slows all of them.
	const runs = Array.from({ length: RUNS }, () => ({
		metadata: start(PACKAGE, 'metadata'),
		code: start(PACKAGE, 'code'),
		empty: start(empty, 'metadata'),
	}));
	const medianOf = (way: 'metadata' | 'code' | 'empty', what: 'ms' | 'mb') => median(runs.map((run) => run[way][what]));
	const [metadataMs, codeMs] = [medianOf('metadata', 'ms'), medianOf('code', 'ms')];
	return [
		{ name: "n8n's start: CPU time", value: metadataMs, unit: 'ms', bound: START_MS },
		{ name: "n8n's start: CPU time without metadata", value: codeMs, unit: 'ms' },
		{ name: "n8n's start: share of that", value: metadataMs / codeMs, unit: '×', bound: START_SHARE },
		{ name: "n8n's start: CPU time with a package without nodes", value: medianOf('empty', 'ms'), unit: 'ms' },
		{ name: "n8n's start: heap kept", value: medianOf('metadata', 'mb'), unit: 'MB' },
		{ name: "n8n's start: heap kept without metadata", value: medianOf('code', 'mb'), unit: 'MB' },
	];
}

/** One fresh process. */
function start(folder: string, how: 'metadata' | 'code'): z.infer<typeof started> {
	const script = join(__dirname, 'start.cjs');
	const output = execFileSync(process.execPath, ['--expose-gc', script, folder, how], { encoding: 'utf8' });
	const run = started.parse(JSON.parse(output));
	if (run.isLazy !== (how === 'metadata')) throw new Error(`n8n did not load by ${how}`);
	return run;
}

/** The folder of a package without nodes, which costs what n8n does once for all packages, such as creating its logger. */
function emptyPackage(): string {
	const folder = mkdtempSync(join(process.env.N8N_USER_FOLDER ?? tmpdir(), 'empty-'));
	const files = {
		'package.json': { name: 'n8n-nodes-empty', version: '1.0.0', n8n: {} },
		'dist/known/nodes.json': {},
		'dist/known/credentials.json': {},
		'dist/types/nodes.json': [],
		'dist/types/credentials.json': [],
	};
	for (const [path, content] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), JSON.stringify(content));
	}
	return folder;
}

/** The median of several fresh processes. */
function load(node: string, paths: string[]): z.infer<typeof loaded> {
	const runs = Array.from({ length: RUNS }, () => {
		const output = execFileSync(node, [join(__dirname, 'load.cjs'), ...paths], { encoding: 'utf8' });
		return loaded.parse(JSON.parse(output));
	});
	return { ms: median(runs.map(({ ms }) => ms)), sizes: runs[0]?.sizes ?? [] };
}
