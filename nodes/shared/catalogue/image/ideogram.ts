import { seed, url } from '../fields';
import type { Model, Schema } from '../types';

/** Ideogram V3: fields of generation and remix. */
const v3Fields: Record<string, Schema> = {
	rendering_speed: { type: 'string', enum: ['TURBO', 'BALANCED', 'QUALITY'], description: 'Generation speed; affects quality and price' },
	style: { type: 'string', enum: ['AUTO', 'GENERAL', 'REALISTIC', 'DESIGN'], description: 'Output style' },
	expand_prompt: { type: 'boolean', description: 'Whether to let MagicPrompt enrich the prompt' },
	image_size: { type: 'string', enum: ['square', 'square_hd', 'portrait_4_3', 'portrait_16_9', 'landscape_4_3', 'landscape_16_9'], description: 'Size and aspect ratio of the output' },
	seed,
	negative_prompt: { type: 'string', maxLength: 5000, description: 'What to avoid; up to 5000 characters; the prompt takes precedence' },
};

/** Ideogram Character: fields of all models. */
const characterFields: Record<string, Schema> = {
	reference_image_urls: { type: 'array', items: url, description: 'Character images; only the first is used; JPEG, PNG or WebP; max 10 MB in total' },
	rendering_speed: { type: 'string', enum: ['TURBO', 'BALANCED', 'QUALITY'], default: 'BALANCED', description: 'Generation speed; affects quality and price' },
	style: { type: 'string', enum: ['AUTO', 'REALISTIC', 'FICTION'], default: 'AUTO', description: 'Output style' },
	expand_prompt: { type: 'boolean', default: true, description: 'Whether to let MagicPrompt enrich the prompt' },
	num_images: { type: 'string', enum: ['1', '2', '3', '4'], default: '1', description: 'Number of images to generate' },
	seed,
};

