import { mapValues } from 'lodash';
import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { isObject, asText } from '../json';
import type { Json, JsonObject } from '../json';
import { listModels, readModel } from './liveCatalogue';
import type { InputSchema, MediaKind } from '../catalogue/types';
import { fieldLabel } from '../form/label';
import { compareNatural } from '../compareNatural';

/** Field names under which Kie's models take files. */
const FILE_FIELD = /(^|_)(urls?|images?|videos?|audios?|files?|mask|input)$/i;

/** Fields of an unknown model that look like file fields and hold text, so that binary fields work there too. */
export function guessMedia(body: JsonObject): { input: InputSchema; media: Record<string, MediaKind> } {
	const names = Object.keys(body).filter((name) => FILE_FIELD.test(name) && holdsText(body[name]));
	return {
		input: {
			properties: Object.fromEntries(
				names.map((name) => [name, Array.isArray(body[name]) ? { type: 'array' } : { type: 'string' }]),
			),
		},
		media: Object.fromEntries(names.map((name): [string, MediaKind] => [name, 'file'])),
	};
}

function holdsText(value: Json | undefined): boolean {
	return typeof value === 'string' || (Array.isArray(value) && value.every((entry) => typeof entry === 'string'));
}

/** Kie's live list of models for fields that take a model; no task types: all models. */
export async function searchModels(
	context: ILoadOptionsFunctions,
	taskTypes: string[],
	filter?: string,
): Promise<INodeListSearchResult> {
	const models = await listModels(context, { taskTypes, search: filter });
	const results = models.flatMap((model) => {
		const id = asText(model.model);
		return id === undefined
			? []
			: [{ name: asText(model.title) ?? id, value: id, description: asText(model.pricingDesc) }];
	});
	return { results: results.sort((a, b) => compareNatural(a.name, b.name)) };
}

/** The fields of a model, from its live OpenAPI document. */
export async function modelFields(context: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const id = String(context.getNodeParameter('customModelId', '', { extractValue: true })).trim();
	if (id === '') return { fields: [] };
	const { openapi: page } = await readModel(context, id, 'schema');
	const openapi = isObject(page) ? page : {};
	const input = inputOf(openapi);
	if (!input)
		return { fields: [], emptyFieldsNotice: 'Kie.ai lists no fields for this model. Choose Using JSON above.' };
	const required = Array.isArray(input.required) ? input.required : [];
	const properties = isObject(input.properties) ? Object.entries(input.properties) : [];
	const fields = properties.map(([name, property]) => {
		const schema = follow(openapi, property);
		return toMapperField(name, isObject(schema) ? schema : {}, required.includes(name));
	});
	return { fields: fields.sort((a, b) => Number(b.required) - Number(a.required)) };
}

/** The schema of `input` in the request body of createTask; local references are percent-encoded JSON pointers. */
export function inputOf(openapi: JsonObject): JsonObject | undefined {
	const at = (value: Json | undefined, ...keys: string[]): Json | undefined =>
		keys.reduce<Json | undefined>((current, key) => {
			const inner = isObject(current) ? current[key] : undefined;
			return follow(openapi, inner);
		}, value);
	const body = at(
		openapi,
		'paths',
		'/api/v1/jobs/createTask',
		'post',
		'requestBody',
		'content',
		'application/json',
		'schema',
	);
	const input = at(body, 'properties', 'input');
	return isObject(input) ? input : undefined;
}

function follow(openapi: JsonObject, value: Json | undefined): Json | undefined {
	const reference = isObject(value) ? asText(value.$ref) : undefined;
	if (!reference?.startsWith('#/')) return value;
	const keys = decodeURIComponent(reference.slice(2))
		.split('/')
		.map((key) => key.replace(/~1/g, '/').replace(/~0/g, '~'));
	return keys.reduce<Json | undefined>((current, key) => (isObject(current) ? current[key] : undefined), openapi);
}

/** A part of a document with its references replaced by what they name; one that leads back into itself stays. */
export function withoutReferences(openapi: JsonObject, value: Json, inside: string[] = []): Json {
	if (Array.isArray(value)) return value.map((entry) => withoutReferences(openapi, entry, inside));
	if (!isObject(value)) return value;
	const reference = asText(value.$ref);
	const target = reference === undefined || inside.includes(reference) ? undefined : follow(openapi, value);
	if (reference !== undefined && target !== undefined && target !== value)
		return withoutReferences(openapi, target, [...inside, reference]);
	return mapValues(value, (inner) => withoutReferences(openapi, inner, inside));
}

function toMapperField(id: string, schema: JsonObject, required: boolean): ResourceMapperField {
	const choices = Array.isArray(schema.enum)
		? schema.enum.filter((value) => typeof value === 'string' || typeof value === 'number')
		: [];
	return {
		id,
		displayName: fieldLabel(id, {}),
		defaultMatch: false,
		canBeUsedToMatch: false,
		required,
		display: true,
		removed: !required,
		...(choices.length > 0
			? { type: 'options', options: choices.map((value) => ({ name: String(value), value })) }
			: { type: mapperType(schema.type) }),
	};
}

function mapperType(type: Json | undefined): ResourceMapperField['type'] {
	switch (type) {
		case 'integer':
		case 'number':
			return 'number';
		case 'boolean':
			return 'boolean';
		case 'array':
			return 'array';
		case 'object':
			return 'object';
		default:
			return 'string';
	}
}
