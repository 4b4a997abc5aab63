import { randomUUID } from 'node:crypto';

import axios from 'axios';
import type { INodeParameters } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { schemasOfNodes } from '../nodes/output-schemas';
import { allDelivered, create, imagesOf } from '../nodes/trigger-tasks';
import { describedNodes } from '../tools/described-nodes';
import type { Editor } from './browser';
import { hasBrowser, openEditor } from './browser';
import { nodeItems, type WorkflowSource } from './client';
import { kieNode, type KieNodeType, type TestSetup, startSetup } from './kie';
import { chain, manualTrigger } from './workflow';

/** What n8n shows about a node's output: its fields before a run, and its cost afterwards. */

let setup: TestSetup;
beforeAll(async () => {
	setup = await startSetup({ checkMedia: false });
});
afterAll(async () => await setup.close());

const zImage = { operation: 'generate', model: 'z-image', prompt: 'A red fox in fresh snow', aspect_ratio: '1:1' };

it('n8n serves the schema of every operation', async () => {
	for (const [node, schemas] of Object.entries(schemasOfNodes)) {
		for (const [operation, schema] of Object.entries(schemas)) {
			const path = ['schemas', `n8n-nodes-kie-ai.${node}`, '1.0.0', operation].filter(Boolean).join('/');
			const { data } = await axios.get<unknown>(`${setup.n8n.url}/${path}.json`);
			expect([path, data]).toEqual([path, schema]);
		}
	}
});

(hasBrowser ? describe : describe.skip)('the editor', () => {
	let editor: Editor;
	beforeAll(async () => {
		const { id } = await setup.n8n.client.createWorkflow(
			chain('Output', [
				manualTrigger(),
				kieNode(setup, 'kieImage', zImage, { name: 'Kie Image' }),
				{ name: 'After', type: 'n8n-nodes-base.set', typeVersion: 3.4 },
			]),
		);
		editor = await openEditor(setup.n8n, id);
	});
	afterAll(async () => await editor.close());

	it('shows the fields of a node that has never run', async () => {
		await editor.openNode('After');
		const fields = editor.page.getByTestId('run-data-schema-item');
		await fields.filter({ hasText: 'creditsConsumed' }).first().waitFor();
		const names = (await fields.allInnerTexts()).map((text) => text.trim().split(/\s/)[0]);
		const expected = Object.keys(schemasOfNodes.kieImage?.generate?.properties ?? {});
		expect(names).toEqual(expect.arrayContaining(expected));
		await editor.screenshot('schema-preview');
		await editor.closeNode();
	});

	it('shows the result first, and the cost of the run', async () => {
		await editor.openNode('Kie Image');
		const execution = await editor.executeStep();
		const { json, binary } = nodeItems(execution, 'Kie Image')[0] ?? {};
		expect(Object.keys(json ?? {}).slice(0, 2)).toEqual(['url', 'urls']);
		expect(binary?.data).toMatchObject({ fileName: expect.stringMatching(/^z-image-\w{8}\.png$/) });
		await editor.page.getByText('1 task, 4 credits, 996 left').waitFor();
		await editor.screenshot('cost-hint');
		await editor.showOutput('table', 'url');
		await editor.screenshot('output-table');
		await editor.closeNode();
	});
});

