import { number, text } from '../api/answer';
import type { JsonObject } from '../catalogue/types';
import type { TaskSnapshot, TaskState } from './snapshot';
import { checkedSuccess, times } from './snapshot';

/** The states of the APIs that report them as numbers. */
export const USUAL_FLAGS: Record<number, TaskState> = { 1: 'success', 2: 'fail', 3: 'fail' };

/** Why a record's task failed, in the fields that those APIs share. */
export function recordFailure(record: JsonObject): TaskSnapshot['failure'] {
	return {
		code: number(record.errorCode)?.toString() ?? text(record.errorCode),
		reason: text(record.errorMessage) ?? '',
	};
}

/** Reads a record whose `successFlag` is a number. 0 is running, and so is a number that is not known. */
export function successFlagSnapshot(
	record: JsonObject,
	urls: string[],
	details: JsonObject = {},
	flags = USUAL_FLAGS,
): TaskSnapshot {
	const state = flags[number(record.successFlag) ?? 0] ?? 'waiting';
	return checkedSuccess({
		state,
		urls: state === 'success' ? urls : [],
		details: state === 'success' ? details : {},
		failure: state === 'fail' ? recordFailure(record) : undefined,
		credits: number(record.creditsConsumed),
		...times(record),
	});
}
