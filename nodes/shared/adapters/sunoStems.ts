import { camelCase } from 'lodash';

import { asText, nonEmptyFields, parseObject } from '../json';
import type { Json, JsonObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import { hasField } from './callbackFormat';
import { objectsIn, parseWordRecord, toWordRecord } from './sunoRecords';
import type { TaskStatus } from './taskStatus';
import { urlsIn } from './taskStatus';
import { listOf, NUMBER, objectOf, TEXT } from './resultShape';

/**
 * The stems of a separation, each URL under the stem's name. A stem that was extracted alone has no field of its own and
 * is only in the list `originData`; the market has the same fields in snake_case.
 */
export function parseStems(response: JsonObject): Pick<TaskStatus, 'urls' | 'fileNames' | 'details'> {
	const stemTracks = objectsIn(response.originData);
	const named = Object.entries(response)
		.map(([name, value]): [string, Json] => [camelCase(name), value])
		.filter(([name]) => name.endsWith('Url') && name !== 'originUrl')
		.map(([name, value]): [string, Json] => [name.slice(0, -'Url'.length), value]);
	const listed = stemTracks.map(({ stem_type_group_name: name, audio_url: url = null }): [string, Json] => [
		camelCase(asText(name) ?? 'stem'),
		url,
	]);
	const fields = nonEmptyFields(Object.fromEntries(named));
	const stems = Object.keys(fields).length > 0 ? fields : nonEmptyFields(Object.fromEntries(listed));
	const hasStems = Object.keys(stems).length > 0;
	return {
		urls: Object.values(stems).flatMap((url) => urlsIn(url)),
		fileNames: Object.keys(stems),
		details: hasStems ? { stems, ...(stemTracks.length > 0 ? { stemTracks } : {}) } : {},
	};
}

const STEM_TRACK = objectOf({ id: TEXT, stem_type_group_name: TEXT, audio_url: TEXT, duration: NUMBER });

/** The stems of a track (https://docs.kie.ai/suno-api/get-vocal-separation-details). */
export const sunoStems: Adapter = {
	displayName: 'Suno Stems',
	result: { fields: { stems: objectOf({ vocal: TEXT, instrumental: TEXT }), stemTracks: listOf(STEM_TRACK) } },
	create: flatCreate('/api/v1/vocal-removal/generate'),
	read: readByTaskId('/api/v1/vocal-removal/record-info'),
	parseRecord: (record) => {
		const { urls, details, fileNames } = parseStems(parseObject(record.response) ?? {});
		return { ...parseWordRecord(record, record.successFlag, urls, details), fileNames };
	},
	callback: {
		idFields: ['data.task_id'],
		matches: (callback) => hasField(callback, 'vocal_separation_info'),
		toRecord: (callback) => toWordRecord(callback, parseObject(callback.data.vocal_separation_info) ?? {}),
	},
};
