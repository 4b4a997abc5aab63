import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeListSearchResult,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { sunoModels } from '../shared/catalogue/suno';
import type { SunoModel } from '../shared/catalogue/types';
import { taskBuilderHint, taskHints, waitingNodeTooltip } from '../shared/form/nodeHints';
import { choicesOf } from '../shared/form/searchChoices';
import { actionSubtitle } from '../shared/form/subtitle';
import { loadPrice } from '../shared/live/priceText';
import { runJobs } from '../shared/run/runJobs';
import { readSunoJob } from './readSunoJob';
import { sunoProperties } from './sunoParameters';

/** The call of the selected operation. */
function selectedModel(context: ILoadOptionsFunctions): SunoModel | undefined {
	const resource = context.getCurrentNodeParameter('resource');
	const operation = String(context.getCurrentNodeParameter('operation'));
	return sunoModels.find((candidate) => candidate.resource === resource && operation in candidate.operations);
}

export class KieSuno implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kie Suno',
		name: 'kieSuno',
		icon: { light: 'file:../../icons/kieSuno.svg', dark: 'file:../../icons/kieSuno.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: actionSubtitle(sunoProperties),
		description: 'Generate and extend music, write lyrics, separate stems and create music videos with Suno on Kie.ai',
		defaults: { name: 'Kie Suno' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		waitingNodeTooltip,
		hints: taskHints,
		builderHint: taskBuilderHint('url and urls (usually two tracks), titles, durations and IDs'),
		credentials: [{ name: 'kieAiApi', required: true }],
		properties: sunoProperties,
	};

	methods = {
		loadOptions: {
			async getPrice(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				const model = selectedModel(this);
				// What is not a call of a model only reads an earlier task.
				return model ? await loadPrice(this, model.marketVariant.id) : [{ name: 'Free', value: '' }];
			},
		},
		listSearch: {
			async searchChoices(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
				return choicesOf(selectedModel(this)?.input, filter);
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runJobs(this, (itemIndex) => readSunoJob(this, itemIndex));
	}
}
