import { url, webUrl } from '../fields';
import { has, hasAny, is, isNot, lacks, some } from '../rules';
import type { EntryCount, Model, Rule, Schema } from '../types';

/** An element or subject that is shown by several pictures, and one that is shown by one video. */
const pictureSubject: Schema = { properties: { element_input_urls: { minItems: 2 } } };
const videoSubject: Schema = { properties: { element_input_urls: { maxItems: 1 } } };

/** What counts as a picture for the limits of Omni. */
const pictures: EntryCount[] = [{ field: 'image_urls' }, { field: 'elements', where: pictureSubject }];

const shot: Schema = {
	type: 'object',
	properties: {
		prompt: { type: 'string', minLength: 1, maxLength: 512, description: 'What the shot shows; up to 512 characters' },
		duration: { type: 'integer', minimum: 1, maximum: 15, description: 'Length of the shot in seconds' },
	},
	required: ['prompt', 'duration'],
};

const subject: Schema = {
	type: 'object',
	properties: {
		name: { type: 'string', minLength: 1, description: 'Name that prompts use as @name; each subject has its own' },
		description: { type: 'string', minLength: 1, description: 'What the subject is' },
		element_input_urls: { type: 'array', items: webUrl, minItems: 1, maxItems: 4, description: 'Two to four pictures, or one video' },
		element_input_audio_urls: { type: 'array', items: webUrl, default: [], description: 'Voice of the subject; 5 to 30 seconds' },
	},
	required: ['name', 'description', 'element_input_urls'],
};

const subjectWithPart: Schema = {
	type: 'object',
	properties: {
		name: { type: 'string', minLength: 1, description: 'Name that prompts use as @name; each subject has its own' },
		description: { type: 'string', minLength: 1, description: 'What the subject is' },
		element_input_urls: { type: 'array', items: webUrl, minItems: 1, maxItems: 4, description: 'Two to four pictures, or one video' },
		element_input_audio_urls: { type: 'array', items: webUrl, default: [], description: 'Voice of the subject; 5 to 30 seconds' },
		start_time: { type: 'integer', default: 0, minimum: 0, description: 'Start of the part of the video to use, in milliseconds' },
		end_time: { type: 'integer', default: 8000, minimum: 3000, description: 'End of the part of the video to use, in milliseconds; 3000 to 8000 after its start' },
	},
	required: ['name', 'description', 'element_input_urls'],
};

