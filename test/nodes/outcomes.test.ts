import { createServer } from 'node:http';
import type { IExecuteFunctions, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { KieImage } from '../../nodes/KieImage/KieImage.node';
import type { SimTask, Simulator } from '../simulator';
import { mediaFile, startSimulator } from '../simulator';
import { failureOf, readBinary, runNode } from './engine';
import { listen } from './listen';
import { itemsNamed, modelOfItem, zImage } from './market';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** The output of Kie Image without faults, for items, modes, options and APIs. */

const PROMPTS = { ...zImage, prompt: '={{ $json.prompt }}' };
const prompts = (...texts: string[]) => texts.map((prompt) => ({ json: { prompt } }));
const SECONDS: Record<string, number> = { slow: 0.6, slower: 0.9 };

/** Six images per task. */
const grok: INodeParameters = {
	operation: 'generate',
	model: 'grok-imagine/text-to-image',
	prompt: 'A fox',
	aspect_ratio: '1:1',
};

const pathOf = (url: string) => new URL(url).pathname;
const pairingsOf = (items: INodeExecutionData[]) => items.map(({ pairedItem }) => pairedItem);

describe('Kie Image', () => {
	let kie: Simulator;
	beforeEach(async () => {
		kie = await startSimulator({
			taskSeconds: (_model, { prompt }) => SECONDS[String(prompt)] ?? 0.1,
			readRates: false,
		});
	});
	afterEach(async () => await kie.close());

	const tasks = (): SimTask[] => [...kie.tasks.values()];
	const fileName = ({ model, id }: SimTask, index: number) =>
		`${model.replace('/', '-')}-${id.slice(0, 8)}${index === 0 ? '' : `-${index + 1}`}.png`;

	describe('with several items', () => {
		it('creates all tasks first, waits for them together, and keeps order and pairing', async () => {
			const { items, error } = await runNode(kie, { items: prompts('slower', 'quick', 'slow'), parameters: PROMPTS });
			expect(error).toBeUndefined();
			const byPrompt = Object.fromEntries(tasks().map(({ id, input }) => [String(input.prompt), id]));
			expect(items.map(({ json }) => json.taskId)).toEqual([byPrompt.slower, byPrompt.quick, byPrompt.slow]);
			expect(pairingsOf(items)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
			const lastCreated = Math.max(...tasks().map(({ createdAt }) => createdAt));
			expect(lastCreated).toBeLessThan(Math.min(...tasks().map(({ finishedAt = 0 }) => finishedAt)));
		});

		it('uses model, input and options of each item', async () => {
			const { items, error } = await runNode(kie, {
				items: [
					{ json: { model: 'z-image', input: { prompt: 'a', aspect_ratio: '1:1' }, raw: false } },
					{
						json: {
							model: 'midjourney-style-reference',
							input: { prompt: 'b', fileUrls: ['https://example.com/a.png'] },
							raw: true,
						},
					},
				],
				parameters: {
					operation: 'generate',
					model: '={{ $json.model }}',
					specifyInput: 'json',
					inputJson: '={{ $json.input }}',
					options: { simplify: '={{ !$json.raw }}' },
				},
			});
			expect(error).toBeUndefined();
			expect(items[0]?.json).toMatchObject({ api: 'market', model: 'z-image', state: 'success' });
			expect(items[1]?.json).toMatchObject({ api: 'midjourney', successFlag: 1 });
		});
	});

	describe('returns an item', () => {
		it('with exactly what is known about the task', async () => {
			const { items } = await runNode(kie, { parameters: zImage });
			const [task] = tasks();
			expect(items).toHaveLength(1);
			// The order is that of the columns in n8n's table view.
			expect(Object.entries(items[0]?.json ?? {})).toEqual([
				['url', task!.urls[0]],
				['urls', task!.urls],
				['creditsConsumed', 4],
				['state', 'success'],
				['model', 'z-image'],
				['durationMs', task!.finishedAt! - task!.createdAt],
				['createdAt', new Date(task!.createdAt).toISOString()],
				['completedAt', new Date(task!.finishedAt!).toISOString()],
				['taskId', task!.id],
				['api', 'market'],
			]);
			expect(items[0]?.binary).toBeUndefined();
		});

		it("with Kie's own record if Simplify is off", async () => {
			const { items } = await runNode(kie, {
				parameters: { ...zImage, options: { pollInterval: 1, simplify: false } },
			});
			const [task] = tasks();
			expect(items[0]?.json).toMatchObject({
				api: 'market',
				taskId: task!.id,
				state: 'success',
				resultJson: JSON.stringify({ resultUrls: task!.urls }),
				failCode: null,
				createTime: task!.createdAt,
			});
		});

		it('with what a model returns beyond files', async () => {
			const { items, error } = await runNode(kie, {
				parameters: {
					operation: 'segment',
					model: 'grok-imagine-image-2-0/segment-map',
					image_urls: 'https://example.com/a.png',
				},
			});
			expect(error).toBeUndefined();
			const json = items[0]?.json ?? {};
			expect(Object.keys(json).slice(0, 3)).toEqual(['segments', 'creditsConsumed', 'state']);
			expect(json).toMatchObject({ state: 'success', segments: [{ index: 1 }, { index: 2 }, { index: 3 }] });
		});

		it('with the layers of an image and their files', async () => {
			const { items, error } = await runNode(kie, {
				parameters: {
					operation: 'separateLayers',
					model: 'seedream/5-pro-layer-decomposition',
					specifyInput: 'json',
					inputJson: '{ "image_url": "https://example.com/a.png", "size": "auto" }',
				},
			});
			expect(error).toBeUndefined();
			expect(items[0]?.json.urls).toHaveLength(4);
			expect(items[0]?.json.layers_data).toHaveLength(4);
		});
	});

	describe('with Create Only', () => {
		it('continues immediately with the ID, and polls nothing', async () => {
			const { items } = await runNode(kie, {
				items: prompts('slow', 'slower'),
				parameters: { ...PROMPTS, executionMode: 'createOnly' },
			});
			expect(items.map(({ json }) => json)).toEqual(
				['slow', 'slower'].map((prompt) => ({
					taskId: tasks().find(({ input }) => input.prompt === prompt)?.id,
					api: 'market',
					model: 'z-image',
					state: 'waiting',
				})),
			);
			expect(pairingsOf(items)).toEqual([{ item: 0 }, { item: 1 }]);
			expect(kie.reads()).toHaveLength(0);
		});

		it('passes the callback URL to Kie, which calls it once the task completes', async () => {
			const receivedCallbacks: string[] = [];
			const receiver = createServer((request, response) => {
				receivedCallbacks.push(request.url ?? '');
				response.writeHead(200).end();
			});
			const receiverUrl = await listen(receiver);
			const { items } = await runNode(kie, {
				parameters: {
					...zImage,
					executionMode: 'createOnly',
					options: { callBackUrl: ` ${receiverUrl}/cb ` },
				},
			});
			while (tasks()[0]?.deliveries[0]?.status === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
			receiver.close();
			expect(receivedCallbacks).toEqual(['/cb']);
			expect(tasks()[0]?.deliveries[0]?.body).toMatchObject({
				data: { taskId: items[0]?.json.taskId, state: 'success' },
			});
		});
	});

	describe('with an invalid callback URL', () => {
		it('reports it before anything is sent', async () => {
			const { error } = await runNode(kie, { parameters: { ...zImage, options: { callBackUrl: 'example.com/cb' } } });
			expect(error?.message).toMatch(/'Callback URL' must be a URL that starts with http.*\[item 0\]/);
			expect(kie.requests).toHaveLength(0);
		});
	});

	describe('with One Item per File', () => {
		it('returns an item for each file, all paired with their input item', async () => {
			const { items } = await runNode(kie, {
				items: prompts('a', 'b'),
				parameters: { ...PROMPTS, ...grok, prompt: '={{ $json.prompt }}', options: { itemPerFile: true } },
			});
			const urls = ['a', 'b'].flatMap((prompt) => tasks().find(({ input }) => input.prompt === prompt)?.urls ?? []);
			expect(items.map(({ json }) => json.url)).toEqual(urls);
			expect(items.map(({ json }) => json.urls)).toEqual(urls.map((url) => [url]));
			expect(items.map(({ json }) => json.fileIndex)).toEqual([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]);
			expect(pairingsOf(items)).toEqual([...Array(6).fill({ item: 0 }), ...Array(6).fill({ item: 1 })]);
		});

		it('stores each file in the field of its own item', async () => {
			const { items } = await runNode(kie, {
				parameters: { ...grok, downloadFiles: true, options: { itemPerFile: true, binaryProperty: 'image' } },
			});
			expect(items).toHaveLength(6);
			for (const { json, binary } of items) {
				expect(Object.keys(binary ?? {})).toEqual(['image']);
				expect(binary?.image?.fileName).toBe(fileName(tasks()[0]!, Number(json.fileIndex)));
			}
		});
	});

	describe('with Download Files', () => {
		it('is on by default', async () => {
			const { items: byDefault } = await runNode(kie, { parameters: { ...zImage, downloadFiles: undefined } });
			expect(byDefault[0]?.binary?.data).toMatchObject({ mimeType: 'image/png' });
			const { items } = await runNode(kie, { parameters: { ...zImage, downloadFiles: false } });
			expect(items[0]?.binary).toBeUndefined();
		});

		it('stores several files in data, data_1 and so on, in the order of their URLs', async () => {
			const { items } = await runNode(kie, { parameters: { ...grok, downloadFiles: true } });
			const [task] = tasks();
			expect(Object.keys(items[0]?.binary ?? {})).toEqual(['data', 'data_1', 'data_2', 'data_3', 'data_4', 'data_5']);
			expect(items[0]?.json.urls).toEqual(task!.urls);
			for (const [index, file] of Object.values(items[0]?.binary ?? {}).entries()) {
				expect(file).toMatchObject({ fileName: fileName(task!, index), mimeType: 'image/png', fileExtension: 'png' });
				expect((await readBinary(file)).equals(mediaFile(pathOf(task!.urls[index]!))!.bytes)).toBe(true);
			}
		});

		it('stores them in fields of another name if set', async () => {
			const { items } = await runNode(kie, {
				parameters: { ...grok, downloadFiles: true, options: { binaryProperty: 'fox' } },
			});
			expect(Object.keys(items[0]?.binary ?? {})).toEqual(['fox', 'fox_1', 'fox_2', 'fox_3', 'fox_4', 'fox_5']);
		});

		it.each([
			['application/octet-stream', 'png', 'image/png'],
			[null, 'png', 'image/png'],
			['image/jpeg', 'jpg', 'image/jpeg'],
			['image/png; charset=binary', 'png', 'image/png'],
		])('names a file correctly if the host sends the type %p', async (value, extension, mimeType) => {
			kie.inject({ on: 'download', kind: 'content-type', value });
			const { items } = await runNode(kie, { parameters: { ...zImage, downloadFiles: true } });
			const name = `z-image-${tasks()[0]?.id.slice(0, 8)}.${extension}`;
			expect(items[0]?.binary?.data).toMatchObject({ fileName: name, mimeType });
		});

		it('distinguishes a JPEG from a PNG', async () => {
			const { items } = await runNode(kie, {
				parameters: {
					operation: 'generate',
					model: 'nano-banana-2',
					prompt: 'A fox',
					additionalFields: { output_format: 'jpg' },
					downloadFiles: true,
				},
			});
			expect(items[0]?.binary?.data).toMatchObject({
				fileName: `nano-banana-2-${tasks()[0]?.id.slice(0, 8)}.jpg`,
				mimeType: 'image/jpeg',
			});
		});
	});

	describe('as a tool of an AI agent', () => {
		class Tool extends KieImage {
			override async execute(this: IExecuteFunctions) {
				this.isToolExecution = () => true;
				return await KieImage.prototype.execute.call(this);
			}
		}

		it('returns compact JSON with URLs, regardless of the options', async () => {
			const { items } = await runNode(kie, {
				node: new Tool(),
				parameters: { ...grok, downloadFiles: true, options: { simplify: false, itemPerFile: true } },
			});
			expect(items).toHaveLength(1);
			expect(items[0]?.binary).toBeUndefined();
			expect(items[0]?.json).toMatchObject({ state: 'success', urls: tasks()[0]?.urls });
			expect(JSON.stringify(items[0]?.json).length).toBeLessThan(1500);
		});
	});

	describe('with Continue On Fail', () => {
		const failing = async (onError: 'continueRegularOutput' | 'continueErrorOutput') => {
			kie.inject({ on: 'create', kind: 'fail', failCode: '400', failMsg: 'Flagged', model: 'tomorrow/no-page' });
			return await runNode(kie, {
				items: itemsNamed(['tomorrow/image-1', 'tomorrow/no-page', 'tomorrow/image-1']),
				parameters: {
					...modelOfItem,
					inputJson: '={{ $json.model === "tomorrow/no-page" ? { prompt: "A" } : { prompt: "A", quality: "draft" } }}',
				},
				settings: { onError },
			});
		};

		it('returns the error in place of its item, paired, with the task', async () => {
			const result = await failing('continueRegularOutput');
			expect(result.error).toBeUndefined();
			expect(result.items.map(({ json }) => json.state)).toEqual(['success', undefined, 'success']);
			expect(pairingsOf(result.items)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
			const failedTask = tasks().find(({ model }) => model === 'tomorrow/no-page');
			expect(failureOf(result, 1)).toMatchObject({
				error: expect.stringContaining('Flagged [item 1]'),
				taskId: failedTask!.id,
			});
		});

		it('sends the error to the error output, paired, with the task and the JSON of its item', async () => {
			const { items, errorItems } = await failing('continueErrorOutput');
			expect(pairingsOf(items)).toEqual([{ item: 0 }, { item: 2 }]);
			expect(pairingsOf(errorItems)).toEqual([{ item: 1 }]);
			const failedTask = tasks().find(({ model }) => model === 'tomorrow/no-page');
			expect(errorItems[0]?.json.model).toBe('tomorrow/no-page');
			expect(failureOf({ items: errorItems }, 0)).toMatchObject({
				error: expect.stringContaining('Flagged'),
				taskId: failedTask!.id,
			});
		});
	});

	describe('supports the APIs with paths of their own:', () => {
		it('4o Image', async () => {
			const { items, error } = await runNode(kie, {
				parameters: {
					operation: 'generate',
					model: 'gpt4o-image',
					prompt: 'A fox',
					aspect_ratio: '3:2',
					additionalFields: { nVariants: 2 },
					downloadFiles: true,
				},
			});
			expect(error).toBeUndefined();
			expect(kie.creates()[0]).toMatchObject({
				path: '/api/v1/gpt4o-image/generate',
				body: { prompt: 'A fox', size: '3:2', nVariants: 2 },
			});
			expect(items[0]?.json).toMatchObject({
				api: 'gpt4o-image',
				model: 'gpt4o-image',
				state: 'success',
				urls: tasks()[0]?.urls,
			});
			expect(Object.keys(items[0]?.binary ?? {})).toEqual(['data', 'data_1']);
		});

		it.each(['pro', 'max'])('Flux Kontext %s', async (tier) => {
			const { items, error } = await runNode(kie, {
				parameters: {
					operation: 'generate',
					model: `flux-kontext-${tier}`,
					prompt: 'A fox',
					aspect_ratio: '1:1',
				},
			});
			expect(error).toBeUndefined();
			expect(kie.creates()[0]).toMatchObject({
				path: '/api/v1/flux/kontext/generate',
				body: { prompt: 'A fox', aspectRatio: '1:1', model: `flux-kontext-${tier}` },
			});
			expect(items[0]?.json).toMatchObject({
				api: 'flux-kontext',
				model: `flux-kontext-${tier}`,
				urls: [tasks()[0]?.urls[1]],
			});
			expect(Date.parse(String(items[0]?.json.completedAt))).not.toBeNaN();
		});

		it('Midjourney, and upscaling and varying one of its images', async () => {
			const original = await runNode(kie, {
				parameters: { operation: 'generate', model: 'midjourney-text-to-image', prompt: 'A fox' },
			});
			expect(original.error).toBeUndefined();
			const { taskId } = original.items[0]!.json;
			expect(original.items[0]?.json).toMatchObject({ api: 'midjourney', urls: tasks()[0]?.urls });
			expect(kie.creates()[0]?.body).toEqual({ prompt: 'A fox', taskType: 'mj_txt2img' });
			for (const [operation, model, path, count] of [
				['upscale', 'midjourney-upscale', '/api/v1/mj/generateUpscale', 1],
				['edit', 'midjourney-vary', '/api/v1/mj/generateVary', 4],
			]) {
				const { items, error } = await runNode(kie, {
					parameters: { operation: String(operation), model: String(model), taskId: String(taskId), imageIndex: 2 },
				});
				expect(error).toBeUndefined();
				expect(kie.creates().at(-1)).toMatchObject({ path, body: { taskId, imageIndex: 2 } });
				expect(items[0]?.json.urls).toHaveLength(Number(count));
			}
		});

		it.each([
			['4o-image-api', { aspect_ratio: '1:1' }],
			['flux1-kontext', {}],
		])('%s also by createTask', async (model, fields) => {
			const { items, error } = await runNode(kie, {
				parameters: { operation: 'generate', model, prompt: 'A fox', ...fields },
			});
			expect(error).toBeUndefined();
			expect(kie.creates()[0]).toMatchObject({ path: '/api/v1/jobs/createTask', body: { model } });
			expect(items[0]?.json).toMatchObject({ api: 'market', state: 'success' });
		});
	});

	describe('with Custom Model', () => {
		const custom = (id: string, input: string): INodeParameters => ({
			...modelOfItem,
			customModelId: { __rl: true, mode: 'id', value: id },
			inputJson: input,
		});

		it('accepts a model that the catalogue does not have, with its input unchanged', async () => {
			const input = { prompt: 'A fox', quality: 'final', steps: 7, strength: 0.5, transparent: true };
			const { items, error } = await runNode(kie, { parameters: custom(' tomorrow/image-1 ', JSON.stringify(input)) });
			expect(error).toBeUndefined();
			expect(kie.creates()[0]?.body).toEqual({ model: 'tomorrow/image-1', input });
			expect(items[0]?.json).toMatchObject({ model: 'tomorrow/image-1', state: 'success' });
		});

		it('sends the fields of the live form', async () => {
			const { error } = await runNode(kie, {
				parameters: {
					...custom('tomorrow/image-1', ''),
					specifyInput: 'fields',
					customInput: {
						mappingMode: 'defineBelow',
						value: { prompt: 'A fox', quality: 'draft', steps: 7, transparent: false, strength: null, image_urls: [] },
					},
				},
			});
			expect(error).toBeUndefined();
			expect(kie.creates()[0]?.body).toEqual({
				model: 'tomorrow/image-1',
				input: { prompt: 'A fox', quality: 'draft', steps: 7, transparent: false },
			});
		});

		it('uploads binary fields for fields named like file fields', async () => {
			const { error } = await runNode(kie, {
				items: [{ files: { data: { data: Buffer.from('x'), name: 'a.png', type: 'image/png' } } }],
				parameters: custom(
					'tomorrow/image-1',
					'{ "prompt": "data", "quality": "draft", "image_urls": ["data", "https://example.com/b.png"] }',
				),
			});
			expect(error).toBeUndefined();
			expect(kie.creates()[0]?.body).toMatchObject({
				input: { prompt: 'data', image_urls: [kie.uploads[0]?.downloadUrl, 'https://example.com/b.png'] },
			});
		});

		it('validates a model of the catalogue as usual', async () => {
			const { error } = await runNode(kie, {
				parameters: custom('z-image', '{ "prompt": "A fox", "aspect_ratio": "7:5" }'),
			});
			expect(error?.message).toMatch(/'Aspect Ratio' must be one of .* \(got "7:5"\) \[item 0\]/);
			expect(kie.creates()).toHaveLength(0);
		});

		it('reports a missing model ID', async () => {
			const { error } = await runNode(kie, { items: [{ json: { model: ' ' } }], parameters: modelOfItem });
			expect(error?.message).toBe("'Model' is required [item 0]");
			expect(kie.requests).toHaveLength(0);
		});
	});
});
