import type { InputSchema, JsonObject, Rule, Schema } from '../catalogue/types';
import { ruleHolds } from './rules';
import { complaints, fits } from './schema';

/** What is wrong with one field, or with several together, in one sentence that names the field and the limit. */
export interface Issue {
	field: string;
	message: string;
}

type Labels = (name: string, schema: Schema) => string;

/**
 * Checks an input against the schema of its model, what an operation needs of it, and the model's rules.
 * Fields that the catalogue does not know are left alone.
 */
export function checkInput(
	input: InputSchema,
	required: string[],
	rules: Rule[],
	body: JsonObject,
	label: Labels,
): Issue[] {
	const issues: Issue[] = [];
	for (const [name, schema] of Object.entries(input.properties)) {
		const value = body[name];
		if (value === undefined) {
			if (required.includes(name)) issues.push({ field: name, message: `'${label(name, schema)}' is required` });
			continue;
		}
		issues.push(...complaints(schema, value, label(name, schema)).map((message) => ({ field: name, message })));
	}
	for (const rule of rules) {
		if (!ruleHolds(rule, input, body)) issues.push({ field: '', message: rule.message });
	}
	const { oneOf, anyOf } = input;
	if (issues.length === 0 && !fits({ oneOf, anyOf }, body)) {
		const sets = (oneOf ?? anyOf ?? []).flatMap((part) => part.required ?? []);
		issues.push({
			field: '',
			message: `${oneOf ? 'Exactly' : 'At least'} one is needed of: ${sets.map((name) => `'${label(name, input.properties[name] ?? {})}'`).join(', ')}`,
		});
	}
	return issues;
}
