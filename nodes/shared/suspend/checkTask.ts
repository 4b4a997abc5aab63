import type { IExecuteFunctions } from 'n8n-workflow';

import { unexpectedError, waitError } from '../run/runErrors';
import type { ItemError } from '../run/outcome';
import type { TaskReading } from '../tasks/readTask';
import { readTask } from '../tasks/readTask';
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

	let reading: TaskReading;
	try {
		reading = await readTask(context, { ...task, input, milestone }, { retries: true });
	} catch (error) {
		const refusals = watch.refusals + 1;
		if (refusals >= MAX_REFUSALS) return failed(unexpectedError(context, error, itemIndex, task));
		return { ...item, watch: { ...watch, refusals } };
	}
	const step = afterReading(reading, watch, deadline);
	switch (step.kind) {
		case 'wait':
			return { ...item, watch: step.watch };
		case 'finished':
			return { ...item, outcome: { ...step, kind: 'done', task, files: [] } };
		default:
			return failed(waitError(context, task, step, options.limitMs, itemIndex));
	}
}
