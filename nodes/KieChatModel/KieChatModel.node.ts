import type { INodeType, INodeTypeDescription, ISupplyDataFunctions, SupplyData } from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';

import { isObject } from '../shared/json';
import {
	chatModelGuide,
	chatModelParameters,
	chatModelSubtitle,
	readChatModel,
	searchChatModels,
} from '../shared/chat/chatModelParameter';
import { connectionHint, optionsProperty, readSettings } from './modelOptions';

export class KieChatModel implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kie Chat Model',
		name: 'kieChatModel',
		icon: { light: 'file:../../icons/kieChatModel.svg', dark: 'file:../../icons/kieChatModel.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: chatModelSubtitle,
		description: 'Use GPT, Claude, Gemini, Grok and other chat models of Kie.ai in AI agents and chains',
		defaults: { name: 'Kie Chat Model' },
		inputs: [],
		outputs: [NodeConnectionTypes.AiLanguageModel],
		outputNames: ['Model'],
		credentials: [{ name: 'kieAiApi', required: true }],
		builderHint: {
			searchHint: 'A language model for AI Agent and chains. For a single call without an agent use Kie Chat.',
			relatedNodes: [
				{ nodeType: '@n8n/n8n-nodes-langchain.agent', relationHint: 'Uses the model, with tools and memory' },
				{ nodeType: 'n8n-nodes-kie-ai.kieChat', relationHint: 'One call without an agent' },
			],
			extraTypeDefContent: chatModelGuide,
		},
		properties: [connectionHint, ...chatModelParameters, optionsProperty],
	};

	methods = { listSearch: { searchModels: searchChatModels } };

	async supplyData(this: ISupplyDataFunctions, itemIndex: number): Promise<SupplyData> {
		const { supplyChatModel } = await loadModel(this);
		return supplyChatModel(this, readChatModel(this, itemIndex), readSettings(this, itemIndex));
	}
}

/** Only the model requires n8n's AI node SDK, so on an n8n without it the package loads and the other nodes work. */
async function loadModel(context: ISupplyDataFunctions) {
	try {
		return await import('./kieChatModel');
	} catch (error) {
		if (!isObject(error) || error.code !== 'MODULE_NOT_FOUND')
			throw new NodeOperationError(context.getNode(), String(error));
		throw new NodeOperationError(context.getNode(), 'Kie Chat Model needs n8n 2.16 or newer', {
			description:
				'This version of n8n does not include the SDK for chat models of community nodes (@n8n/ai-node-sdk). Update n8n, or use the Kie Chat node, which works with any version.',
		});
	}
}
