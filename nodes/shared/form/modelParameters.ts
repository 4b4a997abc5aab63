import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Model } from '../catalogue/types';
import { fieldsOf } from './modelFields';
import { compareNatural } from '../compareNatural';
import { formProperties } from './formParameters';

/** The Model list of one operation: by name, and at the end the models that may no longer answer. */
function modelList(models: Model[], operation: string, preset: string): INodeProperties {
	const byName = (a: Model, b: Model) => compareNatural(a.title, b.title);
	const offered = models.filter((model) => operation in model.operations);
	const ordered = [
		...offered.filter(({ status }) => !status).sort(byName),
		...offered.filter(({ status }) => status).sort(byName),
	];
	const options: INodePropertyOptions[] = ordered.map(({ id, title, status }) => ({
		name: status ? `${title} (${status})` : title,
		value: id,
	}));
	return {
		displayName: 'Model',
		name: 'model',
		type: 'options',
		description:
			'The model that does it. Each has fields and prices of its own. To choose it by expression, use Using JSON below.',
		options,
		default: preset,
		displayOptions: { show: { operation: [operation] } },
	};
}

/**
 * The parameters of a catalogue: the Model list of each operation, the fields of each model, and Additional Fields.
 * `presets` names the model that an operation starts with.
 */
export function catalogueProperties(
	models: Model[],
	presets: Record<string, string>,
): { modelLists: INodeProperties[]; fields: INodeProperties[] } {
	const operations = [...new Set(models.flatMap((model) => Object.keys(model.operations)))];
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
		fields: formProperties(forms),
	};
}
