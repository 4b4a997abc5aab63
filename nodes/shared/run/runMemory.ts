import { createHash } from 'node:crypto';

import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import type { JsonObject } from '../json';
import { isObject } from '../json';
import { mayHaveRunBefore } from './retriedExecution';
import { deliveredCall, isTool } from './toolCall';

/** The parameters of a node that an entry depends on: with any of them changed, it is the entry of another item. */
export type DecisiveParameters = (parameters: INodeParameters) => object;

/** What earlier tries of a run have brought, by item. `call` is what a tool is called with; it tells its calls apart. */
export interface RunMemory<Entry> {
	recall(itemIndex: number, call?: object): Entry | undefined;
	remember(itemIndex: number, entry: Entry, call?: object): void;
	/** The next try of the item starts over. */
	forget(itemIndex: number, call?: object): void;
	/** The run is over. The call of a tool that has an ID stays, because no other call has its ID. */
	clear(): void;
	/** Whether an earlier execution may have run the node and left no trace here; see `mayHaveRunBefore`. */
	isIncomplete: boolean;
}

/**
 * Remembers items in the node's context, which n8n keeps with the execution. n8n's setting Retry On Fail runs the whole
 * node again for all items: what an earlier try has paid for is reused instead of being paid for again.
 * An item is known by its index and the `decisive` parameters as written, because the result of an expression may differ
 * from try to try, and n8n's Retry may run the node with the parameters of the saved workflow; a tool by its call, because
 * n8n counts each try of a tool as a run. A call that the agent has given an ID is one call however often n8n delivers it;
 * without an ID, a call is what it asks for until it succeeds.
 */
export function runMemory<Entry extends object>(
	context: IExecuteFunctions,
	name: string,
	parse: (stored: JsonObject) => Entry | undefined,
	decisive: DecisiveParameters,
): RunMemory<Entry> {
	const forTool = isTool(context);
	const { parameters, credentials } = context.getNode();
	const nodeKey = hashOf([decisive(parameters), credentials]);
	const store = context.getContext('node');
	const run = `${name}-${forTool ? 'tool' : String(context.evaluateExpression('{{ $runIndex }}', 0))}`;
	const isIncomplete =
		store[`${run}-incomplete`] === true || (!forTool && mayHaveRunBefore(context, isObject(store[run])));
	if (isIncomplete) store[`${run}-incomplete`] = true;
	const entries: JsonObject = isObject(store[run]) ? store[run] : {};
	store[run] = entries;

	const usedKeys = new Set<string>();
	const keyOf = (itemIndex: number, call: object | undefined) => {
		const delivered = forTool ? deliveredCall(context, itemIndex) : undefined;
		const key = hashOf([itemIndex, nodeKey, forTool ? (delivered ?? call) : null]);
		if (!delivered) usedKeys.add(key);
		return key;
	};

	return {
		isIncomplete,
		recall: (itemIndex, call) => {
			const stored = entries[keyOf(itemIndex, call)];
			return isObject(stored) ? parse(stored) : undefined;
		},
		remember: (itemIndex, entry, call) => {
			Object.assign(entries, { [keyOf(itemIndex, call)]: { ...entry } });
		},
		forget: (itemIndex, call) => {
			delete entries[keyOf(itemIndex, call)];
		},
		clear: () => {
			for (const key of usedKeys) delete entries[key];
			delete store[`${run}-incomplete`];
		},
	};
}

function hashOf(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}
