import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject } from '../json';
import type { Failure } from './failure';
import type { KieContext } from './request';
import { CREDENTIAL, networkFailure, readAccount } from './request';

/** A request whose answer is read while it comes. */

/** A body that comes bit by bit, as n8n's helper gives it. */
type Stream = Exclude<Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0], Buffer>;

/** An answer whose head is there. Whoever opens it destroys the body when done with it. */
interface OpenAnswer {
	kind: 'ok';
	statusCode: number;
	headers: Record<string, unknown>;
	body: Stream;
}

export function isStream(value: unknown): value is Stream {
	return typeof value === 'object' && value !== null && 'pipe' in value && typeof value.pipe === 'function';
}

/**
 * Sends a POST once and answers when the head of the answer is there. `idleMs` is how long the connection may be silent.
 * Never throws for what Kie or the network does; throws only where the node is not set up.
 */
export async function openAnswer(
	context: KieContext,
	{ path, body, idleMs }: { path: string; body: IDataObject; idleMs: number },
): Promise<OpenAnswer | { kind: 'failed'; failure: Failure }> {
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
		// A redirect could repeat what is paid for.
		disableFollowRedirect: true,
	};
	try {
		const answer: unknown = await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, options);
		if (!isObject(answer) || !isStream(answer.body)) {
			return { kind: 'failed', failure: { kind: 'unexpectedResponse', reason: 'no stream' } };
		}
		const headers = isObject(answer.headers) ? answer.headers : {};
		return { kind: 'ok', statusCode: Number(answer.statusCode), headers, body: answer.body };
	} catch (error) {
		if (error instanceof NodeOperationError) throw new NodeOperationError(context.getNode(), error);
		return { kind: 'failed', failure: networkFailure(error) };
	}
}
