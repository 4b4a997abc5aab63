import { url } from '../fields';
import type { InputSchema, Model, Rule } from '../types';

const input: InputSchema = {
	required: ['prompt', 'fileUrls', 'motion'],
	properties: {
		prompt: { type: 'string', maxLength: 2000, description: 'What happens in the video; up to 2000 characters' },
		fileUrls: { type: 'array', items: url, description: 'Picture that the video starts from' },
		aspectRatio: { type: 'string', enum: ['1:2', '9:16', '2:3', '3:4', '5:6', '6:5', '4:3', '3:2', '1:1', '16:9', '2:1'], description: 'Width to height of the result' },
		version: { type: 'string', enum: ['7', '6.1', '6', '5.2', '5.1', 'niji6'], description: 'Version of Midjourney' },
		variety: { type: 'integer', minimum: 0, maximum: 100, description: 'How varied the pictures are, in steps of 5' },
		stylization: { type: 'integer', minimum: 0, maximum: 1000, description: 'How strong the style is, best in steps of 50' },
		weirdness: { type: 'integer', minimum: 0, maximum: 3000, description: 'How unusual the pictures are, best in steps of 100' },
		waterMark: { type: 'string', description: 'Text of a watermark to add' },
		enableTranslation: { type: 'boolean', default: false, description: 'Whether to translate a prompt in another language to English first' },
		videoBatchSize: { type: 'integer', enum: [1, 2, 4], default: 1, description: 'Number of videos' },
		motion: { type: 'string', enum: ['high', 'low'], default: 'high', description: 'How much moves in the video' },
	},
};

const rules: Rule[] = [
	{
		message: "'Files' takes 1 picture",
		then: { properties: { fileUrls: { maxItems: 1 } } },
	},
];

export const midjourney: Model[] = [
	{
		id: 'midjourney-video',
		title: 'Midjourney - Video',
		family: 'Midjourney',
		status: 'Maybe Switched Off',
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
		status: 'Maybe Switched Off',
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
