import { url } from '../fields';
import { countOf } from '../rules';
import type { InputSchema, Model, Rule } from '../types';

const input: InputSchema = {
	required: ['prompt', 'fileUrls', 'motion'],
	properties: {
		prompt: { type: 'string', maxLength: 2000, description: 'Description of the video; up to 2000 characters' },
		fileUrls: { type: 'array', items: url, description: 'First frame of the video' },
		aspectRatio: { type: 'string', enum: ['1:2', '9:16', '2:3', '3:4', '5:6', '6:5', '4:3', '3:2', '1:1', '16:9', '2:1'], description: 'Output aspect ratio' },
		version: { type: 'string', enum: ['7', '6.1', '6', '5.2', '5.1', 'niji6'], description: 'Version of Midjourney' },
		variety: { type: 'integer', minimum: 0, maximum: 100, description: 'How varied the output is; in steps of 5' },
		stylization: { type: 'integer', minimum: 0, maximum: 1000, description: 'Strength of the style; steps of 50 recommended' },
		weirdness: { type: 'integer', minimum: 0, maximum: 3000, description: 'How unusual the output is; steps of 100 recommended' },
		waterMark: { type: 'string', description: 'Watermark text to add' },
		enableTranslation: { type: 'boolean', default: false, description: 'Whether to translate the prompt to English first' },
		videoBatchSize: { type: 'integer', enum: [1, 2, 4], default: 1, description: 'Number of videos to generate' },
		motion: { type: 'string', enum: ['high', 'low'], default: 'high', description: 'Amount of motion in the video' },
	},
};

const rules: Rule[] = [
	{
		message: "'Files' must be a single image",
		holds: ({ fileUrls }) => countOf(fileUrls) <= 1,
	},
];

export const midjourney: Model[] = [
	{
		id: 'midjourney-video',
		title: 'Midjourney - Video',
		family: 'Midjourney',
		status: 'Possibly Unavailable',
		api: 'midjourney',
		path: '/api/v1/mj/generate',
		fixed: { taskType: 'mj_video' },
		operations: { imageToVideo: {} },
		seconds: 120,
		media: { fileUrls: 'image' },
		input,
		rules,
	},
	{
		id: 'midjourney-video-hd',
		title: 'Midjourney - Video HD',
		family: 'Midjourney',
		status: 'Possibly Unavailable',
		api: 'midjourney',
		path: '/api/v1/mj/generate',
		fixed: { taskType: 'mj_video_hd' },
		operations: { imageToVideo: {} },
		seconds: 120,
		media: { fileUrls: 'image' },
		input,
		rules,
	},
];
