import { url } from '../fields';
import { countOf, isSet } from '../rules';
import type { Model } from '../types';

export const gpt4oImage: Model[] = [
	{
		id: '4o-image-api',
		title: 'GPT-4o Image',
		family: 'GPT Image',
		generation: 1,
		operations: { generate: { required: ['prompt'] }, edit: { required: ['files_url'] } },
		seconds: 60,
		media: { files_url: 'image', file_url: 'image' },
		shared: { size: 'aspect_ratio' },
		input: {
			required: ['size'],
			properties: {
				prompt: { type: 'string', description: 'Description of the image or edit' },
				files_url: { type: 'array', items: url, maxItems: 5, description: 'Input images; JPEG, PNG or WebP; up to 5' },
				file_url: { type: 'string', format: 'uri', deprecated: true, description: 'Old field for a single image; use Files instead' },
				size: { type: 'string', enum: ['1:1', '3:2', '2:3'], description: 'Output aspect ratio' },
			},
		},
		rules: [
			{
				message: 'A prompt or input images are required',
				holds: ({ prompt, files_url }) => [prompt, files_url].some(isSet),
			},
		],
	},
	{
		id: 'gpt4o-image',
		title: 'GPT-4o Image (Legacy API)',
		family: 'GPT Image',
		generation: 1,
		api: 'gpt4o-image',
		path: '/api/v1/gpt4o-image/generate',
		operations: { generate: { required: ['prompt'] }, edit: { required: ['filesUrl'] } },
		seconds: 60,
		media: { filesUrl: 'image', fileUrl: 'image', maskUrl: 'image' },
		shared: { size: 'aspect_ratio' },
		input: {
			required: ['size'],
			properties: {
				prompt: { type: 'string', description: 'Description of the image or edit' },
				filesUrl: { type: 'array', items: url, maxItems: 5, description: 'Input images; JPEG, PNG or WebP; max 25 MB each; up to 5' },
				fileUrl: { type: 'string', format: 'uri', deprecated: true, description: 'Old field for a single image; use Files instead' },
				maskUrl: { type: 'string', format: 'uri', deprecated: true, description: 'Mask of the same size as the image: black is edited, white is kept; max 25 MB; no longer documented' },
				size: { type: 'string', enum: ['1:1', '3:2', '2:3'], description: 'Output aspect ratio' },
				nVariants: { type: 'integer', enum: [1, 2, 4], default: 1, deprecated: true, description: 'Number of images to generate; no longer documented' },
				isEnhance: { type: 'boolean', default: false, deprecated: true, description: 'Whether to let the model enrich the prompt; no longer documented' },
				uploadCn: { type: 'boolean', deprecated: true, description: 'Whether to upload the input through servers in China; no longer documented' },
				enableFallback: { type: 'boolean', default: false, deprecated: true, description: 'Whether to fall back to another model if this one is unavailable; no longer documented' },
				fallbackModel: {
					type: 'string',
					enum: ['GPT_IMAGE_1', 'FLUX_MAX'],
					default: 'FLUX_MAX',
					deprecated: true,
					description: 'Fallback model; requires Enable Fallback; no longer documented',
				},
			},
		},
		rules: [
			{
				message: 'A prompt or input images are required',
				holds: ({ prompt, filesUrl }) => [prompt, filesUrl].some(isSet),
			},
			{
				message: "'Mask' requires exactly one input image",
				holds: ({ maskUrl, filesUrl }) => !isSet(maskUrl) || countOf(filesUrl) === 1,
			},
		],
	},
];
