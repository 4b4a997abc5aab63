import { url } from '../fields';
import { midjourneyFields, midjourneyModel } from '../midjourney';
import type { InputSchema, Model, Schema } from '../types';

const generate = { ...midjourneyModel, path: '/api/v1/mj/generate', seconds: 60 } as const;

const prompt: Schema = { type: 'string', maxLength: 2000, description: 'Description of the image; up to 2000 characters' };
const speed: Schema = { type: 'string', enum: ['relaxed', 'fast', 'turbo'], description: 'Generation speed; affects the price' };

const imageOfTask: InputSchema = {
	required: ['taskId', 'imageIndex'],
	properties: {
		taskId: { type: 'string', description: 'ID of the task that generated the image' },
		imageIndex: { type: 'integer', minimum: 0, maximum: 3, description: 'Zero-based index of the image in the task' },
		waterMark: { type: 'string', description: 'Watermark text to add' },
	},
};

export const midjourney: Model[] = [
	{
		...generate,
		id: 'midjourney-text-to-image',
		title: 'Midjourney - Text to Image',
		fixed: { taskType: 'mj_txt2img' },
		operations: { generate: {} },
		media: {},
		input: { required: ['prompt'], properties: { prompt, speed, ...midjourneyFields } },
	},
	{
		...generate,
		id: 'midjourney-image-to-image',
		title: 'Midjourney - Image to Image',
		fixed: { taskType: 'mj_img2img' },
		operations: { edit: {} },
		media: { fileUrls: 'image' },
		shared: { fileUrls: 'image_urls' },
		input: {
			required: ['prompt', 'fileUrls'],
			properties: {
				prompt: { type: 'string', maxLength: 2000, description: 'Description of the edit; up to 2000 characters' },
				fileUrls: { type: 'array', items: url, description: 'Images to edit' },
				speed,
				...midjourneyFields,
			},
		},
	},
	{
		...generate,
		id: 'midjourney-style-reference',
		title: 'Midjourney - Style Reference',
		about: 'style of reference images',
		fixed: { taskType: 'mj_style_reference' },
		operations: { generate: {} },
		media: { fileUrls: 'image' },
		shared: { fileUrls: 'reference_image_urls' },
		input: {
			required: ['prompt', 'fileUrls'],
			properties: { prompt, fileUrls: { type: 'array', items: url, description: 'Style reference images' }, speed, ...midjourneyFields },
		},
	},
	{
		...generate,
		id: 'midjourney-omni-reference',
		title: 'Midjourney - Omni Reference',
		about: 'objects from reference images',
		fixed: { taskType: 'mj_omni_reference' },
		operations: { generate: {} },
		media: { fileUrls: 'image' },
		shared: { fileUrls: 'reference_image_urls' },
		input: {
			required: ['prompt', 'fileUrls'],
			properties: {
				prompt,
				fileUrls: { type: 'array', items: url, description: 'Images of what should appear in the output' },
				...midjourneyFields,
				ow: { type: 'integer', minimum: 1, maximum: 1000, description: 'Influence of the reference images' },
			},
		},
	},
	{
		...midjourneyModel,
		id: 'midjourney-upscale',
		title: 'Midjourney - Upscale',
		about: 'images of Midjourney only',
		path: '/api/v1/mj/generateUpscale',
		operations: { upscale: {} },
		seconds: 60,
		media: {},
		input: imageOfTask,
	},
	{
		...midjourneyModel,
		id: 'midjourney-vary',
		title: 'Midjourney - Vary',
		about: 'variations of an image',
		path: '/api/v1/mj/generateVary',
		operations: { edit: {} },
		seconds: 60,
		media: {},
		input: imageOfTask,
	},
];
