import { url } from '../fields';
import { countOf, isOneOf } from '../rules';
import type { InputSchema, Model, Rule } from '../types';

const legacyInput: InputSchema = {
	required: ['prompt'],
	properties: {
		prompt: { type: 'string', description: 'Description of the video' },
		imageUrls: { type: 'array', maxItems: 3, items: url, description: 'One image to start from, two as first and last frame, or up to three as references' },
		generationType: { type: 'string', enum: ['TEXT_2_VIDEO', 'FIRST_AND_LAST_FRAMES_2_VIDEO', 'REFERENCE_2_VIDEO'], description: 'How the images are used; if empty, Kie decides by their number' },
		aspect_ratio: { type: 'string', enum: ['16:9', '9:16', 'Auto'], default: '16:9', description: 'Output aspect ratio; Auto matches the image' },
		enableFallback: { type: 'boolean', default: false, deprecated: true, description: 'Whether to fall back to another model; no longer has any effect' },
		enableTranslation: { type: 'boolean', description: 'Whether to translate the prompt to English first' },
		watermark: { type: 'string', description: 'Watermark text to add' },
		resolution: { type: 'string', enum: ['720p', '1080p', '4k'], default: '720p', description: 'Output resolution; higher costs more' },
		duration: { type: 'integer', enum: [4, 6, 8], default: 8, description: 'Duration of the video in seconds' },
	},
};

const legacyExtend: InputSchema = {
	required: ['prompt', 'taskId'],
	properties: {
		prompt: { type: 'string', description: 'How the video continues' },
		taskId: { type: 'string', description: 'ID of the Veo task that generated the video; not in 1080p' },
		seeds: { type: 'integer', minimum: 10000, maximum: 99999, description: 'Same seed and input produce similar results' },
		watermark: { type: 'string', description: 'Watermark text to add' },
	},
};

const legacyRules: Rule[] = [
	{
		message: "'Generation Type' REFERENCE_2_VIDEO and FIRST_AND_LAST_FRAMES_2_VIDEO require input images",
		holds: ({ generationType, imageUrls }) => !isOneOf(generationType, 'REFERENCE_2_VIDEO', 'FIRST_AND_LAST_FRAMES_2_VIDEO') || countOf(imageUrls) > 0,
	},
	{
		message: "'Generation Type' REFERENCE_2_VIDEO requires 'Duration' 8",
		holds: ({ generationType, duration }) => generationType !== 'REFERENCE_2_VIDEO' || !isOneOf(duration, 4, 6),
	},
	{
		message: "'Generation Type' other than REFERENCE_2_VIDEO allows up to 2 input images",
		holds: ({ generationType, imageUrls }) => !isOneOf(generationType, 'TEXT_2_VIDEO', 'FIRST_AND_LAST_FRAMES_2_VIDEO') || countOf(imageUrls) <= 2,
	},
];

