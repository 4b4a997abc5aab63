import type { Operation } from '../shared/form/operation';

/** The operations of Kie Video, in the order of its list. */
export const videoOperations: Operation[] = [
	{
		name: 'Avatar',
		value: 'avatar',
		action: 'Generate avatar video',
		description: 'Lip-sync a portrait or video to audio',
	},
	{
		name: 'Create Asset',
		value: 'createAsset',
		action: 'Create asset',
		description: 'Store a file to reference in later videos, such as an image of a person',
	},
	{
		name: 'Create Character',
		value: 'createCharacter',
		action: 'Create character',
		description: 'Create a character to use in later videos',
	},
	{
		name: 'Detect Subjects',
		value: 'detectSubjects',
		action: 'Detect subjects in portrait',
		description: 'Detect the subjects in a portrait that can speak in an avatar video',
	},
	{
		name: 'Extend',
		value: 'extend',
		action: 'Extend video',
		description: 'Continue an existing video with new footage',
	},
	{
		name: 'Image to Video',
		value: 'imageToVideo',
		action: 'Generate video from image',
		description: 'Generate a video from a first or last frame',
	},
	{
		name: 'Motion Control',
		value: 'motionControl',
		action: 'Transfer motion to image',
		description: 'Animate the character in an image with the motion of a video',
	},
	{
		name: 'Reference to Video',
		value: 'referenceToVideo',
		action: 'Generate video from references',
		description: 'Generate a video from reference images, videos or audio',
	},
	{
		name: 'Remove Watermark',
		value: 'removeWatermark',
		action: 'Remove watermark from video',
		description: 'Remove the watermark from a video',
	},
	{
		name: 'Storyboard',
		value: 'storyboard',
		action: 'Generate video from storyboard',
		description: 'Generate a video of several shots, each with its own prompt',
	},
	{
		name: 'Text to Video',
		value: 'textToVideo',
		action: 'Generate video from text',
		description: 'Generate a video from a text prompt',
	},
	{ name: 'Upscale', value: 'upscale', action: 'Upscale video', description: 'Increase the resolution of a video' },
	{
		name: 'Video to Video',
		value: 'videoToVideo',
		action: 'Generate video from video',
		description: 'Edit a video with a text prompt',
	},
];
