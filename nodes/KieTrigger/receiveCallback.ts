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
import { startWorkflow } from './startWorkflow';
import type { Task } from './triggerOutput';
import { downloadFiles, toItem } from './triggerOutput';
import type { Rejection } from './webhookRequest';
import { readBody } from './webhookRequest';

/** A response to Kie. */
interface Answer {
	status: number;
	body: object;
}

/** What happens with a delivery. */
type Decision = { kind: 'start'; task: CallbackTask; event: string } | { kind: 'answer'; answer: Answer };

/** A callback that is to be decided on. */
interface Delivery {
	context: IWebhookFunctions;
	callback: Callback;
	parameters: TriggerParameters;
	events: ProcessedEvents;
	/** Whether it has a valid signature. */
	isSigned: boolean;
	/** The posted body without the API key. */
	body: JsonObject;
}

/** What n8n gets for a delivery, and the answer to further deliveries of its event. */
interface Handled {
	response: IWebhookResponseData | Promise<IWebhookResponseData>;
	repeated: Answer | Promise<Answer>;
}

/** The part of Express's response that is used here. */
interface HttpResponse {
	statusCode: number;
	writableEnded: boolean;
	status(code: number): HttpResponse;
	json(body: object): unknown;
}

const ACCEPTED = { code: 200, msg: 'success' };
const ignored = (note: 'filtered' | 'repeated'): Answer => ({ status: 200, body: { ...ACCEPTED, note } });
const rejected = ({ status, message }: Rejection): Answer => ({ status, body: { message } });
const NOT_STARTED = rejected({
	status: 503,
	message: 'The workflow could not be started. Send the callback again.',
});

/** Between checks whether n8n has responded, which can take minutes, as when its database does not respond. */
const LONGEST_PAUSE_MS = 500;
/** A workflow that n8n has not started after an hour counts as started, because it may still start. */
const LONGEST_START_MS = 3_600_000;

/** The deliveries of this process that are being handled. The same event at the same moment waits for the first. */
const inFlight = new Map<string, Promise<Answer>>();

/**
 * Receives a callback. Kie repeats one that is not answered with 200 within 15 s, at most three times
 * (https://docs.kie.ai/market/common/get-task-detail): so 200 is for what has started the workflow and for what is ignored,
 * 4xx for what Kie has not sent, and 503 for what has to come again.
 */
export async function receiveCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request = readBody(context);
	if (request.kind === 'rejected') return respond(context, rejected(request.rejection));
	const posted = parseCallback(request.body);
	if (!posted) return respond(context, rejected({ status: 400, message: 'The body has no task ID' }));
	const parameters = readParameters(context);
	const account = await readAccount(context);
	const signatureIssue = findSignatureIssue(context, account, posted, parameters);
	if (signatureIssue !== undefined) return respond(context, rejected({ status: 401, message: signatureIssue }));
	const body = withoutKey(request.body, account.apiKey);
	const callback = body === request.body ? posted : (parseCallback(body) ?? posted);

	const key = `${triggerId(context)} ${eventId(callback.taskId, callback)}`;
	let first = inFlight.get(key);
	while (first) {
		const answer = await first;
		if (answer !== NOT_STARTED) return respond(context, answer);
		first = inFlight.get(key);
	}
	const events = processedEvents(triggerId(context), context.getWorkflowStaticData('node'), Date.now());
	const isSigned = account.webhookSecret !== undefined;
	const handled = handle({ context, callback, parameters, events, isSigned, body });
	const repeated = handled.then(async (delivery) => await delivery.repeated);
	inFlight.set(key, repeated);
	const done = () => inFlight.delete(key);
	repeated.then(done, done);
	const { response } = await handled;
	return await response;
}

async function handle(delivery: Delivery): Promise<Handled> {
	const { context, callback, parameters } = delivery;
	const decision = await decide(delivery);
	if (decision.kind === 'answer') {
		const { answer } = decision;
		return { response: respond(context, answer), repeated: answer };
	}
	const { event } = decision;
	const task = { taskId: callback.taskId, ...decision.task };
	if (!parameters.downloadFiles || task.status.urls.length === 0) return start(delivery, task, event);
	// Large files take longer than Kie waits.
	const response = respond(context, { status: 200, body: ACCEPTED });
	return { response: startWithFiles(delivery, { task, event, response }), repeated: ignored('repeated') };
}

