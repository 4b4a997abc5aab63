import type { INode, INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers, Workflow } from 'n8n-workflow';

import { name as packageName } from '../../package.json';
import { isOffered } from '../../nodes/shared/form/modelParameters';
import { describedNodes } from '../tools/described-nodes';
import { mediaNodes } from '../tools/media-nodes';

const descriptions = describedNodes.map(({ description }) => description);
const creating = descriptions.filter(({ name }) => ['kieImage', 'kieVideo', 'kieAudio', 'kieSuno'].includes(name));

/** The hints that n8n's editor shows with these parameters. */
function shownHints(description: INodeTypeDescription, parameters: INodeParameters): string[] {
	const node: INode = { id: '1', name: 'Node', type: 'node', typeVersion: 1, position: [0, 0], parameters: {} };
	node.parameters =
		NodeHelpers.getNodeParameters(description.properties, parameters, true, false, node, description) ?? {};
	const getNodeType = () => ({ description });
	const nodeTypes = { getByName: getNodeType, getByNameAndVersion: getNodeType, getKnownTypes: () => ({}) };
	const { expression } = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return (description.hints ?? [])
		.filter(({ displayCondition }) => {
			const isShown = expression.getSimpleParameterValue(node, displayCondition, 'internal', {});
			// The editor accepts nothing else, and only warns in the browser's log.
			expect(typeof isShown).toBe('boolean');
			return isShown;
		})
		.map(({ message }) => message);
}

describe.each(creating)('$displayName', (description) => {
	it('says where the result comes from with Create Only', () => {
		expect(shownHints(description, { executionMode: 'createOnly' })).toEqual([
			expect.stringMatching(/Kie Common.*Kie Trigger/),
		]);
		expect(shownHints(description, {})).toEqual([]);
	});

	it.each([
		['http://localhost:5678/webhook/1', true],
		['http://127.0.0.1/webhook/1', true],
		['https://192.168.1.20/webhook/1', true],
		['https://172.20.0.2/webhook/1', true],
		['http://[::1]:5678/webhook/1', true],
		['https://n8n.example.com/webhook/1', false],
		['https://172.217.0.2/webhook/1', false],
		['https://localhost.example.com/webhook/1', false],
		['https://10.example.com/webhook/1', false],
	])('with the callback URL %s warns: %s', (callBackUrl, isWarned) => {
		const hints = shownHints(description, { options: { callBackUrl } });
		expect(hints).toEqual(isWarned ? [expect.stringContaining('cannot reach')] : []);
	});
});

it('a paused execution is explained, without the URL that resumes it', () => {
	for (const { displayName, properties, waitingNodeTooltip } of descriptions) {
		const pauses = JSON.stringify(properties).includes('"waitUsing"');
		expect([displayName, waitingNodeTooltip]).toEqual([
			displayName,
			pauses ? 'Execution will continue when the tasks have completed at Kie.ai' : undefined,
		]);
	}
});

describe('the builder hint', () => {
	it.each(descriptions)('of $displayName is short and names nodes that exist', ({ name, builderHint }) => {
		const { searchHint = '', relatedNodes = [] } = builderHint ?? {};
		expect(searchHint.length).toBeGreaterThan(50);
		expect(searchHint.length).toBeLessThan(260);
		expect(relatedNodes.length).toBeGreaterThan(0);
		const nodeTypes = descriptions.map((candidate) => `${packageName}.${candidate.name}`);
		for (const { nodeType } of relatedNodes) {
			expect(nodeType).not.toBe(`${packageName}.${name}`);
			expect(nodeTypes.includes(nodeType) || nodeType === '@n8n/n8n-nodes-langchain.agent').toBe(true);
		}
	});

	it.each(mediaNodes)('of $title contains every model of every operation, and what the default requires', (node) => {
		const { models, operations, presets } = node.definition;
		const { builderHint } = descriptions.find(({ displayName }) => displayName === node.title) ?? {};
		const guide = builderHint?.extraTypeDefContent?.[0]?.content.split('\n') ?? [];
		for (const { value } of operations) {
			const offered = models.filter((model) => value in model.operations && isOffered(model)).map(({ id }) => id);
			const line = guide.find((text) => text.startsWith(`- ${value}: `)) ?? '';
			const ids = line.slice(value.length + 4).replace(/ \(requires [^)]+\)/, '');
			expect([value, ids.split(', ').filter(Boolean).sort()]).toEqual([value, offered.sort()]);
			expect(offered.length === 0 || line.startsWith(`- ${value}: ${presets[value] ?? ''}`)).toBe(true);
		}
		expect(guide.join()).toMatch(/ \(requires (\w+, )*\w+\)/);
	});

	it.each(['kieChat', 'kieChatModel'])('of %s names the chat models', (node) => {
		const { builderHint } = descriptions.find(({ name }) => name === node) ?? {};
		expect(builderHint?.extraTypeDefContent?.[0]?.content).toMatch(/^Values of model\.value: .*\bgemini-3-pro\b/);
	});

	it("follows n8n's rules", () => {
		const ofOptions = [...JSON.stringify(descriptions).matchAll(/"propertyHint":"([^"]*)"/g)].map(([, text]) => text);
		expect(ofOptions.length).toBeGreaterThan(1);
		const texts = JSON.stringify([ofOptions, descriptions.map(({ builderHint }) => builderHint)]);
		expect(texts).not.toMatch(/=\{\{|\bai_\w+/);
	});
});
