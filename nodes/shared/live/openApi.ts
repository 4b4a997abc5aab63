import { mapValues } from 'lodash';

import { asText, decodeUri, isObject, ownValue } from '../json';
import type { Json, JsonObject } from '../json';

/** Reading the OpenAPI document of a model, which Kie's live catalogue returns. */

/** The schema of `input` in the request body of createTask. */
export function inputSchemaOf(openapi: JsonObject): JsonObject | undefined {
	const path = [
		'paths',
		'/api/v1/jobs/createTask',
		'post',
		'requestBody',
		'content',
		'application/json',
		'schema',
		'properties',
		'input',
	];
	const input = path.reduce<Json | undefined>((value, key) => dereference(openapi, valueAt(value, key)), openapi);
	return isObject(input) ? input : undefined;
}

/** What a local reference points to, a percent-encoded JSON pointer; any other value as it is. */
export function dereference(openapi: JsonObject, value: Json | undefined): Json | undefined {
	const reference = isObject(value) ? asText(value.$ref) : undefined;
	if (!reference?.startsWith('#/')) return value;
	const keys = decodeUri(reference.slice(2)).split('/');
	return keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')).reduce<Json | undefined>(valueAt, openapi);
}

function valueAt(value: Json | undefined, key: string): Json | undefined {
	return isObject(value) ? ownValue(value, key) : undefined;
}

/** A part of the document with its references replaced by what they point to, except recursive ones. */
export function resolveReferences(openapi: JsonObject, value: Json, resolving: string[] = []): Json {
	if (Array.isArray(value)) return value.map((entry) => resolveReferences(openapi, entry, resolving));
	if (!isObject(value)) return value;
	const reference = asText(value.$ref);
	const target = reference === undefined || resolving.includes(reference) ? undefined : dereference(openapi, value);
	if (reference !== undefined && target !== undefined && target !== value)
		return resolveReferences(openapi, target, [...resolving, reference]);
	return mapValues(value, (inner) => resolveReferences(openapi, inner, resolving));
}
