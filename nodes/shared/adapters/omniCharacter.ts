import { nonEmptyFields } from '../json';
import type { Adapter } from './adapter';
import { createdAtOnce, flatCreate } from './adapter';
import { TEXT } from './resultShape';

/** Characters of Gemini Omni; the response has the character's ID (https://docs.kie.ai/market/gemini-omni-character). */
export const omniCharacter: Adapter = {
	displayName: 'Gemini Omni Character',
	result: {
		fields: { characterId: TEXT, characterName: TEXT, imageUrl: TEXT, bodyImageUrl: TEXT },
		withoutFiles: true,
	},
	create: flatCreate('/api/v1/omni/character/create'),
	parseCreated: createdAtOnce('characterId'),
	parseRecord: (record) => ({ state: 'success', urls: [], details: nonEmptyFields(record) }),
};
