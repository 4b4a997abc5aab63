import { nsfwChecker, url } from '../fields';
import type { InputSchema, Model } from '../types';

const textToImage: InputSchema = {
	required: ['prompt', 'aspect_ratio', 'resolution'],
	properties: {
		prompt: { type: 'string', minLength: 3, maxLength: 5000, description: 'What to draw; 3 to 5000 characters' },
		aspect_ratio: { type: 'string', enum: ['1:1', '4:3', '3:4', '16:9', '9:16', '3:2', '2:3'], default: '1:1', description: 'Width to height of the result' },
		resolution: { type: 'string', enum: ['1K', '2K'], default: '1K', description: 'Resolution of the result' },
		nsfw_checker: nsfwChecker,
	},
};

const imageToImage: InputSchema = {
	required: ['prompt', 'input_urls', 'aspect_ratio', 'resolution'],
	properties: {
		prompt: { type: 'string', minLength: 3, maxLength: 5000, description: 'What to make of the pictures; 3 to 5000 characters' },
		input_urls: { type: 'array', items: url, minItems: 1, maxItems: 8, description: 'Reference pictures; JPEG, PNG or WebP; max 10 MB each; 1 to 8' },
		aspect_ratio: { type: 'string', enum: ['1:1', '4:3', '3:4', '16:9', '9:16', '3:2', '2:3', 'auto'], default: '1:1', description: 'Width to height of the result; auto follows the first picture' },
		resolution: { type: 'string', enum: ['1K', '2K'], default: '1K', description: 'Resolution of the result' },
		nsfw_checker: nsfwChecker,
	},
};

export const flux2: Model[] = [
	{
		id: 'flux-2/flex-text-to-image',
		title: 'Flux-2 - Flex Text to Image',
		family: 'Flux-2',
		operations: { generate: {} },
		seconds: 30,
		media: {},
		input: textToImage,
	},
	{
		id: 'flux-2/flex-image-to-image',
		title: 'Flux-2 - Flex Image to Image',
		family: 'Flux-2',
		operations: { edit: {} },
		seconds: 40,
		media: { input_urls: 'image' },
		input: imageToImage,
	},
	{
		id: 'flux-2/pro-text-to-image',
		title: 'Flux-2 - Pro Text to Image',
		family: 'Flux-2',
		operations: { generate: {} },
		seconds: 20,
		media: {},
		input: textToImage,
	},
	{
		id: 'flux-2/pro-image-to-image',
		title: 'Flux-2 - Pro Image to Image',
		family: 'Flux-2',
		operations: { edit: {} },
		seconds: 30,
		media: { input_urls: 'image' },
		input: imageToImage,
	},
];
