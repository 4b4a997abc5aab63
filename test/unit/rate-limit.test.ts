import type { RateState } from '../../nodes/shared/api/rateLimit';
import {
	afterAccepted,
	afterRejected,
	afterRequest,
	CATALOGUE_RATE,
	CREATE_RATE,
	newRateState,
	nextSlot,
	nextRequestAt,
} from '../../nodes/shared/api/rateLimit';

const RATE = { limit: 3, windowMs: 1_000 };

/** When `count` requests are sent that are all accepted, from the time 0 on. `random` sets the gaps. */
function starts(count: number, rate = RATE, random = 0.5): number[] {
	let state = newRateState(rate);
	let now = 0;
	return Array.from({ length: count }, () => {
		now = nextRequestAt(state, now, rate);
		state = afterAccepted(afterRequest(state, now, rate, random), now, rate);
		return Math.round(now);
	});
}

describe('the rate of one process', () => {
	it("stays within Kie's 20 creates in 10 s, with a margin of at most 5 %", () => {
		expect(CREATE_RATE.limit).toBe(20);
		expect(CREATE_RATE.windowMs).toBeGreaterThan(10_000);
		expect(CREATE_RATE.windowMs).toBeLessThanOrEqual(10_500);
	});

	it('waits until the oldest request of a full window has left it', () => {
		expect(nextSlot([], 5_000, RATE)).toBe(5_000);
		expect(nextSlot([4_900, 4_950], 5_000, RATE)).toBe(5_000);
		expect(nextSlot([4_500, 4_900, 4_950], 5_000, RATE)).toBe(5_500);
		expect(nextSlot([1, 4_500, 4_900, 4_950], 5_000, RATE)).toBe(5_500);
	});

	it('sends two windows as bursts, then spreads requests over half of each window', () => {
		expect(starts(9)).toEqual([0, 0, 0, 1_000, 1_000, 1_000, 2_000, 2_167, 2_333]);
	});

	it('exceeds the limit in no window, and loses little time', () => {
		const times = starts(250, CREATE_RATE);
		const tooClose = times.filter((time, index) => time - (times[index - 20] ?? -Infinity) < 10_000);
		expect(tooClose).toEqual([]);
		expect(times.at(-1)).toBeLessThan(1.05 * 125_000);
	});

	it('of one request a second is one request a second', () => {
		expect(starts(4, CATALOGUE_RATE)).toEqual([0, 1_100, 2_200, 3_300]);
	});
});

describe('a rejection for rate', () => {
	const fullWindow = (): RateState => afterRequest(newRateState(CREATE_RATE), 0, CREATE_RATE, 0.5);

	it('halves the share, and then takes a quarter of it', () => {
		const first = afterRejected(fullWindow(), 0, CREATE_RATE, 0.5);
		expect(first.share).toBe(10);
		expect(afterRejected(first, 5_000, CREATE_RATE, 0.5).share).toBe(7.5);
	});

	it('counts once with others that come at the same time', () => {
		const first = afterRejected(fullWindow(), 0, CREATE_RATE, 0.5);
		expect(afterRejected(first, 900, CREATE_RATE, 0.5).share).toBe(10);
	});

	it('delays the next request by a random part of the gap, or as long as the response asks for', () => {
		expect(afterRejected(fullWindow(), 0, CREATE_RATE, 0).notBefore).toBe(0);
		expect(afterRejected(fullWindow(), 0, CREATE_RATE, 1).notBefore).toBe(1_010);
		expect(afterRejected(fullWindow(), 0, CREATE_RATE, 1, 30_000).notBefore).toBe(30_000);
	});

	it('does not count while our own delayed requests may fill the window', () => {
		let state = newRateState(RATE);
		for (const answeredAt of [500, 510, 520]) {
			state = afterAccepted(afterRequest(state, 0, RATE, 0.5), answeredAt, RATE);
		}
		const limitedPace = afterRejected(afterRequest(state, 1_000, RATE, 0.5), 1_050, RATE, 0.5);
		expect(limitedPace.share).toBe(RATE.limit);
		expect(nextRequestAt(limitedPace, 1_050, RATE)).toBe(1_500);
		expect(afterRejected(afterRequest(limitedPace, 1_500, RATE, 0.5), 1_600, RATE, 0.5).share).toBeLessThan(RATE.limit);
	});

	it('never leaves less than three requests per window', () => {
		let state = fullWindow();
		for (let now = 0; now < 60_000; now += 2_000) state = afterRejected(state, now, CREATE_RATE, 0.5);
		expect(state.share).toBe(3);
	});
});

/** Random numbers that are the same in each run. */
function randoms(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
		return state / 2 ** 31;
	};
}

interface Process {
	state: RateState;
	remaining: number;
	inFlight: number;
}

/** Several processes with batches with one Kie that accepts 20 in 10 s, in steps of 10 ms; responses take 60 ms. */
function race(count: number, items: number, seed: number): { seconds: number; after: (ms: number) => number[] } {
	const random = randoms(seed);
	const processes = Array.from({ length: count }, (): Process => ({
		state: newRateState(CREATE_RATE),
		remaining: items,
		inFlight: 0,
	}));
	const responses: Array<{ at: number; process: Process; accepted: boolean }> = [];
	const created: Array<{ at: number; process: Process }> = [];
	for (let now = 0; ; now += 10) {
		while (responses[0] && responses[0].at <= now) {
			const { process, accepted } = responses.shift()!;
			process.inFlight--;
			if (accepted) process.remaining--;
			process.state = accepted
				? afterAccepted(process.state, now, CREATE_RATE)
				: afterRejected(process.state, now, CREATE_RATE, random());
		}
		// No process is always first.
		for (const process of processes.toSorted(() => random() - 0.5)) {
			const wants = () => process.remaining > process.inFlight && process.inFlight < 20;
			while (wants() && nextRequestAt(process.state, now, CREATE_RATE) <= now) {
				process.state = afterRequest(process.state, now, CREATE_RATE, random());
				process.inFlight++;
				const accepted = now - (created.at(-20)?.at ?? -Infinity) >= 10_000;
				if (accepted) created.push({ at: now, process });
				responses.push({ at: now + 60, process, accepted });
			}
		}
		if (processes.every(({ remaining }) => remaining === 0)) {
			const after = (ms: number) =>
				processes.map((process) => created.filter((create) => create.process === process && create.at < ms).length);
			return { seconds: now / 1000, after };
		}
	}
}

describe('processes that share an account', () => {
	it.each([
		[2, 250],
		[4, 250],
		[16, 60],
	])(
		'%i of them with %i items each take at most 1.15 of the shortest time, and none waits for the others',
		(count, items) => {
			for (const seed of [1, 2, 3]) {
				const { seconds, after } = race(count, items, seed * 7_919);
				const shortestSeconds = (count * items) / 2;
				expect(seconds).toBeLessThanOrEqual(shortestSeconds * 1.15);
				const atHalf = after((shortestSeconds * 1000) / 2);
				expect(Math.min(...atHalf)).toBeGreaterThan(Math.max(...atHalf) * 0.2);
			}
		},
	);
});
