import type { TaskStatus } from '../adapters/taskStatus';
import type { Failure } from '../api/failure';
import type { JsonObject } from '../json';
import type { TaskReading } from './readTask';

/** Right after creation Kie may not know a task yet: 422 "recordInfo is null" (https://docs.kie.ai/market/common/get-task-detail). */
const UNKNOWN_GRACE_MS = 60_000;
/** How long the result of a task may arrive after its record says success. */
export const RESULT_GRACE_MS = 60_000;
/** A refusal that does not pass by itself (bad key, disabled feature) counts when it comes this often in a row. */
export const MAX_REFUSALS = 3;

/** What is remembered of a task from one read to the next. Times in milliseconds since 1970. */
export interface TaskWatch {
	/** How many reads in a row were refused. */
	refusals: number;
	/** Kie has had a record of it. */
	isKnown?: true;
	/** When Kie first had no record of it. */
	unknownSince?: number;
	/** When its record first said success without a result. */
	withoutResultSince?: number;
}

/** The result of waiting for a task. */
export type WatchEnd =
	| { kind: 'finished'; status: TaskStatus; record: JsonObject }
	/** The record says success, and its result has not arrived. */
	| { kind: 'withoutResult' }
	| { kind: 'timeLimit'; lastFailure?: Failure }
	| { kind: 'unreadable'; failure: Failure };

/**
 * What a read of a task leads to: the end of waiting, or another read. Transient failures are survived until `deadline`
 * (milliseconds since 1970), because the task is paid for; a missing result is waited for beyond it.
 */
export function afterReading(
	reading: TaskReading,
	watch: TaskWatch,
	deadline: number,
): WatchEnd | { kind: 'wait'; watch: TaskWatch } {
	if (reading.kind === 'record' && isFinal(reading.status)) return { ...reading, kind: 'finished' };
	const next = nextWatch(reading, watch);
	const failure = 'failure' in reading ? reading.failure : undefined;
	if (failure && isUnreadable(reading, next)) return { kind: 'unreadable', failure };
	if (Date.now() < watchedUntil(next, deadline)) return { kind: 'wait', watch: next };
	return next.withoutResultSince === undefined
		? { kind: 'timeLimit', lastFailure: failure }
		: { kind: 'withoutResult' };
}

/** When the last read is due, in milliseconds since 1970. */
export function watchedUntil({ withoutResultSince }: TaskWatch, deadline: number): number {
	return withoutResultSince === undefined ? deadline : withoutResultSince + RESULT_GRACE_MS;
}

function isFinal({ state }: TaskStatus): boolean {
	return state === 'success' || state === 'fail';
}

function isUnreadable({ kind }: TaskReading, { refusals, isKnown, unknownSince = Infinity }: TaskWatch): boolean {
	if (kind === 'unknown') return !isKnown && Date.now() - unknownSince >= UNKNOWN_GRACE_MS;
	return refusals >= MAX_REFUSALS;
}

function nextWatch(reading: TaskReading, watch: TaskWatch): TaskWatch {
	const { refusals, unknownSince = Date.now(), withoutResultSince = Date.now() } = watch;
	switch (reading.kind) {
		case 'record':
			if (reading.status.state !== 'withoutResult') return { refusals: 0, isKnown: true };
			return { refusals: 0, isKnown: true, withoutResultSince };
		case 'pending':
			return { ...watch, refusals: 0, isKnown: true };
		case 'unknown':
			return { ...watch, unknownSince };
		case 'transient':
			return { ...watch, refusals: 0 };
		case 'refused':
			return { ...watch, refusals: refusals + 1 };
	}
}
