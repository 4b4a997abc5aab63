import { nonNegativeSeed, nsfwChecker, url } from '../fields';
import { countOf, isSet } from '../rules';
import type { InputSchema, Model, Rule } from '../types';

const input: InputSchema = {
	required: ['prompt'],
	properties: {
		prompt: { type: 'string', maxLength: 5000, description: 'Description of the image or edit; English or Chinese; up to 5000 characters' },
		input_urls: { type: 'array', items: url, maxItems: 9, description: 'Input images; up to 9' },
		aspect_ratio: { type: 'string', enum: ['1:1', '16:9', '4:3', '21:9', '3:4', '9:16', '8:1', '1:8'], description: 'Output aspect ratio; only used without input images' },
		enable_sequential: { type: 'boolean', default: false, description: 'Whether to generate a coherent set of images' },
		n: { type: 'integer', minimum: 1, maximum: 12, description: 'Number of images to generate, each is charged; up to 4, which is the default, or up to 12 with Enable Sequential' },
		resolution: { type: 'string', enum: ['1K', '2K', '4K'], default: '2K', description: 'Output resolution' },
		thinking_mode: { type: 'boolean', default: false, description: 'Whether to let the model think before generating; not with input images or Enable Sequential' },
		color_palette: {
			type: 'array',
			minItems: 3,
			maxItems: 10,
			items: {
				type: 'object',
				required: ['hex', 'ratio'],
				properties: {
					hex: { type: 'string', pattern: '^#[0-9A-Fa-f]{6}$', description: 'Hex color such as #C2D1E6' },
					ratio: { type: 'string', pattern: '^\\d{1,3}\\.\\d{2}%$', description: 'Percentage of the color such as 23.51%' },
				},
			},
			description: 'Output colors; 3 to 10, 8 recommended',
		},
		bbox_list: {
			type: 'array',
			items: { type: 'array', maxItems: 2, items: { type: 'array', minItems: 4, maxItems: 4, items: { type: 'integer' } } },
			description: 'Regions to edit: one list per image, with up to 2 boxes [x1, y1, x2, y2] each',
		},
		watermark: { type: 'boolean', default: false, description: 'Whether to add a watermark' },
		seed: { ...nonNegativeSeed, default: 0 },
		nsfw_checker: nsfwChecker,
	},
};

const rules: Rule[] = [
	{
		message: "'Number of Images' must be at most 4 without 'Enable Sequential'",
		holds: ({ enable_sequential, n }) => enable_sequential === true || !(Number(n) > 4),
	},
	{
		message: "'Thinking Mode' can't be combined with 'Enable Sequential' or input images",
		holds: ({ thinking_mode, enable_sequential, input_urls }) => thinking_mode !== true || (enable_sequential !== true && !isSet(input_urls)),
	},
	{
		message: "'Color Palette' can't be combined with 'Enable Sequential'",
		holds: ({ color_palette, enable_sequential }) => !isSet(color_palette) || enable_sequential !== true,
	},
	{
		message: "'Boxes' requires input images",
		holds: ({ bbox_list, input_urls }) => !isSet(bbox_list) || isSet(input_urls),
	},
	{
		message: "'Boxes' must have one entry per input image",
		holds: ({ bbox_list, input_urls }) => ![bbox_list, input_urls].every(isSet) || countOf(bbox_list) === countOf(input_urls),
	},
];

export const wan: Model[] = [
	{
		id: 'wan/2-7-image',
		title: 'Wan 2.7 Image',
		family: 'Wan',
		operations: { generate: {}, edit: { required: ['input_urls'], hidden: ['thinking_mode'] } },
		seconds: 30,
		media: { input_urls: 'image' },
		input,
		rules,
	},
	{
		id: 'wan/2-7-image-pro',
		title: 'Wan 2.7 Image Pro',
		family: 'Wan',
		operations: { generate: {}, edit: { required: ['input_urls'], hidden: ['thinking_mode'] } },
		seconds: 45,
		media: { input_urls: 'image' },
		input,
		rules: [
			...rules,
			{
				message: "'Resolution' 4K can't be combined with 'Enable Sequential' or input images",
				holds: ({ resolution, enable_sequential, input_urls }) => resolution !== '4K' || (enable_sequential !== true && !isSet(input_urls)),
			},
		],
	},
];
