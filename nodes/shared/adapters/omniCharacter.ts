import type { Adapter } from './adapter';
import { createdAtOnce, flatCreate } from './adapter';

/** Characters of Gemini Omni; the response has the character's ID (https://docs.kie.ai/market/gemini-omni-character). */
export const omniCharacter: Adapter = {
	displayName: 'Gemini Omni Character',
	create: flatCreate('/api/v1/omni/character/create'),
	parseCreated: createdAtOnce('characterId'),
	parseRecord: (record) => ({ state: 'success', urls: [], details: record }),
};
