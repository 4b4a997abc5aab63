/** An operation of a node, in the order of its list. */
export interface Operation {
	name: string;
	value: string;
	/** Sentence case, without articles, as n8n shows it in the node list. */
	action: string;
	description: string;
}

/** The operation of every media node that runs any model of Kie.ai, listed in the catalogue or not. */
export const CUSTOM_MODEL = 'customModel';

export const imageOperations: Operation[] = [
	{ name: 'Edit', value: 'edit', action: 'Edit image', description: 'Edit one or more images with a text prompt' },
	{
		name: 'Generate',
		value: 'generate',
		action: 'Generate image',
		description: 'Generate an image from a text prompt',
	},
	{
		name: 'Reframe',
		value: 'reframe',
		action: 'Reframe image',
		description: 'Change the aspect ratio and fill the new area',
	},
	{
		name: 'Remove Background',
		value: 'removeBackground',
		action: 'Remove background from image',
		description: 'Remove the background of an image',
	},
	{
		name: 'Segment',
		value: 'segment',
		action: 'Segment image',
		description: 'Split an image into segments that can be edited one by one',
	},
	{
		name: 'Separate Layers',
		value: 'separateLayers',
		action: 'Separate image into layers',
		description: 'Decompose an image into a base image and layers',
	},
	{ name: 'Upscale', value: 'upscale', action: 'Upscale image', description: 'Increase the resolution of an image' },
];

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
		description: 'Animate the character of an image with the motion of a video',
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

export const audioOperations: Operation[] = [
	{
		name: 'Create Voice',
		value: 'createVoice',
		action: 'Create voice',
		description: 'Create a voice to use in later videos',
	},
	{
		name: 'Isolate Voice',
		value: 'isolateVoice',
		action: 'Isolate voice',
		description: 'Remove background noise from speech',
	},
	{
		name: 'Sound Effect',
		value: 'soundEffect',
		action: 'Generate sound effect',
		description: 'Generate a sound effect from a text prompt',
	},
	{
		name: 'Text to Dialogue',
		value: 'dialogue',
		action: 'Generate dialogue from text',
		description: 'Generate a dialogue between several voices',
	},
	{
		name: 'Text to Speech',
		value: 'textToSpeech',
		action: 'Generate speech from text',
		description: 'Generate speech from text',
	},
	{ name: 'Transcribe', value: 'transcribe', action: 'Transcribe audio', description: 'Transcribe speech to text' },
];
