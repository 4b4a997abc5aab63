import type { INodeParameters, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { describedNodes } from '../tools/described-nodes';
import { schemasOfNodes } from './output-schemas';

/** Each operation has its schema. That outputs match their schemas is checked in every run of the engine. */

const nodes = describedNodes.map(({ description }) => description).filter(({ name }) => name in schemasOfNodes);

/** Every combination of resource and operation of a node. */
function operationsOf({ properties }: INodeTypeDescription): INodeParameters[] {
	const operations = properties.filter(({ name }) => name === 'operation');
	if (operations.length === 0) return [{}];
	return operations.flatMap(({ options = [], displayOptions }) =>
		options
			.filter((option): option is INodePropertyOptions => 'value' in option)
			.map(({ value: operation }) => ({ resource: String(displayOptions?.show?.resource?.[0] ?? ''), operation })),
	);
}

const keyOf = ({ resource, operation }: INodeParameters) => [resource, operation].filter(Boolean).join('/');

it('every node whose schema the editor requests has schemas', () => {
	expect(nodes.map(({ name }) => name).sort()).toEqual(Object.keys(schemasOfNodes));
});

describe.each(nodes)('$name', (description) => {
	const schemas = schemasOfNodes[description.name] ?? {};

	// Operations that are no longer offered still run in saved workflows.
	it('has a schema for each operation', () => {
		expect(Object.keys(schemas)).toEqual(expect.arrayContaining(operationsOf(description).map(keyOf)));
	});

	// The editor requires them to show a preview.
	it('has fields in each schema', () => {
		for (const { type, properties = {} } of Object.values(schemas)) {
			expect([type, Object.keys(properties).length > 0]).toEqual(['object', true]);
		}
	});

	it('offers Download Files for exactly the operations with files', () => {
		const switches = description.properties.filter(({ name }) => name === 'downloadFiles');
		if (switches.length === 0) return;
		for (const parameters of operationsOf(description)) {
			const { resource, operation } = parameters;
			if (description.name === 'kieCommon' && resource !== 'task') continue;
			const node = { typeVersion: 1 };
			const allParameters = { ...parameters, executionMode: 'createAndWait' };
			const isOffered = switches.some((downloadSwitch) =>
				NodeHelpers.displayParameter(allParameters, downloadSwitch, node, description),
			);
			expect([operation, isOffered]).toEqual([operation, 'url' in (schemas[keyOf(parameters)]?.properties ?? {})]);
		}
	});
});
