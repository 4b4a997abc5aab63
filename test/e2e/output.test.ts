import axios from 'axios';

import { schemasOfNodes } from '../nodes/output-schemas';
import type { Editor } from './browser';
import { hasBrowser, openEditor } from './browser';
import { nodeItems } from './client';
import { kieNode, type TestSetup, startSetup } from './kie';
import { chain, manualTrigger } from './workflow';

/** What n8n shows about a node's output: its fields before a run, and its cost afterwards. */

let setup: TestSetup;
beforeAll(async () => {
	setup = await startSetup();
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
	});
});
