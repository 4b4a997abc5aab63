import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { Account } from '../shared/api/account';
import { readAccount, withoutKey } from '../shared/api/account';
import { describeFailure } from '../shared/api/failure';
import { sleepFor } from '../shared/api/sleep';
import type { Confirmation } from '../shared/callbacks/confirmTask';
import { confirmTask } from '../shared/callbacks/confirmTask';
import type { Callback, CallbackTask } from '../shared/callbacks/parseCallback';
import { parseCallback } from '../shared/callbacks/parseCallback';
import type { ProcessedEvents } from '../shared/callbacks/processedEvents';
import { processedEvents } from '../shared/callbacks/processedEvents';
import { checkSignature } from '../shared/callbacks/signature';
import type { JsonObject } from '../shared/json';
import type { TriggerParameters } from './readTriggerParameters';
import { isSelected, readParameters } from './readTriggerParameters';
import { downloadFiles, toItem } from './triggerOutput';
import type { Rejection } from './webhookRequest';
import { readBody } from './webhookRequest';

/** What happens with a delivery. */
type Decision =
	| { kind: 'started'; task: CallbackTask }
	| { kind: 'ignored'; note: 'filtered' | 'repeated' }
	| { kind: 'rejected'; rejection: Rejection };

/** A callback that is to be decided on. */
interface Delivery {
	context: IWebhookFunctions;
	callback: Callback;
	parameters: TriggerParameters;
	events: ProcessedEvents;
	/** Whether it has a valid signature. */
	isSigned: boolean;
}

/** The part of Express's response that is used here. */
interface HttpResponse {
	statusCode: number;
	writableEnded: boolean;
	status(code: number): HttpResponse;
	json(body: object): unknown;
	once(event: 'finish', listener: () => void): unknown;
}

const ACCEPTED = { code: 200, msg: 'success' };

/** The deliveries of this process that are being decided. The same event at the same moment waits for the first. */
const inFlight = new Map<string, Promise<Decision>>();

/**
 * Receives a callback. Kie repeats one that is not answered with 200 within 15 s, at most three times
 * (https://docs.kie.ai/market/common/get-task-detail): so 200 is for what has started the workflow and for what is ignored,
 * 4xx for what Kie has not sent, and 503 for what has to come again.
 */
export async function receiveCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request = readBody(context);
	if (request.kind === 'rejected') return reject(context, request.rejection);
	const posted = parseCallback(request.body);
	if (!posted) return reject(context, { status: 400, message: 'The body has no task ID' });
	const parameters = readParameters(context);
	const account = await readAccount(context);
	const signatureIssue = findSignatureIssue(context, account, posted, parameters);
	if (signatureIssue !== undefined) return reject(context, { status: 401, message: signatureIssue });
	const body = withoutKey(request.body, account.apiKey);
	const callback = body === request.body ? posted : (parseCallback(body) ?? posted);

	const events = processedEvents(triggerId(context), context.getWorkflowStaticData('node'), Date.now());
	const isSigned = account.webhookSecret !== undefined;
	const decision = await decideOnce({ context, callback, parameters, events, isSigned });
	if (decision.kind === 'rejected') return reject(context, decision.rejection);
	if (decision.kind === 'ignored') return respond(context, 200, { ...ACCEPTED, note: decision.note });

	const task = { taskId: callback.taskId, ...decision.task };
	const rawBody: JsonObject = parameters.includeRawBody ? { body } : {};
	if (!parameters.downloadFiles || task.status.urls.length === 0) {
		void storeUntilAnswered(events, context.getResponseObject());
		return { workflowData: [[toItem(task, parameters, rawBody)]] };
	}
	// Large files take longer than Kie waits.
	respond(context, 200, ACCEPTED);
	const { files, failed } = await downloadFiles(context, task);
	events.store();
	return { noWebhookResponse: true, workflowData: [[toItem(task, parameters, { ...failed, ...rawBody }, files)]] };
}

function respond(context: IWebhookFunctions, status: number, body: object): IWebhookResponseData {
	const response: HttpResponse = context.getResponseObject();
	response.status(status).json(body);
	return { noWebhookResponse: true };
}

function reject(context: IWebhookFunctions, { status, message }: Rejection): IWebhookResponseData {
	return respond(context, status, { message });
}

/**
 * n8n saves the static data when the execution has started, right before it responds. Until then it builds the workflow a
 * second time from the same data, which resets its note that the data has changed; so the events are stored until n8n
 * responds.
 */
