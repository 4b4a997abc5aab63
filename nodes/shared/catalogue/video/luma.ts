import type { Model } from '../types';

export const luma: Model[] = [
	{
		id: 'luma-modify',
		title: 'Luma Modify',
		about: 'videos of up to 10 s',
		family: 'Luma',
		status: 'Possibly Unavailable',
		api: 'luma',
		path: '/api/v1/modify/generate',
		operations: { videoToVideo: {} },
		seconds: 300,
		media: { videoUrl: 'video' },
		input: {
			required: ['prompt', 'videoUrl'],
			properties: {
				prompt: { type: 'string', description: 'Description of the edit; English only' },
				videoUrl: { type: 'string', format: 'uri', description: 'Video to edit; MP4, MOV or AVI; max 500 MB; up to 10 seconds' },
				watermark: { type: 'string', description: 'Watermark text to add' },
			},
		},
	},
];
