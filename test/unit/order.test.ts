import { compareNatural } from '../../nodes/shared/compareNatural';

describe('compareNatural', () => {
	it.each([
		[['Wan 2.10', 'Wan 2.2', 'wan 2.1']],
		[['10K', '2K', '1K']],
		[['Kling 2.1 Pro', 'Kling 2.1', 'Kling']],
		[['b', 'B2', 'a', 'A10', 'a2']],
	])('sorts %j by letters and by the value of numbers', (names) => {
		expect([...names].sort(compareNatural)).toEqual(
			[...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true, sensitivity: 'base' })),
		);
	});

	it('is zero for equal names only', () => {
		expect(compareNatural('Veo 3.1', 'Veo 3.1')).toBe(0);
		expect(compareNatural('Veo 3.1', 'Veo 3.10')).toBeLessThan(0);
		expect(compareNatural('Veo 3.10', 'Veo 3.1')).toBeGreaterThan(0);
		expect(compareNatural('Veo', 'Veo 3')).toBeLessThan(0);
	});
});
