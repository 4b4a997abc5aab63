import { nonNegativeSeed, nsfwChecker, seed, url } from '../fields';
import { countOf, isSet } from '../rules';
import type { InputSchema, Model, Schema } from '../types';

/** Qwen3: fields of all models. */
const qwen3Fields: Record<string, Schema> = {
	image_size: { type: 'string', enum: ['1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16', '21:9'], default: '16:9', description: 'Output aspect ratio' },
	output_format: { type: 'string', enum: ['png', 'jpeg'], default: 'png', description: 'Output file format' },
	prompt_extend: { type: 'boolean', default: true, description: 'Whether to let the model rewrite the prompt' },
	negative_prompt: { type: 'string', maxLength: 5000, description: 'What to avoid; up to 5000 characters' },
	seed: { ...nonNegativeSeed, default: 1 },
	nsfw_checker: nsfwChecker,
};

const qwen3Text: InputSchema = {
	required: ['prompt'],
	properties: {
		prompt: { type: 'string', maxLength: 5000, description: 'Description of the image; English or Chinese; up to 5000 characters' },
		resolution: { type: 'string', enum: ['1K', '2K'], description: 'Output resolution' },
		...qwen3Fields,
	},
};

const qwen3Image: InputSchema = {
	required: ['prompt', 'image_urls'],
	properties: {
		prompt: { type: 'string', maxLength: 5000, description: 'Description of the edit; English or Chinese; up to 5000 characters' },
		image_urls: { type: 'array', items: url, minItems: 1, maxItems: 3, description: 'Input images; JPEG, PNG, WebP, BMP, GIF or TIFF; max 10 MB each; 1 to 3' },
		resolution: { type: 'string', enum: ['1K', '2K'], default: '1K', description: 'Output resolution' },
		...qwen3Fields,
	},
};

/** Qwen: fields of text to image and image to image. */
const qwenFields: Record<string, Schema> = {
	num_inference_steps: { type: 'number', minimum: 2, maximum: 250, default: 30, description: 'Number of inference steps; whole number' },
	seed,
	guidance_scale: { type: 'number', minimum: 0, maximum: 20, default: 2.5, description: 'How closely to follow the prompt; step 0.1' },
	enable_safety_checker: { type: 'boolean', description: "Whether to enable the model's safety checker" },
	output_format: { type: 'string', enum: ['png', 'jpeg'], default: 'png', description: 'Output file format' },
	negative_prompt: { type: 'string', maxLength: 500, description: 'What to avoid; up to 500 characters' },
	acceleration: { type: 'string', enum: ['none', 'regular', 'high'], default: 'none', description: 'Acceleration level; high is best for images without text' },
	nsfw_checker: nsfwChecker,
};

/** Qwen2.1: fields of both models. */
const qwen21Fields: Record<string, Schema> = {
	resolution: { type: 'string', enum: ['1K', '2K'], default: '1K', description: 'Output resolution' },
	background: { type: 'string', enum: ['opaque', 'transparent'], default: 'opaque', description: 'Output background; transparent requires PNG or WebP' },
	output_format: { type: 'string', enum: ['png', 'webp', 'jpeg'], default: 'png', description: 'Output file format' },
	enhance_prompt: { type: 'boolean', default: true, description: 'Whether to let the model rewrite the prompt' },
	seed,
	nsfw_checker: nsfwChecker,
};

