import { sum } from 'lodash';

import { isObject } from '../json';
import type { Json, JsonObject } from '../json';
import type { EntryCount, InputSchema, Rule } from '../catalogue/types';
import { matches } from './schemaIssues';

/** Whether a rule across fields holds for a whole input. A field that is left out counts with its default where the rule needs a number. */
export function ruleHolds(rule: Rule, input: InputSchema, body: JsonObject): boolean {
	if (rule.if && !matches(rule.if, body)) return true;
	if (rule.then && !matches(rule.then, body)) return false;
	return (
		holdsSameLength(rule, body) &&
		holdsMaxItems(rule, body) &&
		holdsMaxSum(rule, input, body) &&
		holdsSpan(rule, input, body) &&
		holdsKnown(rule, body) &&
		holdsGap(rule, input, body)
	);
}

const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
const objects = (value: Json | undefined): JsonObject[] => list(value).filter(isObject);

function holdsSameLength({ sameLength }: Rule, body: JsonObject): boolean {
	const [a, b] = (sameLength ?? []).map((name) => body[name]);
	return !Array.isArray(a) || !Array.isArray(b) || a.length === b.length;
}

function holdsMaxItems({ maxItemsOf }: Rule, body: JsonObject): boolean {
	if (!maxItemsOf) return true;
	const count = ({ field, weight = 1, where }: EntryCount) =>
		weight * list(body[field]).filter((entry) => !where || matches(where, entry)).length;
	return sum(maxItemsOf.fields.map(count)) <= maxItemsOf.max;
}

function holdsMaxSum({ maxSumOf }: Rule, { properties }: InputSchema, body: JsonObject): boolean {
	if (!maxSumOf) return true;
	const { array, of, max } = maxSumOf;
	const size = (value: Json | undefined) => (typeof value === 'string' ? value.length : Number(value ?? 0));
	const limit = typeof max === 'number' ? max : Number(body[max] ?? properties[max]?.default);
	// A limit that cannot be read is Kie's to judge.
	return !(sum(objects(body[array]).map((entry) => size(entry[of]))) > limit);
}

function holdsSpan({ span }: Rule, { properties }: InputSchema, body: JsonObject): boolean {
	if (!span) return true;
	const { array, from, to, min, max, where } = span;
	const fields = properties[array]?.items?.properties ?? {};
	const at = (entry: JsonObject, field: string) => Number(entry[field] ?? fields[field]?.default);
	const spans = objects(body[array])
		.filter((entry) => !where || matches(where, entry))
		.map((entry) => at(entry, to) - at(entry, from));
	return !spans.some((length) => length < min || length > max);
}

function holdsKnown({ known }: Rule, body: JsonObject): boolean {
	if (!known) return true;
	const values = objects(body[known.in]).map((entry) => entry[known.of]);
	return objects(body[known.array]).every((entry) => entry[known.of] === undefined || values.includes(entry[known.of]));
}

function holdsGap({ gap }: Rule, { properties }: InputSchema, body: JsonObject): boolean {
	if (!gap || (body[gap.from] === undefined && body[gap.to] === undefined)) return true;
	const at = (field: string) => Number(body[field] ?? properties[field]?.default);
	// Two decimals, because fractions such as 30.1 - 20.1 are not exact.
	const length = Math.round((at(gap.to) - at(gap.from)) * 100) / 100;
	return !(length < gap.min || length > (gap.max ?? Infinity));
}
