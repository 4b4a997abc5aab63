import { url } from '../fields';
import { has, is, lacks } from '../rules';
import type { Schema, SunoModel } from '../types';
import { audioId, audioWeight, customMode, duration, instrumental, negativeTags, personaId, personaModel, sourceAudio, styleWeight, taskId, vocalGender, weirdnessConstraint } from './fields';
import { durationOfNewVersions, personaInCustomMode, personaModelOfNewVersions, personaWithOwnParameters, promptInSimpleMode, promptWithV4, styleWithV4, titleWithOldVersions } from './rules';
import { ALL, BEFORE_V6, CURRENT, FROM_V4_5_PLUS, FROM_V5, version } from './versions';

/** What counts only where the user decides on more than the idea. */
const fineTuning = ['negativeTags', 'vocalGender', 'styleWeight', 'weirdnessConstraint', 'audioWeight', 'personaId', 'personaModel'];

const prompt: Schema = { type: 'string', maxLength: 5000, description: 'In custom mode the exact lyrics, otherwise the idea of the song' };

const useOwnParameters = (description: string): Schema => ({ type: 'boolean', title: 'Use Own Parameters', description });

const music = { resource: 'music', family: 'Suno', seconds: 120, api: 'suno-music' } as const;

export const musicModels: SunoModel[] = [
	{
		...music,
		id: 'suno/generate-music',
		title: 'Generate Music',
		path: '/api/v1/generate',
		// The market form also takes image_urls, audio_urls and video_urls in simple mode.
		twin: { id: 'ai-music-api/generate' },
		operations: {
			generate: [
				{
					when: { customMode: [false] },
					required: ['prompt'],
					hidden: ['style', 'title', 'lyrics', ...fineTuning, 'duration', 'variety'],
				},
				// V6 makes 20 seconds of music where it is not told how long, so the form asks.
				{ when: { customMode: [true], instrumental: [false], model: CURRENT }, required: ['prompt', 'style', 'title', 'duration'] },
				{ when: { customMode: [true], instrumental: [false], model: BEFORE_V6 }, required: ['prompt', 'style', 'title'] },
				{ when: { customMode: [true], instrumental: [true], model: CURRENT }, required: ['style', 'title', 'duration'], hidden: ['prompt', 'lyrics', 'vocalGender'] },
				{ when: { customMode: [true], instrumental: [true], model: BEFORE_V6 }, required: ['style', 'title'], hidden: ['prompt', 'lyrics', 'vocalGender'] },
			],
		},
		media: {},
		input: {
			required: ['customMode', 'instrumental', 'model'],
			properties: {
				customMode,
				instrumental,
				model: version(ALL),
				prompt,
				style: { type: 'string', maxLength: 1000, description: 'Genre, mood and instruments' },
				title: { type: 'string', maxLength: 80, description: 'How the track is called' },
				negativeTags,
				vocalGender,
				styleWeight,
				weirdnessConstraint,
				audioWeight,
				personaId,
				personaModel,
				duration: { ...duration, type: 'number', description: 'How long the music is to be, in seconds; left out, V6 makes about 20' },
				lyrics: { type: 'string', maxLength: 5000, description: 'The exact lyrics, where the prompt is to be the idea; a field of V6' },
				variety: { type: 'integer', minimum: 0, maximum: 4, default: 1, description: 'How different the tracks are from each other; a field of V6' },
			},
		},
		rules: [
			promptInSimpleMode(3000),
			{
				message: "'Prompt' and 'Lyrics' may have up to 3000 characters with V4",
				if: is('model', 'V4'),
				then: { properties: { prompt: { maxLength: 3000 }, lyrics: { maxLength: 3000 } } },
			},
			styleWithV4,
			personaInCustomMode,
			personaModelOfNewVersions,
			durationOfNewVersions,
			{ message: "'Vocal Gender' works only in 'Custom Mode'", if: has('vocalGender'), then: is('customMode', true) },
		],
	},
	{
		...music,
		id: 'suno/extend-music',
		title: 'Extend Music',
		path: '/api/v1/generate/extend',
		// The market form inherits what is left out, and also takes lyrics.
		twin: { id: 'ai-music-api/extend', without: ['defaultParamFlag'] },
		operations: {
			extend: [
				{
					when: { defaultParamFlag: [false] },
					hidden: ['prompt', 'style', 'title', 'continueAt', ...fineTuning, 'instrumental'],
				},
				{ when: { defaultParamFlag: [true], instrumental: [false] }, required: ['instrumental', 'continueAt', 'prompt', 'style', 'title'] },
				{ when: { defaultParamFlag: [true], instrumental: [true] }, required: ['instrumental', 'continueAt', 'style', 'title'], hidden: ['prompt', 'vocalGender'] },
			],
		},
		media: {},
		input: {
			required: ['defaultParamFlag', 'audioId', 'model'],
			properties: {
				audioId: { ...audioId, description: 'The track to make longer, by its ID' },
				defaultParamFlag: useOwnParameters('Whether to say here how the music goes on, instead of taking everything over from the track'),
				instrumental: { ...instrumental, default: false },
				model: version(ALL, 'Version of Suno; it has to be the one that made the track'),
				prompt: { type: 'string', maxLength: 5000, description: 'How the music goes on, or its lyrics' },
				style: { type: 'string', maxLength: 1000, description: 'Genre, mood and instruments of what is added' },
				title: { type: 'string', maxLength: 100, description: 'How the new track is called' },
				continueAt: { type: 'number', exclusiveMinimum: 0, description: 'Second of the track at which the new music starts; before its end' },
				negativeTags,
				vocalGender,
				styleWeight,
				weirdnessConstraint,
				audioWeight,
				personaId,
				personaModel,
			},
		},
		rules: [
			{ message: "'Prompt' and 'Vocal Gender' can't be used with 'Instrumental'", if: is('instrumental', true), then: lacks('prompt', 'vocalGender') },
			promptWithV4,
			styleWithV4,
			titleWithOldVersions,
			personaWithOwnParameters,
			personaModelOfNewVersions,
		],
	},
	{
		...music,
		id: 'suno/upload-and-cover-audio',
		title: 'Upload and Cover Audio',
		path: '/api/v1/generate/upload-cover',
		// The market form needs no prompt, and also takes lyrics, variety and image_urls.
		twin: { id: 'ai-music-api/upload-and-cover-audio', without: ['customMode'] },
		operations: {
			uploadCover: [
				{
					when: { customMode: [false] },
					required: ['prompt'],
					hidden: ['style', 'title', ...fineTuning, 'duration'],
				},
				{ when: { customMode: [true], instrumental: [false] }, required: ['prompt', 'style', 'title'] },
				{ when: { customMode: [true], instrumental: [true] }, required: ['style', 'title'], hidden: ['prompt', 'vocalGender'] },
			],
		},
		media: { uploadUrl: 'audio' },
		input: {
			required: ['uploadUrl', 'customMode', 'instrumental', 'model'],
			properties: {
				uploadUrl: sourceAudio,
				customMode,
				instrumental,
				model: version(ALL),
				prompt: { ...prompt, description: 'In custom mode the exact lyrics, otherwise the idea of the cover' },
				style: { type: 'string', maxLength: 1000, description: 'Genre, mood and instruments of the cover' },
				title: { type: 'string', maxLength: 100, description: 'How the track is called' },
				negativeTags,
				vocalGender,
				styleWeight,
				weirdnessConstraint,
				audioWeight,
				personaId,
				personaModel: { ...personaModel, enum: ['voice_persona', 'style_persona'] },
				duration,
			},
		},
		rules: [promptInSimpleMode(500), promptWithV4, styleWithV4, titleWithOldVersions, personaInCustomMode, personaModelOfNewVersions, durationOfNewVersions],
	},
	{
		...music,
		id: 'suno/upload-and-extend-audio',
		title: 'Upload and Extend Audio',
		path: '/api/v1/generate/upload-extend',
		// The market form inherits what is left out, continue_at too, and also takes lyrics and variety.
		twin: { id: 'ai-music-api/upload-and-extend-audio', without: ['defaultParamFlag'] },
		operations: {
			uploadExtend: [
				{
					when: { defaultParamFlag: [false] },
					hidden: ['prompt', 'style', 'title', ...fineTuning, 'instrumental'],
				},
				{ when: { defaultParamFlag: [true] }, required: ['style', 'title'] },
			],
		},
		media: { uploadUrl: 'audio' },
		input: {
			required: ['uploadUrl', 'defaultParamFlag', 'continueAt', 'model'],
			properties: {
				uploadUrl: sourceAudio,
				defaultParamFlag: useOwnParameters('Whether to say here how the music goes on, instead of taking everything over from the audio'),
				instrumental: { ...instrumental, default: false },
				model: version(ALL),
				prompt: { type: 'string', maxLength: 5000, description: 'How the music goes on, or its lyrics' },
				style: { type: 'string', maxLength: 1000, description: 'Genre, mood and instruments of what is added' },
				title: { type: 'string', maxLength: 100, description: 'How the track is called' },
				continueAt: { type: 'number', exclusiveMinimum: 0, description: 'Second of the audio at which the new music starts; before its end' },
				negativeTags,
				vocalGender,
				styleWeight,
				weirdnessConstraint,
				audioWeight,
				personaId,
				personaModel,
			},
		},
		rules: [promptWithV4, styleWithV4, titleWithOldVersions, personaWithOwnParameters, personaModelOfNewVersions],
	},
	{
		...music,
		id: 'suno/add-instrumental',
		title: 'Add Instrumental',
		path: '/api/v1/generate/add-instrumental',
		twin: { id: 'ai-music-api/add-instrumental' },
		// Kie's own default is a discontinued version, so the form always says which.
		operations: { addInstrumental: [{ required: ['model'] }] },
		media: { uploadUrl: 'audio' },
		input: {
			required: ['uploadUrl', 'title', 'negativeTags', 'tags'],
			properties: {
				uploadUrl: { ...url, title: 'Audio', description: 'What to accompany, such as a recording of vocals' },
				model: version(FROM_V4_5_PLUS),
				title: { type: 'string', description: 'How the track is called' },
				negativeTags: { ...negativeTags, maxLength: 200 },
				tags: { type: 'string', maxLength: 1000, description: 'Styles of the accompaniment' },
				vocalGender,
				styleWeight,
				weirdnessConstraint,
				audioWeight,
			},
		},
	},
	{
		...music,
		id: 'suno/add-vocals',
		title: 'Add Vocals',
		path: '/api/v1/generate/add-vocals',
		// The market form needs no prompt.
		twin: { id: 'ai-music-api/add-vocals' },
		operations: { addVocals: [{ required: ['model'] }] },
		media: { uploadUrl: 'audio' },
		input: {
			required: ['prompt', 'title', 'negativeTags', 'style', 'uploadUrl'],
			properties: {
				prompt: { type: 'string', description: 'The lyrics, and how they are to be sung' },
				model: version(FROM_V4_5_PLUS),
				title: { type: 'string', description: 'How the track is called' },
				negativeTags: { ...negativeTags, maxLength: 200 },
				style: { type: 'string', maxLength: 1000, description: 'Style of the music and of the singing' },
				vocalGender,
				styleWeight,
				weirdnessConstraint,
				audioWeight,
				uploadUrl: { ...url, title: 'Audio', description: 'The instrumental music to sing to' },
			},
		},
	},
	{
		...music,
		id: 'suno/generate-mashup',
		title: 'Generate Mashup',
		path: '/api/v1/generate/mashup',
		// The market form takes titles of up to 100 characters.
		twin: { id: 'ai-music-api/mashup', without: ['customMode'] },
		operations: {
			mashup: [
				{ when: { customMode: [false] }, required: ['prompt'], hidden: ['vocalGender', 'styleWeight', 'weirdnessConstraint', 'audioWeight', 'duration'] },
				{ when: { customMode: [true], instrumental: [false] }, required: ['instrumental', 'prompt'] },
				{ when: { customMode: [true], instrumental: [true] }, required: ['instrumental'], hidden: ['prompt', 'vocalGender'] },
			],
		},
		media: { uploadUrlList: 'audio' },
		input: {
			// Kie asks for style and title in simple mode too, although only custom mode uses them.
			required: ['uploadUrlList', 'style', 'title', 'customMode', 'model'],
			properties: {
				uploadUrlList: { type: 'array', items: url, minItems: 2, maxItems: 2, title: 'Audio Files', description: 'The two pieces of music to blend' },
				customMode,
				instrumental,
				model: version(ALL),
				prompt: { ...prompt, description: 'In custom mode the exact lyrics, otherwise the idea of the mashup' },
				style: { type: 'string', maxLength: 1000, description: 'Genre, mood and instruments; needed always, used in custom mode' },
				title: { type: 'string', maxLength: 80, description: 'How the track is called; needed always, used in custom mode' },
				vocalGender,
				styleWeight,
				weirdnessConstraint,
				audioWeight,
				duration,
			},
		},
		rules: [promptInSimpleMode(500), promptWithV4, styleWithV4, durationOfNewVersions],
	},
	{
		...music,
		id: 'suno/generate-sounds',
		title: 'Generate Sounds',
		path: '/api/v1/generate/sounds',
		twin: { id: 'ai-music-api/sounds' },
		operations: { sounds: [{}] },
		media: {},
		input: {
			required: ['prompt', 'model'],
			properties: {
				prompt: { type: 'string', maxLength: 500, description: 'What the sound is' },
				model: version(FROM_V5),
				soundLoop: { type: 'boolean', default: false, description: 'Whether the sound can be played in a loop' },
				soundTempo: { type: 'integer', minimum: 1, maximum: 300, description: 'Beats a minute; left out, Suno chooses' },
				soundKey: {
					type: 'string',
					enum: ['Any', 'Cm', 'C#m', 'Dm', 'D#m', 'Em', 'Fm', 'F#m', 'Gm', 'G#m', 'Am', 'A#m', 'Bm', 'C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'],
					default: 'Any',
					description: 'Musical key of the sound',
				},
				grabLyrics: { type: 'boolean', default: false, description: 'Whether to fetch the words of the sound as subtitles when it is done' },
			},
		},
	},
	{
		...music,
		id: 'suno/replace-section',
		title: 'Replace Section',
		path: '/api/v1/generate/replace-section',
		twin: { id: 'ai-music-api/replace-section' },
		operations: {
			replaceSection: [{ required: ['taskId', 'audioId'], hidden: ['uploadUrl', 'model'] }],
			uploadReplaceSection: [{ required: ['uploadUrl', 'model'], hidden: ['taskId', 'audioId'] }],
		},
		media: { uploadUrl: 'audio' },
		input: {
			required: ['prompt', 'tags', 'title', 'infillStartS', 'infillEndS', 'fullLyrics'],
			properties: {
				taskId,
				audioId,
				uploadUrl: { ...url, title: 'Audio', description: 'The music to change' },
				model: version(ALL),
				prompt: { type: 'string', description: 'Lyrics or content of the new section' },
				tags: { type: 'string', description: 'Style of the new section' },
				title: { type: 'string', description: 'How the track is called' },
				negativeTags,
				infillStartS: { type: 'number', minimum: 0, title: 'Infill Start', description: 'Where the section starts, in seconds to two decimals' },
				infillEndS: { type: 'number', minimum: 0, title: 'Infill End', description: 'Where the section ends, in seconds to two decimals; it can be up to half of the track' },
				fullLyrics: { type: 'string', description: 'Lyrics of the whole song after the change' },
			},
			oneOf: [
				{ title: 'Track of an earlier task', required: ['taskId', 'audioId'], not: { required: ['uploadUrl'] } },
				{ title: 'Uploaded audio', required: ['uploadUrl', 'model'], not: { anyOf: [{ required: ['taskId'] }, { required: ['audioId'] }] } },
			],
		},
		rules: [{ message: "'Infill End' has to be at least 10 seconds after 'Infill Start'", gap: { from: 'infillStartS', to: 'infillEndS', min: 10 } }],
	},
];
