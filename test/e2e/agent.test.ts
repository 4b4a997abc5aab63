import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import { agent, AGENT, chatModel, imageTool, MODEL, TOOL, toolOutputs, withSubNodes } from './agent';
import { hasBrowser, openEditor } from './browser';
import type { Execution, WorkflowSource } from './client';
import { nodeItems } from './client';
import { readFile, type TestSetup, startSetup } from './kie';
import { PROJECT } from './paths';
import { isAtLeast } from './setup';
import { manualTrigger, type NodeSource } from './workflow';

/** n8n's AI Agent with Kie Chat Model, and Kie Image as a tool of the agent. */

const CHAT_WEBHOOK = 'b3f4e7c6-2f1e-4f43-9d53-5b1d3d3f8a10';

const IMAGE = join(PROJECT, 'test', 'demo', 'image.png');

/** One of each protocol. */
const MODELS = ['gemini-2.5-flash', 'claude-sonnet-4-6', 'gemini-3-6-flash', 'gpt-5-5'];

describe('Kie Chat Model in a real n8n', () => {
	let setup: TestSetup;

	beforeAll(async () => (setup = await startSetup({ taskSeconds: 1 })));
	afterAll(async () => await setup.close());
	beforeEach(() => setup.kie.reset());

	const run = async (workflow: WorkflowSource): Promise<Execution> =>
		await setup.n8n.client.runWorkflow(await setup.n8n.client.createWorkflow(workflow));

	/** The tokens of every call in the execution, in order. */
	const tokens = (execution: Execution) =>
		(execution.data.resultData.runData[MODEL] ?? []).map(({ data }) => data?.ai_languageModel?.[0]?.[0]?.json);
	const faultOf = ({ data: { resultData } }: Execution) =>
		resultData.error && [resultData.error.message, resultData.error.description];

	it('is listed among the chat models, and not as a tool', async () => {
		const types = await setup.n8n.client.listNodeTypes();
		expect(types.find(({ name }) => name === 'n8n-nodes-kie-ai.kieChatModel')).toMatchObject({
			outputs: ['ai_languageModel'],
			codex: { categories: ['AI'], subcategories: { 'Language Models': ['Chat Models (Recommended)'] } },
		});
		expect(types.map(({ name }) => name)).not.toContain('n8n-nodes-kie-ai.kieChatModelTool');
	});

	it('lists its models', async () => {
		const { results } = await setup.n8n.client.searchList(
			{
				nodeType: 'n8n-nodes-kie-ai.kieChatModel',
				method: 'searchModels',
				path: 'model',
				parameters: {},
				credentials: { kieAiApi: setup.credential },
			},
			'sonnet 5',
		);
		expect(results.map(({ value }) => value)).toEqual(['claude-sonnet-5-5', 'claude-sonnet-5', 'customModel']);
	});

	it.each(MODELS)('%s calls Kie Image as a tool once, and replies with the URL of the image', async (model) => {
		const execution = await run(
			withSubNodes(`Agent with ${model}`, [manualTrigger(), agent('Make an image of a red fox')], {
				ai_languageModel: chatModel(setup, model),
				ai_tool: imageTool(setup),
			}),
		);
		expect(faultOf(execution)).toBeUndefined();

		const [task, ...others] = [...setup.kie.tasks.values()];
		expect(others).toEqual([]);
		expect(task).toMatchObject({ model: 'z-image', input: { prompt: expect.stringContaining('red fox') } });
		const result = toolOutputs(execution).at(-1) ?? {};
		expect(result).toMatchObject({ taskId: task?.id, state: 'success', urls: [expect.stringMatching(/^http/)] });
		expect(nodeItems(execution, AGENT)[0]?.json.output).toContain(String(result.urls?.[0]));

		expect(setup.kie.chats()).toHaveLength(2);
		expect(tokens(execution)).toEqual([withTokens, withTokens]);
		expect(JSON.stringify(execution)).not.toContain(setup.kie.apiKey);
	});

	it('chooses the model of its tool by name, and receives a description of the tool', async () => {
		const parameters = {
			operation: 'generate',
			model: "={{ $fromAI('model', 'The model', 'string') }}",
			specifyInput: 'json',
			inputJson: "={{ { prompt: $fromAI('prompt', 'What the image shows', 'string') } }}",
		};
		const call = 'call Kie_Image with {"model":"Nano Banana 2","prompt":"A red fox"}';
		const execution = await run(
			withSubNodes('Choosing agent', [manualTrigger(), agent(`${call} and ${call}`)], {
				ai_languageModel: chatModel(setup, 'gpt-5-5'),
				ai_tool: { ...imageTool(setup), parameters },
			}),
		);
		expect(faultOf(execution)).toBeUndefined();
		// Two calls, although they are equal.
		const task = { model: 'nano-banana-2', input: { prompt: 'A red fox' } };
		expect([...setup.kie.tasks.values()]).toMatchObject([task, task]);
		expect(JSON.stringify(setup.kie.chats()[0])).toMatch(/Generate an image from a text prompt\.\\nTakes about/);
	});

	it('receives the reason from its tool if there is no image', async () => {
		setup.kie.inject({ on: 'create', kind: 'fail' });
		const execution = await run(
			withSubNodes('Failing tool', [manualTrigger(), agent('Make an image of a red fox')], {
				ai_languageModel: chatModel(setup, 'gpt-5-5'),
				ai_tool: imageTool(setup),
			}),
		);
		// Before n8n 2.25, a failed tool stops the execution.
		const reply = isAtLeast('2.25') ? nodeItems(execution, AGENT)[0]?.json.output : faultOf(execution)?.[0];
		expect(reply).toContain('Kie.ai could not complete the task');
		expect(setup.kie.tasks.size).toBe(1);
	});

	it('streams to the chat, with the tokens that Kie counted', async () => {
		const { client, url } = setup.n8n;
		const trigger: NodeSource = {
			name: 'Chat',
			type: '@n8n/n8n-nodes-langchain.chatTrigger',
			typeVersion: 1.4,
			parameters: { public: true, options: { responseMode: 'streaming' } },
			webhookId: CHAT_WEBHOOK,
		};
		const source = withSubNodes('Streaming chat', [trigger, agent('={{ $json.chatInput }}')], {
			ai_languageModel: chatModel(setup, 'claude-sonnet-4-6'),
			ai_tool: imageTool(setup),
		});
		const workflow = await client.createWorkflow(source);
		await client.activate(workflow);
		const sendMessage = async (chatInput: string): Promise<string[]> => {
			const message = { action: 'sendMessage', sessionId: 'one', chatInput };
			const lines = (await untilLive(`${url}/webhook/${CHAT_WEBHOOK}/chat`, message)).split('\n').filter(Boolean);
			const chunks = lines.map((line): { type: string; content?: string } => JSON.parse(line));
			return chunks.flatMap(({ type, content }) => (type === 'item' && content ? [content] : []));
		};
		const lastExecution = async (): Promise<Execution> => {
			const [{ id } = { id: '' }] = await client.listExecutions(workflow.id);
			return await client.waitForExecution(id);
		};

		const long = await sendMessage('Tell me something long about foxes');
		expect(long.length).toBeGreaterThan(2);
		expect(long.join('')).toContain('Tell me something long about foxes');
		expect(tokens(await lastExecution())).toEqual([withTokens]);

		const replyChunks = await sendMessage('Make an image of a red fox');
		expect(tokens(await lastExecution())).toEqual([withTokens, withTokens]);
		expect(replyChunks.join('')).toContain('/files/results/');
		expect(setup.kie.tasks.size).toBe(1);
		expect(setup.kie.chats()).toHaveLength(3);
	});

	it('sends an image of the item', async () => {
		const image = join(setup.n8n.filesFolder, 'lamp.png');
		copyFileSync(IMAGE, image);
		const execution = await run(
			withSubNodes('Image', [manualTrigger(), readFile('File', image), agent('What does this show?')], {
				ai_languageModel: chatModel(setup, 'claude-sonnet-4-6'),
			}),
		);
		expect(faultOf(execution)).toBeUndefined();
		const sha256 = createHash('sha256').update(readFileSync(IMAGE)).digest('hex');
		expect(setup.kie.uploads).toMatchObject([{ sha256, mimeType: 'image/png' }]);
		expect(nodeItems(execution, AGENT)[0]?.json.output).toContain('with 1 file');
	});

	it('replies through an output parser', async () => {
		const schema = { type: 'object', properties: { animal: { type: 'string' } }, required: ['animal'] };
		const prompt = 'call format_final_json_response with {"output":{"animal":"fox"}}';
		const execution = await run(
			withSubNodes('Parser', [manualTrigger(), agent(prompt, { hasOutputParser: true })], {
				ai_languageModel: chatModel(setup, 'gpt-5-5'),
				ai_outputParser: {
					name: 'Parser',
					type: '@n8n/n8n-nodes-langchain.outputParserStructured',
					typeVersion: 1.3,
					parameters: { schemaType: 'manual', inputSchema: JSON.stringify(schema) },
				},
			}),
		);
		expect(faultOf(execution)).toBeUndefined();
		expect(nodeItems(execution, AGENT)[0]?.json).toEqual({ output: { animal: 'fox' } });
	});

	it('returns JSON that matches a schema to a chain', async () => {
		const schema = { type: 'object', properties: { animal: { type: 'string' } }, required: ['animal'] };
		const basicChain: NodeSource = {
			name: AGENT,
			type: '@n8n/n8n-nodes-langchain.chainLlm',
			typeVersion: 1.9,
			parameters: { promptType: 'define', text: 'A fox' },
		};
		const execution = await run(
			withSubNodes('Chain', [manualTrigger(), basicChain], {
				ai_languageModel: chatModel(setup, 'gemini-2.5-flash', {
					outputFormat: 'jsonSchema',
					outputSchema: JSON.stringify(schema),
				}),
			}),
		);
		expect(faultOf(execution)).toBeUndefined();
		expect(nodeItems(execution, AGENT)[0]?.json).toEqual({ animal: 'A fox' });
	});

	it('stops immediately when the execution is canceled', async () => {
		const { client } = setup.n8n;
		setup.kie.inject({ on: 'chat', kind: 'slow', ms: 3_000 });
		const source = withSubNodes('Stopped', [manualTrigger(), agent('Hello')], {
			ai_languageModel: chatModel(setup, 'gpt-5-5'),
		});
		const id = await client.startWorkflow(await client.createWorkflow(source));
		while (setup.kie.chats().length === 0) await sleep(50);
		const stoppedAt = Date.now();
		await client.stopExecution(id);
		expect((await client.waitForExecution(id, 5_000)).status).toBe('canceled');
		expect(Date.now() - stoppedAt).toBeLessThan(2_000);
	});

	(hasBrowser ? it : it.skip)('is shown below an agent, with its form', async () => {
		const { client } = setup.n8n;
		const example: WorkflowSource = JSON.parse(
			readFileSync(join(PROJECT, 'examples', 'agent-with-image-tool.json'), 'utf8'),
		);
		const nodes = example.nodes.map((node) =>
			node.type.startsWith('n8n-nodes-kie-ai.') ? { ...node, credentials: { kieAiApi: setup.credential } } : node,
		);
		const { id } = await client.createWorkflow({ ...example, nodes });
		const editor = await openEditor(setup.n8n, id);
		try {
			for (const name of [AGENT, MODEL, TOOL]) await editor.page.getByText(name, { exact: true }).first().waitFor();
			await editor.dismissPopups();
			await editor.screenshot('agent');
			await editor.openNode(MODEL);
			expect(await editor.shownParameters()).toContain('model');
			await editor.screenshot('kie-chat-model');
		} finally {
			await editor.close();
		}
	});

	it('reports a clear error if there is no reply, and sends one request', async () => {
		setup.kie.inject({ on: 'chat', kind: 'code', code: 402 });
		const execution = await run(
			withSubNodes('No credits', [manualTrigger(), agent('Hello')], { ai_languageModel: chatModel(setup, 'gpt-5-5') }),
		);
		expect(execution.status).toBe('error');
		expect(faultOf(execution)?.join(' ')).toContain('Not enough Kie.ai credits');
		expect(setup.kie.chats()).toHaveLength(1);
	});
});

const withTokens = expect.objectContaining({
	tokenUsage: {
		completionTokens: expect.any(Number),
		promptTokens: expect.any(Number),
		totalTokens: expect.any(Number),
	},
});

/** The response of a production webhook, which exists a moment after its workflow is activated. */
async function untilLive(url: string, body: object): Promise<string> {
	for (let attempt = 0; ; attempt++) {
		const { status, data } = await axios.post<string>(url, body, {
			responseType: 'text',
			transformResponse: (text: string) => text,
			validateStatus: () => true,
		});
		if (status === 200 || attempt > 20) return data;
		await sleep(250);
	}
}
