import { omit } from 'lodash';

import { asNumber, asText, isObject, nonEmptyFields } from '../json';
import type { JsonObject } from '../json';
import type { Adapter } from './adapter';
import { stateOfWord } from './sunoRecords';
import { times, toStatus } from './taskStatus';

/** What Suno reports of a call besides its result. */
const BOOKKEEPING = [
	'taskId',
	'successFlag',
	'errorCode',
	'errorMsg',
	'creditsConsumed',
	'creditsRemaining',
	'createTime',
];
/** The fields of which a result has at least one. */
const RESULT_FIELDS = ['alignedWords', 'result', 'personaId', 'isAvailable'];

/** The result in a response that is the result; empty if there is none. */
export function resultOfResponse(data: JsonObject): JsonObject {
	const details = nonEmptyFields(omit(data, BOOKKEEPING));
	return RESULT_FIELDS.some((name) => name in details) ? details : {};
}

/** What Suno returns at once: timestamped lyrics, a style, a persona, whether a voice is ready (https://docs.kie.ai/suno-api/generate-persona). */
export const sunoNow: Adapter = {
	displayName: 'Suno (Returns at Once)',
	result: { fields: {}, withoutFiles: true },
	create: ({ path = '', fixed }, input) => ({ kind: 'request', method: 'POST', path, body: { ...input, ...fixed } }),
	parseCreated: (response, input) => {
		if (response.kind === 'failed') return { kind: 'failed', failure: response.failure };
		const record = isObject(response.data) ? response.data : {};
		const word = asText(record.successFlag) ?? '';
		if (stateOfWord(word, false) === 'fail')
			return { kind: 'failed', failure: { kind: 'refused', reason: asText(record.errorMsg) ?? word } };
		if (Object.keys(resultOfResponse(record)).length === 0)
			return { kind: 'failed', failure: { kind: 'unexpectedResponse', reason: 'The response has no result' } };
		const ids = [record.taskId, record.personaId, input.taskId, input.task_id].flatMap((id) => asText(id) ?? []);
		return { kind: 'created', taskId: ids[0] ?? '', record };
	},
	parseRecord: (record) =>
		toStatus({
			state: 'success',
			urls: [],
			details: resultOfResponse(record),
			credits: asNumber(record.creditsConsumed),
			...times(record),
		}),
};
