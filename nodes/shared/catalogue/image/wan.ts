import { nsfwChecker, url } from '../fields';
import { has, is, isNot, lacks } from '../rules';
import type { InputSchema, Model, Rule } from '../types';

const input: InputSchema = {
	required: ['prompt'],
	properties: {
		prompt: { type: 'string', maxLength: 5000, description: 'What to draw or change; Chinese or English; up to 5000 characters' },
		input_urls: { type: 'array', items: url, maxItems: 9, description: 'Input pictures; up to 9' },
		aspect_ratio: { type: 'string', enum: ['1:1', '16:9', '4:3', '21:9', '3:4', '9:16', '8:1', '1:8'], description: 'Width to height of the result; counts only without input pictures' },
		enable_sequential: { type: 'boolean', default: false, description: 'Whether to make a connected set of pictures' },
		n: { type: 'integer', minimum: 1, maximum: 12, description: 'Number of pictures, each is charged; up to 4, which is the default, or 12 with Enable Sequential' },
		resolution: { type: 'string', enum: ['1K', '2K', '4K'], default: '2K', description: 'Resolution of the result' },
		thinking_mode: { type: 'boolean', default: false, description: 'Whether the model thinks before it draws; only without input pictures and Enable Sequential' },
		color_palette: {
			type: 'array',
			minItems: 3,
			maxItems: 10,
			items: {
				type: 'object',
				required: ['hex', 'ratio'],
				properties: {
					hex: { type: 'string', pattern: '^#[0-9A-Fa-f]{6}$', description: 'Color such as #C2D1E6' },
					ratio: { type: 'string', pattern: '^\\d{1,3}\\.\\d{2}%$', description: 'Share of the color such as 23.51%' },
				},
			},
			description: 'Colors of the result; 3 to 10, of which 8 are recommended',
		},
		bbox_list: {
			type: 'array',
			items: { type: 'array', maxItems: 2, items: { type: 'array', minItems: 4, maxItems: 4, items: { type: 'integer' } } },
			description: 'Regions to edit: one list for each picture, with up to 2 boxes [x1, y1, x2, y2]',
		},
		watermark: { type: 'boolean', default: false, description: 'Whether to add a watermark' },
		seed: { type: 'integer', minimum: 0, maximum: 2147483647, default: 0, description: 'Same seed and input give about the same result' },
		nsfw_checker: nsfwChecker,
	},
};

const rules: Rule[] = [
	{
		message: "'Number of Images' goes up to 4 without 'Enable Sequential'",
		if: isNot('enable_sequential', true),
		then: { properties: { n: { maximum: 4 } } },
	},
	{
		message: "'Thinking Mode' works only without 'Enable Sequential' and without input pictures",
		if: is('thinking_mode', true),
		then: { allOf: [isNot('enable_sequential', true), lacks('input_urls')] },
	},
	{
		message: "'Color Palette' works only without 'Enable Sequential'",
		if: has('color_palette'),
		then: isNot('enable_sequential', true),
	},
	{
		message: "'Boxes' needs input pictures",
		if: has('bbox_list'),
		then: has('input_urls'),
	},
	{
		message: "'Boxes' needs one entry for each input picture",
		sameLength: ['bbox_list', 'input_urls'],
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
				message: "'Resolution' 4K works only without 'Enable Sequential' and without input pictures",
				if: is('resolution', '4K'),
				then: { allOf: [isNot('enable_sequential', true), lacks('input_urls')] },
			},
		],
	},
];
