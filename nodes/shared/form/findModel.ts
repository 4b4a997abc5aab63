import { countBy, sortBy, sumBy } from 'lodash';

import type { Model } from '../catalogue/types';
import { isOffered, modelName } from './modelParameters';

/** The model that an AI agent means, which fills in Model with an ID or a name as it remembers it. */

/** Longer than any name of a model. */
const MAX_NAME = 80;
const SIMILAR_MODELS = 5;

/** A name without what people write differently: case, spaces and punctuation. */
const normalize = (name: string): string =>
	name
		.slice(0, MAX_NAME)
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '');

/** As Kie.ai calls a model, and as the form does, without its status. */
const titlesOf = (model: Model, operation: string): string[] =>
	[model.title, modelName({ ...model, status: undefined }, operation)].map(normalize);

/** The model of an operation with this ID; otherwise the only one with this title, or with this ID in another spelling. */
export function findModel(models: Model[], operation: string, name: string): Model | undefined {
	const supporting = models.filter((model) => operation in model.operations);
	const exact = supporting.find(({ id }) => id === name);
	if (exact) return exact;
	const normalizedName = normalize(name);
	const titled = supporting.filter((model) => titlesOf(model, operation).includes(normalizedName));
	const candidates = titled.length > 0 ? titled : supporting.filter(({ id }) => normalize(id) === normalizedName);
	return candidates.length === 1 ? candidates[0] : undefined;
}

/** The IDs of the current models of an operation whose names are most like this one, the most similar first. */
export function similarModels(models: Model[], operation: string, name: string): string[] {
	const pairs = pairsOf(normalize(name));
	const rated = models
		.filter((model) => operation in model.operations && isOffered(model))
		.map((model) => {
			const names = [normalize(model.id), ...titlesOf(model, operation)];
			return { id: model.id, similarity: Math.max(...names.map((other) => similarity(pairs, pairsOf(other)))) };
		});
	return sortBy(rated, ({ similarity: value }) => -value)
		.slice(0, SIMILAR_MODELS)
		.map(({ id }) => id);
}

type Pairs = Record<string, number>;

/** How often each two neighbouring characters stand in a name. */
const pairsOf = (name: string): Pairs =>
	countBy([...name].slice(1).map((character, index) => name.charAt(index) + character));

/** The share of pairs that two names have in common, from 0 to 1 (the Sørensen-Dice coefficient). Linear in their length. */
function similarity(a: Pairs, b: Pairs): number {
	const total = sumBy([a, b], (pairs) => sumBy(Object.values(pairs)));
	const common = sumBy(Object.entries(a), ([pair, count]) => Math.min(count, b[pair] ?? 0));
	return total === 0 ? 0 : (2 * common) / total;
}
