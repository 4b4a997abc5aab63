import { nsfwChecker, url } from '../fields';
import { isSet } from '../rules';
import type { Model } from '../types';
import { listOf, NUMBER, objectOf } from '../../adapters/resultShape';

export const grokImagine: Model[] = [
	{
		id: 'grok-imagine/text-to-image',
		title: 'Grok Imagine - Text to Image',
		family: 'Grok Imagine',
		operations: { generate: {} },
		seconds: 15,
		media: {},
		input: {
			required: ['prompt', 'aspect_ratio'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the image; English only; up to 5000 characters' },
				aspect_ratio: { type: 'string', enum: ['2:3', '3:2', '1:1', '16:9', '9:16'], default: '1:1', description: 'Output aspect ratio' },
				nsfw_checker: nsfwChecker,
				enable_pro: { type: 'boolean', description: 'Whether to use the slower mode with higher quality' },
			},
		},
	},
	{
		id: 'grok-imagine/image-to-image',
		title: 'Grok Imagine - Image to Image',
		family: 'Grok Imagine',
		operations: { edit: {} },
		seconds: 20,
		media: { image_urls: 'image' },
		input: {
			required: ['image_urls'],
			properties: {
				prompt: { type: 'string', maxLength: 390000, description: 'Description of the edit; up to 390000 characters; refer to images as @image1 followed by a space' },
				image_urls: { type: 'array', items: url, maxItems: 5, description: 'Reference images; JPEG, PNG or WebP; max 10 MB each; up to 5' },
				nsfw_checker: nsfwChecker,
			},
		},
	},
	{
		id: 'grok-imagine-image-2-0/text-to-image',
		title: 'Grok Imagine Image 2.0 - Text to Image',
		family: 'Grok Imagine',
		operations: { generate: {} },
		seconds: 20,
		media: {},
		input: {
			required: ['prompt', 'aspect_ratio'],
			properties: {
				prompt: { type: 'string', description: 'Description of the image' },
				aspect_ratio: { type: 'string', enum: ['1:1', '2:3', '3:2', '16:9', '9:16'], description: 'Output aspect ratio' },
			},
		},
	},
	{
		id: 'grok-imagine-image-2-0/image-edit',
		title: 'Grok Imagine Image 2.0 - Image Edit',
		family: 'Grok Imagine',
		operations: { edit: {} },
		seconds: 25,
		media: { image_urls: 'image' },
		input: {
			required: ['image_urls', 'aspect_ratio'],
			properties: {
				prompt: { type: 'string', maxLength: 390000, description: 'Description of the edit; up to 390000 characters' },
				image_urls: { type: 'array', items: url, minItems: 1, maxItems: 5, description: 'Reference images; 1 to 5' },
				aspect_ratio: { type: 'string', enum: ['1:1', '2:3', '3:2', '16:9', '9:16', 'auto'], description: 'Output aspect ratio; auto matches the first image' },
			},
		},
	},
	{
		id: 'grok-imagine-image-2-0/segment-map',
		title: 'Grok Imagine Image 2.0 - Segment Map',
		about: 'returns the numbers of all segments',
		family: 'Grok Imagine',
		operations: { segment: {} },
		result: { fields: { segments: listOf(objectOf({ index: NUMBER })) }, withoutFiles: true },
		seconds: 15,
		media: { image_url: 'image' },
		input: {
			oneOf: [
				{ title: 'task_id', required: ['task_id'] },
				{ title: 'image_url', required: ['image_url'] },
			],
			properties: {
				image_url: { type: 'string', format: 'uri', description: 'Image to analyze' },
				task_id: { type: 'string', minLength: 1, description: 'ID of the Grok Imagine Image 2.0 task to analyze' },
			},
		},
		rules: [
			{
				message: "Either 'Task ID' or 'Image' is required, not both",
				holds: ({ task_id, image_url }) => isSet(task_id) !== isSet(image_url),
			},
		],
	},
	{
		id: 'grok-imagine-image-2-0/segment-edit',
		title: 'Grok Imagine Image 2.0 - Segment Edit',
		about: 'edits segments of an image',
		family: 'Grok Imagine',
		operations: { edit: {} },
		seconds: 25,
		media: {},
		input: {
			required: ['prompt', 'task_id'],
			properties: {
				prompt: { type: 'string', maxLength: 390000, description: 'Description of the edit; up to 390000 characters' },
				task_id: { type: 'string', description: 'ID of a Grok Imagine Image 2.0 - Text to Image task, or of a Segment Map task with an image' },
				mask_indexs: { type: 'array', minItems: 1, items: { type: 'integer', minimum: 1 }, description: 'Numbers of the segments to edit, starting at 1' },
			},
		},
	},
];
