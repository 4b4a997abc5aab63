import { groupBy, omit, uniq } from 'lodash';

/** When a parameter is displayed: the values that other parameters must have. */
export type Condition = Record<string, Array<string | boolean>>;

/** The narrowest condition that holds wherever one of these holds. A parameter missing in one of them is dropped. */
function boundingCondition(conditions: Condition[]): Condition {
	const bounding: Condition = {};
	for (const name of Object.keys(conditions[0] ?? {})) {
		if (!conditions.every((condition) => name in condition)) continue;
		const values = new Set(conditions.flatMap((condition) => condition[name] ?? []));
		// A switch that can be on or off restricts nothing.
		if (!(values.has(true) && values.has(false))) bounding[name] = [...values];
	}
	return bounding;
}

/**
 * Few conditions that together hold for exactly the wanted forms among all existing ones. Each form is a condition, and
 * no two overlap: the form of a model in an operation, or of an operation in one of its modes.
 */
export function minimalConditions(wanted: Condition[], existing: Condition[]): Condition[] {
	const bounding = boundingCondition(wanted);
	if (wanted.length < 2) return [bounding];
	const allowed = Object.entries(bounding).map(([name, values]) => ({ name, values: new Set(values) }));
	const overlaps = (form: Condition) =>
		allowed.every(({ name, values }) => form[name]?.some((value) => values.has(value)) ?? true);
	const isWanted = new Set(wanted);
	if (existing.every((form) => isWanted.has(form) || !overlaps(form))) return [bounding];
	const names = uniq(wanted.flatMap((condition) => Object.keys(condition)));
	const parts = names.map((name) => groupByValues(wanted, name)).find((groups) => groups.length > 1);
	return (parts ?? wanted.map((condition) => [condition])).flatMap((part) => minimalConditions(part, existing));
}

/** Few conditions for some of the forms. The operation is omitted where the models have no other. */
export function modelConditions(wanted: Condition[], existing: Condition[]): Condition[] {
	return minimalConditions(wanted, existing).map((condition) => {
		const models = omit(condition, 'operation');
		const isSame = existing.every((form) => isWithin(form, models) === isWithin(form, condition));
		return models.model && isSame ? models : condition;
	});
}

/** Whether a form is one of those for which a condition holds. */
export const isWithin = (shown: Condition, condition: Condition): boolean =>
	Object.entries(condition).every(([name, values]) => shown[name]?.some((value) => values.includes(value)) ?? true);

function groupByValues(conditions: Condition[], name: string): Condition[][] {
	return Object.values(groupBy(conditions, (condition) => JSON.stringify(condition[name])));
}
