import { omit } from 'lodash';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { apiError } from '../shared/api/failure';
import { excerptOf, replyText } from '../shared/chat/chatError';
import type { ChatReply } from '../shared/chat/chatTypes';
import { parseJsonReply } from '../shared/chat/jsonOutput';
import { compact } from '../shared/json';
import type { Json } from '../shared/json';
import type { ChatPlan } from './planChat';

/**
 * The JSON of an item's output.
 * @throws NodeApiError if the reply is not the JSON that was requested.
 */
export function toOutputJson(context: IExecuteFunctions, plan: ChatPlan, reply: ChatReply): IDataObject {
	const json = requestedJson(context, plan, reply);
	// Older versions of n8n take an item with any `error` for a failed one.
	if (!plan.simplify) return reply.raw.error === null ? omit(reply.raw, 'error') : reply.raw;
	const { text, reasoning, toolCalls, thoughts, usage, creditsConsumed, model = plan.model.id, finishReason } = reply;
	return compact({
		text,
		json,
		reasoning,
		...(toolCalls.length > 0 && {
			toolCalls: toolCalls.map((call) => compact({ ...call })),
			// Claude requires them back with the results of its calls.
			thoughts,
		}),
		usage: usage && compact({ ...usage }),
		creditsConsumed,
		model,
		finishReason,
	});
}

/** A model that first calls a tool has no JSON yet. */
function requestedJson(context: IExecuteFunctions, plan: ChatPlan, reply: ChatReply): Json | undefined {
	const { text, toolCalls } = reply;
	if (!plan.request.json || (text === '' && toolCalls.length > 0)) return undefined;
	// A truncated reply may contain complete JSON.
	const isTruncated = reply.finishReason === 'length';
	const json = isTruncated ? undefined : parseJsonReply(text);
	if (json !== undefined) return json;
	const [problem, advice] = isTruncated
		? ['The model response was truncated', "Increase 'Maximum Number of Tokens'."]
		: [
				'The model response is not JSON',
				'Describe the JSON in the messages, or choose a model with native JSON output, such as Gemini 3 Pro.',
			];
	throw apiError(context.getNode(), {
		message: `${problem}: ${excerptOf(text)} [item ${plan.itemIndex}]`,
		description: `${advice} The call has been charged. Response: ${replyText(text)}`,
		itemIndex: plan.itemIndex,
	});
}
