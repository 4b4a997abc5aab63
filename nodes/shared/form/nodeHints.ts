import type { IBuilderHint, IRelatedNode, NodeHint } from 'n8n-workflow';

import { CREATE_ONLY, VALIDATE_ONLY } from './optionParameters';

/** What n8n tells users about a node beside its form, and language models that build workflows with it. */

/** Shown while the execution is paused. Never with its resume URL, which would end the wait for work that is paid for. */
export const waitingNodeTooltip = 'Execution will continue when the tasks have completed at Kie.ai';

/** Hosts that only this machine or its network reaches. */
const NOT_PUBLIC = String.raw`^https?:\/\/(localhost|\[::1\]|((127|10)\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)[\d.]+)(:|\/|$)`;

/** The hints of nodes that create tasks. */
export const taskHints: NodeHint[] = [
	{
		message:
			"The task is still running at Kie.ai. To get its result, add a <b>Kie Common</b> node with the operation 'Wait' of a task, or start a workflow with <b>Kie Trigger</b>.",
		displayCondition: `={{ $parameter.executionMode === "${CREATE_ONLY}" }}`,
		whenToDisplay: 'afterExecution',
		location: 'outputPane',
	},
	{
		type: 'warning',
		message: 'Kie.ai cannot reach the <b>Callback URL</b>: it is not on the public internet',
		displayCondition: `={{ /${NOT_PUBLIC}/i.test($parameter.options.callBackUrl ?? "") }}`,
		whenToDisplay: 'always',
		location: 'ndv',
	},
];

export const kieCommon: IRelatedNode = {
	nodeType: 'n8n-nodes-kie-ai.kieCommon',
	relationHint: 'Gets or waits for a task created with Create Only; also uploads files and gets the remaining credits',
};

/** The hint of nodes that create tasks. `output` is what stands in the output beside the usual fields; `guide`: see `modelGuide`. */
export const taskBuilderHint = (output: string, guide?: IBuilderHint['extraTypeDefContent']): IBuilderHint => ({
	searchHint: `Waits for its paid tasks by itself: add no Wait node and no loop. Returns an item per input item with ${output}. For a short test run, set executionMode to '${VALIDATE_ONLY}' (free) or '${CREATE_ONLY}'.`,
	relatedNodes: [
		kieCommon,
		{
			nodeType: 'n8n-nodes-kie-ai.kieTrigger',
			relationHint: 'Starts a workflow when a task created with Create Only completes; its URL is the Callback URL',
		},
	],
	extraTypeDefContent: guide,
});
