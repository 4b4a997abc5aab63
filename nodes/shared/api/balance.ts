import { asNumber } from '../json';
import type { KieContext } from './account';
import type { Failure } from './failure';
import { sendOnce, sendWithRetries } from './request';

/** The credits of the account, which can be fractional; `failed`: they could not be read. */
export type Balance = { kind: 'ok'; credits: number } | { kind: 'failed'; failure: Failure };

interface BalanceOptions {
	/** Repeats the request after transient failures. */
	retries: boolean;
	timeoutMs?: number;
	signal?: AbortSignal;
}

/** Reads the balance, which is free (https://docs.kie.ai/common-api/get-account-credits). */
export async function readBalance(context: KieContext, { retries, ...options }: BalanceOptions): Promise<Balance> {
	const send = retries ? sendWithRetries : sendOnce;
	const response = await send(context, { method: 'GET', path: '/api/v1/chat/credit', ...options });
	if (response.kind === 'failed') return response;
	const credits = asNumber(response.data);
	const reason = 'The response does not contain a balance';
	return credits === undefined
		? { kind: 'failed', failure: { kind: 'unexpectedResponse', reason } }
		: { kind: 'ok', credits };
}
