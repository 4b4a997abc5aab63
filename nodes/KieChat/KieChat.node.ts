import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { chatModelGuide, chatModelSubtitle, searchChatModels } from '../shared/chat/chatModelParameter';
import { executeChats } from './executeChats';
import { chatProperties } from './chatParameters';

export class KieChat implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kie Chat',
		name: 'kieChat',
		icon: { light: 'file:../../icons/kieChat.svg', dark: 'file:../../icons/kieChat.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: chatModelSubtitle,
		description: 'Chat with GPT, Claude, Gemini, Grok, Kimi and DeepSeek models through Kie.ai',
		defaults: { name: 'Kie Chat' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		builderHint: {
			searchHint:
				'One call to a chat model, with text or JSON as the answer. For agents and chains use Kie Chat Model.',
			relatedNodes: [
				{ nodeType: 'n8n-nodes-kie-ai.kieChatModel', relationHint: 'The same models for AI agents and chains' },
			],
			extraTypeDefContent: chatModelGuide,
		},
		credentials: [{ name: 'kieAiApi', required: true }],
		properties: chatProperties,
	};

	methods = { listSearch: { searchModels: searchChatModels } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeChats(this);
	}
}
