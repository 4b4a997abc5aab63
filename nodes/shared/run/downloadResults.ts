import type { IBinaryData } from 'n8n-workflow';

import type { TaskContext } from '../api/request';
import type { Download } from '../media/downloadFile';
import { downloadFile } from '../media/downloadFile';
import { downloadError, failedTaskError } from './runErrors';
import type { RunOptions } from './runOptions';
import type { Outcome } from './outputItems';

export type DoneOutcome = Extract<Outcome, { kind: 'done' }>;

/** What the items of one run share when their files are fetched. */
interface Fetching {
	context: TaskContext;
	/** Aborted when the user stops the execution, or when one item's failure ends the run. */
	signal: AbortSignal;
	limits: { download: (work: () => Promise<Download>) => Promise<Download> };
}

interface FinishedItem {
	itemIndex: number;
	options: Pick<RunOptions, 'downloadFiles'>;
}

/** An ended task: its files, or why there are none. */
export async function finish(run: Fetching, item: FinishedItem, done: DoneOutcome): Promise<Outcome> {
	if (done.snapshot.state !== 'fail') return await downloadResults(run, item, done);
	const error = failedTaskError(run.context, done.task, done.snapshot, item.itemIndex);
	return { kind: 'failed', task: done.task, error };
}

/** A finished task with its files, where they are wanted. */
export async function downloadResults(
	{ context, signal, limits }: Fetching,
	{ itemIndex, options }: FinishedItem,
	done: DoneOutcome,
): Promise<Outcome> {
	if (!options.downloadFiles) return done;
	const { task, snapshot } = done;
	const { urls, fileNames } = snapshot;
	const downloads = await Promise.all(
		urls.map(
			async (url, index) =>
				await limits.download(async () => await downloadFile(context, url, signal, fileNames?.[index])),
		),
	);
	const files: IBinaryData[] = [];
	for (const download of downloads) {
		if (download.kind === 'ok') {
			files.push(download.binary);
		} else if (download.failure.kind === 'cancelled') {
			return { kind: 'stopped', task };
		} else {
			const error = downloadError(context, task, urls, download.failure, itemIndex);
			return { kind: 'failed', task, urls, error };
		}
	}
	return { ...done, files };
}
