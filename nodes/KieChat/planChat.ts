import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../shared/api/inputError';
import { checkRequest } from '../shared/chat/checkRequest';
import { readChatModel } from '../shared/chat/chatModelParameter';
import { readRequestOptions } from '../shared/chat/chatOptions';
import type { ChatModel, ChatRequest } from '../shared/chat/chatTypes';
import { ParameterError, parseJsonParameter } from '../shared/chat/jsonParameter';
import { readOutputFormat } from '../shared/chat/jsonOutput';
import { asObject, asText, toJson } from '../shared/json';
import type { Json, JsonObject } from '../shared/json';
import { isTool } from '../shared/run/toolCall';
import { binaryFieldsOf, messagesFromFields, messagesFromJson, withBinaryDetails } from './chatMessages';
import { readTools } from './toolDefinitions';

/** The chat call of one item. */
export interface ChatPlan {
	itemIndex: number;
	model: ChatModel;
	/** The binary fields in its messages are not uploaded yet. */
	request: ChatRequest;
	binaryFields: string[];
	timeoutMs: number;
	simplify: boolean;
	/** Send what a crashed execution may have sent already. */
	sendAgainOnRetry: boolean;
	/** Whether the reply is streamed to n8n's chat. */
	streamsToChat: boolean;
}

/**
 * Reads the parameters of an item.
 * @throws NodeOperationError that names the parameter that is wrong and the item.
 */
export function planChat(context: IExecuteFunctions, itemIndex: number): ChatPlan {
	const model = readChatModel(context, itemIndex);
	try {
		const plan = readPlan(context, model, itemIndex);
		const issue = checkRequest(model, plan.request);
		if (issue !== undefined) throw new ParameterError(issue);
		return plan;
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		throw inputError(
			context.getNode(),
			message,
			itemIndex,
			"'Extra Body Fields' can send what this node does not support.",
		);
	}
}

function readPlan(context: IExecuteFunctions, model: ChatModel, itemIndex: number): ChatPlan {
	const parameter = (name: string): Json => toJson(context.getNodeParameter(name, itemIndex, null));
	const binary = context.getInputData()[itemIndex]?.binary ?? {};
	const fields = Object.keys(binary);
	const messages =
		parameter('specifyMessages') === 'json'
			? messagesFromJson(parseJsonParameter(parameter('messagesJson'), 'Messages (JSON)'), fields)
			: messagesFromFields(parameter('messages'), fields);
	const options = asObject(parameter('options'));
	const { request, timeoutMs } = readRequestOptions(options);
	const json = readOutputFormat(parameter('outputFormat'), () => parameter('jsonSchema'), 'JSON Schema');
	const forTool = isTool(context);
	return {
		itemIndex,
		model,
		request: {
			...request,
			messages: withBinaryDetails(messages, (field) => ({ mimeType: binary[field]?.mimeType })),
			tools: readTools(options.tools),
			json,
			...(json?.schema && readSchemaSettings(options)),
		},
		binaryFields: binaryFieldsOf(messages),
		timeoutMs,
		simplify: options.simplify !== false || forTool,
		sendAgainOnRetry: options.sendAgainOnRetry === true,
		streamsToChat: !forTool && context.isStreaming?.() === true,
	};
}

/** The options of the JSON Schema, which n8n keeps when the form no longer shows them. */
function readSchemaSettings({
	schemaName,
	strictSchema,
}: JsonObject): Pick<ChatRequest, 'schemaName' | 'strictSchema'> {
	return {
		schemaName: asText(schemaName)?.trim(),
		strictSchema: typeof strictSchema === 'boolean' ? strictSchema : undefined,
	};
}
