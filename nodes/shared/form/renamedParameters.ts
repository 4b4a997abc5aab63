import { groupBy } from 'lodash';
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import type { Condition } from './displayConditions';
import { modelConditions } from './displayConditions';
import type { Form } from './formParameters';
import { isChoice } from './choiceParameter';
import { fieldLabel } from './label';
import type { Field } from './modelFields';

/**
 * In version 0.1, fields that all models share had a parameter with Kie's own name. n8n drops the values of parameters
 * that a node does not have, so the node keeps these, to refuse what it would otherwise ignore.
 */

/** Whether a field had a parameter with Kie's own name, which no field of the form has today. */
export function isRenamed({ name, shared }: Field, form: Field[]): boolean {
	return shared.length > 0 && !form.some(({ parameters }) => parameters.includes(name));
}

interface RenamedUse {
	field: Field;
	shown: Condition;
}

/**
 * The parameters of version 0.1 that stood at the top level under another name; shown as long as they have a value, so
 * that it can be moved. `names` are the parameters that stand there today.
 */
export function renamedParameters(forms: Form[], names: string[]): INodeProperties[] {
	const uses = forms.flatMap(({ shown, fields }) => fields.map((field) => ({ field, shown, fields })));
	const key = ({ field, shown }: RenamedUse) => `${shown.operation?.join()}/${field.name}`;
	const required = new Set(uses.filter(({ field }) => field.required).map(key));
	const renamed = uses.filter((use) => required.has(key(use)) && isRenamed(use.field, use.fields));
	const existing = forms.map(({ shown }) => shown);
	return Object.entries(groupBy(renamed, ({ field }) => field.name)).flatMap(([name, [first, ...others]]) => {
		if (!first) return [];
		if (!names.includes(name)) return [unusedParameter(first.field)];
		// Another model has a file parameter of this name, whose value a switch of the model would bring along.
		if (!isChoice(first.field)) return [];
		return modelConditions(
			[first, ...others].map(({ shown }) => shown),
			existing,
		).map((show) => keptParameter(name, show));
	});
}

function unusedParameter(field: Field): INodeProperties {
	const isSet: IDisplayOptions = { show: { [`/${field.name}`]: [{ _cnd: { exists: true } }] } };
	return {
		displayName: `${fieldLabel(field.name, field.schema, field.media)} (Unused)`,
		name: field.name,
		type: 'string',
		default: '',
		description: 'Set in an earlier version. Move it to the field that has replaced this one, and clear it.',
		displayOptions: isSet,
	};
}

/** A choice whose name is that of another model's. */
function keptParameter(name: string, show: Condition): INodeProperties {
	return { displayName: 'Unused', name, type: 'hidden', default: '', displayOptions: { show } };
}
