import { createHash } from 'node:crypto';

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isObject } from '../shared/json';
import { isTool } from '../shared/run/runOptions';

/** The answers of one run of the node, by item. */
export interface AnswerMemory {
	recall(itemIndex: number): IDataObject | undefined;
	remember(itemIndex: number, json: IDataObject): void;
	/** The run is over. */
	clear(): void;
}

/**
 * Remembers answers in the node's context, which n8n keeps with the execution: its setting Retry On Fail runs the whole
 * node again, and what is answered already is not asked and paid for again. An item is known by its index and the node's
 * parameters as written, because what an expression gives may differ from try to try. A tool has one item and nothing to
 * keep.
 */
export function answerMemory(context: IExecuteFunctions): AnswerMemory {
	if (isTool(context)) return { recall: () => undefined, remember: () => {}, clear: () => {} };
	const { parameters, credentials } = context.getNode();
	const asked = createHash('sha256')
		.update(JSON.stringify([parameters, credentials]))
		.digest('hex')
		.slice(0, 32);
	const run = `kie-chat-${String(context.evaluateExpression('{{ $runIndex }}', 0))}-${asked}`;
	const store = context.getContext('node');
	const stored: unknown = store[run];
	const answers: Record<string, unknown> = isObject(stored) ? stored : {};
	store[run] = answers;
	return {
		recall(itemIndex) {
			const known = answers[itemIndex];
			return isObject(known) ? known : undefined;
		},
		remember: (itemIndex, json) => {
			answers[itemIndex] = json;
		},
		clear: () => {
			delete store[run];
		},
	};
}
