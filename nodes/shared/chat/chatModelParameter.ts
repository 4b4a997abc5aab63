import type {
	IBuilderHint,
	IExecuteFunctions,
	INodeListSearchResult,
	INodeProperties,
	ISupplyDataFunctions,
} from 'n8n-workflow';

import { inputError } from '../api/inputError';
import { compareNatural } from '../compareNatural';
import { modelSubtitle } from '../form/subtitle';
import { chatModels, findChatModel } from './chatModels';
import type { ChatModel, ProtocolName } from './chatTypes';
import { protocols } from './protocols';

/** The parameters that select a chat model, and reading them. */

const CUSTOM = 'customModel';
const showForCustom = { show: { model: [CUSTOM] } };

/** Supports tools, JSON Schema and every kind of file. */
const DEFAULT_MODEL = 'gemini-3-pro';

export const chatModelParameters: INodeProperties[] = [
	{
		displayName: 'Model',
		name: 'model',
		type: 'resourceLocator',
		default: { mode: 'list', value: DEFAULT_MODEL, cachedResultName: findChatModel(DEFAULT_MODEL)?.title },
		required: true,
		description:
			'The model that generates the response. Choose from the list, or specify an ID: an ID that is not in the list is sent to the API of its model family.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a model...',
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
		description: "The path of the model's endpoint, as shown in Kie.ai's documentation",
		displayOptions: showForCustom,
	},
	{
		displayName: 'Protocol',
		name: 'customProtocol',
		type: 'options',
		options: Object.entries(protocols).map(([value, { title }]) => ({ name: title, value })),
		default: 'openai-chat',
		description: 'The API format of the endpoint',
		displayOptions: showForCustom,
	},
	{
		displayName: 'Model ID',
		name: 'customModelId',
		type: 'string',
		default: '',
		placeholder: 'e.g. gpt-5-5',
		description: 'The model to name in the request body. Leave empty if the path contains the model.',
		displayOptions: showForCustom,
	},
];

/** The chosen model below the name of a node. */
export const chatModelSubtitle = modelSubtitle({
	...Object.fromEntries(chatModels.map(({ id, title }) => [id, title])),
	[CUSTOM]: 'Custom Model',
});

/** The IDs of the models, which the type of a list that is searched does not name, for language models that build workflows. */
export const chatModelGuide: IBuilderHint['extraTypeDefContent'] = [
	{ content: `Values of model.value: ${chatModels.flatMap(({ id, status }) => (status ? [] : [id])).join(', ')}` },
];

/** The models that match a search, family by family; Custom Model is always the last one. */
export async function searchChatModels(filter = ''): Promise<INodeListSearchResult> {
	const query = filter.toLowerCase();
	const models = chatModels
		.toSorted((a, b) => compareNatural(a.family, b.family))
		.map(({ id, title, status }) => ({ name: status ? `${title} (${status})` : title, value: id }))
		.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(query));
	return { results: [...models, { name: 'Custom Model', value: CUSTOM }] };
}

/**
 * The selected model.
 * @throws NodeOperationError if its ID belongs to no family, or its path or protocol is invalid.
 */
export function readChatModel(context: IExecuteFunctions | ISupplyDataFunctions, itemIndex: number): ChatModel {
	const parameter = (name: string, extractValue = false): string => {
		const value: unknown = context.getNodeParameter(name, itemIndex, '', { extractValue });
		return typeof value === 'string' ? value.trim() : '';
	};
	const modelError = (message: string, advice?: string) => inputError(context.getNode(), message, itemIndex, advice);

	const id = parameter('model', true);
	if (id !== CUSTOM) {
		const model = findChatModel(id);
		if (model) return model;
		throw modelError(
			id === '' ? "'Model' is required" : `Unknown chat model '${id}'`,
			'Select a model from the list, or select Custom Model and enter its path and protocol.',
		);
	}
	const path = parameter('customPath');
	if (!/^\/[^\s?#]+$/.test(path))
		throw modelError("'Path' must start with a slash", 'For example: /codex/v1/responses.');
	const protocol = parameter('customProtocol');
	if (!isProtocol(protocol)) {
		throw modelError(`'Protocol' must be one of ${Object.keys(protocols).join(', ')} (got ${protocol})`);
	}
	return customChatModel(protocol, path, parameter('customModelId'));
}

function isProtocol(name: string): name is ProtocolName {
	return Object.hasOwn(protocols, name);
}

/** A model that is not in the list. It is sent everything that its protocol has a field for. */
export function customChatModel(protocol: ProtocolName, path: string, id: string): ChatModel {
	return {
		id,
		title: id || 'Custom Model',
		family: 'Custom',
		protocol,
		path,
		bodyModel: id || undefined,
		capabilities: protocols[protocol].capabilities(path),
	};
}
