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
import { mediaSubtitle } from '../shared/form/subtitle';
import { videoNode } from './videoNode';
import { videoProperties } from './videoParameters';

export class KieVideo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kie Video',
		name: 'kieVideo',
		icon: { light: 'file:../../icons/kieVideo.svg', dark: 'file:../../icons/kieVideo.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: mediaSubtitle(videoProperties),
		description: 'Generate, edit, extend and upscale videos with the video models of Kie.ai',
		defaults: { name: 'Kie Video' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		waitingNodeTooltip,
		hints: taskHints,
		builderHint: taskBuilderHint('url (the first video) and urls', modelGuide(videoProperties)),
		credentials: [{ name: 'kieAiApi', required: true }],
		properties: videoProperties,
	};

	methods = {
		loadOptions: {
			async getPrice(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				return await loadPrice(this, selectedModelId(this));
			},
		},
		listSearch: {
			async searchFallbackModels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
				return searchFallbackModels(this, videoNode.models, filter);
			},
			async searchModels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
				return await searchModels(this, videoNode.taskTypes, filter);
			},
		},
		resourceMapping: {
			async getModelFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
				return await loadModelFields(this);
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runJobs(this, (itemIndex) => readCreateJob(this, videoNode, itemIndex));
	}
}
