import { isEqual, pick } from 'lodash';
import type { IExecuteFunctions, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject, asNumber } from '../json';
import type { JsonObject } from '../json';
import { apiBaseUrl } from '../api/account';
import { adapters } from '../adapters';
import { isPrivateAddress } from '../api/privateAddress';
import type { CreateJob, Job } from '../run/job';
import type { Outcome } from '../run/outcome';
import type { ItemOutput } from '../run/outputItems';
import type { RunOptions } from '../run/runOptions';
import type { TaskRef } from '../tasks/taskRef';

/** Pausing an execution: n8n stores it, and nothing runs until Kie's callback or n8n's timer resumes it. */

/** A task that completes this soon is not worth storing the execution. */
const SHORT_WAIT_MS = 20_000;
/** A time limit that allows exactly one read. */
export const ONE_READ_MS = 0;

/** The end of the URL, so that Kie's call resumes no other node that the same execution waits in later. */
export const RESUME_PATH = 'kie';

/** The keys of the node's context: what the execution waits for, and since when its timers run. */
const SUSPENDED = 'kieSuspended';
const TIMERS = 'kieTimers';

/** An item whose task is waited for, or has completed already. */
export interface SuspendedTask extends ItemOutput, Pick<CreateJob, 'milestone'> {
	itemIndex: number;
	options: Pick<RunOptions, 'simplify' | 'itemPerFile' | 'binaryProperty' | 'downloadFiles'>;
	/** What reading the task needs beside its ID. */
	input: JsonObject;
	outcome: Exclude<Outcome, { kind: 'failed' }>;
}

/** An item of a paused execution; one that has failed already is its output. */
export type SuspendedItem = SuspendedTask | { items: INodeExecutionData[] };

/** What an execution waits for, and until when (ms since 1970); then n8n resumes it by itself. */
export interface SuspendedRun {
	until: number;
	items: SuspendedItem[];
}

/**
 * A job as it is, unless it waits for a callback that cannot arrive.
 * @throws NodeOperationError where Kie cannot reach this n8n.
 */
export async function requireReachable(context: IExecuteFunctions, job: Job): Promise<Job> {
	if (!isCalledBack(job)) return job;
	const url = resumeUrl(context);
	if (!isPrivateAddress(url) || isPrivateAddress(await apiBaseUrl(context))) return job;
	const { itemIndex } = job;
	throw new NodeOperationError(
		context.getNode(),
		`Kie.ai cannot reach this n8n at ${new URL(url).host} [item ${itemIndex}]`,
		{
			itemIndex,
			description:
				"'Wait Using: Callback' needs an n8n that is reachable from the internet. Set its WEBHOOK_URL, or choose 'Wait Using: Polling' in the options, which works everywhere. No task was created.",
		},
	);
}

function isCalledBack(job: Job): boolean {
	return job.kind === 'create' && job.options.waitUsing === 'callback';
}

/** The URL that resumes this execution. It carries a token that n8n checks. */
function resumeUrl(context: IExecuteFunctions): string {
	const resume = String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
	if (!URL.canParse(resume)) return resume;
	const url = new URL(resume);
	url.pathname += `/${RESUME_PATH}`;
	return url.href;
}

/** The URL that Kie calls when an item's task completes. */
export function callbackUrl(context: IExecuteFunctions, job: CreateJob): string | undefined {
	return isCalledBack(job) ? resumeUrl(context) : job.options.callBackUrl;
}

/** How a run waits for a task, in milliseconds. */
interface WaitPolicy {
	/** How long to look at it in this run. */
	pollMs: number;
	/** Whether the execution is put to wait when it is not done by then. */
	suspends: boolean;
	/** How long the user wants to wait in all. */
	limitMs: number;
	/** How long the task has been waited for by earlier runs of the node. */
	waitedMs: number;
}

/** How long this run is to look at a task, and what then. */
export function waitPolicy(context: IExecuteFunctions, { options }: Job, { taskId }: TaskRef): WaitPolicy {
	const { waitUsing, limitMs, suspendMs: suspendMs } = options;
	if (waitUsing === 'polling') return { pollMs: limitMs, suspends: false, limitMs, waitedMs: 0 };
	if (waitUsing === 'callback') {
		const pollMs = Math.min(suspendMs, SHORT_WAIT_MS);
		return { pollMs, suspends: suspendMs > pollMs, limitMs: suspendMs, waitedMs: 0 };
	}
	// The node runs again for the same task each time that its timer has passed.
	const store = context.getContext('node');
	const timers: JsonObject = isObject(store[TIMERS]) ? store[TIMERS] : {};
	store[TIMERS] = timers;
	const startedAt = asNumber(timers[taskId]) ?? Date.now();
	timers[taskId] = startedAt;
	const waitedMs = Date.now() - startedAt;
	return { pollMs: ONE_READ_MS, suspends: waitedMs < suspendMs, limitMs: suspendMs, waitedMs };
}

/**
 * Pauses the execution for the tasks that are still running. `output` is what n8n returns when the time passes without a
 * callback: it cannot run the node again then, so it names the tasks for a later node to take up.
 */
export async function suspendRun(
	context: IExecuteFunctions,
	jobs: Map<number, Job>,
	outcomes: Map<number, Outcome>,
	output: INodeExecutionData[],
): Promise<void> {
	context.getExecuteData().data = { main: [output] };
	const waiting = [...jobs.values()].filter(({ itemIndex }) => outcomes.get(itemIndex)?.kind === 'waiting');
	const waits = waiting.map(({ options }) => (options.waitUsing === 'timer' ? options.timerMs : options.suspendMs));
	const until = Date.now() + Math.max(...waits);
	const items = context.getInputData().map((_, itemIndex) => {
		const itemOutput = output.filter(({ pairedItem }) => isEqual(pairedItem, { item: itemIndex }));
		return suspendedItem(itemIndex, jobs.get(itemIndex), outcomes.get(itemIndex), itemOutput);
	});
	const suspended: SuspendedRun = { until, items };
	context.getContext('node')[SUSPENDED] = suspended;
	await context.putExecutionToWait(new Date(until));
}

function suspendedItem(
	itemIndex: number,
	job: Job | undefined,
	outcome: Outcome | undefined,
	items: INodeExecutionData[],
): SuspendedItem {
	if (job === undefined || outcome === undefined || outcome.kind === 'failed') return { items };
	const options = pick(job.options, ['simplify', 'itemPerFile', 'binaryProperty', 'downloadFiles']);
	if (job.kind !== 'create') return { itemIndex, options, input: {}, outcome };
	const { passThrough, milestone, model, body } = job;
	const input = pick(body, adapters[model.api ?? 'market'].readsInput ?? []);
	return { itemIndex, passThrough, milestone, options, input, outcome };
}

/** What the node that is woken waits for; undefined where nothing was put to wait. */
export function readSuspendedRun(context: IWebhookFunctions): SuspendedRun | undefined {
	const name = JSON.stringify(context.getNode().name).replaceAll('}', '\\u007d');
	const stored: unknown = context.evaluateExpression(`{{ $node[${name}].context["${SUSPENDED}"] }}`, 0);
	return isSuspendedRun(stored) ? stored : undefined;
}

/** It is this node's own, from the same execution. */
function isSuspendedRun(stored: unknown): stored is SuspendedRun {
	return isObject(stored) && typeof stored.until === 'number' && Array.isArray(stored.items);
}
