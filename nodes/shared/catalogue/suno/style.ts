import type { SunoModel } from '../types';
import { TEXT } from '../../adapters/resultShape';

export const styleModels: SunoModel[] = [
	{
		id: 'suno/boost-music-style',
		title: 'Boost Style',
		family: 'Suno',
		resource: 'style',
		operations: { boost: [{}] },
		result: { fields: { result: TEXT, param: TEXT }, withoutFiles: true },
		seconds: 20,
		api: 'suno-now',
		path: '/api/v1/style/generate',
		marketVariant: { id: 'ai-music-api/boost-music-style' },
		media: {},
		input: { required: ['content'], properties: { content: { type: 'string', example: 'Pop, mysterious', description: 'Style in a few words' } } },
	},
];