/** The nodes that give a result, beside each other after the start. */
const results: Array<{ name: string; type: KieNodeType; parameters: INodeParameters; column: string; value: RegExp }> =
	[
		{ name: 'Kie Image', type: 'kieImage', parameters: zImage, column: 'url', value: /^https?:.*\.png$/ },
		{ name: 'Kie Video', type: 'kieVideo', parameters: { prompt: 'A fox' }, column: 'url', value: /^https?:.*\.mp4$/ },
		{ name: 'Kie Audio', type: 'kieAudio', parameters: { text: 'Hello' }, column: 'url', value: /^https?:.*\.mp3$/ },
		{
			name: 'Kie Transcript',
			type: 'kieAudio',
			parameters: { operation: 'transcribe', audio_url: 'https://example.com/a.mp3' },
			column: 'text',
			value: /\w/,
		},
		{
			name: 'Kie Suno',
			type: 'kieSuno',
			parameters: { resource: 'music', operation: 'generate', prompt: 'A calm song' },
			column: 'url',
			value: /^https?:.*\.mp3$/,
		},
		{
			name: 'Kie Chat',
			type: 'kieChat',
			parameters: { messages: { values: [{ role: 'user', text: 'Hello' }] } },
			column: 'text',
			value: /\w/,
		},
		{
			name: 'Kie Credits',
			type: 'kieCommon',
			parameters: { resource: 'account', operation: 'getCredits' },
			column: 'credits',
			value: /^\d/,
		},
	];

(hasBrowser ? describe : describe.skip)("the editor's table of the output of", () => {
	let editor: Editor;
	const open = async (workflow: WorkflowSource) => {
		const { id } = await setup.n8n.client.createWorkflow(workflow);
		editor = await openEditor(setup.n8n, id);
	};
	/** The first column of the open node's output that is seen without scrolling. */
	const firstColumn = async (text: string) => {
		await editor.showOutput('table', text);
		await editor.dismissPopups();
		return (await editor.columnsInSight())[0];
	};
	afterAll(async () => await editor.close());

	describe('a workflow with all nodes', () => {
		beforeAll(async () => {
			const nodes = results.map(({ name, type, parameters }) => kieNode(setup, type, parameters, { name }));
			const source = chain('Tables', [manualTrigger(), ...nodes]);
			const next = results.map(({ name }) => ({ node: name, type: NodeConnectionTypes.Main, index: 0 }));
			const placed = source.nodes.map((node, index) => ({
				...node,
				position: [Math.min(index, 1) * 300, index * 160] satisfies [number, number],
			}));
			await open({ ...source, nodes: placed, connections: { Start: { main: [next] } } });
			const { status } = await editor.executeWorkflow();
			expect(status).toBe('success');
		});
		afterAll(async () => await editor.close());

		it.each(results)('$name begins with the result', async ({ name, column, value }) => {
			await editor.openNode(name);
			const first = await firstColumn(column);
			await editor.screenshot(`table-${name.toLowerCase().replace(' ', '-')}`);
			await editor.closeNode();
			expect(first).toEqual({ name: column, value: expect.stringMatching(value) });
		});
	});

	it('Kie Trigger begins with the result', async () => {
		const webhookId = randomUUID();
		await open(chain('Trigger table', [kieNode(setup, 'kieTrigger', {}, { name: 'Kie Trigger', webhookId })]));
		const taskId = await create(setup.kie, imagesOf('A fox'));
		await allDelivered(setup.kie);
		await editor.openNode('Kie Trigger');
		await editor.listen();
		const callback = { code: 200, data: { taskId, state: 'success', resultJson: '{}' } };
		const { status } = await axios.post(`${setup.n8n.url}/webhook-test/${webhookId}/webhook`, callback);
		expect(status).toBe(200);
		await editor.ranOutside();
		expect(await firstColumn('url')).toEqual({ name: 'url', value: expect.stringMatching(/^https?:.*\.png$/) });
		await editor.screenshot('table-kie-trigger');
	});
});

(hasBrowser ? it : it.skip)('every node has its icon on the canvas', async () => {
	const names = describedNodes.map(({ description }) => description.name);
	const source = chain(
		'Icons',
		names.map((name) => ({ name, type: `n8n-nodes-kie-ai.${name}` })),
	);
	const { id } = await setup.n8n.client.createWorkflow({ ...source, connections: {} });
	const editor = await openEditor(setup.n8n, id);
	try {
		await editor.page.getByTestId('zoom-to-fit').click();
		const icons = await editor.canvasIcons();
		await editor.screenshot('canvas');
		for (const name of names) expect(icons).toContainEqual(expect.stringContaining(`/${name}.svg`));
	} finally {
		await editor.close();
	}
});
