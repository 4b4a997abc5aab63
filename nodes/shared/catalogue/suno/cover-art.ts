import type { SunoModel } from '../types';
import { taskId } from './fields';

export const coverArtModels: SunoModel[] = [
	{
		id: 'suno/cover-suno',
		title: 'Generate Cover Art',
		family: 'Suno',
		resource: 'coverArt',
		operations: { generate: [{}] },
		seconds: 60,
		api: 'suno-cover',
		path: '/api/v1/suno/cover/generate',
		marketVariant: { id: 'ai-music-api/cover-generate' },
		media: {},
		input: { required: ['taskId'], properties: { taskId: { ...taskId, description: 'ID of the music task, once per task' } } },
	},
];
