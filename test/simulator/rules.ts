import type { Rule, Schema } from '../../nodes/shared/catalogue/types';
import { isObject } from './json';
import type { InputSchema, Json, JsonObject } from './types';

/** The words of a catalogue rule that JSON Schema has not; each says whether an input keeps it. */

/** Whether a value has the form of a schema. */
type Fits = (schema: Schema, value: Json) => boolean;

export function keepsWords(rule: Rule, schema: InputSchema, input: JsonObject, fits: Fits): boolean {
	const { sameLength, maxItemsOf, maxSumOf, span, known } = rule;
	if (sameLength) {
		const [a, b] = sameLength.map((field) => input[field]);
		if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return false;
	}
	if (maxItemsOf) {
		const counts = maxItemsOf.fields.map(
			({ field, weight = 1, where }) =>
				weight * list(input[field]).filter((entry) => !where || fits(where, entry)).length,
		);
		if (sum(counts) > maxItemsOf.max) return false;
	}
	if (maxSumOf) {
		const { array, of, max } = maxSumOf;
		const most = typeof max === 'number' ? max : Number(input[max] ?? schema.properties[max]?.default);
		if (sum(entries(input[array]).map((entry) => size(entry[of]))) > most) return false;
	}
	if (span) {
		const { array, from, to, min, max, where } = span;
		const fields = schema.properties[array]?.items?.properties ?? {};
		const at = (entry: JsonObject, field: string): number => Number(entry[field] ?? fields[field]?.default);
		const lengths = entries(input[array])
			.filter((entry) => !where || fits(where, entry))
			.map((entry) => at(entry, to) - at(entry, from));
		if (lengths.some((length) => length < min || length > max)) return false;
	}
	if (known) {
		const values = entries(input[known.in]).map((entry) => entry[known.of]);
		const used = entries(input[known.array]).map((entry) => entry[known.of]);
		if (used.some((value) => value !== undefined && !values.includes(value))) return false;
	}
	return true;
}

const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
const entries = (value: Json | undefined): JsonObject[] => list(value).filter(isObject);
const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0);
const size = (value: Json | undefined): number => (typeof value === 'string' ? value.length : Number(value ?? 0));
