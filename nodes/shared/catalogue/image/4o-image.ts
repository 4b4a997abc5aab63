import { url } from '../fields';
import { has, hasAny } from '../rules';
import type { Model } from '../types';

export const gpt4oImage: Model[] = [
	{
		id: '4o-image-api',
		title: 'GPT-4o Image',
		family: '4o Image',
		operations: { generate: { required: ['prompt'] }, edit: { required: ['files_url'] } },
		seconds: 60,
		media: { files_url: 'image', file_url: 'image' },
		input: {
			required: ['size'],
			properties: {
				prompt: { type: 'string', description: 'What to draw or change' },
				files_url: { type: 'array', items: url, maxItems: 5, description: 'Input pictures; JPEG, PNG or WebP; up to 5' },
				file_url: { type: 'string', format: 'uri', deprecated: true, description: 'Old field for one picture; use Files instead' },
				size: { type: 'string', enum: ['1:1', '3:2', '2:3'], description: 'Width to height of the result' },
			},
		},
		rules: [
			{
				message: 'A prompt or input pictures are needed',
				then: hasAny('prompt', 'files_url'),
			},
		],
	},
	{
		id: 'gpt4o-image',
		title: 'GPT-4o Image (Own API)',
		family: '4o Image',
		api: 'gpt4o-image',
		path: '/api/v1/gpt4o-image/generate',
		operations: { generate: { required: ['prompt'] }, edit: { required: ['filesUrl'] } },
		seconds: 60,
		media: { filesUrl: 'image', fileUrl: 'image', maskUrl: 'image' },
		input: {
			required: ['size'],
			properties: {
				prompt: { type: 'string', description: 'What to draw or change' },
				filesUrl: { type: 'array', items: url, maxItems: 5, description: 'Input pictures; JPEG, PNG or WebP; max 25 MB each; up to 5' },
				fileUrl: { type: 'string', format: 'uri', deprecated: true, description: 'Old field for one picture; use Files instead' },
				maskUrl: { type: 'string', format: 'uri', deprecated: true, description: 'Mask of the same width and height as the picture: black is changed, white is kept; max 25 MB; in older docs only' },
				size: { type: 'string', enum: ['1:1', '3:2', '2:3'], description: 'Width to height of the result' },
				nVariants: { type: 'integer', enum: [1, 2, 4], default: 1, deprecated: true, description: 'Number of pictures; in older docs only' },
				isEnhance: { type: 'boolean', default: false, deprecated: true, description: 'Whether to let the model enrich the prompt; in older docs only' },
				uploadCn: { type: 'boolean', deprecated: true, description: 'Whether to upload the input through servers in China; in older docs only' },
				enableFallback: { type: 'boolean', default: false, deprecated: true, description: 'Whether to use another model when this one is not available; in older docs only' },
				fallbackModel: {
					type: 'string',
					enum: ['GPT_IMAGE_1', 'FLUX_MAX'],
					default: 'FLUX_MAX',
					deprecated: true,
					description: 'Model to use instead; counts only with the fallback enabled; in older docs only',
				},
			},
		},
		rules: [
			{
				message: 'A prompt or input pictures are needed',
				then: hasAny('prompt', 'filesUrl'),
			},
			{
				message: "'Mask' needs exactly one input picture",
				if: has('maskUrl'),
				then: { required: ['filesUrl'], properties: { filesUrl: { minItems: 1, maxItems: 1 } } },
			},
		],
	},
];
