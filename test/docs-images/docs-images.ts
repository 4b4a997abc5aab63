import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { INodeParameters } from 'n8n-workflow';

import { type Editor, openEditor } from '../e2e/browser';
import type { WorkflowSource } from '../e2e/client';
import { type TestSetup, startSetup } from '../e2e/kie';
import { startShared, stopShared } from '../e2e/shared-n8n';
import { chain, manualTrigger, type NodeSource } from '../e2e/workflow';
import { PROJECT } from '../tools/doc-pages';

/** `npm run docs:images` renews the images of docs/images: screenshots of a real n8n whose tasks run in the simulator. */

const FOLDER = join(PROJECT, 'docs', 'images');
type Page = Editor['page'];

const PROMPT = 'A mountain lake at sunrise, flat illustration';

/** An image: its name without extension, the workflow, and what to open in the editor. */
interface Shot {
	name: string;
	workflow: (setup: TestSetup) => WorkflowSource;
	show: (editor: Editor, setup: TestSetup) => Promise<void>;
	height?: number;
}

/** One of the package's nodes with its own name. */
function kie({ credential }: TestSetup, name: string, parameters: INodeParameters): NodeSource {
	const type = `n8n-nodes-kie-ai.k${name.slice(1).replaceAll(' ', '')}`;
	return { name, type, parameters, credentials: { kieAiApi: credential } };
}

function imageNode(setup: TestSetup): NodeSource {
	return kie(setup, 'Kie Image', {
		operation: 'generate',
		model: 'nano-banana-2',
		prompt: PROMPT,
		aspect_ratio: '16:9',
		downloadFiles: true,
	});
}

/** A node that is opened and run, with its output as a table. */
function nodeShot(file: string, name: string, parameters: INodeParameters, height?: number): Shot {
	return {
		name: file,
		height,
		workflow: (setup) => chain(name, [manualTrigger(), kie(setup, name, parameters)]),
		show: async (editor) => {
			await editor.openNode(name);
			await editor.executeStep();
			await editor.page.getByTestId('output-panel').getByTestId('radio-button-table').click();
		},
	};
}

