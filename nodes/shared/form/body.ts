import { isEqual, mapValues, pickBy } from 'lodash';

import { asNumber, isEmpty, isObject, parseJson } from '../json';
import type { Json, JsonObject } from '../json';
import type { Schema } from '../catalogue/types';
import { isChoice } from './choiceParameter';
import { GROUP } from './fieldParameter';
import type { Field } from './modelFields';
import { isSetting, ownChoice } from './sharedFields';

/** Whether a value from the form means that the user set nothing. */
export function isUnset(value: unknown): boolean {
	return isEmpty(isLocator(value) ? value.value : value);
}

/** Whether a value is that of a resource locator, which n8n keeps in an object. */
function isLocator(value: unknown): value is { __rl: true; value: Json } {
	return isObject(value) && value.__rl === true && 'value' in value;
}

/**
 * A value of the form in the type of its schema. A value that does not fit is returned unchanged, for the validation.
 * File fields in the entries of a list, by name, are left as they are.
 */
export function toSchemaType(schema: Schema, value: Json, files: string[] = []): Json {
	if (isLocator(value)) return toSchemaType(schema, value.value);
	const types = schema.type === undefined ? [] : [schema.type].flat();
	if (schema.anyOf) return toOneOf(schema.anyOf, value);
	if (schema.enum)
		return (
			schema.enum.find((choice) => choice === value) ??
			schema.enum.find((choice) => String(choice) === String(value)) ??
			toSchemaType({ ...schema, enum: undefined }, value)
		);
	if (types.includes('array')) return toArray(schema, value, files);
	if (types.includes('object')) return toObject(schema, value, files);
	if (types.includes('string')) return typeof value === 'number' ? String(value) : value;
	if (types.includes('integer') || types.includes('number')) return asNumber(value) ?? value;
	if (types.includes('boolean')) return toBoolean(value);
	return parsedJson(value);
}

/**
 * An input in JSON with numbers as text and text as numbers where the schema says what is meant. Everything else is
 * left unchanged.
 */
export function withSchemaScalars(schema: Schema, value: Json): Json {
	if (Array.isArray(value)) return value.map((entry) => withSchemaScalars(schema.items ?? {}, entry));
	if (isObject(value)) return mapValues(value, (inner, name) => withSchemaScalars(propertyOf(schema, name), inner));
	const types = schema.type === undefined ? [] : [schema.type].flat();
	if (schema.enum) return schema.enum.find((choice) => String(choice) === String(value)) ?? value;
	if (typeof value === 'number' && types.length === 1 && types[0] === 'string') return String(value);
	const isNumber = types.includes('integer') || types.includes('number');
	return typeof value === 'string' && isNumber && !types.includes('string') ? (asNumber(value) ?? value) : value;
}

const propertyOf = ({ properties = {} }: Schema, name: string): Schema =>
	Object.hasOwn(properties, name) ? (properties[name] ?? {}) : {};

function toBoolean(value: Json): Json {
	if (value === 'true') return true;
	return value === 'false' ? false : value;
}

/** Where Kie's documentation allows several types, a choice of a list comes before text or a number. */
function toOneOf(schemas: Schema[], value: Json): Json {
	const choices = schemas.flatMap((schema) => schema.enum ?? []);
	const choice = choices.find((candidate) => String(candidate) === String(value));
	if (choice !== undefined) return choice;
	const rest = schemas.find((schema) => !schema.enum);
	return rest ? toSchemaType(rest, value) : value;
}

function parsedJson(value: Json): Json {
	const parsed = typeof value === 'string' ? parseJson(value) : undefined;
	return parsed === undefined ? value : parsed;
}

function toArray({ items = {} }: Schema, value: Json, files: string[]): Json {
	const unwrapped = isObject(value) && Array.isArray(value[GROUP]) ? value[GROUP] : value;
	const parsed = typeof unwrapped === 'string' ? parseList(unwrapped, items) : unwrapped;
	const entries = Array.isArray(parsed) ? parsed : [parsed];
	// An empty list in a list of lists is the entry of something that has none.
	const set = entries.filter((entry) => !isUnset(entry) || (items.type === 'array' && Array.isArray(entry)));
	return set.map((entry) => toSchemaType(items, entry, files));
}

/** A list as text: JSON, or comma-separated numbers. */
function parseList(text: string, items: Schema): Json {
	if (text.trim().startsWith('[')) return parsedJson(text);
	return items.type === 'integer' || items.type === 'number' ? text.split(',') : text;
}

/** n8n adds every field to an entry, so an optional one with its default value counts as not set by the user. */
function toObject({ properties = {}, required = [] }: Schema, value: Json, files: string[]): Json {
	const parsed = parsedJson(value);
	if (!isObject(parsed)) return value;
	const isPreset = (name: string, inner: Json) => isEqual(inner, properties[name]?.default) && !required.includes(name);
	const fields = pickBy(parsed, (inner, name) => !isUnset(inner) && !isPreset(name, inner));
	return mapValues(fields, (inner, name) =>
		files.includes(name) ? inner : toSchemaType(properties[name] ?? {}, inner),
	);
}

/**
 * The values of a form by Kie's names, from its parameters. Several parameters that fill a list are its entries.
 */
export function formValues(fields: Field[], read: (parameter: string) => Json): JsonObject {
	return Object.fromEntries(
		fields.map(({ name, parameters }): [string, Json] => {
			const [first = null, ...others] = parameters.map(read);
			const rest = others.filter((value) => !isUnset(value));
			return [name, rest.length > 0 ? [first, ...rest] : first];
		}),
	);
}

/**
 * The request body of a form, by Kie's names: what the user set, in the types of the schema, and the documented default of
 * a required setting that is not set. File fields are left as they are.
 */
export function toBody(fields: Field[], values: JsonObject): JsonObject {
	const body: JsonObject = {};
	for (const field of fields) {
		const { name, schema, media, innerMedia = {} } = field;
		const value = values[name] ?? null;
		const typed = media ? value : toSchemaType(schema, toOwnChoice(field, value), Object.keys(innerMedia));
		if (!isUnset(typed)) body[name] = typed;
		// An expression without a result is not a choice of the default, and is reported as missing.
		else if (typeof value !== 'string' || !field.required) continue;
		else if (hasDefault(field)) body[name] = schema.default ?? null;
		else if (schema.mayBeEmpty) body[name] = '';
	}
	return body;
}

/** Whether the form has a choice for the documented default, or a field that can be empty for it. */
function hasDefault(field: Field): boolean {
	return field.schema.default !== undefined && (isChoice(field) || field.shared.includes('duration'));
}

/** Kie's word for a choice of a shared setting. */
function toOwnChoice({ schema, shared: [shared] }: Field, value: Json): Json {
	if (shared === undefined || !isSetting(shared) || (typeof value !== 'string' && typeof value !== 'number'))
		return value;
	return ownChoice(shared, schema, value) ?? value;
}
