import { nsfwChecker, seed, url } from '../fields';
import type { Model, Schema } from '../types';
import { listOf, NUMBER, objectOf, TEXT } from '../../adapters/resultShape';

/** Seedream 4.0: fields of both models. */
const seedream4Fields: Record<string, Schema> = {
	image_size: {
		type: 'string',
		enum: ['square', 'square_hd', 'portrait_4_3', 'portrait_3_2', 'portrait_16_9', 'landscape_4_3', 'landscape_3_2', 'landscape_16_9', 'landscape_21_9'],
		default: 'square_hd',
		description: 'Size and aspect ratio of the output',
	},
	image_resolution: { type: 'string', enum: ['1K', '2K', '4K'], default: '1K', description: 'Output resolution; scales Image Size, so 4:3 at 4K is 4096 x 3072' },
	max_images: { type: 'number', minimum: 1, maximum: 6, default: 1, description: 'Maximum number of images; whole number; state the same number in the prompt' },
	seed,
	nsfw_checker: nsfwChecker,
};

/** Seedream 4.5: fields of both models. */
const seedream45Fields: Record<string, Schema> = {
	aspect_ratio: { type: 'string', enum: ['1:1', '4:3', '3:4', '16:9', '9:16', '2:3', '3:2', '21:9'], default: '1:1', description: 'Output aspect ratio' },
	quality: { type: 'string', enum: ['basic', 'high'], default: 'basic', description: 'Output resolution: basic gives 2K, high gives 4K' },
	nsfw_checker: nsfwChecker,
};

/** Seedream 5.0 Lite: fields of both models. */
const liteFields: Record<string, Schema> = {
	aspect_ratio: { type: 'string', enum: ['1:1', '4:3', '3:4', '16:9', '9:16', '2:3', '3:2', '21:9'], default: '1:1', description: 'Output aspect ratio' },
	quality: { type: 'string', enum: ['basic', 'high', 'ultra'], default: 'basic', description: 'Output resolution: basic gives 2K, high gives 3K, ultra gives 4K' },
	output_format: { type: 'string', enum: ['png', 'jpeg'], default: 'png', description: 'Output file format' },
	nsfw_checker: nsfwChecker,
};

/** Seedream 5.0 Flash: fields of both image models. */
const flashFields: Record<string, Schema> = {
	aspect_ratio: { type: 'string', enum: ['1:1', '4:3', '3:4', '16:9', '9:16', '2:3', '3:2', '21:9'], default: '1:1', description: 'Output aspect ratio' },
	size: { type: 'string', enum: ['1K', '1.5K', '2K'], default: '1K', description: 'Output resolution' },
	output_format: { type: 'string', enum: ['png', 'jpeg'], default: 'png', description: 'Output file format' },
	nsfw_checker: nsfwChecker,
};

/** Seedream 5.0 Pro: fields of both image models. */
const proFields: Record<string, Schema> = {
	aspect_ratio: { type: 'string', enum: ['1:1', '4:3', '3:4', '16:9', '9:16', '2:3', '3:2', '21:9'], default: '1:1', description: 'Output aspect ratio' },
	quality: { type: 'string', enum: ['basic', 'high'], default: 'basic', description: 'Output resolution: basic gives 1K, high gives 2K' },
	output_format: { type: 'string', enum: ['png', 'jpeg'], default: 'png', description: 'Output file format' },
	nsfw_checker: nsfwChecker,
};

/** Layer decomposition: fields of both models. */
const layerFields: Record<string, Schema> = {
	image_url: { type: 'string', format: 'uri', description: 'Image to decompose; JPEG, PNG, WebP, BMP, TIFF or GIF; max 30 MB; 262,144 to 36,000,000 pixels; aspect ratio 1:16 to 16:1' },
	size: { type: 'string', enum: ['auto', '1K', '1.5K', '2K'], default: 'auto', description: 'Output resolution; auto matches the input' },
	output_format: { type: 'string', enum: ['png', 'jpeg'], default: 'jpeg', description: 'File format of the base image; layers are always PNG' },
};

