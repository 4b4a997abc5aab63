import { pick } from 'lodash';

import type { JsonObject } from '../../json';
import { nsfwChecker, url } from '../fields';
import { isOneOf, isSet, lastFrameRule } from '../rules';
import type { Model, Rule, Schema } from '../types';
import { listOf, TEXT } from '../../adapters/resultShape';

const frames = ['first_frame_url', 'last_frame_url'];
const references = ['reference_image_urls', 'reference_video_urls', 'reference_audio_urls'];

const hasFrames = (input: JsonObject): boolean => frames.some((name) => isSet(input[name]));
const hasReferences = (input: JsonObject): boolean => references.some((name) => isSet(input[name]));

const media: Model['media'] = { first_frame_url: 'image', last_frame_url: 'image', reference_image_urls: 'image', reference_video_urls: 'video', reference_audio_urls: 'audio' };

const frameFields: Record<string, Schema> = {
	first_frame_url: { type: 'string', format: 'uri', description: 'First frame of the video, or an asset as asset://ID' },
	last_frame_url: { type: 'string', format: 'uri', description: 'Last frame of the video, or an asset as asset://ID' },
};

const referenceRules: Rule[] = [
	{
		message: 'A prompt or an input file is required',
		holds: (input) => isSet(input.prompt) || isSet(input.first_frame_url) || hasReferences(input),
	},
	{
		message: "First and last frame can't be combined with references",
		holds: (input) => !hasFrames(input) || !hasReferences(input),
	},
	lastFrameRule,
	{
		message: "'Duration (Seconds)' must be -1 or at least 4",
		holds: ({ duration }) => !isOneOf(duration, 0, 1, 2, 3),
	},
];

const prompt: Schema = { type: 'string', minLength: 3, maxLength: 20000, description: 'Description of the video; 3 to 20000 characters' };
const returnLastFrame: Schema = { type: 'boolean', default: false, deprecated: true, description: 'Whether to also return the last frame' };
const lowResolution: Schema = { type: 'string', enum: ['480p', '720p'], default: '720p', description: 'Output resolution' };

/** What the variants of Seedance 2.0 have in common. */
/** Lists, of one URL each. */
const lastFrame = { lastFrameUrl: listOf(TEXT) };

const seedance2: Pick<Model, 'family' | 'operations' | 'result' | 'media' | 'rules'> = {
	family: 'Seedance',
	result: { fields: { firstFrameUrl: listOf(TEXT), ...lastFrame } },
	operations: {
		textToVideo: { required: ['prompt'], hidden: [...frames, ...references] },
		imageToVideo: { required: ['first_frame_url'], hidden: [...references, 'web_search'] },
		referenceToVideo: { hidden: [...frames, 'web_search'] },
	},
	media,
	rules: [
		...referenceRules,
		{
			message: "'Web Search' can't be combined with input files",
			holds: (input) => input.web_search !== true || !(hasFrames(input) || hasReferences(input)),
		},
	],
};
const seedance2Fields: Record<string, Schema> = {
	prompt,
	...frameFields,
	reference_image_urls: {
		type: 'array',
		maxItems: 9,
		items: url,
		description: 'Reference images, or assets as asset://ID; JPEG, PNG, WebP, BMP, TIFF or GIF; max 30 MB each; sides 300 to 6000 pixels; aspect ratio 0.4 to 2.5; up to 9',
	},
	reference_video_urls: {
		type: 'array',
		maxItems: 3,
		items: url,
		description: 'Reference videos, or assets as asset://ID; MP4 or MOV; 480p or 720p; 24 to 60 frames per second; max 50 MB each; 2 to 15 seconds each and 15 in total; up to 3',
	},
	reference_audio_urls: {
		type: 'array',
		maxItems: 3,
		items: url,
		description: 'Reference audio, or assets as asset://ID; WAV or MP3; max 15 MB each; 2 to 15 seconds each and 15 in total; up to 3',
	},
	generate_audio: { type: 'boolean', default: true, description: 'Whether to generate audio' },
	aspect_ratio: { type: 'string', enum: ['1:1', '4:3', '3:4', '16:9', '9:16', '21:9', 'adaptive'], default: '16:9', description: 'Output aspect ratio; adaptive matches the input' },
	duration: { type: 'integer', minimum: -1, maximum: 15, default: 5, description: 'Duration of the video in seconds; 4 to 15, or -1 to let the model choose' },
	web_search: { type: 'boolean', description: 'Whether to let the model search the web; not with input files' },
	nsfw_checker: nsfwChecker,
};

