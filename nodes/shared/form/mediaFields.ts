import { isObject } from '../json';
import type { Json, JsonObject } from '../json';
import type { InputSchema, MediaKind, Schema } from '../catalogue/types';
import { fieldLabel } from './label';
import { isUnset } from './body';
import type { ValidationIssue } from './checkInput';
import { BINARY_PREFIX, readReferences, unknownReference } from '../media/references';

type MediaMapper = (value: Json, field: { name: string; schema: Schema; kind: MediaKind }) => Json;

/** A copy of a body with every file field mapped, also in objects and lists. The path of a field in the entries of a list is `list[].field`. */
function mapMedia(
	body: JsonObject,
	properties: Record<string, Schema>,
	media: Record<string, MediaKind>,
	map: MediaMapper,
	prefix = '',
): JsonObject {
	return Object.fromEntries(
		Object.entries(body).map(([name, value]): [string, Json] => {
			const path = prefix + name;
			const schema = properties[name] ?? {};
			const kind = Object.hasOwn(media, path) ? media[path] : undefined;
			if (kind && !isUnset(value)) return [name, map(value, { name, schema, kind })];
			const inner = schema.items?.properties ?? schema.properties ?? {};
			const into = (entry: Json): Json => (isObject(entry) ? mapMedia(entry, inner, media, map, `${path}[].`) : entry);
			return [name, Array.isArray(value) ? value.map(into) : into(value)];
		}),
	);
}

/** An input whose file fields are URLs, and placeholders for binary fields to upload. */
export interface PreparedInput {
	body: JsonObject;
	/** Names of the binary fields to upload, each once. */
	binaries: string[];
	issues: ValidationIssue[];
}

/** Reads the file fields of a body: URLs stay, names of binary fields become placeholders, anything else is an issue. */
export function prepareMedia(
	body: JsonObject,
	input: InputSchema,
	media: Record<string, MediaKind>,
	binaryFields: string[],
	labels: Record<string, string> = {},
): PreparedInput {
	const binaries = new Set<string>();
	const issues: ValidationIssue[] = [];
	const prepared = mapMedia(body, input.properties, media, (value, { name, schema, kind }) => {
		const label = labels[name] ?? fieldLabel(name, schema, kind);
		const single = schema.type !== 'array';
		const references = readReferences(value, binaryFields, single);
		const values = references.map((reference) => {
			switch (reference.kind) {
				case 'url':
					return reference.url;
				case 'binary':
					binaries.add(reference.name);
					return BINARY_PREFIX + reference.name;
				case 'unknown':
					issues.push({ field: name, message: unknownReference(label, reference.text, binaryFields) });
					return reference.text;
			}
		});
		if (!single) return values;
		if (values.length > 1)
			issues.push({ field: name, message: `'${label}' must be a single file (got ${values.length})` });
		return typeof value === 'object' && values.length !== 1 ? value : (values[0] ?? value);
	});
	return { body: prepared, binaries: [...binaries], issues };
}

/** The body with the URLs of the uploaded files in place of the placeholders. */
export function withUploads(
	body: JsonObject,
	input: InputSchema,
	media: Record<string, MediaKind>,
	uploaded: Map<string, string>,
): JsonObject {
	const resolve = (value: Json): Json => {
		if (Array.isArray(value)) return value.map(resolve);
		if (typeof value !== 'string' || !value.startsWith(BINARY_PREFIX)) return value;
		return uploaded.get(value.slice(BINARY_PREFIX.length)) ?? value;
	};
	return mapMedia(body, input.properties, media, resolve);
}
