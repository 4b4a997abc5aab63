import { nsfwChecker, url } from '../fields';
import { countOf, isSet } from '../rules';
import type { Model, Schema } from '../types';

const mode: Schema = { type: 'string', enum: ['fun', 'normal', 'spicy'], default: 'normal', description: 'Style of motion: fun is playful, normal is balanced, spicy is intense' };
const prompt: Schema = { type: 'string', maxLength: 5000, description: 'Description of the video; English only; up to 5000 characters' };
const resolution: Schema = { type: 'string', enum: ['480p', '720p', '1080p'], default: '480p', description: 'Output resolution' };
const taskId: Schema = { type: 'string', maxLength: 100, description: 'ID of the Grok Imagine task that generated the video' };

export const grokImagine: Model[] = [
	{
		id: 'grok-imagine/text-to-video',
		title: 'Grok Imagine - Text to Video',
		family: 'Grok Imagine',
		operations: { textToVideo: {} },
		seconds: 60,
		media: {},
		input: {
			required: ['prompt'],
			properties: {
				prompt,
				aspect_ratio: { type: 'string', enum: ['2:3', '3:2', '1:1', '16:9', '9:16'], default: '2:3', description: 'Output aspect ratio' },
				mode,
				duration: { type: ['number', 'string'], minimum: 6, maximum: 30, pattern: '^([6-9]|[12][0-9]|30)$', description: 'Duration of the video in seconds; whole number from 6 to 30' },
				resolution,
				nsfw_checker: nsfwChecker,
			},
		},
	},
	{
		id: 'grok-imagine/image-to-video',
		title: 'Grok Imagine - Image to Video',
		family: 'Grok Imagine',
		operations: { imageToVideo: {} },
		seconds: 60,
		media: { image_urls: 'image' },
		input: {
			properties: {
				prompt,
				image_urls: {
					type: 'array',
					items: url,
					maxItems: 7,
					description: 'Reference images; prompts refer to them as @image1 followed by a space; JPEG, PNG or WebP; max 10 MB each; up to 7, or 1 at 1080p',
				},
				task_id: { type: 'string', maxLength: 100, description: 'ID of the Grok Imagine - Text to Image task whose image to use instead of Images' },
				index: { type: 'integer', minimum: 0, maximum: 5, default: 0, description: 'Zero-based index of the image in the task' },
				mode,
				duration: { type: 'string', pattern: '^([6-9]|[12][0-9]|30)$', description: 'Duration of the video in seconds; whole number from 6 to 30' },
				resolution,
				aspect_ratio: { type: 'string', enum: ['2:3', '3:2', '1:1', '16:9', '9:16'], default: '16:9', description: 'Output aspect ratio; only used with several images' },
				nsfw_checker: nsfwChecker,
			},
		},
		rules: [
			{
				message: "Either 'Images' or 'Task ID' is required, not both",
				holds: ({ image_urls, task_id }) => isSet(image_urls) !== isSet(task_id),
			},
			{
				message: "'Model Mode' spicy requires 'Task ID' instead of 'Images'",
				holds: ({ mode, image_urls }) => mode !== 'spicy' || !isSet(image_urls),
			},
			{
				message: "'Resolution' 1080p allows up to 1 input image",
				holds: ({ resolution, image_urls }) => resolution !== '1080p' || countOf(image_urls) <= 1,
			},
		],
	},
	{
		id: 'grok-imagine-video-1-5-preview',
		title: 'Grok Imagine Video 1.5 Preview',
		family: 'Grok Imagine',
		operations: { textToVideo: { required: ['prompt'], hidden: ['image_urls'] }, imageToVideo: { required: ['image_urls'] } },
		seconds: 60,
		media: { image_urls: 'image' },
		input: {
			properties: {
				prompt: { type: 'string', maxLength: 4096, description: 'Description of the video; up to 4096 characters' },
				image_urls: { type: 'array', items: url, maxItems: 7, description: 'Reference images; JPEG, PNG or WebP; max 20 MB each; up to 7, or 1 at 1080p' },
				aspect_ratio: {
					type: 'string',
					enum: ['1:1', '16:9', '9:16', '3:2', '2:3', 'auto'],
					default: 'auto',
					description: 'Output aspect ratio; only used without an image or with several',
				},
				resolution,
				duration: { type: 'integer', minimum: 1, maximum: 15, default: 8, description: 'Duration of the video in seconds' },
				nsfw_checker: nsfwChecker,
			},
		},
		rules: [
			{
				message: 'A prompt or input images are required',
				holds: ({ prompt, image_urls }) => [prompt, image_urls].some(isSet),
			},
			{
				message: "'Resolution' 1080p allows up to 1 input image",
				holds: ({ resolution, image_urls }) => resolution !== '1080p' || countOf(image_urls) <= 1,
			},
		],
	},
	{
		id: 'grok-imagine/extend',
		title: 'Grok Imagine - Extend',
		about: 'extends videos of Grok Imagine',
		family: 'Grok Imagine',
		operations: { extend: {} },
		seconds: 60,
		media: {},
		shared: { extend_times: 'duration' },
		input: {
			required: ['prompt', 'task_id', 'extend_at', 'extend_times'],
			properties: {
				prompt: { type: 'string', description: 'How the video continues; can be empty' },
				task_id: taskId,
				extend_at: { type: 'number', minimum: 2, default: 2, description: 'Time to continue the video from, in seconds; at least 2' },
				extend_times: { type: 'string', enum: ['6', '10'], default: '6', description: 'Number of seconds to add' },
			},
		},
	},
	{
		id: 'grok-imagine/upscale',
		title: 'Grok Imagine - Upscale',
		about: 'videos of Grok Imagine only',
		family: 'Grok Imagine',
		operations: { upscale: {} },
		seconds: 60,
		media: {},
		input: {
			required: ['task_id'],
			properties: {
				task_id: taskId,
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '720p', description: 'Output resolution' },
			},
		},
	},
];