const shots: Shot[] = [
	{
		name: 'workflow',
		height: 900,
		workflow: (setup) =>
			chain('Generate an image', [
				manualTrigger(),
				imageNode(setup),
				{
					name: 'Save Image',
					type: 'n8n-nodes-base.readWriteFile',
					typeVersion: 1.1,
					parameters: {
						operation: 'write',
						fileName: join(setup.n8n.filesFolder, 'lake.png'),
						dataPropertyName: 'data',
					},
				},
			]),
		show: async (editor, setup) => {
			await Promise.all([editor.executeWorkflow(), showLake(setup)]);
			const { page } = editor;
			await page.getByText('Logs', { exact: true }).first().click();
			await page.getByTestId('logs-overview-body').getByText('Kie Image').click();
			await enlargeLogs(page);
			await viewImage(page, 'log-details-output');
			await page.getByTestId('zoom-to-fit').click();
		},
	},
	{
		name: 'nodes',
		height: 660,
		workflow: (setup) => {
			const toolNodes: Array<[string, INodeParameters]> = [
				['Kie Trigger', {}],
				['Kie Image', { prompt: PROMPT }],
				['Kie Video', { prompt: PROMPT }],
				['Kie Audio', { text: 'Good morning.' }],
				['Kie Suno', { prompt: 'A calm song about a lake' }],
				['Kie Chat', {}],
				['Kie Chat Model', {}],
				['Kie Common', {}],
			];
			const workflow = chain(
				'The nodes',
				toolNodes.map(([name, parameters]) => kie(setup, name, parameters)),
			);
			const nodes = workflow.nodes.map((node, index) => ({
				...node,
				position: [(index % 4) * 240, Math.floor(index / 4) * 220] as [number, number],
			}));
			return { ...workflow, nodes, connections: {} };
		},
		show: async (editor) => {
			await editor.page.getByText('Kie Common', { exact: true }).first().waitFor();
			await editor.page.getByTestId('zoom-to-fit').click();
		},
	},
	{
		name: 'node-panel',
		height: 660,
		workflow: () => chain('Search', [manualTrigger()]),
		show: async (editor) => {
			await editor.openPanel();
			await editor.searchPanel('image to video');
		},
	},
	{
		name: 'models',
		workflow: (stage) => chain('Kie Video', [manualTrigger(), kie(stage, 'Kie Video', { operation: 'imageToVideo' })]),
		show: async (editor) => {
			await editor.openNode('Kie Video');
			await editor.parameter('model').locator('input').first().click();
		},
	},
	{
		name: 'model-switch',
		workflow: (stage) => {
			const parameters = { operation: 'edit', model: 'nano-banana-2', prompt: 'Add snow to the mountains' };
			return chain('Kie Image', [manualTrigger(), kie(stage, 'Kie Image', { ...parameters, aspect_ratio: '16:9' })]);
		},
		show: async (editor) => {
			await editor.openNode('Kie Image');
			await editor.choose('model', 'Qwen 2.1');
		},
	},
	{
		name: 'custom-model',
		workflow: (stage) => {
			const customModelId = {
				__rl: true,
				mode: 'list',
				value: 'flux-2/pro-text-to-image',
				cachedResultName: 'Flux 2 Pro - Text to Image',
			};
			const customInput = { mappingMode: 'defineBelow', value: null };
			return chain('Custom Model', [
				manualTrigger(),
				kie(stage, 'Kie Image', { operation: 'customModel', customModelId, customInput }),
			]);
		},
		show: async (editor) => {
			await editor.openNode('Kie Image');
			await editor.parameter('customInput.value["prompt"]').waitFor();
		},
	},
	{
		name: 'kie-image',
		workflow: (setup) => chain('Kie Image', [manualTrigger(), imageNode(setup)]),
		show: async (editor, setup) => {
			await editor.openNode('Kie Image');
			await Promise.all([editor.executeStep(), showLake(setup)]);
			await viewImage(editor.page, 'output-panel');
		},
	},
	nodeShot(
		'kie-video',
		'Kie Video',
		{
			operation: 'storyboard',
			model: 'kling-3.0/video',
			multi_prompt: {
				items: [
					{ prompt: 'A red fox wakes up in fresh snow', duration: 2 },
					{ prompt: 'It watches the sun rise', duration: 3 },
				],
			},
		},
		1100,
	),
	nodeShot('kie-audio', 'Kie Audio', { operation: 'textToSpeech', text: 'Good morning. The fox is awake.' }),
	nodeShot(
		'kie-suno',
		'Kie Suno',
		{
			resource: 'music',
			operation: 'generate',
			customMode: true,
			model: 'V6',
			prompt: '[Chorus]\nNight city, carry me home',
			style: 'Synthwave, warm analog pads, female vocals',
			title: 'Night City',
			duration: 120,
		},
		1100,
	),
	nodeShot(
		'kie-chat',
		'Kie Chat',
		{
			model: { __rl: true, mode: 'list', value: 'claude-sonnet-5', cachedResultName: 'Claude Sonnet 5' },
			messages: { values: [{ role: 'user', text: 'Which city is the capital of Switzerland?' }] },
			options: { maxTokens: 1024 },
		},
		1000,
	),
	nodeShot('kie-common', 'Kie Common', {
		resource: 'model',
		operation: 'list',
		filters: { taskTypes: ['Text to Image'] },
	}),
	{
		name: 'kie-trigger',
		workflow: (setup) =>
			chain('Kie Trigger', [{ ...kie(setup, 'Kie Trigger', {}), webhookId: '7c9e6679-7425-40de-944b-e07fc1f90ae7' }]),
		show: async (editor) => {
			await editor.openNode('Kie Trigger');
			await editor.page.getByText('Webhook URLs').click();
			await editor.page.getByText('Production URL', { exact: true }).first().click();
		},
	},
	{
		name: 'agent',
		height: 860,
		workflow: ({ credential }) => {
			const example: WorkflowSource = JSON.parse(
				readFileSync(join(PROJECT, 'examples', 'agent-with-image-tool.json'), 'utf8'),
			);
			const nodes = example.nodes.map((node) =>
				node.type.startsWith('n8n-nodes-kie-ai.') ? { ...node, credentials: { kieAiApi: credential } } : node,
			);
			return { ...example, nodes };
		},
		show: async (editor) => {
			await editor.page.getByText('Kie Chat Model', { exact: true }).first().waitFor();
			await editor.page.getByTestId('zoom-to-fit').click();
		},
	},
];

