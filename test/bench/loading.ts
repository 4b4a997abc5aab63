import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { z } from 'zod';

import { buildIfStale, builtNodes } from './built';
import type { Figure } from './figure';
import { median } from './figure';

const RUNS = 10;

/** Time to load (ms) and size of the description (KB) that a node may have. */
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

const loaded = z.object({ ms: z.number(), sizes: z.array(z.number()) });

/** Load time of the built nodes, each alone and all together, and the size of what n8n sends of them to the editor. */
export function loading(): Figure[] {
	buildIfStale();
	const each = [...builtNodes].flatMap(([name, path]): Figure[] => {
		const { ms, sizes } = load([path]);
		return [
			{ name: `${name}: load time`, value: ms, unit: 'ms', bound: bounds[name]?.ms },
			{ name: `${name}: size of description`, value: (sizes[0] ?? NaN) / 1000, unit: 'KB', bound: bounds[name]?.kb },
		];
	});
	return [
		...each,
		{ name: 'all nodes: load time', value: load([...builtNodes.values()]).ms, unit: 'ms', bound: ALL_MS },
	];
}

/** The median of several fresh processes. */
function load(paths: string[]): z.infer<typeof loaded> {
	const runs = Array.from({ length: RUNS }, () => {
		const output = execFileSync(process.execPath, [join(__dirname, 'load.cjs'), ...paths], { encoding: 'utf8' });
		return loaded.parse(JSON.parse(output));
	});
	return { ms: median(runs.map(({ ms }) => ms)), sizes: runs[0]?.sizes ?? [] };
}
