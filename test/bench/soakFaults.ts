import type { Fault } from '../simulator';

/** The faults of a soak, in the order of a seed. */

export type Random = () => number;

/** Mulberry32: numbers from 0 to 1, the same ones for the same seed. */
export function seededRandom(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export function pick<T>(random: Random, list: readonly T[]): T {
	const entry = list[Math.floor(random() * list.length)];
	if (entry === undefined) throw new Error('The list is empty');
	return entry;
}

export function between(random: Random, low: number, high: number): number {
	return Math.floor(low + random() * (high - low + 1));
}

type Unplaced = Fault extends infer Each ? (Each extends Fault ? Omit<Each, 'on'> : never) : never;

const BROKEN: Unplaced[] = [
	{ kind: 'drop-before' },
	{ kind: 'drop-after' },
	{ kind: 'status', status: 500 },
	{ kind: 'status', status: 502 },
	{ kind: 'status', status: 429 },
	{ kind: 'code', code: 429 },
	{ kind: 'code', code: 455 },
	{ kind: 'code', code: 500 },
	{ kind: 'html' },
	{ kind: 'html', status: 502 },
	{ kind: 'cut-json' },
	{ kind: 'empty' },
	{ kind: 'null' },
	{ kind: 'data-null' },
	{ kind: 'content-type', value: 'text/plain' },
	{ kind: 'content-type', value: null },
];

const CREATE: Unplaced[] = [
	...BROKEN,
	{ kind: 'status', status: 500, accepted: true },
	{ kind: 'code', code: 500, accepted: true },
	{ kind: 'html', accepted: true },
	{ kind: 'no-task-id' },
	{ kind: 'code', code: 402 },
	{ kind: 'code', code: 422 },
	{ kind: 'slow', ms: 15_000 },
	{ kind: 'fail' },
	{ kind: 'fail', failCode: '501', failMsg: 'The content is not allowed' },
	{ kind: 'no-result', lateMs: 10_000 },
	{ kind: 'no-result', form: 'empty-urls', lateMs: 35_000 },
	{ kind: 'no-result', form: 'empty-object' },
	{ kind: 'bad-result' },
	{ kind: 'never' },
	{ kind: 'result-url', url: 'ftp://example.com/result.png' },
];

const READ: Unplaced[] = [
	...BROKEN,
	{ kind: 'record-null' },
	{ kind: 'state', state: 'thinking' },
	{ kind: 'chinese' },
	{ kind: 'code', code: 401 },
	{ kind: 'slow', ms: 8_000 },
];

const DOWNLOAD: Unplaced[] = [
	{ kind: 'drop-before' },
	{ kind: 'status', status: 403 },
	{ kind: 'status', status: 404 },
	{ kind: 'status', status: 500 },
	{ kind: 'html' },
	{ kind: 'empty' },
	{ kind: 'cut' },
	{ kind: 'trickle', ms: 500 },
	{ kind: 'content-type', value: 'text/html' },
	{ kind: 'redirect', to: 'gopher://example.com/' },
	{ kind: 'bomb', bytes: 5_000_000 },
	{ kind: 'slow', ms: 20_000 },
];

const UPLOAD: Unplaced[] = [
	{ kind: 'drop-before' },
	{ kind: 'drop-after' },
	{ kind: 'status', status: 500 },
	{ kind: 'html' },
	{ kind: 'cut' },
	{ kind: 'slow', ms: 5_000 },
];

/** How many of 100 requests of a kind get a fault. */
const SHARES: Array<{ on: Fault['on']; faults: Unplaced[]; percent: number }> = [
	{ on: 'create', faults: CREATE, percent: 12 },
	{ on: 'read', faults: READ, percent: 10 },
	{ on: 'download', faults: DOWNLOAD, percent: 20 },
	{ on: 'download-url', faults: BROKEN, percent: 20 },
	{ on: 'upload', faults: UPLOAD, percent: 20 },
];

/** The next faults: each one skips some requests of its kind, and applies to the one after them. */
export function nextFaults(random: Random, isPending: (on: Fault['on']) => boolean): Fault[] {
	return SHARES.filter(({ on }) => !isPending(on)).map(({ on, faults, percent }): Fault => {
		const skip = Math.floor((Math.log(1 - random()) / Math.log(1 - percent / 100)) % 200);
		return { ...pick(random, faults), on, skip };
	});
}

/** The faults of a create after which its response does not say whether the task exists. */
export const UNANSWERED: ReadonlyArray<Fault['kind']> = [
	'drop-after',
	'status',
	'code',
	'html',
	'cut-json',
	'empty',
	'null',
	'data-null',
	'no-task-id',
];
