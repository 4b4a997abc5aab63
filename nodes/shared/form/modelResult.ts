import { adapters } from '../adapters';
import type { ResultShape } from '../adapters/resultShape';
import type { Model } from '../catalogue/types';
import type { MediaNodeDefinition } from './mediaNodeDefinition';

/** What the results of a model have besides files. */
export function resultOfModel({ result, api = 'market' }: Pick<Model, 'result' | 'api'>): ResultShape {
	const adapter: { result?: ResultShape } = adapters[api];
	return result ?? adapter.result ?? { fields: {} };
}

/** The operations whose results are data only, with each of their models. */
export function operationsWithoutFiles({ operations, models }: MediaNodeDefinition): string[] {
	return operations
		.map(({ value }) => value)
		.filter((value) => {
			const results = models.filter((model) => value in model.operations).map(resultOfModel);
			return results.every(({ withoutFiles }) => withoutFiles);
		});
}
