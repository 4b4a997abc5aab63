import { asNumber, asText } from '../json';
import type { JsonObject } from '../json';
import type { TaskStatus, TaskState } from './taskStatus';
import { requireResult, times } from './taskStatus';

/** The states of the APIs that report them as numbers. */
export const DEFAULT_FLAGS: Record<number, TaskState> = { 1: 'success', 2: 'fail', 3: 'fail' };

/** Why a record's task failed, in the fields that those APIs share. */
export function recordFailure(record: JsonObject): TaskStatus['failure'] {
	return {
		code: asNumber(record.errorCode)?.toString() ?? asText(record.errorCode),
		reason: asText(record.errorMessage) ?? '',
	};
}

/** Reads a record whose `successFlag` is a number. 0 is running, and so is a number that is not known. */
export function parseFlagRecord(
	record: JsonObject,
	urls: string[],
	details: JsonObject = {},
	flags = DEFAULT_FLAGS,
): TaskStatus {
	const state = flags[asNumber(record.successFlag) ?? 0] ?? 'waiting';
	return requireResult({
		state,
		urls: state === 'success' ? urls : [],
		details: state === 'success' ? details : {},
		failure: state === 'fail' ? recordFailure(record) : undefined,
		credits: asNumber(record.creditsConsumed),
		...times(record),
	});
}
