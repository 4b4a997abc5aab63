import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import { hasField } from './callbackFormat';
import { parseTrackFile, toWordRecord } from './sunoRecords';
import { TEXT } from './resultShape';

/** A track as WAV (https://docs.kie.ai/suno-api/get-wav-details). */
export const sunoWav: Adapter = {
	displayName: 'Suno WAV',
	result: { fields: { audioId: TEXT } },
	create: flatCreate('/api/v1/wav/generate'),
	read: readByTaskId('/api/v1/wav/record-info'),
	parseRecord: (record) => parseTrackFile(record, 'audioWavUrl'),
	callback: {
		idFields: ['data.task_id'],
		matches: (callback) => hasField(callback, 'audioWavUrl', 'audio_wav_url'),
		toRecord: (callback) => {
			const { audio_wav_url = null, audioWavUrl = audio_wav_url } = callback.data;
			return toWordRecord(callback, { audioWavUrl });
		},
	},
};
