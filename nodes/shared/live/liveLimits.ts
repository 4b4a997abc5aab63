import { mapValues, pick, pickBy } from 'lodash';

import type { InputSchema, Schema, SchemaType } from '../catalogue/types';
import { readAccount } from '../api/account';
import type { KieContext } from '../api/account';
import { withinTime } from '../api/sleep';
import { matches } from '../form/schemaIssues';
import { asObject, isObject, ownValue } from '../json';
import type { Json, JsonObject } from '../json';
import { readModel } from './liveCatalogue';
import { dereference, inputSchemaOf } from './openApi';
import { rememberFor } from './remember';

/** The limits of a model as Kie states them now, for values outside those that were documented when this version was released. */

const REMEMBERED_MS = 60 * 60_000;
/** An item does not wait longer for the schema of its model. */
const TIMEOUT_MS = 10_000;

const remembered = rememberFor<JsonObject | undefined>(REMEMBERED_MS);

/** The OpenAPI document of a model; undefined where Kie has none. One request serves all items and runs of an account for an hour. */
async function readDocument(
	context: KieContext,
	modelId: string,
	signal: AbortSignal,
): Promise<JsonObject | undefined> {
	const { id } = await readAccount(context);
	return await remembered(`${id} ${modelId}`, async () => {
		const { openapi } = await readModel(context, modelId, 'schema', { signal });
		return isObject(openapi) ? openapi : undefined;
	});
}

/**
 * Those of an input's fields whose values the live schema of the model accepts; none if Kie does not respond in time.
 * `fields`: Kie's names.
 */
export async function fieldsAcceptedLive(
	context: KieContext,
	modelId: string,
	documented: InputSchema,
	body: JsonObject,
	fields: string[],
): Promise<string[]> {
	const reading = withinTime(TIMEOUT_MS, async (signal) => await readDocument(context, modelId, signal));
	const openapi = await reading.catch(() => undefined);
	if (!openapi) return [];
	const live = asObject(inputSchemaOf(openapi)?.properties);
	return fields.filter((name) => {
		const schema = withLiveLimits(documented.properties[name] ?? {}, openapi, ownValue(live, name));
		return matches(schema, body[name] ?? null);
	});
}

const NUMBER_LIMITS = [
	'minimum',
	'maximum',
	'exclusiveMinimum',
	'multipleOf',
	'minLength',
	'maxLength',
	'minItems',
	'maxItems',
];

const TYPES: Json[] = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'] satisfies SchemaType[];

/**
 * A documented schema with the limits that the live one states. A limit that the live one does not mention stays as
 * documented: Kie describes some in words only.
 */
function withLiveLimits(documented: Schema, openapi: JsonObject, liveValue: Json | undefined): Schema {
	const live = asObject(dereference(openapi, liveValue));
	const liveProperties = asObject(live.properties);
	const { items, properties } = documented;
	const types = [live.type ?? []].flat().filter(isType);
	const choices = [live.enum ?? []].flat().filter(isChoice);
	return {
		...documented,
		...pickBy(pick(live, NUMBER_LIMITS), Number.isFinite),
		...(types.length > 0 && { type: types }),
		...(choices.length > 0 && { enum: choices }),
		...(items && { items: withLiveLimits(items, openapi, live.items) }),
		...(properties && {
			properties: mapValues(properties, (schema, name) =>
				withLiveLimits(schema, openapi, ownValue(liveProperties, name)),
			),
		}),
	};
}

function isType(value: Json): value is SchemaType {
	return TYPES.includes(value);
}

function isChoice(value: Json): value is string | number {
	return typeof value === 'string' || typeof value === 'number';
}
