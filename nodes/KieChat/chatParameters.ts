import type { INodeProperties } from 'n8n-workflow';

import { chatModelParameters } from '../shared/chat/chatModelParameter';
import { requestOptions, responseSchema } from '../shared/chat/chatOptions';
import { compareNatural } from '../shared/compareNatural';

/** The parameters of Kie Chat, from top to bottom. */

const specifyMessages: INodeProperties = {
	displayName: 'Specify Messages',
	name: 'specifyMessages',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Using Fields Below', value: 'fields' },
		{ name: 'Using JSON', value: 'json', description: 'The whole conversation as an array of messages' },
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
						{ name: 'Assistant', value: 'assistant', description: 'An earlier response of the model' },
						{ name: 'System', value: 'system', description: 'Set the behavior or context of the model' },
						{
							name: 'User',
							value: 'user',
							description: 'Send a message as a user and get a response from the model',
						},
					],
					default: 'user',
					description: 'Who the message is from',
				},
				{
					displayName: 'Text',
					name: 'text',
					type: 'string',
					typeOptions: { rows: 3 },
					default: '',
					placeholder: 'e.g. What is in this image?',
					description: 'The content of the message',
				},
				{
					displayName: 'Images',
					name: 'images',
					type: 'string',
					default: '',
					placeholder: 'e.g. data',
					description: 'Comma-separated list of image URLs or names of input binary fields',
					displayOptions: { show: { role: ['user'] } },
				},
				{
					displayName: 'Files',
					name: 'files',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://example.com/report.pdf',
					description:
						'Comma-separated list of URLs or names of input binary fields: documents, and for Gemini also videos and audio files',
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
		"Messages with role and content in OpenAI's format. Use images and files to add URLs or names of input binary fields.",
	displayOptions: { show: { specifyMessages: ['json'] } },
};

const outputFormat: INodeProperties = {
	displayName: 'Output Format',
	name: 'outputFormat',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Text', value: 'text', description: 'Regular text response' },
		{ name: 'JSON', value: 'json', description: 'Any valid JSON, returned parsed' },
		{ name: 'JSON Schema', value: 'jsonSchema', description: 'JSON that matches a schema, returned parsed' },
	],
	default: 'text',
	description: 'The format of the response. Models without native JSON output are instructed in the system message.',
};

const jsonSchema: INodeProperties = { displayName: 'JSON Schema', name: 'jsonSchema', ...responseSchema };

const withSchema: INodeProperties['displayOptions'] = { show: { '/outputFormat': ['jsonSchema'] } };

const schemaName: INodeProperties = {
	displayName: 'Schema Name',
	name: 'schemaName',
	type: 'string',
	default: '',
	placeholder: 'e.g. weather_report',
	description: 'The name of the JSON Schema. Only models with a JSON Schema field like that of OpenAI support it.',
	displayOptions: withSchema,
};

const strictSchema: INodeProperties = {
	displayName: 'Strict Schema',
	name: 'strictSchema',
	type: 'boolean',
	default: true,
	description:
		'Whether the response must follow the JSON Schema strictly. Only models with a JSON Schema field like that of OpenAI support it.',
	displayOptions: withSchema,
};

const tools: INodeProperties = {
	displayName: 'Tools',
	name: 'tools',
	type: 'json',
	typeOptions: { rows: 4 },
	default: '[]',
	placeholder: 'e.g. [{ "name": "get_weather" }]',
	description:
		'Functions that the model may call, each with name, description and parameters (JSON Schema). The output contains the calls; this node does not run them.',
};

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

const sendAgainOnRetry: INodeProperties = {
	displayName: 'Send Again on Retry',
	name: 'sendAgainOnRetry',
	type: 'boolean',
	default: false,
	description: 'Whether a retry of a crashed execution sends the messages again, which may have been charged already',
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	description: 'Options that the model does not support are rejected before anything is sent',
	default: {},
	options: [...requestOptions, schemaName, sendAgainOnRetry, simplify, strictSchema, tools].sort((a, b) =>
		compareNatural(a.displayName, b.displayName),
	),
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