/** The URL at which the result of the image shots is. */
let lakeUrl = '';

/** Sets a photo as the result of the simulator's next task; the simulator's own images are gradients. */
async function showLake({ kie: simulator }: TestSetup): Promise<void> {
	while (simulator.tasks.size === 0) await sleep(50);
	for (const task of simulator.tasks.values()) {
		task.urls = [lakeUrl];
		task.result = { resultUrls: task.urls };
	}
}

async function viewImage(page: Page, panelId: string): Promise<void> {
	const panel = page.getByTestId(panelId);
	await panel.getByTestId('radio-button-binary').click();
	await panel.getByTestId('ndv-view-binary-data').click();
	await panel.locator('img[src*="binary-data"], embed').first().waitFor();
	await sleep(1_000);
}

/** Drags the upper edge of the panel below the canvas. */
async function enlargeLogs(page: Page): Promise<void> {
	const edge = await page.getByTestId('logs-panel').boundingBox();
	if (!edge) throw new Error('The logs are not shown');
	await page.mouse.move(edge.x + edge.width / 2, edge.y);
	await page.mouse.down();
	await page.mouse.move(edge.x + edge.width / 2, edge.y - 240, { steps: 5 });
	await page.mouse.up();
}

/** Shows local URLs as public ones, which do not differ from run to run. Text, because it runs in the page. */
const HIDE_LOCAL_URLS = String.raw`
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		texts.currentNode.nodeValue = texts.currentNode.nodeValue
			.replace(/http:\/\/127\.0\.0\.1:\d+\/(?=webhook)/g, 'https://n8n.example.com/')
			.replace(/http:\/\/127\.0\.0\.1:\d+\//g, 'https://files.example.com/');
	}
`;

async function takeShot(setup: TestSetup, { name, workflow, show, height = 800 }: Shot): Promise<void> {
	setup.kie.reset();
	const { id } = await setup.n8n.client.createWorkflow(workflow(setup));
	const editor = await openEditor(setup.n8n, id);
	try {
		await editor.page.setViewportSize({ width: 1400, height });
		await editor.dismissPopups();
		await show(editor, setup);
		await editor.dismissPopups();
		await editor.page.evaluate(HIDE_LOCAL_URLS);
		await editor.page.mouse.move(0, 0);
		await sleep(500);
		await editor.page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
		console.log(`docs/images/${name}.png`);
	} finally {
		await editor.close();
	}
}

async function main(): Promise<void> {
	const names = process.argv.slice(2);
	const lake = readFileSync(join(__dirname, 'lake.png'));
	const files = createServer((_, response) => response.setHeader('content-type', 'image/png').end(lake));
	await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
	const address = files.address();
	if (typeof address !== 'object' || !address) throw new Error('The image could not be served');
	lakeUrl = `http://127.0.0.1:${address.port}/lake.png`;

	mkdirSync(FOLDER, { recursive: true });
	await startShared();
	const setup = await startSetup({ taskSeconds: 2 }, 'Kie.ai API');
	try {
		for (const shot of shots.filter(({ name }) => names.length === 0 || names.includes(name)))
			await takeShot(setup, shot);
	} finally {
		await setup.close();
		await stopShared();
		files.close();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
