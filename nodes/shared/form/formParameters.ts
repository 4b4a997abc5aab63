import { groupBy, mapKeys, mapValues, sortBy, uniq } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import type { Condition } from './displayConditions';
import { minimalConditions } from './displayConditions';
import type { Field } from './modelFields';
import { compareNatural } from '../compareNatural';
import { toParameter } from './fieldParameter';

export const USING_FIELDS = 'fields';

/** A form of a node: its fields, and when they are displayed. */
export interface Form {
	shown: Condition;
	fields: Field[];
}

/** A parameter and all the forms that contain it. */
interface SharedParameter {
	parameter: INodeProperties;
	shown: Condition[];
}

/** The order of the parameters: the switches that select the form, the prompt, its parts, the input files, the settings. */
function rank({ name, schema, media }: Field, shown: Condition): number {
	// A condition begins with resource and operation, or operation and model; the rest are switches.
	if (Object.keys(shown).indexOf(name) >= 2) return 0;
	if (name === 'prompt') return 1;
	// Such as the shots of a storyboard, or the lines of a dialogue
	if (schema.items?.type === 'object') return 2;
	return media ? 3 : 4;
}

/** Fields with the same definition become one parameter, which keeps its value when the model changes. */
function shareParameters(forms: Form[], required: boolean): SharedParameter[] {
	const uses = forms.flatMap(({ shown, fields }) =>
		fields
			.filter((field) => field.required === required)
			.map((field) => ({ parameter: toParameter(field.name, field.schema, field), shown, rank: rank(field, shown) })),
	);
	const ranked = sortBy(uses, 'rank');
	return Object.values(groupBy(ranked, ({ parameter }) => JSON.stringify(parameter))).flatMap(([first, ...others]) =>
		first ? [{ parameter: first.parameter, shown: [first, ...others].map(({ shown }) => shown) }] : [],
	);
}

/** The parameters for the required fields of all forms, at the top level. */
function requiredParameters(forms: Form[], existing: Condition[]): INodeProperties[] {
	return shareParameters(forms, true).flatMap(({ parameter, shown }) =>
		minimalConditions(shown, existing).map((condition) => ({
			...parameter,
			// n8n displays a parameter as soon as a condition is an expression, so the one that cannot be an expression comes first.
			displayOptions: { show: { specifyInput: [USING_FIELDS], ...condition } },
		})),
	);
}

/** One collection with the optional fields of all forms; each is offered in the forms that contain it. */
function additionalFields(forms: Form[], existing: Condition[]): INodeProperties {
	const options = shareParameters(forms, false).flatMap(({ parameter, shown }) =>
		minimalConditions(shown, existing).map((condition) => ({
			...parameter,
			displayOptions: { show: mapKeys(condition, (_, name) => `/${name}`) },
		})),
	);
	const places = forms
		.filter(({ fields }) => fields.some(({ required }) => !required))
		.flatMap(({ shown }) => Object.entries(shown).slice(0, 2));
	const values = mapValues(
		groupBy(places, ([name]) => name),
		(entries) => uniq(entries.flatMap(([, allowed]) => allowed)),
	);
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: { specifyInput: [USING_FIELDS], ...values } },
		options: options.sort((a, b) => compareNatural(a.displayName, b.displayName)),
	};
}

/** The parameters of all forms: required fields at the top level, then Additional Fields. */
export function formProperties(forms: Form[]): INodeProperties[] {
	const existing = forms.map(({ shown }) => shown);
	return [...requiredParameters(forms, existing), additionalFields(forms, existing)];
}
