import type { IBinaryData } from 'n8n-workflow';

import { asText } from '../json';
import type { Failure } from '../api/failure';
import { blockedByN8n } from '../api/networkFailure';
import { sleepFor } from '../api/sleep';
import type { TaskContext } from '../api/request';
import { createDownloadUrl } from './downloadUrl';
import { describeNamedFile } from './mimeTypes';
import { openUrl } from './openUrl';
import { allowedMs, FILE_GRACE_MS, TRY_GRACE_MS } from './transferTime';

/** The file is paid for, so the download is repeated for about a minute. */
const RETRY_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000];
/** How often the time of a running transfer is compared with what is allowed. */
const CHECK_MS = 1_000;
/** The host rejects the download, or the URL no longer exists. */
const REJECTED = [401, 403, 404, 410];

export const MB = 1024 * 1024;
/** How large a file may be if nothing else is set, in megabytes. */
export const MAX_FILE_MB = 1_000;
/** The label of the option that sets it. */
export const MAX_FILE_SIZE = 'Maximum File Size (MB)';
/** Why a transfer was stopped. */
const TOO_SLOW = 'too slow';
const TOO_LARGE = 'too large';

export type Download = { kind: 'ok'; binary: IBinaryData } | { kind: 'failed'; failure: Failure };

/** A download, or why repeating it is of no use. */
type Try = Download | { kind: 'rejected'; failure: Failure };

export interface DownloadOptions {
	/** What the file is named after; by default, its URL. */
	name?: string;
	/** The maximum size of the file as it is stored. */
	maxBytes?: number;
	/** When the download has to be over, in milliseconds since 1970. */
	deadline?: number;
}

/** What all tries of a file have received so far, and since when. */
interface Progress {
	startedAt: number;
	receivedBytes: number;
	deadline: number;
}

async function fetchOnce(
	context: TaskContext,
	url: string,
	name: string,
	maxBytes: number,
	progress: Progress,
	signal: AbortSignal,
): Promise<Try> {
	const failed = (reason: string, code?: number): Try => ({
		kind: 'failed',
		failure: { kind: 'connectionLost', code, reason },
	});
	const rejected = (reason: string): Try => ({ kind: 'rejected', failure: { kind: 'connectionLost', reason } });
	const tooLarge = rejected(`the file is larger than ${maxBytes / MB} MB, the value of '${MAX_FILE_SIZE}'`);
	const startedAt = Date.now();
	let receivedBytes = 0;
	const stop = new AbortController();
	const over = new AbortController();
	const watch = async () => {
		while (await sleepFor(CHECK_MS, over.signal)) {
			const isLate = Date.now() - startedAt > allowedMs(receivedBytes, TRY_GRACE_MS);
			if (isLate || isOutOfTime(progress)) return stop.abort(TOO_SLOW);
		}
	};
	try {
		void watch();
		const response = await openUrl(context, url, AbortSignal.any([signal, stop.signal]));
		if (response.kind === 'refused') return rejected(response.reason);
		if (response.kind === 'noBody') return failed('no response body');
		const { status, headers, body: stream } = response;
		const contentType = asText(headers['content-type']);
		if (status !== 200 || contentType?.startsWith('text/html')) {
			stream.destroy();
			return failed(`HTTP ${status}${contentType ? `, ${contentType}` : ''}`, status);
		}
		const expected = Number(headers['content-length']);
		if (expected > maxBytes) {
			stream.destroy();
			return tooLarge;
		}
		const { fileName, mimeType } = describeNamedFile(name, url, contentType);
		const counted = stream.map((chunk: Uint8Array) => {
			receivedBytes += chunk.length;
			progress.receivedBytes += chunk.length;
			// A compressed file can be far larger than what is sent.
			if (receivedBytes > maxBytes) stop.abort(TOO_LARGE);
			return chunk;
		});
		const binary = await context.helpers.prepareBinaryData(counted, fileName, mimeType);
		const size = await storedSize(context, binary);
		if (size === 0) return failed('the file is empty');
		// A file that was compressed all the same is larger than its Content-Length.
		if (size < expected) return failed('the file is incomplete');
		return { kind: 'ok', binary };
	} catch (error) {
		if (signal.aborted) return { kind: 'failed', failure: { kind: 'cancelled', reason: '' } };
		if (stop.signal.reason === TOO_LARGE) return tooLarge;
		if (stop.signal.reason === TOO_SLOW) {
			const seconds = Math.round((Date.now() - startedAt) / 1000);
			return failed(`the transfer is too slow (${receivedBytes} bytes in ${seconds} seconds)`);
		}
		const blocked = blockedByN8n(error);
		return blocked === undefined ? failed(error instanceof Error ? error.message : '') : rejected(blocked);
	} finally {
		over.abort();
	}
}

function isOutOfTime({ startedAt, receivedBytes, deadline }: Progress): boolean {
	return Date.now() > Math.min(deadline, startedAt + allowedMs(receivedBytes, FILE_GRACE_MS));
}

/** The size of a binary in n8n's store, in bytes. */
async function storedSize(context: TaskContext, binary: IBinaryData): Promise<number> {
	if (binary.id === undefined) return Buffer.byteLength(binary.data, 'base64');
	return (await context.helpers.getBinaryMetadata(binary.id)).fileSize;
}

/**
 * Streams a result file into n8n's binary store, named after `name` with the extension of its MIME type. Repeated after
 * failures while there is time; if the host rejects the download, through Kie's download URL. The API key is never sent
 * to the file's host.
 */
export async function downloadFile(
	context: TaskContext,
	url: string,
	signal: AbortSignal,
	{ name = url, maxBytes = MAX_FILE_MB * MB, deadline = Infinity }: DownloadOptions = {},
): Promise<Download> {
	const progress: Progress = { startedAt: Date.now(), receivedBytes: 0, deadline };
	let currentUrl = url;
	for (let attempt = 0; ; attempt++) {
		const download = await fetchOnce(context, currentUrl, name, maxBytes, progress, signal);
		if (download.kind === 'ok') return download;
		if (download.kind === 'rejected') return { ...download, kind: 'failed' };
		const delay = RETRY_DELAYS_MS[attempt];
		if (download.failure.kind === 'cancelled' || delay === undefined || isOutOfTime(progress)) return download;
		if (currentUrl === url && REJECTED.includes(download.failure.code ?? 0)) {
			const created = await createDownloadUrl(context, url, signal);
			if (created.kind === 'ok') currentUrl = created.downloadUrl;
		}
		await sleepFor(delay, signal);
	}
}
