import { nonEmptyFields } from '../json';
import type { Adapter } from './adapter';
import { createdAtOnce, flatCreate } from './adapter';
import { TEXT } from './resultShape';

/** Voices of Gemini Omni; the response has the voice's ID (https://docs.kie.ai/market/gemini-omni-audio). */
export const omniAudio: Adapter = {
	displayName: 'Gemini Omni Voice',
	result: { fields: { kieAudioId: TEXT, name: TEXT }, withoutFiles: true },
	create: flatCreate('/api/v1/omni/audio/create'),
	parseCreated: createdAtOnce('kieAudioId'),
	parseRecord: (record) => ({ state: 'success', urls: [], details: nonEmptyFields(record) }),
};
