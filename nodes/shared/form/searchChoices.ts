import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { InputSchema, Model, Schema } from '../catalogue/types';
import { compareNatural } from '../compareNatural';

/** The schema of the searchable list in an input, at any depth. */
function findSearchable(schema: Schema): Schema | undefined {
	if (schema.open || schema.searchable) return schema;
	const inner = [...Object.values(schema.properties ?? {}), ...[schema.items ?? []].flat()];
	return inner.map(findSearchable).find((choices) => choices !== undefined);
}

/** The From List results of the searchable field of the selected model, such as its voices. */
export function searchChoices(context: ILoadOptionsFunctions, models: Model[], filter?: string): INodeListSearchResult {
	const id = context.getCurrentNodeParameter('model');
	const model = models.find((candidate) => candidate.id === id);
	return choicesOf(model?.input, filter);
}

/** The From List results of the searchable field of an input. */
export function choicesOf(input: InputSchema | undefined, filter = ''): INodeListSearchResult {
	const { enum: values = [], enumNames = {} } = (input && findSearchable(input)) ?? {};
	const results = values
		.map((value) => ({ name: enumNames[value] ?? String(value), value }))
		.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()))
		.sort((a, b) => compareNatural(a.name, b.name));
	return { results };
}
