import type { INode, NodeApiError } from 'n8n-workflow';

import type { FailureKind } from '../api/failure';
import { failureError } from '../api/failure';
import type { ChatFailure } from './types';

/** What Kie may have charged for although there is no good answer. */
const MAY_BE_CHARGED: FailureKind[] = [
	'connectionLost',
	'unreadable',
	'serverError',
	'timedOut',
	'emptyAnswer',
	'cutAnswer',
	'refused',
	'cancelled',
];
const SHOWN_LENGTH = 2000;

/** The error for a call that brought no good answer; what came of it is in the description, because it may be paid for. */
export function chatError(node: INode, failure: ChatFailure, itemIndex?: number): NodeApiError {
	const { kind, text = '' } = failure;
	const charged = 'Kie.ai may have charged for the call, so it was not sent again; see https://kie.ai/logs.';
	const came = text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
	const extra = [MAY_BE_CHARGED.includes(kind) ? charged : '', came && `What came of the answer: ${came}`];
	return failureError(node, failure, itemIndex, extra.filter(Boolean).join(' '));
}
