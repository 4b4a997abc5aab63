import type { Model } from '../types';

export const topaz: Model[] = [
	{
		id: 'topaz/video-upscale',
		title: 'Topaz - Video Upscale',
		about: 'up to 4 times the size, any video',
		family: 'Topaz',
		operations: { upscale: {} },
		seconds: 240,
		media: { video_url: 'video' },
		input: {
			required: ['video_url'],
			properties: {
				video_url: { type: 'string', format: 'uri', description: 'Video to upscale; MP4, MOV or MKV; max 50 MB' },
				upscale_factor: { type: 'string', enum: ['1', '2', '4'], default: '2', description: 'Scale factor for width and height' },
			},
		},
	},
];
