import { nonNegativeSeed, url } from '../fields';
import type { Model, Schema } from '../types';

/** HappyHorse 1.0: fields of the models that generate from text or images. */
const happyhorseFields: Record<string, Schema> = {
	resolution: { type: 'string', enum: ['720p', '1080p'], default: '1080p', description: 'Output resolution' },
	duration: { type: 'integer', minimum: 3, maximum: 15, default: 5, description: 'Duration of the video in seconds' },
	seed: { ...nonNegativeSeed, default: 0 },
};

/** HappyHorse 1.1: fields of all models. */
const happyhorse11Fields: Record<string, Schema> = {
	resolution: { type: 'string', enum: ['720p', '1080p'], default: '1080p', description: 'Output resolution' },
	duration: { type: 'number', minimum: 3, maximum: 15, multipleOf: 1, default: 5, description: 'Duration of the video in seconds; whole number' },
};

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
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the video; any language; up to 5000 characters, or 2500 if Chinese' },
				...happyhorseFields,
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '1:1', '4:3', '3:4'], default: '16:9', description: 'Output aspect ratio' },
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
		shared: { image_urls: 'first_frame_url' },
		input: {
			required: ['image_urls'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the video; any language; up to 5000 characters, or 2500 if Chinese' },
				image_urls: { type: 'array', maxItems: 1, items: url, description: 'First frame of the video; JPEG, PNG or WebP; max 10 MB; sides of at least 300 pixels; aspect ratio 1:2.5 to 2.5:1' },
				...happyhorseFields,
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
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the video; any language; up to 5000 characters, or 2500 if Chinese; refer to references as character1, character2' },
				reference_image: { type: 'array', minItems: 1, maxItems: 9, items: url, description: 'Reference images; JPEG, PNG or WebP; max 10 MB each; sides of at least 400 pixels; 1 to 9' },
				...happyhorseFields,
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '1:1', '4:3', '3:4'], default: '16:9', description: 'Output aspect ratio' },
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
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the edit; any language; up to 5000 characters, or 2500 if Chinese' },
				video_url: { type: 'string', format: 'uri', description: 'Video to edit; MP4 or MOV; max 100 MB; 3 to 60 seconds; sides 320 to 2160 pixels; aspect ratio 1:2.5 to 2.5:1' },
				reference_image: {
					type: 'array',
					minItems: 0,
					maxItems: 5,
					items: url,
					description: 'Reference images; JPEG, PNG or WebP; max 10 MB each; sides of at least 300 pixels; aspect ratio 1:2.5 to 2.5:1; up to 5',
				},
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '1080p', description: 'Output resolution' },
				audio_setting: { type: 'string', enum: ['auto', 'origin'], default: 'auto', description: 'Audio of the output: auto lets the model decide, origin keeps the audio of the input video' },
				seed: { ...nonNegativeSeed, default: 0 },
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
				prompt: { type: 'string', maxLength: 4999, description: 'Description of the video; any language; up to 4999 characters' },
				...happyhorse11Fields,
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '1:1', '4:3', '3:4', '4:5', '5:4', '9:21', '21:9'], default: '16:9', description: 'Output aspect ratio' },
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
		shared: { image_urls: 'first_frame_url' },
		input: {
			required: ['image_urls'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, default: '', description: 'Description of the video; any language; up to 5000 characters' },
				image_urls: { type: 'array', maxItems: 1, items: url, description: 'First frame of the video; JPEG, PNG or WebP; max 20 MB; sides of at least 300 pixels; aspect ratio 1:2.5 to 2.5:1' },
				...happyhorse11Fields,
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
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the video; any language; refer to references as [Image 1], [Image 2]; up to 5000 characters' },
				reference_image: { type: 'array', maxItems: 9, items: url, description: 'Reference images; JPEG, PNG or WebP; max 20 MB each; sides of at least 400 pixels; up to 9' },
				...happyhorse11Fields,
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '3:4', '4:3', '4:5', '5:4', '1:1', '9:21', '21:9'], default: '16:9', description: 'Output aspect ratio' },
			},
		},
	},
];
