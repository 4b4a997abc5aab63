import type { INode, NodeApiError } from 'n8n-workflow';

import type { FailureKind } from '../api/failure';
import { failureError } from '../api/failure';
import { NOT_CHARGED } from '../api/inputError';
import type { ChatFailure } from './chatTypes';

/** Failures after which Kie may have charged for the call, as it may once the reply has begun. */
const MAY_BE_CHARGED: FailureKind[] = [
	'connectionLost',
	'unexpectedResponse',
	'serverError',
	'timedOut',
	'emptyReply',
	'truncatedReply',
	'tokenLimit',
	'refused',
	'cancelled',
];
/** More than any usual reply; n8n saves the text of an error with the execution. */
const MAX_LENGTH = 100_000;
const EXCERPT_LENGTH = 120;

/** Unlike lodash's `truncate`, does not split the whole text. */
function shorten(text: string, length: number): string {
	return text.length > length ? `${text.slice(0, length)}…` : text;
}

/** The text of a reply for an error: complete, because it has been charged. */
export function replyText(text: string): string {
	return shorten(text, MAX_LENGTH);
}

/** The beginning of a reply for the message of an error. */
export function excerptOf(text: string): string {
	return shorten(text, EXCERPT_LENGTH);
}

/** The error for a call without a usable reply. Its description includes what arrived of the reply. */
export function chatError(node: INode, failure: ChatFailure, itemIndex?: number): NodeApiError {
	const { kind, text } = failure;
	const charge =
		text !== undefined || MAY_BE_CHARGED.includes(kind)
			? 'Kie.ai may have charged for the call, so it was not sent again. Check https://kie.ai/logs.'
			: NOT_CHARGED;
	const extra = text ? `${charge} Received so far: ${replyText(text)}` : charge;
	return failureError(node, failure, itemIndex, extra);
}
