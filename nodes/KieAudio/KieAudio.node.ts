import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeListSearchResult,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
	ResourceMapperFields,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { loadModelFields } from '../shared/live/customModel';
import { loadPrice, selectedModelId } from '../shared/live/priceText';
import { searchModels } from '../shared/live/searchModels';
import { readCreateJob } from '../shared/run/readCreateJob';
import { modelGuide } from '../shared/form/modelGuide';
import { taskBuilderHint, taskHints, waitingNodeTooltip } from '../shared/form/nodeHints';
import { runJobs } from '../shared/run/runJobs';
import { searchFallbackModels } from '../shared/form/fallbackModel';
import { searchChoices } from '../shared/form/searchChoices';
import { mediaSubtitle } from '../shared/form/subtitle';
import { audioNode } from './audioNode';
import { audioProperties } from './audioParameters';

export class KieAudio implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kie Audio',
		name: 'kieAudio',
		icon: { light: 'file:../../icons/kieAudio.svg', dark: 'file:../../icons/kieAudio.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: mediaSubtitle(audioProperties),
		description: 'Generate speech, dialogues and sound effects, and transcribe audio with the audio models of Kie.ai',
		defaults: { name: 'Kie Audio' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		waitingNodeTooltip,
		hints: taskHints,
		builderHint: taskBuilderHint(
			'url (the first file) and urls, or the text of a transcription',
			modelGuide(audioProperties),
		),
		credentials: [{ name: 'kieAiApi', required: true }],
		properties: audioProperties,
	};

	methods = {
		loadOptions: {
			async getPrice(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				return await loadPrice(this, selectedModelId(this));
			},
		},
		listSearch: {
			async searchFallbackModels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
				return searchFallbackModels(this, audioNode.models, filter);
			},
			async searchChoices(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
				return searchChoices(this, audioNode.models, filter);
			},
			async searchModels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
				return await searchModels(this, audioNode.taskTypes, filter);
			},
		},
		resourceMapping: {
			async getModelFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
				return await loadModelFields(this);
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runJobs(this, (itemIndex) => readCreateJob(this, audioNode, itemIndex));
	}
}
