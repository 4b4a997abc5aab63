import { omit } from 'lodash';

import { url } from '../fields';
import { countOf, isOneOf } from '../rules';
import type { InputSchema, Model, Rule, Schema } from '../types';

const aspectRatio: Schema = { type: 'string', enum: ['16:9', '9:16', 'Auto'], default: '16:9', description: 'Output aspect ratio; Auto matches the image' };
const duration: Schema = { type: 'integer', enum: [4, 6, 8], default: 8, description: 'Duration of the video in seconds' };
const seeds: Schema = { type: 'integer', minimum: 10000, maximum: 99999, description: 'Same seed and input produce similar results' };
const taskId: Schema = { type: 'string', description: 'ID of the Veo task that generated the video' };
const extendPrompt: Schema = { type: 'string', description: 'How the video continues' };
const extendTask: Schema = { type: 'string', description: 'ID of the Veo task that generated the video; not in 1080p' };
const watermark: Schema = { type: 'string', description: 'Watermark text to add' };

const legacyInput: InputSchema = {
	required: ['prompt'],
	properties: {
		prompt: { type: 'string', description: 'Description of the video' },
		imageUrls: { type: 'array', maxItems: 3, items: url, description: 'One image to start from, two as first and last frame, or up to three as references' },
		generationType: { type: 'string', enum: ['TEXT_2_VIDEO', 'FIRST_AND_LAST_FRAMES_2_VIDEO', 'REFERENCE_2_VIDEO'], description: 'How the images are used; if empty, Kie decides by their number' },
		aspect_ratio: aspectRatio,
		enableFallback: { type: 'boolean', default: false, deprecated: true, description: 'Whether to fall back to another model; no longer has any effect' },
		enableTranslation: { type: 'boolean', description: 'Whether to translate the prompt to English first' },
		watermark,
		resolution: { type: 'string', enum: ['720p', '1080p', '4k'], default: '720p', description: 'Output resolution; higher costs more' },
		duration,
	},
};

/** The rules of the fields for the generation type and for the input images. */
const generationRules = (type: string, images: string): Rule[] => [
	{
		message: "'Generation Type' REFERENCE_2_VIDEO and FIRST_AND_LAST_FRAMES_2_VIDEO require input images",
		holds: (input) => !isOneOf(input[type], 'REFERENCE_2_VIDEO', 'FIRST_AND_LAST_FRAMES_2_VIDEO') || countOf(input[images]) > 0,
	},
	{
		message: "'Generation Type' REFERENCE_2_VIDEO requires 'Duration (Seconds)' 8",
		holds: (input) => input[type] !== 'REFERENCE_2_VIDEO' || !isOneOf(input.duration, 4, 6),
	},
	{
		message: "'Generation Type' other than REFERENCE_2_VIDEO allows up to 2 input images",
		holds: (input) => !isOneOf(input[type], 'TEXT_2_VIDEO', 'FIRST_AND_LAST_FRAMES_2_VIDEO') || countOf(input[images]) <= 2,
	},
];

const legacyGenerate = {
	family: 'Veo',
	api: 'veo',
	path: '/api/v1/veo/generate',
	operations: {
		textToVideo: { hidden: ['imageUrls'], fixed: { generationType: 'TEXT_2_VIDEO' } },
		imageToVideo: { required: ['imageUrls'], fixed: { generationType: 'FIRST_AND_LAST_FRAMES_2_VIDEO' } },
		referenceToVideo: { required: ['imageUrls'], fixed: { generationType: 'REFERENCE_2_VIDEO' }, shared: { imageUrls: 'reference_image_urls' } },
	},
	media: { imageUrls: 'image' },
	shared: { imageUrls: ['first_frame_url', 'last_frame_url'] },
	input: legacyInput,
	rules: generationRules('generationType', 'imageUrls'),
} satisfies Partial<Model>;

const legacyExtend = {
	about: 'extends videos of this API',
	family: 'Veo',
	api: 'veo',
	path: '/api/v1/veo/extend',
	operations: { extend: {} },
	media: {},
	input: {
		required: ['prompt', 'taskId'],
		properties: { prompt: extendPrompt, taskId: extendTask, seeds, watermark },
	},
} satisfies Partial<Model>;

