import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { INodeParameters } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { demoWorkflow, KIE_NODE, IMAGES, WRITE_NODE } from '../demo/workflow';
import { type DynamicParameter, nodeItems, nodeRun } from './client';
import { credentialFor, kieNode, origin, type TestSetup, startSetup } from './kie';
import { PROJECT } from './paths';
import { chain, items, manualTrigger, type NodeSource } from './workflow';

const KIE_IMAGE = 'n8n-nodes-kie-ai.kieImage';
const IMAGE = join(PROJECT, 'test', 'demo', 'image.png');
const FOREVER_SECONDS = 3_600;

const zImage = { operation: 'generate', model: 'z-image', prompt: 'A red fox', aspect_ratio: '16:9' };

describe('Kie Image in a real n8n', () => {
	let setup: TestSetup;

	beforeAll(async () => {
		const taskSeconds = (_model: string, { prompt }: { prompt?: unknown }) => (prompt === 'slow' ? FOREVER_SECONDS : 1);
		setup = await startSetup({ taskSeconds });
	});
	afterAll(async () => await setup.close());
	beforeEach(() => setup.kie.reset());

	const run = async (name: string, nodes: NodeSource[]) =>
		await setup.n8n.client.runWorkflow(await setup.n8n.client.createWorkflow(chain(name, [manualTrigger(), ...nodes])));

	describe('the credential', () => {
		const test = async (fields: object) =>
			await setup.n8n.client.testCredential('kieAiApi', setup.credential, { ...credentialFor(setup.kie), ...fields });

		it('is valid with a valid key', async () => {
			expect(await test({})).toMatchObject({ status: 'OK' });
		});

		it('is invalid with an invalid key, which Kie reports with HTTP 200', async () => {
			expect(await test({ apiKey: 'wrong' })).toEqual({
				status: 'Error',
				message: 'Kie.ai rejected the API key',
			});
		});

		it('is invalid if no server responds', async () => {
			const { status, message } = await test({ baseUrl: 'http://127.0.0.1:9' });
			expect(status).toBe('Error');
			expect(message).not.toBe('');
		});
	});

	it('generates three images from three items, one an edit of an uploaded binary, and later nodes find their items', async () => {
		const { client, filesFolder } = setup.n8n;
		const image = join(filesFolder, 'lighthouse.png');
		copyFileSync(IMAGE, image);
		const workflow = await client.createWorkflow(demoWorkflow(setup.credential, { image, folder: filesFolder }));
		const execution = await client.runWorkflow(workflow);
		expect(execution.status).toBe('success');

		const sha256 = createHash('sha256').update(readFileSync(IMAGE)).digest('hex');
		expect(setup.kie.uploads).toMatchObject([{ sha256 }]);
		const uploadedUrl = setup.kie.uploads[0]?.downloadUrl;
		const inputs = [...setup.kie.tasks.values()].map(({ input }) => input.image_input);
		expect(inputs.filter((input) => input !== undefined)).toEqual([[uploadedUrl]]);

		const outputItems = nodeItems(execution, KIE_NODE);
		expect(outputItems.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		for (const { json, binary } of outputItems) {
			expect(json).toMatchObject({ api: 'market', model: 'nano-banana-2', state: 'success' });
			expect(binary?.data).toMatchObject({ mimeType: 'image/png', fileExtension: 'png' });
			const bytes = binary?.data && (await client.downloadBinary(binary.data));
			expect(bytes?.subarray(1, 4).toString()).toBe('PNG');
		}
		// The file names come from $('Three Items').item.
		const files = nodeItems(execution, WRITE_NODE).map(({ json }) => String(json.fileName));
		expect(files).toEqual(IMAGES.map(({ name }) => join(filesFolder, `${name}.png`)));
		expect(new Set(files.map((file) => readFileSync(file).toString('hex'))).size).toBe(3);
	});

	it('sends failed items to the error output, with pairing on both outputs', async () => {
		const nodes = [
			manualTrigger(),
			items('Items', [
				{ name: 'first', prompt: 'one' },
				{ name: 'missing file', prompt: 'two', image: `${setup.kie.url}/files/none.png` },
				{ name: 'too long', prompt: 'x'.repeat(20_001) },
				{ name: 'last', prompt: 'four' },
			]),
			kieNode(
				setup,
				'kieImage',
				{
					operation: 'generate',
					model: 'nano-banana-2',
					prompt: '={{ $json.prompt }}',
					image_urls: '={{ $json.image }}',
				},
				{ onError: 'continueErrorOutput' },
			),
			origin('Good', 'Items', 'name'),
		];
		const workflow = chain('Error output', nodes);
		const invalidItem = {
			...origin('Bad', 'Items', 'name'),
			id: 'bad',
			typeVersion: 3.4,
			position: [660, 200] as [number, number],
		};
		const saved = await setup.n8n.client.createWorkflow({
			...workflow,
			nodes: [...workflow.nodes, { ...invalidItem, parameters: invalidItem.parameters ?? {} }],
			connections: {
				...workflow.connections,
				Kie: { main: ['Good', 'Bad'].map((node) => [{ node, type: NodeConnectionTypes.Main, index: 0 }]) },
			},
		});
		const execution = await setup.n8n.client.runWorkflow(saved);
		expect(execution.status).toBe('success');
		expect(nodeItems(execution, 'Good').map(({ json }) => json.origin)).toEqual(['first', 'last']);
		expect(nodeItems(execution, 'Bad').map(({ json }) => json)).toMatchObject([
			{
				origin: 'missing file',
				error: {
					message: expect.stringContaining('[item 1]'),
					taskId: expect.any(String),
					model: 'nano-banana-2',
				},
			},
			{ origin: 'too long', error: { message: expect.stringContaining("'Prompt'") } },
		]);
		expect(setup.kie.tasks.size).toBe(3);
	});

	it('stops within a second when the execution is canceled, and sends no more requests', async () => {
		const { client } = setup.n8n;
		const workflow = await client.createWorkflow(
			chain('Stopped', [manualTrigger(), kieNode(setup, 'kieImage', { ...zImage, prompt: 'slow' })]),
		);
		const id = await client.startWorkflow(workflow);
		while (setup.kie.reads().length < 2) await sleep(50);

		const stoppedAt = Date.now();
		await client.stopExecution(id);
		const { status } = await client.waitForExecution(id, 5_000);
		expect(status).toBe('canceled');
		expect(Date.now() - stoppedAt).toBeLessThan(1_000);
		const requests = setup.kie.requests.length;
		await sleep(3_000);
		expect(setup.kie.requests).toHaveLength(requests);
	});

	it('does not recreate with Retry On Fail if the response to a create was lost', async () => {
		setup.kie.inject({ on: 'create', kind: 'drop-after' });
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };
		const execution = await run('Retry', [kieNode(setup, 'kieImage', zImage, retry)]);
		expect(execution.status).toBe('error');
		expect(nodeRun(execution, 'Kie').error?.message).toBeTruthy();
		expect(execution.data.resultData.error).toMatchObject({
			description: expect.stringContaining('to avoid paying twice'),
		});
		expect(setup.kie.tasks.size).toBe(1);
		expect(setup.kie.creates()).toHaveLength(1);
	});

	it('uses the existing task with Retry On Fail if its file could not be downloaded', async () => {
		setup.kie.inject({ on: 'download', kind: 'status', status: 404, times: 1 });
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };
		const execution = await run('Retry after download', [
			kieNode(setup, 'kieImage', { ...zImage, downloadFiles: true }, retry),
		]);
		expect(execution.status).toBe('success');
		expect(nodeItems(execution, 'Kie')[0]?.binary?.data?.mimeType).toBe('image/png');
		expect(setup.kie.tasks.size).toBe(1);
	});

	it('uses a model per item from an expression with Using JSON', async () => {
		const execution = await run('Models by expression', [
			items('Items', [
				{ model: 'z-image', input: { prompt: 'one', aspect_ratio: '1:1' } },
				{ model: 'nano-banana-2', input: { prompt: 'two', resolution: '2K' } },
			]),
			kieNode(setup, 'kieImage', {
				operation: 'generate',
				model: '={{ $json.model }}',
				specifyInput: 'json',
				inputJson: '={{ $json.input }}',
			}),
			origin('Origin', 'Items', 'model'),
		]);
		expect(execution.status).toBe('success');
		expect(nodeItems(execution, 'Origin').map(({ json }) => [json.origin, json.model, json.state])).toEqual([
			['z-image', 'z-image', 'success'],
			['nano-banana-2', 'nano-banana-2', 'success'],
		]);
		const inputs = Object.fromEntries([...setup.kie.tasks.values()].map(({ model, input }) => [model, input]));
		expect(inputs).toEqual({
			'z-image': { prompt: 'one', aspect_ratio: '1:1' },
			'nano-banana-2': { prompt: 'two', resolution: '2K' },
		});
	});

	describe('a custom model', () => {
		const model = { __rl: true, mode: 'list', value: 'tomorrow/image-1' };
		const dynamic = (method: string, path: string, parameters: INodeParameters = {}): DynamicParameter => ({
			nodeType: KIE_IMAGE,
			method,
			path,
			parameters: { operation: 'customModel', specifyInput: 'fields', ...parameters },
			credentials: { kieAiApi: setup.credential },
		});
		const mapperFields = async () =>
			await setup.n8n.client.mapperFields(dynamic('getModelFields', 'customInput', { customModelId: model }));

		it('is in the live list, which can be searched', async () => {
			const search = dynamic('searchModels', 'customModelId');
			const { results } = await setup.n8n.client.searchList(search);
			const values = results.map(({ value }) => value);
			expect(values).toEqual(expect.arrayContaining(['tomorrow/image-1', 'nano-banana-2']));
			expect(values).not.toContain('gpt-5-5');
			const searchResults = await setup.n8n.client.searchList(search, 'tomorrow');
			expect(searchResults.results.map(({ name }) => name)).toEqual(['Tomorrow - Image 1', 'Tomorrow - No Page']);
		});

		it('has fields from its live schema', async () => {
			const { fields } = await mapperFields();
			expect(fields.map(({ id, type, required }) => [id, type, required])).toEqual([
				['prompt', 'string', true],
				['quality', 'options', true],
				['steps', 'number', false],
				['strength', 'number', false],
				['transparent', 'boolean', false],
				['image_urls', 'array', false],
			]);
		});

		it('runs with these fields', async () => {
			const { fields } = await mapperFields();
			const execution = await run('Custom model', [
				kieNode(setup, 'kieImage', {
					operation: 'customModel',
					customModelId: model,
					customInput: {
						mappingMode: 'defineBelow',
						value: { prompt: 'A red fox', quality: 'final', steps: 5, transparent: true },
						// What the editor stores beside the values
						schema: JSON.parse(JSON.stringify(fields)),
					},
				}),
			]);
			expect(execution.status).toBe('success');
			expect(nodeItems(execution, 'Kie')[0]?.json).toMatchObject({ model: 'tomorrow/image-1', state: 'success' });
			expect([...setup.kie.tasks.values()].map(({ input }) => input)).toEqual([
				{ prompt: 'A red fox', quality: 'final', steps: 5, transparent: true },
			]);
		});
	});

	it('is offered as a tool for AI agents', async () => {
		const names = (await setup.n8n.client.listNodeTypes()).map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining([KIE_IMAGE, `${KIE_IMAGE}Tool`]));
	});

	it('exposes the API key in no execution and no log line', async () => {
		const { kie, n8n } = setup;
		kie.inject({ on: 'create', kind: 'code', code: 401 });
		expect((await run('Refused', [kieNode(setup, 'kieImage', zImage)])).status).toBe('error');
		await run('Taken', [kieNode(setup, 'kieImage', { ...zImage, options: { simplify: false } })]);
		expect(kie.requests.some(({ headers }) => headers.authorization === `Bearer ${kie.apiKey}`)).toBe(true);
		expect(n8n.logs()).toContain('debug');
		const [taskId = ''] = kie.tasks.keys();
		expect([n8n.hasKept(taskId), n8n.hasKept(kie.apiKey)]).toEqual([true, false]);
		expect(kie.requests.filter(({ keyLeaked }) => keyLeaked)).toEqual([]);
	});
});
