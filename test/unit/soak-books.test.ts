import type { SoakEntry, SoakRecords, SoakTask } from '../bench/soakBooks';
import { balance } from '../bench/soakBooks';

const task = (id: string, fields: Partial<SoakTask> = {}): SoakTask => ({
	id,
	run: 'a',
	item: 0,
	failed: false,
	unanswered: false,
	createdAt: 1_000,
	...fields,
});
const output = (taskId: string): SoakEntry => ({ run: 'a', item: 0, kind: 'output', taskId });
const error = (taskId?: string): SoakEntry => ({ run: 'a', item: 0, kind: 'error', taskId });
const unconfirmed: SoakEntry = { run: 'a', item: 0, kind: 'unconfirmed' };

const endedRuns = new Set(['a']);
const crashedRuns = { endedRuns: new Set<string>() };

describe('the books of a soak', () => {
	it.each<[place: string, tasks: SoakTask[], entries: SoakEntry[], more?: Partial<SoakRecords>]>([
		["in an item's output", [task('1')], [output('1')]],
		["in an item's error, by its ID", [task('1')], [error('1')]],
		["in an item's error, as not confirmed", [task('1')], [unconfirmed]],
		[
			'failed, and created again by Retry On Fail',
			[task('1', { failed: true }), task('2', { createdAt: 2_000 })],
			[output('2')],
			{ retriedRuns: endedRuns },
		],
		['of an execution that died with n8n: in its log', [task('1')], [], { ...crashedRuns, loggedIds: new Set(['1']) }],
		[
			'of an execution that died with n8n: in flight, or not confirmed',
			[task('1')],
			[],
			{ ...crashedRuns, deaths: [1_500] },
		],
		[
			'of an execution that died with n8n: in flight, or not confirmed',
			[task('1', { createdAt: 16_000 })],
			[],
			{ ...crashedRuns, deaths: [9_000] },
		],
		[
			'of an execution that died with n8n: in flight, or not confirmed',
			[task('1', { unanswered: true })],
			[],
			crashedRuns,
		],
		['lost', [task('1')], []],
		['lost', [task('1')], [error()]],
		['lost', [task('1')], [], { loggedIds: new Set(['1']) }],
		['lost', [task('1')], [], { ...crashedRuns, deaths: [9_000] }],
		['lost', [task('1', { createdAt: 40_000 })], [], { ...crashedRuns, deaths: [9_000] }],
		['lost', [task('1', { createdAt: 16_000 })], [], { deaths: [9_000] }],
		['twice', [task('1')], [output('1'), output('1')]],
		['twice', [task('1')], [output('1'), error('1')]],
		['twice', [task('1'), task('2', { createdAt: 2_000 })], [output('2')], { retriedRuns: endedRuns }],
		['lost', [task('1', { failed: true }), task('2', { createdAt: 2_000 })], [output('2')]],
	])('contain a task %s', (place, tasks, entries, crashRecords = {}) => {
		const records = { endedRuns, retriedRuns: new Set<string>(), loggedIds: new Set<string>(), deaths: [] };
		const places = balance({ tasks, entries, ...records, ...crashRecords });
		expect([...places].find(([{ id }]) => id === '1')?.[1]).toBe(place);
	});
});
