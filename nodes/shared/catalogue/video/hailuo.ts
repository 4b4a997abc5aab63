import { nsfwChecker } from '../fields';
import type { InputSchema, Model, Rule, Schema } from '../types';

const proImage: InputSchema = {
	required: ['prompt', 'image_url', 'duration', 'resolution'],
	properties: {
		prompt: { type: 'string', maxLength: 5000, description: 'Description of the video; up to 5000 characters' },
		image_url: { type: 'string', format: 'uri', description: 'First frame of the video; JPEG, PNG or WebP; max 10 MB' },
		duration: { type: 'string', enum: ['6', '10'], default: '6', description: 'Duration of the video in seconds' },
		resolution: { type: 'string', enum: ['768P', '1080P'], default: '768P', description: 'Output resolution' },
		nsfw_checker: nsfwChecker,
	},
};

const rules23: Rule[] = [
	{
		message: "'Resolution' 1080P can't be combined with 'Duration (Seconds)' 10",
		holds: ({ resolution, duration }) => resolution !== '1080P' || duration !== '10',
	},
];

/** Hailuo 02: fields of the image to video models. */
const hailuo02Fields: Record<string, Schema> = {
	prompt: { type: 'string', maxLength: 1500, description: 'Description of the video; up to 1500 characters' },
	image_url: { type: 'string', format: 'uri', description: 'First frame of the video; JPEG, PNG or WebP; max 10 MB' },
	end_image_url: { type: 'string', description: 'Last frame of the video; JPEG, PNG or WebP; max 10 MB' },
	prompt_optimizer: { type: 'boolean', description: 'Whether to let the model rewrite the prompt' },
	nsfw_checker: nsfwChecker,
};

export const hailuo: Model[] = [
	{
		id: 'hailuo/02-text-to-video-pro',
		title: 'Hailuo 02 Pro - Text to Video',
		about: 'Hailuo in higher quality',
		family: 'Hailuo',
		operations: { textToVideo: {} },
		seconds: 180,
		media: {},
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', maxLength: 1500, description: 'Description of the video; up to 1500 characters' },
				prompt_optimizer: { type: 'boolean', description: 'Whether to let the model rewrite the prompt' },
				nsfw_checker: nsfwChecker,
			},
		},
	},
	{
		id: 'hailuo/02-image-to-video-pro',
		title: 'Hailuo 02 Pro - Image to Video',
		family: 'Hailuo',
		operations: { imageToVideo: {} },
		seconds: 180,
		media: { image_url: 'image', end_image_url: 'image' },
		shared: { image_url: 'first_frame_url' },
		input: {
			required: ['prompt', 'image_url'],
			properties: {
				...hailuo02Fields,
			},
		},
	},
	{
		id: 'hailuo/02-text-to-video-standard',
		title: 'Hailuo 02 Standard - Text to Video',
		family: 'Hailuo',
		operations: { textToVideo: {} },
		seconds: 180,
		media: {},
		input: {
			required: ['prompt', 'duration'],
			properties: {
				prompt: { type: 'string', maxLength: 1500, description: 'Description of the video; up to 1500 characters' },
				duration: { type: 'string', enum: ['6', '10'], default: '6', description: 'Duration of the video in seconds' },
				prompt_optimizer: { type: 'boolean', description: 'Whether to let the model rewrite the prompt' },
				nsfw_checker: nsfwChecker,
			},
		},
	},
	{
		id: 'hailuo/02-image-to-video-standard',
		title: 'Hailuo 02 Standard - Image to Video',
		family: 'Hailuo',
		operations: { imageToVideo: {} },
		seconds: 180,
		media: { image_url: 'image', end_image_url: 'image' },
		shared: { image_url: 'first_frame_url' },
		input: {
			required: ['prompt', 'image_url', 'duration', 'resolution'],
			properties: {
				...hailuo02Fields,
				duration: { type: 'string', enum: ['6', '10'], default: '10', description: 'Duration of the video in seconds' },
				resolution: { type: 'string', enum: ['512P', '768P'], default: '768P', description: 'Output resolution' },
			},
		},
	},
	{
		id: 'hailuo/2-3-image-to-video-pro',
		title: 'Hailuo 2.3 Pro - Image to Video',
		family: 'Hailuo',
		operations: { imageToVideo: {} },
		seconds: 180,
		media: { image_url: 'image' },
		shared: { image_url: 'first_frame_url' },
		input: proImage,
		rules: rules23,
	},
	{
		id: 'hailuo/2-3-image-to-video-standard',
		title: 'Hailuo 2.3 Standard - Image to Video',
		family: 'Hailuo',
		operations: { imageToVideo: {} },
		seconds: 180,
		media: { image_url: 'image' },
		shared: { image_url: 'first_frame_url' },
		input: proImage,
		rules: rules23,
	},
];