export const veo: Model[] = [
	{
		id: 'veo-3-1',
		title: 'Veo 3.1',
		family: 'Veo',
		operations: {
			textToVideo: { hidden: ['image_urls'], fixed: { generation_type: 'TEXT_2_VIDEO' } },
			imageToVideo: { required: ['image_urls'], fixed: { generation_type: 'FIRST_AND_LAST_FRAMES_2_VIDEO' } },
			referenceToVideo: { required: ['image_urls'], fixed: { generation_type: 'REFERENCE_2_VIDEO' }, shared: { image_urls: 'reference_image_urls' } },
		},
		seconds: 120,
		media: { image_urls: 'image' },
		shared: { image_urls: ['first_frame_url', 'last_frame_url'] },
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', description: 'Description of the video' },
				image_urls: { type: 'array', maxItems: 3, items: url, description: 'One image to start from, two as first and last frame, or up to three as references' },
				generation_type: {
					type: 'string',
					enum: ['TEXT_2_VIDEO', 'FIRST_AND_LAST_FRAMES_2_VIDEO', 'REFERENCE_2_VIDEO'],
					description: 'How the images are used; if empty, Kie decides by their number',
				},
				aspect_ratio: aspectRatio,
				enable_fallback: { type: 'boolean', default: false, deprecated: true, description: 'Whether to fall back to another model; no longer has any effect' },
				enable_translation: { type: 'boolean', description: 'Whether to translate the prompt to English first' },
				watermark,
				resolution: { type: 'string', enum: ['720p', '1080p', '4k'], default: '720p', description: 'Output resolution' },
				duration,
			},
		},
		rules: generationRules('generation_type', 'image_urls'),
	},
	{
		id: 'veo/extend',
		title: 'Veo 3.1 - Extend',
		about: 'extends videos of Veo 3.1',
		family: 'Veo',
		operations: { extend: {} },
		seconds: 120,
		media: {},
		input: {
			required: ['prompt', 'task_id'],
			properties: { prompt: extendPrompt, task_id: extendTask, seeds, watermark },
		},
	},
	{
		id: 'veo/get-1080p-video',
		title: 'Veo 3.1 - Get 1080p Video',
		about: 'videos of Veo 3.1 only',
		family: 'Veo',
		operations: { upscale: {} },
		seconds: 120,
		media: {},
		input: {
			required: ['taskId'],
			properties: {
				taskId,
				index: { type: ['integer', 'string'], description: 'Zero-based index of the video in the task' },
			},
		},
	},
	{
		id: 'veo/get-4k-video',
		title: 'Veo 3.1 - Get 4K Video',
		about: 'videos of Veo 3.1 only',
		family: 'Veo',
		operations: { upscale: {} },
		seconds: 300,
		media: {},
		input: {
			required: ['task_id'],
			properties: {
				task_id: { type: 'string', description: 'ID of the Veo task that generated the video' },
				index: { type: 'integer', default: 0, description: 'Zero-based index of the video in the task' },
			},
		},
	},
	{
		...legacyGenerate,
		id: 'veo3',
		title: 'Veo 3.1 Quality (Legacy API)',
		fixed: { model: 'veo3' },
		operations: omit(legacyGenerate.operations, 'referenceToVideo'),
		seconds: 180,
		rules: [
			...legacyGenerate.rules,
			{
				message: "'Generation Type' REFERENCE_2_VIDEO requires Veo 3.1 Fast or Lite",
				holds: ({ generationType }) => generationType !== 'REFERENCE_2_VIDEO',
			},
		],
	},
	{ ...legacyGenerate, id: 'veo3_fast', title: 'Veo 3.1 Fast (Legacy API)', fixed: { model: 'veo3_fast' }, seconds: 90 },
	{ ...legacyGenerate, id: 'veo3_lite', title: 'Veo 3.1 Lite (Legacy API)', fixed: { model: 'veo3_lite' }, seconds: 90 },
	{ ...legacyExtend, id: 'veo-extend-quality', title: 'Veo 3.1 Quality - Extend (Legacy API)', fixed: { model: 'quality' }, seconds: 180 },
	{ ...legacyExtend, id: 'veo-extend-fast', title: 'Veo 3.1 Fast - Extend (Legacy API)', fixed: { model: 'fast' }, seconds: 120 },
	{ ...legacyExtend, id: 'veo-extend-lite', title: 'Veo 3.1 Lite - Extend (Legacy API)', fixed: { model: 'lite' }, seconds: 120 },
	{
		id: 'veo-get-1080p',
		title: 'Veo 3.1 - Get 1080p Video (Legacy API)',
		about: 'videos of this API only',
		family: 'Veo',
		api: 'veo-1080p',
		operations: { upscale: {} },
		seconds: 120,
		media: {},
		input: {
			required: ['taskId'],
			properties: {
				taskId,
				index: { type: 'integer', description: 'Zero-based index of the video in the task' },
			},
		},
	},
	{
		id: 'veo-get-4k',
		title: 'Veo 3.1 - Get 4K Video (Legacy API)',
		about: 'videos of this API only',
		family: 'Veo',
		api: 'veo',
		path: '/api/v1/veo/get-4k-video',
		operations: { upscale: {} },
		seconds: 400,
		media: {},
		input: {
			required: ['taskId'],
			properties: {
				taskId,
				index: { type: 'integer', default: 0, description: 'Zero-based index of the video in the task' },
			},
		},
	},
];
