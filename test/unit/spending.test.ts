import type { Spending, TaskEnd } from '../../nodes/shared/run/spending';
import { afterTask, costOf, decide } from '../../nodes/shared/run/spending';

const nothing: Spending = { spent: 0, running: 0, unseen: 0 };

describe('a run within Maximum Credits per Run', () => {
	it.each<[name: string, spending: Partial<Spending>, decision: ReturnType<typeof decide>]>([
		['creates the first task, whatever it costs', {}, 'create'],
		['creates no second one before the price is known', { running: 1 }, 'wait'],
		['creates no second one where the price stays unknown', { running: 1, unseen: 1 }, 'holdBack'],
		['creates as many as fit at the highest price', { spent: 10, highest: 10, running: 8 }, 'create'],
		['waits for tasks that may turn out cheaper', { spent: 10, highest: 10, running: 9 }, 'wait'],
		['holds back what does not fit any more', { spent: 91, highest: 10 }, 'holdBack'],
		['counts tasks that it does not see end', { spent: 50, highest: 10, running: 5, unseen: 5 }, 'holdBack'],
		['creates nothing more where a price cannot be found out', { highest: Infinity }, 'holdBack'],
		['creates what is free', { spent: 100, highest: 0, running: 50 }, 'create'],
	])('%s', (_name, spending, decision) => {
		expect(decide({ ...nothing, ...spending }, 100)).toBe(decision);
	});

	const finished = (more: Partial<Extract<TaskEnd, { kind: 'finished' }>>) =>
		({ kind: 'finished', isSuccess: true, ...more }) as const;

	it.each<[name: string, end: Extract<TaskEnd, { kind: 'finished' }>, drop: number | undefined, cost: number]>([
		['what its record says', finished({ credits: 12 }), 40, 12],
		['nothing where its record says so', finished({ credits: 0 }), undefined, 0],
		['what the balance has dropped', finished({}), 40, 40],
		['unknown while nothing is charged yet', finished({}), 0, Infinity],
		['unknown where the balance cannot be read', finished({ isSuccess: false }), undefined, Infinity],
		['nothing for a failed task that was not charged', finished({ isSuccess: false }), 0, 0],
		['nothing for a failed task that gave credits back', finished({ isSuccess: false }), -5, 0],
	])('takes as the cost of a task %s', (_name, end, drop, cost) => {
		expect(costOf(end, drop)).toBe(cost);
	});

	it('remembers the highest price, and no price of a failed task without a cost', () => {
		const running = { ...nothing, running: 3 };
		const first = afterTask(running, finished({}), 8);
		expect(first).toEqual({ spent: 8, highest: 8, running: 2, unseen: 0 });
		expect(afterTask(first, finished({}), 5)).toEqual({ spent: 13, highest: 8, running: 1, unseen: 0 });
		expect(afterTask(running, finished({ isSuccess: false }), 0)).toEqual({
			...running,
			running: 2,
			highest: undefined,
		});
		expect(afterTask(first, finished({}), Infinity)).toMatchObject({ spent: 8, highest: Infinity });
		expect(afterTask(first, { kind: 'notCreated' })).toEqual({ ...first, running: 1 });
		expect(afterTask(first, { kind: 'unseen' })).toEqual({ ...first, unseen: 1 });
	});
});
