import type { IExecuteFunctions } from 'n8n-workflow';

import { readAccount } from '../api/account';
import { unexpectedError, waitError } from '../run/runErrors';
import type { ItemError } from '../run/outcome';
import type { TaskReading } from '../tasks/readTask';
import { readTask } from '../tasks/readTask';
import type { TaskKind } from '../tasks/taskKind';
import { taskKind } from '../tasks/taskKinds';
import { afterReading, MAX_REFUSALS } from '../tasks/taskWatch';
import { toStoredError } from './endRun';
import type { PausedTask } from './pausedRun';

/** Reads the task of a paused run once, if it is still waited for. Never throws. */
export async function checkTask(context: IExecuteFunctions, item: PausedTask): Promise<PausedTask> {
	if (item.outcome.kind !== 'waiting') return item;
	const { itemIndex, input, milestone, deadline, options, watch = { refusals: 0 } } = item;
	const { task } = item.outcome;
	const failed = (error: ItemError): PausedTask => ({
		...item,
		outcome: { kind: 'failed', task, error: toStoredError(error) },
	});

	let kind: TaskKind | undefined;
	let reading: TaskReading;
	try {
		kind = await kindOf(context, item);
		reading = await readTask(context, { ...task, input, milestone }, { retries: true });
	} catch (error) {
		const refusals = watch.refusals + 1;
		if (refusals >= MAX_REFUSALS) return failed(unexpectedError(context, error, itemIndex, task));
		return { ...item, watch: { ...watch, refusals } };
	}
	const step = afterReading(reading, watch, deadline);
	switch (step.kind) {
		case 'wait': {
			const now = Date.now();
			const createdAt = deadline - options.limitMs;
			const learnt = options.intervalMs === undefined ? kind : undefined;
			const probablyDoneAt = learnt?.probablyDoneAt({ createdAt, lastReadMs: now - createdAt }, now);
			return { ...item, watch: step.watch, probablyDoneAt };
		}
		case 'finished':
			// Between two checks lie minutes, so only Kie's own times tell how long a task took.
			if (step.status.state === 'success' && step.status.durationMs !== undefined) kind?.learn(step.status.durationMs);
			return { ...item, outcome: { ...step, kind: 'done', task, files: [] } };
		default:
			return failed(waitError(context, task, step, options.limitMs, itemIndex));
	}
}

/** Where this process learns how long tasks like this one take. */
async function kindOf(context: IExecuteFunctions, { taskKind: kind }: PausedTask): Promise<TaskKind | undefined> {
	return kind && taskKind((await readAccount(context)).id, kind.name, kind.usualMs);
}
