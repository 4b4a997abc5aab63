import { sumBy } from 'lodash';

import type { Json, JsonObject } from '../../json';
import { url, webUrl } from '../fields';
import { countOf, isOneOf, isSet, objectsOf } from '../rules';
import type { Model, Rule, Schema } from '../types';

const aspectRatio: Schema = { type: 'string', enum: ['16:9', '9:16', '1:1', 'auto'], default: '16:9', description: 'Output aspect ratio; auto is for a video without reference images' };
const duration: Schema = { type: 'integer', enum: [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], minimum: 3, maximum: 15, default: 5, description: 'Duration of the video in seconds' };
const durationText: Schema = { type: 'string', enum: ['3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14', '15'], default: '5', description: 'Duration of the video in seconds' };
const prompt: Schema = { type: 'string', minLength: 1, maxLength: 3072, description: 'Description of the video; up to 3072 characters' };
const resolution: Schema = { type: 'string', enum: ['720p', '1080p', '4k'], default: '720p', description: 'Output resolution' };

/** An element or subject is defined by two to four images, or by one video. */
const isImageSubject = ({ element_input_urls }: JsonObject): boolean => countOf(element_input_urls) > 1;
const imageSubjects = (elements?: Json): number => objectsOf(elements).filter(isImageSubject).length;
const videoSubjects = (elements?: Json): number => objectsOf(elements).length - imageSubjects(elements);

/** Whether the segment of every video subject lasts 3000 to 8000 milliseconds. */
const haveValidSegments = (elements?: Json): boolean =>
	objectsOf(elements).every((element) => {
		const { start_time = 0, end_time = 8000 } = element;
		const milliseconds = Number(end_time) - Number(start_time);
		return isImageSubject(element) || !(milliseconds < 3000 || milliseconds > 8000);
	});

const shot: Schema = {
	type: 'object',
	properties: {
		prompt: { type: 'string', minLength: 1, maxLength: 512, description: 'Description of the shot; up to 512 characters' },
		duration: { type: 'integer', minimum: 1, maximum: 15, description: 'Duration of the shot in seconds' },
	},
	required: ['prompt', 'duration'],
};

const subject: Schema = {
	type: 'object',
	properties: {
		name: { type: 'string', minLength: 1, description: 'Name that prompts refer to as @name; must be unique' },
		description: { type: 'string', minLength: 1, description: 'Description of the subject' },
		element_input_urls: { type: 'array', items: webUrl, minItems: 1, maxItems: 4, description: 'Two to four images, or one video' },
		element_input_audio_urls: { type: 'array', items: webUrl, default: [], description: 'Voice of the subject; 5 to 30 seconds' },
	},
	required: ['name', 'description', 'element_input_urls'],
};

const subjectWithSegment: Schema = {
	...subject,
	properties: {
		...subject.properties,
		start_time: { type: 'integer', default: 0, minimum: 0, description: 'Start of the video segment to use, in milliseconds' },
		end_time: { type: 'integer', default: 8000, minimum: 3000, description: 'End of the video segment to use, in milliseconds; 3000 to 8000 after its start' },
	},
};

const elements: Schema = { type: 'array', default: [], maxItems: 7, items: subject, description: 'Subjects that prompts refer to as @name' };
const multiPrompt: Schema = { type: 'array', maxItems: 6, items: shot, description: 'Shots of the video; up to 6' };
const shotRules: Rule[] = [
	{
		message: "'Shots' is required with 'Customize Multi Shots'",
		holds: ({ customize_multi_shots, multi_prompt }) => customize_multi_shots !== true || countOf(multi_prompt) > 0,
	},
	{
		message: "'Shots' requires 'Customize Multi Shots'",
		holds: ({ customize_multi_shots, multi_prompt }) => customize_multi_shots === true || countOf(multi_prompt) === 0,
	},
	{
		message: "'Customize Multi Shots' and 'Prefer Multi Shots' can't be combined",
		holds: ({ prefer_multi_shots, customize_multi_shots }) => prefer_multi_shots !== true || customize_multi_shots !== true,
	},
];

