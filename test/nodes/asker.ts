import { ExecuteContext, SupplyDataContext } from 'n8n-core';
import type { IDataObject, IExecuteFunctions, INodeParameters, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { KieChatModel } from '../../nodes/KieChatModel/KieChatModel.node';
import type { Simulator } from '../simulator';
import type { RunOptions, RunResult } from './engine';
import { runNode } from './engine';

/** Kie Chat Model as n8n's agents and chains use it: through n8n's own SDK and LangChain. */

/** The parts of LangChain's chat models that n8n's agents and chains use. */
export interface LangChainModel {
	invoke(messages: LangChainMessage[], options?: { signal?: AbortSignal }): Promise<LangChainAnswer>;
	stream(messages: LangChainMessage[], options?: { signal?: AbortSignal }): Promise<AsyncIterable<LangChainAnswer>>;
	bindTools(tools: unknown[]): LangChainModel;
	metadata?: IDataObject;
}

/** A message for LangChain, or one of its replies. */
export type LangChainMessage =
	| { role: 'system' | 'user' | 'assistant' | 'tool'; content: string | IDataObject[]; tool_call_id?: string }
	| LangChainAnswer;

export interface LangChainAnswer {
	text: string;
	content: string | IDataObject[];
	tool_calls?: Array<{ id?: string; name: string; args: IDataObject }>;
	response_metadata: IDataObject;
	concat(next: LangChainAnswer): LangChainAnswer;
}

/** How a model is called; the result is the item of the run. */
export type Ask = (model: LangChainModel) => Promise<IDataObject>;

/** The name of the model in the run data. */
const MODEL = 'Model';

function isModel(value: unknown): value is LangChainModel {
	return typeof value === 'object' && value !== null && 'invoke' in value && 'bindTools' in value;
}

/** A node with a Kie Chat Model attached, as an agent has one. */
function askerNode(chatModel: INodeType, ask: Ask): INodeType {
	return {
		description: { ...chatModel.description, inputs: ['main'], outputs: ['main'] },
		async execute(this: IExecuteFunctions) {
			if (!(this instanceof ExecuteContext)) throw new Error('This is no context of n8n-core');
			const context = new SupplyDataContext(
				this.workflow,
				{ ...this.node, name: MODEL },
				this.additionalData,
				this.mode,
				this.runExecutionData,
				this.runIndex,
				this.connectionInputData,
				this.inputData,
				NodeConnectionTypes.AiLanguageModel,
				this.executeData,
				[],
				this.abortSignal,
				this.node,
			);
			const supplied = await chatModel.supplyData?.call(context, 0);
			const response = supplied?.response;
			if (!isModel(response)) throw new Error('This is no model of LangChain');
			return [[{ json: await ask(response) }]];
		},
	};
}

export interface AskResult extends RunResult {
	/** The run data of each call of the model, as the editor shows them. */
	calls: Array<{ tokenUsage?: IDataObject; tokenUsageEstimate?: IDataObject }>;
	/** The node that called the model. */
	json: IDataObject;
}

/** Runs `ask` with a model in an execution of n8n's; `node` is the one that supplies it. */
export async function askModel(
	simulator: Simulator,
	parameters: INodeParameters,
	ask: Ask,
	{ node = new KieChatModel(), ...options }: Partial<RunOptions> = {},
): Promise<AskResult> {
	const result = await runNode(simulator, { ...options, node: askerNode(node, ask), parameters });
	const runs = result.run.data.resultData.runData[MODEL] ?? [];
	return {
		...result,
		calls: runs.map(({ data }) => data?.ai_languageModel?.[0]?.[0]?.json ?? {}),
		json: result.items[0]?.json ?? {},
	};
}

/** The parameters for a listed model. */
export function modelParameters(model: string, options: INodeParameters = {}): INodeParameters {
	return { model: { __rl: true, mode: 'list', value: model }, options };
}
