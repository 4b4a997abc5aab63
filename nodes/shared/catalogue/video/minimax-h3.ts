import { webUrl } from '../fields';
import { isSet } from '../rules';
import type { Model, Schema } from '../types';

/** Fields of all models. */
const h3Fields: Record<string, Schema> = {
	duration: { type: 'integer', enum: [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], minimum: 4, maximum: 15, default: 6, description: 'Duration of the video in seconds' },
	resolution: { type: 'string', enum: ['768P', '2K'], default: '2K', description: 'Output resolution' },
};

export const minimaxH3: Model[] = [
	{
		id: 'minimax-h3/text-to-video',
		title: 'MiniMax H3 - Text to Video',
		family: 'MiniMax H3',
		operations: { textToVideo: {} },
		seconds: 180,
		media: {},
		input: {
			required: ['prompt', 'aspect_ratio', 'duration'],
			properties: {
				prompt: { type: 'string', minLength: 1, maxLength: 7000, description: 'Description of the video; up to 7000 characters' },
				aspect_ratio: { type: 'string', enum: ['21:9', '16:9', '4:3', '1:1', '3:4', '9:16'], description: 'Output aspect ratio' },
				...h3Fields,
			},
		},
	},
	{
		id: 'minimax-h3/image-to-video',
		title: 'MiniMax H3 - Image to Video',
		family: 'MiniMax H3',
		operations: { imageToVideo: {} },
		seconds: 180,
		media: { first_frame_url: 'image', last_frame_url: 'image' },
		input: {
			required: ['prompt', 'duration'],
			properties: {
				prompt: { type: 'string', minLength: 1, maxLength: 7000, description: 'Description of the video; up to 7000 characters' },
				first_frame_url: {
					type: 'string',
					format: 'uri',
					pattern: '^(https?|oss)://',
					description: 'First frame of the video; JPEG, PNG, WebP, HEIC or HEIF; max 30 MB; sides 256 to 5760 pixels',
				},
				last_frame_url: {
					type: 'string',
					format: 'uri',
					pattern: '^(https?|oss)://',
					description: 'Last frame of the video; JPEG, PNG, WebP, HEIC or HEIF; max 30 MB; sides 256 to 5760 pixels',
				},
				...h3Fields,
			},
		},
		rules: [
			{
				message: 'A first or last frame is required',
				holds: ({ first_frame_url, last_frame_url }) => [first_frame_url, last_frame_url].some(isSet),
			},
		],
	},
	{
		id: 'minimax-h3/reference-to-video',
		title: 'MiniMax H3 - Reference to Video',
		family: 'MiniMax H3',
		operations: { referenceToVideo: {} },
		seconds: 180,
		media: { reference_image_urls: 'image', reference_video_urls: 'video', reference_audio_urls: 'audio' },
		input: {
			required: ['prompt', 'duration'],
			properties: {
				prompt: { type: 'string', minLength: 1, maxLength: 7000, description: 'Description of the video; up to 7000 characters' },
				reference_image_urls: {
					type: 'array',
					maxItems: 9,
					items: webUrl,
					description: 'Reference images; JPEG, PNG, WebP, HEIC or HEIF; max 30 MB each; sides 256 to 5760 pixels; aspect ratio 0.4 to 2.5; up to 9',
				},
				reference_video_urls: {
					type: 'array',
					maxItems: 3,
					items: webUrl,
					description: 'Reference videos; MP4 or MOV; sides 256 to 5760 pixels; up to 60 frames per second; max 50 MB each; 2 to 15 seconds each and 15 in total; up to 3',
				},
				reference_audio_urls: { type: 'array', maxItems: 3, items: webUrl, description: 'Reference audio; WAV or MP3; max 15 MB each; 2 to 15 seconds each and 15 in total; up to 3' },
				aspect_ratio: {
					type: 'string',
					enum: ['adaptive', '21:9', '16:9', '4:3', '1:1', '3:4', '9:16'],
					default: 'adaptive',
					description: 'Output aspect ratio; adaptive matches the input',
				},
				...h3Fields,
			},
		},
		rules: [
			{
				message: 'Reference images or videos are required',
				holds: ({ reference_image_urls, reference_video_urls }) => [reference_image_urls, reference_video_urls].some(isSet),
			},
		],
	},
];
