import type { INodeProperties } from 'n8n-workflow';

import { accountProperties } from './accountOperations';
import { downloadProperties } from './downloadOperations';
import { modelProperties } from './modelOperations';
import { taskProperties } from './taskOperations';
import { uploadProperties } from './uploadOperation';

const fileOperations: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['file'] } },
	options: [
		{
			name: 'Download',
			value: 'download',
			action: 'Download file',
			description: 'Download a result or an uploaded file into a binary field',
		},
		{
			name: 'Get Download URL',
			value: 'getDownloadUrl',
			action: 'Get download URL of file',
			description: 'Get a link to a file of Kie.ai that works for 20 minutes, where its own address refuses',
		},
		{
			name: 'Upload',
			value: 'upload',
			action: 'Upload file',
			description: 'Store a file at Kie.ai for a day, free of charge, so that models can take it',
		},
	],
	default: 'upload',
};

/** The whole form of Kie Common, from top to bottom. */
export const commonProperties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Account', value: 'account' },
			{ name: 'File', value: 'file' },
			{ name: 'Model', value: 'model' },
			{ name: 'Task', value: 'task' },
		],
		default: 'task',
	},
	...accountProperties,
	fileOperations,
	...uploadProperties,
	...downloadProperties,
	...modelProperties,
	...taskProperties,
];
