import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeListSearchResult,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { waitingNodeTooltip } from '../shared/form/nodeHints';
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
		waitingNodeTooltip,
		builderHint: {
			searchHint:
				'Not needed after Kie Image, Kie Video, Kie Audio or Kie Suno, which wait by themselves. For tasks created with Create Only: Wait (waits by itself, no loop) or Get.',
			relatedNodes: [
				{ nodeType: 'n8n-nodes-kie-ai.kieImage', relationHint: 'Generates and edits images' },
				{ nodeType: 'n8n-nodes-kie-ai.kieVideo', relationHint: 'Generates and edits videos' },
			],
		},
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
