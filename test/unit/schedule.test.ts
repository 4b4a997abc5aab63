import { nextPollDelay } from '../../nodes/shared/tasks/pollSchedule';

/** Looks at a task of this length as the poll does: how many reads it costs, and how late its end is noticed, in seconds. */
function watch(taskSeconds: number, usualSeconds: number): { reads: number; lateSeconds: number } {
	let elapsed = 0;
	for (let reads = 0; ; reads++) {
		if (elapsed >= taskSeconds * 1000) return { reads, lateSeconds: elapsed / 1000 - taskSeconds };
		elapsed += nextPollDelay(elapsed, usualSeconds * 1000);
	}
}

const usuals = (from: number, to: number) =>
	Array.from({ length: (to - from) / 5 + 1 }, (_, index) => from + index * 5);

describe('looking at a task', () => {
	it.each(usuals(20, 120))(
		'of 120 s costs at most 20 reads and is noticed within 6 s where %i s are usual',
		(usual) => {
			const { reads, lateSeconds } = watch(120, usual);
			expect(reads).toBeLessThanOrEqual(20);
			expect(lateSeconds).toBeLessThanOrEqual(6);
		},
	);

	it.each(usuals(150, 180))(
		'of 180 s costs about a dozen reads and is noticed within 8 s where %i s are usual',
		(usual) => {
			const { reads, lateSeconds } = watch(180, usual);
			expect(reads).toBeLessThanOrEqual(20);
			expect(lateSeconds).toBeLessThanOrEqual(8);
		},
	);

	it('of 600 s is noticed within 15 s and costs no more than 100 reads, whatever is usual', () => {
		for (const usual of usuals(10, 600)) {
			const { reads, lateSeconds } = watch(600, usual);
			expect(lateSeconds).toBeLessThanOrEqual(15);
			expect(reads).toBeLessThanOrEqual(100);
		}
	});

	it('of 10 s that usually takes 10 s is noticed within 2.5 s', () => {
		for (let seconds = 6; seconds <= 14; seconds++) expect(watch(seconds, 10).lateSeconds).toBeLessThanOrEqual(2.5);
	});

	it('is polled when a usual task is more than half done', () => {
		expect(nextPollDelay(0, 15_000)).toBe(9_000);
		expect(nextPollDelay(70_000, 120_000)).toBe(2_000);
	});

	it('that is done much sooner than usual is noticed within half of its time', () => {
		for (const done of [20, 30, 45, 60, 90, 120]) expect(watch(done, 180).lateSeconds).toBeLessThanOrEqual(done / 2);
	});

	it('never stops and never comes in a rush', () => {
		for (const usual of [1_000, 10_000, 180_000]) {
			for (let elapsed = usual; elapsed < 3_600_000; elapsed += 1_000) {
				expect(nextPollDelay(elapsed, usual)).toBeGreaterThanOrEqual(2_000);
				expect(nextPollDelay(elapsed, usual)).toBeLessThanOrEqual(15_000);
			}
		}
	});
});
