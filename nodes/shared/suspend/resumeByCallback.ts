import { get } from 'lodash';
import type {
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import pLimit from 'p-limit';

import { isObject } from '../json';
import type { Failure } from '../api/failure';
import { describeFailure } from '../api/failure';
import { sleepFor } from '../api/sleep';
import { isTransient } from '../api/retry';
import { parseCallback } from '../callbacks/parseCallback';
import { pollTask } from '../tasks/pollTask';
import { readTask } from '../tasks/readTask';
import { CONCURRENT_DOWNLOADS, CONCURRENT_READS } from '../run/batch';
import { describeTask, unexpectedError, unreadTaskError, withOtherTasks, withoutResultError } from '../run/runErrors';
import { finishTask } from '../run/finishTask';
import type { Outcome } from '../run/outcome';
import { toResult } from '../run/outputItems';
import { toOutput } from '../run/runItems';
import type { TaskRef } from '../tasks/taskRef';
import type { SuspendedItem, SuspendedTask } from './suspend';
import { ONE_READ_MS, readSuspendedRun, RESUME_PATH } from './suspend';

/** Waking an execution that waits for Kie's callbacks. A callback is only a nudge: what counts is read from Kie. */

/** A record may lag behind its callback, and Kie may be out of reach for a while; afterwards the next callback decides. */
const RELOOK_DELAYS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/** The door of a node whose execution waits, as n8n's own Wait node has it. It is registered nowhere: each task carries it. */
export const resumeWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		path: RESUME_PATH,
		isFullPath: true,
		restartWebhook: true,
		responseMode: 'onReceived',
	},
];

/** The executions that are being looked at in this process, with the IDs that callbacks have named meanwhile. */
const inFlight = new Map<string, Set<string>>();

/** The waits that this process has ended, until when they would have lasted. n8n may take its time to go on. */
const completedWaits = new Map<string, number>();

/**
 * Answers a callback at once, then reads the tasks and resumes the execution when all of them have ended: with their items,
 * or with the node's error. Until then the execution waits on.
 */
export async function resumeByCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	context.getResponseObject().status(200).json({ message: 'Received' });
	try {
		const items = await handleCallback(context);
		return { noWebhookResponse: true, ...(items ? { workflowData: [items] } : {}) };
	} catch (error) {
		// What a webhook throws would send an empty item on, so the execution waits on for the next callback.
		context.logger.error('Kie: a callback could not be worked off', { error });
		return { noWebhookResponse: true };
	}
}

/** The items to resume with; undefined: the execution waits on, or goes on already. */
async function handleCallback(context: IWebhookFunctions): Promise<INodeExecutionData[] | undefined> {
	const suspended = readSuspendedRun(context);
	if (!suspended) return undefined;
	const wait = `${context.getExecutionId()} ${suspended.until}`;
	const isOver = () => completedWaits.has(wait) || Date.now() >= suspended.until;
	if (isOver()) return undefined;

	const body: unknown = context.getBodyData();
	const named = (isObject(body) ? parseCallback(body)?.taskId : undefined) ?? '';
	const pendingTaskIds = inFlight.get(wait);
	if (pendingTaskIds) {
		pendingTaskIds.add(named);
		return undefined;
	}
	const own = new Set([named]);
	inFlight.set(wait, own);
	try {
		const ended = await whenAllEnded(context, suspended.items, own);
		const items = ended && (await finishAll(context, suspended.items, ended));
		if (!items || isOver()) return undefined;
		const now = Date.now();
		for (const [other, until] of completedWaits) if (until < now) completedWaits.delete(other);
		completedWaits.set(wait, suspended.until);
		return items;
	} finally {
		inFlight.delete(wait);
	}
}

function isTask(item: SuspendedItem): item is SuspendedTask {
	return 'outcome' in item;
}

/** How the tasks that were waited for completed. */
type CompletedTasks = Map<SuspendedTask, Outcome>;

/** A task that could not be read, and why. */
interface Unread {
	item: SuspendedTask;
	task: TaskRef;
	failure: Failure;
}

/** The ended tasks once all have ended; undefined when at least one goes on. */
async function whenAllEnded(
	context: IWebhookFunctions,
	suspended: SuspendedItem[],
	pendingTaskIds: Set<string>,
): Promise<CompletedTasks | undefined> {
	const ended: CompletedTasks = new Map();
	const waiting = () => suspended.filter(isTask).filter((item) => item.outcome.kind === 'waiting' && !ended.has(item));
	const isNamed = ({ outcome }: SuspendedTask) => outcome.kind === 'waiting' && pendingTaskIds.has(outcome.task.taskId);

	for (let attempt = 0, known = pendingTaskIds.size; ; attempt++) {
		// Tasks end about in the order of their creation, so the last one is the most likely to go on.
		const last = waiting().reverse();
		const unread = await lookUntilOneGoesOn(context, [...last.filter(isNamed), ...last], ended);
		const left = waiting();
		if (left.length === 0) return ended;
		if (pendingTaskIds.size > known) [attempt, known] = [0, pendingTaskIds.size];
		if (!unread && !left.some(isNamed)) return undefined;
		const delay = RELOOK_DELAYS_MS[attempt];
		if (delay !== undefined) {
			await sleepFor(delay);
			continue;
		}
		if (!unread) return undefined;
		if (isTransient(unread.failure)) {
			const { message } = describeFailure(unread.failure);
			context.logger.warn(`Kie: ${describeTask(unread.task)} could not be read after its callback: ${message}`);
			return undefined;
		}
		const { item, task, failure } = unread;
		ended.set(item, { kind: 'failed', task, error: unreadTaskError(context, task, failure, item.itemIndex) });
		attempt = 0;
	}
}

