import { parseObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import { hasField, isBareFailure, toFlagRecord } from './callbackFormat';
import { parseFlagRecord } from './flagRecord';
import { objectsIn } from './sunoRecords';
import { listOf, NUMBER, objectOf, TEXT } from './resultShape';

const NOTE = objectOf({ pitch: NUMBER, start: NUMBER, end: NUMBER, velocity: NUMBER });

/** The notes of a track's stems (https://docs.kie.ai/suno-api/get-midi-details). */
export const sunoMidi: Adapter = {
	displayName: 'Suno MIDI',
	result: { fields: { instruments: listOf(objectOf({ name: TEXT, notes: listOf(NOTE) })) }, withoutFiles: true },
	create: flatCreate('/api/v1/midi/generate'),
	read: readByTaskId('/api/v1/midi/record-info'),
	parseRecord: (record) => {
		const instruments = objectsIn(parseObject(record.midiData)?.instruments);
		return parseFlagRecord(record, [], instruments.length > 0 ? { instruments } : {});
	},
	callback: {
		idFields: ['data.taskId'],
		// A failure is posted with nothing but its ID (https://docs.kie.ai/suno-api/generate-midi-callbacks).
		matches: (callback) => hasField(callback, 'instruments') || isBareFailure(callback, 'data.taskId'),
		toRecord: (callback) => toFlagRecord(callback, { midiData: { instruments: callback.data.instruments ?? null } }),
	},
};
