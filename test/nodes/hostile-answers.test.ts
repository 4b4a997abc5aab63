import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { runNode } from './engine';
import { zImage } from './market';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** What an answer of Kie's cannot do, whatever it contains. */

let kie: Simulator;
beforeEach(async () => {
	kie = await startSimulator({ taskSeconds: 0.1, readRates: false });
});
afterEach(async () => await kie.close());

describe('a reason of 2 MB', () => {
	const long = 'x'.repeat(2_000_000);

	it('of a failed task is cut', async () => {
		kie.inject({ on: 'create', kind: 'fail', failMsg: long, failCode: long });
		const { error, stored } = await runNode(kie, { parameters: zImage });
		expect(error?.message).toMatch(/^Kie\.ai could not complete the task: x{1000}… \[item 0\]$/);
		expect(stored.length).toBeLessThan(50_000);
	});

	it('of a refused request is cut', async () => {
		kie.inject({ on: 'create', kind: 'code', code: 422, msg: long });
		const { error, stored } = await runNode(kie, { parameters: zImage });
		expect(error?.message).toMatch(/^Kie\.ai rejected the input: x{1000}… \[item 0\]$/);
		expect(stored.length).toBeLessThan(50_000);
	});
});
