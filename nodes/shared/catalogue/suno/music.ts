import { url } from '../fields';
import { isSet, lengthOf } from '../rules';
import type { Schema, SunoModel } from '../types';
import {
	audioId,
	audioWeight,
	customMode,
	duration,
	IDEA,
	instrumental,
	LYRICS,
	negativeTags,
	personaId,
	personaModel,
	sourceAudio,
	style,
	styleWeight,
	taskId,
	title,
	vocalGender,
	weirdnessConstraint,
} from './fields';
import {
	durationOfNewVersions,
	personaInCustomMode,
	personaModelOfNewVersions,
	personaWithCustomParameters,
	promptInSimpleMode,
	promptWithV4,
	secondsBetween,
	styleWithV4,
	titleWithOldVersions,
} from './rules';
import { ALL, BEFORE_V6, CURRENT, FROM_V4_5_PLUS, FROM_V5, version } from './versions';

/** Fields that only have an effect with custom mode or custom parameters. */
const fineTuning = ['negativeTags', 'vocalGender', 'styleWeight', 'weirdnessConstraint', 'audioWeight', 'personaId', 'personaModel'];

const prompt: Schema = { type: 'string', maxLength: 5000, example: IDEA, description: 'The idea of the song; in custom mode, its exact lyrics' };

/** In custom mode with vocals, the prompt is the lyrics. */
const examples = { prompt: LYRICS };

const useCustomParameters = (description: string): Schema => ({ type: 'boolean', title: 'Use Custom Parameters', description });

const music = { resource: 'music', family: 'Suno', seconds: 120, api: 'suno-music' } as const;