/** Looks at tasks, more at a time as long as all have ended; answers with one that could not be read. */
async function lookUntilOneGoesOn(
	context: IWebhookFunctions,
	items: SuspendedTask[],
	ended: CompletedTasks,
): Promise<Unread | undefined> {
	for (let from = 0, count = 1; from < items.length; from += count, count = Math.min(count * 2, CONCURRENT_READS)) {
		const looks = await Promise.all(
			items.slice(from, from + count).map(async (item) => await lookAt(context, item, ended)),
		);
		const unread = looks.find((look) => typeof look === 'object');
		if (unread) return unread;
		if (looks.includes('goesOn')) return undefined;
	}
	return undefined;
}

async function lookAt(
	context: IWebhookFunctions,
	item: SuspendedTask,
	ended: CompletedTasks,
): Promise<'ended' | 'goesOn' | Unread> {
	const { outcome, input, milestone } = item;
	if (outcome.kind !== 'waiting' || ended.has(item)) return 'ended';
	const { task } = outcome;
	const reading = await readTask(context, { ...task, input, milestone });
	switch (reading.kind) {
		case 'record': {
			const { status, record } = reading;
			if (status.state === 'waiting') return 'goesOn';
			if (status.state === 'withoutResult') return await waitForResult(context, item, task, ended);
			ended.set(item, { kind: 'done', task, status, record, files: [] });
			return 'ended';
		}
		case 'pending':
			return 'goesOn';
		default:
			return { item, task, failure: reading.failure };
	}
}

/** Waits for the result of a task that has succeeded without one so far. */
async function waitForResult(
	context: IWebhookFunctions,
	item: SuspendedTask,
	task: TaskRef,
	ended: CompletedTasks,
): Promise<'ended' | 'goesOn'> {
	const { input, milestone, itemIndex } = item;
	const { signal } = new AbortController();
	const options = { limitMs: ONE_READ_MS, signal, limit: async <T>(read: () => Promise<T>) => await read() };
	const polled = await pollTask(context, { ...task, input, milestone, usualMs: 0, isOld: true }, options);
	if (polled.kind === 'finished') {
		const { status, record } = polled;
		ended.set(item, { kind: 'done', task, status, record, files: [] });
	} else if (polled.kind === 'withoutResult') {
		ended.set(item, { kind: 'failed', task, error: withoutResultError(context, task, itemIndex) });
	}
	return ended.has(item) ? 'ended' : 'goesOn';
}

/** The items of the whole wait, in order and paired; with On Error set to stop, one failure is the node's. */
async function finishAll(
	context: IWebhookFunctions,
	suspended: SuspendedItem[],
	completed: CompletedTasks,
): Promise<INodeExecutionData[]> {
	const run = { context, limits: { download: pLimit(CONCURRENT_DOWNLOADS) } };
	const { signal } = new AbortController();
	const outcomes = new Map<number, Outcome>();
	await Promise.all(
		suspended.filter(isTask).map(async (item) => {
			const done = completed.get(item);
			outcomes.set(item.itemIndex, done ? await finishSafely(run, item, done, signal) : item.outcome);
		}),
	);
	const failed = [...outcomes].sort(([a], [b]) => a - b).find(([, { kind }]) => kind === 'failed');
	if (failed?.[1].kind === 'failed' && !continuesOnFail(context)) {
		failNode(context, withOtherTasks(failed[1].error, outcomes, failed[0]));
	}
	return suspended.flatMap((item) => {
		if (!isTask(item)) return item.items;
		const outcome = outcomes.get(item.itemIndex);
		const items = outcome ? toOutput([toResult(outcome, item)]) : [];
		return items.map((output) => ({ ...output, pairedItem: { item: item.itemIndex } }));
	});
}

async function finishSafely(
	run: Parameters<typeof finishTask>[0],
	item: SuspendedTask,
	outcome: Outcome,
	signal: AbortSignal,
): Promise<Outcome> {
	if (outcome.kind !== 'done') return outcome;
	try {
		return await finishTask(run, item, outcome, signal);
	} catch (error) {
		const { task } = outcome;
		return { kind: 'failed', task, error: unexpectedError(run.context, error, item.itemIndex, task) };
	}
}

function continuesOnFail(context: IWebhookFunctions): boolean {
	const { onError, continueOnFail } = context.getNode();
	return onError === undefined ? continueOnFail === true : onError !== 'stopWorkflow';
}

/**
 * Makes the node fail when it is woken. n8n gives a webhook no call for that; this is where n8n itself puts the error of a
 * failed sub-workflow for the node that waited for it. Where an n8n has no such place, the item carries the error.
 */
function failNode(context: IWebhookFunctions, error: NodeApiError | NodeOperationError): void {
	const entry: unknown = get(context, 'runExecutionData.executionData.nodeExecutionStack[0]');
	if (isObject(entry))
		Object.assign(entry, { metadata: { ...(isObject(entry.metadata) ? entry.metadata : {}), resumeError: error } });
}
