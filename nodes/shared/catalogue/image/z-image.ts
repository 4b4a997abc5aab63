import { nsfwChecker } from '../fields';
import type { Model } from '../types';

export const zImage: Model[] = [
	{
		id: 'z-image',
		title: 'Z-Image',
		family: 'Z-Image',
		operations: { generate: {} },
		seconds: 10,
		media: {},
		input: {
			required: ['prompt', 'aspect_ratio'],
			properties: {
				prompt: { type: 'string', maxLength: 1000, description: 'Description of the image; up to 1000 characters' },
				aspect_ratio: { type: 'string', enum: ['1:1', '4:3', '3:4', '16:9', '9:16'], default: '1:1', description: 'Output aspect ratio' },
				nsfw_checker: nsfwChecker,
			},
		},
	},
];