/** The fields of most V1 models. */
const v1Fields: Record<string, Schema> = {
	prompt: { type: 'string', maxLength: 10000, description: 'Description of the video; up to 10000 characters' },
	resolution: { type: 'string', enum: ['480p', '720p', '1080p'], default: '720p', description: 'Output resolution' },
	duration: { type: 'string', enum: ['5', '10'], default: '5', description: 'Duration of the video in seconds' },
	camera_fixed: { type: 'boolean', description: 'Whether to keep the camera still' },
	seed: { type: 'number', minimum: -1, maximum: 2147483647, default: -1, description: 'Same seed and input produce similar results; -1 for random' },
	enable_safety_checker: { type: 'boolean', description: "Whether to enable the model's safety checker" },
	nsfw_checker: nsfwChecker,
};
const firstFrame: Schema = { type: 'string', format: 'uri', description: 'First frame of the video; JPEG, PNG or WebP; max 10 MB' };

export const seedance: Model[] = [
	{
		id: 'bytedance/seedance-2-5',
		title: 'Seedance 2.5',
		family: 'Seedance',
		operations: {
			textToVideo: { required: ['prompt'], hidden: [...frames, ...references] },
			imageToVideo: { required: ['first_frame_url'], hidden: references },
			referenceToVideo: { hidden: frames },
		},
		result: { fields: lastFrame },
		seconds: 240,
		media,
		input: {
			properties: {
				prompt: { type: 'string', maxLength: 30000, description: 'Description of the video; up to 30000 characters' },
				...frameFields,
				reference_image_urls: {
					type: 'array',
					maxItems: 30,
					items: url,
					description: 'Reference images, or assets as asset://ID; JPEG, PNG, WebP, BMP, TIFF or GIF; max 30 MB each; sides 300 to 6000 pixels; aspect ratio 0.4 to 2.5; up to 30',
				},
				reference_video_urls: {
					type: 'array',
					maxItems: 10,
					items: url,
					description: 'Reference videos, or assets as asset://ID; MP4 or MOV; 480p or 720p; 24 to 60 frames per second; max 200 MB each; 2 to 30 seconds each and 30 in total; up to 10',
				},
				reference_audio_urls: {
					type: 'array',
					maxItems: 10,
					items: url,
					description: 'Reference audio, or assets as asset://ID; WAV or MP3; max 15 MB each; 2 to 30 seconds each and 30 in total; up to 10',
				},
				return_last_frame: { type: 'boolean', default: false, description: 'Whether to also return the last frame' },
				generate_audio: { type: 'boolean', default: true, description: 'Whether to generate audio; costs more' },
				resolution: { type: 'string', enum: ['480p', '720p', '1080p'], default: '720p', description: 'Output resolution; higher costs more' },
				aspect_ratio: {
					type: 'string',
					enum: ['1:1', '4:3', '3:4', '16:9', '9:16', '21:9', 'adaptive'],
					default: 'adaptive',
					description: 'Output aspect ratio; adaptive matches the input',
				},
				duration: { type: 'integer', minimum: -1, maximum: 30, default: 5, description: 'Duration of the video in seconds; 4 to 30, or -1 to let the model choose' },
				output_format: { type: 'string', enum: ['mp4', 'mov'], default: 'mp4', description: 'Output file format' },
				web_search: { type: 'boolean', description: 'Whether to let the model search the web' },
				nsfw_checker: nsfwChecker,
			},
		},
		rules: referenceRules,
	},
	{
		...seedance2,
		id: 'bytedance/seedance-2',
		title: 'Seedance 2.0',
		seconds: 180,
		input: {
			properties: {
				...seedance2Fields,
				return_last_frame: returnLastFrame,
				resolution: { type: 'string', enum: ['480p', '720p', '1080p', '4k'], default: '720p', description: 'Output resolution; higher costs more' },
			},
		},
	},
	{
		...seedance2,
		id: 'bytedance/seedance-2-fast',
		title: 'Seedance 2.0 Fast',
		seconds: 120,
		input: { properties: { ...seedance2Fields, return_last_frame: returnLastFrame, resolution: lowResolution } },
	},
	{
		...seedance2,
		id: 'bytedance/seedance-2-mini',
		title: 'Seedance 2.0 Mini',
		seconds: 120,
		input: { properties: { ...seedance2Fields, resolution: lowResolution } },
	},
	{
		id: 'bytedance/seedance-1.5-pro',
		title: 'Seedance 1.5 Pro',
		family: 'Seedance',
		operations: { textToVideo: { hidden: ['input_urls'] }, imageToVideo: { required: ['input_urls'] } },
		seconds: 120,
		media: { input_urls: 'image' },
		shared: { input_urls: 'first_frame_url' },
		input: {
			required: ['prompt', 'aspect_ratio', 'duration'],
			properties: {
				prompt,
				input_urls: { type: 'array', maxItems: 2, items: url, description: 'Start images of the video; JPEG, PNG or WebP; max 10 MB each; up to 2' },
				aspect_ratio: { type: 'string', enum: ['1:1', '4:3', '3:4', '16:9', '9:16', '21:9'], default: '1:1', description: 'Output aspect ratio' },
				resolution: { type: 'string', enum: ['480p', '720p', '1080p'], default: '720p', description: 'Output resolution' },
				duration: { type: 'number', minimum: 4, maximum: 12, description: 'Duration of the video in seconds; 4 to 12' },
				fixed_lens: { type: 'boolean', default: false, description: 'Whether to keep the camera still' },
				generate_audio: { type: 'boolean', default: false, description: 'Whether to generate audio; costs more' },
				nsfw_checker: nsfwChecker,
			},
		},
	},
	{
		id: 'bytedance/v1-pro-text-to-video',
		title: 'Seedance V1 Pro - Text to Video',
		family: 'Seedance',
		operations: { textToVideo: {} },
		seconds: 90,
		media: {},
		input: {
			required: ['prompt'],
			properties: {
				...v1Fields,
				aspect_ratio: { type: 'string', enum: ['21:9', '16:9', '4:3', '1:1', '3:4', '9:16'], default: '16:9', description: 'Output aspect ratio' },
			},
		},
	},
	{
		id: 'bytedance/v1-pro-image-to-video',
		title: 'Seedance V1 Pro - Image to Video',
		family: 'Seedance',
		operations: { imageToVideo: {} },
		seconds: 90,
		media: { image_url: 'image' },
		shared: { image_url: 'first_frame_url' },
		input: { required: ['prompt', 'image_url'], properties: { ...v1Fields, image_url: firstFrame } },
	},
	{
		id: 'bytedance/v1-pro-fast-image-to-video',
		title: 'Seedance V1 Pro Fast - Image to Video',
		family: 'Seedance',
		operations: { imageToVideo: {} },
		seconds: 60,
		media: { image_url: 'image' },
		shared: { image_url: 'first_frame_url' },
		input: {
			required: ['prompt', 'image_url'],
			properties: {
				...pick(v1Fields, 'prompt', 'duration', 'nsfw_checker'),
				image_url: firstFrame,
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '720p', description: 'Output resolution' },
			},
		},
	},
	{
		id: 'bytedance/v1-lite-text-to-video',
		title: 'Seedance V1 Lite - Text to Video',
		family: 'Seedance',
		operations: { textToVideo: {} },
		seconds: 60,
		media: {},
		input: {
			required: ['prompt'],
			properties: {
				...v1Fields,
				aspect_ratio: { type: 'string', enum: ['16:9', '4:3', '1:1', '3:4', '9:16', '9:21'], default: '16:9', description: 'Output aspect ratio' },
				seed: { type: 'integer', description: 'Same seed and input produce similar results; -1 for random' },
			},
		},
	},
	{
		id: 'bytedance/v1-lite-image-to-video',
		title: 'Seedance V1 Lite - Image to Video',
		family: 'Seedance',
		operations: { imageToVideo: {} },
		seconds: 60,
		media: { image_url: 'image', end_image_url: 'image' },
		shared: { image_url: 'first_frame_url' },
		input: {
			required: ['prompt', 'image_url'],
			properties: { ...v1Fields, image_url: firstFrame, end_image_url: { type: 'string', description: 'Last frame of the video; JPEG, PNG or WebP; max 10 MB' } },
		},
	},
	{
		id: 'seedance-asset',
		title: 'Seedance Asset',
		about: 'images, videos and audio for Seedance',
		family: 'Seedance',
		api: 'seedance-asset',
		path: '/api/v1/playground/createAsset',
		operations: { createAsset: {} },
		seconds: 20,
		media: { url: 'file' },
		input: {
			required: ['url', 'assetType'],
			properties: {
				url: {
					type: 'string',
					format: 'uri',
					description: 'File to store: an image of up to 30 MB with sides of 300 to 6000 pixels; an MP4 or MOV of up to 50 MB, 480p or 720p; a WAV or MP3 of up to 15 MB; 2 to 15 seconds',
				},
				assetType: { type: 'string', enum: ['Image', 'Video', 'Audio'], description: 'Type of the file' },
			},
		},
	},
];
