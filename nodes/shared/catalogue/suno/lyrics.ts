import type { SunoModel } from '../types';
import { audioId, taskId } from './fields';
import { FLAG, listOf, NUMBER, objectOf, TEXT } from '../../adapters/resultShape';

export const lyricsModels: SunoModel[] = [
	{
		id: 'suno/generate-lyrics',
		title: 'Generate Lyrics',
		family: 'Suno',
		resource: 'lyrics',
		operations: { generate: [{}] },
		seconds: 20,
		api: 'suno-lyrics',
		path: '/api/v1/lyrics',
		marketVariant: { id: 'ai-music-api/generate-lyrics' },
		media: {},
		input: { required: ['prompt'], properties: { prompt: { type: 'string', maxLength: 200, example: 'Leaving a small town', description: 'Topic of the lyrics' } } },
	},
	{
		id: 'suno/get-timestamped-lyrics',
		title: 'Get Timestamped Lyrics',
		family: 'Suno',
		resource: 'lyrics',
		operations: { getTimestamped: [{}] },
		result: {
			fields: {
				alignedWords: listOf(objectOf({ word: TEXT, startS: NUMBER, endS: NUMBER, success: FLAG, palign: NUMBER })),
				waveformData: listOf(NUMBER),
				hootCer: NUMBER,
				isStreamed: FLAG,
			},
			withoutFiles: true,
		},
		seconds: 20,
		api: 'suno-now',
		path: '/api/v1/generate/get-timestamped-lyrics',
		marketVariant: { id: 'ai-music-api/timeStamped-lyrics' },
		media: {},
		input: { required: ['taskId', 'audioId'], properties: { taskId, audioId } },
	},
];
