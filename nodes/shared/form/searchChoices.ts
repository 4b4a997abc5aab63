import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Model, Schema } from '../catalogue/types';
import { compareNatural } from '../compareNatural';

/** The schema of the open list in an input, at any depth. */
function findOpenList(schema: Schema): Schema | undefined {
	if (schema.open) return schema;
	const inner = [...Object.values(schema.properties ?? {}), ...[schema.items ?? []].flat()];
	return inner.map(findOpenList).find((found) => found !== undefined);
}

/** The From List results of a field with an open list, such as the voices of the selected model. */
export function searchChoices(context: ILoadOptionsFunctions, models: Model[], filter = ''): INodeListSearchResult {
	const id = context.getCurrentNodeParameter('model');
	const model = models.find((candidate) => candidate.id === id);
	const { enum: values = [], enumNames = {} } = (model && findOpenList(model.input)) ?? {};
	const results = values
		.map((value) => ({ name: enumNames[value] ?? String(value), value }))
		.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()))
		.sort((a, b) => compareNatural(a.name, b.name));
	return { results };
}
