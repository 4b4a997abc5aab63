import { url } from '../fields';
import type { Model } from '../types';

export const happyhorse: Model[] = [
	{
		id: 'happyhorse/text-to-video',
		title: 'HappyHorse - Text to Video',
		family: 'HappyHorse',
		operations: { textToVideo: {} },
		seconds: 120,
		media: {},
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'What the video shows; any language; up to 5000 characters or 2500 Chinese ones' },
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '1080p', description: 'Resolution of the result' },
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '1:1', '4:3', '3:4'], default: '16:9', description: 'Width to height of the result' },
				duration: { type: 'integer', minimum: 3, maximum: 15, default: 5, description: 'Length of the video in seconds' },
				seed: { type: 'integer', minimum: 0, maximum: 2147483647, default: 0, description: 'Same seed and input give about the same result' },
			},
		},
	},
	{
		id: 'happyhorse/image-to-video',
		title: 'HappyHorse - Image to Video',
		family: 'HappyHorse',
		operations: { imageToVideo: {} },
		seconds: 120,
		media: { image_urls: 'image' },
		input: {
			required: ['image_urls'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'What happens in the video; any language; up to 5000 characters or 2500 Chinese ones' },
				image_urls: { type: 'array', maxItems: 1, items: url, description: 'Picture that the video starts from; JPEG, PNG or WebP; max 10 MB; sides from 300 pixels; aspect ratio 1:2.5 to 2.5:1' },
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '1080p', description: 'Resolution of the result' },
				duration: { type: 'integer', minimum: 3, maximum: 15, default: 5, description: 'Length of the video in seconds' },
				seed: { type: 'integer', minimum: 0, maximum: 2147483647, default: 0, description: 'Same seed and input give about the same result' },
			},
		},
	},
	{
		id: 'happyhorse/reference-to-video',
		title: 'HappyHorse - Reference to Video',
		family: 'HappyHorse',
		operations: { referenceToVideo: {} },
		seconds: 120,
		media: { reference_image: 'image' },
		input: {
			required: ['prompt', 'reference_image'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'What the video shows; any language; up to 5000 characters or 2500 Chinese ones; references are written as character1, character2' },
				reference_image: { type: 'array', minItems: 1, maxItems: 9, items: url, description: 'Reference pictures; JPEG, PNG or WebP; max 10 MB each; sides from 400 pixels; 1 to 9' },
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '1080p', description: 'Resolution of the result' },
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '1:1', '4:3', '3:4'], default: '16:9', description: 'Width to height of the result' },
				duration: { type: 'integer', minimum: 3, maximum: 15, default: 5, description: 'Length of the video in seconds' },
				seed: { type: 'integer', minimum: 0, maximum: 2147483647, default: 0, description: 'Same seed and input give about the same result' },
			},
		},
	},
	{
		id: 'happyhorse/video-edit',
		title: 'HappyHorse - Video Edit',
		family: 'HappyHorse',
		operations: { videoToVideo: {} },
		seconds: 180,
		media: { video_url: 'video', reference_image: 'image' },
		input: {
			required: ['prompt', 'video_url'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'What to change in the video; any language; up to 5000 characters or 2500 Chinese ones' },
				video_url: { type: 'string', format: 'uri', description: 'Video to change; MP4 or MOV; max 100 MB; 3 to 60 seconds; sides 320 to 2160 pixels; aspect ratio 1:2.5 to 2.5:1' },
				reference_image: {
					type: 'array',
					minItems: 0,
					maxItems: 5,
					items: url,
					description: 'Reference pictures; JPEG, PNG or WebP; max 10 MB each; sides from 300 pixels; aspect ratio 1:2.5 to 2.5:1; up to 5',
				},
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '1080p', description: 'Resolution of the result' },
				audio_setting: { type: 'string', enum: ['auto', 'origin'], default: 'auto', description: 'Sound of the result: auto lets the model decide, origin keeps that of the input video' },
				seed: { type: 'integer', minimum: 0, maximum: 2147483647, default: 0, description: 'Same seed and input give about the same result' },
			},
		},
	},
	{
		id: 'happyhorse-1-1/text-to-video',
		title: 'HappyHorse 1.1 - Text to Video',
		family: 'HappyHorse',
		operations: { textToVideo: {} },
		seconds: 120,
		media: {},
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', maxLength: 4999, description: 'What the video shows; any language; up to 4999 characters' },
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '1080p', description: 'Resolution of the result' },
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '1:1', '4:3', '3:4', '4:5', '5:4', '9:21', '21:9'], default: '16:9', description: 'Width to height of the result' },
				duration: { type: 'number', minimum: 3, maximum: 15, multipleOf: 1, default: 5, description: 'Length of the video in seconds; whole number' },
			},
		},
	},
	{
		id: 'happyhorse-1-1/image-to-video',
		title: 'HappyHorse 1.1 - Image to Video',
		family: 'HappyHorse',
		operations: { imageToVideo: {} },
		seconds: 120,
		media: { image_urls: 'image' },
		input: {
			required: ['image_urls'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, default: '', description: 'What happens in the video; any language; up to 5000 characters' },
				image_urls: { type: 'array', maxItems: 1, items: url, description: 'Picture that the video starts from; JPEG, PNG or WebP; max 20 MB; sides from 300 pixels; aspect ratio 1:2.5 to 2.5:1' },
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '1080p', description: 'Resolution of the result' },
				duration: { type: 'number', minimum: 3, maximum: 15, multipleOf: 1, default: 5, description: 'Length of the video in seconds; whole number' },
			},
		},
	},
	{
		id: 'happyhorse-1-1/reference-to-video',
		title: 'HappyHorse 1.1 - Reference to Video',
		family: 'HappyHorse',
		operations: { referenceToVideo: {} },
		seconds: 120,
		media: { reference_image: 'image' },
		input: {
			required: ['prompt', 'reference_image'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'What the video shows; any language; references are written as [Image 1], [Image 2]; up to 5000 characters' },
				reference_image: { type: 'array', maxItems: 9, items: url, description: 'Reference pictures; JPEG, PNG or WebP; max 20 MB each; sides from 400 pixels; up to 9' },
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '1080p', description: 'Resolution of the result' },
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '3:4', '4:3', '4:5', '5:4', '1:1', '9:21', '21:9'], default: '16:9', description: 'Width to height of the result' },
				duration: { type: 'number', minimum: 3, maximum: 15, multipleOf: 1, default: 5, description: 'Length of the video in seconds; whole number' },
			},
		},
	},
];
