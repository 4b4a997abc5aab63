import type { INodeProperties } from 'n8n-workflow';

import { compareNatural } from '../compareNatural';
import { catalogueProperties, isOffered } from './modelParameters';
import { USING_FIELDS } from './formParameters';
import { fallbackModel } from './fallbackModel';
import type { MediaNodeDefinition } from './mediaNodeDefinition';
import { operationsWithoutFiles } from './modelResult';
import { CUSTOM_MODEL } from './operation';
import {
	CREATE_AND_WAIT,
	CREATE_ONLY,
	downloadFilesUnless,
	optionsProperties,
	VALIDATE_ONLY,
} from './optionParameters';
import { priceParameter } from './priceParameter';
import { toolDescriptions } from './toolDescription';

export const USING_JSON = 'json';

/** The names of the node's own parameters, which no field of a model may have. */
export const OWN_PARAMETERS = [
	'toolDescription',
	'operation',
	'model',
	'customModelId',
	'price',
	'specifyInput',
	'customInput',
	'inputJson',
	'additionalFields',
	'downloadFiles',
	'executionMode',
	'options',
];

/** An operation whose models are all retired is not offered. */
function operationProperty({ operations, defaultOperation, models }: MediaNodeDefinition): INodeProperties {
	const offered = operations.filter(({ value }) =>
		models.some((model) => value in model.operations && isOffered(model)),
	);
	const custom = {
		name: 'Custom Model',
		value: CUSTOM_MODEL,
		action: 'Run custom model',
		description: 'Run any Kie.ai model by its ID, even if it is newer than this node',
	};
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [...offered, custom].sort((a, b) => compareNatural(a.name, b.name)),
		default: defaultOperation,
	};
}

export const specifyInput: INodeProperties = {
	displayName: 'Specify Input',
	name: 'specifyInput',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Using Fields Above', value: USING_FIELDS },
		{
			name: 'Using JSON',
			value: USING_JSON,
			description: 'Provide the whole input as JSON, including fields that this node does not offer',
		},
	],
	default: USING_FIELDS,
};

const customModelId: INodeProperties = {
	displayName: 'Model',
	name: 'customModelId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The model to use',
	displayOptions: { show: { operation: [CUSTOM_MODEL] } },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchModels', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. google/nano-banana' },
	],
};

export const NO_MODEL_FIELDS = "Kie.ai lists no fields for this model. Set 'Specify Input' to 'Using JSON' instead.";

const customInput: INodeProperties = {
	displayName: 'Input',
	name: 'customInput',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	description: 'The input fields of the model. File fields accept a URL or the name of a binary field.',
	typeOptions: {
		loadOptionsDependsOn: ['customModelId.value'],
		resourceMapper: {
			resourceMapperMethod: 'getModelFields',
			mode: 'add',
			fieldWords: { singular: 'field', plural: 'fields' },
			addAllFields: false,
			supportAutoMap: false,
			noFieldsError: NO_MODEL_FIELDS,
		},
	},
	displayOptions: { show: { specifyInput: [USING_FIELDS], operation: [CUSTOM_MODEL] } },
};

export const inputJson: INodeProperties = {
	displayName: 'Input (JSON)',
	name: 'inputJson',
	type: 'json',
	typeOptions: { rows: 6 },
	default: '{}',
	placeholder: 'e.g. { "prompt": "A red fox in fresh snow" }',
	description: 'The input of the model as a JSON object. File fields accept a URL or the name of a binary field.',
	displayOptions: { show: { specifyInput: [USING_JSON] } },
};

export const executionMode: INodeProperties = {
	displayName: 'Mode',
	name: 'executionMode',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Create and Wait', value: CREATE_AND_WAIT, description: 'Create a task and wait for its result' },
		{ name: 'Create Only', value: CREATE_ONLY, description: 'Create a task and return its ID immediately' },
		{
			name: 'Validate Only',
			value: VALIDATE_ONLY,
			description: 'Check the input and return the price and what would be sent, without creating a task',
		},
	],
	default: CREATE_AND_WAIT,
};

/** The whole form of a media node, from top to bottom. */
export function mediaNodeProperties(definition: MediaNodeDefinition): INodeProperties[] {
	const { modelLists, fields } = catalogueProperties(definition.models, definition);
	return [
		...toolDescriptions(definition),
		operationProperty(definition),
		...modelLists,
		customModelId,
		priceParameter(['operation', 'model', 'customModelId.value']),
		...fields,
		customInput,
		inputJson,
		specifyInput,
		downloadFilesUnless({ operation: operationsWithoutFiles(definition) }),
		executionMode,
		...optionsProperties({ ...definition, extraOptions: { creating: [], waiting: [fallbackModel] } }),
	];
}
