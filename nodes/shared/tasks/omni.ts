import type { Adapter } from './adapter';
import { createdAtOnce, flatCreate, readAt } from './adapter';

/** Gemini Omni's voices and characters come at once, as IDs for its videos; there is no record to read (kie-api: dedicated/omni-api). */
const atOnce = {
	answersAtOnce: true as const,
	read: readAt(''),
	snapshot: (record: Parameters<Adapter['snapshot']>[0]) => ({ state: 'success' as const, urls: [], details: record }),
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
