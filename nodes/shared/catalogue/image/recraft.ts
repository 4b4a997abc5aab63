import type { Model } from '../types';

export const recraft: Model[] = [
	{
		id: 'recraft/crisp-upscale',
		title: 'Recraft - Crisp Upscale',
		about: 'sharper details',
		family: 'Recraft',
		operations: { upscale: {} },
		seconds: 10,
		media: { image: 'image' },
		input: {
			required: ['image'],
			properties: {
				image: { type: 'string', format: 'uri', description: 'Image to upscale; JPEG, PNG or WebP; max 10 MB' },
			},
		},
	},
	{
		id: 'recraft/remove-background',
		title: 'Recraft - Remove Background',
		about: 'images of up to 16 megapixels',
		family: 'Recraft',
		operations: { removeBackground: {} },
		seconds: 10,
		media: { image: 'image' },
		input: {
			required: ['image'],
			properties: {
				image: { type: 'string', format: 'uri', description: 'Image to remove the background from; JPEG, PNG or WebP; max 5 MB; max 16 megapixels; sides 256 to 4096 pixels' },
			},
		},
	},
];
