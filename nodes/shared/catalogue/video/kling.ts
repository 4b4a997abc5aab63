import { url } from '../fields';
import type { InputSchema, Model, Schema } from '../types';

const aspectRatio: Schema = { type: 'string', enum: ['16:9', '9:16', '1:1'], default: '16:9', description: 'Output aspect ratio' };
const cfgScale: Schema = { type: 'number', minimum: 0, maximum: 1, default: 0.5, description: 'How closely to follow the prompt; step 0.1' };
const duration: Schema = { type: 'string', enum: ['5', '10'], default: '5', description: 'Duration of the video in seconds' };
const imageUrl: Schema = { type: 'string', format: 'uri', description: 'First frame of the video; JPEG or PNG; max 10 MB' };
const negativePrompt: Schema = { type: 'string', maxLength: 500, description: 'What to avoid; up to 500 characters' };
const tailImageUrl: Schema = { type: 'string', description: 'Last frame of the video; JPEG or PNG; max 10 MB' };
const prompt: Schema = { type: 'string', maxLength: 5000, description: 'Description of the video; up to 5000 characters' };

const avatar: InputSchema = {
	required: ['prompt', 'image_url', 'audio_url'],
	properties: {
		prompt: { type: 'string', maxLength: 5000, mayBeEmpty: true, description: 'Description of the video; can be empty; up to 5000 characters' },
		image_url: { type: 'string', format: 'uri', description: 'Portrait; JPEG or PNG; max 10 MB' },
		audio_url: { type: 'string', format: 'uri', description: 'Speech; MP3, WAV, AAC, MP4 or OGG; max 100 MB; up to 5 minutes' },
	},
};

const avatarV1: InputSchema = {
	required: ['prompt', 'image_url', 'audio_url'],
	properties: {
		prompt: { type: 'string', maxLength: 5000, mayBeEmpty: true, description: 'Description of the video; can be empty; up to 5000 characters' },
		image_url: { type: 'string', format: 'uri', description: 'Portrait; JPEG, PNG or WebP; max 10 MB' },
		audio_url: { type: 'string', format: 'uri', description: 'Speech; MP3, WAV, AAC, MP4 or OGG; max 10 MB' },
	},
};

