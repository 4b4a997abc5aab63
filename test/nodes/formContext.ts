import { LoadOptionsContext } from 'n8n-core';
import type { INodeParameters, INodeType } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import type { Simulator } from '../simulator';
import type { RunOptions } from './engine';
import { additionalData } from './engine';

/** n8n's context for what a form loads while a user edits it; without `credentials`, the node has none yet. */
export function formContext(
	simulator: Simulator,
	type: INodeType,
	parameters: INodeParameters,
	credentials?: RunOptions['credentials'],
): LoadOptionsContext {
	const node = {
		id: 'Kie',
		name: 'Kie',
		type: 'kie',
		typeVersion: 1,
		position: [0, 0] satisfies [number, number],
		parameters,
		...(credentials && { credentials: { kieAiApi: { id: '1', name: 'Kie' } } }),
	};
	const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const data = { ...additionalData(simulator, { credentials }), currentNodeParameters: parameters };
	return new LoadOptionsContext(workflow, node, data, '');
}
