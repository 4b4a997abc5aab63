import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { CREDENTIAL, readAccount } from '../api/account';
import type { KieContext } from '../api/account';
import { CUSTOM_MODEL } from '../form/operation';
import { asText } from '../json';
import { listModels } from './liveCatalogue';

/** The prices that Kie lists (https://docs.kie.ai/ai-agent/install-kie-models), as text by model ID. */
type Prices = Map<string, string>;

const REMEMBERED_MS = 10 * 60_000;
/** A form does not wait longer for a price. */
const LIMIT_MS = 10_000;

export const NOT_AVAILABLE = 'Not available';
const NO_CREDENTIAL = 'Select a credential to see the price';

const remembered = new Map<string, { prices: Promise<Prices>; until: number }>();

/** The prices of all models. One request serves all models and forms of an account for ten minutes; a failed one, those that wait for it. */
async function readPrices(context: KieContext): Promise<Prices> {
	const { id } = await readAccount(context);
	const recent = remembered.get(id);
	if (recent && Date.now() < recent.until) return await recent.prices;
	const prices = requestPrices(context);
	remembered.set(id, { prices, until: Date.now() + REMEMBERED_MS });
	prices.catch(() => remembered.delete(id));
	return await prices;
}

async function requestPrices(context: KieContext): Promise<Prices> {
	const models = await listModels(context, {}, { signal: AbortSignal.timeout(LIMIT_MS) });
	return new Map(
		models.flatMap(({ model, pricingDesc }): Array<[string, string]> => {
			const [id, text] = [asText(model), asText(pricingDesc)];
			return id === undefined || text === undefined ? [] : [[id, text]];
		}),
	);
}

/** The one choice of a Price parameter: what Kie lists as the price of a model, verbatim. Never fails, so that the form stays quiet. */
export async function loadPrice(context: ILoadOptionsFunctions, modelId: string): Promise<INodePropertyOptions[]> {
	const hasCredential = context.getNode().credentials?.[CREDENTIAL] !== undefined;
	const text = hasCredential ? await findPrice(context, modelId) : NO_CREDENTIAL;
	return [{ name: text, value: '' }];
}

/** What Kie lists as the price of a model, verbatim. Never fails. */
export async function findPrice(context: KieContext, modelId: string): Promise<string> {
	if (modelId === '') return NOT_AVAILABLE;
	try {
		return (await readPrices(context)).get(modelId) ?? NOT_AVAILABLE;
	} catch {
		return NOT_AVAILABLE;
	}
}

/** The model that is selected in the form of a media node. */
export function selectedModelId(context: ILoadOptionsFunctions): string {
	const isCustom = context.getCurrentNodeParameter('operation') === CUSTOM_MODEL;
	const name = isCustom ? 'customModelId' : 'model';
	return asText(context.getCurrentNodeParameter(name, { extractValue: true })) ?? '';
}
