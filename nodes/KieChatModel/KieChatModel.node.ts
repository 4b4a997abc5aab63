import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeType,
	INodeTypeDescription,
	ISupplyDataFunctions,
	SupplyData,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';

import { isObject } from '../shared/json';
import { chatModelParameters, readChatModel, searchChatModels } from '../shared/chat/chatModelParameter';
import { connectionHint, optionsProperty, readSettings } from './modelOptions';

export class KieChatModel implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kie Chat Model',
		name: 'kieChatModel',
		icon: { light: 'file:../../icons/kie.svg', dark: 'file:../../icons/kie.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["model"]["cachedResultName"] || $parameter["model"]["value"] }}',
		description: 'The chat models of Kie.ai for AI agents and chains: GPT, Claude, Gemini, Grok and others',
		defaults: { name: 'Kie Chat Model' },
		inputs: [],
		outputs: [NodeConnectionTypes.AiLanguageModel],
		outputNames: ['Model'],
		credentials: [{ name: 'kieAiApi', required: true }],
		properties: [connectionHint, ...chatModelParameters, optionsProperty],
	};

	methods = {
		listSearch: {
			async searchModels(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
				return searchChatModels(filter);
			},
		},
	};

	async supplyData(this: ISupplyDataFunctions, itemIndex: number): Promise<SupplyData> {
		const { supplyChatModel } = await loadModel(this);
		return supplyChatModel(this, readChatModel(this, itemIndex), readSettings(this, itemIndex));
	}
}

/** Only a model needs n8n's AI node SDK, so a package on an n8n without it loads whole, and the other nodes work. */
async function loadModel(context: ISupplyDataFunctions) {
	try {
		return await import('./kieChatModel');
	} catch (error) {
		if (!isObject(error) || error.code !== 'MODULE_NOT_FOUND')
			throw new NodeOperationError(context.getNode(), String(error));
		throw new NodeOperationError(context.getNode(), 'Kie Chat Model needs n8n 2.16 or newer', {
			description:
				'This n8n does not bring what chat models of community nodes are made with (@n8n/ai-node-sdk). Update n8n, or use the node Kie Chat, which works with any version.',
		});
	}
}