export const veo: Model[] = [
	{
		id: 'veo-3-1',
		title: 'Veo 3.1',
		family: 'Veo',
		operations: {
			textToVideo: { hidden: ['image_urls'], fixed: { generation_type: 'TEXT_2_VIDEO' } },
			imageToVideo: { required: ['image_urls'], fixed: { generation_type: 'FIRST_AND_LAST_FRAMES_2_VIDEO' } },
			referenceToVideo: { required: ['image_urls'], fixed: { generation_type: 'REFERENCE_2_VIDEO' } },
		},
		seconds: 120,
		media: { image_urls: 'image' },
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
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', 'Auto'], default: '16:9', description: 'Output aspect ratio; Auto matches the image' },
				enable_fallback: { type: 'boolean', default: false, deprecated: true, description: 'Whether to fall back to another model; no longer has any effect' },
				enable_translation: { type: 'boolean', description: 'Whether to translate the prompt to English first' },
				watermark: { type: 'string', description: 'Watermark text to add' },
				resolution: { type: 'string', enum: ['720p', '1080p', '4k'], default: '720p', description: 'Output resolution' },
				duration: { type: 'integer', enum: [4, 6, 8], default: 8, description: 'Duration of the video in seconds' },
			},
		},
		rules: [
			{
				message: "'Generation Type' REFERENCE_2_VIDEO and FIRST_AND_LAST_FRAMES_2_VIDEO require input images",
				holds: ({ generation_type, image_urls }) => !isOneOf(generation_type, 'REFERENCE_2_VIDEO', 'FIRST_AND_LAST_FRAMES_2_VIDEO') || countOf(image_urls) > 0,
			},
			{
				message: "'Generation Type' REFERENCE_2_VIDEO requires 'Duration' 8",
				holds: ({ generation_type, duration }) => generation_type !== 'REFERENCE_2_VIDEO' || !isOneOf(duration, 4, 6),
			},
			{
				message: "'Generation Type' other than REFERENCE_2_VIDEO allows up to 2 input images",
				holds: ({ generation_type, image_urls }) => !isOneOf(generation_type, 'TEXT_2_VIDEO', 'FIRST_AND_LAST_FRAMES_2_VIDEO') || countOf(image_urls) <= 2,
			},
		],
	},
	{
		id: 'veo/extend',
		title: 'Veo 3.1 - Extend',
		family: 'Veo',
		operations: { extend: {} },
		seconds: 120,
		media: {},
		input: {
			required: ['prompt', 'task_id'],
			properties: {
				prompt: { type: 'string', description: 'How the video continues' },
				task_id: { type: 'string', description: 'ID of the Veo task that generated the video; not in 1080p' },
				seeds: { type: 'integer', minimum: 10000, maximum: 99999, description: 'Same seed and input produce similar results' },
				watermark: { type: 'string', description: 'Watermark text to add' },
			},
		},
	},
	{
		id: 'veo/get-1080p-video',
		title: 'Veo 3.1 - Get 1080p Video',
		family: 'Veo',
		operations: { upscale: {} },
		seconds: 120,
		media: {},
		input: {
			required: ['taskId'],
			properties: {
				taskId: { type: 'string', description: 'ID of the Veo task that generated the video' },
				index: { type: ['integer', 'string'], description: 'Zero-based index of the video in the task' },
			},
		},
	},
	{
		id: 'veo/get-4k-video',
		title: 'Veo 3.1 - Get 4K Video',
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
		id: 'veo3',
		title: 'Veo 3.1 Quality (Legacy API)',
		family: 'Veo',
		api: 'veo',
		path: '/api/v1/veo/generate',
		fixed: { model: 'veo3' },
		operations: {
			textToVideo: { hidden: ['imageUrls'], fixed: { generationType: 'TEXT_2_VIDEO' } },
			imageToVideo: { required: ['imageUrls'], fixed: { generationType: 'FIRST_AND_LAST_FRAMES_2_VIDEO' } },
		},
		seconds: 180,
		media: { imageUrls: 'image' },
		input: legacyInput,
		rules: [
			...legacyRules,
			{
				message: "'Generation Type' REFERENCE_2_VIDEO requires Veo 3.1 Fast or Lite",
				holds: ({ generationType }) => generationType !== 'REFERENCE_2_VIDEO',
			},
		],
	},
	{
		id: 'veo3_fast',
		title: 'Veo 3.1 Fast (Legacy API)',
		family: 'Veo',
		api: 'veo',
		path: '/api/v1/veo/generate',
		fixed: { model: 'veo3_fast' },
		operations: {
			textToVideo: { hidden: ['imageUrls'], fixed: { generationType: 'TEXT_2_VIDEO' } },
			imageToVideo: { required: ['imageUrls'], fixed: { generationType: 'FIRST_AND_LAST_FRAMES_2_VIDEO' } },
			referenceToVideo: { required: ['imageUrls'], fixed: { generationType: 'REFERENCE_2_VIDEO' } },
		},
		seconds: 90,
		media: { imageUrls: 'image' },
		input: legacyInput,
		rules: legacyRules,
	},
	{
		id: 'veo3_lite',
		title: 'Veo 3.1 Lite (Legacy API)',
		family: 'Veo',
		api: 'veo',
		path: '/api/v1/veo/generate',
		fixed: { model: 'veo3_lite' },
		operations: {
			textToVideo: { hidden: ['imageUrls'], fixed: { generationType: 'TEXT_2_VIDEO' } },
			imageToVideo: { required: ['imageUrls'], fixed: { generationType: 'FIRST_AND_LAST_FRAMES_2_VIDEO' } },
			referenceToVideo: { required: ['imageUrls'], fixed: { generationType: 'REFERENCE_2_VIDEO' } },
		},
		seconds: 90,
		media: { imageUrls: 'image' },
		input: legacyInput,
		rules: legacyRules,
	},
	{
		id: 'veo-extend-quality',
		title: 'Veo 3.1 Quality - Extend (Legacy API)',
		family: 'Veo',
		api: 'veo',
		path: '/api/v1/veo/extend',
		fixed: { model: 'quality' },
		operations: { extend: {} },
		seconds: 180,
		media: {},
		input: legacyExtend,
	},
	{
		id: 'veo-extend-fast',
		title: 'Veo 3.1 Fast - Extend (Legacy API)',
		family: 'Veo',
		api: 'veo',
		path: '/api/v1/veo/extend',
		fixed: { model: 'fast' },
		operations: { extend: {} },
		seconds: 120,
		media: {},
		input: legacyExtend,
	},
	{
		id: 'veo-extend-lite',
		title: 'Veo 3.1 Lite - Extend (Legacy API)',
		family: 'Veo',
		api: 'veo',
		path: '/api/v1/veo/extend',
		fixed: { model: 'lite' },
		operations: { extend: {} },
		seconds: 120,
		media: {},
		input: legacyExtend,
	},
	{
		id: 'veo-get-1080p',
		title: 'Veo 3.1 - Get 1080p Video (Legacy API)',
		family: 'Veo',
		api: 'veo-1080p',
		operations: { upscale: {} },
		seconds: 120,
		media: {},
		input: {
			required: ['taskId'],
			properties: {
				taskId: { type: 'string', description: 'ID of the Veo task that generated the video' },
				index: { type: 'integer', description: 'Zero-based index of the video in the task' },
			},
		},
	},
	{
		id: 'veo-get-4k',
		title: 'Veo 3.1 - Get 4K Video (Legacy API)',
		family: 'Veo',
		api: 'veo',
		path: '/api/v1/veo/get-4k-video',
		operations: { upscale: {} },
		seconds: 400,
		media: {},
		input: {
			required: ['taskId'],
			properties: {
				taskId: { type: 'string', description: 'ID of the Veo task that generated the video' },
				index: { type: 'integer', default: 0, description: 'Zero-based index of the video in the task' },
			},
		},
	},
];
