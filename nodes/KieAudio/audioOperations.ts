import type { Operation } from '../shared/form/operation';

/** The operations of Kie Audio, in the order of its list. */
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
