/** When something is shown: for each parameter the values that it may have. */
export type Condition = Record<string, Array<string | boolean>>;

/** The smallest condition that holds wherever one of these does. A parameter that one of them leaves open stays open. */
function boundingCondition(conditions: Condition[]): Condition {
	const whole: Condition = {};
	for (const name of Object.keys(conditions[0] ?? {})) {
		if (!conditions.every((condition) => name in condition)) continue;
		const values = [...new Set(conditions.flatMap((condition) => condition[name] ?? []))];
		// A switch that may be on or off says nothing.
		if (!(values.includes(true) && values.includes(false))) whole[name] = values;
	}
	return whole;
}

/**
 * Few conditions that hold for exactly the wanted forms among all that exist. Each form is a condition, and no two of
 * them overlap: one is the form of a model in an operation, or of an operation in one of its modes.
 */
export function minimalConditions(wanted: Condition[], existing: Condition[]): Condition[] {
	const whole = boundingCondition(wanted);
	if (wanted.length < 2) return [whole];
	const allowed = Object.entries(whole).map(([name, values]) => ({ name, values: new Set(values) }));
	const overlaps = (form: Condition) =>
		allowed.every(({ name, values }) => form[name]?.some((value) => values.has(value)) ?? true);
	const own = new Set(wanted);
	if (existing.every((form) => own.has(form) || !overlaps(form))) return [whole];
	const names = new Set(wanted.flatMap((condition) => Object.keys(condition)));
	const parts = [...names].map((name) => groupByValues(wanted, name)).find((groups) => groups.length > 1);
	return (parts ?? wanted.map((condition) => [condition])).flatMap((part) => minimalConditions(part, existing));
}

function groupByValues(conditions: Condition[], name: string): Condition[][] {
	const groups = new Map<string, Condition[]>();
	for (const condition of conditions) {
		const key = JSON.stringify(condition[name]) ?? '';
		groups.set(key, [...(groups.get(key) ?? []), condition]);
	}
	return [...groups.values()];
}
