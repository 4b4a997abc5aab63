import { nonNegativeSeed, url } from '../fields';
import { countOf, isSet, lastFrameRule, objectsOf } from '../rules';
import type { Model, Rule, Schema } from '../types';

/** Fields of both video models. */
const omniFields: Record<string, Schema> = {
	prompt: { type: 'string', maxLength: 20000, description: 'Description of the video; up to 20000 characters' },
	image_urls: { type: 'array', maxItems: 7, items: url, description: 'Reference images; max 20 MB each; up to 7' },
	audio_ids: { type: 'array', maxItems: 3, items: { type: 'string' }, description: 'IDs of voices created with Gemini Omni Voice; up to 3' },
	video_list: {
		type: 'array',
		items: {
			type: 'object',
			required: ['url', 'start', 'ends'],
			properties: {
				url: { type: 'string', format: 'uri', description: 'Input video; max 100 MB; up to 30 seconds' },
				start: { type: 'number', minimum: 0, description: 'Start of the segment to use, in seconds' },
				ends: { type: 'number', minimum: 0, description: 'End of the segment to use, in seconds; up to 10 after its start' },
			},
		},
		maxItems: 1,
		description: 'Input video and the segment to use; only one',
	},
	character_ids: { type: 'array', maxItems: 3, items: { type: 'string' }, description: 'IDs of characters created with Gemini Omni Character; up to 3' },
	duration: { type: 'string', enum: ['4', '6', '8', '10'], description: 'Duration of the video in seconds; ignored with an input video' },
	aspect_ratio: { type: 'string', enum: ['16:9', '9:16'], description: 'Output aspect ratio' },
	seed: nonNegativeSeed,
};

const omniRules: Rule[] = [
	{
		message: 'Input images, characters and the input video, which counts as 2, can be up to 7 in total',
		holds: ({ image_urls, video_list, character_ids }) => countOf(image_urls) + 2 * countOf(video_list) + countOf(character_ids) <= 7,
	},
	{
		message: "The segment in 'Video List' must end after its start, at most 10 seconds later",
		holds: ({ video_list }) =>
			objectsOf(video_list).every(({ start, ends }) => {
				const seconds = Number(ends) - Number(start);
				return !(seconds < 0.1 || seconds > 10);
			}),
	},
];

export const geminiOmni: Model[] = [
	{
		id: 'gemini-omni-video',
		title: 'Gemini Omni Video',
		family: 'Gemini Omni',
		operations: { textToVideo: { hidden: ['image_urls', 'video_list'] }, referenceToVideo: { hidden: ['video_list'] }, videoToVideo: { required: ['video_list'] } },
		seconds: 120,
		media: { image_urls: 'image', 'video_list[].url': 'video' },
		shared: { image_urls: 'reference_image_urls' },
		input: {
			required: ['prompt', 'duration'],
			properties: {
				...omniFields,
				resolution: { type: 'string', enum: ['720p', '1080p', '4k'], default: '720p', description: 'Output resolution' },
			},
		},
		rules: omniRules,
	},
	{
		id: 'google/gemini-omni-flash-1-1',
		title: 'Gemini Omni 1.1 Flash',
		family: 'Gemini Omni',
		operations: {
			textToVideo: { hidden: ['image_urls', 'first_frame_url', 'last_frame_url', 'video_list'] },
			imageToVideo: { required: ['first_frame_url'], hidden: ['image_urls', 'audio_ids', 'video_list', 'character_ids'] },
			referenceToVideo: { hidden: ['first_frame_url', 'last_frame_url', 'video_list'] },
			videoToVideo: { required: ['video_list'], hidden: ['first_frame_url', 'last_frame_url'] },
		},
		seconds: 90,
		media: { image_urls: 'image', first_frame_url: 'image', last_frame_url: 'image', 'video_list[].url': 'video' },
		shared: { image_urls: 'reference_image_urls' },
		input: {
			required: ['prompt', 'duration'],
			properties: {
				...omniFields,
				first_frame_url: { type: 'string', format: 'uri', description: 'First frame of the video' },
				last_frame_url: { type: 'string', format: 'uri', description: 'Last frame of the video' },
				resolution: { type: 'string', enum: ['360p', '720p', '1080p', '4k'], default: '720p', description: 'Output resolution' },
			},
		},
		rules: [
			...omniRules,
			{
				message: "'First Frame' can't be combined with reference images, voices, characters or an input video",
				holds: ({ first_frame_url, image_urls, audio_ids, video_list, character_ids }) => !isSet(first_frame_url) || ![image_urls, audio_ids, video_list, character_ids].some(isSet),
			},
			lastFrameRule,
		],
	},
	{
		id: 'omni-character',
		title: 'Gemini Omni Character',
		about: 'character for Gemini Omni videos',
		family: 'Gemini Omni',
		api: 'omni-character',
		path: '/api/v1/omni/character/create',
		operations: { createCharacter: {} },
		seconds: 20,
		media: { image_urls: 'image' },
		input: {
			required: ['image_urls', 'descriptions'],
			properties: {
				image_urls: { type: 'array', minItems: 1, maxItems: 2, items: url, description: 'Portrait and, optionally, full body image; max 20 MB each; 1 or 2' },
				descriptions: { type: 'string', description: 'Description of the character: appearance, style, clothing, personality' },
				audio_ids: { type: 'array', items: { type: 'string' }, description: 'IDs of voices created with Gemini Omni Voice' },
				character_name: { type: 'string', description: 'Name for the character' },
			},
		},
	},
];
