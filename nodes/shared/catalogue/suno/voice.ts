import { url } from '../fields';
import type { SunoModel } from '../types';
import { audioId, earlierTask, taskId } from './fields';

const voice = { resource: 'voice', family: 'Suno', seconds: 60 } as const;

export const voiceModels: SunoModel[] = [
	{
		...voice,
		id: 'suno/generate-persona',
		title: 'Create Persona',
		operations: { createPersona: [{}] },
		api: 'suno-now',
		path: '/api/v1/generate/generate-persona',
		twin: { id: 'ai-music-api/generate-persona' },
		media: {},
		input: {
			required: ['taskId', 'audioId', 'name', 'description'],
			properties: {
				taskId: { ...taskId, description: 'Finished task that made the track' },
				audioId: { ...audioId, description: 'The track to take the persona from, by its ID; each can give one persona' },
				name: { type: 'string', description: 'How the persona is called' },
				description: { type: 'string', description: 'Style, mood, instruments and voice of the persona' },
				vocalStart: { type: 'number', minimum: 0, default: 0, description: 'Where the part to learn from starts, in seconds' },
				vocalEnd: { type: 'number', minimum: 0, default: 30, description: 'Where the part to learn from ends, in seconds to two decimals' },
				style: { type: 'string', description: 'A further tag of its style, such as Electronic Pop' },
			},
		},
		rules: [{ message: "'Vocal End' has to be 10 to 30 seconds after 'Vocal Start'", gap: { from: 'vocalStart', to: 'vocalEnd', min: 10, max: 30 } }],
	},
	{
		...voice,
		id: 'suno/suno-voice-validate',
		title: 'Generate Validation Phrase',
		operations: { generatePhrase: [{}] },
		api: 'suno-voice-phrase',
		path: '/api/v1/voice/validate',
		twin: { id: 'ai-music-api/validation-phrase' },
		media: { voiceUrl: 'audio' },
		input: {
			required: ['voiceUrl', 'vocalStartS', 'vocalEndS'],
			properties: {
				voiceUrl: { ...url, title: 'Voice Recording', description: 'The voice to copy, as WAV or MP3' },
				vocalStartS: { type: 'integer', minimum: 0, title: 'Vocal Start', description: 'Where the part to use starts, in whole seconds' },
				vocalEndS: { type: 'integer', minimum: 0, title: 'Vocal End', description: 'Where the part to use ends, in whole seconds' },
				language: {
					type: 'string',
					enum: ['en', 'zh', 'es', 'fr', 'pt', 'de', 'ja', 'ko', 'hi', 'ru'],
					enumNames: { en: 'English', zh: 'Chinese', es: 'Spanish', fr: 'French', pt: 'Portuguese', de: 'German', ja: 'Japanese', ko: 'Korean', hi: 'Hindi', ru: 'Russian' },
					description: 'Language of the phrase to sing',
				},
			},
		},
		rules: [{ message: "'Vocal End' has to be after 'Vocal Start'", gap: { from: 'vocalStartS', to: 'vocalEndS', min: 1 } }],
	},
	{
		...voice,
		id: 'suno/suno-voice-regenerate',
		title: 'Regenerate Validation Phrase',
		operations: { regeneratePhrase: [{}] },
		withoutCallback: true,
		api: 'suno-voice-phrase',
		path: '/api/v1/voice/regenerate',
		twin: { id: 'ai-music-api/regenerate-phrase' },
		media: {},
		input: { required: ['taskId'], properties: { taskId: { ...earlierTask, description: 'Task of a phrase that did not work or is too old' } } },
	},
	{
		...voice,
		id: 'suno/suno-voice-generate',
		title: 'Create Voice',
		operations: { createVoice: [{}] },
		api: 'suno-voice',
		path: '/api/v1/voice/generate',
		twin: { id: 'ai-music-api/create-voice' },
		media: { verifyUrl: 'audio' },
		input: {
			required: ['taskId', 'verifyUrl'],
			properties: {
				taskId: { ...earlierTask, description: 'Task of the phrase, which works once and for 10 to 15 minutes' },
				verifyUrl: { ...url, title: 'Phrase Recording', description: 'The phrase in the same voice, best sung, as WAV or MP3' },
				voiceName: { type: 'string', description: 'How the voice is called' },
				description: { type: 'string', description: 'What the voice is like' },
				style: { type: 'string', description: 'Style of the voice, such as Pop, Female Vocal' },
				singerSkillLevel: { type: 'string', enum: ['beginner', 'intermediate', 'advanced', 'professional'], default: 'beginner', description: 'How well the singer sings' },
			},
		},
	},
	{
		...voice,
		id: 'suno/suno-voice-check-voice',
		title: 'Check Voice',
		operations: { checkVoice: [{}] },
		api: 'suno-now',
		path: '/api/v1/voice/check-voice',
		twin: { id: 'ai-music-api/check-voice' },
		media: {},
		input: { required: ['task_id'], properties: { task_id: { ...earlierTask, description: 'Task that created the voice' } } },
	},
];
