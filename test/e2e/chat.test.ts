import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';
import type { INodeParameters } from 'n8n-workflow';

import { hasBrowser, openEditor } from './browser';
import { nodeItems, type WorkflowSource } from './client';
import { kieNode, origin, type TestSetup, startSetup } from './kie';
import { PROJECT } from './paths';
import { chain, items, manualTrigger, type NodeSource } from './workflow';

describe('Kie Chat in a real n8n', () => {
	let setup: TestSetup;

	beforeAll(async () => (setup = await startSetup()));
	afterAll(async () => await setup.close());
	beforeEach(() => setup.kie.reset());

	const chat = (model: string, text: string, parameters: INodeParameters = {}): NodeSource => ({
		...kieNode(setup, 'kieChat', {}),
		parameters: {
			model: { __rl: true, mode: 'list', value: model },
			messages: { values: [{ role: 'user', text }] },
			...parameters,
		},
	});

	it('replies to three items in JSON that matches a schema', async () => {
		const jsonSchema = JSON.stringify({
			type: 'object',
			properties: { city: { type: 'string' }, size: { type: 'integer' } },
			required: ['city', 'size'],
		});
		const { client } = setup.n8n;
		const workflow = await client.createWorkflow(
			chain('Chat', [
				manualTrigger(),
				items('Items', [{ city: 'Bern' }, { city: 'Zürich' }, { city: '京都' }]),
				chat('gemini-3-pro', '={{ $json.city }}', { outputFormat: 'jsonSchema', jsonSchema }),
				origin('Origin', 'Items', 'city'),
			]),
		);
		const execution = await client.runWorkflow(workflow);
		expect(execution.data.resultData.error).toBeUndefined();
		const outputs = nodeItems(execution, 'Origin').map(({ json }) => json);
		expect(outputs.map((json) => json.json)).toEqual(['Bern', 'Zürich', '京都'].map((city) => ({ city, size: 1 })));
		expect(outputs.map((json) => json.origin)).toEqual(['Bern', 'Zürich', '京都']);
		expect(outputs[0]).toMatchObject({ finishReason: 'stop', creditsConsumed: expect.any(Number) });
		expect(setup.kie.chats().map(({ path, rejection }) => [path, rejection])).toEqual(
			Array(3).fill(['/gemini-3-pro/v1/chat/completions', undefined]),
		);
	});

	it('answers a question about a document from a form, as the example does', async () => {
		const example: WorkflowSource = JSON.parse(readFileSync(join(PROJECT, 'examples', 'ask-a-document.json'), 'utf8'));
		for (const node of example.nodes) {
			if (node.name === 'Kie Chat') node.credentials = { kieAiApi: setup.credential };
		}
		const { client, url } = setup.n8n;
		const workflow = await client.createWorkflow(example);
		await client.activate(workflow);
		await sleep(1500);

		const form = new FormData();
		form.append('field-0', new Blob(['%PDF-1.4'], { type: 'application/pdf' }), 'contract.pdf');
		form.append('field-1', 'What does it cost?');
		const webhookId = example.nodes.find(({ name }) => name === 'Form')?.webhookId;
		await axios.post(`${url}/form/${webhookId}`, form);
		await sleep(1000);
		const [{ id = '' } = {}] = await client.listExecutions(workflow.id);
		const execution = await client.waitForExecution(id, 30_000, ['waiting', 'success', 'error']);
		expect(nodeItems(execution, 'Kie Chat')[0]?.json).toMatchObject({
			json: { answer: 'What does it cost?', quotes: [expect.any(String)], isInDocument: true },
		});
		const [upload] = setup.kie.uploads;
		expect(upload?.mimeType).toBe('application/pdf');
		expect(JSON.stringify(setup.kie.chats()[0]?.body)).toContain(upload?.downloadUrl);
	});

	it('lists its models without a request to Kie', async () => {
		const { results } = await setup.n8n.client.searchList(
			{
				nodeType: 'n8n-nodes-kie-ai.kieChat',
				method: 'searchModels',
				path: 'parameters.model',
				parameters: {},
				credentials: { kieAiApi: setup.credential },
			},
			'opus',
		);
		expect(results.map(({ value }) => value)).toContain('claude-opus-5');
		expect(setup.kie.requests).toHaveLength(0);
	});

	it.each(['gemini-3-pro', 'gpt-5-5', 'claude-sonnet-5'])('streams %s to a chat during the reply', async (model) => {
		const webhookId = `chat-${model}`;
		const trigger: NodeSource = {
			name: 'Chat',
			type: '@n8n/n8n-nodes-langchain.chatTrigger',
			typeVersion: 1.3,
			webhookId,
			parameters: { public: true, mode: 'webhook', options: { responseMode: 'streaming' } },
		};
		const { client, url } = setup.n8n;
		await client.activate(
			await client.createWorkflow(chain(`Chat ${model}`, [trigger, chat(model, '={{ $json.chatInput }}')])),
		);
		await sleep(1500);
		setup.kie.inject({ on: 'chat', kind: 'slow-stream', ms: 150 });

		const { data } = await axios.post(
			`${url}/webhook/${webhookId}/chat`,
			{ action: 'sendMessage', sessionId: 's', chatInput: 'Grüße aus 京都' },
			{ responseType: 'stream' },
		);
		const arrivals: number[] = [];
		let stream = '';
		for await (const chunk of data) {
			arrivals.push(Date.now());
			stream += String(chunk);
		}
		const chunks: Array<{ type: string; content?: string; metadata: { nodeName: string } }> = stream
			.split('\n')
			.filter(Boolean)
			.map((line) => JSON.parse(line));
		const nodeChunks = chunks.filter(({ metadata }) => metadata.nodeName === 'Kie');
		expect(nodeChunks.map(({ type }) => type)).toEqual(['begin', ...nodeChunks.slice(2).map(() => 'item'), 'end']);
		expect(nodeChunks.map(({ content = '' }) => content).join('')).toContain(`${model} heard “Grüße aus 京都”`);
		expect(nodeChunks.length).toBeGreaterThan(4);
		// It arrived during the reply, not at its end.
		expect(Math.max(...arrivals) - Math.min(...arrivals)).toBeGreaterThan(400);
		expect(setup.kie.chats()).toHaveLength(1);
	});

	(hasBrowser ? describe : describe.skip)('in the editor', () => {
		it('runs from its form, which differs for a custom model', async () => {
			const { client } = setup.n8n;
			const { id } = await client.createWorkflow(chain('Editor', [manualTrigger(), chat('gemini-3-pro', '')]));
			const editor = await openEditor(setup.n8n, id);
			try {
				await editor.openNode('Kie');
				await editor.chooseFromList('model', 'Claude Sonnet 5');
				await editor.fill('messages.values[0].text', 'What is the capital of Switzerland?');
				await editor.choose('outputFormat', 'Text');
				await editor.addOption('options', 'Maximum Number of Tokens');
				const execution = await editor.executeStep();
				expect(nodeItems(execution, 'Kie')[0]?.json.text).toMatch(/^claude-sonnet-5 heard “What is the capital/);
				await editor.screenshot('kie-chat', 1300);
				await editor.chooseFromList('model', 'Custom Model');
				expect(await editor.shownParameters()).toEqual(
					expect.arrayContaining(['customPath', 'customProtocol', 'customModelId']),
				);
				await editor.screenshot('kie-chat-custom', 1300);
			} finally {
				await editor.close();
			}
		});
	});
});
