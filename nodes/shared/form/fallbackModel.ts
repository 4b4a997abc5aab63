import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import type { Model } from '../catalogue/types';
import { compareNatural } from '../compareNatural';
import { isOffered, modelName } from './modelParameters';

/** The option of a model that takes over. */
export const fallbackModel: INodeProperties = {
	displayName: 'Fallback Model',
	name: 'fallbackModel',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'Model to use if the first one fails for a reason that is not the input, once per item',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchFallbackModels', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. google/nano-banana' },
	],
};

/** The From List results of Fallback Model: the other models of the operation, as the model list has them. */
export function searchFallbackModels(
	context: ILoadOptionsFunctions,
	models: Model[],
	filter = '',
): INodeListSearchResult {
	const operation = String(context.getCurrentNodeParameter('operation'));
	const selected = context.getCurrentNodeParameter('model');
	const results = models
		.filter((model) => operation in model.operations && model.id !== selected && isOffered(model))
		.map((model) => ({ name: modelName(model, operation), value: model.id }))
		.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()))
		.sort((a, b) => compareNatural(a.name, b.name));
	return { results };
}
