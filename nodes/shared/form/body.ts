import { isEqual } from 'lodash';

import { isEmpty, isObject } from '../json';
import type { Json, JsonObject } from '../json';
import type { Schema } from '../catalogue/types';
import type { Field } from './modelFields';
import { GROUP } from './fieldParameter';

/** Whether a value from the form means that the user set nothing. */
export function isUnset(value: unknown): boolean {
	return isEmpty(isLocator(value) ? value.value : value);
}

/** The value of a resource locator, which n8n keeps in an object. */
function isLocator(value: unknown): value is { __rl: true; value: Json } {
	return isObject(value) && value.__rl === true && 'value' in value;
}

/** A value of the form in the type that the schema asks for; a value that does not fit is handed on for the check to name. */
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
	if (types.includes('integer') || types.includes('number')) return toNumber(value);
	if (types.includes('boolean')) return toBoolean(value);
	return parsedJson(value);
}

function toNumber(value: Json): Json {
	return typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
}

function toBoolean(value: Json): Json {
	if (value === 'true') return true;
	return value === 'false' ? false : value;
}

/** Where the docs leave several types open, a choice of a list comes before text or a number. */
function toOneOf(schemas: Schema[], value: Json): Json {
	const choices = schemas.flatMap((schema) => schema.enum ?? []);
	const choice = choices.find((candidate) => String(candidate) === String(value));
	if (choice !== undefined) return choice;
	const rest = schemas.find((schema) => !schema.enum);
	return rest ? toSchemaType(rest, value) : value;
}

function parsedJson(value: Json): Json {
	if (typeof value !== 'string') return value;
	try {
		const parsed: Json = JSON.parse(value);
		return parsed;
	} catch {
		return value;
	}
}

function toArray({ items = {} }: Schema, value: Json): Json {
	const unwrapped = isObject(value) && Array.isArray(value[GROUP]) ? value[GROUP] : value;
	const parsed = typeof unwrapped === 'string' ? listOf(unwrapped, items) : unwrapped;
	const entries = Array.isArray(parsed) ? parsed : [parsed];
	return entries.filter((entry) => !isUnset(entry)).map((entry) => toSchemaType(items, entry));
}

/** A list written as text: JSON, or numbers separated by commas. */
function listOf(text: string, items: Schema): Json {
	if (text.trim().startsWith('[')) return parsedJson(text);
	return items.type === 'integer' || items.type === 'number' ? text.split(',') : text;
}

/** n8n fills in every field of an entry; one that has its default and need not be there was not set by the user. */
function toObject({ properties = {}, required = [] }: Schema, value: Json): Json {
	const parsed = parsedJson(value);
	if (!isObject(parsed)) return value;
	const isPreset = (name: string, inner: Json) => isEqual(inner, properties[name]?.default) && !required.includes(name);
	const set = Object.entries(parsed).filter(([name, inner]) => !isUnset(inner) && !isPreset(name, inner));
	return Object.fromEntries(set.map(([name, inner]) => [name, toSchemaType(properties[name] ?? {}, inner)]));
}

/** The request body of a filled form: only what is set, in the types of the schema. File fields hold what the user gave. */
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