/** Starts the workflow with a task; Kie is answered when n8n has started it. */
function start({ context, parameters, events, body }: Delivery, task: Task, event: string): Handled {
	const entry = { item: toItem(task, parameters, extraFields(parameters, body)), event };
	const { items, isStarted } = startWorkflow(triggerId(context), entry, {
		combineMs: combineMs(context, parameters),
		untilStarted: async (started) => await storeUntilAnswered(events, started, context.getResponseObject()),
	});
	const startOrJoin = async (): Promise<IWebhookResponseData> => {
		const own = await items;
		if (own) return { workflowData: [own] };
		return respond(context, (await isStarted) ? { status: 200, body: ACCEPTED } : NOT_STARTED);
	};
	if (isTest(context)) return { response: startOrJoin(), repeated: ignored('repeated') };
	const repeated = isStarted.then((hasStarted) => {
		if (!hasStarted) events.forget(event);
		return hasStarted ? ignored('repeated') : NOT_STARTED;
	});
	return { response: startOrJoin(), repeated };
}

/** Starts the workflow with a task and its files; Kie has been answered with `response`. */
async function startWithFiles(
	{ context, parameters, events, body }: Delivery,
	{ task, event, response }: { task: Task; event: string; response: IWebhookResponseData },
): Promise<IWebhookResponseData> {
	const { files, failed } = await downloadFiles(context, task);
	const item = toItem(task, parameters, { ...failed, ...extraFields(parameters, body) }, files);
	const { items } = startWorkflow(
		`${triggerId(context)} files`,
		{ item, event },
		{
			combineMs: combineMs(context, parameters),
			untilStarted: async (started) => {
				events.store(started);
				return true;
			},
		},
	);
	const own = await items;
	return own ? { ...response, workflowData: [own] } : response;
}

const extraFields = ({ includeRawBody }: TriggerParameters, body: JsonObject): JsonObject =>
	includeRawBody ? { body } : {};

/** In the editor each call is a test of its own. */
const combineMs = (context: IWebhookFunctions, { combineSeconds }: TriggerParameters): number =>
	isTest(context) ? 0 : combineSeconds * 1000;

function respond(context: IWebhookFunctions, { status, body }: Answer): IWebhookResponseData {
	const response: HttpResponse = context.getResponseObject();
	response.status(status).json(body);
	return { noWebhookResponse: true };
}

/**
 * n8n saves the static data when the execution has started, right before it responds. Until then it builds the workflow a
 * second time from the same data, which resets its note that the data has changed; so the events are stored until n8n
 * responds. Returns whether it has started the execution.
 */
async function storeUntilAnswered(
	events: ProcessedEvents,
	started: string[],
	response: HttpResponse,
): Promise<boolean> {
	events.store(started);
	const end = Date.now() + LONGEST_START_MS;
	for (let pause = 1; !response.writableEnded && Date.now() < end; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
		await sleepFor(pause);
		events.store([]);
	}
	return response.statusCode === 200;
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

async function decide({ context, callback, parameters, events, isSigned }: Delivery): Promise<Decision> {
	const { taskId } = callback;
	const answer = (given: Answer): Decision => ({ kind: 'answer', answer: given });
	// Not worth a read.
	if (callback.event === 'progress' && !parameters.events.includes('progress')) return answer(ignored('filtered'));
	// In the editor the same callback can be sent again and again.
	const isKnown = (event: string) => !isTest(context) && events.has(event);
	if (isKnown(eventId(taskId, callback))) return answer(ignored('repeated'));

	const confirmation = parameters.confirm
		? await confirmTask(context, triggerId(context), callback, isSigned)
		: { kind: 'confirmed' as const, task: callback };
	if (confirmation.kind !== 'confirmed') return answer(rejected(explain(context, callback, confirmation)));

	const { task } = confirmation;
	if (!isSelected(task, parameters)) return answer(ignored('filtered'));
	// The record can report another event than the callback, one that has started the workflow before.
	const event = eventId(taskId, task);
	if (isKnown(event)) return answer(ignored('repeated'));
	if (!isTest(context)) events.add(event);
	return { kind: 'start', task, event };
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

const isTest = (context: IWebhookFunctions): boolean => context.getMode() === 'manual';

function triggerId(context: IWebhookFunctions): string {
	return `${context.getWorkflow().id} ${context.getNode().id}`;
}

/** Identifies an event of a task; each starts the workflow once. */
function eventId(taskId: string, { event, milestone, progress }: CallbackTask): string {
	return [taskId, event, milestone, progress].join(' ');
}
