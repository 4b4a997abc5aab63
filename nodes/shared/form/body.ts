import { isEqual, mapValues, pickBy } from 'lodash';

import { asNumber, isEmpty, isObject, parseJson } from '../json';
import type { Json, JsonObject } from '../json';
import type { Schema } from '../catalogue/types';
import type { Field } from './modelFields';
import { GROUP } from './fieldParameter';

/** Whether a value from the form means that the user set nothing. */
export function isUnset(value: unknown): boolean {
	return isEmpty(isLocator(value) ? value.value : value);
}

/** Whether a value is that of a resource locator, which n8n keeps in an object. */
function isLocator(value: unknown): value is { __rl: true; value: Json } {
	return isObject(value) && value.__rl === true && 'value' in value;
}

/** A value of the form in the type of its schema. A value that does not fit is returned as it is, for the validation. */
export function toSchemaType(schema: Schema, value: Json): Json {
	if (isLocator(value)) return toSchemaType(schema, value.value);
	const types = schema.type === undefined ? [] : [schema.type].flat();
	if (schema.anyOf) return toOneOf(schema.anyOf, value);
	if (schema.enum)
		return (
			schema.enum.find((choice) => choice === value) ??
			schema.enum.find((choice) => String(choice) === String(value)) ??
			value
		);
	if (types.includes('array')) return toArray(schema, value);
	if (types.includes('object')) return toObject(schema, value);
	if (types.includes('string')) return typeof value === 'number' ? String(value) : value;
	if (types.includes('integer') || types.includes('number')) return asNumber(value) ?? value;
	if (types.includes('boolean')) return toBoolean(value);
	return parsedJson(value);
}

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

function toArray({ items = {} }: Schema, value: Json): Json {
	const unwrapped = isObject(value) && Array.isArray(value[GROUP]) ? value[GROUP] : value;
	const parsed = typeof unwrapped === 'string' ? parseList(unwrapped, items) : unwrapped;
	const entries = Array.isArray(parsed) ? parsed : [parsed];
	return entries.filter((entry) => !isUnset(entry)).map((entry) => toSchemaType(items, entry));
}

/** A list as text: JSON, or comma-separated numbers. */
function parseList(text: string, items: Schema): Json {
	if (text.trim().startsWith('[')) return parsedJson(text);
	return items.type === 'integer' || items.type === 'number' ? text.split(',') : text;
}

/** n8n adds every field to an entry, so an optional one with its default value counts as not set by the user. */
function toObject({ properties = {}, required = [] }: Schema, value: Json): Json {
	const parsed = parsedJson(value);
	if (!isObject(parsed)) return value;
	const isPreset = (name: string, inner: Json) => isEqual(inner, properties[name]?.default) && !required.includes(name);
	const fields = pickBy(parsed, (inner, name) => !isUnset(inner) && !isPreset(name, inner));
	return mapValues(fields, (inner, name) => toSchemaType(properties[name] ?? {}, inner));
}

/** The request body of a form: only what the user set, in the types of the schema. File fields are left as they are. */
export function toBody(fields: Field[], values: JsonObject): JsonObject {
	const body: JsonObject = {};
	for (const { name, schema, media } of fields) {
		const value = values[name];
		if (value === undefined) continue;
		const typed = media ? value : toSchemaType(schema, value);
		if (!isUnset(typed)) body[name] = typed;
	}
	return body;
}
