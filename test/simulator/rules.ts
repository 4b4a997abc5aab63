import type { Json, Schema } from './types';

/** A rule of the simulator's own bodies: if an input matches one JSON Schema, it has to match another. */
export interface SchemaRule {
	message: string;
	if?: Schema;
	then: Schema;
}

/** Matches if `field` has one of `values`. */
export const is = (field: string, ...values: Json[]): Schema => ({
	required: [field],
	properties: { [field]: { anyOf: values.map((value) => ({ const: value })) } },
});

/** Matches if `field` is not set or has none of `values`. */
export const isNot = (field: string, ...values: Json[]): Schema => ({ not: is(field, ...values) });

/** Matches if every field is set. */
export const has = (...fields: string[]): Schema => ({ required: fields });

/** Matches if at least one of the fields is set. */
export const hasAny = (...fields: string[]): Schema => ({ anyOf: fields.map((field) => has(field)) });

/** Matches if none of the fields is set. */
export const lacks = (...fields: string[]): Schema => ({ not: hasAny(...fields) });

/** Matches if at least one entry of the list `field` matches `entry`. */
export const some = (field: string, entry: Schema): Schema => ({
	not: { properties: { [field]: { items: { not: entry } } } },
});
