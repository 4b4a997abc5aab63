import { intersection, union } from 'lodash';

/** When something is shown: for each parameter the values that it may have. */
export type Condition = Record<string, Array<string | boolean>>;

/** The smallest condition that holds wherever one of these does. A parameter that one of them leaves open stays open. */
function hull(conditions: Condition[]): Condition {
	const [first = {}, ...rest] = conditions;
	const names = rest.reduce((common, condition) => intersection(common, Object.keys(condition)), Object.keys(first));
	const values = names.map((name): [string, Condition[string]] => [
		name,
		union(...conditions.map((condition) => condition[name] ?? [])),
	]);
	// A switch that may be on or off says nothing.
	return Object.fromEntries(values.filter(([, all]) => !(all.includes(true) && all.includes(false))));
}

/** Whether two conditions can hold at the same time. */
function overlap(a: Condition, b: Condition): boolean {
	return Object.entries(a).every(([name, values]) => {
		const others = b[name];
		return others === undefined || intersection(values, others).length > 0;
	});
}

/**
 * Few conditions that hold for exactly the wanted forms among all that exist. Each form is a condition, and no two of
 * them overlap: one is the form of a model in an operation, or of an operation in one of its modes.
 */
export function cover(wanted: Condition[], existing: Condition[]): Condition[] {
	const whole = hull(wanted);
	const isExact = existing.every((form) => wanted.includes(form) || !overlap(whole, form));
	if (isExact || wanted.length < 2) return [whole];
	const names = union(...wanted.map((condition) => Object.keys(condition)));
	const parts = names.map((name) => Object.values(groupByValues(wanted, name))).find((groups) => groups.length > 1);
	return (parts ?? wanted.map((condition) => [condition])).flatMap((part) => cover(part, existing));
}

function groupByValues(conditions: Condition[], name: string): Record<string, Condition[]> {
	const groups: Record<string, Condition[]> = {};
	for (const condition of conditions) (groups[JSON.stringify(condition[name])] ??= []).push(condition);
	return groups;
}
