import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import axios from 'axios';
import { z } from 'zod';

import { type Execution, nodeItems, type SavedWorkflow } from './client';
import { formUrl, lastExecution, onlyItem, publishExample, readExample, submitPage } from './example';
import { type TestSetup, startSetup } from './kie';

/** The examples of agents, of an MCP server and of an approval as a user imports them, in a real n8n. */

let setup: TestSetup;
beforeAll(async () => (setup = await startSetup({ taskSeconds: 1 })));
afterAll(async () => await setup.close());
beforeEach(() => setup.kie.reset());

const onlyTask = () => {
	const [task, ...others] = [...setup.kie.tasks.values()];
	expect(others).toEqual([]);
	return task;
};

/** Publishes an example with a public chat, and sends messages to it. */
async function publishChat(
	file: string,
): Promise<{ workflow: SavedWorkflow; sendMessage(text: string): Promise<Execution> }> {
	const source = readExample(file, setup);
	const chat = source.nodes.find(({ name }) => name === 'Chat');
	if (chat) chat.parameters.public = true;
	const workflow = await publishExample(source, setup);
	const sendMessage = async (chatInput: string) => {
		const message = { action: 'sendMessage', sessionId: 'one', chatInput };
		await axios.post(`${setup.n8n.url}/webhook/${chat?.webhookId}/chat`, message);
		return await lastExecution(workflow, setup);
	};
	return { workflow, sendMessage };
}

const outputOf = (execution: Execution) => onlyItem(nodeItems(execution, 'AI Agent')).output;

describe('mcp-server.json', () => {
	const TOKEN = 'a-token-of-my-own';
	let client: Client;
	let url: URL;

	beforeAll(async () => {
		const bearer = await setup.n8n.client.createCredential('httpBearerAuth', { token: TOKEN }, 'MCP clients');
		const source = readExample('mcp-server.json', setup);
		for (const node of source.nodes) {
			if (node.name === 'MCP Server') node.credentials = { httpBearerAuth: bearer };
		}
		await publishExample(source, setup);
		url = new URL(`${setup.n8n.url}/mcp/${String(source.nodes[0]?.parameters.path)}`);
		client = new Client({ name: 'test', version: '1' });
		const requestInit = { headers: { authorization: `Bearer ${TOKEN}` } };
		await client.connect(new StreamableHTTPClientTransport(url, { requestInit }));
	});
	afterAll(async () => await client.close());

	/** The response of a tool: one text that is JSON. */
	const call = async (name: string, args: Record<string, string>) => {
		const result = await client.callTool({ name, arguments: args });
		const [content] = z.array(z.object({ text: z.string() })).parse(result.content);
		const answer: unknown = JSON.parse(content?.text ?? '');
		return z.record(z.any()).parse(Array.isArray(answer) ? answer[0] : answer);
	};

	it('serves the nodes as tools, only with the token', async () => {
		const { tools } = await client.listTools();
		expect(tools.map(({ name }) => name).sort()).toEqual(['Generate_Image', 'Get_Result', 'Start_Song', 'Start_Video']);
		const { status } = await axios.post(url.href, {}, { validateStatus: () => true });
		expect([401, 403]).toContain(status);
	});

	it('generates an image', async () => {
		expect(await call('Generate_Image', { prompt: 'A red fox' })).toMatchObject({
			state: 'success',
			url: expect.stringMatching(/^http/),
		});
		expect(onlyTask()).toMatchObject({ model: 'nano-banana-2', input: { prompt: 'A red fox' } });
	});

	it.each([
		['Start_Video', 'A lighthouse at dusk'],
		['Start_Song', 'A song about a lighthouse'],
	])('%s returns a task, and Get_Result returns its result', async (tool, prompt) => {
		const { taskId, api, state } = await call(tool, { prompt });
		expect({ taskId, state }).toEqual({ taskId: onlyTask()?.id, state: 'waiting' });
		let result = await call('Get_Result', { taskId, api });
		while (result.state === 'waiting') result = await call('Get_Result', { taskId, api });
		expect(result).toMatchObject({ taskId, state: 'success', url: expect.stringMatching(/^http/) });
		expect(setup.kie.creates()).toHaveLength(1);
	});
});

describe('agent-with-long-tasks.json', () => {
	it('creates a video once, and gets it later', async () => {
		const { sendMessage } = await publishChat('agent-with-long-tasks.json');
		const started = await sendMessage('call Start_Video with {"prompt":"A lighthouse at dusk"}');
		expect(outputOf(started)).toContain(onlyTask()?.id);
		const ask = `call Get_Video with ${JSON.stringify({ taskId: onlyTask()?.id, api: 'market' })}`;
		let reply = await sendMessage(ask);
		while (String(outputOf(reply)).includes('waiting')) reply = await sendMessage(ask);
		expect(outputOf(reply)).toContain('/files/results/');
		expect(setup.kie.creates()).toHaveLength(1);
	});
});

