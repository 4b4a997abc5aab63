import { has, is, isNot, lacks } from './rules';
import type { InputSchema } from './types';
import { compile } from './validate';

/** The bodies of the video and voice APIs with paths of their own: the schemas and rules of test/kie-api/dedicated. */

const url = { type: 'string', format: 'uri' } as const;
const flag = { type: 'boolean' } as const;
const text = { type: 'string' } as const;
const urls = { type: 'array', items: url } as const;

const veoBody: InputSchema = {
	required: ['prompt'],
	properties: {
		prompt: text,
		imageUrls: { ...urls, maxItems: 3 },
		model: { type: 'string', enum: ['veo3', 'veo3_fast', 'veo3_lite'] },
		generationType: {
			type: 'string',
			enum: ['TEXT_2_VIDEO', 'FIRST_AND_LAST_FRAMES_2_VIDEO', 'REFERENCE_2_VIDEO'],
		},
		aspect_ratio: { type: 'string', enum: ['16:9', '9:16', 'Auto'] },
		callBackUrl: url,
		enableFallback: flag,
		enableTranslation: flag,
		watermark: text,
		resolution: { type: 'string', enum: ['720p', '1080p', '4k'] },
		duration: { type: 'integer', enum: [4, 6, 8] },
	},
};

const veoExtendBody: InputSchema = {
	required: ['taskId', 'prompt'],
	properties: {
		taskId: text,
		prompt: text,
		seeds: { type: 'integer', minimum: 10000, maximum: 99999 },
		model: { type: 'string', enum: ['fast', 'quality', 'lite'] },
		watermark: text,
		callBackUrl: url,
	},
};

const runwayBody: InputSchema = {
	required: ['prompt', 'duration', 'quality'],
	properties: {
		prompt: { type: 'string', maxLength: 1800 },
		imageUrl: url,
		duration: { type: 'number', enum: [5, 10] },
		quality: { type: 'string', enum: ['720p', '1080p'] },
		aspectRatio: { type: 'string', enum: ['16:9', '4:3', '1:1', '3:4', '9:16'] },
		waterMark: text,
		callBackUrl: url,
	},
};

const runwayExtendBody: InputSchema = {
	required: ['taskId', 'prompt', 'quality'],
	properties: {
		taskId: text,
		prompt: text,
		quality: { type: 'string', enum: ['720p', '1080p'] },
		waterMark: text,
		callBackUrl: url,
	},
};

const alephBody: InputSchema = {
	required: ['prompt', 'videoUrl'],
	properties: {
		prompt: text,
		videoUrl: url,
		callBackUrl: url,
		waterMark: text,
		uploadCn: flag,
		aspectRatio: { type: 'string', enum: ['16:9', '9:16', '4:3', '3:4', '1:1', '21:9'] },
		seed: { type: 'integer' },
		referenceImage: url,
	},
};

const lumaBody: InputSchema = {
	required: ['prompt', 'videoUrl'],
	properties: { prompt: text, videoUrl: url, callBackUrl: url, watermark: text },
};

const voices = [
	...['achernar', 'achird', 'algenib', 'algieba', 'alnilam', 'aoede', 'autonoe', 'callirrhoe', 'charon', 'despina'],
	...['enceladus', 'erinome', 'fenrir', 'gacrux', 'iapetus', 'kore', 'laomedeia', 'leda', 'orus', 'puck'],
	...['pulcherrima', 'rasalgethi', 'sadachbia', 'sadaltager', 'schedar', 'sulafat', 'umbriel', 'vindemiatrix'],
	...['zephyr', 'zubenelgenubi'],
];

const omniAudioBody: InputSchema = {
	required: ['audio_id', 'name'],
	properties: {
		audio_id: { type: 'string', enum: voices },
		name: { type: 'string', maxLength: 210 },
		voice_description: { type: 'string', maxLength: 20000 },
		example_dialogue: { type: 'string', maxLength: 120 },
	},
};

const omniCharacterBody: InputSchema = {
	required: ['descriptions', 'image_urls'],
	properties: {
		descriptions: text,
		image_urls: { ...urls, minItems: 1, maxItems: 2 },
		audio_ids: { type: 'array', items: text },
		character_name: text,
	},
};

const assetBody: InputSchema = {
	required: ['url', 'assetType'],
	// Base64 is not accepted.
	properties: {
		url: { ...url, pattern: '^https?:' },
		assetType: { type: 'string', enum: ['Image', 'Video', 'Audio'] },
	},
};

const isReference = is('generationType', 'REFERENCE_2_VIDEO');

export const veoCheck = compile(veoBody, [
	{
		message: 'REFERENCE_2_VIDEO takes 1 to 3 images',
		if: isReference,
		then: { required: ['imageUrls'], properties: { imageUrls: { minItems: 1 } } },
	},
	{ message: 'REFERENCE_2_VIDEO supports a duration of 8 only', if: isReference, then: isNot('duration', 4, 6) },
	{
		message: 'REFERENCE_2_VIDEO works with veo3_fast and veo3_lite only',
		if: isReference,
		then: isNot('model', 'veo3'),
	},
	{
		message: 'imageUrls takes at most 2 images',
		if: is('generationType', 'TEXT_2_VIDEO', 'FIRST_AND_LAST_FRAMES_2_VIDEO'),
		then: { properties: { imageUrls: { maxItems: 2 } } },
	},
]);

export const runwayCheck = compile(runwayBody, [
	{ message: '10 s and 1080p exclude each other', if: is('quality', '1080p'), then: isNot('duration', 10) },
	{ message: 'aspectRatio is required without imageUrl', if: lacks('imageUrl'), then: has('aspectRatio') },
]);

export const veoExtendCheck = compile(veoExtendBody);
export const veo1080pCheck = compile({
	required: ['taskId'],
	properties: { taskId: text, index: { type: 'string', pattern: '^\\d+$' } },
});
export const veo4kCheck = compile({
	required: ['taskId'],
	properties: { taskId: text, index: { type: 'integer', minimum: 0 }, callBackUrl: url },
});
export const runwayExtendCheck = compile(runwayExtendBody);
export const alephCheck = compile(alephBody);
export const lumaCheck = compile(lumaBody);
export const omniAudioCheck = compile(omniAudioBody);
export const omniCharacterCheck = compile(omniCharacterBody);
export const assetCheck = compile(assetBody);
