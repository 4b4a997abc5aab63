import { mapValues, pickBy } from 'lodash';
import type { ILoadOptionsFunctions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';

import type { InputSchema, MediaKind, Schema } from '../catalogue/types';
import { fieldLabel } from '../form/label';
import { NO_MODEL_FIELDS } from '../form/mediaParameters';
import { isObject } from '../json';
import type { Json, JsonObject } from '../json';
import { readModel } from './liveCatalogue';
import { dereference, inputSchemaOf } from './openApi';

/** Models that the catalogue does not contain. */

/** The names of Kie's file fields. */
const FILE_FIELD = /(^|_)(urls?|images?|videos?|audios?|files?|mask|input)$/i;

/** The fields of an input that look like file fields and contain text, so that they accept binary fields too. */
export function guessMedia(body: JsonObject): { input: InputSchema; media: Record<string, MediaKind> } {
	const fields = pickBy(body, (value, name) => FILE_FIELD.test(name) && isTextOrTexts(value));
	return {
		input: { properties: mapValues(fields, (value): Schema => ({ type: Array.isArray(value) ? 'array' : 'string' })) },
		media: mapValues(fields, (): MediaKind => 'file'),
	};
}

function isTextOrTexts(value: Json): boolean {
	return [value].flat().every((entry) => typeof entry === 'string');
}

/** The input fields of the selected model, from its live schema. */
export async function loadModelFields(context: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const id = String(context.getNodeParameter('customModelId', '', { extractValue: true })).trim();
	if (id === '') return { fields: [] };
	const { openapi } = await readModel(context, id, 'schema');
	const input = isObject(openapi) ? inputSchemaOf(openapi) : undefined;
	if (!isObject(openapi) || !input) return { fields: [], emptyFieldsNotice: NO_MODEL_FIELDS };
	const required = Array.isArray(input.required) ? input.required : [];
	const properties = isObject(input.properties) ? Object.entries(input.properties) : [];
	const fields = properties.map(([name, property]) => {
		const schema = dereference(openapi, property);
		return toMapperField(name, isObject(schema) ? schema : {}, required.includes(name));
	});
	return { fields: fields.sort((a, b) => Number(b.required) - Number(a.required)) };
}

function toMapperField(id: string, schema: JsonObject, required: boolean): ResourceMapperField {
	const choices = [schema.enum].flat().filter((value) => typeof value === 'string' || typeof value === 'number');
	return {
		id,
		displayName: fieldLabel(id, {}),
		defaultMatch: false,
		canBeUsedToMatch: false,
		required,
		display: true,
		removed: !required,
		type: choices.length > 0 ? 'options' : mapperType(schema.type),
		defaultValue: defaultOf(schema, choices),
		options: choices.length > 0 ? choices.map((value) => ({ name: String(value), value })) : undefined,
	};
}

/** What n8n fills in: for required fields at once, for the others when they are added. Lists and objects start empty. */
function defaultOf({ type, default: value }: JsonObject, choices: Json[]): ResourceMapperField['defaultValue'] {
	if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
	const isValid = choices.length > 0 ? choices.includes(value) : typeof value === mapperType(type);
	return isValid ? value : undefined;
}

function mapperType(type: Json | undefined): ResourceMapperField['type'] {
	switch (type) {
		case 'integer':
		case 'number':
			return 'number';
		case 'boolean':
		case 'array':
		case 'object':
			return type;
		default:
			return 'string';
	}
}
