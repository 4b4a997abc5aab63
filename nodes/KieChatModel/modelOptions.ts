import type { INodeProperties, ISupplyDataFunctions } from 'n8n-workflow';

import { inputError } from '../shared/api/inputError';
import { readRequestOptions, requestOptions, responseSchema } from '../shared/chat/chatOptions';
import type { ChatRequest } from '../shared/chat/chatTypes';
import { readOutputFormat } from '../shared/chat/jsonOutput';
import { compareNatural } from '../shared/compareNatural';
import { asObject } from '../shared/json';

/** The options of Kie Chat Model, and reading them. */

export interface ModelSettings {
	request: Omit<ChatRequest, 'messages' | 'tools'>;
	timeoutMs: number;
}

/** As in n8n's own chat models. */
export const connectionHint: INodeProperties = {
	displayName:
		"This node must be connected to an AI chain. <a data-action='openSelectiveNodeCreator' data-action-parameter-creatorview='AI'>Insert one</a>",
	name: 'notice',
	type: 'notice',
	default: '',
	typeOptions: { containerClass: 'ndv-connection-hint-notice' },
};

const outputFormat: INodeProperties = {
	displayName: 'Output Format',
	name: 'outputFormat',
	type: 'options',
	options: [
		{ name: 'Text', value: 'text', description: 'Regular text response' },
		{ name: 'JSON', value: 'json', description: 'Any valid JSON' },
		{ name: 'JSON Schema', value: 'jsonSchema', description: 'JSON that matches a schema' },
	],
	default: 'text',
	description: 'The format of the response, which chains parse. With an AI Agent, use an output parser instead.',
};

const outputSchema: INodeProperties = { displayName: 'Output Schema', name: 'outputSchema', ...responseSchema };

export const optionsProperty: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	description: 'Options that the model does not support are rejected before anything is sent',
	default: {},
	options: [...requestOptions, outputFormat, outputSchema].sort((a, b) => compareNatural(a.displayName, b.displayName)),
};

/**
 * Reads the options of an item.
 * @throws NodeOperationError that names the option.
 */
export function readSettings(context: ISupplyDataFunctions, itemIndex: number): ModelSettings {
	const options = asObject(context.getNodeParameter('options', itemIndex, {}));
	try {
		const { request, timeoutMs } = readRequestOptions(options);
		const json = readOutputFormat(options.outputFormat, () => options.outputSchema, 'Output Schema');
		return { request: { ...request, json }, timeoutMs };
	} catch (error) {
		throw inputError(context.getNode(), error instanceof Error ? error.message : String(error), itemIndex);
	}
}
