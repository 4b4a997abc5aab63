import { isObject } from '../json';
import type { Json, JsonObject } from '../json';
import type { Schema, SchemaType } from '../catalogue/types';
import { fieldLabel } from './label';

/** The label of a field inside a list or an object. */
type Labels = (name: string, schema: Schema) => string;

const TYPE_WORDS: Record<SchemaType, string> = {
	string: 'text',
	number: 'a number',
	integer: 'a whole number',
	boolean: 'true or false',
	array: 'a list',
	object: 'an object',
	null: 'empty',
};

function typeOf(value: Json): SchemaType {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'object') return 'object';
	if (typeof value === 'string' || typeof value === 'boolean') return typeof value === 'string' ? 'string' : 'boolean';
	return Number.isInteger(value) ? 'integer' : 'number';
}

function hasType(value: Json, type: SchemaType): boolean {
	const own = typeOf(value);
	return own === type || (own === 'integer' && type === 'number');
}

/** Whether a value fits a schema: the words of JSON Schema 2020-12 that the catalogue uses. */
export function matches(schema: Schema, value: Json): boolean {
	return schemaIssues(schema, value, '').length === 0;
}

const shortened = (value: Json) => {
	const shown = JSON.stringify(value);
	return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
};

/** Every complaint about a value under its label, in plain words. */
export function schemaIssues(schema: Schema, value: Json, label: string, inner: Labels = fieldLabel): string[] {
	const types = schema.type === undefined ? [] : [schema.type].flat();
	if (types.length > 0 && !types.some((type) => hasType(value, type))) {
		return [`'${label}' has to be ${types.map((type) => TYPE_WORDS[type]).join(' or ')}, not ${shortened(value)}`];
	}
	const found: string[] = [];
	if (schema.enum && !schema.open && !schema.enum.some((choice) => choice === value)) {
		found.push(`'${label}' can be ${schema.enum.join(', ')}, not ${shortened(value)}`);
	}
	if (typeof value === 'string') found.push(...textComplaints(schema, value, label));
	if (typeof value === 'number') found.push(...numberComplaints(schema, value, label));
	if (Array.isArray(value)) found.push(...arrayComplaints(schema, value, label, inner));
	if (isObject(value)) found.push(...objectComplaints(schema, value, label, inner));
	if (schema.anyOf && !schema.anyOf.some((part) => matches(part, value)))
		found.push(`'${label}' has a value that is not allowed`);
	if (schema.oneOf && schema.oneOf.filter((part) => matches(part, value)).length !== 1)
		found.push(`'${label}' has a value that is not allowed`);
	if (schema.not && matches(schema.not, value)) found.push(`'${label}' has a value that is not allowed`);
	return found;
}

function textComplaints(
	{ minLength = 0, maxLength = Infinity, pattern, format, description }: Schema,
	value: string,
	label: string,
): string[] {
	const { length } = [...value];
	const found: string[] = [];
	if (length < minLength)
		found.push(`'${label}' needs at least ${counted(minLength, 'character', 'characters')}, it has ${length}`);
	if (length > maxLength) found.push(`'${label}' may have up to ${maxLength} characters, it has ${length}`);
	if (pattern && !new RegExp(pattern, 'u').test(value))
		found.push(`'${label}' does not have the form that is asked for (${description ?? pattern}): ${shortened(value)}`);
	if (format === 'uri' && !isAddress(value)) found.push(`'${label}' has to be a URL, not ${shortened(value)}`);
	return found;
}

function isAddress(value: string): boolean {
	return /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(value);
}

function numberComplaints(
	{ minimum = -Infinity, exclusiveMinimum = -Infinity, maximum = Infinity, multipleOf }: Schema,
	value: number,
	label: string,
): string[] {
	const found: string[] = [];
	if (value < minimum) found.push(`'${label}' has to be at least ${minimum}, not ${value}`);
	if (value <= exclusiveMinimum) found.push(`'${label}' has to be more than ${exclusiveMinimum}, not ${value}`);
	if (value > maximum) found.push(`'${label}' may be up to ${maximum}, not ${value}`);
	if (multipleOf !== undefined && !Number.isInteger(value / multipleOf))
		found.push(`'${label}' has to be a multiple of ${multipleOf}, not ${value}`);
	return found;
}

function arrayComplaints(
	{ minItems = 0, maxItems = Infinity, items }: Schema,
	value: Json[],
	label: string,
	inner: Labels,
): string[] {
	const found: string[] = [];
	if (value.length < minItems)
		found.push(`'${label}' needs at least ${counted(minItems, 'entry', 'entries')}, it has ${value.length}`);
	if (value.length > maxItems)
		found.push(`'${label}' may have up to ${counted(maxItems, 'entry', 'entries')}, it has ${value.length}`);
	if (items)
		value.forEach((entry, index) => found.push(...schemaIssues(items, entry, `${label} › ${index + 1}`, inner)));
	return found;
}

function objectComplaints(
	{ required = [], properties = {} }: Schema,
	value: JsonObject,
	label: string,
	inner: Labels,
): string[] {
	const path = (name: string, schema: Schema = {}) =>
		label ? `${label} › ${inner(name, schema)}` : inner(name, schema);
	const missing = required.filter((name) => value[name] === undefined);
	const found = missing.map((name) => `'${path(name, properties[name])}' is required`);
	for (const [name, schema] of Object.entries(properties)) {
		const own = value[name];
		if (own !== undefined) found.push(...schemaIssues(schema, own, path(name, schema)));
	}
	return found;
}

const counted = (count: number, one: string, several: string) => `${count} ${count === 1 ? one : several}`;
