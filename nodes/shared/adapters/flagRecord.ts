import { asNumber, asText } from '../json';
import type { JsonObject } from '../json';
import type { TaskFailure, TaskStatus, TaskState } from './taskStatus';
import { modelOf, times, toStatus } from './taskStatus';

/** The final states of the APIs whose `successFlag` is a number; 0 is running, and so is an unknown number. */
export const DEFAULT_FLAGS: ReadonlyMap<number, TaskState> = new Map([
	[1, 'success'],
	[2, 'fail'],
	[3, 'fail'],
]);

/** Why a record's task failed, in the fields that most APIs share. */
export function recordFailure({ errorCode, errorMessage }: JsonObject): TaskFailure {
	return { code: asNumber(errorCode)?.toString() ?? asText(errorCode), reason: asText(errorMessage) ?? '' };
}

/** Parses a record whose `successFlag` is a number. */
export function parseFlagRecord(
	record: JsonObject,
	urls: string[],
	details: JsonObject = {},
	flags = DEFAULT_FLAGS,
): TaskStatus {
	return toStatus({
		state: flags.get(asNumber(record.successFlag) ?? 0) ?? 'waiting',
		urls,
		details,
		failure: recordFailure(record),
		credits: asNumber(record.creditsConsumed),
		model: modelOf(record),
		...times(record),
	});
}
