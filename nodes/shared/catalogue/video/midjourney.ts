import { url } from '../fields';
import { midjourneyFields, midjourneyModel } from '../midjourney';
import { countOf } from '../rules';
import type { Model } from '../types';

const video = {
	...midjourneyModel,
	path: '/api/v1/mj/generate',
	operations: { imageToVideo: {} },
	seconds: 120,
	media: { fileUrls: 'image' },
	shared: { fileUrls: 'first_frame_url' },
	input: {
		required: ['prompt', 'fileUrls', 'motion'],
		properties: {
			prompt: { type: 'string', maxLength: 2000, description: 'Description of the video; up to 2000 characters' },
			fileUrls: { type: 'array', items: url, description: 'First frame of the video' },
			...midjourneyFields,
			videoBatchSize: { type: 'integer', enum: [1, 2, 4], default: 1, description: 'Number of videos to generate' },
			motion: { type: 'string', enum: ['high', 'low'], default: 'high', description: 'Amount of motion in the video' },
		},
	},
	rules: [
		{
			message: "'First Frame' must be a single image",
			holds: ({ fileUrls }) => countOf(fileUrls) <= 1,
		},
	],
} satisfies Partial<Model>;

export const midjourney: Model[] = [
	{ ...video, id: 'midjourney-video', title: 'Midjourney - Video', fixed: { taskType: 'mj_video' } },
	{ ...video, id: 'midjourney-video-hd', title: 'Midjourney - Video HD', fixed: { taskType: 'mj_video_hd' } },
];
