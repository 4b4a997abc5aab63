import { seed } from '../fields';
import { isSet } from '../rules';
import type { Model, Rule, Schema } from '../types';

const watermark: Schema = { type: 'string', description: 'Watermark text to add' };
const quality: Schema = { type: 'string', enum: ['720p', '1080p'], description: 'Output resolution' };

const durationRule: Rule = {
	message: "'Resolution' 1080p can't be combined with 'Duration (Seconds)' 10",
	holds: ({ quality, duration }) => quality !== '1080p' || duration !== 10,
};

export const runway: Model[] = [
	{
		id: 'runway',
		title: 'Runway',
		family: 'Runway',
		operations: { textToVideo: { required: ['aspect_ratio'], hidden: ['image_url'] }, imageToVideo: { required: ['image_url'], hidden: ['aspect_ratio'] } },
		seconds: 90,
		media: { image_url: 'image' },
		shared: { image_url: 'first_frame_url', quality: 'resolution' },
		input: {
			required: ['prompt', 'duration', 'quality'],
			properties: {
				prompt: { type: 'string', maxLength: 1800, description: 'Description of the video; up to 1800 characters' },
				image_url: { type: 'string', format: 'uri', description: 'First frame of the video' },
				duration: { type: 'number', enum: [5, 10], description: 'Duration of the video in seconds' },
				quality,
				aspect_ratio: { type: 'string', enum: ['16:9', '4:3', '1:1', '3:4', '9:16'], description: 'Output aspect ratio' },
				watermark,
			},
		},
		rules: [
			durationRule,
			{
				message: "'Aspect Ratio' is required without input images",
				holds: ({ image_url, aspect_ratio }) => [image_url, aspect_ratio].some(isSet),
			},
		],
	},
	{
		id: 'runway/extend-ai-video',
		title: 'Runway - Extend',
		about: 'extends videos of Runway',
		family: 'Runway',
		operations: { extend: {} },
		seconds: 90,
		media: {},
		shared: { quality: 'resolution' },
		input: {
			required: ['prompt', 'task_id', 'quality'],
			properties: {
				prompt: { type: 'string', description: 'How the video continues' },
				task_id: { type: 'string', description: 'ID of the Runway task that generated the video' },
				quality,
				watermark,
			},
		},
	},
	{
		id: 'runway/gen4-aleph',
		title: 'Runway Aleph',
		about: 'edits with a reference image',
		family: 'Runway',
		operations: { videoToVideo: {} },
		seconds: 180,
		media: { video_url: 'video', reference_image: 'image' },
		input: {
			required: ['prompt', 'video_url'],
			properties: {
				prompt: { type: 'string', description: 'Description of the edit' },
				video_url: { type: 'string', format: 'uri', description: 'Video to edit' },
				reference_image: { type: 'string', format: 'uri', description: 'Reference image for style or content' },
				watermark,
				upload_cn: { type: 'boolean', default: false, description: 'Whether to store the output on servers in China' },
				aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '4:3', '3:4', '1:1', '21:9'], description: 'Output aspect ratio' },
				seed,
			},
		},
	},
	{
		id: 'runway-own',
		title: 'Runway (Legacy API)',
		family: 'Runway',
		api: 'runway',
		path: '/api/v1/runway/generate',
		operations: { textToVideo: { required: ['aspectRatio'], hidden: ['imageUrl'] }, imageToVideo: { required: ['imageUrl'], hidden: ['aspectRatio'] } },
		seconds: 90,
		media: { imageUrl: 'image' },
		shared: { imageUrl: 'first_frame_url', quality: 'resolution' },
		input: {
			required: ['prompt', 'duration', 'quality'],
			properties: {
				prompt: { type: 'string', maxLength: 1800, description: 'Description of the video; up to 1800 characters' },
				imageUrl: { type: 'string', format: 'uri', description: 'First frame of the video' },
				duration: { type: 'number', enum: [5, 10], description: 'Duration of the video in seconds' },
				quality,
				aspectRatio: { type: 'string', enum: ['16:9', '4:3', '1:1', '3:4', '9:16'], description: 'Output aspect ratio' },
				waterMark: watermark,
			},
		},
		rules: [
			durationRule,
			{
				message: "'Aspect Ratio' is required without input images",
				holds: ({ imageUrl, aspectRatio }) => [imageUrl, aspectRatio].some(isSet),
			},
		],
	},
	{
		id: 'runway-extend',
		title: 'Runway - Extend (Legacy API)',
		about: 'extends videos of this API',
		family: 'Runway',
		api: 'runway',
		path: '/api/v1/runway/extend',
		operations: { extend: {} },
		seconds: 90,
		media: {},
		shared: { quality: 'resolution' },
		input: {
			required: ['prompt', 'taskId', 'quality'],
			properties: {
				prompt: { type: 'string', description: 'How the video continues' },
				taskId: { type: 'string', description: 'ID of the Runway task that generated the video' },
				quality,
				waterMark: watermark,
			},
		},
	},
	{
		id: 'aleph',
		title: 'Runway Aleph (Legacy API)',
		about: 'edits with a reference image',
		family: 'Runway',
		status: 'Possibly Unavailable',
		api: 'aleph',
		path: '/api/v1/aleph/generate',
		operations: { videoToVideo: {} },
		seconds: 180,
		media: { videoUrl: 'video', referenceImage: 'image' },
		input: {
			required: ['prompt', 'videoUrl'],
			properties: {
				prompt: { type: 'string', description: 'Description of the edit' },
				videoUrl: { type: 'string', format: 'uri', description: 'Video to edit' },
				referenceImage: { type: 'string', format: 'uri', description: 'Reference image for style or content' },
				waterMark: watermark,
				uploadCn: { type: 'boolean', default: false, description: 'Whether to store the output on servers in China' },
				aspectRatio: { type: 'string', enum: ['16:9', '9:16', '4:3', '3:4', '1:1', '21:9'], description: 'Output aspect ratio' },
				seed,
			},
		},
	},
];
