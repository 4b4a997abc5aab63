import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject } from '../json';
import type { Failure } from './failure';
import type { KieContext } from './account';
import { CREDENTIAL, readAccount } from './account';
import { networkFailure } from './networkFailure';

/** The body of a streamed response, as n8n's helper returns it. */
export type Stream = Exclude<Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0], Buffer>;

/** A response whose headers have arrived. The caller has to destroy the body when done with it. */
interface StreamResponse {
	kind: 'ok';
	statusCode: number;
	headers: Record<string, unknown>;
	body: Stream;
}

/** Whether n8n's helper has returned a stream. */
export function isStream(value: unknown): value is Stream {
	return typeof value === 'object' && value !== null && 'pipe' in value && typeof value.pipe === 'function';
}

/**
 * Sends a POST once and returns when the headers of the response have arrived. `idleMs` is how long the connection may be
 * silent. Never throws for what Kie or the network does; throws NodeOperationError only for a credential that is not set up.
 */
export async function openStream(
	context: KieContext,
	{ path, body, idleMs }: { path: string; body: IDataObject; idleMs: number },
): Promise<StreamResponse | { kind: 'failed'; failure: Failure }> {
	const { baseUrl } = await readAccount(context);
	const options: IHttpRequestOptions = {
		method: 'POST',
		url: baseUrl.api + path,
		body,
		json: true,
		encoding: 'stream',
		timeout: idleMs,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// A redirect could repeat a call that is charged.
		disableFollowRedirect: true,
	};
	try {
		const response: unknown = await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, options);
		if (!isObject(response) || !isStream(response.body)) {
			return { kind: 'failed', failure: { kind: 'unexpectedResponse', reason: 'No stream' } };
		}
		const headers = isObject(response.headers) ? response.headers : {};
		return { kind: 'ok', statusCode: Number(response.statusCode), headers, body: response.body };
	} catch (error) {
		if (error instanceof NodeOperationError) throw new NodeOperationError(context.getNode(), error);
		return { kind: 'failed', failure: networkFailure(error) };
	}
}