export const musicModels: SunoModel[] = [
	{
		...music,
		id: 'suno/generate-music',
		title: 'Generate Music',
		path: '/api/v1/generate',
		// The market variant also takes image_urls, audio_urls and video_urls in simple mode.
		marketVariant: { id: 'ai-music-api/generate' },
		operations: {
			generate: [
				{
					when: { customMode: [false] },
					required: ['prompt'],
					hidden: ['style', 'title', 'lyrics', ...fineTuning, 'duration', 'variety'],
				},
				// Without a duration V6 generates only 20 seconds, so the form requires one.
				{ when: { customMode: [true], instrumental: [false], model: CURRENT }, required: ['prompt', 'style', 'title', 'duration'], examples },
				{ when: { customMode: [true], instrumental: [false], model: BEFORE_V6 }, required: ['prompt', 'style', 'title'], examples },
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
				style: style('Genre, mood and instruments'),
				title: title(80),
				negativeTags,
				vocalGender,
				styleWeight,
				weirdnessConstraint,
				audioWeight,
				personaId,
				personaModel,
				duration: { ...duration, type: 'number' },
				lyrics: { type: 'string', maxLength: 5000, example: LYRICS, description: 'Exact lyrics, if the prompt describes the song; V6 only' },
				variety: { type: 'integer', minimum: 0, maximum: 4, default: 1, description: 'How different the two tracks are; V6 only' },
			},
		},
		rules: [
			promptInSimpleMode(3000),
			{
				message: "'Prompt' and 'Lyrics' must be at most 3000 characters with V4",
				holds: ({ model, prompt, lyrics }) => model !== 'V4' || (lengthOf(prompt) <= 3000 && lengthOf(lyrics) <= 3000),
			},
			styleWithV4,
			personaInCustomMode,
			personaModelOfNewVersions,
			durationOfNewVersions,
			{ message: "'Vocal Gender' requires 'Custom Mode'", holds: ({ vocalGender, customMode }) => !isSet(vocalGender) || customMode === true },
		],
	},
	{
		...music,
		id: 'suno/extend-music',
		title: 'Extend Music',
		path: '/api/v1/generate/extend',
		// The market variant inherits missing fields, and also takes lyrics.
		marketVariant: { id: 'ai-music-api/extend', without: ['defaultParamFlag'] },
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
				audioId: { ...audioId, description: 'ID of the track to extend' },
				defaultParamFlag: useCustomParameters('Whether to set how the music continues'),
				instrumental: { ...instrumental, default: false },
				model: version(ALL, 'Suno version that generated the track', ALL),
				prompt: { type: 'string', maxLength: 5000, example: LYRICS, description: 'How the music continues, or its lyrics' },
				style: style('Genre, mood and instruments'),
				title: title(100),
				continueAt: { type: 'number', exclusiveMinimum: 0, preset: 60, description: 'Second at which the new music starts' },
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
			{ message: "'Prompt' and 'Vocal Gender' can't be combined with 'Instrumental'", holds: ({ instrumental, prompt, vocalGender }) => instrumental !== true || ![prompt, vocalGender].some(isSet) },
			promptWithV4,
			styleWithV4,
			titleWithOldVersions,
			personaWithCustomParameters,
			personaModelOfNewVersions,
		],
	},
	{
		...music,
		id: 'suno/upload-and-cover-audio',
		title: 'Upload and Cover Audio',
		path: '/api/v1/generate/upload-cover',
		// The market variant does not require a prompt, and also takes lyrics, variety and image_urls.
		marketVariant: { id: 'ai-music-api/upload-and-cover-audio', without: ['customMode'] },
		operations: {
			uploadCover: [
				{
					when: { customMode: [false] },
					required: ['prompt'],
					hidden: ['style', 'title', ...fineTuning, 'duration'],
				},
				{ when: { customMode: [true], instrumental: [false] }, required: ['prompt', 'style', 'title'], examples },
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
				prompt,
				style: style('Genre, mood and instruments'),
				title: title(100),
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
		// The market variant inherits missing fields, including continue_at, and also takes lyrics and variety.
		marketVariant: { id: 'ai-music-api/upload-and-extend-audio', without: ['defaultParamFlag'] },
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
				defaultParamFlag: useCustomParameters('Whether to set how the music continues'),
				instrumental: { ...instrumental, default: false },
				model: version(ALL),
				prompt: { type: 'string', maxLength: 5000, example: LYRICS, description: 'How the music continues, or its lyrics' },
				style: style('Genre, mood and instruments'),
				title: title(100),
				continueAt: { type: 'number', exclusiveMinimum: 0, preset: 60, description: 'Second at which the new music starts' },
				negativeTags,
				vocalGender,
				styleWeight,
				weirdnessConstraint,
				audioWeight,
				personaId,
				personaModel,
			},
		},
		rules: [promptWithV4, styleWithV4, titleWithOldVersions, personaWithCustomParameters, personaModelOfNewVersions],
	},
	{
		...music,
		id: 'suno/add-instrumental',
		title: 'Add Instrumental',
		path: '/api/v1/generate/add-instrumental',
		marketVariant: { id: 'ai-music-api/add-instrumental' },
		// Kie's default is a discontinued version, so the form always sends one.
		operations: { addInstrumental: [{ required: ['model'] }] },
		media: { uploadUrl: 'audio' },
		input: {
			required: ['uploadUrl', 'title', 'negativeTags', 'tags'],
			properties: {
				uploadUrl: { ...url, title: 'Audio', description: 'Audio to accompany, such as a vocal recording' },
				model: version(FROM_V4_5_PLUS),
				title: title(),
				negativeTags: { ...negativeTags, maxLength: 200 },
				tags: style('Style of the accompaniment'),
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
		// The market variant does not require a prompt.
		marketVariant: { id: 'ai-music-api/add-vocals' },
		operations: { addVocals: [{ required: ['model'] }] },
		media: { uploadUrl: 'audio' },
		input: {
			required: ['prompt', 'title', 'negativeTags', 'style', 'uploadUrl'],
			properties: {
				prompt: { type: 'string', example: LYRICS, description: 'Lyrics and how to sing them' },
				model: version(FROM_V4_5_PLUS),
				title: title(),
				negativeTags: { ...negativeTags, maxLength: 200 },
				style: style('Style of the music and vocals'),
				vocalGender,
				styleWeight,
				weirdnessConstraint,
				audioWeight,
				uploadUrl: { ...url, title: 'Audio', description: 'Instrumental to add vocals to' },
			},
		},
	},
	{
		...music,
		id: 'suno/generate-mashup',
		title: 'Generate Mashup',
		path: '/api/v1/generate/mashup',
		// The market variant takes titles of up to 100 characters.
		marketVariant: { id: 'ai-music-api/mashup', without: ['customMode'] },
		operations: {
			mashup: [
				{ when: { customMode: [false] }, required: ['prompt'], hidden: ['vocalGender', 'styleWeight', 'weirdnessConstraint', 'audioWeight', 'duration'] },
				{ when: { customMode: [true], instrumental: [false] }, required: ['instrumental', 'prompt'], examples },
				{ when: { customMode: [true], instrumental: [true] }, required: ['instrumental'], hidden: ['prompt', 'vocalGender'] },
			],
		},
		media: { uploadUrlList: 'audio' },
		input: {
			// Kie requires style and title in simple mode too, although only custom mode uses them.
			required: ['uploadUrlList', 'style', 'title', 'customMode', 'model'],
			properties: {
				uploadUrlList: { type: 'array', items: url, minItems: 2, maxItems: 2, title: 'Audio Files', description: 'The two audio files to blend' },
				customMode,
				instrumental,
				model: version(ALL),
				prompt,
				style: style('Genre, mood and instruments; used in custom mode'),
				title: title(80),
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
		marketVariant: { id: 'ai-music-api/sounds' },
		operations: { sounds: [{}] },
		media: {},
		input: {
			required: ['prompt', 'model'],
			properties: {
				prompt: { type: 'string', maxLength: 500, example: 'Rain on a tin roof, distant thunder', description: 'The sound to generate' },
				model: version(FROM_V5),
				soundLoop: { type: 'boolean', default: false, description: 'Whether the sound can be looped' },
				soundTempo: { type: 'integer', minimum: 1, maximum: 300, preset: 120, description: 'Beats per minute' },
				soundKey: {
					type: 'string',
					enum: ['Any', 'Cm', 'C#m', 'Dm', 'D#m', 'Em', 'Fm', 'F#m', 'Gm', 'G#m', 'Am', 'A#m', 'Bm', 'C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'],
					default: 'Any',
					description: 'Musical key of the sound',
				},
				grabLyrics: { type: 'boolean', default: false, description: 'Whether to return the lyrics as subtitles' },
			},
		},
	},
	{
		...music,
		id: 'suno/replace-section',
		title: 'Replace Section',
		path: '/api/v1/generate/replace-section',
		marketVariant: { id: 'ai-music-api/replace-section' },
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
				uploadUrl: { ...url, title: 'Audio', description: 'Audio to edit' },
				model: version(ALL),
				prompt: { type: 'string', example: LYRICS, description: 'Lyrics or content of the new section' },
				tags: { type: 'string', example: 'Acoustic, slower', description: 'Style of the new section' },
				title: title(),
				negativeTags,
				infillStartS: { type: 'number', minimum: 0, title: 'Infill Start', description: 'Start of the section in seconds' },
				infillEndS: { type: 'number', minimum: 0, title: 'Infill End', description: 'End of the section in seconds, at most half of the track later' },
				fullLyrics: { type: 'string', example: LYRICS, description: 'Lyrics of the whole song after the change' },
			},
			oneOf: [
				{ title: 'Track of an earlier task', required: ['taskId', 'audioId'], not: { required: ['uploadUrl'] } },
				{ title: 'Uploaded audio', required: ['uploadUrl', 'model'], not: { anyOf: [{ required: ['taskId'] }, { required: ['audioId'] }] } },
			],
		},
		rules: [{ message: "'Infill End' must be at least 10 seconds after 'Infill Start'", holds: ({ infillStartS, infillEndS }) => !(secondsBetween(infillStartS, infillEndS) < 10) }],
	},
];
