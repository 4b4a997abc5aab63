import { parseObject } from '../json';
import type { Adapter } from './adapter';
import { flatCreate, readByTaskId } from './adapter';
import { urlsIn } from './taskStatus';
import { parseFlagRecord } from './flagRecord';
import { hasEmptyInfo, infoOf, isBareFailure, toFlagRecord } from './callbackFormat';

/** The legacy API of Flux Kontext (https://docs.kie.ai/flux-kontext-api/get-image-details). `originImageUrl` expires in 10 minutes. */
export const fluxKontext: Adapter = {
	displayName: 'Flux Kontext',
	create: flatCreate('/api/v1/flux/kontext/generate'),
	read: readByTaskId('/api/v1/flux/kontext/record-info'),
	parseRecord: (record) => parseFlagRecord(record, urlsIn(parseObject(record.response)?.resultImageUrl)),
	callback: {
		idFields: ['data.taskId'],
		matches: (callback) => 'resultImageUrl' in infoOf(callback),
		// How a failure is posted is not documented.
		couldMatch: (callback) => hasEmptyInfo(callback) || isBareFailure(callback, 'data.taskId'),
		toRecord: (callback) => toFlagRecord(callback, { response: infoOf(callback) }),
	},
};
