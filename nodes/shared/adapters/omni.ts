import type { Adapter } from './adapter';
import { createdAtOnce, flatCreate, readByTaskId } from './adapter';

/** Voices and characters of Gemini Omni are returned at once, as IDs, without a task (https://docs.kie.ai/market/gemini-omni-character). */
const atOnce = {
	answersAtOnce: true as const,
	read: readByTaskId(''),
	parseRecord: (record: Parameters<Adapter['parseRecord']>[0]) => ({
		state: 'success' as const,
		urls: [],
		details: record,
	}),
};

export const omniAudio: Adapter = {
	...atOnce,
	api: 'omni-audio',
	create: flatCreate('/api/v1/omni/audio/create'),
	created: createdAtOnce('kieAudioId'),
};

export const omniCharacter: Adapter = {
	...atOnce,
	api: 'omni-character',
	create: flatCreate('/api/v1/omni/character/create'),
	created: createdAtOnce('characterId'),
};
