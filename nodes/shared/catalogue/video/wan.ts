import type { JsonObject } from '../../json';
import { nonNegativeSeed, nsfwChecker, seed, url } from '../fields';
import { countOf, isOneOf, isSet, lastFrameRule } from '../rules';
import type { InputSchema, Model, Rule, Schema } from '../types';

const frames = ['first_frame_url', 'last_frame_url'];

/** The reference fields of Wan 3.0. */
const references = ['reference_image_urls', 'reference_video_urls', 'reference_audio_urls', 'reference_file_urls', 'reference_link_urls'];

const hasFrames = (input: JsonObject): boolean => frames.some((name) => isSet(input[name]));
const hasReferences = (input: JsonObject): boolean => references.some((name) => isSet(input[name]));

const wan30: InputSchema = {
	properties: {
		prompt: { type: 'string', maxLength: 20000, description: 'Description of the video; English or Chinese; refer to references as Image1, Video1, Audio1; up to 20000 characters' },
		first_frame_url: { type: 'string', format: 'uri', description: 'First frame of the video; JPEG, PNG, BMP or WebP without transparency; max 20 MB; sides 240 to 8000 pixels' },
		last_frame_url: { type: 'string', format: 'uri', description: 'Last frame of the video; JPEG, PNG, BMP or WebP without transparency; max 20 MB; sides 240 to 8000 pixels' },
		reference_image_urls: {
			type: 'array',
			maxItems: 10,
			items: url,
			description: 'Reference images; JPEG, PNG, BMP or WebP without transparency; max 20 MB each; sides 240 to 8000 pixels; up to 10',
		},
		reference_video_urls: {
			type: 'array',
			maxItems: 5,
			items: url,
			description: 'Reference videos; MP4 or MOV; sides 240 to 4096 pixels; max 100 MB each; 1 to 15 seconds each and 15 in total; up to 5',
		},
		reference_audio_urls: { type: 'array', maxItems: 5, items: url, description: 'Reference audio; WAV or MP3; max 15 MB each; 1 to 15 seconds each and 15 in total; up to 5' },
		reference_file_urls: { type: 'array', maxItems: 1, items: url, description: 'Document to generate a video from; Office file, PDF, TXT or MD; max 100 MB and 50 pages; only one' },
		reference_link_urls: { type: 'array', maxItems: 1, items: url, description: 'URL of a web page to generate a video from; only one' },
		resolution: { type: 'string', enum: ['480P', '720P', '1080P'], default: '1080P', description: 'Output resolution' },
		aspect_ratio: { type: 'string', enum: ['adaptive', '16:9', '4:3', '1:1', '3:4', '9:16'], default: 'adaptive', description: 'Output aspect ratio; adaptive matches the input' },
		duration: { type: 'integer', minimum: -1, maximum: 30, default: 5, description: 'Duration of the video in seconds; 2 to 30, or -1 to let the model choose' },
		audio: { type: 'boolean', default: true, description: 'Whether to generate audio' },
		seed: nonNegativeSeed,
		nsfw_checker: nsfwChecker,
	},
};

const animate: InputSchema = {
	required: ['video_url', 'image_url'],
	properties: {
		video_url: { type: 'string', format: 'uri', description: 'Motion reference video; MP4, MOV or MKV; max 10 MB' },
		image_url: { type: 'string', format: 'uri', description: 'Character image; JPEG, PNG or WebP; max 10 MB; center-cropped to fit' },
		resolution: { type: 'string', enum: ['480p', '580p', '720p'], default: '480p', description: 'Output resolution' },
		nsfw_checker: nsfwChecker,
	},
};

const wan30Rules: Rule[] = [
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
		message: "'Reference File' and 'Reference Link URLs' can't be combined",
		holds: ({ reference_file_urls, reference_link_urls }) => ![reference_file_urls, reference_link_urls].every(isSet),
	},
	{
		message: "'Duration (Seconds)' must be -1 or at least 2",
		holds: ({ duration }) => !isOneOf(duration, 0, 1),
	},
];

/** Wan 2.7: fields of all models. */
const wan27Fields: Record<string, Schema> = {
	negative_prompt: { type: 'string', maxLength: 500, description: 'What to avoid; up to 500 characters' },
	prompt_extend: { type: 'boolean', default: true, description: 'Whether to let the model rewrite the prompt; slower, useful for short prompts' },
	watermark: { type: 'boolean', default: false, description: 'Whether to add an AI watermark' },
	seed: nonNegativeSeed,
	nsfw_checker: nsfwChecker,
};

