import { mutations, outdated } from '../tools/mutation-list';

it('every mutation of npm run mutations fits the sources and tests', () => {
	expect(outdated(mutations)).toEqual([]);
});

it('has mutations with names of their own', () => {
	const names = mutations.map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
});
