import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { compareNatural } from '../compareNatural';
import { asText } from '../json';
import { listModels } from './liveCatalogue';

/** The From List results of a model parameter, from Kie's live catalogue. Without task types: all models. */
export async function searchModels(
	context: ILoadOptionsFunctions,
	taskTypes: string[],
	filter?: string,
): Promise<INodeListSearchResult> {
	const models = await listModels(context, { taskTypes, search: filter });
	const results = models.flatMap((model) => {
		const id = asText(model.model);
		if (id === undefined) return [];
		return [{ name: asText(model.title) ?? id, value: id, description: asText(model.pricingDesc) }];
	});
	return { results: results.sort((a, b) => compareNatural(a.name, b.name)) };
}
