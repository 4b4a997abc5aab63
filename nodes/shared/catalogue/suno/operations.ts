import type { Operation } from '../operations';
import type { SunoApiName } from '../types';

/** A resource of the Suno node with its operations, both in the order in which the node shows them. */
export interface SunoResource {
	name: string;
	value: string;
	operations: Operation[];
}

export const sunoResources: SunoResource[] = [
	{
		name: 'Audio',
		value: 'audio',
		operations: [
			{ name: 'Convert to WAV', value: 'convertToWav', action: 'Convert track to WAV', description: 'Get a track as a WAV file' },
			{ name: 'Generate MIDI', value: 'generateMidi', action: 'Generate MIDI', description: 'Write down the notes of separated stems' },
			{ name: 'Get MIDI', value: 'getMidi', action: 'Get MIDI', description: 'Fetch the notes of an earlier task' },
			{ name: 'Get Recovered Tracks', value: 'getRecovered', action: 'Get recovered tracks', description: 'Fetch the tracks of an earlier recovery' },
			{ name: 'Get Stems', value: 'getStems', action: 'Get stems', description: 'Fetch the stems of an earlier task' },
			{ name: 'Get WAV', value: 'getWav', action: 'Get WAV', description: 'Fetch the WAV file of an earlier task' },
			{ name: 'Recover', value: 'recover', action: 'Recover tracks', description: 'Get new links to the tracks of a task whose links have expired' },
			{ name: 'Separate Stems', value: 'separate', action: 'Separate stems of track', description: 'Take a track apart into vocals, instrumental or instruments' },
			{
				name: 'Upload and Separate Stems',
				value: 'uploadSeparate',
				action: 'Separate stems of uploaded audio',
				description: 'Take an audio file of your own apart into vocals, instrumental or instruments',
			},
		],
	},
	{
		name: 'Cover Art',
		value: 'coverArt',
		operations: [
			{ name: 'Generate', value: 'generate', action: 'Generate cover art', description: 'Make pictures for the cover of a song' },
			{ name: 'Get', value: 'get', action: 'Get cover art', description: 'Fetch the pictures of an earlier task' },
		],
	},
	{
		name: 'Lyrics',
		value: 'lyrics',
		operations: [
			{ name: 'Generate', value: 'generate', action: 'Generate lyrics', description: 'Write lyrics about a theme, in several versions' },
			{ name: 'Get', value: 'get', action: 'Get lyrics', description: 'Fetch the lyrics of an earlier task' },
			{ name: 'Get Timestamped', value: 'getTimestamped', action: 'Get timestamped lyrics', description: 'Find out when each word of a track is sung' },
		],
	},
	{
		name: 'Music',
		value: 'music',
		operations: [
			{ name: 'Add Instrumental', value: 'addInstrumental', action: 'Add instrumental to vocals', description: 'Make an accompaniment for a recording of vocals' },
			{ name: 'Add Vocals', value: 'addVocals', action: 'Add vocals to instrumental', description: 'Have lyrics sung to music of your own' },
			{ name: 'Extend', value: 'extend', action: 'Extend music', description: 'Make a track of an earlier task longer' },
			{ name: 'Generate', value: 'generate', action: 'Generate music', description: 'Make two tracks from an idea, or from lyrics and a style' },
			{ name: 'Generate Mashup', value: 'mashup', action: 'Generate mashup', description: 'Blend two pieces of music into one' },
			{ name: 'Generate Sounds', value: 'sounds', action: 'Generate sounds', description: 'Make sounds or loops from a description' },
			{ name: 'Get', value: 'get', action: 'Get music', description: 'Fetch the tracks of an earlier task' },
			{ name: 'Replace Section', value: 'replaceSection', action: 'Replace section of track', description: 'Make a part of a track anew' },
			{ name: 'Upload and Cover', value: 'uploadCover', action: 'Cover uploaded audio', description: 'Make music of your own anew in another style' },
			{ name: 'Upload and Extend', value: 'uploadExtend', action: 'Extend uploaded audio', description: 'Make music of your own longer' },
			{
				name: 'Upload and Replace Section',
				value: 'uploadReplaceSection',
				action: 'Replace section of uploaded audio',
				description: 'Make a part of music of your own anew',
			},
		],
	},
	{
		name: 'Persona and Voice',
		value: 'voice',
		operations: [
			{ name: 'Check Voice', value: 'checkVoice', action: 'Check voice', description: 'Find out whether a voice can be used yet' },
			{ name: 'Create Persona', value: 'createPersona', action: 'Create persona', description: 'Keep the style and voice of a track for later songs' },
			{ name: 'Create Voice', value: 'createVoice', action: 'Create voice', description: 'Make a singing voice from a recording of the validation phrase' },
			{ name: 'Generate Validation Phrase', value: 'generatePhrase', action: 'Generate validation phrase', description: 'Get the phrase to sing, the first step to a voice of your own' },
			{ name: 'Get Validation Phrase', value: 'getPhrase', action: 'Get validation phrase', description: 'Fetch the phrase of an earlier task' },
			{ name: 'Get Voice', value: 'getVoice', action: 'Get voice', description: 'Fetch the voice of an earlier task' },
			{ name: 'Regenerate Validation Phrase', value: 'regeneratePhrase', action: 'Regenerate validation phrase', description: 'Get another phrase, where the first did not work or is too old' },
		],
	},
	{
		name: 'Style',
		value: 'style',
		operations: [{ name: 'Boost', value: 'boost', action: 'Boost style', description: 'Make a full description of a style from a few words' }],
	},
	{
		name: 'Video',
		value: 'video',
		operations: [
			{ name: 'Generate', value: 'generate', action: 'Generate music video', description: 'Make a video of a track' },
			{ name: 'Get', value: 'get', action: 'Get music video', description: 'Fetch the video of an earlier task' },
		],
	},
];

/** The operations that fetch an earlier task by its ID: resource, operation, and the API that keeps its record. */
export const sunoGets: Record<string, Record<string, SunoApiName>> = {
	audio: { getMidi: 'suno-midi', getRecovered: 'suno-recovery', getStems: 'suno-stems', getWav: 'suno-wav' },
	coverArt: { get: 'suno-cover' },
	lyrics: { get: 'suno-lyrics' },
	music: { get: 'suno-music' },
	video: { get: 'suno-video' },
	voice: { getPhrase: 'suno-voice-phrase', getVoice: 'suno-voice' },
};
