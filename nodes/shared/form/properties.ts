import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Model } from '../catalogue/types';
import type { Field } from './fields';
import { fieldsOf } from './fields';
import { inOrder } from './order';
import { toParameter } from './parameter';

export const USING_FIELDS = 'fields';

/** A use of a model: one line of one operation's Model list. */
interface Use {
	operation: string;
	model: string;
}

/** A parameter and all the uses that have it. */
interface SharedParameter {
	parameter: INodeProperties;
	uses: Use[];
	rank: number;
}

function allUses(models: Model[]): Array<{ use: Use; fields: Field[] }> {
	return models.flatMap((model) =>
		Object.keys(model.operations).map((operation) => ({
			use: { operation, model: model.id },
			fields: fieldsOf(model, operation),
		})),
	);
}

/** What is asked for first: what to make, then from which files, then how. */
function rank(field: Field): number {
	if (field.name === 'prompt') return 0;
	return field.media ? 1 : 2;
}

/** Fields with the same definition become one parameter, so that its value survives a change of model and the form stays small. */
function share(uses: Array<{ use: Use; fields: Field[] }>, required: boolean): SharedParameter[] {
	const shared = new Map<string, SharedParameter>();
	for (const { use, fields } of uses) {
		for (const field of fields.filter((candidate) => candidate.required === required)) {
			const parameter = toParameter(field.name, field.schema, field);
			const key = JSON.stringify(parameter);
			const known = shared.get(key);
			if (known) known.uses.push(use);
			else shared.set(key, { parameter, uses: [use], rank: rank(field) });
		}
	}
	return [...shared.values()].sort((a, b) => a.rank - b.rank);
}

/**
 * Display conditions that hold for exactly these uses. One condition is a product of operations and models, so
 * operations with other models of theirs get a condition each.
 */
function conditions(uses: Use[], existing: Use[]): Array<{ operation: string[]; model: string[] }> {
	const operations = [...new Set(uses.map(({ operation }) => operation))];
	const models = [...new Set(uses.map(({ model }) => model))];
	const inProduct = existing.filter(({ operation, model }) => operations.includes(operation) && models.includes(model));
	if (inProduct.length === uses.length) return [{ operation: operations, model: models }];
	return operations.map((operation) => ({
		operation: [operation],
		model: uses.filter((use) => use.operation === operation).map(({ model }) => model),
	}));
}

/** n8n reads conditions in order and shows a parameter at once where one is an expression, so what can be none comes first. */
function shown(parameter: INodeProperties, condition: IDisplayOptions['show']): INodeProperties {
	return { ...parameter, displayOptions: { show: condition } };
}

/** The parameters for the required fields of all models, at the top level of the form. */
function requiredParameters(uses: Array<{ use: Use; fields: Field[] }>, existing: Use[]): INodeProperties[] {
	return share(uses, true).flatMap(({ parameter, uses: own }) =>
		conditions(own, existing).map(({ operation, model }) =>
			shown(parameter, { specifyInput: [USING_FIELDS], operation, model }),
		),
	);
}

/** One collection with the optional fields of all models; each shows for the models that have it. */
function additionalFields(uses: Array<{ use: Use; fields: Field[] }>, existing: Use[]): INodeProperties {
	const options = share(uses, false)
		.flatMap(({ parameter, uses: own }) =>
			conditions(own, existing).map(({ operation, model }) =>
				shown(parameter, { '/operation': operation, '/model': model }),
			),
		)
		.sort((a, b) => inOrder(a.displayName, b.displayName));
	const withOptions = uses.filter(({ fields }) => fields.some(({ required }) => !required)).map(({ use }) => use);
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: {
			show: {
				specifyInput: [USING_FIELDS],
				operation: [...new Set(withOptions.map(({ operation }) => operation))],
				model: [...new Set(withOptions.map(({ model }) => model))],
			},
		},
		options,
	};
}

/** The Model list of one operation: by name, and at the end the models that may no longer answer. */
function modelList(models: Model[], operation: string, preset: string): INodeProperties {
	const byName = (a: Model, b: Model) => inOrder(a.title, b.title);
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
	const uses = allUses(models);
	const existing = uses.map(({ use }) => use);
	const operations = [...new Set(existing.map(({ operation }) => operation))];
	return {
		modelLists: operations.map((operation) => {
			const first = models.find((model) => operation in model.operations);
			return modelList(models, operation, presets[operation] ?? first?.id ?? '');
		}),
		fields: [...requiredParameters(uses, existing), additionalFields(uses, existing)],
	};
}