export const kling: Model[] = [
	{
		id: 'kling-2.6/text-to-video',
		title: 'Kling 2.6 - Text to Video',
		family: 'Kling',
		operations: { textToVideo: {} },
		seconds: 120,
		media: {},
		input: {
			required: ['prompt', 'sound', 'aspect_ratio', 'duration'],
			properties: {
				prompt: { type: 'string', maxLength: 1000, description: 'Description of the video; can contain lines to speak; up to 1000 characters' },
				sound: { type: 'boolean', description: 'Whether to generate audio; costs more' },
				aspect_ratio: { type: 'string', enum: ['1:1', '16:9', '9:16'], default: '1:1', description: 'Output aspect ratio' },
				duration,
			},
		},
	},
	{
		id: 'kling-2.6/image-to-video',
		title: 'Kling 2.6 - Image to Video',
		family: 'Kling',
		operations: { imageToVideo: {} },
		seconds: 120,
		media: { image_urls: 'image' },
		shared: { image_urls: 'first_frame_url' },
		input: {
			required: ['prompt', 'image_urls', 'sound', 'duration'],
			properties: {
				prompt: { type: 'string', maxLength: 1000, description: 'Description of the video; can contain lines to speak; up to 1000 characters' },
				image_urls: { type: 'array', items: url, maxItems: 1, description: 'First frame of the video; JPEG or PNG; max 10 MB' },
				sound: { type: 'boolean', description: 'Whether to generate audio; costs more' },
				duration,
			},
		},
	},
	{
		id: 'kling-2.6/motion-control',
		title: 'Kling 2.6 - Motion Control',
		family: 'Kling',
		operations: { motionControl: {} },
		seconds: 300,
		media: { input_urls: 'image', video_urls: 'video' },
		shared: { mode: 'resolution' },
		input: {
			required: ['input_urls', 'video_urls', 'character_orientation', 'mode'],
			properties: {
				prompt: { type: 'string', maxLength: 2500, description: 'Description of the video; up to 2500 characters' },
				input_urls: {
					type: 'array',
					items: url,
					maxItems: 1,
					description: 'Character image showing head, shoulders and torso; JPEG or PNG; max 10 MB; sides over 300 pixels; aspect ratio 2:5 to 5:2',
				},
				video_urls: { type: 'array', items: url, maxItems: 1, description: 'Motion reference video showing head, shoulders and torso; MP4 or MOV; max 100 MB; 3 to 30 seconds' },
				character_orientation: {
					type: 'string',
					enum: ['image', 'video'],
					default: 'video',
					description: 'Direction the character faces: as in the image, with a video of up to 10 seconds, or as in the video',
				},
				mode: { type: 'string', enum: ['720p', '1080p'], default: '720p', description: 'Output resolution' },
			},
		},
	},
	{
		id: 'kling/v2-5-turbo-text-to-video-pro',
		title: 'Kling 2.5 Turbo Pro - Text to Video',
		family: 'Kling',
		operations: { textToVideo: {} },
		seconds: 120,
		media: {},
		input: {
			required: ['prompt', 'duration'],
			properties: {
				prompt: { type: 'string', maxLength: 2500, description: 'Description of the video; up to 2500 characters' },
				duration,
				aspect_ratio: aspectRatio,
				negative_prompt: { type: 'string', maxLength: 2500, description: 'What to avoid; up to 2500 characters' },
				cfg_scale: cfgScale,
			},
		},
	},
	{
		id: 'kling/v2-5-turbo-image-to-video-pro',
		title: 'Kling 2.5 Turbo Pro - Image to Video',
		family: 'Kling',
		operations: { imageToVideo: {} },
		seconds: 120,
		media: { image_url: 'image', tail_image_url: 'image' },
		shared: { image_url: 'first_frame_url' },
		input: {
			required: ['prompt', 'image_url', 'duration'],
			properties: {
				prompt: { type: 'string', maxLength: 2500, description: 'Description of the video; up to 2500 characters' },
				image_url: imageUrl,
				tail_image_url: tailImageUrl,
				duration,
				negative_prompt: negativePrompt,
				cfg_scale: cfgScale,
			},
		},
	},
	{
		id: 'kling/v2-1-master-text-to-video',
		title: 'Kling 2.1 Master - Text to Video',
		family: 'Kling',
		operations: { textToVideo: {} },
		seconds: 240,
		media: {},
		input: {
			required: ['prompt', 'duration'],
			properties: { prompt, duration, aspect_ratio: aspectRatio, negative_prompt: negativePrompt, cfg_scale: cfgScale },
		},
	},
	{
		id: 'kling/v2-1-master-image-to-video',
		title: 'Kling 2.1 Master - Image to Video',
		family: 'Kling',
		operations: { imageToVideo: {} },
		seconds: 240,
		media: { image_url: 'image' },
		shared: { image_url: 'first_frame_url' },
		input: {
			required: ['prompt', 'image_url', 'duration'],
			properties: { prompt, image_url: imageUrl, duration, negative_prompt: negativePrompt, cfg_scale: cfgScale },
		},
	},
	{
		id: 'kling/v2-1-pro',
		title: 'Kling 2.1 Pro - Image to Video',
		family: 'Kling',
		operations: { imageToVideo: {} },
		seconds: 180,
		media: { image_url: 'image', tail_image_url: 'image' },
		shared: { image_url: 'first_frame_url' },
		input: {
			required: ['prompt', 'image_url', 'duration'],
			properties: { prompt, image_url: imageUrl, tail_image_url: tailImageUrl, duration, negative_prompt: negativePrompt, cfg_scale: cfgScale },
		},
	},
	{
		id: 'kling/v2-1-standard',
		title: 'Kling 2.1 Standard - Image to Video',
		family: 'Kling',
		operations: { imageToVideo: {} },
		seconds: 150,
		media: { image_url: 'image' },
		shared: { image_url: 'first_frame_url' },
		input: {
			required: ['prompt', 'image_url', 'duration'],
			properties: { prompt, image_url: imageUrl, duration, negative_prompt: negativePrompt, cfg_scale: cfgScale },
		},
	},
	{
		id: 'kling/ai-avatar-pro',
		title: 'Kling AI Avatar - Pro',
		about: 'up to 5 minutes of speech, higher quality',
		family: 'Kling',
		operations: { avatar: {} },
		seconds: 240,
		media: { image_url: 'image', audio_url: 'audio' },
		input: avatar,
	},
	{
		id: 'kling/ai-avatar-standard',
		title: 'Kling AI Avatar - Standard',
		about: 'up to 5 minutes of speech',
		family: 'Kling',
		operations: { avatar: {} },
		seconds: 180,
		media: { image_url: 'image', audio_url: 'audio' },
		input: avatar,
	},
	{
		id: 'kling/ai-avatar-v1-pro',
		title: 'Kling AI Avatar V1 - Pro',
		family: 'Kling',
		status: 'Old Version',
		operations: { avatar: {} },
		seconds: 240,
		media: { image_url: 'image', audio_url: 'audio' },
		input: avatarV1,
	},
	{
		id: 'kling/v1-avatar-standard',
		title: 'Kling AI Avatar V1 - Standard',
		family: 'Kling',
		status: 'Old Version',
		operations: { avatar: {} },
		seconds: 180,
		media: { image_url: 'image', audio_url: 'audio' },
		input: avatarV1,
	},
];
