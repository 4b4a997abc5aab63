import { adapters } from '../adapters';
import type { Adapter, Milestone, ReadResult } from '../adapters/adapter';
import type { TaskStatus } from '../adapters/taskStatus';
import type { Failure } from '../api/failure';
import type { KieContext } from '../api/account';
import { readLimiter } from '../api/readRate';
import { sendOnce, sendWithRetries } from '../api/request';
import type { ApiResponse } from '../api/response';
import { isTransient } from '../api/retry';
import type { ApiName } from '../adapters';
import type { JsonObject } from '../json';
import { isObject } from '../json';

/** What is needed to read a task. */
export interface TaskToRead {
	api: ApiName;
	taskId: string;
	/** The input that the task was created with, where reading it needs more than the ID. */
	input?: JsonObject;
	/** How far the task has to be to count as done; if not set, all of it. */
	milestone?: Milestone;
}

/** What a read says of a task. */
export type TaskReading =
	| { kind: 'record'; record: JsonObject; status: TaskStatus }
	/** The result is not there yet. */
	| { kind: 'pending' }
	/** Kie has no record of the task: right after its creation not yet, later not at all. */
	| { kind: 'unknown'; failure: Failure }
	/** The next read may succeed. */
	| { kind: 'transient'; failure: Failure }
	/** A bad key, a disabled feature: it does not pass by itself. */
	| { kind: 'refused'; failure: Failure };

interface ReadOptions {
	/** Repeats the request on a transient failure, for a task that is read only once. */
	retries?: boolean;
	timeoutMs?: number;
	signal?: AbortSignal;
	/** How likely it is, from 0 to 1, that the task has completed: what is most likely is read first. */
	likelihood?: () => number;
}

const NO_RECORD: Failure = { kind: 'notFound', reason: 'There is no record of the task' };

/** Reads a task: the one way to learn where it stands. Free of charge. */
export async function readTask(
	context: KieContext,
	{ api, taskId, input = {}, milestone }: TaskToRead,
	{ retries = false, timeoutMs, signal, likelihood }: ReadOptions = {},
): Promise<TaskReading> {
	const call = adapters[api].read?.(taskId, input);
	if (!call) return { kind: 'unknown', failure: NO_RECORD };
	const send = retries ? sendWithRetries : sendOnce;
	const response = await send(context, { ...call, timeoutMs, signal, limiter: readLimiter(likelihood) });
	return toReading(response, adapters[api], milestone);
}

/** What the response to a read means. */
export function toReading(response: ApiResponse, adapter: Adapter, milestone?: Milestone): TaskReading {
	const result = adapter.parseRead?.(response) ?? resultOf(response);
	switch (result.kind) {
		case 'record':
			return { ...result, status: adapter.parseRecord(result.record, milestone) };
		case 'pending':
			return result;
		case 'failed': {
			const { failure } = result;
			if (failure.kind === 'invalidInput' || failure.kind === 'notFound') return { kind: 'unknown', failure };
			return { kind: isTransient(failure) ? 'transient' : 'refused', failure };
		}
	}
}

function resultOf(response: ApiResponse): ReadResult | { kind: 'failed'; failure: Failure } {
	if (response.kind === 'failed') return response;
	return isObject(response.data) ? { kind: 'record', record: response.data } : { kind: 'failed', failure: NO_RECORD };
}
