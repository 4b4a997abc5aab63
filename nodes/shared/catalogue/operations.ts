/** The operations of the media nodes, in the order in which the nodes show them. */
export interface Operation {
	name: string;
	value: string;
	/** Sentence case, without articles, as n8n shows it in the node list. */
	action: string;
	description: string;
}

/** The operation of every media node that takes any model of Kie, whether the catalogue knows it or not. */
export const CUSTOM_MODEL = 'customModel';

export const imageOperations: Operation[] = [
	{ name: 'Edit', value: 'edit', action: 'Edit image', description: 'Change one or more pictures as a prompt says' },
	{ name: 'Generate', value: 'generate', action: 'Generate image', description: 'Make pictures from a prompt' },
	{
		name: 'Reframe',
		value: 'reframe',
		action: 'Reframe image',
		description: 'Give a picture another shape and fill what is missing',
	},
	{
		name: 'Remove Background',
		value: 'removeBackground',
		action: 'Remove background of image',
		description: 'Cut out what a picture shows',
	},
	{
		name: 'Segment',
		value: 'segment',
		action: 'Segment image',
		description: 'Find the parts of a picture, to edit them one by one',
	},
	{
		name: 'Separate Layers',
		value: 'separateLayers',
		action: 'Separate layers of image',
		description: 'Take a picture apart into a base and its layers',
	},
	{ name: 'Upscale', value: 'upscale', action: 'Upscale image', description: 'Make a picture larger' },
];

export const videoOperations: Operation[] = [
	{
		name: 'Avatar',
		value: 'avatar',
		action: 'Make avatar video',
		description: 'Make a portrait or a video speak what an audio file says',
	},
	{
		name: 'Create Asset',
		value: 'createAsset',
		action: 'Create asset',
		description: 'Store a file that later videos can use, such as a picture of a person',
	},
	{
		name: 'Create Character',
		value: 'createCharacter',
		action: 'Create character',
		description: 'Make a character that later videos can show',
	},
	{
		name: 'Detect Subjects',
		value: 'detectSubjects',
		action: 'Detect subjects of portrait',
		description: 'Find who can speak in a portrait, before an avatar video',
	},
	{ name: 'Extend', value: 'extend', action: 'Extend video', description: 'Make a video longer' },
	{
		name: 'Image to Video',
		value: 'imageToVideo',
		action: 'Make video from image',
		description: 'Make a video that starts from a picture, or ends with one',
	},
	{
		name: 'Motion Control',
		value: 'motionControl',
		action: 'Transfer motion to image',
		description: 'Make the person of a picture move as in a video',
	},
	{
		name: 'Reference to Video',
		value: 'referenceToVideo',
		action: 'Make video from references',
		description: 'Make a video that shows what is in pictures, videos or sounds',
	},
	{
		name: 'Remove Watermark',
		value: 'removeWatermark',
		action: 'Remove watermark of video',
		description: 'Take the watermark out of a video',
	},
	{
		name: 'Storyboard',
		value: 'storyboard',
		action: 'Make video from storyboard',
		description: 'Make a video of several shots, each with a prompt of its own',
	},
	{
		name: 'Text to Video',
		value: 'textToVideo',
		action: 'Make video from text',
		description: 'Make a video from a prompt',
	},
	{ name: 'Upscale', value: 'upscale', action: 'Upscale video', description: 'Give a video a higher resolution' },
	{
		name: 'Video to Video',
		value: 'videoToVideo',
		action: 'Make video from video',
		description: 'Change a video as a prompt says',
	},
];

export const audioOperations: Operation[] = [
	{
		name: 'Create Voice',
		value: 'createVoice',
		action: 'Create voice',
		description: 'Make a voice that later videos can use',
	},
	{ name: 'Isolate Voice', value: 'isolateVoice', action: 'Isolate voice', description: 'Free speech from noise' },
	{
		name: 'Sound Effect',
		value: 'soundEffect',
		action: 'Make sound effect',
		description: 'Make a sound from a description',
	},
	{
		name: 'Text to Dialogue',
		value: 'dialogue',
		action: 'Make dialogue from text',
		description: 'Have several voices speak lines in turn',
	},
	{
		name: 'Text to Speech',
		value: 'textToSpeech',
		action: 'Make speech from text',
		description: 'Have a voice speak a text',
	},
	{ name: 'Transcribe', value: 'transcribe', action: 'Transcribe audio', description: 'Write down what is said' },
];
