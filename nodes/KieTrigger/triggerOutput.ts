import type { IBinaryData, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import pLimit from 'p-limit';

import { compact } from '../shared/json';
import type { JsonObject } from '../shared/json';
import type { CallbackTask } from '../shared/callbacks/parseCallback';
import { downloadFile } from '../shared/media/downloadFile';
import { doneItems } from '../shared/run/outputItems';
import { resultNames } from '../shared/run/resultNames';
import type { TriggerParameters } from './readTriggerParameters';

export type Task = CallbackTask & { taskId: string };

/** Downloads of this process at the same time. */
const downloads = pLimit(8);
/** The workflow waits at most this long for its files. */
const DOWNLOAD_LIMIT_MS = 15 * 60_000;

/** Downloads the files of a task. Files that cannot be downloaded are listed with the reason; the workflow starts anyway. */
export async function downloadFiles(
	context: IWebhookFunctions,
	task: Task,
): Promise<{ files: IBinaryData[]; failed: JsonObject }> {
	const { taskId, status } = task;
	const { urls } = status;
	const names = resultNames(task, status);
	const signal = AbortSignal.timeout(DOWNLOAD_LIMIT_MS);
	const downloaded = await Promise.all(
		urls.map(async (url, index) => ({
			url,
			...(await downloads(async () => await downloadFile(context, url, signal, { name: names[index] }))),
		})),
	);
	const files = downloaded.flatMap((file) => (file.kind === 'ok' ? [file.binary] : []));
	const failedFiles = downloaded.flatMap((file) =>
		file.kind === 'ok' ? [] : [{ url: file.url, reason: file.failure.reason || file.failure.kind }],
	);
	if (failedFiles.length === 0) return { files, failed: {} };
	const error = `${failedFiles.length} of ${urls.length} files could not be downloaded`;
	context.logger.warn(`Kie Trigger: ${error} for task ${taskId}: ${failedFiles.map(({ url }) => url).join(', ')}`);
	return { files, failed: { error, failedFiles } };
}

/** The item that starts the workflow: the output of the other Kie nodes for a task, with the event. `extra` comes last. */
export function toItem(
	{ status, event, milestone, progress, ...task }: Task,
	{ binaryProperty }: TriggerParameters,
	extra: JsonObject,
	files: IBinaryData[] = [],
): INodeExecutionData {
	const details = compact({ ...status.details, event, stage: milestone, progress });
	const [{ json = {}, binary } = {}] = doneItems(
		{ kind: 'done', task, status: { ...status, details }, record: {}, files },
		{ options: { simplify: true, itemPerFile: false, binaryProperty } },
	);
	return { json: { ...json, ...extra }, ...(binary ? { binary } : {}) };
}