export const ideogram: Model[] = [
	{
		id: 'ideogram/v3-text-to-image',
		title: 'Ideogram V3 - Text to Image',
		family: 'Ideogram',
		operations: { generate: {} },
		seconds: 20,
		media: {},
		shared: { image_size: 'aspect_ratio' },
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the image; up to 5000 characters' },
				...v3Fields,
			},
		},
	},
	{
		id: 'ideogram/v3-edit',
		title: 'Ideogram V3 - Edit',
		about: 'edits a masked area',
		family: 'Ideogram',
		operations: { edit: {} },
		seconds: 25,
		media: { image_url: 'image', mask_url: 'image' },
		input: {
			required: ['prompt', 'image_url', 'mask_url'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the masked area; up to 5000 characters' },
				image_url: { type: 'string', format: 'uri', description: 'Image to edit; JPEG, PNG or WebP; max 10 MB' },
				mask_url: { type: 'string', format: 'uri', description: 'Mask of the same size as the image; JPEG, PNG or WebP; max 10 MB' },
				rendering_speed: { type: 'string', enum: ['TURBO', 'BALANCED', 'QUALITY'], default: 'BALANCED', description: 'Generation speed; affects quality and price' },
				expand_prompt: { type: 'boolean', default: true, description: 'Whether to let MagicPrompt enrich the prompt' },
				seed,
			},
		},
	},
	{
		id: 'ideogram/v3-remix',
		title: 'Ideogram V3 - Remix',
		family: 'Ideogram',
		operations: { edit: {} },
		seconds: 25,
		media: { image_url: 'image' },
		shared: { image_size: 'aspect_ratio' },
		input: {
			required: ['prompt', 'image_url'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the edit; up to 5000 characters' },
				image_url: { type: 'string', format: 'uri', description: 'Image to remix; JPEG, PNG or WebP; max 10 MB' },
				...v3Fields,
				num_images: { type: 'string', enum: ['1', '2', '3', '4'], description: 'Number of images to generate' },
				strength: { type: 'number', minimum: 0.01, maximum: 1, description: 'Influence of the input image; step 0.01' },
			},
		},
	},
	{
		id: 'ideogram/v3-reframe',
		title: 'Ideogram V3 - Reframe',
		family: 'Ideogram',
		operations: { reframe: {} },
		seconds: 25,
		media: { image_url: 'image' },
		shared: { image_size: 'aspect_ratio' },
		input: {
			required: ['image_url', 'image_size'],
			properties: {
				image_url: { type: 'string', format: 'uri', description: 'Image to reframe; JPEG, PNG or WebP; max 10 MB' },
				image_size: {
					type: 'string',
					enum: ['square', 'square_hd', 'portrait_4_3', 'portrait_16_9', 'landscape_4_3', 'landscape_16_9'],
					default: 'square_hd',
					description: 'Size and aspect ratio of the output',
				},
				rendering_speed: { type: 'string', enum: ['TURBO', 'BALANCED', 'QUALITY'], default: 'BALANCED', description: 'Generation speed; affects quality and price' },
				style: { type: 'string', enum: ['AUTO', 'GENERAL', 'REALISTIC', 'DESIGN'], default: 'AUTO', description: 'Output style' },
				num_images: { type: 'string', enum: ['1', '2', '3', '4'], default: '1', description: 'Number of images to generate' },
				seed: { type: 'number', description: 'Same seed and input produce similar results' },
			},
		},
	},
	{
		id: 'ideogram/character',
		title: 'Ideogram - Character',
		about: 'keeps a character',
		family: 'Ideogram',
		operations: { generate: {} },
		seconds: 25,
		media: { reference_image_urls: 'image' },
		shared: { image_size: 'aspect_ratio' },
		input: {
			required: ['prompt', 'reference_image_urls'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the image; up to 5000 characters' },
				...characterFields,
				image_size: {
					type: 'string',
					enum: ['square', 'square_hd', 'portrait_4_3', 'portrait_16_9', 'landscape_4_3', 'landscape_16_9'],
					default: 'square_hd',
					description: 'Size and aspect ratio of the output',
				},
				negative_prompt: { type: 'string', maxLength: 5000, description: 'What to avoid; up to 5000 characters; the prompt takes precedence' },
			},
		},
	},
	{
		id: 'ideogram/character-edit',
		title: 'Ideogram - Character Edit',
		about: 'keeps a character',
		family: 'Ideogram',
		operations: { edit: {} },
		seconds: 30,
		media: { image_url: 'image', mask_url: 'image', reference_image_urls: 'image' },
		input: {
			required: ['prompt', 'image_url', 'mask_url', 'reference_image_urls'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the masked area; up to 5000 characters' },
				image_url: { type: 'string', format: 'uri', description: 'Image to edit; JPEG, PNG or WebP; max 10 MB' },
				mask_url: { type: 'string', format: 'uri', description: 'Mask of the same size as the image; JPEG, PNG or WebP; max 10 MB' },
				...characterFields,
			},
		},
	},
	{
		id: 'ideogram/character-remix',
		title: 'Ideogram - Character Remix',
		about: 'keeps a character',
		family: 'Ideogram',
		operations: { edit: {} },
		seconds: 30,
		media: { image_url: 'image', reference_image_urls: 'image', image_urls: 'image', reference_mask_urls: 'image' },
		shared: { image_urls: 'style_image_urls', image_size: 'aspect_ratio' },
		input: {
			required: ['prompt', 'image_url', 'reference_image_urls'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the edit; up to 5000 characters' },
				image_url: { type: 'string', format: 'uri', description: 'Image to remix; JPEG, PNG or WebP; max 10 MB' },
				...characterFields,
				image_urls: { type: 'array', items: url, description: 'Style reference images; JPEG, PNG or WebP; max 10 MB in total' },
				reference_mask_urls: { type: 'string', description: 'Mask for the character image; JPEG, PNG or WebP; max 10 MB' },
				image_size: {
					type: 'string',
					enum: ['square', 'square_hd', 'portrait_4_3', 'portrait_16_9', 'landscape_4_3', 'landscape_16_9'],
					default: 'square_hd',
					description: 'Size and aspect ratio of the output',
				},
				strength: { type: 'number', minimum: 0.1, maximum: 1, default: 0.8, description: 'Influence of the input image; step 0.1' },
				negative_prompt: { type: 'string', maxLength: 500, description: 'What to avoid; up to 500 characters; the prompt takes precedence' },
			},
		},
	},
];