export const kling3: Model[] = [
	{
		id: 'kling-3.0/video',
		title: 'Kling 3.0',
		family: 'Kling',
		operations: {
			textToVideo: { required: ['prompt', 'aspect_ratio'], hidden: ['image_urls', 'multi_prompt', 'kling_elements'], fixed: { multi_shots: false } },
			imageToVideo: { required: ['prompt', 'image_urls'], hidden: ['multi_prompt'], fixed: { multi_shots: false } },
			storyboard: { required: ['multi_prompt', 'aspect_ratio'], hidden: ['prompt'], fixed: { multi_shots: true }, shared: { image_urls: 'first_frame_url' } },
		},
		seconds: 150,
		media: { image_urls: 'image', 'kling_elements[].element_input_urls': 'file', 'kling_elements[].element_input_audio_urls': 'audio' },
		shared: { image_urls: ['first_frame_url', 'last_frame_url'], mode: 'resolution' },
		input: {
			required: ['sound', 'duration', 'mode', 'multi_shots'],
			properties: {
				prompt: { type: 'string', description: 'Description of the video; single shot only; refer to elements as @name' },
				image_urls: { type: 'array', items: url, maxItems: 2, description: 'First frame, or first and last frame of a single shot; JPEG or PNG; max 10 MB each' },
				sound: { type: 'boolean', default: false, description: 'Whether to generate audio; costs more' },
				duration: durationText,
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '1:1'], default: '16:9', description: 'Output aspect ratio; ignored with input images' },
				mode: {
					type: 'string',
					enum: ['std', 'pro', '4K'],
					enumNames: { std: 'Standard (720p)', pro: 'Pro (1080p)', '4K': '4K (2160p)' },
					default: 'pro',
					description: 'Output resolution',
				},
				multi_shots: { type: 'boolean', default: false, description: 'Whether to generate multiple shots' },
				multi_prompt: {
					type: 'array',
					maxItems: 5,
					items: {
						type: 'object',
						properties: {
							prompt: { type: 'string', maxLength: 500, description: 'Description of the shot; each @name counts as 37 characters' },
							duration: { type: 'integer', minimum: 1, maximum: 12, description: 'Duration of the shot in seconds' },
						},
						required: ['prompt', 'duration'],
					},
					description: "Shots of the video; up to 5; an element's @name goes at the end of the shot's prompt",
				},
				kling_elements: {
					type: 'array',
					maxItems: 3,
					items: {
						type: 'object',
						properties: {
							name: { type: 'string', description: 'Name that prompts refer to as @name' },
							description: { type: 'string', description: 'Description of the element' },
							element_input_urls: {
								type: 'array',
								items: url,
								minItems: 1,
								maxItems: 4,
								description: 'Two to four images (JPEG or PNG, max 10 MB each), or one video (MP4 or MOV, at least 3 seconds)',
							},
							element_input_audio_urls: { type: 'array', items: url, description: 'Voice of the element; one file of 5 to 30 seconds' },
							start_time: { type: 'integer', default: 0, description: 'Start of the video segment to use, in milliseconds' },
							end_time: { type: 'integer', default: 8000, description: 'End of the video segment to use, in milliseconds; 3000 to 8000 after its start' },
						},
						required: ['name', 'description', 'element_input_urls'],
					},
					description: 'Elements that prompts refer to as @name; up to 3; require input images',
				},
			},
		},
		rules: [
			{
				message: "'Prompt' is required without 'Multi Shots'",
				holds: ({ multi_shots, prompt }) => multi_shots === true || isSet(prompt),
			},
			{
				message: "'Shots' is required with 'Multi Shots'",
				holds: ({ multi_shots, multi_prompt }) => multi_shots !== true || countOf(multi_prompt) > 0,
			},
			{
				message: "'Aspect Ratio' is required without input images",
				holds: ({ image_urls, aspect_ratio }) => [image_urls, aspect_ratio].some(isSet),
			},
			{
				message: "'Multi Shots' allows up to 1 input image",
				holds: ({ multi_shots, image_urls }) => multi_shots !== true || countOf(image_urls) <= 1,
			},
			{
				message: "'Shots' can't be longer than 'Duration (Seconds)' in total",
				holds: ({ multi_shots, multi_prompt, duration }) => multi_shots !== true || !(sumBy(objectsOf(multi_prompt), (shot) => Number(shot.duration)) > Number(duration)),
			},
			{
				message: 'Input images are required if a prompt refers to an element',
				holds: ({ kling_elements, prompt, multi_prompt, image_urls }) => {
					const prompts = [prompt, ...objectsOf(multi_prompt).map((shot) => shot.prompt)];
					return !isSet(kling_elements) || isSet(image_urls) || !prompts.some((text) => String(text).includes('@'));
				},
			},
			{
				message: "The video segment in 'Kling Elements' must last 3000 to 8000 milliseconds",
				holds: ({ kling_elements }) => haveValidSegments(kling_elements),
			},
		],
	},
	{
		id: 'kling/v3-turbo-text-to-video',
		title: 'Kling 3.0 Turbo - Text to Video',
		family: 'Kling',
		operations: { textToVideo: {} },
		seconds: 90,
		media: {},
		input: {
			required: ['prompt', 'duration', 'aspect_ratio', 'resolution'],
			properties: {
				prompt: { type: 'string', maxLength: 2500, description: 'Description of the video; can contain lines to speak; up to 2500 characters' },
				duration: durationText,
				aspect_ratio: { type: 'string', enum: ['1:1', '9:16', '16:9'], default: '16:9', description: 'Output aspect ratio' },
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '720p', description: 'Output resolution' },
			},
		},
	},
	{
		id: 'kling/v3-turbo-image-to-video',
		title: 'Kling 3.0 Turbo - Image to Video',
		family: 'Kling',
		operations: { imageToVideo: {} },
		seconds: 90,
		media: { image_urls: 'image' },
		shared: { image_urls: 'first_frame_url' },
		input: {
			required: ['prompt', 'image_urls', 'duration', 'resolution'],
			properties: {
				prompt: { type: 'string', maxLength: 2500, description: 'Description of the video; can contain lines to speak; up to 2500 characters' },
				image_urls: { type: 'array', items: url, minItems: 1, description: 'First frame of the video; JPEG or PNG; max 10 MB' },
				duration: durationText,
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '720p', description: 'Output resolution' },
			},
		},
	},
	{
		id: 'kling-3.0/motion-control',
		title: 'Kling 3.0 - Motion Control',
		family: 'Kling',
		operations: { motionControl: {} },
		seconds: 300,
		media: { input_urls: 'image', video_urls: 'video' },
		shared: { mode: 'resolution' },
		input: {
			required: ['input_urls', 'video_urls'],
			properties: {
				prompt: { type: 'string', maxLength: 2500, description: 'Description of the video; up to 2500 characters' },
				input_urls: {
					type: 'array',
					items: url,
					minItems: 1,
					maxItems: 1,
					description: 'Character image showing head, shoulders and torso; JPEG or PNG; max 10 MB; sides over 340 pixels; aspect ratio 2:5 to 5:2',
				},
				video_urls: {
					type: 'array',
					items: url,
					minItems: 1,
					maxItems: 1,
					description: 'Motion reference video showing head, shoulders and torso; MP4 or MOV; max 100 MB; 3 to 30 seconds; sides over 340 pixels; aspect ratio 2:5 to 5:2',
				},
				mode: { type: 'string', enum: ['720p', '1080p'], description: 'Output resolution' },
				character_orientation: {
					type: 'string',
					enum: ['video', 'image'],
					default: 'video',
					description: 'Direction the character faces: as in the image, with a video of up to 10 seconds, or as in the video',
				},
				background_source: { type: 'string', enum: ['input_video', 'input_image'], default: 'input_video', description: 'Source of the background' },
			},
		},
	},
	{
		id: 'kling-3.0-omni/text-to-video',
		title: 'Kling 3.0 Omni - Text to Video',
		family: 'Kling',
		operations: {
			textToVideo: { hidden: ['multi_prompt'], fixed: { customize_multi_shots: false } },
			storyboard: { required: ['multi_prompt'], hidden: ['prefer_multi_shots'], fixed: { customize_multi_shots: true } },
		},
		seconds: 150,
		media: { 'elements[].element_input_urls': 'file', 'elements[].element_input_audio_urls': 'audio' },
		input: {
			required: ['prompt'],
			properties: {
				prompt,
				customize_multi_shots: { type: 'boolean', default: true, description: 'Whether to define each shot in Shots' },
				prefer_multi_shots: { type: 'boolean', description: 'Whether to let the model plan multiple shots' },
				multi_prompt: { type: 'array', default: [], maxItems: 6, items: shot, description: 'Shots of the video; up to 6' },
				elements,
				audio: { type: 'boolean', default: false, description: 'Whether to generate audio' },
				resolution,
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '1:1'], default: '16:9', description: 'Output aspect ratio' },
				duration,
			},
		},
		rules: [
			{
				message: "'Shots' is required unless 'Customize Multi Shots' is off",
				holds: ({ customize_multi_shots, multi_prompt }) => customize_multi_shots === false || countOf(multi_prompt) > 0,
			},
			{
				message: "'Shots' requires 'Customize Multi Shots'",
				holds: ({ customize_multi_shots, multi_prompt }) => customize_multi_shots !== false || countOf(multi_prompt) === 0,
			},
			{
				message: "'Prefer Multi Shots' requires 'Customize Multi Shots' to be off",
				holds: ({ prefer_multi_shots, customize_multi_shots }) => prefer_multi_shots !== true || customize_multi_shots === false,
			},
			{
				message: "'Elements' can have up to 3 video subjects",
				holds: ({ elements }) => videoSubjects(elements) <= 3,
			},
			{
				message: "'Elements' can have up to 4 image subjects with a video subject",
				holds: ({ elements }) => videoSubjects(elements) === 0 || imageSubjects(elements) <= 4,
			},
		],
	},
	{
		id: 'kling-3.0-omni/image-to-video',
		title: 'Kling 3.0 Omni - Image to Video',
		family: 'Kling',
		operations: {
			imageToVideo: { hidden: ['multi_prompt', 'aspect_ratio'], fixed: { customize_multi_shots: false } },
			storyboard: { required: ['multi_prompt'], hidden: ['prefer_multi_shots'], fixed: { customize_multi_shots: true } },
		},
		seconds: 150,
		media: { image_urls: 'image', 'elements[].element_input_urls': 'file', 'elements[].element_input_audio_urls': 'audio' },
		shared: { image_urls: ['first_frame_url', 'last_frame_url'] },
		input: {
			required: ['prompt', 'image_urls'],
			properties: {
				prompt,
				image_urls: {
					type: 'array',
					items: webUrl,
					minItems: 1,
					maxItems: 2,
					description: 'First frame, or first and last frame; JPEG or PNG; max 50 MB each; sides of at least 300 pixels; aspect ratio 0.4 to 2.5',
				},
				duration,
				resolution,
				aspect_ratio: {
					type: 'string',
					enum: ['16:9', '9:16', '1:1', 'auto'],
					default: 'auto',
					description: 'Output aspect ratio; auto matches the image and is required without Customize Multi Shots',
				},
				audio: { type: 'boolean', description: 'Whether to generate audio' },
				customize_multi_shots: { type: 'boolean', description: 'Whether to define each shot in Shots' },
				prefer_multi_shots: { type: 'boolean', description: 'Whether to let the model plan multiple shots' },
				multi_prompt: multiPrompt,
				elements: { type: 'array', default: [], maxItems: 3, items: subjectWithSegment, description: 'Subjects that prompts refer to as @name; up to 3' },
			},
		},
		rules: [
			...shotRules,
			{
				message: "'Aspect Ratio' other than auto requires 'Customize Multi Shots'",
				holds: ({ aspect_ratio, customize_multi_shots }) => !isOneOf(aspect_ratio, '16:9', '9:16', '1:1') || customize_multi_shots === true,
			},
			{
				message: "The video segment in 'Elements' must last 3000 to 8000 milliseconds",
				holds: ({ elements }) => haveValidSegments(elements),
			},
		],
	},
	{
		id: 'kling-3.0-omni/reference-to-video',
		title: 'Kling 3.0 Omni - Reference to Video',
		family: 'Kling',
		operations: {
			referenceToVideo: { hidden: ['multi_prompt'], fixed: { customize_multi_shots: false } },
			storyboard: { required: ['multi_prompt'], hidden: ['prefer_multi_shots'], fixed: { customize_multi_shots: true } },
		},
		seconds: 180,
		media: { image_urls: 'image', video_urls: 'video', 'elements[].element_input_urls': 'file', 'elements[].element_input_audio_urls': 'audio' },
		shared: { image_urls: 'reference_image_urls', video_urls: 'reference_video_urls' },
		input: {
			required: ['prompt'],
			properties: {
				prompt,
				image_urls: {
					type: 'array',
					items: webUrl,
					maxItems: 7,
					description: 'Reference images; JPEG or PNG; max 50 MB each; sides of at least 300 pixels; aspect ratio 0.4 to 2.5; up to 7, or 4 with a video',
				},
				video_urls: {
					type: 'array',
					items: webUrl,
					minItems: 1,
					maxItems: 1,
					description: 'Reference video; MP4 or MOV; max 200 MB; 3 to 15.5 seconds; sides 700 to 4553 pixels; aspect ratio 0.4 to 2; 24 to 60 frames per second',
				},
				duration,
				resolution,
				aspect_ratio: aspectRatio,
				audio: { type: 'boolean', description: 'Whether to generate audio; must be off with a reference video' },
				customize_multi_shots: { type: 'boolean', description: 'Whether to define each shot in Shots' },
				prefer_multi_shots: { type: 'boolean', description: 'Whether to let the model plan multiple shots; not with a reference video' },
				multi_prompt: multiPrompt,
				elements: { type: 'array', default: [], maxItems: 7, items: subjectWithSegment, description: 'Subjects that prompts refer to as @name' },
			},
		},
		rules: [
			{
				message: 'Reference images or videos are required',
				holds: ({ image_urls, video_urls }) => [image_urls, video_urls].some(isSet),
			},
			{
				message: "'Sound' must be off with a reference video",
				holds: ({ video_urls, audio }) => !isSet(video_urls) || audio === false,
			},
			{
				message: "'Aspect Ratio' must be auto for a reference video without reference images",
				holds: ({ video_urls, image_urls, aspect_ratio }) => !isSet(video_urls) || isSet(image_urls) || aspect_ratio === 'auto',
			},
			{
				message: "'Aspect Ratio' auto requires a reference video without reference images",
				holds: ({ image_urls, aspect_ratio }) => !isSet(image_urls) || aspect_ratio !== 'auto',
			},
			{
				message: "'Prefer Multi Shots' can't be combined with a reference video",
				holds: ({ video_urls, prefer_multi_shots }) => !isSet(video_urls) || prefer_multi_shots !== true,
			},
			{
				message: "'Elements' requires 'Customize Multi Shots' with a reference video",
				holds: ({ video_urls, customize_multi_shots, elements }) => !isSet(video_urls) || customize_multi_shots === true || countOf(elements) === 0,
			},
			...shotRules,
			{
				message: 'Reference images and image subjects can be up to 7 in total',
				holds: ({ image_urls, elements }) => countOf(image_urls) + imageSubjects(elements) <= 7,
			},
			{
				message: 'Reference images and image subjects can be up to 4 in total with a video',
				holds: ({ image_urls, video_urls, elements }) => {
					const hasVideo = isSet(video_urls) || (videoSubjects(elements) > 0 && imageSubjects(elements) > 0);
					return !hasVideo || countOf(image_urls) + imageSubjects(elements) <= 4;
				},
			},
			{
				message: "'Elements' can have up to 3 video subjects",
				holds: ({ elements }) => videoSubjects(elements) <= 3,
			},
			{
				message: "'Elements' can have up to 1 video subject with a reference video",
				holds: ({ video_urls, elements }) => !isSet(video_urls) || videoSubjects(elements) <= 1,
			},
			{
				message: "A video subject can't be combined with images and a reference video",
				holds: ({ video_urls, image_urls, elements }) => !isSet(video_urls) || videoSubjects(elements) === 0 || countOf(image_urls) + imageSubjects(elements) === 0,
			},
			{
				message: "The video segment in 'Elements' must last 3000 to 8000 milliseconds",
				holds: ({ elements }) => haveValidSegments(elements),
			},
		],
	},
	{
		id: 'kling-3.0-omni/transformation',
		title: 'Kling 3.0 Omni - Transformation',
		family: 'Kling',
		operations: { videoToVideo: {} },
		seconds: 240,
		media: { video_urls: 'video', image_urls: 'image', 'elements[].element_input_urls': 'file', 'elements[].element_input_audio_urls': 'audio' },
		shared: { image_urls: 'reference_image_urls' },
		input: {
			required: ['prompt', 'video_urls'],
			properties: {
				prompt: { type: 'string', minLength: 1, maxLength: 3072, description: 'Description of the edit; up to 3072 characters' },
				video_urls: {
					type: 'array',
					items: webUrl,
					minItems: 1,
					maxItems: 1,
					description: 'Video to edit; MP4 or MOV; max 200 MB; 3 to 15.5 seconds; sides 700 to 4553 pixels; aspect ratio 0.4 to 2; 24 to 60 frames per second',
				},
				image_urls: { type: 'array', items: webUrl, maxItems: 4, description: 'Reference images; JPEG or PNG; max 50 MB each; sides of at least 300 pixels; aspect ratio 0.4 to 2.5; up to 4' },
				duration: { type: 'string', description: 'Duration of the video in seconds; requires reference images' },
				resolution,
				aspect_ratio: aspectRatio,
				audio: { type: 'boolean', description: 'Whether to generate audio' },
				elements,
			},
		},
		rules: [
			{
				message: "'Aspect Ratio' must be auto without reference images",
				holds: ({ image_urls, aspect_ratio }) => isSet(image_urls) || !isOneOf(aspect_ratio, '16:9', '9:16', '1:1'),
			},
			{
				message: "'Aspect Ratio' auto can't be combined with reference images",
				holds: ({ image_urls, aspect_ratio }) => !isSet(image_urls) || aspect_ratio !== 'auto',
			},
			{
				message: "'Duration (Seconds)' requires reference images",
				holds: ({ duration, image_urls }) => !isSet(duration) || isSet(image_urls),
			},
			{
				message: 'Reference images and image subjects can be up to 4 in total',
				holds: ({ image_urls, elements }) => !isSet(image_urls) || countOf(image_urls) + imageSubjects(elements) <= 4,
			},
			{
				message: "A video subject can't be combined with reference images",
				holds: ({ image_urls, elements }) => !isSet(image_urls) || videoSubjects(elements) === 0,
			},
			{
				message: "'Elements' can have up to 3 video subjects",
				holds: ({ elements }) => videoSubjects(elements) <= 3,
			},
			{
				message: "'Elements' can have up to 4 image subjects with a video subject",
				holds: ({ elements }) => videoSubjects(elements) === 0 || imageSubjects(elements) <= 4,
			},
		],
	},
];
