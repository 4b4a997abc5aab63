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
 * Few conditions that together hold for exactly these forms among all existing ones. Each form is a condition, and
 * no two overlap: the form of a model in an operation, or of an operation in one of its modes.
 */
export function minimalConditions(conditions: Condition[], existing: Condition[]): Condition[] {
	const isExact = (forms: Condition[]) => holdsForNoOther(boundingCondition(forms), forms, existing);
	const groups: Condition[][] = [];
	for (const part of exactParts(conditions, isExact)) {
		const index = groups.findIndex((group) => isExact([...group, ...part]));
		groups.splice(index < 0 ? groups.length : index, 1, [...(groups[index] ?? []), ...part]);
	}
	return groups.map(boundingCondition);
}

function holdsForNoOther(condition: Condition, forms: Condition[], existing: Condition[]): boolean {
	const allowed = Object.entries(condition).map(([name, values]) => ({ name, values: new Set(values) }));
	const isIncluded = new Set(forms);
	const overlaps = (form: Condition) =>
		allowed.every(({ name, values }) => form[name]?.some((value) => values.has(value)) ?? true);
	return existing.every((form) => isIncluded.has(form) || !overlaps(form));
}

/** Splits forms by their values until one condition holds for exactly the forms of each part. */
function exactParts(forms: Condition[], isExact: (forms: Condition[]) => boolean): Condition[][] {
	if (forms.length < 2 || isExact(forms)) return [forms];
	const names = uniq(forms.flatMap((condition) => Object.keys(condition)));
	const parts = names.map((name) => groupByValues(forms, name)).find((groups) => groups.length > 1);
	return (parts ?? forms.map((condition) => [condition])).flatMap((part) => exactParts(part, isExact));
}

/** Few conditions for some of the forms. The operation is omitted where the models have no other. */
export function modelConditions(conditions: Condition[], existing: Condition[]): Condition[] {
	return minimalConditions(conditions, existing).map((condition) => {
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