async function storeUntilAnswered(events: ProcessedEvents, response: HttpResponse): Promise<void> {
	events.store();
	for (let pause = 1; !response.writableEnded && pause < 30_000; pause *= 2) {
		await sleepFor(pause);
		events.store();
	}
}

/** What is wrong with the signature; undefined if it is valid, or if there is no key to check it with. */
function findSignatureIssue(
	context: IWebhookFunctions,
	{ webhookSecret }: Account,
	{ taskId }: Callback,
	{ signatureAgeSeconds }: TriggerParameters,
): string | undefined {
	const now = Date.now();
	if (webhookSecret === undefined) return undefined;
	return checkSignature(webhookSecret, taskId, context.getHeaderData(), { now, maxAgeSeconds: signatureAgeSeconds });
}

/** Decides on a delivery; of several deliveries of an event at the same moment, one starts the workflow. */
async function decideOnce(delivery: Delivery): Promise<Decision> {
	const { context, callback } = delivery;
	const key = `${triggerId(context)} ${eventId(callback.taskId, callback)}`;
	const first = inFlight.get(key);
	if (first) {
		const decision = await first;
		return decision.kind === 'started' ? { kind: 'ignored', note: 'repeated' } : decision;
	}
	const decision = decide(delivery);
	inFlight.set(key, decision);
	try {
		return await decision;
	} finally {
		inFlight.delete(key);
	}
}

async function decide({ context, callback, parameters, events, isSigned }: Delivery): Promise<Decision> {
	const { taskId } = callback;
	// Not worth a read.
	if (callback.event === 'progress' && !parameters.events.includes('progress')) {
		return { kind: 'ignored', note: 'filtered' };
	}
	// In the editor the same callback can be sent again and again.
	const isTest = context.getMode() === 'manual';
	if (!isTest && events.has(eventId(taskId, callback))) return { kind: 'ignored', note: 'repeated' };

	const confirmation = parameters.confirm
		? await confirmTask(context, triggerId(context), callback, isSigned)
		: { kind: 'confirmed' as const, task: callback };
	if (confirmation.kind !== 'confirmed')
		return { kind: 'rejected', rejection: explain(context, callback, confirmation) };

	const { task } = confirmation;
	if (!isSelected(task, parameters)) return { kind: 'ignored', note: 'filtered' };
	if (isTest) return { kind: 'started', task };
	// The record can report another event than the callback, one that has started the workflow before.
	const event = eventId(taskId, task);
	if (events.has(event)) return { kind: 'ignored', note: 'repeated' };
	events.add(event);
	const response: HttpResponse = context.getResponseObject();
	response.once('finish', () => {
		if (response.statusCode !== 200) events.forget(event);
	});
	return { kind: 'started', task };
}

/** Why a callback is not confirmed, for whoever has sent it and, where Kie may have, in the log. */
function explain(
	{ logger }: IWebhookFunctions,
	{ taskId, event }: Callback,
	confirmation: Exclude<Confirmation, { kind: 'confirmed' }>,
): Rejection {
	switch (confirmation.kind) {
		case 'unknown':
			return { status: 404, message: 'Kie.ai has no record of this task' };
		case 'notYet':
			logger.warn(`Kie Trigger: a callback reports ${event} for task ${taskId}, but its record does not yet`);
			return { status: 503, message: 'The record of the task does not confirm this yet. Send the callback again.' };
		case 'overLimit':
			logger.warn(
				"Kie Trigger: too many callbacks of unknown tasks. Set a 'Webhook HMAC Key' in the credential to reject forged callbacks.",
			);
			return { status: 503, message: 'Too many callbacks of unknown tasks. Send the callback again.' };
		case 'unreachable': {
			const { message, description } = describeFailure(confirmation.failure);
			logger.warn(`Kie Trigger: the callback of task ${taskId} could not be confirmed. ${message}. ${description}`);
			return { status: 503, message: 'The task could not be read from Kie.ai. Send the callback again.' };
		}
	}
}

function triggerId(context: IWebhookFunctions): string {
	return `${context.getWorkflow().id} ${context.getNode().id}`;
}

/** Identifies an event of a task; each starts the workflow once. */
function eventId(taskId: string, { event, milestone, progress }: CallbackTask): string {
	return [taskId, event, milestone, progress].join(' ');
}
