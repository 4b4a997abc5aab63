import type { INodeProperties, ISupplyDataFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject } from '../shared/json';
import { readOutputFormat } from '../shared/chat/jsonOutput';
import { readRequestOptions, requestOptions, schemaOfAnswer } from '../shared/chat/chatOptions';
import type { ChatRequest } from '../shared/chat/chatTypes';
import { compareNatural } from '../shared/compareNatural';

/** What the user sets beside the model. */

export interface ModelSettings {
	request: Omit<ChatRequest, 'messages' | 'tools' | 'stream'>;
	timeoutMs: number;
}

/** As n8n's own chat models say it. */
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
		{ name: 'Text', value: 'text' },
		{ name: 'JSON', value: 'json', description: 'Any JSON' },
		{ name: 'JSON Schema', value: 'jsonSchema', description: 'JSON of a given form' },
	],
	default: 'text',
	description: 'For chains, which give out the JSON parsed. With an AI Agent use an output parser.',
};

const outputSchema: INodeProperties = {
	displayName: 'Output Schema',
	name: 'outputSchema',
	...schemaOfAnswer,
	description: 'The form of the answer, as JSON Schema',
};

export const optionsProperty: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	description: 'What the chosen model is not known to take is refused before anything is sent',
	default: {},
	options: [...requestOptions, outputFormat, outputSchema].sort((a, b) => compareNatural(a.displayName, b.displayName)),
};

/**
 * The options of one item.
 * @throws NodeOperationError where one is not what it has to be.
 */
export function readSettings(context: ISupplyDataFunctions, itemIndex: number): ModelSettings {
	const value: unknown = context.getNodeParameter('options', itemIndex, {});
	const given = isObject(value) ? value : {};
	try {
		const { request, timeoutMs } = readRequestOptions(given);
		const json = readOutputFormat(given.outputFormat, () => given.outputSchema, 'Output Schema');
		return { request: { ...request, ...(json && { json }) }, timeoutMs };
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		throw new NodeOperationError(context.getNode(), `${message} [item ${itemIndex}]`, {
			itemIndex,
			description: 'Nothing was sent to Kie.ai.',
		});
	}
}
