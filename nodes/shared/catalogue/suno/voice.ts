import { url } from '../fields';
import type { SunoModel } from '../types';
import { audioId, earlierTask, taskId } from './fields';
import { secondsBetween } from './rules';
import { FLAG, TEXT } from '../../adapters/resultShape';

const voice = { resource: 'voice', family: 'Suno', seconds: 60 } as const;

export const voiceModels: SunoModel[] = [
	{
		...voice,
		id: 'suno/generate-persona',
		title: 'Create Persona',
		operations: { createPersona: [{}] },
		result: { fields: { personaId: TEXT, name: TEXT, description: TEXT }, withoutFiles: true },
		api: 'suno-now',
		path: '/api/v1/generate/generate-persona',
		marketVariant: { id: 'ai-music-api/generate-persona' },
		media: {},
		input: {
			required: ['taskId', 'audioId', 'name', 'description'],
			properties: {
				taskId: { ...taskId, description: 'ID of the task that generated the track' },
				audioId: { ...audioId, description: 'ID of the track, once per track' },
				name: { type: 'string', example: 'Dream Pop Singer', description: 'Name of the persona' },
				description: { type: 'string', example: 'Soft female voice, dreamy synths', description: 'Style, mood, instruments and voice' },
				vocalStart: { type: 'number', minimum: 0, default: 0, description: 'Start of the segment to learn from, in seconds' },
				vocalEnd: { type: 'number', minimum: 0, default: 30, description: 'End of the segment to learn from, in seconds' },
				style: { type: 'string', example: 'Electronic Pop', description: 'Additional style tag' },
			},
		},
		rules: [
			{
				message: "'Vocal End' must be 10 to 30 seconds after 'Vocal Start'",
				holds: ({ vocalStart = 0, vocalEnd = 30 }) => {
					const seconds = secondsBetween(vocalStart, vocalEnd);
					return !(seconds < 10 || seconds > 30);
				},
			},
		],
	},
	{
		...voice,
		id: 'suno/suno-voice-validate',
		title: 'Generate Validation Phrase',
		operations: { generatePhrase: [{}] },
		api: 'suno-voice-phrase',
		path: '/api/v1/voice/validate',
		marketVariant: { id: 'ai-music-api/validation-phrase' },
		media: { voiceUrl: 'audio' },
		input: {
			required: ['voiceUrl', 'vocalStartS', 'vocalEndS'],
			properties: {
				voiceUrl: { ...url, title: 'Voice Recording', description: 'Voice to clone; WAV or MP3' },
				vocalStartS: { type: 'integer', minimum: 0, title: 'Vocal Start', description: 'Start of the segment to use, in whole seconds' },
				vocalEndS: { type: 'integer', minimum: 0, title: 'Vocal End', preset: 20, description: 'End of the segment to use, in whole seconds' },
				language: {
					type: 'string',
					enum: ['en', 'zh', 'es', 'fr', 'pt', 'de', 'ja', 'ko', 'hi', 'ru'],
					enumNames: { en: 'English', zh: 'Chinese', es: 'Spanish', fr: 'French', pt: 'Portuguese', de: 'German', ja: 'Japanese', ko: 'Korean', hi: 'Hindi', ru: 'Russian' },
					description: 'Language of the phrase to sing',
				},
			},
		},
		rules: [{ message: "'Vocal End' must be after 'Vocal Start'", holds: ({ vocalStartS, vocalEndS }) => !(secondsBetween(vocalStartS, vocalEndS) < 1) }],
	},
	{
		...voice,
		id: 'suno/suno-voice-regenerate',
		title: 'Regenerate Validation Phrase',
		operations: { regeneratePhrase: [{}] },
		callbackField: 'calBackUrl',
		api: 'suno-voice-phrase',
		path: '/api/v1/voice/regenerate',
		marketVariant: { id: 'ai-music-api/regenerate-phrase' },
		media: {},
		input: { required: ['taskId'], properties: { taskId: { ...earlierTask, description: 'ID of the task whose phrase failed or expired' } } },
	},
	{
		...voice,
		id: 'suno/suno-voice-generate',
		title: 'Create Voice',
		operations: { createVoice: [{}] },
		api: 'suno-voice',
		path: '/api/v1/voice/generate',
		marketVariant: { id: 'ai-music-api/create-voice' },
		media: { verifyUrl: 'audio' },
		input: {
			required: ['taskId', 'verifyUrl'],
			properties: {
				taskId: { ...earlierTask, description: 'ID of the task that generated the phrase, within 10 minutes' },
				verifyUrl: { ...url, title: 'Phrase Recording', description: 'The phrase, sung in the same voice; WAV or MP3' },
				voiceName: { type: 'string', description: 'Name of the voice' },
				description: { type: 'string', description: 'Description of the voice' },
				style: { type: 'string', example: 'Pop, female vocal', description: 'Style of the voice' },
				singerSkillLevel: { type: 'string', enum: ['beginner', 'intermediate', 'advanced', 'professional'], default: 'beginner', description: 'Skill level of the singer' },
			},
		},
	},
	{
		...voice,
		id: 'suno/suno-voice-check-voice',
		title: 'Check Voice',
		operations: { checkVoice: [{}] },
		result: { fields: { isAvailable: FLAG }, withoutFiles: true },
		api: 'suno-now',
		path: '/api/v1/voice/check-voice',
		marketVariant: { id: 'ai-music-api/check-voice' },
		media: {},
		input: { required: ['task_id'], properties: { task_id: { ...earlierTask, description: 'ID of the task that created the voice' } } },
	},
];
