import addFormats from 'ajv-formats';
import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import { once } from 'lodash';

import type { Rule } from '../../nodes/shared/catalogue/types';
import type { SchemaRule } from './rules';
import type { InputSchema, JsonObject, Model, Schema } from './types';

/** Why an input is rejected: `msg` in Kie's words, `detail` for readers of the simulator's records. */
export interface InputIssue {
	msg: string;
	detail: string;
}

export type Check = (input: JsonObject) => InputIssue | undefined;

const ajv = addFormats(new Ajv2020({ strict: false }));

/** Kie accepts more values in an open list than its pages name (https://docs.kie.ai/market/elevenlabs/text-to-speech-turbo-2-5: other voice IDs). */
function withOpenLists(schema: InputSchema): InputSchema {
	return JSON.parse(JSON.stringify(schema), (_key, value) =>
		value?.open === true ? { ...value, enum: undefined } : value,
	);
}

/** The check of a schema with its rules; `strict` rejects fields that the schema does not list. */
export function compile(schema: InputSchema, rules: Array<Rule | SchemaRule> = [], strict = true): Check {
	// Compiled when they are first needed: most checks never run in a test.
	const validator = once(() =>
		ajv.compile({ type: 'object', ...(strict ? closed(withOpenLists(schema)) : withOpenLists(schema)) }),
	);
	const checks = rules.map(ruleCheck);
	return (input) => {
		const validate = validator();
		return (validate(input) ? undefined : firstIssue(validate)) ?? firstOf(checks, input);
	};
}

/** The check of a model of the market, compiled on first use; `fixed` fields must have their value. */
export function compileModel(model: Model, strict: boolean): Check {
	const check = once(() => compile(withFixed(model), model.rules, strict));
	return (input) => check()(input);
}

function withFixed(model: Model): InputSchema {
	const fixed = Object.entries(model.fixed ?? {});
	return {
		...model.input,
		required: [...(model.input.required ?? []), ...fixed.map(([field]) => field)],
		properties: {
			...model.input.properties,
			...Object.fromEntries(fixed.map(([field, value]) => [field, { const: value }])),
		},
	};
}

function firstOf(checks: Check[], input: JsonObject): InputIssue | undefined {
	for (const check of checks) {
		const rejection = check(input);
		if (rejection) return rejection;
	}
	return undefined;
}

function ruleCheck(rule: Rule | SchemaRule): Check {
	const { message, holds } = 'holds' in rule ? rule : toRule(rule);
	return (input) => (holds(input) ? undefined : { msg: message, detail: `Rule: ${message}` });
}

/** A rule in JSON Schema as one of the catalogue. */
export function toRule({ message, if: condition = {}, then }: SchemaRule): Rule {
	const validators = once(() => [ajv.compile(condition), ajv.compile(then)] as const);
	return {
		message,
		holds: (input) => {
			const [applies, isKept] = validators();
			return !applies(input) || isKept(input);
		},
	};
}

/** The schema without room for fields that it does not list, at any depth. */
function closed<S extends Schema | InputSchema>(schema: S): S {
	if (!schema.properties) return schema;
	const properties = Object.entries(schema.properties).map(([name, field]) => [name, closedField(field)] as const);
	return { additionalProperties: false, ...schema, properties: Object.fromEntries(properties) };
}

function closedField(field: Schema): Schema {
	if (field.items) return { ...field, items: closedField(field.items) };
	return closed(field.anyOf ? { ...field, anyOf: field.anyOf.map(closedField) } : field);
}

function firstIssue(validate: ValidateFunction): InputIssue {
	const error = validate.errors?.[0];
	if (!error) return { msg: 'This field is required', detail: 'no reason' };
	return {
		msg: message(error),
		detail: `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`.trim(),
	};
}

function message(error: ErrorObject): string {
	const field = error.instancePath.slice(1).replaceAll('/', '.');
	switch (error.keyword) {
		case 'required':
			return 'This field is required';
		case 'enum':
			return `Invalid ${field}`;
		case 'additionalProperties':
			return `Unknown field ${String(error.params.additionalProperty)}`;
		default:
			return `${field || 'input'} ${error.message}`;
	}
}
