import type { INode, INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers, Workflow } from 'n8n-workflow';

import { isOffered, modelName } from '../../nodes/shared/form/modelParameters';
import { describedNodes } from '../tools/described-nodes';
import { mediaNodes } from '../tools/media-nodes';

/** What n8n shows below a node's name on the canvas, evaluated as its editor does. */
function subtitle(description: INodeTypeDescription, parameters: INodeParameters): unknown {
	const node: INode = { id: '1', name: 'Node', type: 'node', typeVersion: 1, position: [0, 0], parameters: {} };
	node.parameters =
		NodeHelpers.getNodeParameters(description.properties, parameters, true, false, node, description) ?? {};
	const getNodeType = () => ({ description });
	const nodeTypes = { getByName: getNodeType, getByNameAndVersion: getNodeType, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(node, description.subtitle, 'internal', {});
}

function descriptionOf(title: string): INodeTypeDescription {
	const node = describedNodes.find(({ description }) => description.displayName === title);
	if (!node) throw new Error(`No node ${title}`);
	return node.description;
}

it.each<[string, INodeParameters, string]>([
	['Kie Video', {}, 'Text to Video · Seedance 2.0 Fast'],
	['Kie Image', { model: 'z-image' }, 'Generate · Z-Image'],
	['Kie Image', { model: 'not/listed' }, 'Generate · not/listed'],
	['Kie Audio', { operation: 'customModel', customModelId: { __rl: true, mode: 'list', value: '' } }, 'Custom Model'],
	[
		'Kie Audio',
		{ operation: 'customModel', customModelId: { __rl: true, mode: 'id', value: 'tomorrow/voice-1' } },
		'Custom Model · tomorrow/voice-1',
	],
	['Kie Suno', {}, 'Generate song or music'],
	['Kie Suno', { resource: 'lyrics', operation: 'getTimestamped' }, 'Get timestamped lyrics'],
	['Kie Common', { resource: 'model', operation: 'getPrice' }, 'Get model price'],
	['Kie Chat', {}, 'Gemini 3 Pro'],
	['Kie Chat', { model: { __rl: true, mode: 'id', value: 'gpt-99' } }, 'gpt-99'],
	['Kie Chat Model', { model: { __rl: true, mode: 'id', value: 'claude-sonnet-5' } }, 'Claude Sonnet 5'],
	['Kie Trigger', {}, 'Failure, Success'],
])('%s with %j is subtitled %s', (title, parameters, expected) => {
	expect(subtitle(descriptionOf(title), parameters)).toBe(expected);
});

it.each(mediaNodes)('every operation and model that $title offers has a name', ({ title, definition }) => {
	const description = descriptionOf(title);
	for (const model of definition.models.filter(isOffered)) {
		const operations = Object.keys(model.operations);
		// A model has one name below the node, of those in its lists.
		const names = operations.map((operation) => modelName(model, operation));
		for (const operation of operations) {
			const operationName = definition.operations.find(({ value }) => value === operation)?.name;
			const subtitles = names.map((name) => `${operationName} · ${name}`);
			expect(subtitles).toContain(subtitle(description, { operation, model: model.id }));
		}
	}
});
