import { compact } from 'lodash';

import { isObject } from '../json';
import type { Json, JsonObject } from '../json';
import type { Schema, SchemaType } from '../catalogue/types';
import { isUrl } from '../media/references';
import { fieldLabel } from './label';

/** The label of a field inside a list or an object. */
type Labels = (name: string, schema: Schema) => string;

const TYPE_TEXTS: Record<SchemaType, string> = {
	string: 'text',
	number: 'a number',
	integer: 'a whole number',
	boolean: 'true or false',
	array: 'a list',
	object: 'an object',
	null: 'empty',
};

function hasType(value: Json, type: SchemaType): boolean {
	switch (type) {
		case 'null':
			return value === null;
		case 'array':
			return Array.isArray(value);
		case 'object':
			return isObject(value);
		case 'integer':
			return Number.isInteger(value);
		default:
			return typeof value === type;
	}
}

/** Whether a value fits a schema, by the JSON Schema 2020-12 keywords that the catalogue uses. */
export function matches(schema: Schema, value: Json): boolean {
	return schemaIssues(schema, value, '').length === 0;
}

const MAX_PREVIEW = 60;

function preview(value: Json): string {
	const json = JSON.stringify(value);
	return json.length > MAX_PREVIEW ? `${json.slice(0, MAX_PREVIEW)}…` : json;
}

const count = (number: number, singular: string, plural: string) => `${number} ${number === 1 ? singular : plural}`;
const characters = (number: number) => count(number, 'character', 'characters');
const entries = (number: number) => count(number, 'entry', 'entries');

/** Every violation of a schema by the value of a field, in one sentence each. */
export function schemaIssues(schema: Schema, value: Json, label: string, inner: Labels = fieldLabel): string[] {
	const { enum: choices, open, anyOf, oneOf, not } = schema;
	const types = schema.type === undefined ? [] : [schema.type].flat();
	if (types.length > 0 && !types.some((type) => hasType(value, type)))
		return [`'${label}' must be ${types.map((type) => TYPE_TEXTS[type]).join(' or ')} (got ${preview(value)})`];
	const isInvalid =
		(anyOf && !anyOf.some((part) => matches(part, value))) ||
		(oneOf && oneOf.filter((part) => matches(part, value)).length !== 1) ||
		(not && matches(not, value));
	return [
		...compact([
			choices &&
				!open &&
				!choices.some((choice) => choice === value) &&
				`'${label}' must be one of ${choices.join(', ')} (got ${preview(value)})`,
		]),
		...issuesOfType(schema, value, label, inner),
		...compact([isInvalid && `'${label}' has an invalid value (got ${preview(value)})`]),
	];
}

function issuesOfType(schema: Schema, value: Json, label: string, inner: Labels): string[] {
	if (typeof value === 'string') return textIssues(schema, value, label);
	if (typeof value === 'number') return numberIssues(schema, value, label);
	if (Array.isArray(value)) return arrayIssues(schema, value, label, inner);
	return isObject(value) ? objectIssues(schema, value, label, inner) : [];
}

function textIssues(
	{ minLength = 0, maxLength = Infinity, pattern, format, description }: Schema,
	value: string,
	label: string,
): string[] {
	// A character outside the basic plane, such as an emoji, counts once.
	const { length } = value.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, ' ');
	return compact([
		length < minLength && `'${label}' must be at least ${characters(minLength)} (got ${length})`,
		length > maxLength && `'${label}' must be at most ${characters(maxLength)} (got ${length})`,
		pattern &&
			!new RegExp(pattern, 'u').test(value) &&
			`'${label}' has an invalid format (got ${preview(value)}, expected: ${description ?? pattern})`,
		format === 'uri' && !isUrl(value) && `'${label}' must be a URL (got ${preview(value)})`,
	]);
}

function numberIssues(
	{ minimum = -Infinity, exclusiveMinimum = -Infinity, maximum = Infinity, multipleOf }: Schema,
	value: number,
	label: string,
): string[] {
	return compact([
		value < minimum && `'${label}' must be at least ${minimum} (got ${value})`,
		value <= exclusiveMinimum && `'${label}' must be greater than ${exclusiveMinimum} (got ${value})`,
		value > maximum && `'${label}' must be at most ${maximum} (got ${value})`,
		multipleOf !== undefined &&
			!Number.isInteger(value / multipleOf) &&
			`'${label}' must be a multiple of ${multipleOf} (got ${value})`,
	]);
}

function arrayIssues(
	{ minItems = 0, maxItems = Infinity, items }: Schema,
	value: Json[],
	label: string,
	inner: Labels,
): string[] {
	return [
		...compact([
			value.length < minItems && `'${label}' must have at least ${entries(minItems)} (got ${value.length})`,
			value.length > maxItems && `'${label}' must have at most ${entries(maxItems)} (got ${value.length})`,
		]),
		...(items ? value.flatMap((entry, index) => schemaIssues(items, entry, `${label} › ${index + 1}`, inner)) : []),
	];
}

function objectIssues(
	{ required = [], properties = {} }: Schema,
	value: JsonObject,
	label: string,
	inner: Labels,
): string[] {
	const path = (name: string, schema: Schema = {}) => compact([label, inner(name, schema)]).join(' › ');
	const missing = required.filter((name) => value[name] === undefined);
	return [
		...missing.map((name) => `'${path(name, properties[name])}' is required`),
		...Object.entries(properties).flatMap(([name, schema]) => {
			const field = value[name];
			return field === undefined ? [] : schemaIssues(schema, field, path(name, schema), inner);
		}),
	];
}