/** Wan 2.5: fields of both models. */
const wan25Fields: Record<string, Schema> = {
	duration: { type: 'string', enum: ['5', '10'], description: 'Duration of the video in seconds' },
	resolution: { type: 'string', enum: ['720p', '1080p'], description: 'Output resolution' },
	negative_prompt: { type: 'string', maxLength: 500, description: 'What to avoid; up to 500 characters' },
	enable_prompt_expansion: { type: 'boolean', description: 'Whether to let a language model enrich the prompt' },
	seed,
	nsfw_checker: nsfwChecker,
};

/** Wan 2.2: fields of text to video and image to video. */
const wan22Fields: Record<string, Schema> = {
	resolution: { type: 'string', enum: ['480p', '720p'], default: '720p', description: 'Output resolution' },
	enable_prompt_expansion: { type: 'boolean', description: 'Whether to let a language model enrich the prompt' },
	seed: { type: 'number', minimum: 0, maximum: 2147483647, default: 0, description: 'Same seed and input produce similar results' },
	acceleration: { type: 'string', enum: ['none', 'regular'], default: 'none', description: 'Acceleration level; regular is faster but lower quality' },
	nsfw_checker: nsfwChecker,
};

/** Wan 2.6: fields of text to video and image to video. */
const wan26Fields: Record<string, Schema> = {
	duration: { type: 'string', enum: ['5', '10', '15'], default: '5', description: 'Duration of the video in seconds' },
	resolution: { type: 'string', enum: ['720p', '1080p'], default: '1080p', description: 'Output resolution' },
	multi_shots: { type: 'boolean', default: false, description: 'Whether to generate multiple shots' },
	nsfw_checker: nsfwChecker,
};

/** Wan 2.6 Flash: fields of both models. */
const wan26FlashFields: Record<string, Schema> = {
	resolution: { type: 'string', enum: ['720p', '1080p'], default: '1080p', description: 'Output resolution' },
	audio: { type: 'boolean', description: 'Whether to generate audio; affects the price' },
	multi_shots: { type: 'boolean', description: 'Whether to generate multiple shots' },
	nsfw_checker: nsfwChecker,
};

