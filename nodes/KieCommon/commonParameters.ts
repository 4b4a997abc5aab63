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
			description: 'Download a result or uploaded file to a binary field',
		},
		{
			name: 'Get Download URL',
			value: 'getDownloadUrl',
			action: 'Get download URL',
			description: 'Get a temporary download URL for a result or uploaded file, valid for 20 minutes',
		},
		{
			name: 'Upload',
			value: 'upload',
			action: 'Upload file',
			description: 'Upload a file to use as input for models. Uploads are free and kept for 24 hours.',
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
