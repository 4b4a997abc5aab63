import { omit } from 'lodash';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { chatError } from '../shared/chat/chatError';
import type { ChatDelta } from '../shared/chat/chatTypes';
import { sendChat } from '../shared/chat/sendChat';
import { asNumber, asObject } from '../shared/json';
import type { ItemError, ItemResult } from '../shared/run/outcome';
import { showCost } from '../shared/run/runCost';
import { runItems, toOutput } from '../shared/run/runItems';
import { runMemory } from '../shared/run/runMemory';
import { sharedUploads } from '../shared/run/sharedUploads';
import { withBinaryDetails } from './chatMessages';
import { toOutputJson } from './chatOutput';
import type { ChatPlan } from './planChat';
import { planChat } from './planChat';

const CONCURRENT_CALLS = 5;

/**
 * Sends a chat call for each item, a few side by side.
 * @throws NodeOperationError for bad input, before anything is sent; NodeApiError for a call without a usable reply.
 */
export async function executeChats(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const upload = sharedUploads(context);
	const memory = runMemory<IDataObject>(context, 'kie-replies', (stored) => stored, replyParameters);
	const replies: IDataObject[] = [];
	const done = (json: IDataObject): ItemResult => {
		replies.push(json);
		return { kind: 'done', items: [{ json }] };
	};
	const results = await runItems<ChatPlan>(context, {
		concurrency: CONCURRENT_CALLS,
		// Calls in flight are charged, and the next try of Retry On Fail needs their replies.
		onFailure: 'drain',
		prepare: (itemIndex) => planChat(context, itemIndex),
		run: async (plan, signal) => {
			const { itemIndex, request } = plan;
			const earlier = memory.recall(itemIndex, request);
			if (earlier) return done(earlier);
			if (memory.isIncomplete && !plan.sendAgainOnRetry) throw retriedError(context, itemIndex);
			const uploads = await upload(itemIndex, plan.binaryFields, signal);
			if (uploads.kind !== 'uploaded') return uploads;
			const messages = withBinaryDetails(request.messages, (field) => ({ url: uploads.urls.get(field) }));
			const json = await callModel(context, { ...plan, request: { ...request, messages } }, signal);
			memory.remember(itemIndex, json, request);
			return done(json);
		},
		endingError: (error) => withOtherReplies(error, replies.length),
		describeCanceled: () => 'Kie.ai may charge for the calls in flight. Check https://kie.ai/logs.',
	});
	// With both Retry On Fail and Continue On Fail n8n runs the node again if the first item failed.
	if (results.every(({ kind }) => kind === 'done')) memory.clear();
	await showCost(context, { unit: 'response', credits: replies.map((json) => asNumber(json.creditsConsumed)) });
	return [toOutput(results)];
}

/** Without what says how to send: a retry may change that without paying again for the replies that it has. */
function replyParameters({ options, ...parameters }: INodeParameters): object {
	const decisive = typeof options === 'string' ? options : omit(asObject(options), 'timeout', 'sendAgainOnRetry');
	return { ...parameters, options: decisive };
}

/** Calls the model for one item and returns the item's output. */
async function callModel(context: IExecuteFunctions, plan: ChatPlan, signal: AbortSignal): Promise<IDataObject> {
	const { itemIndex, model, request, timeoutMs, streamsToChat } = plan;
	let hasStreamed = false;
	const streamText = (text: string) => {
		hasStreamed = true;
		context.sendChunk('item', itemIndex, text);
	};
	const onDelta = ({ type, text }: ChatDelta) => {
		if (type === 'text') streamText(text);
	};
	if (streamsToChat) context.sendChunk('begin', itemIndex);
	try {
		const options = { signal, timeoutMs, onDelta: streamsToChat ? onDelta : undefined };
		const result = await sendChat(context, model, request, options);
		if (result.kind === 'failed') throw chatError(context.getNode(), result.failure, itemIndex);
		// Some models reply in one piece.
		if (streamsToChat && !hasStreamed && result.reply.text !== '') streamText(result.reply.text);
		return toOutputJson(context, plan, result.reply);
	} finally {
		if (streamsToChat) context.sendChunk('end', itemIndex);
	}
}

/** The execution that n8n retries crashed before n8n stored the replies to this node. */
function retriedError(context: IExecuteFunctions, itemIndex: number): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		`The messages may have been sent already: the execution that is being retried crashed [item ${itemIndex}]`,
		{
			itemIndex,
			description:
				"n8n had not stored the responses to this node, so nothing was sent, to avoid paying twice. Check https://kie.ai/logs, or turn on 'Send Again on Retry' in the options to send all messages again.",
		},
	);
}

/** If one item stops the run, the replies to the others are charged but not returned. */
function withOtherReplies(error: ItemError, replies: number): ItemError {
	if (replies === 0) return error;
	const received = replies === 1 ? '1 other response was' : `${replies} other responses were`;
	error.description =
		`${error.description ?? ''} ${received} received and charged. To return them, set 'On Error' to one of the continue options. With 'Retry On Fail', their items are not sent again.`.trim();
	return error;
}