export const wan: Model[] = [
	{
		id: 'wan/3-0-video',
		title: 'Wan 3.0 Video',
		family: 'Wan',
		operations: {
			textToVideo: { required: ['prompt'], hidden: [...frames, ...references] },
			imageToVideo: { required: ['first_frame_url'], hidden: references },
			referenceToVideo: { hidden: frames },
		},
		seconds: 240,
		media: { first_frame_url: 'image', last_frame_url: 'image', reference_image_urls: 'image', reference_video_urls: 'video', reference_audio_urls: 'audio', reference_file_urls: 'file' },
		input: wan30,
		rules: wan30Rules,
	},
	{
		id: 'wan/3-0-video-prime',
		title: 'Wan 3.0 Video Prime',
		family: 'Wan',
		operations: {
			textToVideo: { required: ['prompt'], hidden: [...frames, ...references] },
			imageToVideo: { required: ['first_frame_url'], hidden: references },
			referenceToVideo: { hidden: frames },
		},
		seconds: 120,
		media: { first_frame_url: 'image', last_frame_url: 'image', reference_image_urls: 'image', reference_video_urls: 'video', reference_audio_urls: 'audio', reference_file_urls: 'file' },
		input: wan30,
		rules: wan30Rules,
	},
	{
		id: 'wan/2-7-text-to-video',
		title: 'Wan 2.7 - Text to Video',
		family: 'Wan',
		operations: { textToVideo: {} },
		seconds: 150,
		media: { audio_url: 'audio' },
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', minLength: 1, maxLength: 5000, description: 'Description of the video; up to 5000 characters' },
				audio_url: { type: 'string', format: 'uri', description: 'Audio of the video; if empty, the model generates it' },
				...wan27Fields,
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '1080p', description: 'Output resolution' },
				ratio: { type: 'string', enum: ['16:9', '9:16', '1:1', '4:3', '3:4'], default: '16:9', description: 'Output aspect ratio' },
				duration: { type: 'integer', minimum: 2, maximum: 15, default: 5, description: 'Duration of the video in seconds' },
			},
		},
	},
	{
		id: 'wan/2-7-image-to-video',
		title: 'Wan 2.7 - Image to Video',
		family: 'Wan',
		operations: {
			imageToVideo: { required: ['first_frame_url'], hidden: ['first_clip_url'] },
			extend: { required: ['first_clip_url'], hidden: ['first_frame_url', 'last_frame_url', 'driving_audio_url'] },
		},
		seconds: 150,
		media: { first_frame_url: 'image', last_frame_url: 'image', first_clip_url: 'video', driving_audio_url: 'audio' },
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the video; up to 5000 characters' },
				first_frame_url: { type: 'string', format: 'uri', description: 'First frame of the video' },
				last_frame_url: { type: 'string', format: 'uri', description: 'Last frame of the video' },
				first_clip_url: { type: 'string', format: 'uri', description: 'Video to continue' },
				driving_audio_url: { type: 'string', format: 'uri', description: 'Audio that drives the motion' },
				...wan27Fields,
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '1080p', description: 'Output resolution' },
				duration: { type: 'integer', minimum: 2, maximum: 15, default: 5, description: 'Duration of the video in seconds' },
			},
		},
		rules: [
			{
				message: "Either 'First Frame' or 'Video' is required, not both",
				holds: ({ first_frame_url, first_clip_url }) => isSet(first_frame_url) !== isSet(first_clip_url),
			},
		],
	},
	{
		id: 'wan/2-7-r2v',
		title: 'Wan 2.7 - Reference to Video',
		family: 'Wan',
		operations: { referenceToVideo: {} },
		seconds: 150,
		media: { reference_image: 'image', reference_video: 'video', first_frame: 'image', reference_voice: 'audio' },
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the video; refer to references as image 1, video 1; up to 5000 characters' },
				reference_image: { type: 'array', maxItems: 5, items: url, description: 'Reference images; up to 5 including reference videos' },
				reference_video: { type: 'array', maxItems: 5, items: url, description: 'Reference videos; up to 5 including reference images' },
				first_frame: { type: 'string', format: 'uri', description: 'First frame of the video' },
				reference_voice: { type: 'string', format: 'uri', description: 'Voice of the subject, instead of the audio of the videos; WAV or MP3; max 15 MB; 1 to 10 seconds' },
				...wan27Fields,
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '1080p', description: 'Output resolution' },
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '1:1', '4:3', '3:4'], default: '16:9', description: 'Output aspect ratio' },
				duration: { type: 'integer', minimum: 2, maximum: 10, default: 5, description: 'Duration of the video in seconds' },
			},
		},
		rules: [
			{
				message: 'Reference images or videos are required',
				holds: ({ reference_image, reference_video }) => [reference_image, reference_video].some(isSet),
			},
			{
				message: 'Reference images and videos can be up to 5 in total',
				holds: ({ reference_image, reference_video }) => countOf(reference_image) + countOf(reference_video) <= 5,
			},
		],
	},
	{
		id: 'wan/2-7-videoedit',
		title: 'Wan 2.7 - Video Edit',
		family: 'Wan',
		operations: { videoToVideo: {} },
		seconds: 180,
		media: { video_url: 'video', reference_image: 'image' },
		input: {
			required: ['video_url'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the edit; up to 5000 characters' },
				video_url: { type: 'string', format: 'uri', description: 'Video to edit; MP4 or MOV; max 100 MB; 2 to 10 seconds; sides 240 to 4096 pixels; aspect ratio 1:8 to 8:1' },
				reference_image: {
					type: 'string',
					format: 'uri',
					description: 'Reference image for character, clothes or style; JPEG, PNG, BMP or WebP without transparency; sides 240 to 8000 pixels; aspect ratio 1:8 to 8:1',
				},
				...wan27Fields,
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '1080p', description: 'Output resolution; higher costs more' },
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '1:1', '4:3', '3:4'], description: 'Output aspect ratio; if empty, matches the input video' },
				duration: { type: 'integer', minimum: 0, maximum: 10, default: 0, description: 'Duration of the video in seconds; 2 to 10, or 0 for the whole input video' },
				audio_setting: { type: 'string', enum: ['auto', 'origin'], default: 'auto', description: 'Audio of the output: auto lets the model decide, origin keeps the audio of the input video' },
			},
		},
		rules: [
			{
				message: "'Duration (Seconds)' must be 0 or at least 2",
				holds: ({ duration }) => duration !== 1,
			},
		],
	},
	{
		id: 'wan/2-6-text-to-video',
		title: 'Wan 2.6 - Text to Video',
		family: 'Wan',
		operations: { textToVideo: {} },
		seconds: 150,
		media: {},
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the video; English or Chinese; up to 5000 characters' },
				...wan26Fields,
			},
		},
	},
	{
		id: 'wan/2-6-image-to-video',
		title: 'Wan 2.6 - Image to Video',
		family: 'Wan',
		operations: { imageToVideo: {} },
		seconds: 150,
		media: { image_urls: 'image' },
		shared: { image_urls: 'first_frame_url' },
		input: {
			required: ['prompt', 'image_urls'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the video; English or Chinese; 2 to 5000 characters' },
				image_urls: { type: 'array', maxItems: 1, items: url, description: 'First frame of the video; JPEG, PNG or WebP; max 10 MB; at least 256 x 256 pixels' },
				...wan26Fields,
			},
		},
	},
	{
		id: 'wan/2-6-video-to-video',
		title: 'Wan 2.6 - Video to Video',
		family: 'Wan',
		operations: { videoToVideo: {} },
		seconds: 180,
		media: { video_urls: 'video' },
		input: {
			required: ['prompt', 'video_urls'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the edit; English or Chinese; 2 to 5000 characters' },
				video_urls: { type: 'array', maxItems: 3, items: url, description: 'Input videos; MP4, MOV or MKV; max 10 MB each; 1 to 3' },
				duration: { type: 'string', enum: ['5', '10'], default: '5', description: 'Duration of the video in seconds' },
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '1080p', description: 'Output resolution' },
				multi_shots: { type: 'boolean', default: false, description: 'Whether to generate multiple shots' },
				nsfw_checker: nsfwChecker,
			},
		},
	},
	{
		id: 'wan/2-6-flash-image-to-video',
		title: 'Wan 2.6 Flash - Image to Video',
		family: 'Wan',
		operations: { imageToVideo: {} },
		seconds: 90,
		media: { image_urls: 'image' },
		shared: { image_urls: 'first_frame_url' },
		input: {
			required: ['prompt', 'image_urls', 'audio'],
			properties: {
				prompt: { type: 'string', maxLength: 1500, description: 'Description of the video; English or Chinese; 2 to 1500 characters' },
				image_urls: { type: 'array', maxItems: 1, items: url, description: 'First frame of the video; JPEG, PNG or WebP; max 10 MB; at least 256 x 256 pixels' },
				duration: { type: 'string', enum: ['5', '10', '15'], default: '5', description: 'Duration of the video in seconds' },
				...wan26FlashFields,
			},
		},
	},
	{
		id: 'wan/2-6-flash-video-to-video',
		title: 'Wan 2.6 Flash - Video to Video',
		family: 'Wan',
		operations: { videoToVideo: {} },
		seconds: 120,
		media: { video_urls: 'video' },
		input: {
			required: ['prompt', 'video_urls'],
			properties: {
				prompt: { type: 'string', maxLength: 1500, description: 'Description of the edit; English or Chinese; 2 to 1500 characters' },
				video_urls: { type: 'array', maxItems: 3, items: url, description: 'Input videos; MP4, MOV or MKV; max 10 MB each; 1 to 3' },
				duration: { type: 'string', enum: ['5', '10'], default: '5', description: 'Duration of the video in seconds' },
				...wan26FlashFields,
			},
		},
	},
	{
		id: 'wan/2-5-text-to-video',
		title: 'Wan 2.5 - Text to Video',
		family: 'Wan',
		operations: { textToVideo: {} },
		seconds: 150,
		media: {},
		input: {
			required: ['prompt', 'duration'],
			properties: {
				prompt: { type: 'string', maxLength: 800, description: 'Description of the video; English or Chinese; up to 800 characters' },
				...wan25Fields,
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '1:1'], description: 'Output aspect ratio' },
			},
		},
	},
	{
		id: 'wan/2-5-image-to-video',
		title: 'Wan 2.5 - Image to Video',
		family: 'Wan',
		operations: { imageToVideo: {} },
		seconds: 150,
		media: { image_url: 'image' },
		shared: { image_url: 'first_frame_url' },
		input: {
			required: ['prompt', 'image_url', 'duration'],
			properties: {
				prompt: { type: 'string', maxLength: 800, description: 'Description of the video; up to 800 characters' },
				image_url: { type: 'string', format: 'uri', description: 'First frame of the video; JPEG, PNG or WebP; max 10 MB' },
				...wan25Fields,
			},
		},
	},
	{
		id: 'wan/2-2-a14b-text-to-video-turbo',
		title: 'Wan 2.2 A14B Turbo - Text to Video',
		family: 'Wan',
		operations: { textToVideo: {} },
		seconds: 60,
		media: {},
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the video; up to 5000 characters' },
				...wan22Fields,
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16'], default: '16:9', description: 'Output aspect ratio' },
			},
		},
	},
	{
		id: 'wan/2-2-a14b-image-to-video-turbo',
		title: 'Wan 2.2 A14B Turbo - Image to Video',
		family: 'Wan',
		operations: { imageToVideo: {} },
		seconds: 60,
		media: { image_url: 'image' },
		shared: { image_url: 'first_frame_url' },
		input: {
			required: ['prompt', 'image_url'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the video; up to 5000 characters' },
				image_url: { type: 'string', format: 'uri', description: 'First frame of the video; JPEG, PNG or WebP; max 10 MB; center-cropped to fit' },
				...wan22Fields,
			},
		},
	},
	{
		id: 'wan/2-2-a14b-speech-to-video-turbo',
		title: 'Wan 2.2 A14B Turbo - Speech to Video',
		about: 'talking portrait',
		family: 'Wan',
		operations: { avatar: {} },
		seconds: 120,
		media: { image_url: 'image', audio_url: 'audio' },
		input: {
			required: ['prompt', 'image_url', 'audio_url'],
			properties: {
				prompt: { type: 'string', maxLength: 5000, description: 'Description of the video; up to 5000 characters' },
				image_url: { type: 'string', format: 'uri', description: 'Portrait; JPEG, PNG or WebP; max 10 MB; center-cropped to fit' },
				audio_url: { type: 'string', format: 'uri', description: 'Speech; MP3, WAV, OGG, M4A, FLAC, AAC or WMA; max 10 MB' },
				num_frames: { type: 'number', minimum: 40, maximum: 120, default: 80, description: 'Number of frames; a multiple of 4' },
				frames_per_second: { type: 'number', minimum: 4, maximum: 60, default: 16, description: 'Frame rate of the video' },
				resolution: { type: 'string', enum: ['480p', '580p', '720p'], default: '480p', description: 'Output resolution' },
				negative_prompt: { type: 'string', maxLength: 500, description: 'What to avoid; up to 500 characters' },
				seed,
				num_inference_steps: { type: 'number', minimum: 2, maximum: 40, default: 27, description: 'Number of inference steps; whole number' },
				guidance_scale: { type: 'number', minimum: 1, maximum: 10, default: 3.5, description: 'How closely to follow the prompt; step 0.1' },
				shift: { type: 'number', minimum: 1, maximum: 10, default: 5, description: 'Shift of the sampler; step 0.1' },
				nsfw_checker: nsfwChecker,
			},
		},
		rules: [
			{
				message: "'Num Frames' must be a multiple of 4",
				holds: ({ num_frames }) => !isSet(num_frames) || Number(num_frames) % 4 === 0,
			},
		],
	},
	{
		id: 'wan/2-2-animate-move',
		title: 'Wan 2.2 Animate - Move',
		about: 'moves the character of an image as in a video',
		family: 'Wan',
		operations: { motionControl: {} },
		seconds: 180,
		media: { video_url: 'video', image_url: 'image' },
		input: animate,
	},
	{
		id: 'wan/2-2-animate-replace',
		title: 'Wan 2.2 Animate - Replace',
		about: 'replaces the character of a video',
		family: 'Wan',
		operations: { motionControl: {} },
		seconds: 180,
		media: { video_url: 'video', image_url: 'image' },
		input: animate,
	},
];
