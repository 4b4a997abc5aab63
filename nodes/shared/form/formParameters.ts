import type { INodeProperties } from 'n8n-workflow';

import type { Condition } from './displayConditions';
import { minimalConditions } from './displayConditions';
import type { Field } from './modelFields';
import { compareNatural } from '../compareNatural';
import { toParameter } from './fieldParameter';

export const USING_FIELDS = 'fields';

/** One form that a node can show: when, and its fields. */
export interface Form {
	shown: Condition;
	fields: Field[];
}

/** A parameter and all the forms that have it. */
interface SharedParameter {
	parameter: INodeProperties;
	forms: Condition[];
	rank: number;
}

/** What is asked for first: the switches that choose the form, what to make, its parts, from which files, then how. */
function rank({ name, schema, media }: Field, shown: Condition): number {
	// After resource and operation, or operation and model, a condition names switches.
	if (Object.keys(shown).indexOf(name) >= 2) return 0;
	if (name === 'prompt') return 1;
	// The shots of a storyboard, the lines of a dialogue
	if (schema.items?.type === 'object') return 2;
	return media ? 3 : 4;
}

/** Fields with the same definition become one parameter, so that its value survives a change of model and the form stays small. */
function share(forms: Form[], required: boolean): SharedParameter[] {
	const shared = new Map<string, SharedParameter>();
	for (const { shown, fields } of forms) {
		for (const field of fields.filter((candidate) => candidate.required === required)) {
			const parameter = toParameter(field.name, field.schema, field);
			const key = JSON.stringify(parameter);
			const known = shared.get(key);
			if (known) {
				known.forms.push(shown);
				known.rank = Math.min(known.rank, rank(field, shown));
			} else shared.set(key, { parameter, forms: [shown], rank: rank(field, shown) });
		}
	}
	return [...shared.values()].sort((a, b) => a.rank - b.rank);
}

/** The parameters for the required fields of all forms, at the top level. */
function requiredParameters(forms: Form[], existing: Condition[]): INodeProperties[] {
	return share(forms, true).flatMap(({ parameter, forms: own }) =>
		minimalConditions(own, existing).map((condition) => ({
			...parameter,
			// n8n reads conditions in order and shows a parameter at once where one is an expression, so what can be none is first.
			displayOptions: { show: { specifyInput: [USING_FIELDS], ...condition } },
		})),
	);
}

/** One collection with the optional fields of all forms; each shows in the forms that have it. */
function additionalFields(forms: Form[], existing: Condition[]): INodeProperties {
	const fromRoot = (condition: Condition) =>
		Object.fromEntries(Object.entries(condition).map(([name, values]) => [`/${name}`, values]));
	const options = share(forms, false)
		.flatMap(({ parameter, forms: own }) =>
			minimalConditions(own, existing).map((condition) => ({
				...parameter,
				displayOptions: { show: fromRoot(condition) },
			})),
		)
		.sort((a, b) => compareNatural(a.displayName, b.displayName));
	const withOptions = forms.filter(({ fields }) => fields.some(({ required }) => !required)).map(({ shown }) => shown);
	const places: Record<string, Set<string | boolean>> = {};
	for (const [name, values] of withOptions.flatMap((condition) => Object.entries(condition).slice(0, 2))) {
		places[name] = new Set([...(places[name] ?? []), ...values]);
	}
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: {
			show: {
				specifyInput: [USING_FIELDS],
				...Object.fromEntries(Object.entries(places).map(([name, values]) => [name, [...values]])),
			},
		},
		options,
	};
}

/** The parameters of all forms: required fields at the top level, then Additional Fields. */
export function formProperties(forms: Form[]): INodeProperties[] {
	const existing = forms.map(({ shown }) => shown);
	return [...requiredParameters(forms, existing), additionalFields(forms, existing)];
}
