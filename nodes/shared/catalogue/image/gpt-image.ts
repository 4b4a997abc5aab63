import { url } from '../fields';
import { isOneOf, isSet } from '../rules';
import type { InputSchema, Model, Rule, Schema } from '../types';

/** GPT Image 2.5: fields of all models. */
const gptImage25Fields: Record<string, Schema> = {
	aspect_ratio: {
		type: 'string',
		enum: ['auto', '1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16', '21:9', '27:16', '16:27', '9:8', '8:9'],
		default: 'auto',
		description: 'Output aspect ratio',
	},
	resolution: { type: 'string', enum: ['1K', '2K', '4K'], description: 'Output resolution' },
	background: { type: 'string', enum: ['transparent', 'opaque', 'auto'], description: 'Output background' },
};

const gptImage25Text: InputSchema = {
	required: ['prompt'],
	properties: {
		prompt: { type: 'string', minLength: 1, maxLength: 20000, description: 'Description of the image; 1 to 20000 characters' },
		...gptImage25Fields,
	},
};

const gptImage25Image: InputSchema = {
	required: ['prompt', 'input_urls'],
	properties: {
		prompt: { type: 'string', maxLength: 20000, description: 'Description of the edit; up to 20000 characters' },
		input_urls: { type: 'array', items: url, maxItems: 16, description: 'Input images; up to 16' },
		...gptImage25Fields,
	},
};

const gptImage2Rules: Rule[] = [
	{
		message: "'Resolution' 2K doesn't support 'Aspect Ratio' 5:4, 4:5, 3:1, 1:3 or 9:21",
		holds: ({ resolution, aspect_ratio }) => resolution !== '2K' || !isOneOf(aspect_ratio, '5:4', '4:5', '3:1', '1:3', '9:21'),
	},
	{
		message: "'Resolution' 4K doesn't support 'Aspect Ratio' 1:1, 3:1, 1:3 or 9:21",
		holds: ({ resolution, aspect_ratio }) => resolution !== '4K' || !isOneOf(aspect_ratio, '1:1', '3:1', '1:3', '9:21'),
	},
	{
		message: "'Resolution' 2K and 4K require an 'Aspect Ratio' other than auto",
		holds: ({ resolution, aspect_ratio = 'auto' }) => !isOneOf(resolution, '2K', '4K') || aspect_ratio !== 'auto',
	},
	{
		message: "'Background' requires 'Resolution' 1K",
		holds: ({ background, resolution }) => !isSet(background) || !isOneOf(resolution, '2K', '4K'),
	},
];

const gptImage25Rules: Rule[] = [
	{
		message: "'Aspect Ratio' 27:16, 16:27, 9:8 and 8:9 require 'Resolution' 1K",
		holds: ({ aspect_ratio, resolution }) => !isOneOf(aspect_ratio, '27:16', '16:27', '9:8', '8:9') || !isOneOf(resolution, '2K', '4K'),
	},
];

/** GPT Image 2: fields of both models. */
const gptImage2Fields: Record<string, Schema> = {
	aspect_ratio: {
		type: 'string',
		enum: ['auto', '1:1', '3:2', '2:3', '4:3', '3:4', '5:4', '4:5', '16:9', '9:16', '2:1', '1:2', '3:1', '1:3', '21:9', '9:21'],
		default: 'auto',
		description: 'Output aspect ratio',
	},
	resolution: { type: 'string', enum: ['1K', '2K', '4K'], description: 'Output resolution' },
	background: { type: 'string', enum: ['transparent', 'opaque', 'auto'], description: 'Output background' },
};

