import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Editor, hasBrowser, openEditor } from './browser';
import { type Execution, nodeItems } from './client';
import { kieNode, origin, readFile, type TestSetup, startSetup } from './kie';
import { PROJECT } from './paths';
import { chain, items, manualTrigger, type NodeSource } from './workflow';

const KIE_COMMON = 'n8n-nodes-kie-ai.kieCommon';
const IMAGE = join(PROJECT, 'test', 'demo', 'image.png');

describe('Kie Common in a real n8n', () => {
	let setup: TestSetup;

	beforeAll(async () => (setup = await startSetup({ taskSeconds: 1, credits: 123.5 })));
	afterAll(async () => await setup.close());
	beforeEach(() => setup.kie.reset());

	const run = async (name: string, nodes: NodeSource[]): Promise<Execution> => {
		const { client } = setup.n8n;
		const execution = await client.runWorkflow(await client.createWorkflow(chain(name, [manualTrigger(), ...nodes])));
		const { error } = execution.data.resultData;
		expect(error && [error.message, error.description]).toBeUndefined();
		return execution;
	};
	const common = (name: string, parameters: Parameters<typeof kieNode>[2], overrides: Partial<NodeSource> = {}) => ({
		...kieNode(setup, 'kieCommon', parameters, overrides),
		name,
	});
	const createOnly = { executionMode: 'createOnly', prompt: '={{ $json.prompt }}' };

	it('waits for a task that another node created, and downloads it; later nodes find their items', async () => {
		const execution = await run('Create, then wait', [
			items('Ideas', [{ prompt: 'a fox' }, { prompt: 'an owl' }]),
			kieNode(setup, 'kieImage', { operation: 'generate', model: 'z-image', aspect_ratio: '1:1', ...createOnly }),
			common('Wait', { resource: 'task', operation: 'wait', downloadFiles: true }),
			origin('Origin', 'Ideas', 'prompt'),
		]);
		const created = nodeItems(execution, 'Kie');
		expect(created.map(({ json }) => json.state)).toEqual(['waiting', 'waiting']);
		const waitItems = nodeItems(execution, 'Wait');
		expect(waitItems.map(({ json }) => [json.taskId, json.model, json.state])).toEqual(
			created.map(({ json }) => [json.taskId, 'z-image', 'success']),
		);
		for (const { binary } of waitItems) {
			expect(binary?.data).toMatchObject({ mimeType: 'image/png', fileExtension: 'png' });
			const bytes = binary?.data && (await setup.n8n.client.downloadBinary(binary.data));
			expect(bytes?.subarray(1, 4).toString()).toBe('PNG');
		}
		expect(nodeItems(execution, 'Origin').map(({ json }) => json.origin)).toEqual(['a fox', 'an owl']);
		expect(setup.kie.creates()).toHaveLength(2);
	});

	it('returns the state of tasks of different nodes', async () => {
		const video = { operation: 'textToVideo', model: 'veo3_fast', ...createOnly };
		const execution = await run('Create, then read', [
			items('Idea', [{ prompt: 'a fox' }]),
			kieNode(setup, 'kieVideo', video),
			common('Get', { resource: 'task', operation: 'get' }),
			common('Wait', { resource: 'task', operation: 'wait' }),
			common('Get Again', { resource: 'task', operation: 'get' }),
		]);
		expect(nodeItems(execution, 'Get')[0]?.json).toMatchObject({ api: 'veo', model: 'veo3_fast', state: 'waiting' });
		expect(nodeItems(execution, 'Get Again')[0]?.json).toEqual(nodeItems(execution, 'Wait')[0]?.json);
		expect(nodeItems(execution, 'Wait')[0]?.json).toMatchObject({ api: 'veo', state: 'success' });
	});

	it('returns the credits, and models with their price and schema', async () => {
		const execution = await run('Account and models', [
			common('Credits', { resource: 'account', operation: 'getCredits' }),
			common('Models', { resource: 'model', operation: 'list', limit: 1, filters: { search: 'z-image' } }),
			common('Price', {
				resource: 'model',
				operation: 'getPrice',
				model: { __rl: true, mode: 'id', value: '={{ $json.model }}' },
			}),
			common('Schema', {
				resource: 'model',
				operation: 'getSchema',
				model: { __rl: true, mode: 'list', value: 'z-image' },
			}),
		]);
		expect(nodeItems(execution, 'Credits')[0]?.json).toEqual({ credits: 123.5 });
		expect(nodeItems(execution, 'Models').map(({ json }) => json.model)).toEqual(['z-image']);
		expect(nodeItems(execution, 'Price')[0]?.json).toEqual({
			model: 'z-image',
			pricingDesc: 'flat 4 credits per image',
		});
		expect(nodeItems(execution, 'Schema')[0]?.json).toMatchObject({
			model: 'z-image',
			input: { required: expect.arrayContaining(['prompt']) },
		});
	});

	it('uploads a file, gets a link to it and downloads it', async () => {
		const image = join(setup.n8n.filesFolder, 'lighthouse.png');
		copyFileSync(IMAGE, image);
		const execution = await run('There and back', [
			readFile('Image', image),
			common('Upload', { resource: 'file', operation: 'upload', options: { fileName: 'lighthouse.png' } }),
			common('Link', { resource: 'file', operation: 'getDownloadUrl' }),
			common('Download', { resource: 'file', operation: 'download' }),
		]);
		const sha256 = createHash('sha256').update(readFileSync(IMAGE)).digest('hex');
		expect(setup.kie.uploads).toMatchObject([{ sha256, fileName: 'lighthouse.png' }]);
		const [uploaded] = nodeItems(execution, 'Upload');
		const stays = Date.parse(String(uploaded?.json.expiresAt)) - Date.parse(String(uploaded?.json.uploadedAt));
		expect(stays).toBe(24 * 3_600_000);
		expect(nodeItems(execution, 'Link')[0]?.json).toMatchObject({ url: uploaded?.json.url });
		const binary = nodeItems(execution, 'Download')[0]?.binary?.data;
		// Kie's download URL contains no file name.
		expect(binary).toMatchObject({ fileName: expect.stringMatching(/\.png$/), mimeType: 'image/png' });
		const bytes = binary && (await setup.n8n.client.downloadBinary(binary));
		expect(bytes && createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
	});

	it('finds models for its list, also chat models', async () => {
		const { results } = await setup.n8n.client.searchList({
			nodeType: KIE_COMMON,
			method: 'searchModels',
			path: 'model',
			parameters: { resource: 'model', operation: 'getPrice' },
			credentials: { kieAiApi: setup.credential },
		});
		const values = results.map(({ value }) => value);
		expect(values).toEqual(expect.arrayContaining(['nano-banana-2', 'gpt-5-5']));
	});

	it('is offered as a tool for AI agents', async () => {
		const names = (await setup.n8n.client.listNodeTypes()).map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining([KIE_COMMON, `${KIE_COMMON}Tool`]));
	});

	(hasBrowser ? describe : describe.skip)('in the editor, step by step', () => {
		let editor: Editor;
		beforeAll(async () => {
			const { id } = await setup.n8n.client.createWorkflow(chain('Editor', [manualTrigger()]));
			editor = await openEditor(setup.n8n, id);
		});
		afterAll(async () => await editor.close());

		it('shows the form of each operation', async () => {
			await editor.addNode('Kie Common', 'Wait for task');
			await editor.chooseCredential(setup.credential);
			expect(await editor.shownParameters()).toEqual(['resource', 'operation', 'api', 'taskId', 'downloadFiles']);
			const ofResult = ['Maximum File Size (MB)', 'One Item per File', 'Put Output File in Field', 'Simplify'];
			const ofWaiting = ['Poll Interval (Seconds)', 'Time Limit (Minutes)', 'Wait Using'];
			expect(await editor.addable('options')).toEqual([...ofResult, ...ofWaiting].sort());
			await editor.addOption('options', 'Wait Using');
			await editor.choose('options.waitUsing', 'Pause Execution');
			await editor.screenshot('kie-common-wait');
			await editor.choose('operation', 'Get');
			expect(await editor.addable('options')).toEqual(ofResult);
			await editor.choose('resource', 'File');
			expect(await editor.shownParameters()).toEqual(['resource', 'operation', 'uploadFrom', 'binaryPropertyName']);
			await editor.choose('uploadFrom', 'URL');
			expect(await editor.shownParameters()).toEqual(['resource', 'operation', 'uploadFrom', 'fileUrl']);
			await editor.screenshot('kie-common-upload');
		});

		it('runs with a model selected from the live list', async () => {
			await editor.choose('resource', 'Model');
			await editor.choose('operation', 'Get Schema');
			await editor.chooseFromList('model', 'Tomorrow - Image 1');
			const execution = await editor.executeStep();
			expect(execution.status).toBe('success');
			await editor.showOutput('json', 'How fine the image is');
			await editor.dismissPopups();
			await editor.screenshot('kie-common');
		});
	});
});
