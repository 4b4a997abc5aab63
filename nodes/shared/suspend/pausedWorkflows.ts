import { range } from 'lodash';
import type { IConnection, IConnections, INode, INodeParameters, IWorkflowBase } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

/**
 * The sub-workflows of a paused execution, which n8n keeps in its database while they wait. The supervisor outlives what
 * may fail: it starts the checks, and starts them again when they end without a result or are lost. Files are downloaded in
 * a sub-workflow of its own, because n8n hands the files of one that never waited to the execution named as its parent.
 */

/** What a Kie Common node does in a sub-workflow: values of its parameter `operation` that no list offers. */
export const PAUSED_STEPS = ['supervise', 'pause', 'settle', 'check', 'download', 'finish'] as const;
export type PausedStep = (typeof PAUSED_STEPS)[number];

/** The node whose execution is paused. */
type PausedNode = Pick<INode, 'name' | 'type' | 'credentials'>;

const START = 'Kie: Start';
const SUPERVISE = 'Kie: Supervise';
const HAS_ENDED = 'Kie: Has Ended?';

/** `workflowId`: that of the paused execution, whose credentials its nodes use. */
export function supervisorWorkflow(node: PausedNode, workflowId: string): IWorkflowBase {
	// The error of the last node is the one that the user sees, and it names its node.
	const finish = stepNode(node, 'finish', node.name);
	const nodes = [start(), stepNode(node, 'supervise', SUPERVISE), hasEnded(), finish];
	return workflow(workflowId, nodes, {
		[START]: [[SUPERVISE]],
		[SUPERVISE]: [[HAS_ENDED]],
		[HAS_ENDED]: [[finish.name], [SUPERVISE]],
	});
}

/** `checks`: how many there are. */
export function checksWorkflow(node: PausedNode, workflowId: string, checks: number): IWorkflowBase {
	const steps = range(1, checks + 1).flatMap((count) => [
		stepNode(node, 'pause', `Kie: Pause ${count}`),
		stepNode(node, 'settle', `Kie: Settle ${count}`),
		stepNode(node, 'check', `Kie: Check ${count}`),
	]);
	return chain(workflowId, steps);
}

/** A workflow that never waits, so that n8n hands its files to the paused execution. */
export function downloadWorkflow(node: PausedNode, workflowId: string): IWorkflowBase {
	return chain(workflowId, [stepNode(node, 'download', 'Kie: Download')]);
}

function chain(workflowId: string, steps: INode[]): IWorkflowBase {
	const nodes = [start(), ...steps];
	const connections = Object.fromEntries(steps.map(({ name }, index) => [nodes[index]?.name ?? '', [[name]]]));
	return workflow(workflowId, nodes, connections);
}

/** `connections`: for each node and each of its outputs, the names of the next nodes. */
function workflow(id: string, nodes: INode[], connections: Record<string, string[][]>): IWorkflowBase {
	const now = new Date();
	return {
		id,
		name: 'Kie.ai: paused execution',
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: now,
		updatedAt: now,
		nodes,
		connections: toConnections(connections),
		settings: {
			executionOrder: 'v1',
			callerPolicy: 'any',
			executionTimeout: -1,
			// They leave nothing behind in n8n's list of executions, unless they fail: n8n deletes what it takes for crashed.
			saveDataSuccessExecution: 'none',
			saveDataErrorExecution: 'all',
			saveExecutionProgress: false,
		},
	};
}

function toConnections(names: Record<string, string[][]>): IConnections {
	const connect = (node: string): IConnection => ({ node, type: NodeConnectionTypes.Main, index: 0 });
	return Object.fromEntries(
		Object.entries(names).map(([from, outputs]) => [from, { main: outputs.map((targets) => targets.map(connect)) }]),
	);
}

function start(): INode {
	return node(START, 'n8n-nodes-base.executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' });
}

function hasEnded(): INode {
	return node(HAS_ENDED, 'n8n-nodes-base.if', 2.2, {
		conditions: {
			options: { version: 2, caseSensitive: true, leftValue: '', typeValidation: 'strict' },
			combinator: 'and',
			conditions: [
				{
					id: 'ended',
					leftValue: '={{ $json.run.end !== undefined }}',
					rightValue: '',
					operator: { type: 'boolean', operation: 'true', singleValue: true },
				},
			],
		},
		options: {},
	});
}

function stepNode({ type, credentials }: PausedNode, step: PausedStep, name: string): INode {
	const kieCommon = `${type.slice(0, type.lastIndexOf('.'))}.kieCommon`;
	return { ...node(name, kieCommon, 1, { resource: 'task', operation: step }), credentials };
}

function node(name: string, type: string, typeVersion: number, parameters: INodeParameters): INode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}
