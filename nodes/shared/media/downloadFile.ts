import type { IBinaryData } from 'n8n-workflow';

import { isObject, asText } from '../json';
import type { Failure } from '../api/failure';
import { sleepFor } from '../api/sleep';
import type { TaskContext } from '../api/request';
import { isStream } from '../api/streamResponse';
import { createDownloadUrl } from './downloadUrl';
import { describeFile } from './mimeTypes';

/** The file is paid for, so the download is repeated for about a minute. */
const RETRY_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000];
/** How long the connection may be idle. */
const STALLED_MS = 60_000;
/** The host rejects the download, or the URL no longer exists. */
const REJECTED = [401, 403, 404, 410];

export type Download = { kind: 'ok'; binary: IBinaryData } | { kind: 'failed'; failure: Failure };

async function fetchOnce(context: TaskContext, url: string, name: string, signal: AbortSignal): Promise<Download> {
	const failed = (reason: string, code?: number): Download => ({
		kind: 'failed',
		failure: { kind: 'connectionLost', code, reason },
	});
	try {
		const response: unknown = await context.helpers.httpRequest({
			method: 'GET',
			url,
			// The size of a compressed response could not be compared with its Content-Length.
			headers: { 'Accept-Encoding': 'identity' },
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			timeout: STALLED_MS,
			abortSignal: signal,
		});
		if (!isObject(response) || !isStream(response.body)) return failed('no response body');
		const stream = response.body;
		const status = Number(response.statusCode);
		const contentType = isObject(response.headers) ? asText(response.headers['content-type']) : undefined;
		if (status !== 200 || contentType?.startsWith('text/html')) {
			stream.destroy();
			return failed(`HTTP ${status}${contentType ? `, ${contentType}` : ''}`, status);
		}
		const { mimeType } = describeFile(url, contentType);
		const { fileName } = describeFile(name, mimeType);
		const binary = await context.helpers.prepareBinaryData(stream, fileName, mimeType);
		const expected = isObject(response.headers) ? Number(response.headers['content-length']) : NaN;
		const size = await storedSize(context, binary);
		if (size === 0) return failed('the file is empty');
		// A file that was compressed all the same is larger than its Content-Length.
		if (size < expected) return failed('the file is incomplete');
		return { kind: 'ok', binary };
	} catch (error) {
		if (signal.aborted) return { kind: 'failed', failure: { kind: 'cancelled', reason: '' } };
		return failed(error instanceof Error ? error.message : '');
	}
}

/** The size of a binary in n8n's store, in bytes. */
async function storedSize(context: TaskContext, binary: IBinaryData): Promise<number> {
	if (binary.id === undefined) return Buffer.byteLength(binary.data, 'base64');
	return (await context.helpers.getBinaryMetadata(binary.id)).fileSize;
}

/**
 * Streams a result file into n8n's binary store, named after `name` with the extension of its MIME type. Repeated after
 * failures; if the host rejects the download, through Kie's download URL. The API key is never sent to the file's host.
 */
export async function downloadFile(
	context: TaskContext,
	url: string,
	signal: AbortSignal,
	name = url,
): Promise<Download> {
	let currentUrl = url;
	for (let attempt = 0; ; attempt++) {
		const download = await fetchOnce(context, currentUrl, name, signal);
		if (download.kind === 'ok') return download;
		const delay = RETRY_DELAYS_MS[attempt];
		if (download.failure.kind === 'cancelled' || delay === undefined) return download;
		if (currentUrl === url && REJECTED.includes(download.failure.code ?? 0)) {
			const created = await createDownloadUrl(context, url, signal);
			if (created.kind === 'ok') currentUrl = created.downloadUrl;
		}
		await sleepFor(delay, signal);
	}
}
