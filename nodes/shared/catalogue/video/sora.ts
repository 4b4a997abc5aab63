import { sumBy } from 'lodash';

import { url } from '../fields';
import { isSet, objectsOf } from '../rules';
import type { Model, Schema } from '../types';
import { TEXT } from '../../adapters/resultShape';

const aspectRatio: Schema = { type: 'string', enum: ['portrait', 'landscape'], default: 'landscape', description: 'Output aspect ratio' };
const characterIdList: Schema = { type: 'array', items: { type: 'string' }, maxItems: 5, description: 'IDs of characters created with Sora 2 Characters; up to 5' };
const imageUrls: Schema = { type: 'array', items: url, maxItems: 1, description: 'First frame of the video; JPEG, PNG or WebP; max 10 MB' };
const nFrames: Schema = { type: 'string', enum: ['10', '15'], default: '10', description: 'Duration of the video in seconds' };
const prompt: Schema = { type: 'string', maxLength: 10000, description: 'Description of the video; up to 10000 characters' };
const removeWatermark: Schema = { type: 'boolean', description: 'Whether to remove the watermark' };
const uploadMethod: Schema = { type: 'string', enum: ['s3', 'oss'], default: 's3', description: 'Storage for the output; oss is faster from China' };

export const sora: Model[] = [
	{
		id: 'sora-2-text-to-video',
		title: 'Sora 2 - Text to Video',
		family: 'Sora',
		status: 'Retired',
		operations: { textToVideo: {} },
		seconds: 180,
		media: {},
		input: {
			required: ['prompt'],
			properties: { prompt, aspect_ratio: aspectRatio, n_frames: nFrames, remove_watermark: removeWatermark, character_id_list: characterIdList, upload_method: uploadMethod },
		},
	},
	{
		id: 'sora-2-image-to-video',
		title: 'Sora 2 - Image to Video',
		family: 'Sora',
		status: 'Retired',
		operations: { imageToVideo: {} },
		seconds: 180,
		media: { image_urls: 'image' },
		shared: { image_urls: 'first_frame_url' },
		input: {
			required: ['prompt', 'image_urls'],
			properties: { prompt, image_urls: imageUrls, aspect_ratio: aspectRatio, n_frames: nFrames, remove_watermark: removeWatermark, character_id_list: characterIdList, upload_method: uploadMethod },
		},
	},
	{
		id: 'sora-2-text-to-video-stable',
		title: 'Sora 2 Stable - Text to Video',
		family: 'Sora',
		status: 'Retired',
		operations: { textToVideo: {} },
		seconds: 180,
		media: {},
		input: {
			required: ['prompt'],
			properties: { prompt, aspect_ratio: aspectRatio, n_frames: nFrames, upload_method: uploadMethod },
		},
	},
	{
		id: 'sora-2-image-to-video-stable',
		title: 'Sora 2 Stable - Image to Video',
		family: 'Sora',
		status: 'Retired',
		operations: { imageToVideo: {} },
		seconds: 180,
		media: { image_urls: 'image' },
		shared: { image_urls: 'first_frame_url' },
		input: {
			required: ['prompt', 'image_urls'],
			properties: { prompt, image_urls: imageUrls, aspect_ratio: aspectRatio, n_frames: nFrames, upload_method: uploadMethod },
		},
	},
	{
		id: 'sora-2-pro-text-to-video',
		title: 'Sora 2 Pro - Text to Video',
		family: 'Sora',
		status: 'Retired',
		operations: { textToVideo: {} },
		seconds: 300,
		media: {},
		input: {
			required: ['prompt', 'upload_method'],
			properties: {
				prompt,
				aspect_ratio: aspectRatio,
				n_frames: nFrames,
				size: { type: 'string', enum: ['standard', 'high'], default: 'high', description: 'Output quality; high costs more' },
				remove_watermark: removeWatermark,
				character_id_list: characterIdList,
				upload_method: uploadMethod,
			},
		},
	},
	{
		id: 'sora-2-pro-image-to-video',
		title: 'Sora 2 Pro - Image to Video',
		family: 'Sora',
		status: 'Retired',
		operations: { imageToVideo: {} },
		seconds: 300,
		media: { image_urls: 'image' },
		shared: { image_urls: 'first_frame_url' },
		input: {
			required: ['prompt', 'image_urls', 'upload_method'],
			properties: {
				prompt,
				image_urls: imageUrls,
				aspect_ratio: aspectRatio,
				n_frames: nFrames,
				size: { type: 'string', enum: ['standard', 'high'], default: 'standard', description: 'Output quality; high costs more' },
				remove_watermark: removeWatermark,
				character_id_list: characterIdList,
				upload_method: uploadMethod,
			},
		},
	},
	{
		id: 'sora-2-pro-storyboard',
		title: 'Sora 2 Pro - Storyboard',
		family: 'Sora',
		status: 'Retired',
		operations: { storyboard: { required: ['shots'] } },
		seconds: 300,
		media: { image_urls: 'image' },
		shared: { image_urls: 'first_frame_url' },
		input: {
			required: ['upload_method'],
			properties: {
				image_urls: { type: 'array', items: url, minItems: 1, maxItems: 1, description: 'Reference image; JPEG, PNG or WebP; max 10 MB' },
				shots: {
					type: 'array',
					minItems: 1,
					maxItems: 10,
					items: {
						type: 'object',
						properties: { Scene: { type: 'string', description: 'Description of the shot' }, duration: { type: 'number', minimum: 0.1, maximum: 15, description: 'Duration of the shot in seconds' } },
						required: ['Scene', 'duration'],
					},
					description: 'Shots of the video; 1 to 10',
				},
				n_frames: { type: 'string', enum: ['10', '15', '25'], default: '15', description: 'Duration of the video in seconds' },
				aspect_ratio: aspectRatio,
				upload_method: { type: 'string', enum: ['s3', 'oss'], description: 'Storage for the output; oss is faster from China' },
			},
		},
		rules: [
			{
				message: "'Shots' can't be longer than 'Duration (Seconds)' in total",
				holds: ({ shots, n_frames = '15' }) => !(sumBy(objectsOf(shots), ({ duration }) => Number(duration)) > Number(n_frames)),
			},
		],
	},
	{
		id: 'sora-2-characters',
		title: 'Sora 2 - Characters',
		family: 'Sora',
		status: 'Retired',
		operations: { createCharacter: {} },
		result: { fields: { character_id: TEXT }, withoutFiles: true },
		seconds: 60,
		media: { character_file_url: 'video' },
		input: {
			required: ['character_file_url'],
			properties: {
				character_file_url: { type: 'array', items: url, minItems: 1, maxItems: 1, description: 'Video of the character; MP4, WebM or AVI; max 10 MB; 1 to 4 seconds' },
				character_prompt: { type: 'string', maxLength: 5000, description: 'Description of the character and its movement; up to 5000 characters' },
				safety_instruction: { type: 'string', maxLength: 5000, description: 'What to avoid; up to 5000 characters' },
			},
		},
	},
	{
		id: 'sora-2-characters-pro',
		title: 'Sora 2 - Characters Pro',
		family: 'Sora',
		status: 'Retired',
		operations: { createCharacter: {} },
		result: { fields: { character_id: TEXT }, withoutFiles: true },
		seconds: 60,
		media: {},
		input: {
			required: ['origin_task_id', 'timestamps', 'character_prompt'],
			properties: {
				origin_task_id: { type: 'string', description: 'ID of the Sora 2 task that generated the video' },
				timestamps: { type: 'string', description: 'Segment of the video to learn from, as start and end in seconds such as 3.55,5.55; 1 to 4 seconds' },
				character_user_name: { type: 'string', maxLength: 40, description: 'Name for the character; up to 40 characters' },
				character_prompt: { type: 'string', maxLength: 5000, description: 'Description of the character; up to 5000 characters' },
				safety_instruction: { type: 'string', maxLength: 5000, description: 'What to avoid; up to 5000 characters' },
			},
		},
	},
	{
		id: 'sora-watermark-remover',
		title: 'Sora 2 - Watermark Remover',
		family: 'Sora',
		status: 'Retired',
		operations: { removeWatermark: {} },
		seconds: 60,
		media: {},
		input: {
			required: ['video_url'],
			properties: {
				video_url: { type: 'string', maxLength: 500, format: 'uri', description: 'URL of a Sora 2 video, starting with https://sora.chatgpt.com' },
				upload_method: uploadMethod,
			},
		},
		rules: [
			{
				message: "'Video URL' must start with https://sora.chatgpt.com",
				holds: ({ video_url }) => !isSet(video_url) || String(video_url).startsWith('https://sora.chatgpt.com'),
			},
		],
	},
];
