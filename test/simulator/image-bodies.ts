import type { InputSchema } from './types';
import { compile } from './validate';

/** The bodies of the image APIs with paths of their own: the schemas and rules of test/kie-api/dedicated, `callBackUrl` included. */

const url = { type: 'string', format: 'uri' } as const;
const flag = { type: 'boolean' } as const;
const text = { type: 'string' } as const;

const gpt4oBody: InputSchema = {
	required: ['size'],
	properties: {
		prompt: text,
		filesUrl: { type: 'array', items: url, maxItems: 5 },
		size: { type: 'string', enum: ['1:1', '3:2', '2:3'] },
		callBackUrl: url,
		fileUrl: url,
		maskUrl: url,
		nVariants: { type: 'integer', enum: [1, 2, 4] },
		isEnhance: flag,
		uploadCn: flag,
		enableFallback: flag,
		fallbackModel: { type: 'string', enum: ['GPT_IMAGE_1', 'FLUX_MAX'] },
	},
};

const kontextBody: InputSchema = {
	required: ['prompt'],
	properties: {
		prompt: text,
		enableTranslation: flag,
		uploadCn: flag,
		inputImage: url,
		aspectRatio: { type: 'string', enum: ['21:9', '16:9', '4:3', '1:1', '3:4', '9:16'] },
		outputFormat: { type: 'string', enum: ['jpeg', 'png'] },
		promptUpsampling: flag,
		model: { type: 'string', enum: ['flux-kontext-pro', 'flux-kontext-max'] },
		callBackUrl: url,
		safetyTolerance: { type: 'integer', enum: [0, 1, 2, 3, 4, 5, 6] },
		watermark: text,
	},
};

const midjourneyBody: InputSchema = {
	required: ['prompt', 'taskType'],
	properties: {
		taskType: {
			type: 'string',
			enum: ['mj_txt2img', 'mj_img2img', 'mj_style_reference', 'mj_omni_reference', 'mj_video', 'mj_video_hd'],
		},
		speed: { type: 'string', enum: ['relaxed', 'fast', 'turbo'] },
		prompt: { type: 'string', maxLength: 2000 },
		fileUrl: url,
		fileUrls: { type: 'array', items: url },
		aspectRatio: {
			type: 'string',
			enum: ['1:2', '9:16', '2:3', '3:4', '5:6', '6:5', '4:3', '3:2', '1:1', '16:9', '2:1'],
		},
		version: { type: 'string', enum: ['7', '6.1', '6', '5.2', '5.1', 'niji6'] },
		variety: { type: 'integer', minimum: 0, maximum: 100 },
		stylization: { type: 'integer', minimum: 0, maximum: 1000 },
		weirdness: { type: 'integer', minimum: 0, maximum: 3000 },
		ow: { type: 'integer', minimum: 1, maximum: 1000 },
		waterMark: text,
		enableTranslation: flag,
		callBackUrl: url,
		videoBatchSize: { type: 'integer', enum: [1, 2, 4] },
		motion: { type: 'string', enum: ['high', 'low'] },
	},
};

const midjourneyFollowUpBody: InputSchema = {
	required: ['taskId', 'imageIndex'],
	properties: {
		taskId: text,
		imageIndex: { type: 'integer', minimum: 0, maximum: 3 },
		waterMark: text,
		callBackUrl: url,
	},
};

const gpt4oDownloadBody: InputSchema = { required: ['taskId', 'url'], properties: { taskId: text, url } };

export const videoTypes = ['mj_video', 'mj_video_hd'];
const isVideo = { properties: { taskType: { enum: videoTypes } } };

export const gpt4oCheck = compile(gpt4oBody, [
	{
		message: 'At least one of prompt and filesUrl is required',
		then: { anyOf: [{ required: ['prompt'] }, { required: ['filesUrl'] }] },
	},
	{
		message: 'maskUrl works with exactly one image in filesUrl',
		if: { required: ['maskUrl'] },
		then: { required: ['filesUrl'], properties: { filesUrl: { minItems: 1, maxItems: 1 } } },
	},
]);

export const midjourneyCheck = compile(midjourneyBody, [
	{
		message: 'fileUrl or fileUrls is required',
		if: { not: { properties: { taskType: { enum: ['mj_txt2img'] } } } },
		then: { anyOf: [{ required: ['fileUrl'] }, { required: ['fileUrls'], properties: { fileUrls: { minItems: 1 } } }] },
	},
	{ message: 'A video takes one image only', if: isVideo, then: { properties: { fileUrls: { maxItems: 1 } } } },
	{ message: 'motion is required for a video', if: isVideo, then: { required: ['motion'] } },
]);

export const kontextCheck = compile(kontextBody);
export const midjourneyFollowUpCheck = compile(midjourneyFollowUpBody);
export const gpt4oDownloadCheck = compile(gpt4oDownloadBody);
