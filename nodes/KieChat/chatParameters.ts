import type { INodeProperties } from 'n8n-workflow';

import { chatModelParameters } from '../shared/chat/chatModelParameter';
import { requestOptions, schemaOfAnswer } from '../shared/chat/chatOptions';
import { compareNatural } from '../shared/compareNatural';

/** The form of Kie Chat, from top to bottom. */

const specifyMessages: INodeProperties = {
	displayName: 'Specify Messages',
	name: 'specifyMessages',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Using Fields Below', value: 'fields' },
		{ name: 'Using JSON', value: 'json', description: 'The whole conversation as an array' },
	],
	default: 'fields',
};

const messages: INodeProperties = {
	displayName: 'Messages',
	name: 'messages',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Message',
	default: { values: [{ role: 'user', text: '' }] },
	displayOptions: { show: { specifyMessages: ['fields'] } },
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Role',
					name: 'role',
					type: 'options',
					options: [
						{ name: 'Assistant', value: 'assistant', description: 'What the model said before' },
						{ name: 'System', value: 'system', description: 'How the model is to behave' },
						{ name: 'User', value: 'user', description: 'What the model is asked' },
					],
					default: 'user',
				},
				{
					displayName: 'Text',
					name: 'text',
					type: 'string',
					typeOptions: { rows: 3 },
					default: '',
					placeholder: 'e.g. What is in this picture?',
				},
				{
					displayName: 'Images',
					name: 'images',
					type: 'string',
					default: '',
					placeholder: 'e.g. data',
					description: 'URLs or names of binary fields, separated by commas',
					displayOptions: { show: { role: ['user'] } },
				},
				{
					displayName: 'Files',
					name: 'files',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://example.com/report.pdf',
					description:
						'Documents; Gemini takes videos and audio files too. URLs or names of binary fields, separated by commas.',
					displayOptions: { show: { role: ['user'] } },
				},
			],
		},
	],
};

const messagesJson: INodeProperties = {
	displayName: 'Messages (JSON)',
	name: 'messagesJson',
	type: 'json',
	typeOptions: { rows: 6 },
	default: '[\n  { "role": "user", "content": "" }\n]',
	description:
		'Messages with role and content in the form of OpenAI. Beside them, images and files take URLs or names of binary fields.',
	displayOptions: { show: { specifyMessages: ['json'] } },
};

const outputFormat: INodeProperties = {
	displayName: 'Output Format',
	name: 'outputFormat',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Text', value: 'text' },
		{ name: 'JSON', value: 'json', description: 'Any JSON; the output has it parsed' },
		{ name: 'JSON Schema', value: 'jsonSchema', description: 'JSON of a given form; the output has it parsed' },
	],
	default: 'text',
	description: 'A model without a setting for JSON is asked for it in the system message',
};

const jsonSchema: INodeProperties = {
	displayName: 'JSON Schema',
	name: 'jsonSchema',
	...schemaOfAnswer,
	description: 'The form of the answer',
};

const tools: INodeProperties = {
	displayName: 'Tools',
	name: 'tools',
	type: 'json',
	typeOptions: { rows: 4 },
	default: '[]',
	placeholder: 'e.g. [{ "name": "get_weather", "parameters": { "type": "object" } }]',
	description:
		'Functions that the model may ask for: name, description, and parameters as JSON Schema. The output says which to call; this node calls none.',
};

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	description: 'What the chosen model is not known to take is refused before anything is sent',
	default: {},
	options: [...requestOptions, simplify, tools].sort((a, b) => compareNatural(a.displayName, b.displayName)),
};

export const chatProperties: INodeProperties[] = [
	...chatModelParameters,
	specifyMessages,
	messages,
	messagesJson,
	outputFormat,
	jsonSchema,
	options,
];
