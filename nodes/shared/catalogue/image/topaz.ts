import type { Model } from '../types';

export const topaz: Model[] = [
	{
		id: 'topaz/image-upscale',
		title: 'Topaz - Image Upscale',
		about: 'up to 4 times the size',
		family: 'Topaz',
		operations: { upscale: {} },
		seconds: 30,
		media: { image_url: 'image' },
		input: {
			required: ['image_url', 'upscale_factor'],
			properties: {
				image_url: { type: 'string', format: 'uri', description: 'Image to upscale; JPEG, PNG or WebP; max 10 MB' },
				upscale_factor: { type: 'string', enum: ['1', '2', '4'], default: '2', description: 'Scale factor for width and height' },
			},
		},
	},
];
