import type { ApiName, JsonObject, Model } from '../catalogue/types';
import type { TaskSnapshot } from './snapshot';

/** How one of Kie's APIs creates a task and says what became of it. The differences between the APIs end here. */
export interface Adapter {
	api: ApiName;
	/** Where and with what body a task is created. */
	create(
		model: Pick<Model, 'id' | 'path' | 'fixed'>,
		input: JsonObject,
		callBackUrl?: string,
	): { path: string; body: JsonObject };
	/** Where the record of a task is read, with the task's ID in the query as `taskId`. */
	recordPath: string;
	/** What a record's `data` says. */
	snapshot(record: JsonObject): TaskSnapshot;
}

/** A body of an API that takes the fields at the top, and the callback address among them. */
export function flatBody(input: JsonObject, fixed?: JsonObject, callBackUrl?: string): JsonObject {
	return { ...input, ...fixed, ...(callBackUrl ? { callBackUrl } : {}) };
}
