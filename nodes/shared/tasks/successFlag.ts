import { number, text } from '../api/answer';
import type { JsonObject } from '../catalogue/types';
import type { TaskSnapshot, TaskState } from './snapshot';
import { checkedSuccess, times } from './snapshot';

/**
 * Reads a record of the APIs that say with a number where a task stands: 0 running, 1 done, 2 and 3 failed
 * (kie-api: dedicated). An unknown number goes on.
 */
export function successFlagSnapshot(record: JsonObject, urls: string[], details: JsonObject = {}): TaskSnapshot {
	const flag = number(record.successFlag);
	const state: TaskState = flag === 1 ? 'success' : flag === 2 || flag === 3 ? 'fail' : 'waiting';
	const code = number(record.errorCode)?.toString() ?? text(record.errorCode);
	return checkedSuccess({
		state,
		urls: state === 'success' ? urls : [],
		details: state === 'success' ? details : {},
		failure: state === 'fail' ? { code, reason: text(record.errorMessage) ?? '' } : undefined,
		credits: number(record.creditsConsumed),
		...times(record),
	});
}
