import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject } from '../shared/json';
import type { Json } from '../shared/json';
import { checkRequest } from '../shared/chat/checkRequest';
import { readChatModel } from '../shared/chat/chatModelParameter';
import { ParameterError, parseJsonParameter } from '../shared/chat/jsonParameter';
import { readOutputFormat } from '../shared/chat/jsonOutput';
import { readRequestOptions } from '../shared/chat/chatOptions';
import type { ChatModel, ChatRequest } from '../shared/chat/chatTypes';
import { isTool } from '../shared/run/runOptions';
import { binariesOf, messagesOfFields, messagesOfJson, withFiles } from './chatMessages';
import { readTools } from './toolDefinitions';

/** What is to be asked for one item, known before anything is sent. */
export interface ChatPlan {
	itemIndex: number;
	model: ChatModel;
	/** Files that are binary fields have no address yet. */
	request: ChatRequest;
	binaries: string[];
	timeoutMs: number;
	simplify: boolean;
	/** Whether the answer goes to n8n's chat while it comes. */
	streams: boolean;
}

/**
 * Reads an item's parameters into a plan.
 * @throws NodeOperationError that names what is wrong and the item.
 */
export function planChat(context: IExecuteFunctions, itemIndex: number): ChatPlan {
	const model = readChatModel(context, itemIndex);
	try {
		return planFor(context, model, itemIndex);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		throw new NodeOperationError(
			context.getNode(),
			message.includes('[item ') ? message : `${message} [item ${itemIndex}]`,
			{
				itemIndex,
				description:
					"Nothing was sent to Kie.ai for this item. What this node does not know of a model can be sent with 'Extra Body Fields'.",
			},
		);
	}
}

function planFor(context: IExecuteFunctions, model: ChatModel, itemIndex: number): ChatPlan {
	const parameter = (name: string): Json => toJson(context.getNodeParameter(name, itemIndex, null));
	const binary = context.getInputData()[itemIndex]?.binary ?? {};
	const fields = Object.keys(binary);
	const said =
		parameter('specifyMessages') === 'json'
			? messagesOfJson(parseJsonParameter(parameter('messagesJson'), 'Messages (JSON)'), fields)
			: messagesOfFields(parameter('messages'), fields);
	const messages = withFiles(said, (field) => ({ mimeType: binary[field]?.mimeType }));
	const given = parameter('options');
	const options = isObject(given) ? given : {};
	const { request: wanted, timeoutMs } = readRequestOptions(options);
	const tools = readTools(options.tools);
	const json = readOutputFormat(parameter('outputFormat'), () => parameter('jsonSchema'), 'JSON Schema');
	const forTool = isTool(context);
	const streams = !forTool && context.isStreaming?.() === true;
	const request: ChatRequest = {
		...wanted,
		messages,
		...(tools.length > 0 && { tools }),
		...(json && { json }),
		// A stream keeps a long answer alive; Claude's came in one lump at its end, which keeps nothing alive.
		stream: streams || model.protocol !== 'anthropic-messages',
	};
	const complaint = checkRequest(model, request);
	if (complaint !== undefined) throw new ParameterError(complaint);
	return {
		itemIndex,
		model,
		request,
		binaries: binariesOf(messages),
		timeoutMs,
		simplify: options.simplify !== false || forTool,
		streams,
	};
}

/** A parameter's value as JSON; what is none (a Date from an expression) as its text. */
function toJson(value: unknown): Json {
	const json: Json = JSON.parse(JSON.stringify(value ?? null) ?? 'null');
	return json;
}
