import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

/** What can come instead of a good answer. */
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

/** Why a request brought no good answer. `reason` is Kie's own wording, or what was seen on the wire. */
export interface Failure {
	kind: FailureKind;
	/** Body code or HTTP status; absent where there was no answer. */
	code?: number;
	reason: string;
	/** How long Kie asks to wait, in milliseconds. */
	retryAfterMs?: number;
}

/** Kie's codes, which come as HTTP status or as `code` in a body with HTTP 200 (https://docs.kie.ai). */
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

/** What happened and how to get unstuck, in plain words. */
const WORDS: Record<FailureKind, { message: string; advice: string }> = {
	unauthorized: {
		message: 'Kie.ai does not accept the API key',
		advice:
			'Check the key in the credential, and at https://kie.ai/api-key that it is active and may be used from this address.',
	},
	insufficientCredits: {
		message: 'The Kie.ai account has not enough credits',
		advice: 'Top up at https://kie.ai/billing and run the node again.',
	},
	notFound: { message: 'Kie.ai does not know what was asked for', advice: 'Check the model or the task ID.' },
	invalidInput: { message: 'Kie.ai does not accept the input', advice: 'Check the field that Kie.ai names.' },
	rateLimited: {
		message: 'Kie.ai receives too many requests',
		advice:
			'An account may create 20 tasks in 10 seconds. Run fewer workflows at the same time, or ask Kie.ai for a higher limit.',
	},
	subKeyLimit: {
		message: 'The limit of the Kie.ai sub-key is used up',
		advice: 'Raise its limit at https://kie.ai/api-key or use another key.',
	},
	fileNotFetched: {
		message: 'Kie.ai could not fetch a given file',
		advice: 'Check that each URL opens without login from anywhere, or give the file as a binary field.',
	},
	maintenance: { message: 'Kie.ai is being maintained', advice: 'Try again later.' },
	serverError: {
		message: 'Kie.ai could not process the request',
		advice: 'Try again later. Kie.ai answers this for some bad input too, so check the fields and the files.',
	},
	refused: {
		message: 'Kie.ai refused the generation',
		advice: 'Change the prompt or the files: the model may not allow their content.',
	},
	disabled: { message: 'Kie.ai has switched this feature off', advice: 'Choose another model.' },
	fileUnreadable: {
		message: 'A file of this workflow could not be read',
		advice: 'Check that the execution still has the binary data.',
	},
	notSent: {
		message: 'Kie.ai could not be reached',
		advice: 'Check the base addresses in the credential and the network of this n8n.',
	},
	connectionLost: { message: 'The connection to Kie.ai broke', advice: 'Check the network of this n8n and try again.' },
	unexpectedResponse: {
		message: 'Kie.ai sent an answer that is not understood',
		advice: 'Something between n8n and Kie.ai may have answered instead. Try again later.',
	},
	emptyReply: {
		message: 'The model gave an empty answer',
		advice: 'Run the node again, or choose another model. Kie.ai is known to do this now and then.',
	},
	truncatedReply: { message: 'The answer of the model is cut off', advice: 'Run the node again.' },
	tokenLimit: {
		message: 'The answer of the model reached its greatest length',
		advice:
			"Raise 'Max Tokens' where the model takes it, or ask for less. The same call would be cut at the same length.",
	},
	timedOut: { message: 'The model has not answered in time', advice: "Raise 'Timeout (Minutes)' in the options." },
	cancelled: { message: 'The execution was stopped', advice: '' },
};

/**
 * The kind of failure that a code stands for.
 * On some Suno pages 429 means that credits are missing, so Kie's words decide there.
 */
export function kindOfCode(code: number, reason: string): FailureKind {
	if (code === 429 && /credit|balance|insufficient/i.test(reason)) return 'insufficientCredits';
	if (KINDS[code]) return KINDS[code];
	if (code >= 500) return 'serverError';
	// A code that nobody knows may even mean that the task was taken.
	return code >= 400 ? 'invalidInput' : 'unexpectedResponse';
}

/** Words for a failure, for error messages and logs; never holds request headers, so never the key. */
export function describeFailure(failure: Failure): { message: string; description: string } {
	const { message, advice } = WORDS[failure.kind];
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
 * A `NodeApiError` built from our own words only. It never wraps the HTTP client's error, which holds the key.
 * n8n swaps a message that contains a code such as ECONNRESET for a general one; Kie's own words stay.
 */
export function apiError(node: INode, details: ApiErrorDetails): NodeApiError {
	const response: JsonObject = { message: details.message };
	const error = new NodeApiError(node, response, details);
	error.message = details.message;
	return error;
}

/** The error for a failure; `extra` is added to the description, such as the task it concerns. */
export function failureError(node: INode, failure: Failure, itemIndex?: number, extra?: string): NodeApiError {
	const { message, description } = describeFailure(failure);
	return apiError(node, {
		message: itemIndex === undefined ? message : `${message} [item ${itemIndex}]`,
		description: [description, extra].filter(Boolean).join(' '),
		httpCode: failure.code?.toString(),
		itemIndex,
	});
}
