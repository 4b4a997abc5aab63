import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeListSearchResult,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { sunoModels } from '../shared/catalogue/suno';
import { choicesOf } from '../shared/form/searchChoices';
import { actionSubtitle } from '../shared/form/subtitle';
import { runJobs } from '../shared/run/runJobs';
import { readSunoJob } from './readSunoJob';
import { sunoProperties } from './sunoParameters';

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
		credentials: [{ name: 'kieAiApi', required: true }],
		properties: sunoProperties,
	};

	methods = {
		listSearch: {
			async searchChoices(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
				const resource = this.getCurrentNodeParameter('resource');
				const operation = String(this.getCurrentNodeParameter('operation'));
				const model = sunoModels.find(
					(candidate) => candidate.resource === resource && operation in candidate.operations,
				);
				return choicesOf(model?.input, filter);
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runJobs(this, (itemIndex) => readSunoJob(this, itemIndex));
	}
}
