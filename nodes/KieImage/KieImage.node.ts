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
import { imageNode } from './imageNode';
import { imageProperties } from './imageParameters';

export class KieImage implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kie Image',
		name: 'kieImage',
		icon: { light: 'file:../../icons/kieImage.svg', dark: 'file:../../icons/kieImage.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: mediaSubtitle(imageProperties),
		description: 'Generate, edit, upscale and reframe images with the image models of Kie.ai',
		defaults: { name: 'Kie Image' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		waitingNodeTooltip,
		hints: taskHints,
		builderHint: taskBuilderHint('url (the first image) and urls', modelGuide(imageProperties)),
		credentials: [{ name: 'kieAiApi', required: true }],
		properties: imageProperties,
	};

	methods = {
		loadOptions: {
			async getPrice(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				return await loadPrice(this, selectedModelId(this));
			},
		},
		listSearch: {
			async searchFallbackModels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
				return searchFallbackModels(this, imageNode.models, filter);
			},
			async searchModels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
				return await searchModels(this, imageNode.taskTypes, filter);
			},
		},
		resourceMapping: {
			async getModelFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
				return await loadModelFields(this);
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runJobs(this, (itemIndex) => readCreateJob(this, imageNode, itemIndex));
	}
}
