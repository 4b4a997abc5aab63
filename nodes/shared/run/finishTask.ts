import type { IBinaryData } from 'n8n-workflow';
import type { Limit } from 'p-limit';

import type { TaskContext } from '../api/request';
import { downloadFile } from '../media/downloadFile';
import { ITEM_LIMIT_MS } from '../media/transferTime';
import { isFaultOfModel } from './fallback';
import type { DoneOutcome, Outcome } from './outcome';
import { resultNames } from './resultNames';
import { downloadError, failedTaskError } from './runErrors';
import type { RunOptions } from './runOptions';

/** What the items of one run share when their files are downloaded. */
interface Downloads {
	context: TaskContext;
	limits: { download: Limit };
}

interface FinishedItem {
	itemIndex: number;
	options: Pick<RunOptions, 'downloadFiles' | 'maxFileBytes'>;
}

/** A completed task with its files, or why there are none. */
export async function finishTask(
	run: Downloads,
	item: FinishedItem,
	done: DoneOutcome,
	signal: AbortSignal,
): Promise<Outcome> {
	if (done.status.state !== 'fail') return await downloadResults(run, item, done, signal);
	const error = failedTaskError(run.context, done.task, done.status, item.itemIndex);
	const { credits, failure } = done.status;
	const byModel = failure === undefined || isFaultOfModel(failure);
	return { kind: 'failed', task: done.task, credits, ended: 'fail', isFaultOfModel: byModel, error };
}

/** A task with its files, if they are to be downloaded. */
export async function downloadResults(
	{ context, limits }: Downloads,
	{ itemIndex, options }: FinishedItem,
	done: DoneOutcome,
	signal: AbortSignal,
): Promise<Outcome> {
	if (!options.downloadFiles) return done;
	const { task, status } = done;
	const { urls } = status;
	const names = resultNames(task, status);
	let deadline: number | undefined;
	const downloads = await Promise.all(
		urls.map(
			async (url, index) =>
				await limits.download(async () => {
					// Not before the item's first file has its turn among those of the other items.
					deadline ??= Date.now() + ITEM_LIMIT_MS;
					const file = { name: names[index], maxBytes: options.maxFileBytes, deadline };
					return await downloadFile(context, url, signal, file);
				}),
		),
	);
	const files: IBinaryData[] = [];
	for (const download of downloads) {
		if (download.kind === 'ok') {
			files.push(download.binary);
			continue;
		}
		if (download.failure.kind === 'cancelled') return { kind: 'stopped', task, urls };
		const error = downloadError(context, task, urls, download.failure, itemIndex);
		return { kind: 'failed', task, urls, credits: status.credits, ended: 'success', error };
	}
	return { ...done, files };
}
