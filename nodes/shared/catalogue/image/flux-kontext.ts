import { isSet } from '../rules';
import type { InputSchema, Model, Rule } from '../types';

const legacyInput: InputSchema = {
	required: ['prompt'],
	properties: {
		prompt: { type: 'string', description: 'Description of the image or edit; English only' },
		inputImage: { type: 'string', format: 'uri', description: 'Image to edit' },
		enableTranslation: { type: 'boolean', default: true, description: 'Whether to translate the prompt to English first' },
		uploadCn: { type: 'boolean', description: 'Whether to upload the input through servers in China' },
		aspectRatio: { type: 'string', enum: ['21:9', '16:9', '4:3', '1:1', '3:4', '9:16'], default: '16:9', description: 'Output aspect ratio' },
		outputFormat: { type: 'string', enum: ['jpeg', 'png'], default: 'jpeg', description: 'Output file format' },
		promptUpsampling: { type: 'boolean', default: false, description: 'Whether to let the model enrich the prompt; slower' },
		safetyTolerance: { type: 'integer', enum: [0, 1, 2, 3, 4, 5, 6], default: 2, description: 'Moderation level from 0 (strict) to 6 (permissive); up to 2 with an input image' },
		watermark: { type: 'string', description: 'Watermark text to add' },
	},
};

const legacyRules: Rule[] = [
	{
		message: "'Safety Tolerance' must be at most 2 with an input image",
		holds: ({ inputImage, safetyTolerance }) => !isSet(inputImage) || !(Number(safetyTolerance) > 2),
	},
];

export const fluxKontext: Model[] = [
	{
		id: 'flux1-kontext',
		title: 'Flux Kontext',
		family: 'Flux Kontext',
		operations: { generate: { hidden: ['input_image'] }, edit: { required: ['input_image'] } },
		seconds: 20,
		media: { input_image: 'image' },
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', description: 'Description of the image or edit; English only' },
				input_image: { type: 'string', format: 'uri', description: 'Image to edit' },
				enable_translation: { type: 'boolean', default: true, description: 'Whether to translate the prompt to English first' },
				upload_cn: { type: 'boolean', description: 'Whether to upload the input through servers in China' },
				aspect_ratio: { type: 'string', enum: ['21:9', '16:9', '4:3', '1:1', '3:4', '9:16'], default: '16:9', description: 'Output aspect ratio' },
				output_format: { type: 'string', enum: ['jpeg', 'png'], default: 'jpeg', description: 'Output file format' },
				prompt_upsampling: { type: 'boolean', default: false, description: 'Whether to let the model enrich the prompt; slower' },
				safety_tolerance: { type: 'integer', enum: [0, 1, 2, 3, 4, 5, 6], default: 2, description: 'Moderation level from 0 (strict) to 6 (permissive); up to 2 with an input image' },
				watermark: { type: 'string', description: 'Watermark text to add' },
			},
		},
		rules: [
			{
				message: "'Safety Tolerance' must be at most 2 with an input image",
				holds: ({ input_image, safety_tolerance }) => !isSet(input_image) || !(Number(safety_tolerance) > 2),
			},
		],
	},
	{
		id: 'flux-kontext-pro',
		title: 'Flux Kontext - Pro (Legacy API)',
		family: 'Flux Kontext',
		api: 'flux-kontext',
		path: '/api/v1/flux/kontext/generate',
		fixed: { model: 'flux-kontext-pro' },
		operations: { generate: { hidden: ['inputImage'] }, edit: { required: ['inputImage'] } },
		seconds: 20,
		media: { inputImage: 'image' },
		input: legacyInput,
		rules: legacyRules,
	},
	{
		id: 'flux-kontext-max',
		title: 'Flux Kontext - Max (Legacy API)',
		family: 'Flux Kontext',
		api: 'flux-kontext',
		path: '/api/v1/flux/kontext/generate',
		fixed: { model: 'flux-kontext-max' },
		operations: { generate: { hidden: ['inputImage'] }, edit: { required: ['inputImage'] } },
		seconds: 30,
		media: { inputImage: 'image' },
		input: legacyInput,
		rules: legacyRules,
	},
];
