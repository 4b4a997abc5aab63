import { nsfwChecker, url } from '../fields';
import type { InputSchema, Model } from '../types';

const textToImage: InputSchema = {
	required: ['prompt', 'aspect_ratio', 'resolution'],
	properties: {
		prompt: { type: 'string', minLength: 3, maxLength: 5000, description: 'Description of the image; 3 to 5000 characters' },
		aspect_ratio: { type: 'string', enum: ['1:1', '4:3', '3:4', '16:9', '9:16', '3:2', '2:3'], default: '1:1', description: 'Output aspect ratio' },
		resolution: { type: 'string', enum: ['1K', '2K'], default: '1K', description: 'Output resolution' },
		nsfw_checker: nsfwChecker,
	},
};

const imageToImage: InputSchema = {
	required: ['prompt', 'input_urls', 'aspect_ratio', 'resolution'],
	properties: {
		prompt: { type: 'string', minLength: 3, maxLength: 5000, description: 'Description of the edit; 3 to 5000 characters' },
		input_urls: { type: 'array', items: url, minItems: 1, maxItems: 8, description: 'Reference images; JPEG, PNG or WebP; max 10 MB each; 1 to 8' },
		aspect_ratio: { type: 'string', enum: ['1:1', '4:3', '3:4', '16:9', '9:16', '3:2', '2:3', 'auto'], default: '1:1', description: 'Output aspect ratio; auto matches the first image' },
		resolution: { type: 'string', enum: ['1K', '2K'], default: '1K', description: 'Output resolution' },
		nsfw_checker: nsfwChecker,
	},
};

export const flux2: Model[] = [
	{
		id: 'flux-2/flex-text-to-image',
		title: 'Flux 2 Flex - Text to Image',
		family: 'Flux 2',
		operations: { generate: {} },
		seconds: 30,
		media: {},
		input: textToImage,
	},
	{
		id: 'flux-2/flex-image-to-image',
		title: 'Flux 2 Flex - Image to Image',
		family: 'Flux 2',
		operations: { edit: {} },
		seconds: 40,
		media: { input_urls: 'image' },
		input: imageToImage,
	},
	{
		id: 'flux-2/pro-text-to-image',
		title: 'Flux 2 Pro - Text to Image',
		family: 'Flux 2',
		operations: { generate: {} },
		seconds: 20,
		media: {},
		input: textToImage,
	},
	{
		id: 'flux-2/pro-image-to-image',
		title: 'Flux 2 Pro - Image to Image',
		family: 'Flux 2',
		operations: { edit: {} },
		seconds: 30,
		media: { input_urls: 'image' },
		input: imageToImage,
	},
];
