import type { IExecuteFunctions, INodeListSearchResult, INodeProperties, ISupplyDataFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { compareNatural } from '../compareNatural';
import { chatModels, customChatModel, findChatModel } from './chatModels';
import { protocols } from './protocols';
import type { ChatModel, ProtocolName } from './chatTypes';

/** How a chat model is chosen, and what was chosen. */

const CUSTOM = 'customModel';
const PROTOCOLS: Record<ProtocolName, string> = {
	'anthropic-messages': 'Anthropic Messages',
	gemini: 'Gemini',
	'openai-chat': 'OpenAI Chat Completions',
	'openai-responses': 'OpenAI Responses',
};
const ofCustom = { show: { model: [CUSTOM] } };

/** Has tools, JSON by schema and every kind of file. */
const DEFAULT_MODEL = 'gemini-3-pro';

export const chatModelParameters: INodeProperties[] = [
	{
		displayName: 'Model',
		name: 'model',
		type: 'resourceLocator',
		default: { mode: 'list', value: DEFAULT_MODEL },
		required: true,
		description: 'The model to ask. An ID that is not in the list goes to the API of its family.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchModels', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. claude-sonnet-5' },
		],
	},
	{
		displayName: 'Path',
		name: 'customPath',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. /codex/v1/responses',
		description: 'Where Kie.ai answers for the model, as its page shows it',
		displayOptions: ofCustom,
	},
	{
		displayName: 'Protocol',
		name: 'customProtocol',
		type: 'options',
		options: Object.entries(PROTOCOLS).map(([value, name]) => ({ name, value })),
		default: 'openai-chat',
		displayOptions: ofCustom,
	},
	{
		displayName: 'Model ID',
		name: 'customModelId',
		type: 'string',
		default: '',
		placeholder: 'e.g. gpt-5-5',
		description: 'What goes into the body as its model. Leave it empty where the path names the model.',
		displayOptions: ofCustom,
	},
];

/** The models that fit what is typed, family by family; Custom Model is always the last. */
export function searchChatModels(filter = ''): INodeListSearchResult {
	const wanted = filter.toLowerCase();
	const models = [...chatModels]
		.sort((a, b) => compareNatural(a.family, b.family))
		.map(({ id, title, status }) => ({ name: status ? `${title} (${status})` : title, value: id }))
		.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted));
	return { results: [...models, { name: 'Custom Model', value: CUSTOM }] };
}

/**
 * The chosen model.
 * @throws NodeOperationError where its ID belongs to no family, or its path is none.
 */
export function readChatModel(context: IExecuteFunctions | ISupplyDataFunctions, itemIndex: number): ChatModel {
	const parameter = (name: string, extractValue = false): string => {
		const value: unknown = context.getNodeParameter(name, itemIndex, '', { extractValue });
		return typeof value === 'string' ? value.trim() : '';
	};
	const refuse = (message: string, description: string) =>
		new NodeOperationError(context.getNode(), `${message} [item ${itemIndex}]`, { itemIndex, description });

	const id = parameter('model', true);
	if (id !== CUSTOM) {
		const model = findChatModel(id);
		if (model) return model;
		throw refuse(
			id === '' ? "'Model' is not chosen" : `No family of chat models has the ID '${id}'`,
			'Pick a model from the list, or choose Custom Model and give its path and protocol. Nothing was sent to Kie.ai.',
		);
	}
	const path = parameter('customPath');
	if (!/^\/[^\s?#]+$/.test(path)) {
		throw refuse("'Path' has to start with a slash", 'Write it as /codex/v1/responses. Nothing was sent to Kie.ai.');
	}
	const protocol = parameter('customProtocol');
	if (!isProtocol(protocol)) {
		throw refuse(`'Protocol' can be ${Object.keys(protocols).join(', ')}, not '${protocol}'`, 'Nothing was sent.');
	}
	return customChatModel(protocol, path, parameter('customModelId'));
}

function isProtocol(name: string): name is ProtocolName {
	return Object.hasOwn(protocols, name);
}
