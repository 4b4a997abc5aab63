import type { INode, NodeApiError } from 'n8n-workflow';

import type { FailureKind } from '../api/failure';
import { failureError } from '../api/failure';
import type { ChatFailure } from './chatTypes';

/** What Kie may have charged for although there is no good answer. */
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
/** More than any answer of the usual length; what an error holds is written to the execution. */
const LONGEST_SHOWN = 100_000;

/** An answer as an error shows it: whole, because it is paid for. */
export function excerpt(text: string): string {
	return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** The error for a call that brought no good answer; what came of it is in the description, because it may be paid for. */
export function chatError(node: INode, failure: ChatFailure, itemIndex?: number): NodeApiError {
	const { kind, text = '' } = failure;
	const charged = 'Kie.ai may have charged for the call, so it was not sent again; see https://kie.ai/logs.';
	const extra = [MAY_BE_CHARGED.includes(kind) ? charged : '', text && `What came of the answer: ${excerpt(text)}`];
	return failureError(node, failure, itemIndex, extra.filter(Boolean).join(' '));
}
