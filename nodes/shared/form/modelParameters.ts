import { uniq } from 'lodash';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Model } from '../catalogue/types';
import { fieldsOf } from './modelFields';
import { compareNatural } from '../compareNatural';
import { modelFormProperties } from './formParameters';

/** The Model list of an operation: by name, with the models that may no longer work at the end. */
function modelList(models: Model[], operation: string, preset: string): INodeProperties {
	const options: INodePropertyOptions[] = models
		.filter((model) => operation in model.operations)
		.sort((a, b) => Number(!!a.status) - Number(!!b.status) || compareNatural(a.title, b.title))
		.map(({ id, title, status }) => ({ name: status ? `${title} (${status})` : title, value: id }));
	return {
		displayName: 'Model',
		name: 'model',
		type: 'options',
		description:
			"The model to use. Fields and prices depend on the model. To set it with an expression, set 'Specify Input' to 'Using JSON'.",
		options,
		default: preset,
		displayOptions: { show: { operation: [operation] } },
	};
}

/**
 * The parameters of a catalogue: the Model list of each operation, the fields of each model, and Additional Fields.
 * `presets` are the default models of the operations.
 */
export function catalogueProperties(
	models: Model[],
	presets: Record<string, string>,
): { modelLists: INodeProperties[]; fields: INodeProperties[] } {
	const operations = uniq(models.flatMap((model) => Object.keys(model.operations)));
	const forms = models.flatMap((model) =>
		Object.entries(model.operations).map(([operation, form]) => ({
			shown: { operation: [operation], model: [model.id] },
			fields: fieldsOf(model, form),
		})),
	);
	return {
		modelLists: operations.map((operation) => {
			const first = models.find((model) => operation in model.operations);
			return modelList(models, operation, presets[operation] ?? first?.id ?? '');
		}),
		fields: modelFormProperties(forms),
	};
}
