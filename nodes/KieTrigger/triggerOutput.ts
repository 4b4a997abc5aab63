import type { IBinaryData, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import pLimit from 'p-limit';

import type { JsonObject } from '../shared/json';
import type { CallbackTask } from '../shared/callbacks/parseCallback';
import { downloadFile } from '../shared/media/downloadFile';
import { doneItems } from '../shared/run/outputItems';
import type { TriggerParameters } from './readTriggerParameters';

type Task = CallbackTask & { taskId: string };

/** Files at the same time for all deliveries of this process. */
const downloads = pLimit(8);
/** How long the workflow waits for its files at the most. */
const DOWNLOAD_LIMIT_MS = 15 * 60_000;

/** Fetches the files of a task. What cannot be fetched is named, with the reason; the workflow starts all the same. */
export async function fetchFiles(
	context: IWebhookFunctions,
	{ taskId, status: { urls, fileNames } }: Task,
): Promise<{ files: IBinaryData[]; failed: JsonObject }> {
	const signal = AbortSignal.timeout(DOWNLOAD_LIMIT_MS);
	const fetched = await Promise.all(
		urls.map(async (url, index) => ({
			url,
			...(await downloads(async () => await downloadFile(context, url, signal, { name: fileNames?.[index] }))),
		})),
	);
	const files = fetched.flatMap((file) => (file.kind === 'ok' ? [file.binary] : []));
	const failedFiles = fetched.flatMap((file) =>
		file.kind === 'ok' ? [] : [{ url: file.url, reason: file.failure.reason || file.failure.kind }],
	);
	if (failedFiles.length === 0) return { files, failed: {} };
	const error = `${failedFiles.length} of ${urls.length} files could not be downloaded`;
	context.logger.warn(`Kie: ${error} for the task ${taskId}: ${failedFiles.map(({ url }) => url).join(', ')}`);
	return { files, failed: { error, failedFiles } };
}

/** The item that starts the workflow: as the other Kie nodes put a task out, and which event it is. */
export function toItem(
	{ status, event, milestone, progress, ...task }: Task,
	{ binaryProperty }: TriggerParameters,
	more: JsonObject,
	files: IBinaryData[] = [],
): INodeExecutionData {
	const [{ json = {}, binary } = {}] = doneItems(
		{ kind: 'done', task, status, record: {}, files },
		{
			options: { simplify: true, itemPerFile: false, binaryProperty },
			passThrough: {
				event,
				...(milestone ? { stage: milestone } : {}),
				...(progress === undefined ? {} : { progress }),
				...more,
			},
		},
	);
	return { json: { event, ...json }, ...(binary ? { binary } : {}) };
}
