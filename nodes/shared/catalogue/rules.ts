import type { Json } from '../json';
import type { Schema } from './types';

/** Holds where `field` is set to one of `values`. */
export const is = (field: string, ...values: Json[]): Schema => ({
	required: [field],
	properties: { [field]: { anyOf: values.map((value) => ({ const: value })) } },
});

/** Holds where `field` is absent or has none of `values`. */
export const isNot = (field: string, ...values: Json[]): Schema => ({ not: is(field, ...values) });

/** Holds where every field is set. */
export const has = (...fields: string[]): Schema => ({ required: fields });

/** Holds where none of the fields is set. */
export const lacks = (...fields: string[]): Schema => ({ not: { anyOf: fields.map((field) => has(field)) } });

/** Holds where at least one of the fields is set. */
export const hasAny = (...fields: string[]): Schema => ({ anyOf: fields.map((field) => has(field)) });

/** Holds where at least one entry of the array `field` has the form `entry`. */
export const some = (field: string, entry: Schema): Schema => ({
	not: { properties: { [field]: { items: { not: entry } } } },
});
