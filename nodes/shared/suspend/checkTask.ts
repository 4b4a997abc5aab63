import type { IExecuteFunctions } from 'n8n-workflow';

import { unexpectedError, unreadTaskError, waitError, withoutResultError } from '../run/runErrors';
import type { ItemError } from '../run/outcome';
import { MAX_REFUSALS, RESULT_GRACE_MS, UNKNOWN_GRACE_MS } from '../tasks/pollTask';
import type { TaskReading } from '../tasks/readTask';
import { readTask } from '../tasks/readTask';
import { toStoredError } from './endRun';
import type { PausedTask } from './pausedRun';

/** Reads the task of a paused run once, if it is still waited for. Never throws. */
export async function checkTask(context: IExecuteFunctions, item: PausedTask, pausedAt: number): Promise<PausedTask> {
	if (item.outcome.kind !== 'waiting') return item;
	const { itemIndex, input, milestone, deadline, options } = item;
	const { task } = item.outcome;
	const failed = (error: ItemError): PausedTask => ({
		...item,
		outcome: { kind: 'failed', task, error: toStoredError(error) },
	});

	let reading: TaskReading | undefined;
	let refusals = 0;
	try {
		reading = await readTask(context, { ...task, input, milestone }, { retries: true });
	} catch (error) {
		refusals = item.refusals + 1;
		if (refusals >= MAX_REFUSALS) return failed(unexpectedError(context, error, itemIndex, task));
	}
	switch (reading?.kind) {
		case 'record': {
			const { status, record } = reading;
			if (status.state === 'waiting') break;
			if (status.state === 'withoutResult') {
				const { withoutResultSince = Date.now() } = item;
				if (Date.now() - withoutResultSince >= RESULT_GRACE_MS)
					return failed(withoutResultError(context, task, itemIndex));
				return { ...item, refusals, withoutResultSince };
			}
			return { ...item, outcome: { kind: 'done', task, status, record, files: [] } };
		}
		case 'unknown':
		case 'refused':
			if (reading.kind === 'unknown' && Date.now() - pausedAt < UNKNOWN_GRACE_MS) break;
			refusals = item.refusals + 1;
			if (refusals >= MAX_REFUSALS) return failed(unreadTaskError(context, task, reading.failure, itemIndex));
			break;
	}
	if (Date.now() < deadline) return { ...item, refusals };
	const lastFailure = reading && 'failure' in reading ? reading.failure : undefined;
	return failed(waitError(context, task, { kind: 'timeLimit', lastFailure }, options.limitMs, itemIndex));
}
