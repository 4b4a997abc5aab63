import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { z } from 'zod';

import { buildIfStale, builtNodes } from './built';
import type { Figure } from './figure';
import { median } from './figure';

const RUNS = 10;
const PACKAGE = join(__dirname, '../..');

/** CPU time to load (ms) and size of the description (KB) that a node may have. */
const bounds: Record<string, { ms?: number; kb: number }> = {
	KieImage: { ms: 60, kb: 150 },
	KieVideo: { kb: 250 },
	KieAudio: { kb: 60 },
	KieSuno: { kb: 120 },
	KieCommon: { kb: 40 },
	KieChat: { kb: 60 },
	KieChatModel: { kb: 60 },
	KieTrigger: { kb: 40 },
};
const ALL_MS = 100;
/** CPU time (ms) of n8n's start with the package, and that time as a share of what it takes to run the code. */
const START_MS = 25;
const START_SHARE = 0.2;

const loaded = z.object({ ms: z.number(), sizes: z.array(z.number()) });
const started = z.object({ ms: z.number(), mb: z.number(), isLazy: z.boolean() });

/**
 * What the first use of a built node takes, each alone and all together: its code is loaded and its form is made. And
 * the size of what n8n sends of it to the editor.
 */
export function loading(): Figure[] {
	buildIfStale();
	const each = [...builtNodes].flatMap(([name, path]): Figure[] => {
		const { ms, sizes } = load([path]);
		return [
			{ name: `${name}: CPU time of its first use`, value: ms, unit: 'ms', bound: bounds[name]?.ms },
			{ name: `${name}: size of description`, value: (sizes[0] ?? NaN) / 1000, unit: 'KB', bound: bounds[name]?.kb },
		];
	});
	return [
		...each,
		{
			name: 'all nodes: CPU time of their first use',
			value: load([...builtNodes.values()]).ms,
			unit: 'ms',
			bound: ALL_MS,
		},
		...starting(),
	];
}

/** What the package costs each process of n8n at its start, with the metadata of the build and without. */
function starting(): Figure[] {
	const metadata = start('metadata');
	const code = start('code');
	return [
		{ name: "n8n's start: CPU time", value: metadata.ms, unit: 'ms', bound: START_MS },
		{ name: "n8n's start: CPU time without metadata", value: code.ms, unit: 'ms' },
		{ name: "n8n's start: share of that", value: metadata.ms / code.ms, unit: '×', bound: START_SHARE },
		{ name: "n8n's start: heap kept", value: metadata.mb, unit: 'MB' },
		{ name: "n8n's start: heap kept without metadata", value: code.mb, unit: 'MB' },
	];
}

/** The medians of several fresh processes. */
function start(how: 'metadata' | 'code'): { ms: number; mb: number } {
	const script = join(__dirname, 'start.cjs');
	const runs = Array.from({ length: RUNS }, () => {
		const output = execFileSync(process.execPath, ['--expose-gc', script, PACKAGE, how], { encoding: 'utf8' });
		return started.parse(JSON.parse(output));
	});
	if (runs.some(({ isLazy }) => isLazy !== (how === 'metadata'))) throw new Error(`n8n did not load by ${how}`);
	return { ms: median(runs.map(({ ms }) => ms)), mb: median(runs.map(({ mb }) => mb)) };
}

/** The median of several fresh processes. */
function load(paths: string[]): z.infer<typeof loaded> {
	const runs = Array.from({ length: RUNS }, () => {
		const output = execFileSync(process.execPath, [join(__dirname, 'load.cjs'), ...paths], { encoding: 'utf8' });
		return loaded.parse(JSON.parse(output));
	});
	return { ms: median(runs.map(({ ms }) => ms)), sizes: runs[0]?.sizes ?? [] };
}