export const gptImage: Model[] = [
	{
		id: 'gpt-image/1.5-text-to-image',
		title: 'GPT Image 1.5 - Text to Image',
		family: 'GPT Image',
		operations: { generate: {} },
		seconds: 40,
		media: {},
		input: {
			required: ['prompt', 'aspect_ratio', 'quality'],
			properties: {
				prompt: { type: 'string', description: 'Description of the image' },
				aspect_ratio: { type: 'string', enum: ['1:1', '2:3', '3:2'], default: '1:1', description: 'Output aspect ratio' },
				quality: { type: 'string', enum: ['medium', 'high'], default: 'medium', description: 'Output quality: medium is balanced, high is slower and more detailed' },
			},
		},
	},
	{
		id: 'gpt-image/1.5-image-to-image',
		title: 'GPT Image 1.5 - Image to Image',
		family: 'GPT Image',
		operations: { edit: {} },
		seconds: 50,
		media: { input_urls: 'image' },
		input: {
			required: ['prompt', 'input_urls', 'aspect_ratio', 'quality'],
			properties: {
				prompt: { type: 'string', description: 'Description of the edit' },
				input_urls: { type: 'array', items: url, maxItems: 16, description: 'Input images; JPEG, PNG or WebP; max 10 MB each; up to 16' },
				aspect_ratio: { type: 'string', enum: ['1:1', '2:3', '3:2'], default: '3:2', description: 'Output aspect ratio' },
				quality: { type: 'string', enum: ['medium', 'high'], default: 'medium', description: 'Output quality: medium is balanced, high is slower and more detailed' },
			},
		},
	},
	{
		id: 'gpt-image-2-text-to-image',
		title: 'GPT Image 2 - Text to Image',
		family: 'GPT Image',
		operations: { generate: {} },
		seconds: 60,
		media: {},
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', minLength: 1, maxLength: 20000, description: 'Description of the image; 1 to 20000 characters' },
				...gptImage2Fields,
			},
		},
		rules: gptImage2Rules,
	},
	{
		id: 'gpt-image-2-image-to-image',
		title: 'GPT Image 2 - Image to Image',
		family: 'GPT Image',
		operations: { edit: {} },
		seconds: 60,
		media: { input_urls: 'image' },
		input: {
			required: ['prompt', 'input_urls'],
			properties: {
				prompt: { type: 'string', maxLength: 20000, description: 'Description of the edit; up to 20000 characters' },
				input_urls: { type: 'array', items: url, maxItems: 16, description: 'Input images; up to 16' },
				...gptImage2Fields,
			},
		},
		rules: gptImage2Rules,
	},
	{
		id: 'gpt-image-2-5-flare-text-to-image',
		title: 'GPT Image 2.5 Flare - Text to Image',
		family: 'GPT Image',
		operations: { generate: {} },
		seconds: 60,
		media: {},
		input: gptImage25Text,
		rules: gptImage25Rules,
	},
	{
		id: 'gpt-image-2-5-flare-image-to-image',
		title: 'GPT Image 2.5 Flare - Image to Image',
		family: 'GPT Image',
		operations: { edit: {} },
		seconds: 60,
		media: { input_urls: 'image' },
		input: gptImage25Image,
		rules: gptImage25Rules,
	},
	{
		id: 'gpt-image-2-5-sunburst-text-to-image',
		title: 'GPT Image 2.5 Sunburst - Text to Image',
		family: 'GPT Image',
		operations: { generate: {} },
		seconds: 60,
		media: {},
		input: gptImage25Text,
		rules: gptImage25Rules,
	},
	{
		id: 'gpt-image-2-5-sunburst-image-to-image',
		title: 'GPT Image 2.5 Sunburst - Image to Image',
		family: 'GPT Image',
		operations: { edit: {} },
		seconds: 60,
		media: { input_urls: 'image' },
		input: gptImage25Image,
		rules: gptImage25Rules,
	},
	{
		id: 'gpt-image-2-6-economy-text-to-image',
		title: 'GPT Image 2.6 Economy - Text to Image',
		about: 'animated GIFs',
		family: 'GPT Image',
		operations: { generate: {} },
		seconds: 40,
		media: {},
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', description: 'Description of the image' },
				aspect_ratio: { type: 'string', enum: ['auto', '1:1', '16:9', '9:16', '3:2', '2:3', '21:9', '4:3'], description: 'Output aspect ratio' },
				output_format: { type: 'string', enum: ['png', 'gif'], default: 'png', description: 'Output file format; GIF is animated' },
				background: { type: 'string', enum: ['transparent', 'opaque', 'auto'], default: 'auto', description: 'Output background' },
				frame_count: { type: ['string', 'integer'], enum: ['auto', '4', '9', '16', '25', '36', '64', 4, 9, 16, 25, 36, 64], default: 'auto', description: 'Number of frames; GIF only' },
				frame_duration_ms: {
					anyOf: [
						{ type: 'string', enum: ['auto'] },
						{ type: 'integer', minimum: 20, maximum: 2000, multipleOf: 10 },
					],
					default: 'auto',
					description: 'Duration of a frame in milliseconds: auto, or 20 to 2000 in steps of 10; GIF only',
				},
			},
		},
	},
];