export const seedream: Model[] = [
	{
		id: 'bytedance/seedream',
		title: 'Seedream 3.0 - Text to Image',
		family: 'Seedream',
		operations: { generate: {} },
		seconds: 15,
		media: {},
		shared: { image_size: 'aspect_ratio' },
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the image; up to 5000 characters' },
				image_size: {
					type: 'string',
					enum: ['square', 'square_hd', 'portrait_4_3', 'portrait_16_9', 'landscape_4_3', 'landscape_16_9'],
					default: 'square_hd',
					description: 'Size and aspect ratio of the output',
				},
				guidance_scale: { type: 'number', minimum: 1, maximum: 10, default: 2.5, description: 'How closely to follow the prompt; step 0.1' },
				seed,
			},
		},
	},
	{
		id: 'bytedance/seedream-v4-text-to-image',
		title: 'Seedream 4.0 - Text to Image',
		family: 'Seedream',
		operations: { generate: {} },
		seconds: 20,
		media: {},
		shared: { image_size: 'aspect_ratio' },
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the image; up to 5000 characters' },
				...seedream4Fields,
			},
		},
	},
	{
		id: 'bytedance/seedream-v4-edit',
		title: 'Seedream 4.0 - Edit',
		family: 'Seedream',
		operations: { edit: {} },
		seconds: 25,
		media: { image_urls: 'image' },
		shared: { image_size: 'aspect_ratio' },
		input: {
			required: ['prompt', 'image_urls'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the edit; up to 5000 characters' },
				image_urls: { type: 'array', items: url, maxItems: 10, description: 'Input images; JPEG, PNG or WebP; max 30 MB each; up to 10' },
				...seedream4Fields,
			},
		},
	},
	{
		id: 'seedream/4.5-text-to-image',
		title: 'Seedream 4.5 - Text to Image',
		about: 'up to 4K',
		family: 'Seedream',
		operations: { generate: {} },
		seconds: 30,
		media: {},
		input: {
			required: ['prompt', 'aspect_ratio', 'quality'],
			properties: {
				prompt: { type: 'string', maxLength: 3000, description: 'Description of the image; up to 3000 characters' },
				...seedream45Fields,
			},
		},
	},
	{
		id: 'seedream/4.5-edit',
		title: 'Seedream 4.5 - Edit',
		about: 'up to 4K',
		family: 'Seedream',
		operations: { edit: {} },
		seconds: 30,
		media: { image_urls: 'image' },
		input: {
			required: ['prompt', 'image_urls', 'aspect_ratio', 'quality'],
			properties: {
				prompt: { type: 'string', maxLength: 3000, description: 'Description of the edit; up to 3000 characters' },
				image_urls: { type: 'array', items: url, maxItems: 14, description: 'Input images; JPEG, PNG or WebP; max 30 MB each; up to 14' },
				...seedream45Fields,
			},
		},
	},
	{
		id: 'seedream/5-lite-text-to-image',
		title: 'Seedream 5.0 Lite - Text to Image',
		about: 'up to 4K',
		family: 'Seedream',
		operations: { generate: {} },
		seconds: 30,
		media: {},
		input: {
			required: ['prompt', 'aspect_ratio', 'quality'],
			properties: {
				prompt: { type: 'string', minLength: 3, maxLength: 3000, description: 'Description of the image; 3 to 3000 characters' },
				...liteFields,
			},
		},
	},
	{
		id: 'seedream/5-lite-image-to-image',
		title: 'Seedream 5.0 Lite - Image to Image',
		about: 'up to 4K',
		family: 'Seedream',
		operations: { edit: {} },
		seconds: 30,
		media: { image_urls: 'image' },
		input: {
			required: ['prompt', 'image_urls', 'aspect_ratio', 'quality'],
			properties: {
				prompt: { type: 'string', minLength: 3, maxLength: 3000, description: 'Description of the edit; 3 to 3000 characters' },
				image_urls: { type: 'array', items: url, maxItems: 14, description: 'Input images; JPEG, PNG or WebP; max 30 MB each; up to 14' },
				...liteFields,
			},
		},
	},
	{
		id: 'seedream/5-flash-text-to-image',
		title: 'Seedream 5.0 Flash - Text to Image',
		family: 'Seedream',
		operations: { generate: {} },
		seconds: 15,
		media: {},
		shared: { size: 'resolution' },
		input: {
			required: ['prompt', 'aspect_ratio'],
			properties: {
				prompt: { type: 'string', minLength: 3, maxLength: 5000, description: 'Description of the image; 3 to 5000 characters' },
				...flashFields,
			},
		},
	},
	{
		id: 'seedream/5-flash-image-to-image',
		title: 'Seedream 5.0 Flash - Image to Image',
		family: 'Seedream',
		operations: { edit: {} },
		seconds: 15,
		media: { image_urls: 'image' },
		shared: { size: 'resolution' },
		input: {
			required: ['prompt', 'image_urls', 'aspect_ratio'],
			properties: {
				prompt: { type: 'string', minLength: 3, maxLength: 5000, description: 'Description of the edit; 3 to 5000 characters' },
				image_urls: { type: 'array', items: url, maxItems: 10, description: 'Input images; JPEG, PNG or WebP; max 30 MB each; up to 10' },
				...flashFields,
			},
		},
	},
	{
		id: 'seedream/5-flash-layer-decomposition',
		title: 'Seedream 5.0 Flash - Layer Decomposition',
		family: 'Seedream',
		operations: { separateLayers: {} },
		seconds: 60,
		media: { image_url: 'image' },
		shared: { size: 'resolution' },
		input: {
			required: ['image_url'],
			properties: {
				prompt: {
					type: 'string',
					minLength: 3,
					maxLength: 5000,
					description: 'What to separate; if empty, the model chooses; 3 to 5000 characters; write regions as <bbox>x1 y1 x2 y2</bbox>, from 0 to 1000',
				},
				...layerFields,
			},
		},
	},
	{
		id: 'seedream/5-pro-text-to-image',
		title: 'Seedream 5.0 Pro - Text to Image',
		about: 'up to 2K',
		family: 'Seedream',
		operations: { generate: {} },
		seconds: 40,
		media: {},
		input: {
			required: ['prompt', 'aspect_ratio', 'quality'],
			properties: {
				prompt: { type: 'string', minLength: 3, maxLength: 5000, description: 'Description of the image; 3 to 5000 characters' },
				...proFields,
			},
		},
	},
	{
		id: 'seedream/5-pro-image-to-image',
		title: 'Seedream 5.0 Pro - Image to Image',
		about: 'up to 2K',
		family: 'Seedream',
		operations: { edit: {} },
		seconds: 40,
		media: { image_urls: 'image' },
		input: {
			required: ['prompt', 'image_urls', 'aspect_ratio', 'quality'],
			properties: {
				prompt: { type: 'string', minLength: 3, maxLength: 5000, description: 'Description of the edit; 3 to 5000 characters' },
				image_urls: { type: 'array', items: url, maxItems: 10, description: 'Input images; JPEG, PNG or WebP; max 10 MB each; up to 10' },
				...proFields,
			},
		},
	},
	{
		id: 'seedream/5-pro-layer-decomposition',
		title: 'Seedream 5.0 Pro - Layer Decomposition',
		family: 'Seedream',
		operations: { separateLayers: {} },
		result: {
			fields: {
				layers_data: listOf(objectOf({ url: TEXT, name: TEXT, description: TEXT, z_index: NUMBER, size: TEXT, bounding_box: objectOf({}) })),
			},
		},
		seconds: 60,
		media: { image_url: 'image' },
		shared: { size: 'resolution' },
		input: {
			required: ['image_url', 'size'],
			properties: {
				prompt: {
					type: 'string',
					maxLength: 5000,
					description: 'What to separate; if empty, the model chooses; up to 5000 characters; write regions as <bbox>x1 y1 x2 y2</bbox>, from 0 to 1000',
				},
				...layerFields,
			},
		},
	},
];
