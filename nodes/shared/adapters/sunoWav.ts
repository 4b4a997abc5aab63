import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import { parseTrackFile } from './sunoRecords';

/** A track as WAV (https://docs.kie.ai/suno-api/get-wav-details). */
export const sunoWav: Adapter = {
	displayName: 'Suno WAV',
	create: flatCreate('/api/v1/wav/generate'),
	read: readByTaskId('/api/v1/wav/record-info'),
	parseRecord: (record) => parseTrackFile(record, 'audioWavUrl'),
};
