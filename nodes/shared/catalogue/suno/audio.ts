import { url } from '../fields';
import { isSet } from '../rules';
import type { SunoModel } from '../types';
import { audioId, earlierTask, taskId } from './fields';
import { stems } from './stems';

export const audioModels: SunoModel[] = [
	{
		id: 'suno/convert-to-wav',
		title: 'Convert to WAV',
		family: 'Suno',
		resource: 'audio',
		operations: { convertToWav: [{}] },
		seconds: 30,
		api: 'suno-wav',
		path: '/api/v1/wav/generate',
		marketVariant: { id: 'ai-music-api/convert-to-wav-format' },
		media: {},
		input: { required: ['taskId', 'audioId'], properties: { taskId, audioId } },
	},
	{
		id: 'suno/separate-vocals',
		title: 'Separate Stems',
		family: 'Suno',
		resource: 'audio',
		operations: {
			separate: [
				{ when: { type: ['separate_vocal', 'split_stem'] }, required: ['taskId', 'audioId', 'type'], hidden: ['audioUrl', 'stemName'] },
				{ when: { type: ['split_stem_advanced'] }, required: ['taskId', 'audioId', 'type', 'stemName'], hidden: ['audioUrl'] },
			],
			uploadSeparate: [
				{ when: { type: ['separate_vocal', 'split_stem'] }, required: ['audioUrl', 'type'], hidden: ['taskId', 'audioId', 'stemName'] },
				{ when: { type: ['split_stem_advanced'] }, required: ['audioUrl', 'type', 'stemName'], hidden: ['taskId', 'audioId'] },
			],
		},
		seconds: 60,
		api: 'suno-stems',
		path: '/api/v1/vocal-removal/generate',
		marketVariant: { id: 'ai-music-api/separate-vocals' },
		media: { audioUrl: 'audio' },
		input: {
			properties: {
				taskId,
				audioId,
				audioUrl: { ...url, description: 'Audio to separate; max 20 MB' },
				type: {
					type: 'string',
					enum: ['separate_vocal', 'split_stem', 'split_stem_advanced'],
					enumNames: { separate_vocal: 'Vocals and Instrumental', split_stem: 'Up to 12 Stems', split_stem_advanced: 'One Stem by Name' },
					default: 'separate_vocal',
					description: 'What to separate the audio into',
				},
				stemName: { type: 'string', enum: stems, searchable: true, preset: 'Lead Vocal', description: 'Stem to extract' },
			},
			oneOf: [
				{ title: 'Track of an earlier task', required: ['taskId', 'audioId'], not: { required: ['audioUrl'] } },
				{ title: 'Uploaded audio', required: ['audioUrl'], not: { anyOf: [{ required: ['taskId'] }, { required: ['audioId'] }] } },
			],
		},
		rules: [{ message: "'Stem Name' is required with 'Type' split_stem_advanced", holds: ({ type, stemName }) => type !== 'split_stem_advanced' || isSet(stemName) }],
	},
	{
		id: 'suno/generate-midi',
		title: 'Generate MIDI',
		family: 'Suno',
		resource: 'audio',
		operations: { generateMidi: [{}] },
		seconds: 60,
		api: 'suno-midi',
		path: '/api/v1/midi/generate',
		marketVariant: { id: 'ai-music-api/generate-midi-from-audio' },
		media: {},
		input: {
			required: ['taskId'],
			properties: {
				taskId: { ...earlierTask, description: 'ID of the task that separated the stems' },
				audioId: { type: 'string', description: 'ID of the stem to transcribe; if empty, all stems' },
			},
		},
	},
	{
		id: 'suno/recovery-audio',
		title: 'Recover Audio',
		family: 'Suno',
		resource: 'audio',
		operations: { recover: [{}] },
		seconds: 60,
		api: 'suno-recovery',
		path: '/api/v1/suno/recovery',
		marketVariant: { id: 'ai-music-api/suno-recovery-audio', names: { sunoTaskId: 'task_id' } },
		media: {},
		input: { required: ['sunoTaskId'], properties: { sunoTaskId: { ...taskId, description: 'ID of the music task whose URLs have expired' } } },
	},
];
