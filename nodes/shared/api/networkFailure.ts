import type { Failure } from './failure';

/** No connection was established, so nothing was sent. */
const NOT_SENT_CODES = [
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EPROTO',
	'ERR_INVALID_URL',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
];
const NOT_SENT_PREFIXES = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_)/;
/** These can also end an established connection. */
const NOT_SENT_WHILE_CONNECTING = ['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'];

/** The network code of n8n's error or of one of its causes, and whether the connection was being established. */
function networkError(error: unknown): { code: string; isConnecting: boolean } {
	for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
		if ('code' in cause && typeof cause.code === 'string') {
			return { code: cause.code, isConnecting: 'syscall' in cause && cause.syscall === 'connect' };
		}
	}
	return { code: '', isConnecting: false };
}

/** The message of n8n's own refusal to connect to an address (N8N_SSRF_PROTECTION_ENABLED). */
export function blockedByN8n(error: unknown): string | undefined {
	for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
		if (cause.name.startsWith('SsrfBlocked')) return cause.message;
	}
	return undefined;
}

/** The failure for an error of the HTTP client. A request that the user aborts counts as lost, because it may have arrived. */
export function networkFailure(error: unknown): Failure {
	const blocked = blockedByN8n(error);
	if (blocked !== undefined) return { kind: 'notSent', reason: blocked };
	const { code, isConnecting } = networkError(error);
	const isNotSent =
		NOT_SENT_CODES.includes(code) ||
		NOT_SENT_PREFIXES.test(code) ||
		(isConnecting && NOT_SENT_WHILE_CONNECTING.includes(code));
	return { kind: isNotSent ? 'notSent' : 'connectionLost', reason: code };
}
