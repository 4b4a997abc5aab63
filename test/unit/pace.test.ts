import { CREATE_RATE, delaySlots, nextSlot, tryAcquireSlot } from '../../nodes/shared/api/rateLimit';

const RATE = { limit: 3, windowMs: 1_000 };

/** When `count` starts of an account come, asked for from the time `now` on and again whenever the wait is over. */
function reserve(account: string, count: number, now = 0): number[] {
	let time = now;
	return Array.from({ length: count }, () => {
		for (let wait = tryAcquireSlot(account, RATE, time); wait > 0; wait = tryAcquireSlot(account, RATE, time))
			time += wait;
		return time;
	});
}

describe('pacing', () => {
	it("keeps to Kie's 20 creates in 10 s, with a margin of at most 5 %", () => {
		expect(CREATE_RATE.limit).toBe(20);
		expect(CREATE_RATE.windowMs).toBeGreaterThan(10_000);
		expect(CREATE_RATE.windowMs).toBeLessThanOrEqual(10_500);
	});

	it('starts at once while there is room', () => {
		expect(nextSlot([], 5_000, RATE)).toBe(5_000);
		expect(nextSlot([4_900, 4_950], 5_000, RATE)).toBe(5_000);
	});

	it('waits until the oldest start of a full window has left it', () => {
		expect(nextSlot([4_500, 4_900, 4_950], 5_000, RATE)).toBe(5_500);
		expect(nextSlot([1, 4_500, 4_900, 4_950], 5_000, RATE)).toBe(5_500);
		expect(nextSlot([3_000, 4_900, 4_950], 5_000, RATE)).toBe(5_000);
	});

	it('spreads many starts so that no window holds more than the limit', () => {
		const starts = reserve('many', 10);
		expect(starts).toEqual([0, 0, 0, 1_000, 1_000, 1_000, 2_000, 2_000, 2_000, 3_000]);
	});

	it('counts each account on its own', () => {
		reserve('one', 3);
		expect(reserve('other', 1)).toEqual([0]);
		expect(reserve('one', 1)).toEqual([1_000]);
	});

	it('holds the starts of an account back after a refusal for rate, and then keeps to the limit', () => {
		reserve('held', 1);
		delaySlots('held', RATE, 2_500);
		expect(reserve('held', 4, 100)).toEqual([2_500, 2_500, 2_500, 3_500]);
	});

	it('holds nothing earlier than it already is', () => {
		reserve('late', 9);
		delaySlots('late', RATE, 2_500);
		expect(reserve('late', 1, 2_100)).toEqual([3_000]);
	});

	it('keeps the rates of an account apart', () => {
		const slow = { limit: 1, windowMs: 1_100 };
		reserve('both', 3);
		expect(tryAcquireSlot('both', slow, 0)).toBe(0);
		expect(tryAcquireSlot('both', slow, 0)).toBe(1_100);
		expect(tryAcquireSlot('both', RATE, 0)).toBe(1_000);
	});

	it('counts only what is taken, so that a batch that stops waiting holds nobody up', () => {
		reserve('left', 3);
		for (let asked = 0; asked < 100; asked++) expect(tryAcquireSlot('left', RATE, 10)).toBe(990);
		expect(tryAcquireSlot('left', RATE, 1_000)).toBe(0);
	});

	it('holds an account back that never started anything in this process', () => {
		delaySlots('fresh', RATE, 700);
		expect(reserve('fresh', 1, 600)).toEqual([700]);
		expect(reserve('fresh', 1, 5_000)).toEqual([5_000]);
	});
});
