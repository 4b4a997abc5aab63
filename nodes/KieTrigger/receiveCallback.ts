import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { JsonObject } from '../shared/json';
import { describeFailure } from '../shared/api/failure';
import { readAccount } from '../shared/api/account';
import { confirmTask } from '../shared/callbacks/confirmTask';
import type { Callback, CallbackTask } from '../shared/callbacks/parseCallback';
import { parseCallback } from '../shared/callbacks/parseCallback';
import { processedEvents } from '../shared/callbacks/processedEvents';
import { refuseSignature } from '../shared/callbacks/signature';
import { fetchFiles, toItem } from './triggerOutput';
import type { TriggerParameters } from './readTriggerParameters';
import { isWanted, readParameters } from './readTriggerParameters';
import type { Refusal } from './webhookRequest';
import { readBody } from './webhookRequest';

/** What becomes of a delivery. */
type Verdict = { start: CallbackTask } | { drop: string } | { refuse: Refusal };

/** The part of Express's response that is used here. */
interface HttpResponse {
	statusCode: number;
	status(code: number): HttpResponse;
	json(body: object): unknown;
	once(event: 'finish', listener: () => void): unknown;
}

/** The response to a callback (https://docs.kie.ai/market/common/get-task-detail). */
const TAKEN = { code: 200, msg: 'success' };

/** Deliveries that are being looked at in this process. The same one coming at the same moment waits for the first. */
const underWay = new Map<string, Promise<Verdict>>();

/**
 * Receives a callback. Kie repeats one that is not answered with 200 within 15 s, at most three times
 * (https://docs.kie.ai/market/common/get-task-detail): so 200 is for what has started the workflow and for what is not wanted,
 * 4xx for what Kie has not sent, and 503 for what has to come again.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const posted = readBody(context);
	if ('refuse' in posted) return refuse(context, posted.refuse);
	const callback = parseCallback(posted.body);
	if (!callback) return refuse(context, { status: 400, message: 'The body names no task of Kie.ai' });
	const parameters = readParameters(context);
	const forgery = await findForgery(context, callback, parameters);
	if (forgery !== undefined) return refuse(context, { status: 401, message: forgery });

	const verdict = await judgeOnce(context, callback, parameters);
	if ('refuse' in verdict) return refuse(context, verdict.refuse);
	if ('drop' in verdict) return answer(context, 200, { ...TAKEN, note: verdict.drop });

	const task = { taskId: callback.taskId, ...verdict.start };
	const raw: JsonObject = parameters.includeRawBody ? { body: posted.body } : {};
	if (!parameters.downloadFiles || task.status.urls.length === 0) {
		return { webhookResponse: TAKEN, workflowData: [[toItem(task, parameters, raw)]] };
	}
	// Large files take longer than Kie waits.
	answer(context, 200, TAKEN);
	const { files, failed } = await fetchFiles(context, task);
	return { noWebhookResponse: true, workflowData: [[toItem(task, parameters, { ...failed, ...raw }, files)]] };
}

function answer(context: IWebhookFunctions, status: number, body: object): IWebhookResponseData {
	const response: HttpResponse = context.getResponseObject();
	response.status(status).json(body);
	return { noWebhookResponse: true };
}

function refuse(context: IWebhookFunctions, { status, message }: Refusal): IWebhookResponseData {
	return answer(context, status, { message });
}

/** Why a callback is taken for a forgery; undefined where it is none, or where there is no key to tell it by. */
async function findForgery(
	context: IWebhookFunctions,
	{ taskId }: Callback,
	{ signatureAgeSeconds }: TriggerParameters,
): Promise<string | undefined> {
	const now = Date.now();
	const { webhookSecret } = await readAccount(context);
	if (webhookSecret === undefined) return undefined;
	const limits = { now, maxAgeSeconds: signatureAgeSeconds };
	return refuseSignature(webhookSecret, taskId, context.getHeaderData(), limits);
}

/** Judges a delivery; one of several that are the same and come at the same moment, so that one of them starts the workflow. */
async function judgeOnce(
	context: IWebhookFunctions,
	callback: Callback,
	parameters: TriggerParameters,
): Promise<Verdict> {
	const key = `${triggerId(context)} ${eventId(callback.taskId, callback)}`;
	const first = underWay.get(key);
	if (first) {
		const verdict = await first;
		return 'start' in verdict ? { drop: 'repeated' } : verdict;
	}
	const verdict = judge(context, callback, parameters);
	underWay.set(key, verdict);
	try {
		return await verdict;
	} finally {
		underWay.delete(key);
	}
}

async function judge(context: IWebhookFunctions, callback: Callback, parameters: TriggerParameters): Promise<Verdict> {
	const { taskId } = callback;
	// What is not wanted is not worth a look.
	if (callback.event === 'progress' && !parameters.events.includes('progress')) return { drop: 'filtered' };
	// Whoever tests may send the same callback again.
	const isTest = context.getMode() === 'manual';
	const seen = processedEvents(triggerId(context), context.getWorkflowStaticData('node'), Date.now());
	if (!isTest && seen.has(eventId(taskId, callback))) return { drop: 'repeated' };

	const found = parameters.confirm
		? await confirmTask(context, callback)
		: { kind: 'confirmed' as const, task: callback };
	if (found.kind === 'unknown') return { refuse: { status: 404, message: 'Kie.ai has no record of the task' } };
	if (found.kind === 'notYet') {
		context.logger.warn(`Kie: a callback says ${callback.event} of the task ${taskId}, its record does not say so yet`);
		return { refuse: { status: 503, message: 'The record of the task does not say so yet; send the callback again' } };
	}
	if (found.kind === 'unreachable') {
		const { message, description } = describeFailure(found.failure);
		context.logger.warn(`Kie: a callback of the task ${taskId} could not be confirmed. ${message}. ${description}`);
		return { refuse: { status: 503, message: 'The task could not be looked up at Kie.ai; send the callback again' } };
	}
	const { task } = found;
	if (!isWanted(task, parameters)) return { drop: 'filtered' };
	if (isTest) return { start: task };
	// What is found may be another event than what was told, and started already.
	const event = eventId(taskId, task);
	if (seen.has(event)) return { drop: 'repeated' };
	seen.add(event);
	const response: HttpResponse = context.getResponseObject();
	response.once('finish', () => {
		if (response.statusCode !== 200) seen.forget(event);
	});
	return { start: task };
}

function triggerId(context: IWebhookFunctions): string {
	return `${context.getWorkflow().id} ${context.getNode().id}`;
}

/** An event of a task; each of them starts the workflow once. */
function eventId(taskId: string, { event, milestone, progress }: CallbackTask): string {
	return [taskId, event, milestone, progress].join(' ');
}
