import type { IConnections, INode, INodeParameters } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import type { WorkflowSource } from './client';

/** The fields of a node, except its position and ID, which follow from its index. */
export type NodeSource = Pick<INode, 'name' | 'type'> & Partial<Omit<INode, 'name' | 'type' | 'id' | 'position'>>;

/** A workflow whose nodes run one after the other, in the order given. */
export function chain(name: string, nodes: NodeSource[]): WorkflowSource {
	const connections: IConnections = {};
	nodes.slice(1).forEach((node, index) => {
		const from = nodes[index];
		if (from) connections[from.name] = { main: [[{ node: node.name, type: NodeConnectionTypes.Main, index: 0 }]] };
	});
	return {
		name,
		connections,
		nodes: nodes.map((node, index) => ({
			id: `node-${index}`,
			position: [index * 220, 0],
			typeVersion: 1,
			parameters: {},
			...node,
		})),
	};
}

export function manualTrigger(): NodeSource {
	return { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };
}

/** Returns the given objects, one item each. */
export function items(name: string, objects: object[]): NodeSource {
	const parameters: INodeParameters = { jsCode: `return ${JSON.stringify(objects)}.map((json) => ({ json }));` };
	return { name, type: 'n8n-nodes-base.code', typeVersion: 2, parameters };
}
