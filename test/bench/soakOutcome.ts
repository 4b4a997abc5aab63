import { isObject, range, uniq } from 'lodash';
import type { INodeExecutionData } from 'n8n-workflow';

import type { Execution } from '../e2e/client';
import type { SoakEntry, SoakTask } from './soakBooks';
import type { SoakWorkflow } from './soakWorkflows';
import { FIRST, ITEMS, LAST, originOf } from './soakWorkflows';

/** The outcome of an execution. */
interface SoakOutcome {
	run: string;
	entries: SoakEntry[];
	/** Its items that are neither in an output nor in an error. */
	missing: number;
}

/** The outcome of a completed execution; undefined if it never reached its items. */
export function readOutcome(
	{ nodes }: SoakWorkflow,
	execution: Execution,
	tasks: Map<string, SoakTask>,
): SoakOutcome | undefined {
	const inputs = outputOf(execution, ITEMS, 0);
	const run = originOf(inputs[0]?.json.prompt)?.run;
	if (run === undefined) return undefined;
	const { error } = execution.data.resultData;
	if (error) {
		const text = `${error.message} ${error.description}`;
		return { run, entries: entriesOfError(run, text, tasks), missing: 0 };
	}
	const path = [ITEMS, ...nodes.map(({ name }) => name)];
	const entries = [
		...[0, 1].flatMap((output) =>
			outputOf(execution, LAST, output).map((item) => entryOf(run, path, execution, LAST, item)),
		),
		...(path.includes(FIRST) ? outputOf(execution, FIRST, 1) : []).map((item) =>
			entryOf(run, path, execution, FIRST, item),
		),
	];
	const foundItems = new Set(entries.map(({ item }) => item));
	return { run, entries, missing: range(inputs.length).filter((index) => !foundItems.has(index)).length };
}

function outputOf(execution: Execution, node: string, output: number): INodeExecutionData[] {
	return execution.data.resultData.runData[node]?.at(-1)?.data?.main?.[output] ?? [];
}

const UNCONFIRMED = /did not confirm the task/;

function entryOf(run: string, path: string[], execution: Execution, node: string, item: INodeExecutionData): SoakEntry {
	const error = isObject(item.json.error) ? new Map(Object.entries(item.json.error)) : undefined;
	const taskId = error ? error.get('taskId') : item.json.taskId;
	const isUnconfirmed = UNCONFIRMED.test(String(error?.get('description')));
	return {
		run,
		item: originIndex(path, execution, node, item),
		kind: error ? (isUnconfirmed ? 'unconfirmed' : 'error') : 'output',
		taskId: typeof taskId === 'string' ? taskId : undefined,
	};
}

/** The index of the input item, through all nodes between. */
function originIndex(path: string[], execution: Execution, node: string, { pairedItem }: INodeExecutionData): number {
	const paired = Array.isArray(pairedItem) ? pairedItem[0] : pairedItem;
	const index = typeof paired === 'number' ? paired : (paired?.item ?? NaN);
	const previousNode = path[path.indexOf(node) - 1];
	if (previousNode === undefined || previousNode === ITEMS) return index;
	const source = outputOf(execution, previousNode, 0)[index];
	return source ? originIndex(path, execution, previousNode, source) : NaN;
}

/** The tasks of all items in the error of an execution. */
function entriesOfError(run: string, text: string, tasks: Map<string, SoakTask>): SoakEntry[] {
	const ids = uniq([...text.matchAll(/\b[0-9a-f]{32}\b/g)].map(([id]) => id));
	const unconfirmed = uniq([
		...[...text.matchAll(/item (\d+): not confirmed/g)].map(([, item]) => Number(item)),
		...(UNCONFIRMED.test(text) ? [Number(/\[item (\d+)\]/.exec(text)?.[1])] : []),
	]);
	return [
		...ids.map((taskId): SoakEntry => ({ run, item: tasks.get(taskId)?.item ?? NaN, kind: 'error', taskId })),
		...unconfirmed.map((item): SoakEntry => ({ run, item, kind: 'unconfirmed' })),
	];
}
