import type { JsonObject } from '../json';
import type { Model, Schema } from '../catalogue/types';
import { fieldLabel } from './label';
import { schemaIssues, matches } from './schemaIssues';

/** What is wrong with one field, or with several together, in one sentence that names the field and the limit. */
export interface Issue {
	field: string;
	message: string;
	/** A limit of Kie's, which may have moved since. */
	isLimit?: boolean;
}

/**
 * Checks an input against the schema of its model, what an operation needs of it, and the model's rules.
 * Fields that the catalogue does not know are left alone.
 */
export function checkInput(
	{ input, media, rules = [] }: Pick<Model, 'input' | 'media' | 'rules'>,
	required: string[],
	body: JsonObject,
): Issue[] {
	const label = (name: string) => fieldLabel(name, input.properties[name] ?? {}, media[name]);
	const issues: Issue[] = [];
	for (const [name, schema] of Object.entries(input.properties)) {
		const value = body[name];
		if (value === undefined) {
			if (required.includes(name)) issues.push({ field: name, message: `'${label(name)}' is required` });
			continue;
		}
		const inner = (field: string, innerSchema: Schema) => fieldLabel(field, innerSchema, media[`${name}[].${field}`]);
		const found = schemaIssues(schema, value, label(name), inner);
		issues.push(...found.map((message) => ({ field: name, message, isLimit: true })));
	}
	for (const { message, holds } of rules) {
		if (!holds(body)) issues.push({ field: '', message, isLimit: true });
	}
	const { oneOf, anyOf } = input;
	if (issues.length === 0 && !matches({ oneOf, anyOf }, body)) {
		const sets = (oneOf ?? anyOf ?? []).flatMap((part) => part.required ?? []);
		const names = sets.map((name) => `'${label(name)}'`).join(', ');
		issues.push({ field: '', message: `${oneOf ? 'Exactly' : 'At least'} one is needed of: ${names}` });
	}
	return issues;
}
