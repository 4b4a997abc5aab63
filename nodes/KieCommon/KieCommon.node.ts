import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeListSearchResult,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { searchModels } from '../shared/live/searchModels';
import { runJobs } from '../shared/run/runJobs';
import { runOperations } from './commonOperations';
import { commonProperties } from './commonParameters';
import { readTaskJob } from './taskOperations';

export class KieCommon implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kie Common',
		name: 'kieCommon',
		icon: { light: 'file:../../icons/kie.svg', dark: 'file:../../icons/kie.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Get and wait for Kie.ai tasks, upload and download files, and list models, prices and credits',
		defaults: { name: 'Kie Common' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'kieAiApi', required: true }],
		properties: commonProperties,
	};

	methods = {
		listSearch: {
			async searchModels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
				return await searchModels(this, [], filter);
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return this.getNodeParameter('resource', 0) === 'task'
			? await runJobs(this, (itemIndex) => readTaskJob(this, itemIndex))
			: await runOperations(this);
	}
}
