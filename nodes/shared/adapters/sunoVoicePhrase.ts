import { nonEmptyFields } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import { hasField } from './callbackFormat';
import { parseVoiceRecord } from './sunoVoice';
import { TEXT } from './resultShape';

/** The phrase to sing for a voice of one's own; it exists while Kie waits for the recording (https://docs.kie.ai/suno-api/suno-voice-validate-info). */
export const sunoVoicePhrase: Adapter = {
	displayName: 'Suno Validation Phrase',
	result: { fields: { phrase: TEXT }, withoutFiles: true },
	create: flatCreate('/api/v1/voice/validate'),
	read: readByTaskId('/api/v1/voice/validate-info'),
	parseRecord: (record) =>
		parseVoiceRecord(record, ['wait_validating', 'success'], nonEmptyFields({ phrase: record.validateInfo })),
	callback: {
		idFields: ['data.taskId'],
		matches: (callback) => hasField(callback, 'validateInfo'),
		toRecord: ({ data }) => data,
	},
};
