import { describedNodes } from '../tools/described-nodes';

/** Versions of n8n before 2.40 cannot read a saved node with a condition on a parameter that it does not have. */
it.each(describedNodes)('$description.displayName has conditions on its own parameters only', ({ description }) => {
	const names = new Set(description.properties.map(({ name }) => name));
	const conditionNames = description.properties.flatMap(({ displayOptions: { show, hide } = {} }) =>
		Object.keys({ ...show, ...hide }),
	);
	expect(conditionNames.filter((key) => !key.startsWith('@') && !names.has(key.replace(/^\//, '')))).toEqual([]);
});
