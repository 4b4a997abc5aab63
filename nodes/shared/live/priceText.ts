import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { CREDENTIAL, readAccount } from '../api/account';
import type { KieContext } from '../api/account';
import { withinTime } from '../api/sleep';
import { CUSTOM_MODEL } from '../form/operation';
import { asText } from '../json';
import { listModels } from './liveCatalogue';
import { rememberFor } from './remember';

/** The prices that Kie lists (https://docs.kie.ai/ai-agent/install-kie-models), as text by model ID. */
type Prices = Map<string, string>;

const REMEMBERED_MS = 10 * 60_000;
/** Nobody waits longer for a price. */
const LIMIT_MS = 10_000;

export const NOT_AVAILABLE = 'Not available';
const NO_CREDENTIAL = 'Select a credential to see the price';

const remembered = rememberFor<Prices>(REMEMBERED_MS);

/** The prices of all models. One request serves all models and forms of an account for ten minutes; a failed one, those that wait for it. */
async function readPrices(context: KieContext, signal: AbortSignal): Promise<Prices> {
	const { id } = await readAccount(context);
	return await remembered(id, async () => await requestPrices(context, signal));
}

async function requestPrices(context: KieContext, signal: AbortSignal): Promise<Prices> {
	const models = await listModels(context, {}, { signal });
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
		const prices = await withinTime(LIMIT_MS, async (signal) => await readPrices(context, signal));
		return prices?.get(modelId) ?? NOT_AVAILABLE;
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
