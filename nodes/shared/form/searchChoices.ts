import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Model, Schema } from '../catalogue/types';
import { compareNatural } from '../compareNatural';

/** The choices that a model's open list knows, wherever in its input that list is. */
function openChoices(schema: Schema): Schema | undefined {
	if (schema.open) return schema;
	const inner = [...Object.values(schema.properties ?? {}), ...(schema.items ? [schema.items] : [])];
	return inner.map(openChoices).find((found) => found !== undefined);
}

/** What a field with an open list, such as the voices of the chosen model, offers to pick from by name. */
export function searchChoices(context: ILoadOptionsFunctions, models: Model[], filter = ''): INodeListSearchResult {
	const id = context.getCurrentNodeParameter('model');
	const model = models.find((candidate) => candidate.id === id);
	const { enum: values = [], enumNames = {} } = (model && openChoices(model.input)) ?? {};
	const results = values
		.map((value) => ({ name: enumNames[value] ?? String(value), value }))
		.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()))
		.sort((a, b) => compareNatural(a.name, b.name));
	return { results };
}
