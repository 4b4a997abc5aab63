import type { IBinaryData } from 'n8n-workflow';

import { isObject, asText } from '../json';
import type { Failure } from '../api/failure';
import { sleepFor } from '../api/sleep';
import type { TaskContext } from '../api/request';
import { sendWithRetries } from '../api/request';
import { isStream } from '../api/streamResponse';
import { describeFile } from './mimeTypes';

/** The picture is paid for, so fetching it is tried for about a minute. */
const RETRY_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000];
/** The host has given no byte for this long. */
const STALLED_MS = 60_000;
/** Answers that will not change by themselves: the host refuses, or the link is dead. */
const REFUSED = [401, 403, 404, 410];

export type Download = { kind: 'ok'; binary: IBinaryData } | { kind: 'failed'; failure: Failure };

async function fetchOnce(context: TaskContext, url: string, signal: AbortSignal): Promise<Download> {
	const broken = (reason: string, code?: number): Download => ({
		kind: 'failed',
		failure: { kind: 'connectionLost', code, reason },
	});
	try {
		const answer: unknown = await context.helpers.httpRequest({
			method: 'GET',
			url,
			// Compressed on the way, a file's length could not be compared with its Content-Length.
			headers: { 'Accept-Encoding': 'identity' },
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			timeout: STALLED_MS,
			abortSignal: signal,
		});
		if (!isObject(answer) || !isStream(answer.body)) return broken('no stream');
		const stream = answer.body;
		const status = Number(answer.statusCode);
		const contentType = isObject(answer.headers) ? asText(answer.headers['content-type']) : undefined;
		if (status !== 200 || contentType?.startsWith('text/html')) {
			stream.destroy();
			return broken(`HTTP ${status}${contentType ? `, ${contentType}` : ''}`, status);
		}
		const { fileName, mimeType } = describeFile(url, contentType);
		const binary = await context.helpers.prepareBinaryData(stream, fileName, mimeType);
		const expected = isObject(answer.headers) ? Number(answer.headers['content-length']) : NaN;
		const size = await storedSize(context, binary);
		if (size === 0) return broken('the file is empty');
		// A file that was packed on the way is larger than was said.
		if (size < expected) return broken('the file was cut');
		return { kind: 'ok', binary };
	} catch (error) {
		if (signal.aborted) return { kind: 'failed', failure: { kind: 'cancelled', reason: '' } };
		return broken(error instanceof Error ? error.message : '');
	}
}

/** Bytes that n8n has stored of a binary. */
async function storedSize(context: TaskContext, binary: IBinaryData): Promise<number> {
	if (binary.id === undefined) return Buffer.byteLength(binary.data, 'base64');
	return (await context.helpers.getBinaryMetadata(binary.id)).fileSize;
}

/** Kie's own download URL for a result, for hosts that reject a direct download (https://docs.kie.ai/common-api/download-url). */
async function otherLink(context: TaskContext, url: string, signal: AbortSignal): Promise<string | undefined> {
	const answer = await sendWithRetries(context, {
		method: 'POST',
		path: '/api/v1/common/download-url',
		body: { url },
		signal,
	});
	return answer.kind === 'ok' ? asText(answer.data) : undefined;
}

/**
 * Streams a result file into n8n's binary store, with a name and a MIME type that are right. Repeated on a fault; where
 * the host refuses, once more through Kie's download link. The key is not sent to the file's host.
 */
export async function downloadFile(
	context: TaskContext,
	url: string,
	signal: AbortSignal,
	name?: string,
): Promise<Download> {
	let address = url;
	for (let attempt = 0; ; attempt++) {
		const download = await fetchOnce(context, address, signal);
		if (download.kind === 'ok')
			return { kind: 'ok', binary: { ...download.binary, ...nameOf(name ?? url, download.binary) } };
		const delay = RETRY_DELAYS_MS[attempt];
		if (download.failure.kind === 'cancelled' || delay === undefined) return download;
		if (address === url && REFUSED.includes(download.failure.code ?? 0)) {
			address = (await otherLink(context, url, signal)) ?? url;
		}
		await sleepFor(delay, signal);
	}
}

/** A file is named after its result, whatever link it came by. */
function nameOf(name: string, { mimeType }: IBinaryData): Pick<IBinaryData, 'fileName'> {
	return { fileName: describeFile(name, mimeType).fileName };
}
