import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeListSearchResult,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { actionSubtitle } from '../shared/form/subtitle';
import { searchModels } from '../shared/live/searchModels';
import { runJobs } from '../shared/run/runJobs';
import { isPausedStep, runPausedStep } from '../shared/suspend/pausedSteps';
import { runOperations } from './commonOperations';
import { commonProperties } from './commonParameters';
import { readTaskJob } from './taskOperations';

export class KieCommon implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kie Common',
		name: 'kieCommon',
		icon: { light: 'file:../../icons/kieCommon.svg', dark: 'file:../../icons/kieCommon.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: actionSubtitle(commonProperties),
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
		if (this.getNodeParameter('resource', 0) !== 'task') return await runOperations(this);
		const operation = this.getNodeParameter('operation', 0);
		if (isPausedStep(operation)) return await runPausedStep(this, operation);
		return await runJobs(this, (itemIndex) => readTaskJob(this, itemIndex));
	}
}
