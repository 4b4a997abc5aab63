import { asText } from '../json';
import type { KieContext } from '../api/account';
import type { Failure } from '../api/failure';
import { sendWithRetries } from '../api/request';

/** How long a download URL is valid (https://docs.kie.ai/common-api/download-url). */
export const DOWNLOAD_URL_MS = 20 * 60_000;

/** Kie's own download URL for a result or an uploaded file, for hosts that reject a direct download. */
export async function createDownloadUrl(
	context: KieContext,
	url: string,
	signal: AbortSignal,
): Promise<{ kind: 'ok'; downloadUrl: string } | { kind: 'failed'; failure: Failure }> {
	const response = await sendWithRetries(context, {
		method: 'POST',
		path: '/api/v1/common/download-url',
		body: { url },
		signal,
	});
	if (response.kind === 'failed') return { kind: 'failed', failure: response.failure };
	const downloadUrl = asText(response.data);
	return downloadUrl === undefined
		? { kind: 'failed', failure: { kind: 'unexpectedResponse', reason: 'The response does not contain a URL' } }
		: { kind: 'ok', downloadUrl };
}
