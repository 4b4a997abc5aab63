import { asText, nonEmptyFields } from '../json';
import type { JsonObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import { hasField } from './callbackFormat';
import { wordFailure } from './sunoRecords';
import type { TaskState, TaskStatus } from './taskStatus';
import { toStatus } from './taskStatus';
import { TEXT } from './resultShape';

/** Parses the record of a voice, whose state is a word in lower case; `finalWords` mean success. */
export function parseVoiceRecord(record: JsonObject, finalWords: string[], details: JsonObject): TaskStatus {
	const word = asText(record.status) ?? '';
	const state: TaskState = finalWords.includes(word) ? 'success' : word.endsWith('fail') ? 'fail' : 'waiting';
	return toStatus({ state, urls: [], details, failure: wordFailure(record, word) });
}

/** A voice of one's own. `voiceId` is reported to stay empty; later calls take the task's ID then (https://docs.kie.ai/suno-api/suno-voice-record-info). */
export const sunoVoice: Adapter = {
	displayName: 'Suno Voice',
	result: { fields: { voiceId: TEXT }, withoutFiles: true },
	create: flatCreate('/api/v1/voice/generate'),
	read: readByTaskId('/api/v1/voice/record-info'),
	parseRecord: (record) =>
		parseVoiceRecord(record, ['success'], nonEmptyFields({ voiceId: asText(record.voiceId) ?? record.taskId })),
	callback: {
		idFields: ['data.taskId'],
		matches: (callback) => hasField(callback, 'voiceId'),
		toRecord: ({ data }) => data,
	},
};
