import { isObject } from '../json';
import type { Json, JsonObject } from '../json';
import type { InputSchema, MediaKind, Schema } from '../catalogue/types';
import { fieldLabel } from './label';
import { isUnset } from './body';
import type { Issue } from './checkInput';
import { BINARY_PREFIX, readReferences, unknownReference } from '../media/references';

type MediaMapper = (value: Json, field: { name: string; schema: Schema; kind: MediaKind }) => Json;

/** A copy of a body in which every set file field, also inside objects and lists, is mapped. The fields of a list's entries are at `list[].field`. */
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

/** An input whose file fields hold addresses and placeholders for the binary fields still to be uploaded. */
export interface PreparedInput {
	body: JsonObject;
	/** Names of the binary fields to upload, each once. */
	binaries: string[];
	issues: Issue[];
}

/** Reads every file field of a body: addresses stay, names of binary fields become placeholders, anything else is an issue. */
export function prepareMedia(
	body: JsonObject,
	input: InputSchema,
	media: Record<string, MediaKind>,
	binaryFields: string[],
): PreparedInput {
	const binaries = new Set<string>();
	const issues: Issue[] = [];
	const prepared = mapMedia(body, input.properties, media, (value, { name, schema, kind }) => {
		const label = fieldLabel(name, schema, kind);
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
			issues.push({ field: name, message: `'${label}' takes one file, it was given ${values.length}` });
		return typeof value === 'object' && values.length !== 1 ? value : (values[0] ?? value);
	});
	return { body: prepared, binaries: [...binaries], issues };
}

/** The body with the addresses of the uploaded files in place of the placeholders. */
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
