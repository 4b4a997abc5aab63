import type { JsonObject } from '../json';
import { isEmpty, isObject } from '../json';

/** Where a callback can have the task's ID, in the order in which Kie says to look for it (https://docs.kie.ai/common-api/webhook-verification). */
export const ID_FIELDS = ['data.taskId', 'data.task_id', 'taskId', 'task_id'] as const;
export type IdField = (typeof ID_FIELDS)[number];

/** How far a song is when Kie sends a callback before it is complete. */
export type EarlyMilestone = 'first' | 'text';

/** The body of a callback, taken apart as far as those of all APIs are alike. */
export interface CallbackBody {
	body: JsonObject;
	/** Its `data`; empty where that is null or a list. */
	data: JsonObject;
	/** Where the task's ID was found. */
	idField: IdField;
	/** Whether `code` means success. */
	isSuccess: boolean;
	code?: number;
	/** Kie's message. */
	reason: string;
}

/** The callbacks of an API: how they are recognized, and what they say. */
export interface CallbackFormat {
	/** Where they have the task's ID. */
	idFields: readonly IdField[];
	/** Whether a body has the fields of this API's callbacks. */
	matches(callback: CallbackBody): boolean;
	/** Whether a body that other APIs send can be this one's too. Those whose callbacks match come first, each group in the order of the index. */
	couldMatch?(callback: CallbackBody): boolean;
	/** The body as the record of its task. */
	toRecord(callback: CallbackBody): JsonObject;
	/** The milestone that the task has reached, if it is not complete. */
	milestone?(callback: CallbackBody): EarlyMilestone | undefined;
}

/** Whether `data` has one of some fields. */
export function hasField({ data }: CallbackBody, ...names: string[]): boolean {
	return names.some((name) => Object.hasOwn(data, name));
}

/** The object `data.info`, in which some APIs have their result. */
export function infoOf({ data }: CallbackBody): JsonObject {
	return isObject(data.info) ? data.info : {};
}

/** Whether there is no result where some APIs have theirs. */
export function hasEmptyInfo(callback: CallbackBody): boolean {
	return hasField(callback, 'info') && isEmpty(callback.data.info);
}

/** Whether a failed task is posted with nothing but its ID. */
export function isBareFailure({ data, idField, isSuccess }: CallbackBody, ...idFields: IdField[]): boolean {
	return !isSuccess && idFields.includes(idField) && Object.keys(data).length <= 1;
}

/** Why the task failed, in the fields of a record. */
export function failureFields({ isSuccess, code, reason }: CallbackBody): JsonObject {
	return isSuccess ? {} : { errorCode: code ?? null, errorMessage: reason };
}

/** A record whose state is the number `successFlag`. */
export function toFlagRecord(callback: CallbackBody, result: JsonObject): JsonObject {
	return { successFlag: callback.isSuccess ? 1 : 3, ...failureFields(callback), ...result };
}
