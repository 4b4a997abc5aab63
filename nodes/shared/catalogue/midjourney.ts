import type { Model, Schema } from './types';

/** What the image and video models of Midjourney share. */
export const midjourneyModel = {
	family: 'Midjourney',
	status: 'Possibly Unavailable',
	api: 'midjourney',
} satisfies Partial<Model>;

/** Fields of all models that generate. */
export const midjourneyFields: Record<string, Schema> = {
	aspectRatio: {
		type: 'string',
		enum: ['1:2', '9:16', '2:3', '3:4', '5:6', '6:5', '4:3', '3:2', '1:1', '16:9', '2:1'],
		description: 'Output aspect ratio',
	},
	version: {
		type: 'string',
		enum: ['7', '6.1', '6', '5.2', '5.1', 'niji6'],
		description: 'Version of Midjourney',
	},
	variety: {
		type: 'integer',
		minimum: 0,
		maximum: 100,
		description: 'How varied the output is; in steps of 5',
	},
	stylization: {
		type: 'integer',
		minimum: 0,
		maximum: 1000,
		description: 'Strength of the style; steps of 50 recommended',
	},
	weirdness: {
		type: 'integer',
		minimum: 0,
		maximum: 3000,
		description: 'How unusual the output is; steps of 100 recommended',
	},
	waterMark: { type: 'string', description: 'Watermark text to add' },
	enableTranslation: {
		type: 'boolean',
		default: false,
		description: 'Whether to translate the prompt to English first',
	},
};
