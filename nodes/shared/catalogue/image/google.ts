import { nsfwChecker, seed, url } from '../fields';
import type { InputSchema, Model, Schema } from '../types';

const imagePrompt: Schema = { type: 'string', maxLength: 5000, description: 'Description of the image; up to 5000 characters' };
const resolution: Schema = { type: 'string', enum: ['1K', '2K', '4K'], default: '1K', description: 'Output resolution' };
const negativePrompt: Schema = { type: 'string', maxLength: 5000, description: 'What to avoid; up to 5000 characters' };
const outputFormat: Schema = { type: 'string', enum: ['png', 'jpeg'], default: 'png', description: 'Output file format' };

const imagen4: InputSchema = {
	required: ['prompt', 'aspect_ratio'],
	properties: {
		prompt: imagePrompt,
		negative_prompt: negativePrompt,
		aspect_ratio: { type: 'string', enum: ['1:1', '16:9', '9:16', '3:4', '4:3', 'auto'], default: '1:1', description: 'Output aspect ratio' },
		seed: { type: 'string', maxLength: 500, description: 'Same seed and input produce similar results; up to 500 characters' },
	},
};

const nanoBanana2: InputSchema = {
	required: ['prompt'],
	properties: {
		prompt: { type: 'string', maxLength: 20000, description: 'Description of the image or edit; up to 20000 characters' },
		image_input: { type: 'array', items: url, maxItems: 14, description: 'Input or reference images; JPEG, PNG or WebP; max 30 MB each; up to 14' },
		aspect_ratio: {
			type: 'string',
			enum: ['1:1', '2:3', '3:2', '1:4', '4:1', '3:4', '4:3', '4:5', '5:4', '1:8', '8:1', '9:16', '16:9', '21:9', 'auto'],
			default: 'auto',
			description: 'Output aspect ratio',
		},
		resolution,
		output_format: { type: 'string', enum: ['png', 'jpg'], default: 'jpg', description: 'Output file format' },
	},
};

export const google: Model[] = [
	{
		id: 'google/imagen4',
		title: 'Imagen 4',
		family: 'Imagen',
		operations: { generate: {} },
		seconds: 20,
		media: {},
		input: imagen4,
	},
	{
		id: 'google/imagen4-fast',
		title: 'Imagen 4 Fast',
		family: 'Imagen',
		operations: { generate: {} },
		seconds: 10,
		media: {},
		input: {
			required: ['prompt', 'aspect_ratio'],
			properties: {
				prompt: imagePrompt,
				negative_prompt: negativePrompt,
				aspect_ratio: { type: 'string', enum: ['1:1', '16:9', '9:16', '3:4', '4:3', 'auto'], default: '16:9', description: 'Output aspect ratio' },
				seed,
			},
		},
	},
	{
		id: 'google/imagen4-ultra',
		title: 'Imagen 4 Ultra',
		family: 'Imagen',
		operations: { generate: {} },
		seconds: 30,
		media: {},
		input: imagen4,
	},
	{
		id: 'google/nano-banana',
		title: 'Nano Banana',
		family: 'Nano Banana',
		operations: { generate: {} },
		seconds: 15,
		media: {},
		input: {
			required: ['prompt'],
			properties: {
				prompt: imagePrompt,
				output_format: outputFormat,
				aspect_ratio: { type: 'string', enum: ['1:1', '9:16', '16:9', '3:4', '4:3', '3:2', '2:3', '5:4', '4:5', '21:9', 'auto'], default: '1:1', description: 'Output aspect ratio' },
				image_size: {
					type: 'string',
					enum: ['1:1', '9:16', '16:9', '3:4', '4:3', '3:2', '2:3', '5:4', '4:5', '21:9', 'auto'],
					default: '1:1',
					deprecated: true,
					description: 'Old name of Aspect Ratio; use that instead',
				},
				nsfw_checker: nsfwChecker,
			},
		},
	},
	{
		id: 'google/nano-banana-edit',
		title: 'Nano Banana - Edit',
		family: 'Nano Banana',
		operations: { edit: {} },
		seconds: 20,
		media: { image_urls: 'image' },
		input: {
			required: ['prompt', 'image_urls'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the edit; up to 5000 characters' },
				image_urls: { type: 'array', items: url, maxItems: 10, description: 'Input images; JPEG, PNG or WebP; max 10 MB each; up to 10' },
				output_format: outputFormat,
				aspect_ratio: { type: 'string', enum: ['1:1', '9:16', '16:9', '3:4', '4:3', '3:2', '2:3', '5:4', '4:5', '21:9', 'auto'], default: '1:1', description: 'Output aspect ratio' },
				image_size: {
					type: 'string',
					enum: ['1:1', '9:16', '16:9', '3:4', '4:3', '3:2', '2:3', '5:4', '4:5', '21:9', 'auto'],
					default: '1:1',
					deprecated: true,
					description: 'Old name of Aspect Ratio; use that instead',
				},
			},
		},
	},
	{
		id: 'nano-banana-2',
		title: 'Nano Banana 2',
		family: 'Nano Banana',
		operations: { generate: {}, edit: { required: ['image_input'] } },
		seconds: 30,
		media: { image_input: 'image' },
		input: nanoBanana2,
	},
	{
		id: 'nano-banana-2-1',
		title: 'Nano Banana 2.1',
		family: 'Nano Banana',
		operations: { generate: {}, edit: { required: ['image_input'] } },
		seconds: 30,
		media: { image_input: 'image' },
		input: {
			...nanoBanana2,
			properties: { ...nanoBanana2.properties, output_format: { type: 'string', enum: ['png', 'jpg'], description: 'Output file format' } },
		},
	},
	{
		id: 'nano-banana-2-lite',
		title: 'Nano Banana 2 Lite',
		family: 'Nano Banana',
		operations: { generate: {}, edit: { required: ['image_urls'] } },
		seconds: 10,
		media: { image_urls: 'image' },
		input: {
			required: ['prompt', 'aspect_ratio'],
			properties: {
				prompt: { type: 'string', maxLength: 20000, description: 'Description of the image or edit; up to 20000 characters' },
				image_urls: { type: 'array', items: url, maxItems: 10, default: [], description: 'Input or reference images; JPEG, PNG or WebP; max 30 MB each; up to 10' },
				aspect_ratio: {
					type: 'string',
					enum: ['1:1', '1:4', '1:8', '2:3', '3:2', '3:4', '4:1', '4:3', '4:5', '5:4', '8:1', '9:16', '16:9', '21:9', 'auto'],
					default: 'auto',
					description: 'Output aspect ratio; auto lets the model choose',
				},
			},
		},
	},
	{
		id: 'nano-banana-pro',
		title: 'Nano Banana Pro',
		family: 'Nano Banana',
		generation: 2.05,
		operations: { generate: {}, edit: { required: ['image_input'] } },
		seconds: 40,
		media: { image_input: 'image' },
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', maxLength: 10000, description: 'Description of the image or edit; up to 10000 characters' },
				image_input: { type: 'array', items: url, maxItems: 8, description: 'Input or reference images; JPEG, PNG or WebP; max 30 MB each; up to 8' },
				aspect_ratio: { type: 'string', enum: ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9', 'auto'], default: '1:1', description: 'Output aspect ratio' },
				resolution,
				output_format: { type: 'string', enum: ['png', 'jpg'], default: 'png', description: 'Output file format' },
			},
		},
	},
];
