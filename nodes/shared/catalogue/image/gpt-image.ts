import { url } from '../fields';
import { has, is, isNot } from '../rules';
import type { InputSchema, Model, Rule } from '../types';

const gptImage25Text: InputSchema = {
	required: ['prompt'],
	properties: {
		prompt: { type: 'string', minLength: 1, maxLength: 20000, description: 'What to draw; 1 to 20000 characters' },
		aspect_ratio: {
			type: 'string',
			enum: ['auto', '1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16', '21:9', '27:16', '16:27', '9:8', '8:9'],
			default: 'auto',
			description: 'Width to height of the result',
		},
		resolution: { type: 'string', enum: ['1K', '2K', '4K'], description: 'Resolution of the result' },
		background: { type: 'string', enum: ['transparent', 'opaque', 'auto'], description: 'Background of the result' },
	},
};

const gptImage25Image: InputSchema = {
	required: ['prompt', 'input_urls'],
	properties: {
		prompt: { type: 'string', maxLength: 20000, description: 'How to change the pictures; up to 20000 characters' },
		input_urls: { type: 'array', items: url, maxItems: 16, description: 'Input pictures; up to 16' },
		aspect_ratio: {
			type: 'string',
			enum: ['auto', '1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16', '21:9', '27:16', '16:27', '9:8', '8:9'],
			default: 'auto',
			description: 'Width to height of the result',
		},
		resolution: { type: 'string', enum: ['1K', '2K', '4K'], description: 'Resolution of the result' },
		background: { type: 'string', enum: ['transparent', 'opaque', 'auto'], description: 'Background of the result' },
	},
};

const gptImage2Rules: Rule[] = [
	{
		message: "'Resolution' 2K can't make the 'Aspect Ratio' 5:4, 4:5, 3:1, 1:3 or 9:21",
		if: is('resolution', '2K'),
		then: isNot('aspect_ratio', '5:4', '4:5', '3:1', '1:3', '9:21'),
	},
	{
		message: "'Resolution' 4K can't make the 'Aspect Ratio' 1:1, 3:1, 1:3 or 9:21",
		if: is('resolution', '4K'),
		then: isNot('aspect_ratio', '1:1', '3:1', '1:3', '9:21'),
	},
	{
		message: "'Resolution' 2K and 4K need an 'Aspect Ratio' other than auto",
		if: is('resolution', '2K', '4K'),
		then: { allOf: [has('aspect_ratio'), isNot('aspect_ratio', 'auto')] },
	},
	{
		message: "'Background' can be set only with the 'Resolution' 1K",
		if: has('background'),
		then: isNot('resolution', '2K', '4K'),
	},
];

const gptImage25Rules: Rule[] = [
	{
		message: "'Aspect Ratio' 27:16, 16:27, 9:8 and 8:9 can be made only with the 'Resolution' 1K",
		if: is('aspect_ratio', '27:16', '16:27', '9:8', '8:9'),
		then: isNot('resolution', '2K', '4K'),
	},
];

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
				prompt: { type: 'string', description: 'What to draw' },
				aspect_ratio: { type: 'string', enum: ['1:1', '2:3', '3:2'], default: '1:1', description: 'Width to height of the result' },
				quality: { type: 'string', enum: ['medium', 'high'], default: 'medium', description: 'Care taken: medium is balanced, high is slower and more detailed' },
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
				prompt: { type: 'string', description: 'How to change the pictures' },
				input_urls: { type: 'array', items: url, maxItems: 16, description: 'Input pictures; JPEG, PNG or WebP; max 10 MB each; up to 16' },
				aspect_ratio: { type: 'string', enum: ['1:1', '2:3', '3:2'], default: '3:2', description: 'Width to height of the result' },
				quality: { type: 'string', enum: ['medium', 'high'], default: 'medium', description: 'Care taken: medium is balanced, high is slower and more detailed' },
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
				prompt: { type: 'string', minLength: 1, maxLength: 20000, description: 'What to draw; 1 to 20000 characters' },
				aspect_ratio: {
					type: 'string',
					enum: ['auto', '1:1', '3:2', '2:3', '4:3', '3:4', '5:4', '4:5', '16:9', '9:16', '2:1', '1:2', '3:1', '1:3', '21:9', '9:21'],
					default: 'auto',
					description: 'Width to height of the result',
				},
				resolution: { type: 'string', enum: ['1K', '2K', '4K'], description: 'Resolution of the result' },
				background: { type: 'string', enum: ['transparent', 'opaque', 'auto'], description: 'Background of the result' },
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
				prompt: { type: 'string', maxLength: 20000, description: 'How to change the pictures; up to 20000 characters' },
				input_urls: { type: 'array', items: url, maxItems: 16, description: 'Input pictures; up to 16' },
				aspect_ratio: {
					type: 'string',
					enum: ['auto', '1:1', '3:2', '2:3', '4:3', '3:4', '5:4', '4:5', '16:9', '9:16', '2:1', '1:2', '3:1', '1:3', '21:9', '9:21'],
					default: 'auto',
					description: 'Width to height of the result',
				},
				resolution: { type: 'string', enum: ['1K', '2K', '4K'], description: 'Resolution of the result' },
				background: { type: 'string', enum: ['transparent', 'opaque', 'auto'], description: 'Background of the result' },
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
		family: 'GPT Image',
		operations: { generate: {} },
		seconds: 40,
		media: {},
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', description: 'What to draw' },
				aspect_ratio: { type: 'string', enum: ['auto', '1:1', '16:9', '9:16', '3:2', '2:3', '21:9', '4:3'], description: 'Width to height of the result' },
				output_format: { type: 'string', enum: ['png', 'gif'], default: 'png', description: 'File format of the result; GIF is an animation' },
				background: { type: 'string', enum: ['transparent', 'opaque', 'auto'], default: 'auto', description: 'Background of the result' },
				frame_count: { type: ['string', 'integer'], enum: ['auto', '4', '9', '16', '25', '36', '64', 4, 9, 16, 25, 36, 64], default: 'auto', description: 'Number of frames; counts only for GIF' },
				frame_duration_ms: {
					anyOf: [
						{ type: 'string', enum: ['auto'] },
						{ type: 'integer', minimum: 20, maximum: 2000, multipleOf: 10 },
					],
					default: 'auto',
					description: 'Time a frame is shown, in milliseconds: auto, or 20 to 2000 in steps of 10; counts only for GIF',
				},
			},
		},
	},
];
