import { pick } from 'lodash';
import type { IExecuteFunctions, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject, asNumber } from '../json';
import type { JsonObject } from '../json';
import { apiBaseUrl } from '../api/account';
import { adapters } from '../adapters';
import { isPrivateAddress } from './privateAddress';
import type { Outcome, ShownItem, TaskRef } from '../run/outputItems';
import type { Plan } from '../run/plan';

/** Putting an execution to wait: n8n stores it, and nothing runs until Kie's callback or n8n's timer wakes it. */

/** A task that is done this soon is not worth storing the execution. */
const SHORT_WAIT_MS = 20_000;
/** A limit that is over at once leaves one look. */
export const ONE_LOOK_MS = 0;

/** The end of the address, so that Kie's call wakes no other node that the same execution waits in later. */
export const RESUME_PATH = 'kie';

/** The names under which a node's context keeps what waits, and since when its timers run. */
const PARKED = 'kieParked';
const TIMERS = 'kieTimers';

/** An item whose task is waited for, or has ended already. */
export interface SuspendedTask extends ShownItem, Pick<Plan, 'milestone'> {
	options: Pick<Plan['options'], 'simplify' | 'itemPerFile' | 'binaryProperty' | 'downloadFiles'>;
	/** What reading the task needs beside its ID. */
	input: JsonObject;
	outcome: Exclude<Outcome, { kind: 'failed' }>;
}

/** An item of an execution that waits; one that has failed already is what Continue On Fail gives out for it. */
export type SuspendedItem = SuspendedTask | { items: INodeExecutionData[] };

/** What an execution waits for, and until when (ms since 1970); then n8n goes on by itself. */
export interface SuspendedRun {
	until: number;
	items: SuspendedItem[];
}

/** The plans, with an error in place of each that waits for a callback which cannot arrive. */
export async function refuseUnreachable(
	context: IExecuteFunctions,
	plans: Array<Plan | NodeOperationError>,
): Promise<Array<Plan | NodeOperationError>> {
	if (!plans.some(isCalledBack)) return plans;
	const address = resumeUrl(context);
	if (!isPrivateAddress(address) || isPrivateAddress(await apiBaseUrl(context))) return plans;
	const { host } = new URL(address);
	return plans.map((plan, itemIndex) =>
		isCalledBack(plan)
			? new NodeOperationError(context.getNode(), `Kie.ai cannot call this n8n at ${host} [item ${itemIndex}]`, {
					itemIndex,
					description:
						"'Wait Using: Callback' needs an n8n that can be reached from the internet: set its WEBHOOK_URL, or choose 'Wait Using: Polling' in the options, which works everywhere. No task was created.",
				})
			: plan,
	);
}

function isCalledBack(plan: Plan | NodeOperationError): boolean {
	if (plan instanceof NodeOperationError) return false;
	return plan.options.waitUsing === 'callback' && plan.existing === undefined;
}

/** The address that resumes this execution. It carries a token that n8n checks. */
function resumeUrl(context: IExecuteFunctions): string {
	const address = String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
	if (!URL.canParse(address)) return address;
	const url = new URL(address);
	url.pathname += `/${RESUME_PATH}`;
	return url.href;
}

/** The address that Kie calls when an item's task ends. */
export function callbackUrl(context: IExecuteFunctions, plan: Plan): string | undefined {
	return isCalledBack(plan) ? resumeUrl(context) : plan.options.callBackUrl;
}

/** How a run waits for a task, in milliseconds. */
interface WaitPolicy {
	/** How long to look at it in this run. */
	lookMs: number;
	/** Whether the execution is put to wait when it is not done by then. */
	parks: boolean;
	/** How long the user wants to wait in all. */
	limitMs: number;
	/** How long the task has been waited for by earlier runs of the node. */
	beforeMs: number;
}

/** How long this run is to look at a task, and what then. */
export function waitPolicy(context: IExecuteFunctions, { options }: Plan, { taskId }: TaskRef): WaitPolicy {
	const { waitUsing, limitMs, suspendMs: parkMs } = options;
	if (waitUsing === 'polling') return { lookMs: limitMs, parks: false, limitMs, beforeMs: 0 };
	if (waitUsing === 'callback') {
		const lookMs = Math.min(parkMs, SHORT_WAIT_MS);
		return { lookMs, parks: parkMs > lookMs, limitMs: parkMs, beforeMs: 0 };
	}
	// The node runs again for the same task each time that its timer has passed.
	const store = context.getContext('node');
	const timers: JsonObject = isObject(store[TIMERS]) ? store[TIMERS] : {};
	store[TIMERS] = timers;
	const startedAt = asNumber(timers[taskId]) ?? Date.now();
	timers[taskId] = startedAt;
	const beforeMs = Date.now() - startedAt;
	return { lookMs: ONE_LOOK_MS, parks: beforeMs < parkMs, limitMs: parkMs, beforeMs };
}

/**
 * Puts the execution to wait for the tasks that are not done. `items` are what n8n gives out when the time passes without
 * a callback: it cannot run the node again then, so they name the tasks for a later node to take up.
 */
export async function suspend(
	context: IExecuteFunctions,
	plans: Array<Plan | NodeOperationError>,
	outcomes: Outcome[],
	items: INodeExecutionData[][],
): Promise<void> {
	context.getExecuteData().data = { main: [items.flat()] };
	const times = plans.flatMap((plan, itemIndex) =>
		plan instanceof NodeOperationError || outcomes[itemIndex]?.kind !== 'waiting' ? [] : [plan.options],
	);
	const waits = times.map(({ waitUsing, timerMs, suspendMs: parkMs }) => (waitUsing === 'timer' ? timerMs : parkMs));
	const until = Date.now() + Math.max(...waits);
	const parked: SuspendedRun = {
		until,
		items: plans.map((plan, itemIndex) => suspendedItem(plan, outcomes[itemIndex], items[itemIndex] ?? [])),
	};
	context.getContext('node')[PARKED] = parked;
	await context.putExecutionToWait(new Date(until));
}

function suspendedItem(
	plan: Plan | NodeOperationError,
	outcome: Outcome | undefined,
	items: INodeExecutionData[],
): SuspendedItem {
	if (plan instanceof NodeOperationError || outcome === undefined || outcome.kind === 'failed') return { items };
	const { itemIndex, passThrough: carry, milestone: stage, model, body } = plan;
	const options = pick(plan.options, ['simplify', 'itemPerFile', 'binaryProperty', 'downloadFiles']);
	const input = pick(body, adapters[model.api ?? 'market'].readsInput ?? []);
	return { itemIndex, passThrough: carry, milestone: stage, options, input, outcome };
}

/** What the node that is woken waits for; undefined where nothing was put to wait. */
export function readSuspendedRun(context: IWebhookFunctions): SuspendedRun | undefined {
	const name = JSON.stringify(context.getNode().name).replaceAll('}', '\\u007d');
	const stored: unknown = context.evaluateExpression(`{{ $node[${name}].context["${PARKED}"] }}`, 0);
	return isSuspendedRun(stored) ? stored : undefined;
}

/** It is this node's own, from the same execution. */
function isSuspendedRun(stored: unknown): stored is SuspendedRun {
	return isObject(stored) && typeof stored.until === 'number' && Array.isArray(stored.items);
}
