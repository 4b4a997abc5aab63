import { omit } from 'lodash';
import type { IDataObject, IExecuteFunctions, NodeApiError } from 'n8n-workflow';

import { apiError } from '../shared/api/failure';
import { excerpt } from '../shared/chat/chatError';
import { parseJsonReply } from '../shared/chat/jsonOutput';
import type { ChatReply } from '../shared/chat/chatTypes';
import type { ChatPlan } from './planChat';

const SHOWN_START = 120;

/**
 * The JSON of an item's output.
 * @throws NodeApiError where JSON was asked for and the answer is none.
 */
export function outputOf(context: IExecuteFunctions, plan: ChatPlan, answer: ChatReply): IDataObject {
	const parsed = parsedJson(context, plan, answer);
	// Older versions of n8n take an item with any `error` for a failed one.
	if (!plan.simplify) return answer.raw.error === null ? omit(answer.raw, 'error') : answer.raw;
	const { text, reasoning, toolCalls, thoughts, usage, creditsConsumed, model = plan.model.id, finishReason } = answer;
	return {
		text,
		...(parsed !== undefined && { json: parsed }),
		...(reasoning !== undefined && { reasoning }),
		toolCalls: toolCalls.map((call) => ({ ...call })),
		// Claude wants them back with its calls.
		...(thoughts && toolCalls.length > 0 && { thoughts }),
		...(usage && { usage: { ...usage } }),
		...(creditsConsumed !== undefined && { creditsConsumed }),
		model,
		finishReason,
	};
}

/** A model that wants a function called first has no JSON yet. */
function parsedJson(context: IExecuteFunctions, plan: ChatPlan, { text, toolCalls, finishReason }: ChatReply) {
	if (!plan.request.json || (text === '' && toolCalls.length > 0)) return undefined;
	const parsed = parseJsonReply(text);
	// A cut answer may hold whole JSON inside.
	if (parsed !== undefined && finishReason !== 'length') return parsed;
	throw noJsonError(context, plan, text, finishReason === 'length');
}

function noJsonError(context: IExecuteFunctions, plan: ChatPlan, text: string, isCut: boolean): NodeApiError {
	const start = text.length > SHOWN_START ? `${text.slice(0, SHOWN_START)}…` : text;
	const advice = isCut
		? "It ends at 'Max Tokens'. Raise it."
		: 'Say in the messages what JSON is wanted, or choose a model with a setting for it, such as Gemini 3 Pro.';
	return apiError(context.getNode(), {
		message: `The answer is ${isCut ? 'cut off' : 'not JSON'}: ${start} [item ${plan.itemIndex}]`,
		description: `${advice} The call is paid for. The answer: ${excerpt(text)}`,
		itemIndex: plan.itemIndex,
	});
}