const shotRules: Rule[] = [
	{
		message: "'Shots' is needed with 'Customize Multi Shots'",
		if: is('customize_multi_shots', true),
		then: { required: ['multi_prompt'], properties: { multi_prompt: { minItems: 1 } } },
	},
	{
		message: "'Shots' works only with 'Customize Multi Shots'",
		if: isNot('customize_multi_shots', true),
		then: { properties: { multi_prompt: { maxItems: 0 } } },
	},
	{
		message: "'Customize Multi Shots' and 'Prefer Multi Shots' exclude each other",
		if: is('prefer_multi_shots', true),
		then: isNot('customize_multi_shots', true),
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
			storyboard: { required: ['multi_prompt', 'aspect_ratio'], hidden: ['prompt'], fixed: { multi_shots: true } },
		},
		seconds: 150,
		media: { image_urls: 'image', 'kling_elements[].element_input_urls': 'file', 'kling_elements[].element_input_audio_urls': 'audio' },
		input: {
			required: ['sound', 'duration', 'mode', 'multi_shots'],
			properties: {
				prompt: { type: 'string', description: 'What the video shows; counts for a single shot; elements are written as @name' },
				image_urls: { type: 'array', items: url, maxItems: 2, description: 'First frame, or first and last frame of a single shot; JPEG or PNG; max 10 MB each' },
				sound: { type: 'boolean', default: false, description: 'Whether the video has sound; costs more' },
				duration: { type: 'string', enum: ['3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14', '15'], default: '5', description: 'Length of the video in seconds' },
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '1:1'], default: '16:9', description: 'Width to height of the result; with pictures it follows them' },
				mode: {
					type: 'string',
					enum: ['std', 'pro', '4K'],
					enumNames: { std: 'Standard (720p)', pro: 'Pro (1080p)', '4K': '4K (2160p)' },
					default: 'pro',
					description: 'Resolution of the result',
				},
				multi_shots: { type: 'boolean', default: false, description: 'Whether the video is made of several shots' },
				multi_prompt: {
					type: 'array',
					maxItems: 5,
					items: {
						type: 'object',
						properties: {
							prompt: { type: 'string', maxLength: 500, description: 'What the shot shows; each @name counts as 37 characters' },
							duration: { type: 'integer', minimum: 1, maximum: 12, description: 'Length of the shot in seconds' },
						},
						required: ['prompt', 'duration'],
					},
					description: "Shots of the video; up to 5; @name of an element stands at the end of a shot's prompt",
				},
				kling_elements: {
					type: 'array',
					maxItems: 3,
					items: {
						type: 'object',
						properties: {
							name: { type: 'string', description: 'Name that prompts use as @name' },
							description: { type: 'string', description: 'What the element is' },
							element_input_urls: {
								type: 'array',
								items: url,
								minItems: 1,
								maxItems: 4,
								description: 'Two to four pictures, JPEG or PNG, max 10 MB each; or one video, MP4 or MOV, at least 3 seconds',
							},
							element_input_audio_urls: { type: 'array', items: url, description: 'Voice of the element; one file of 5 to 30 seconds' },
							start_time: { type: 'integer', default: 0, description: 'Start of the part of the video to use, in milliseconds' },
							end_time: { type: 'integer', default: 8000, description: 'End of the part of the video to use, in milliseconds; 3000 to 8000 after its start' },
						},
						required: ['name', 'description', 'element_input_urls'],
					},
					description: 'Elements that prompts refer to by @name; up to 3; they need input pictures',
				},
			},
		},
		rules: [
			{
				message: "'Prompt' is needed without 'Multi Shots'",
				if: isNot('multi_shots', true),
				then: has('prompt'),
			},
			{
				message: "'Shots' is needed with 'Multi Shots'",
				if: is('multi_shots', true),
				then: { required: ['multi_prompt'], properties: { multi_prompt: { minItems: 1 } } },
			},
			{
				message: "'Aspect Ratio' is needed without input pictures",
				if: lacks('image_urls'),
				then: has('aspect_ratio'),
			},
			{
				message: "'Multi Shots' takes up to 1 input picture",
				if: is('multi_shots', true),
				then: { properties: { image_urls: { maxItems: 1 } } },
			},
			{
				message: "The 'Shots' can't be longer than 'Duration' together",
				if: is('multi_shots', true),
				maxSumOf: { array: 'multi_prompt', of: 'duration', max: 'duration' },
			},
			{
				message: 'Input pictures are needed where a prompt names an element',
				if: {
					required: ['kling_elements'],
					anyOf: [{ required: ['prompt'], properties: { prompt: { pattern: '@' } } }, some('multi_prompt', { required: ['prompt'], properties: { prompt: { pattern: '@' } } })],
				},
				then: has('image_urls'),
			},
			{
				message: "The part of a video of 'Kling Elements' has to last 3000 to 8000 milliseconds",
				span: { array: 'kling_elements', from: 'start_time', to: 'end_time', min: 3000, max: 8000, where: videoSubject },
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
				prompt: { type: 'string', maxLength: 2500, description: 'What the video shows; lines to speak may stand in it; up to 2500 characters' },
				duration: { type: 'string', enum: ['3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14', '15'], default: '5', description: 'Length of the video in seconds' },
				aspect_ratio: { type: 'string', enum: ['1:1', '9:16', '16:9'], default: '16:9', description: 'Width to height of the result' },
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '720p', description: 'Resolution of the result' },
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
		input: {
			required: ['prompt', 'image_urls', 'duration', 'resolution'],
			properties: {
				prompt: { type: 'string', maxLength: 2500, description: 'What happens in the video; lines to speak may stand in it; up to 2500 characters' },
				image_urls: { type: 'array', items: url, minItems: 1, description: 'Picture that the video starts from; JPEG or PNG; max 10 MB' },
				duration: { type: 'string', enum: ['3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14', '15'], default: '5', description: 'Length of the video in seconds' },
				resolution: { type: 'string', enum: ['720p', '1080p'], default: '720p', description: 'Resolution of the result' },
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
		input: {
			required: ['input_urls', 'video_urls'],
			properties: {
				prompt: { type: 'string', maxLength: 2500, description: 'Guidance for the result; up to 2500 characters' },
				input_urls: {
					type: 'array',
					items: url,
					minItems: 1,
					maxItems: 1,
					description: 'Picture of the character, with head, shoulders and torso; JPEG or PNG; max 10 MB; sides over 340 pixels; aspect ratio 2:5 to 5:2',
				},
				video_urls: {
					type: 'array',
					items: url,
					minItems: 1,
					maxItems: 1,
					description: 'Video whose movement is taken, with head, shoulders and torso; MP4 or MOV; max 100 MB; 3 to 30 seconds; sides over 340 pixels; aspect ratio 2:5 to 5:2',
				},
				mode: { type: 'string', enum: ['720p', '1080p'], description: 'Resolution of the result' },
				character_orientation: {
					type: 'string',
					enum: ['video', 'image'],
					default: 'video',
					description: 'Which way the character faces: as in the picture, with a video of up to 10 seconds, or as in the video',
				},
				background_source: { type: 'string', enum: ['input_video', 'input_image'], default: 'input_video', description: 'Where the background comes from' },
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
				prompt: { type: 'string', minLength: 1, maxLength: 3072, description: 'What the video shows; up to 3072 characters' },
				customize_multi_shots: { type: 'boolean', default: true, description: 'Whether the shots are described one by one in Multi Prompt' },
				prefer_multi_shots: { type: 'boolean', description: 'Whether to let the model plan several shots by itself' },
				multi_prompt: { type: 'array', default: [], maxItems: 6, items: shot, description: 'Shots of the video; up to 6' },
				elements: { type: 'array', default: [], maxItems: 7, items: subject, description: 'Subjects that prompts refer to by @name' },
				audio: { type: 'boolean', default: false, description: 'Whether the video has sound' },
				resolution: { type: 'string', enum: ['720p', '1080p', '4k'], default: '720p', description: 'Resolution of the result' },
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '1:1'], default: '16:9', description: 'Width to height of the result' },
				duration: { type: 'integer', enum: [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], minimum: 3, maximum: 15, default: 5, description: 'Length of the video in seconds' },
			},
		},
		rules: [
			{
				message: "'Shots' is needed unless 'Customize Multi Shots' is off",
				if: isNot('customize_multi_shots', false),
				then: { required: ['multi_prompt'], properties: { multi_prompt: { minItems: 1 } } },
			},
			{
				message: "'Shots' works only with 'Customize Multi Shots'",
				if: is('customize_multi_shots', false),
				then: { properties: { multi_prompt: { maxItems: 0 } } },
			},
			{
				message: "'Prefer Multi Shots' needs 'Customize Multi Shots' to be off",
				if: is('prefer_multi_shots', true),
				then: is('customize_multi_shots', false),
			},
			{
				message: "'Elements' can have up to 3 subjects made from a video",
				maxItemsOf: { fields: [{ field: 'elements', where: videoSubject }], max: 3 },
			},
			{
				message: "'Elements' can have up to 4 subjects made from pictures next to one made from a video",
				if: some('elements', videoSubject),
				maxItemsOf: { fields: [{ field: 'elements', where: pictureSubject }], max: 4 },
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
		input: {
			required: ['prompt', 'image_urls'],
			properties: {
				prompt: { type: 'string', minLength: 1, maxLength: 3072, description: 'What happens in the video; up to 3072 characters' },
				image_urls: {
					type: 'array',
					items: webUrl,
					minItems: 1,
					maxItems: 2,
					description: 'First frame, or first and last frame; JPEG or PNG; max 50 MB each; sides from 300 pixels; aspect ratio 0.4 to 2.5',
				},
				duration: { type: 'integer', enum: [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], minimum: 3, maximum: 15, default: 5, description: 'Length of the video in seconds' },
				resolution: { type: 'string', enum: ['720p', '1080p', '4k'], default: '720p', description: 'Resolution of the result' },
				aspect_ratio: {
					type: 'string',
					enum: ['16:9', '9:16', '1:1', 'auto'],
					default: 'auto',
					description: 'Width to height of the result; auto, which follows the picture, is needed without Customize Multi Shots',
				},
				audio: { type: 'boolean', description: 'Whether the video has sound' },
				customize_multi_shots: { type: 'boolean', description: 'Whether the shots are described one by one in Multi Prompt' },
				prefer_multi_shots: { type: 'boolean', description: 'Whether to let the model plan several shots by itself' },
				multi_prompt: { type: 'array', maxItems: 6, items: shot, description: 'Shots of the video; up to 6' },
				elements: { type: 'array', default: [], maxItems: 3, items: subjectWithPart, description: 'Subjects that prompts refer to by @name; up to 3' },
			},
		},
		rules: [
			...shotRules,
			{
				message: "'Aspect Ratio' other than auto needs 'Customize Multi Shots'",
				if: is('aspect_ratio', '16:9', '9:16', '1:1'),
				then: is('customize_multi_shots', true),
			},
			{
				message: "The part of a video of 'Elements' has to last 3000 to 8000 milliseconds",
				span: { array: 'elements', from: 'start_time', to: 'end_time', min: 3000, max: 8000, where: videoSubject },
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
		input: {
			required: ['prompt'],
			properties: {
				prompt: { type: 'string', minLength: 1, maxLength: 3072, description: 'What the video shows; up to 3072 characters' },
				image_urls: {
					type: 'array',
					items: webUrl,
					maxItems: 7,
					description: 'Reference pictures; JPEG or PNG; max 50 MB each; sides from 300 pixels; aspect ratio 0.4 to 2.5; up to 7, with a video up to 4',
				},
				video_urls: {
					type: 'array',
					items: webUrl,
					minItems: 1,
					maxItems: 1,
					description: 'Reference video; MP4 or MOV; max 200 MB; 3 to 15.5 seconds; sides 700 to 4553 pixels; aspect ratio 0.4 to 2; 24 to 60 frames per second',
				},
				duration: { type: 'integer', enum: [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], minimum: 3, maximum: 15, default: 5, description: 'Length of the video in seconds' },
				resolution: { type: 'string', enum: ['720p', '1080p', '4k'], default: '720p', description: 'Resolution of the result' },
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '1:1', 'auto'], default: '16:9', description: 'Width to height of the result; auto is for a video without pictures' },
				audio: { type: 'boolean', description: 'Whether the video has sound; has to be off with a reference video' },
				customize_multi_shots: { type: 'boolean', description: 'Whether the shots are described one by one in Multi Prompt' },
				prefer_multi_shots: { type: 'boolean', description: 'Whether to let the model plan several shots by itself; only without a reference video' },
				multi_prompt: { type: 'array', maxItems: 6, items: shot, description: 'Shots of the video; up to 6' },
				elements: { type: 'array', default: [], maxItems: 7, items: subjectWithPart, description: 'Subjects that prompts refer to by @name' },
			},
		},
		rules: [
			{
				message: 'Reference pictures or a reference video are needed',
				then: hasAny('image_urls', 'video_urls'),
			},
			{
				message: "'Audio' has to be off with a reference video",
				if: has('video_urls'),
				then: is('audio', false),
			},
			{
				message: "'Aspect Ratio' has to be auto for a reference video without pictures",
				if: { allOf: [has('video_urls'), lacks('image_urls')] },
				then: is('aspect_ratio', 'auto'),
			},
			{
				message: "'Aspect Ratio' auto works only for a reference video without pictures",
				if: has('image_urls'),
				then: isNot('aspect_ratio', 'auto'),
			},
			{
				message: "'Prefer Multi Shots' works only without a reference video",
				if: has('video_urls'),
				then: isNot('prefer_multi_shots', true),
			},
			{
				message: "'Elements' needs 'Customize Multi Shots' with a reference video",
				if: { allOf: [has('video_urls'), isNot('customize_multi_shots', true)] },
				then: { properties: { elements: { maxItems: 0 } } },
			},
			...shotRules,
			{
				message: 'Reference pictures and subjects made from pictures can be up to 7 together',
				maxItemsOf: { fields: pictures, max: 7 },
			},
			{
				message: 'Reference pictures and subjects made from pictures can be up to 4 together next to a video',
				if: { anyOf: [has('video_urls'), { allOf: [some('elements', videoSubject), some('elements', pictureSubject)] }] },
				maxItemsOf: { fields: pictures, max: 4 },
			},
			{
				message: "'Elements' can have up to 3 subjects made from a video",
				maxItemsOf: { fields: [{ field: 'elements', where: videoSubject }], max: 3 },
			},
			{
				message: "'Elements' can have up to 1 subject made from a video next to a reference video",
				if: has('video_urls'),
				maxItemsOf: { fields: [{ field: 'elements', where: videoSubject }], max: 1 },
			},
			{
				message: "A subject made from a video can't be combined with pictures next to a reference video",
				if: { allOf: [has('video_urls'), some('elements', videoSubject)] },
				maxItemsOf: { fields: pictures, max: 0 },
			},
			{
				message: "The part of a video of 'Elements' has to last 3000 to 8000 milliseconds",
				span: { array: 'elements', from: 'start_time', to: 'end_time', min: 3000, max: 8000, where: videoSubject },
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
		input: {
			required: ['prompt', 'video_urls'],
			properties: {
				prompt: { type: 'string', minLength: 1, maxLength: 3072, description: 'What to change in the video; up to 3072 characters' },
				video_urls: {
					type: 'array',
					items: webUrl,
					minItems: 1,
					maxItems: 1,
					description: 'Video to change; MP4 or MOV; max 200 MB; 3 to 15.5 seconds; sides 700 to 4553 pixels; aspect ratio 0.4 to 2; 24 to 60 frames per second',
				},
				image_urls: { type: 'array', items: webUrl, maxItems: 4, description: 'Reference pictures; JPEG or PNG; max 50 MB each; sides from 300 pixels; aspect ratio 0.4 to 2.5; up to 4' },
				duration: { type: 'string', description: 'Length of the video in seconds; only with pictures' },
				resolution: { type: 'string', enum: ['720p', '1080p', '4k'], default: '720p', description: 'Resolution of the result' },
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '1:1', 'auto'], default: '16:9', description: 'Width to height of the result; auto is for a video without pictures' },
				audio: { type: 'boolean', description: 'Whether the video has sound' },
				elements: { type: 'array', default: [], maxItems: 7, items: subject, description: 'Subjects that prompts refer to by @name' },
			},
		},
		rules: [
			{
				message: "'Aspect Ratio' has to be auto without reference pictures",
				if: lacks('image_urls'),
				then: isNot('aspect_ratio', '16:9', '9:16', '1:1'),
			},
			{
				message: "'Aspect Ratio' auto works only without reference pictures",
				if: has('image_urls'),
				then: isNot('aspect_ratio', 'auto'),
			},
			{
				message: "'Duration' needs reference pictures",
				if: has('duration'),
				then: has('image_urls'),
			},
			{
				message: 'Reference pictures and subjects made from pictures can be up to 4 together',
				if: has('image_urls'),
				maxItemsOf: { fields: pictures, max: 4 },
			},
			{
				message: "A subject made from a video can't be combined with reference pictures",
				if: has('image_urls'),
				maxItemsOf: { fields: [{ field: 'elements', where: videoSubject }], max: 0 },
			},
			{
				message: "'Elements' can have up to 3 subjects made from a video",
				maxItemsOf: { fields: [{ field: 'elements', where: videoSubject }], max: 3 },
			},
			{
				message: "'Elements' can have up to 4 subjects made from pictures next to one made from a video",
				if: some('elements', videoSubject),
				maxItemsOf: { fields: [{ field: 'elements', where: pictureSubject }], max: 4 },
			},
		],
	},
];
