import { TaskKind } from '../../nodes/shared/tasks/taskKind';

/** Waits for a task of this length, the first of its kind: how many reads it takes, and how late its result is noticed, in seconds. */
function watch(taskSeconds: number, usualSeconds: number): { reads: number; lateSeconds: number } {
	const kind = new TaskKind(usualSeconds * 1000);
	const task = kind.join(0);
	for (let now = 0, reads = 0; ;) {
		const dueAt = kind.nextReadAt(task, now);
		if (dueAt > now) {
			now = Math.min(dueAt, now + 500);
			continue;
		}
		reads += 1;
		if (now >= taskSeconds * 1000) return { reads, lateSeconds: now / 1000 - taskSeconds };
		task.lastReadMs = now;
	}
}

const usuals = (from: number, to: number) =>
	Array.from({ length: (to - from) / 5 + 1 }, (_, index) => from + index * 5);

describe('waiting for the first task of a kind', () => {
	it.each(usuals(20, 120))('of 120 s takes at most 20 reads and is noticed within 6 s if %i s are usual', (usual) => {
		const { reads, lateSeconds } = watch(120, usual);
		expect(reads).toBeLessThanOrEqual(20);
		expect(lateSeconds).toBeLessThanOrEqual(6);
	});

	it.each(usuals(150, 180))('of 180 s takes about 20 reads and is noticed within 8 s if %i s are usual', (usual) => {
		const { reads, lateSeconds } = watch(180, usual);
		expect(reads).toBeLessThanOrEqual(22);
		expect(lateSeconds).toBeLessThanOrEqual(8);
	});

	it('of 600 s is noticed within 15 s and takes at most 100 reads, whatever is usual', () => {
		for (const usual of usuals(10, 600)) {
			const { reads, lateSeconds } = watch(600, usual);
			expect(lateSeconds).toBeLessThanOrEqual(15);
			expect(reads).toBeLessThanOrEqual(100);
		}
	});

	it('of 10 s that usually takes 10 s is noticed within 2.5 s', () => {
		for (let seconds = 6; seconds <= 14; seconds++) expect(watch(seconds, 10).lateSeconds).toBeLessThanOrEqual(2.5);
	});

	it('is first read after two thirds of the usual time', () => {
		expect(new TaskKind(15_000).nextReadAt({ createdAt: 0, lastReadMs: 0 }, 0)).toBe(9_750);
		expect(new TaskKind(120_000).nextReadAt({ createdAt: 0, lastReadMs: 78_000 }, 78_000)).toBe(83_800);
	});

	it('that completes much sooner than usual is noticed within half of its time', () => {
		for (const done of [20, 30, 45, 60, 90, 120]) expect(watch(done, 180).lateSeconds).toBeLessThanOrEqual(done / 2);
	});

	it('of 120 s if 30 s are usual is 3 s late on average over 20 phases, 6 s at worst, with 20 reads', () => {
		const runs = Array.from({ length: 20 }, (_, phase) => watch(117 + phase * 0.3, 30));
		expect(runs.reduce((sum, { lateSeconds }) => sum + lateSeconds, 0) / runs.length).toBeLessThanOrEqual(3);
		expect(Math.max(...runs.map(({ lateSeconds }) => lateSeconds))).toBeLessThanOrEqual(6);
		expect(Math.max(...runs.map(({ reads }) => reads))).toBeLessThanOrEqual(20);
	});

	it('never stops and never reads in a burst', () => {
		for (const usual of [1_000, 10_000, 180_000]) {
			const kind = new TaskKind(usual);
			for (let lastReadMs = usual; lastReadMs < 3_600_000; lastReadMs += 1_000) {
				const delay = kind.nextReadAt({ createdAt: 0, lastReadMs }, lastReadMs) - lastReadMs;
				expect(delay).toBeGreaterThanOrEqual(2_000);
				expect(delay).toBeLessThanOrEqual(15_000);
			}
		}
	});
});
