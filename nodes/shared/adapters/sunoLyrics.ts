import { asText, parseObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import type { CallbackBody } from './callbackFormat';
import { failureFields, hasField } from './callbackFormat';
import { FAILED_WORD, objectsIn, parseWordRecord } from './sunoRecords';
import { listOf, objectOf, TEXT } from './resultShape';

/** Whether the list in a callback is one of lyrics, and not of tracks. */
export function hasLyrics({ data }: CallbackBody): boolean {
	return objectsIn(data.data).some((entry) => 'text' in entry);
}

/** Lyrics (https://docs.kie.ai/suno-api/get-lyrics-details). */
export const sunoLyrics: Adapter = {
	displayName: 'Suno Lyrics',
	result: {
		fields: { lyrics: listOf(objectOf({ title: TEXT, text: TEXT, status: TEXT, errorMessage: TEXT })) },
		withoutFiles: true,
	},
	create: flatCreate('/api/v1/lyrics'),
	read: readByTaskId('/api/v1/lyrics/record-info'),
	parseRecord: (record) => {
		const lyrics = objectsIn(parseObject(record.response)?.data).filter(({ text }) => asText(text) !== undefined);
		return parseWordRecord(record, record.status, [], lyrics.length > 0 ? { lyrics } : {});
	},
	callback: {
		idFields: ['data.task_id'],
		// Failed lyrics have the type `complete`, too.
		matches: (callback) =>
			hasField(callback, 'callbackType') &&
			(hasLyrics(callback) || (!callback.isSuccess && callback.data.callbackType === 'complete')),
		couldMatch: (callback) => hasField(callback, 'callbackType') && !callback.isSuccess,
		toRecord: (callback) => ({
			status: callback.isSuccess ? 'SUCCESS' : FAILED_WORD,
			...failureFields(callback),
			response: { data: callback.data.data ?? null },
		}),
	},
};
