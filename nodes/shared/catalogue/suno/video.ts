import type { SunoModel } from '../types';
import { audioId, taskId } from './fields';

export const videoModels: SunoModel[] = [
	{
		id: 'suno/create-music-video',
		title: 'Create Music Video',
		family: 'Suno',
		resource: 'video',
		operations: { generate: [{}] },
		seconds: 120,
		api: 'suno-video',
		path: '/api/v1/mp4/generate',
		marketVariant: { id: 'ai-music-api/create-music-video' },
		media: {},
		input: {
			required: ['taskId', 'audioId'],
			properties: {
				taskId,
				audioId,
				author: { type: 'string', maxLength: 50, example: 'The Foxes', description: 'Artist to show in the video' },
				domainName: { type: 'string', maxLength: 50, example: 'example.com', description: 'Website or brand to show as a watermark' },
			},
		},
	},
];
