import type { SunoApiName } from '../shared/catalogue/types';
import type { Operation } from '../shared/form/operation';

/** A resource of the Suno node with its operations, in the order of its lists. */
export interface SunoResource {
	name: string;
	value: string;
	description: string;
	/** What its operations that create something do, for an AI agent. */
	toolDescription: string;
	operations: Operation[];
	defaultOperation: string;
}

export const sunoResources: SunoResource[] = [
	{
		name: 'Audio',
		value: 'audio',
		description: 'Stems, MIDI and WAV files of tracks',
		toolDescription: 'Convert, separate, transcribe or recover the audio of a track',
		defaultOperation: 'convertToWav',
		operations: [
			{ name: 'Convert to WAV', value: 'convertToWav', action: 'Convert track to WAV', description: 'Convert a track to a WAV file' },
			{ name: 'Generate MIDI', value: 'generateMidi', action: 'Transcribe stems to MIDI', description: 'Transcribe separated stems to MIDI notes' },
			{ name: 'Get MIDI', value: 'getMidi', action: 'Get MIDI notes', description: 'Get the notes of an earlier task' },
			{ name: 'Get Recovered Tracks', value: 'getRecovered', action: 'Get recovered tracks', description: 'Get the tracks of an earlier recovery' },
			{ name: 'Get Stems', value: 'getStems', action: 'Get stems', description: 'Get the stems of an earlier task' },
			{ name: 'Get WAV', value: 'getWav', action: 'Get WAV file', description: 'Get the WAV file of an earlier task' },
			{ name: 'Recover', value: 'recover', action: 'Recover expired tracks', description: 'Get new URLs for the tracks of a task whose URLs have expired' },
			{ name: 'Separate Stems', value: 'separate', action: 'Separate track into stems', description: 'Separate a track into vocals, instrumental or single instruments' },
			{
				name: 'Upload and Separate Stems',
				value: 'uploadSeparate',
				action: 'Separate uploaded audio into stems',
				description: 'Separate an audio file into vocals, instrumental or single instruments',
			},
		],
	},
	{
		name: 'Cover Art',
		value: 'coverArt',
		description: 'Cover images for songs',
		toolDescription: 'Generate cover images for a song',
		defaultOperation: 'generate',
		operations: [
			{ name: 'Generate', value: 'generate', action: 'Generate cover art', description: 'Generate cover images for a song' },
			{ name: 'Get', value: 'get', action: 'Get cover art', description: 'Get the images of an earlier task' },
		],
	},
	{
		name: 'Lyrics',
		value: 'lyrics',
		description: 'Lyrics of songs',
		toolDescription: 'Generate lyrics, or get the times of the words of a track',
		defaultOperation: 'generate',
		operations: [
			{ name: 'Generate', value: 'generate', action: 'Generate lyrics', description: 'Generate several versions of lyrics on a topic' },
			{ name: 'Get', value: 'get', action: 'Get lyrics', description: 'Get the lyrics of an earlier task' },
			{ name: 'Get Timestamped', value: 'getTimestamped', action: 'Get timestamped lyrics', description: 'Get the time at which each word of a track is sung' },
		],
	},
	{
		name: 'Music',
		value: 'music',
		description: 'Songs, music and sounds',
		toolDescription: 'Generate, extend or edit songs, music and sounds',
		defaultOperation: 'generate',
		operations: [
			{ name: 'Add Instrumental', value: 'addInstrumental', action: 'Add instrumental to vocals', description: 'Generate an accompaniment for a vocal recording' },
			{ name: 'Add Vocals', value: 'addVocals', action: 'Add vocals to instrumental', description: 'Generate vocals for instrumental music' },
			{ name: 'Extend', value: 'extend', action: 'Extend song', description: 'Continue a track of an earlier task' },
			{ name: 'Generate', value: 'generate', action: 'Generate song or music', description: 'Generate two tracks from an idea, or from lyrics and a style' },
			{ name: 'Generate Mashup', value: 'mashup', action: 'Generate mashup of two songs', description: 'Blend two audio files into one track' },
			{ name: 'Generate Sounds', value: 'sounds', action: 'Generate sound effects or loops', description: 'Generate sounds or loops from a text prompt' },
			{ name: 'Get', value: 'get', action: 'Get song', description: 'Get the tracks of an earlier task' },
			{ name: 'Replace Section', value: 'replaceSection', action: 'Replace section of song', description: 'Regenerate a section of a track' },
			{ name: 'Upload and Cover', value: 'uploadCover', action: 'Generate cover of uploaded song', description: 'Generate a cover of an audio file in a new style' },
			{ name: 'Upload and Extend', value: 'uploadExtend', action: 'Extend uploaded song', description: 'Continue the music of an audio file' },
			{ name: 'Upload and Replace Section', value: 'uploadReplaceSection', action: 'Replace section of uploaded song', description: 'Regenerate a section of an audio file' },
		],
	},
	{
		name: 'Persona and Voice',
		value: 'voice',
		description: 'Singing styles and voices',
		toolDescription: 'Create a persona or a voice for songs',
		defaultOperation: 'createPersona',
		operations: [
			{ name: 'Check Voice', value: 'checkVoice', action: 'Check voice', description: 'Check whether a voice is ready to use' },
			{ name: 'Create Persona', value: 'createPersona', action: 'Create persona from song', description: 'Save the style and voice of a track for later songs' },
			{ name: 'Create Voice', value: 'createVoice', action: 'Create voice', description: 'Create a singing voice from a recording of the validation phrase' },
			{ name: 'Generate Validation Phrase', value: 'generatePhrase', action: 'Generate validation phrase', description: 'Generate the phrase to sing, the first step in creating a voice' },
			{ name: 'Get Validation Phrase', value: 'getPhrase', action: 'Get validation phrase', description: 'Get the phrase of an earlier task' },
			{ name: 'Get Voice', value: 'getVoice', action: 'Get voice', description: 'Get the voice of an earlier task' },
			{ name: 'Regenerate Validation Phrase', value: 'regeneratePhrase', action: 'Regenerate validation phrase', description: 'Replace a phrase that failed or expired' },
		],
	},
	{
		name: 'Style',
		value: 'style',
		description: 'Descriptions of styles',
		toolDescription: 'Expand a few words into a detailed style description',
		defaultOperation: 'boost',
		operations: [{ name: 'Boost', value: 'boost', action: 'Boost music style', description: 'Expand a few words into a detailed style description' }],
	},
	{
		name: 'Video',
		value: 'video',
		description: 'Music videos of tracks',
		toolDescription: 'Generate a music video for a track',
		defaultOperation: 'generate',
		operations: [
			{ name: 'Generate', value: 'generate', action: 'Generate music video', description: 'Generate a video for a track' },
			{ name: 'Get', value: 'get', action: 'Get music video', description: 'Get the video of an earlier task' },
		],
	},
];

/** The operations that get an earlier task by its ID: resource, operation, and the API that has its record. */
export const sunoGets: Record<string, Record<string, SunoApiName>> = {
	audio: { getMidi: 'suno-midi', getRecovered: 'suno-recovery', getStems: 'suno-stems', getWav: 'suno-wav' },
	coverArt: { get: 'suno-cover' },
	lyrics: { get: 'suno-lyrics' },
	music: { get: 'suno-music' },
	video: { get: 'suno-video' },
	voice: { getPhrase: 'suno-voice-phrase', getVoice: 'suno-voice' },
};
