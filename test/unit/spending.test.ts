import type { Spending, TaskEnd } from '../../nodes/shared/run/spending';
import { afterTask, costOf, decide, NO_SPENDING } from '../../nodes/shared/run/spending';

interface Case {
	spent?: number;
	/** The price of the kind; undefined: not known. */
	price?: number;
	running?: number;
	unseen?: number;
	/** Tasks of another kind that run, whose price is not known. */
	others?: number;
}

const KIND = 'a';
const OTHER = 'b';

function spendingOf({ spent = 0, price, running = 0, unseen = 0, others = 0 }: Case): Spending {
	return {
		spent,
		prices: new Map(price === undefined ? [] : [[KIND, price]]),
		running: new Map([
			[KIND, running],
			[OTHER, others],
		]),
		unseen,
	};
}

describe('a run within Maximum Credits per Run', () => {
	it.each<[name: string, spending: Case, decision: ReturnType<typeof decide>]>([
		['creates the first task, whatever it costs', {}, 'create'],
		['creates no second one before the price is known', { running: 1 }, 'wait'],
		['creates no second one where the price stays unknown', { running: 1, unseen: 1 }, 'holdBack'],
		['creates no task beside one of an unknown price', { price: 1, others: 1 }, 'wait'],
		['creates no task of an unknown price beside another', { others: 1 }, 'wait'],
		['creates as many as fit at the highest price', { spent: 10, price: 10, running: 8 }, 'create'],
		['waits for tasks that may turn out cheaper', { spent: 10, price: 10, running: 9 }, 'wait'],
		['holds back what does not fit any more', { spent: 91, price: 10 }, 'holdBack'],
		['holds back a task of an unknown price once everything is spent', { spent: 100 }, 'holdBack'],
		['counts tasks that it does not see end', { spent: 50, price: 10, running: 5, unseen: 5 }, 'holdBack'],
		['creates nothing more where a price cannot be found out', { price: Infinity }, 'holdBack'],
		['creates what is free', { spent: 100, price: 0, running: 50 }, 'create'],
	])('%s', (_name, spending, decision) => {
		expect(decide(spendingOf(spending), KIND, 100)).toBe(decision);
	});

	const finished = (fields: Partial<Extract<TaskEnd, { kind: 'finished' }>> = {}) =>
		({ kind: 'finished', isSuccess: true, ...fields }) as const;
	const failed = finished({ isSuccess: false });

	it.each<[name: string, end: ReturnType<typeof finished>, drop: number | undefined, cost: number, spending?: Case]>([
		['what its record says', finished({ credits: 12 }), 40, 12],
		['nothing where its record says so', finished({ credits: 0 }), undefined, 0],
		['what the balance has dropped', finished(), 40, 40],
		['what the balance has dropped beyond the tasks that still run', finished(), 40, 10, { price: 10, running: 4 }],
		['unknown while nothing is charged yet', finished(), 0, Infinity],
		['the highest so far while nothing is charged yet', finished(), 0, 10, { price: 10, running: 4 }],
		['unknown where the balance cannot be read', failed, undefined, Infinity],
		['the highest so far where the balance cannot be read', failed, undefined, 10, { price: 10, running: 4 }],
		['nothing for a failed task that was not charged', failed, 0, 0],
		['nothing for a failed task among those that still run', failed, 30, 0, { price: 10, running: 4 }],
		['nothing for a failed task that gave credits back', failed, -5, 0],
	])('calculates as the cost of a task %s', (_name, end, drop, cost, spending = { running: 1 }) => {
		expect(costOf(spendingOf(spending), KIND, end, drop)).toBe(cost);
	});

	it('remembers the highest price of a kind, and no price of a failed task without a cost', () => {
		const running = spendingOf({ running: 3 });
		const first = afterTask(running, KIND, finished(), 8);
		expect(first).toEqual(spendingOf({ spent: 8, price: 8, running: 2 }));
		expect(afterTask(first, KIND, finished(), 5)).toEqual(spendingOf({ spent: 13, price: 8, running: 1 }));
		expect(afterTask(running, KIND, failed, 0)).toEqual(spendingOf({ running: 2 }));
		expect(afterTask(first, KIND, finished(), Infinity)).toEqual(spendingOf({ spent: 8, price: Infinity, running: 1 }));
		expect(afterTask(first, KIND, { kind: 'notCreated' })).toEqual(spendingOf({ spent: 8, price: 8, running: 1 }));
		expect(afterTask(first, KIND, { kind: 'unseen' })).toEqual(
			spendingOf({ spent: 8, price: 8, running: 2, unseen: 1 }),
		);
		expect(afterTask(NO_SPENDING, OTHER, { kind: 'unseen' }).unseen).toBe(1);
	});
});
