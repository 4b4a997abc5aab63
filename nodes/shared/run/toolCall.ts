import type { IExecuteFunctions } from 'n8n-workflow';

import { asText } from '../json';

/** Whether an AI agent calls the node. Tools that an agent asks the engine for run in a context that does not know it. */
export function isTool(context: IExecuteFunctions): boolean {
	const { type, rewireOutputLogTo } = context.getNode();
	return type.endsWith('Tool') || rewireOutputLogTo === 'ai_tool' || context.isToolExecution?.() === true;
}

/**
 * The call of an agent that runs its tools through n8n's engine (AI Agent since version 3): its arguments, with the ID that
 * the chat model gave it. Other agents, and MCP clients, deliver arguments only.
 */
export function deliveredCall(context: IExecuteFunctions, itemIndex: number): object | undefined {
	const json = context.getInputData()[itemIndex]?.json;
	return asText(json?.toolCallId) === undefined ? undefined : json;
}

/** Whether the call can pause the execution: n8n's engine runs the node, and then the agent with its result. */
export function canPauseAgent(context: IExecuteFunctions, itemIndex: number): boolean {
	return context.isToolExecution?.() !== true && deliveredCall(context, itemIndex) !== undefined;
}
