import pLimit from 'p-limit';
import type { IWebhookFunctions } from 'n8n-workflow';

import type { ApiResponse } from '../api/response';
import type { Failure } from '../api/failure';
import { sleepFor } from '../api/sleep';
import { sendOnce } from '../api/request';
import type { ApiName } from '../adapters';
import { adapters } from '../adapters';
import { toReading } from '../tasks/readTask';
import type { Callback, CallbackTask } from './parseCallback';
import { parseTask } from './parseCallback';

/** What Kie says about a task that somebody told of. */
type Confirmation =
	| { kind: 'confirmed'; task: CallbackTask }
	/** None of the APIs knows the task. */
	| { kind: 'unknown' }
	/** The task is not as far as was told. */
	| { kind: 'notYet' }
	| { kind: 'unreachable'; failure: Failure };

/** Kie waits 15 s for the response to a callback (https://docs.kie.ai/market/common/get-task-detail); no check starts after this. */
const LIMIT_MS = 10_000;
/** What a look gets at least. n8n may be too busy to begin one for seconds; it is worth it even so, because late is better than lost. */
const SHORTEST_LOOK_MS = 4_500;
const PAUSE_MS = 1_000;
/** A record may come a moment after its callback; one that is still not there then is not coming. */
const LOOKS_AT_UNKNOWN = 2;

/** Reads at the same time in this process; a burst of callbacks waits for its turn. */
const reads = pLimit(100);

/**
 * Asks Kie for the task that a callback tells of, until its record is as far as the callback says or 10 s have passed. All
 * of the answer is the record's, nothing the callback's: a callback can be forged.
 */
export async function confirmTask(context: IWebhookFunctions, callback: Callback): Promise<Confirmation> {
	const end = Date.now() + LIMIT_MS;
	let { apis } = callback;
	for (let looks = 1; ; looks++) {
		const seen = await look(context, { ...callback, apis }, end);
		if (seen.kind === 'confirmed' && isAsFar(seen.task, callback)) return seen;
		if (seen.kind === 'unknown' && looks >= LOOKS_AT_UNKNOWN) return seen;
		if (seen.kind === 'refused') return { kind: 'unreachable', failure: seen.failure };
		if (seen.kind === 'confirmed') apis = [seen.task.api];
		if (Date.now() + PAUSE_MS >= end) return seen.kind === 'confirmed' ? { kind: 'notYet' } : seen;
		await sleepFor(PAUSE_MS);
	}
}

type Seen = Exclude<Confirmation, { kind: 'notYet' }> | { kind: 'refused'; failure: Failure };

/** Asks the APIs that a task may be of, one after the other, until one knows it. */
async function look(context: IWebhookFunctions, { taskId, apis, stage }: Callback, end: number): Promise<Seen> {
	let fault: Failure | undefined;
	for (const api of apis) {
		if (fault && Date.now() >= end) break;
		const answer = await reads(async () => {
			const timeoutMs = Math.max(end - Date.now(), SHORTEST_LOOK_MS);
			return await sendOnce(context, { ...adapters[api].read(taskId, {}), timeoutMs });
		});
		const reading = toReading(answer, adapters[api]);
		if (reading.kind === 'record') return { kind: 'confirmed', task: parseTask(api, reading.record, stage) };
		if (reading.kind === 'pending') return { kind: 'confirmed', task: waitingTask(api) };
		if (isLostRecovery(api, answer)) return { kind: 'confirmed', task: failedTask(api, answer.failure) };
		if (reading.kind === 'refused') return reading;
		if (reading.kind === 'transient') fault = reading.failure;
	}
	return fault ? { kind: 'unreachable', failure: fault } : { kind: 'unknown' };
}

/** A recovery that recovered nothing returns 500, with its tracks (https://docs.kie.ai/suno-api/recovery-audio). */
function isLostRecovery(api: ApiName, answer: ApiResponse): answer is Extract<ApiResponse, { kind: 'failed' }> {
	return api === 'suno-recovery' && answer.kind === 'failed' && Array.isArray(answer.data);
}

function failedTask(api: ApiName, { code, reason }: Failure): CallbackTask {
	const failure = { code: code?.toString(), reason };
	return { api, model: api, event: 'failure', snapshot: { state: 'fail', urls: [], details: {}, failure } };
}

function waitingTask(api: ApiName): CallbackTask {
	return { api, model: api, event: 'progress', snapshot: { state: 'waiting', urls: [], details: {} } };
}

/** Whether a record is as far as a callback has told. */
function isAsFar(task: CallbackTask, told: Callback): boolean {
	return task.event !== 'progress' || (told.event === 'progress' && task.stage === told.stage);
}