export const qwen: Model[] = [
	{
		id: 'qwen/text-to-image',
		title: 'Qwen - Text to Image',
		family: 'Qwen',
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
				...qwenFields,
			},
		},
	},
	{
		id: 'qwen/image-to-image',
		title: 'Qwen - Image to Image',
		about: 'variations of an image',
		family: 'Qwen',
		operations: { edit: {} },
		seconds: 15,
		media: { image_url: 'image' },
		input: {
			required: ['prompt', 'image_url'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the edit; up to 5000 characters' },
				image_url: { type: 'string', description: 'Reference image; JPEG, PNG or WebP; max 10 MB' },
				strength: { type: 'number', minimum: 0, maximum: 1, default: 0.8, description: 'How much to change: 0 keeps the original, 1 regenerates it; step 0.01' },
				...qwenFields,
			},
		},
	},
	{
		id: 'qwen/image-edit',
		title: 'Qwen Image Edit',
		family: 'Qwen',
		operations: { edit: {} },
		seconds: 20,
		media: { image_url: 'image' },
		shared: { image_size: 'aspect_ratio' },
		input: {
			required: ['prompt', 'image_url'],
			properties: {
				prompt: { type: 'string', maxLength: 2000, description: 'Description of the edit; up to 2000 characters' },
				image_url: { type: 'string', format: 'uri', description: 'Image to edit; JPEG, PNG or WebP; max 10 MB' },
				acceleration: { type: 'string', enum: ['none', 'regular', 'high'], default: 'none', description: 'Acceleration level' },
				image_size: {
					type: 'string',
					enum: ['square', 'square_hd', 'portrait_4_3', 'portrait_16_9', 'landscape_4_3', 'landscape_16_9'],
					default: 'landscape_4_3',
					description: 'Size and aspect ratio of the output',
				},
				num_inference_steps: { type: 'number', minimum: 2, maximum: 49, default: 25, description: 'Number of inference steps; whole number' },
				seed,
				guidance_scale: { type: 'number', minimum: 0, maximum: 20, default: 4, description: 'How closely to follow the prompt; step 0.1' },
				sync_mode: { type: 'boolean', description: 'Whether the model waits for the image upload before responding' },
				num_images: { type: 'string', enum: ['1', '2', '3', '4'], description: 'Number of images to generate' },
				enable_safety_checker: { type: 'boolean', default: true, description: "Whether to enable the model's safety checker" },
				output_format: { type: 'string', enum: ['jpeg', 'png'], default: 'png', description: 'Output file format' },
				negative_prompt: { type: 'string', maxLength: 500, description: 'What to avoid; up to 500 characters' },
				nsfw_checker: nsfwChecker,
			},
		},
	},
	{
		id: 'qwen2/text-to-image',
		title: 'Qwen 2 - Text to Image',
		family: 'Qwen',
		operations: { generate: {} },
		seconds: 20,
		media: {},
		shared: { image_size: 'aspect_ratio' },
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', maxLength: 800, description: 'Description of the image; up to 800 characters' },
				image_size: { type: 'string', enum: ['1:1', '3:4', '4:3', '9:16', '16:9'], default: '16:9', description: 'Output aspect ratio' },
				seed,
				output_format: { type: 'string', enum: ['jpeg', 'png'], default: 'png', description: 'Output file format' },
				nsfw_checker: nsfwChecker,
			},
		},
	},
	{
		id: 'qwen2/image-edit',
		title: 'Qwen 2 - Image Edit',
		family: 'Qwen',
		operations: { edit: {} },
		seconds: 20,
		media: { image_url: 'image' },
		shared: { image_size: 'aspect_ratio' },
		input: {
			required: ['prompt', 'image_url'],
			properties: {
				prompt: { type: 'string', maxLength: 800, description: 'Description of the edit; up to 800 characters' },
				image_url: { type: 'string', format: 'uri', description: 'Image to edit; JPEG, PNG or WebP; max 10 MB' },
				image_size: { type: 'string', enum: ['1:1', '2:3', '3:2', '3:4', '4:3', '9:16', '16:9', '21:9'], default: '16:9', description: 'Output aspect ratio' },
				seed,
				output_format: { type: 'string', enum: ['jpeg', 'png'], default: 'png', description: 'Output file format' },
				nsfw_checker: nsfwChecker,
			},
		},
	},
	{
		id: 'qwen2-1/text-to-image',
		title: 'Qwen 2.1 - Text to Image',
		family: 'Qwen',
		operations: { generate: {} },
		seconds: 20,
		media: {},
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', minLength: 1, maxLength: 5000, description: 'Description of the image; any language; 1 to 5000 characters' },
				aspect_ratio: { type: 'string', enum: ['1:1', '4:3', '3:4', '3:2', '2:3', '16:9', '9:16', '21:9', '9:21'], default: '1:1', description: 'Output aspect ratio' },
				...qwen21Fields,
			},
		},
		rules: [
			{
				message: "'Background' transparent requires 'Output Format' png or webp",
				holds: ({ background, output_format }) => background !== 'transparent' || output_format !== 'jpeg',
			},
		],
	},
	{
		id: 'qwen2-1/image-to-image',
		title: 'Qwen 2.1 - Image to Image',
		family: 'Qwen',
		operations: { edit: {} },
		seconds: 25,
		media: { image_urls: 'image', mask_url: 'image' },
		input: {
			required: ['prompt', 'image_urls'],
			properties: {
				prompt: { type: 'string', minLength: 1, maxLength: 5000, description: 'Description of the edit; any language; 1 to 5000 characters' },
				image_urls: {
					type: 'array',
					items: url,
					minItems: 1,
					maxItems: 10,
					description: 'Reference images in the order the prompt refers to them; JPEG, PNG or WebP; max 30 MB and 25 megapixels each; 1 to 10',
				},
				mask_url: { type: 'string', format: 'uri', description: 'Black and white mask for a single image: white is edited, black is kept; Aspect Ratio and Enhance Prompt are ignored' },
				aspect_ratio: {
					type: 'string',
					enum: ['auto', '1:1', '4:3', '3:4', '3:2', '2:3', '16:9', '9:16', '21:9', '9:21'],
					default: 'auto',
					description: 'Output aspect ratio; auto picks the closest to the first image',
				},
				...qwen21Fields,
			},
		},
		rules: [
			{
				message: "'Background' transparent requires 'Output Format' png or webp",
				holds: ({ background, output_format }) => background !== 'transparent' || output_format !== 'jpeg',
			},
			{
				message: "'Mask' requires exactly one input image",
				holds: ({ mask_url, image_urls }) => !isSet(mask_url) || countOf(image_urls) === 1,
			},
			{
				message: "'Mask' can't be combined with 'Background' transparent",
				holds: ({ mask_url, background }) => !isSet(mask_url) || background !== 'transparent',
			},
		],
	},
	{
		id: 'qwen3/text-to-image',
		title: 'Qwen 3 - Text to Image',
		family: 'Qwen',
		operations: { generate: {} },
		seconds: 20,
		media: {},
		shared: { image_size: 'aspect_ratio' },
		input: qwen3Text,
	},
	{
		id: 'qwen3/image-to-image',
		title: 'Qwen 3 - Image to Image',
		family: 'Qwen',
		operations: { edit: {} },
		seconds: 25,
		media: { image_urls: 'image' },
		shared: { image_size: 'aspect_ratio' },
		input: qwen3Image,
	},
	{
		id: 'qwen3/pro-text-to-image',
		title: 'Qwen 3 Pro - Text to Image',
		family: 'Qwen',
		operations: { generate: {} },
		seconds: 30,
		media: {},
		shared: { image_size: 'aspect_ratio' },
		input: qwen3Text,
	},
	{
		id: 'qwen3/pro-image-to-image',
		title: 'Qwen 3 Pro - Image to Image',
		family: 'Qwen',
		operations: { edit: {} },
		seconds: 30,
		media: { image_urls: 'image' },
		shared: { image_size: 'aspect_ratio' },
		input: qwen3Image,
	},
];
