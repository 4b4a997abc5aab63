import type { JsonObject } from '../json';
import type { Model, Schema } from '../catalogue/types';
import { fieldLabel } from './label';
import { schemaIssues, matches } from './schemaIssues';

/** What is wrong with one field, or with several together, in one sentence that names the field and the limit. */
export interface ValidationIssue {
	field: string;
	message: string;
	/** A limit of Kie's, which may have changed since. */
	isLimit?: boolean;
}

/**
 * Checks an input against the schema and the rules of its model, and what the operation requires. Fields that the
 * catalogue does not contain are not checked. `labels` are those of the form, by Kie's names.
 */
export function checkInput(
	{ input, media, rules = [] }: Pick<Model, 'input' | 'media' | 'rules'>,
	required: string[],
	body: JsonObject,
	labels: Record<string, string> = {},
): ValidationIssue[] {
	const label = (name: string) => labels[name] ?? fieldLabel(name, input.properties[name] ?? {}, media[name]);
	const fieldIssues = Object.entries(input.properties).flatMap(([name, schema]): ValidationIssue[] => {
		const value = body[name];
		const isMissing = value === undefined || (!schema.mayBeEmpty && typeof value === 'string' && value.trim() === '');
		if (value === undefined || (isMissing && required.includes(name)))
			return required.includes(name) ? [{ field: name, message: `'${label(name)}' is required` }] : [];
		const inner = (field: string, innerSchema: Schema) => fieldLabel(field, innerSchema, media[`${name}[].${field}`]);
		const messages = schemaIssues(schema, value, label(name), inner);
		return messages.map((message) => ({ field: name, message, isLimit: true }));
	});
	const brokenRules = rules.filter(({ holds }) => !holds(body));
	const issues = [...fieldIssues, ...brokenRules.map(({ message }) => ({ field: '', message, isLimit: true }))];
	const { oneOf, anyOf } = input;
	if (issues.some(({ isLimit }) => !isLimit) || matches({ oneOf, anyOf }, body)) return issues;
	const alternatives = (oneOf ?? anyOf ?? []).flatMap((part) => part.required ?? []);
	const names = alternatives.map((name) => `'${label(name)}'`).join(', ');
	return [...issues, { field: '', message: `${oneOf ? 'Exactly' : 'At least'} one of ${names} is required` }];
}
