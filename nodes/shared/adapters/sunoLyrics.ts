import { asText, parseObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import { objectsIn, parseWordRecord } from './sunoRecords';

/** Lyrics (https://docs.kie.ai/suno-api/get-lyrics-details). */
export const sunoLyrics: Adapter = {
	displayName: 'Suno Lyrics',
	create: flatCreate('/api/v1/lyrics'),
	read: readByTaskId('/api/v1/lyrics/record-info'),
	parseRecord: (record) => {
		const lyrics = objectsIn(parseObject(record.response)?.data).filter(({ text }) => asText(text) !== undefined);
		return parseWordRecord(record, record.status, [], lyrics.length > 0 ? { lyrics } : {});
	},
};
