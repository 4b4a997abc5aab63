import type { INodeParameters, NodeConnectionType } from 'n8n-workflow';

import type { Execution, WorkflowSource } from './client';
import { kieNode, type TestSetup } from './kie';
import { chain, type NodeSource } from './workflow';

/** Workflows of n8n's AI Agent, with Kie Chat Model and Kie Image as a tool. */

export const AGENT = 'AI Agent';
export const MODEL = 'Kie Chat Model';
export const TOOL = 'Kie Image';

type Credential = Pick<TestSetup, 'credential'>;

export function agent(text: string, parameters: INodeParameters = {}): NodeSource {
	return {
		name: AGENT,
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion: 3.1,
		parameters: { promptType: 'define', text, ...parameters },
	};
}

export function chatModel({ credential }: Credential, model: string, options: INodeParameters = {}): NodeSource {
	return {
		name: MODEL,
		type: 'n8n-nodes-kie-ai.kieChatModel',
		parameters: { model: { __rl: true, mode: 'list', value: model }, options },
		credentials: { kieAiApi: credential },
	};
}

/** Kie Image as a tool whose prompt the agent fills in. */
export function imageTool(setup: Credential, options: INodeParameters = {}): NodeSource {
	const parameters = {
		operation: 'generate',
		model: 'z-image',
		prompt: "={{ $fromAI('prompt', 'What the image shows', 'string') }}",
		aspect_ratio: '16:9',
		options,
	};
	return { ...kieNode(setup, 'kieImage', parameters), name: TOOL, type: 'n8n-nodes-kie-ai.kieImageTool' };
}

/** A workflow with an agent and its sub-nodes. */
export function withSubNodes(
	name: string,
	main: NodeSource[],
	subNodes: Partial<Record<NodeConnectionType, NodeSource>>,
): WorkflowSource {
	const attachedNodes = Object.entries(subNodes);
	const workflow = chain(name, [...main, ...attachedNodes.map(([, node]) => node)]);
	const hanging = attachedNodes.map(([type, node]) => [node.name, { [type]: [[{ node: AGENT, type, index: 0 }]] }]);
	return {
		...workflow,
		// In the old order, n8n continues the agent before its tools have completed.
		settings: { executionOrder: 'v1' },
		connections: { ...chain(name, main).connections, ...Object.fromEntries(hanging) },
	};
}

/** What each call of the tool returned to the agent. */
export function toolOutputs({ data: { resultData } }: Execution): Array<{ taskId?: string; urls?: string[] }> {
	return (resultData.runData[TOOL] ?? []).map(({ data }) => {
		const json = data?.ai_tool?.[0]?.[0]?.json ?? {};
		const inner: unknown = Array.isArray(json.response) ? json.response[0] : json;
		return Object(inner);
	});
}
