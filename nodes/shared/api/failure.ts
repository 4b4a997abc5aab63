import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

/** What can happen instead of a successful response. */
export type FailureKind =
	| 'unauthorized'
	| 'insufficientCredits'
	| 'notFound'
	| 'invalidInput'
	| 'rateLimited'
	| 'subKeyLimit'
	| 'fileNotFetched'
	| 'maintenance'
	| 'serverError'
	| 'refused'
	| 'disabled'
	| 'fileUnreadable'
	| 'notSent'
	| 'connectionLost'
	| 'unexpectedResponse'
	| 'emptyReply'
	| 'truncatedReply'
	| 'tokenLimit'
	| 'timedOut'
	| 'cancelled';

/** Why a request did not succeed. `reason` is Kie's own wording, or the network error code. */
export interface Failure {
	kind: FailureKind;
	/** Body code or HTTP status; absent without a response. */
	code?: number;
	reason: string;
	/** The `Retry-After` of the response, in milliseconds. */
	retryAfterMs?: number;
}

/** Kie's codes, sent as the HTTP status or as `code` in a body with HTTP 200 (https://docs.kie.ai). */
const KINDS: Record<number, FailureKind> = {
	400: 'invalidInput',
	401: 'unauthorized',
	402: 'insufficientCredits',
	403: 'unauthorized',
	404: 'notFound',
	408: 'serverError',
	413: 'invalidInput',
	422: 'invalidInput',
	429: 'rateLimited',
	430: 'rateLimited',
	433: 'subKeyLimit',
	451: 'fileNotFetched',
	455: 'maintenance',
	500: 'serverError',
	501: 'refused',
	505: 'disabled',
	531: 'refused',
	550: 'serverError',
};

/** What happened and what to do, for the user. */
const TEXTS: Record<FailureKind, { message: string; advice: string }> = {
	unauthorized: {
		message: 'Kie.ai rejected the API key',
		advice:
			'Check the API key in the credential, and at https://kie.ai/api-key that the key is active and allows the IP address of n8n.',
	},
	insufficientCredits: {
		message: 'Not enough Kie.ai credits',
		advice: 'Top up at https://kie.ai/billing and run the node again.',
	},
	notFound: {
		message: 'Kie.ai could not find the requested resource',
		advice: 'Check the model or the task ID.',
	},
	invalidInput: { message: 'Kie.ai rejected the input', advice: 'Check the field that Kie.ai names.' },
	rateLimited: {
		message: 'Kie.ai rate limit reached',
		advice:
			'An account can create 20 tasks per 10 seconds. Run fewer workflows at the same time, or ask Kie.ai for a higher limit.',
	},
	subKeyLimit: {
		message: 'Kie.ai sub-key limit reached',
		advice: 'Increase the limit of the sub-key at https://kie.ai/api-key, or use another API key.',
	},
	fileNotFetched: {
		message: 'Kie.ai could not fetch an input file',
		advice: 'Check that each URL is publicly accessible, or provide the file as a binary field.',
	},
	maintenance: { message: 'Kie.ai is under maintenance', advice: 'Try again later.' },
	serverError: {
		message: 'Kie.ai could not process the request',
		advice: 'Try again later. Kie.ai also responds like this to some invalid input, so check the fields and files.',
	},
	refused: {
		message: 'Kie.ai rejected the generation',
		advice: 'Change the prompt or the input files: the model may not allow their content.',
	},
	disabled: { message: 'This feature is disabled at Kie.ai', advice: 'Choose another model.' },
	fileUnreadable: {
		message: 'An input file could not be read',
		advice: 'Check that the execution still has the binary data.',
	},
	notSent: {
		message: 'Could not connect to Kie.ai',
		advice: 'Check the base URLs in the credential and the network connection of n8n.',
	},
	connectionLost: {
		message: 'The connection to Kie.ai was lost',
		advice: 'Check the network connection of n8n and try again.',
	},
	unexpectedResponse: {
		message: 'Unexpected response from Kie.ai',
		advice: 'A proxy or firewall between n8n and Kie.ai may have sent it. Try again later.',
	},
	emptyReply: {
		message: 'The model returned an empty response',
		advice: 'Run the node again, or choose another model.',
	},
	truncatedReply: { message: 'The model response was truncated', advice: 'Run the node again.' },
	tokenLimit: {
		message: 'The model response reached the token limit',
		advice:
			"Increase 'Maximum Number of Tokens' if the model supports it, or ask for a shorter response. The same request would reach the limit again.",
	},
	timedOut: { message: 'The model did not respond in time', advice: "Increase 'Timeout (Minutes)' in the options." },
	cancelled: { message: 'The execution was stopped', advice: '' },
};

/** The kind of failure that a code stands for. On some Suno pages 429 means missing credits, so the reason decides there. */
export function kindOfCode(code: number, reason: string): FailureKind {
	if (code === 429 && /credit|balance|insufficient/i.test(reason)) return 'insufficientCredits';
	if (KINDS[code]) return KINDS[code];
	if (code >= 500) return 'serverError';
	// An undocumented code may even mean that the task was accepted.
	return code >= 400 ? 'invalidInput' : 'unexpectedResponse';
}

/** The texts of a failure for errors and logs. They never contain request headers, and so never the API key. */
export function describeFailure(failure: Failure): { message: string; description: string } {
	const { message, advice } = TEXTS[failure.kind];
	const code = failure.code === undefined ? '' : ` (code ${failure.code})`;
	return {
		message: failure.reason ? `${message}: ${failure.reason}` : message,
		description: `${advice}${code}`.trim(),
	};
}

interface ApiErrorDetails {
	message: string;
	description?: string;
	httpCode?: string;
	itemIndex?: number;
}

/**
 * A `NodeApiError` that does not wrap the HTTP client's error, because that contains the API key. The message is set
 * again afterwards: n8n replaces one that contains a code such as ECONNRESET with a general text.
 */
export function apiError(node: INode, details: ApiErrorDetails): NodeApiError {
	const response: JsonObject = { message: details.message };
	const error = new NodeApiError(node, response, details);
	error.message = details.message;
	return error;
}

/** The error for a failure. `extra` is appended to the description, such as the task or whether credits were charged. */
export function failureError(node: INode, failure: Failure, itemIndex?: number, extra?: string): NodeApiError {
	const { message, description } = describeFailure(failure);
	return apiError(node, {
		message: itemIndex === undefined ? message : `${message} [item ${itemIndex}]`,
		description: [description, extra].filter(Boolean).join(' '),
		httpCode: failure.code?.toString(),
		itemIndex,
	});
}