describe('agent-song-with-cover.json', () => {
	it('generates the song, then its cover', async () => {
		const { sendMessage } = await publishChat('agent-song-with-cover.json');
		const song = { lyrics: '[Verse] Neon rain', style: 'Synthwave', title: 'Night City' };
		const cover = { cover: 'A neon street in the rain' };
		const prompt = `call Generate_Song with ${JSON.stringify(song)} then call Generate_Cover with ${JSON.stringify(cover)}`;
		const execution = await sendMessage(prompt);
		expect(execution.status).toBe('success');
		expect(setup.kie.creates().map(({ body }) => body)).toMatchObject([
			{ prompt: '[Verse] Neon rain', style: 'Synthwave', title: 'Night City', customMode: true },
			{ input: { prompt: 'A neon street in the rain' } },
		]);
		expect(outputOf(execution)).toContain('/files/results/');
	});
});

describe('structured-output-with-tools.json', () => {
	it('calls the tool, then replies in the schema', async () => {
		const source = readExample('structured-output-with-tools.json', setup);
		const entry = { title: 'Teapot', description: 'Blue glass', imageUrl: 'https://example.com/teapot.png' };
		const prompt = `call Generate_Image with {"prompt":"A blue teapot"} then call format_final_json_response with ${JSON.stringify({ output: entry })}`;
		for (const node of source.nodes) {
			if (node.name === 'AI Agent') node.parameters.text = prompt;
		}
		const execution = await setup.n8n.client.runWorkflow(await setup.n8n.client.createWorkflow(source));
		expect(execution.status).toBe('success');
		expect(onlyTask()).toMatchObject({ input: { prompt: 'A blue teapot' } });
		expect(onlyItem(nodeItems(execution, 'Shop Entry'))).toEqual(entry);
	});
});

describe('approve-price-before-video.json', () => {
	let workflow: SavedWorkflow;
	beforeAll(async () => {
		workflow = await publishExample(readExample('approve-price-before-video.json', setup), setup);
	});

	/** Sends the form, and returns the URL of its further pages, which n8n has signed, once the next one exists. */
	const describeVideo = async (prompt: string) => {
		const response = await submitPage(formUrl(workflow, setup), [prompt]);
		expect((await lastExecution(workflow, setup)).status).toBe('waiting');
		return z.object({ formWaitingUrl: z.string() }).parse(response).formWaitingUrl;
	};
	const read = async (url: string) => (await axios.get<string>(url)).data;
	/** Reads the last page, whose script completes the execution. */
	const readLast = async (url: string) => {
		const page = await read(url);
		await axios.post(url);
		const [{ id = '' } = {}] = await setup.n8n.client.listExecutions(workflow.id);
		expect((await setup.n8n.client.waitForExecution(id)).status).toBe('success');
		return page;
	};
	const answer = async (url: string, choice: 'Yes' | 'No') => {
		await submitPage(url, [choice]);
		expect((await lastExecution(workflow, setup)).status).toBe('waiting');
		return await readLast(url);
	};

	it('generates one video if the price is approved', async () => {
		const url = await describeVideo('A red fox walks through fresh snow');
		expect(await read(url)).toContain('Price: Not available');
		expect(setup.kie.creates()).toEqual([]);
		const page = await answer(url, 'Yes');
		expect(onlyTask()).toMatchObject({ input: { prompt: 'A red fox walks through fresh snow' } });
		expect(page).toContain('Your video');
		expect(page).toMatch(/\/files\/results\/\S+ \(\d+ credits\)/);
	});

	it('generates nothing if the price is declined', async () => {
		const page = await answer(await describeVideo('A lighthouse at dusk'), 'No');
		expect(page).toContain('Nothing was generated');
		expect(setup.kie.creates()).toEqual([]);
	});

	it('reports invalid input instead of asking for approval', async () => {
		const page = await readLast(await describeVideo('x'.repeat(30_000)));
		expect(page).toContain('No video this time');
		expect(page).toMatch(/must be at most \d+ characters \(got 30000\)/);
		expect(setup.kie.creates()).toEqual([]);
	});

	it('reports why an approved video failed', async () => {
		const url = await describeVideo('A storm at sea');
		setup.kie.inject({ on: 'create', kind: 'fail' });
		expect(await answer(url, 'Yes')).toContain('Kie.ai could not complete the task');
	});
});
