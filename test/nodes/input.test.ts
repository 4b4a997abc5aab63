import type { INodeParameters } from 'n8n-workflow';

import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { failureOf, runNode } from './engine';
import { zImage } from './market';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** What a form sends, and what is reported before anything is sent. */

const image = { data: { data: Buffer.from('x'), name: 'a.png', type: 'image/png' } };
const json = (operation: string, model: string, input: object): INodeParameters => ({
	operation,
	model,
	specifyInput: 'json',
	inputJson: JSON.stringify(input),
});
const A = 'https://example.com/a.png';

describe('the input', () => {
	let kie: Simulator;
	beforeEach(async () => {
		kie = await startSimulator({ taskSeconds: 0.1, readRates: false });
	});
	afterEach(async () => await kie.close());

	const requestBodies = () => kie.creates().map(({ body }) => body);
	/** The requests except those for the schema of a model, which are free. */
	const requests = () => kie.requests.filter(({ path }) => !path.endsWith('/schema'));

	describe('that is sent', () => {
		it('is only what is set', async () => {
			const { error } = await runNode(kie, {
				parameters: { ...zImage, additionalFields: {} },
			});
			expect(error).toBeUndefined();
			expect(requestBodies()).toEqual([{ model: 'z-image', input: { prompt: 'A red fox', aspect_ratio: '16:9' } }]);
		});

		it('omits what an expression leaves empty', async () => {
			await runNode(kie, {
				parameters: {
					operation: 'generate',
					model: 'nano-banana-2',
					prompt: 'A fox',
					image_urls: '={{ [] }}',
					aspect_ratio: '={{ undefined }}',
					resolution: '={{ null }}',
					additionalFields: { output_format: '={{ "" }}' },
				},
			});
			expect(requestBodies()).toEqual([{ model: 'nano-banana-2', input: { prompt: 'A fox' } }]);
		});

		it('contains false and zero', async () => {
			await runNode(kie, {
				parameters: {
					operation: 'generate',
					model: 'qwen/text-to-image',
					prompt: 'A fox',
					additionalFields: { enable_safety_checker: false, seed: 0, guidance_scale: 0 },
				},
			});
			expect(requestBodies()).toMatchObject([{ input: { enable_safety_checker: false, seed: 0, guidance_scale: 0 } }]);
		});

		it('has the types of the schema, whatever an expression returns', async () => {
			const { error } = await runNode(kie, {
				items: [{ json: { seed: '42', factor: 2, checker: 'true', steps: '30' } }],
				parameters: {
					operation: 'generate',
					model: 'qwen/text-to-image',
					prompt: '={{ 12345 }}',
					additionalFields: {
						seed: '={{ $json.seed }}',
						enable_safety_checker: '={{ $json.checker }}',
						num_inference_steps: '={{ $json.steps }}',
					},
				},
			});
			expect(error).toBeUndefined();
			expect(requestBodies()).toEqual([
				{
					model: 'qwen/text-to-image',
					input: { prompt: '12345', seed: 42, enable_safety_checker: true, num_inference_steps: 30 },
				},
			]);
		});

		it('contains a number as text if the schema says text', async () => {
			const { error } = await runNode(kie, {
				parameters: { operation: 'upscale', model: 'topaz/image-upscale', image_urls: A, upscale_factor: '={{ 4 }}' },
			});
			expect(error).toBeUndefined();
			expect(requestBodies()).toEqual([{ model: 'topaz/image-upscale', input: { image_url: A, upscale_factor: '4' } }]);
		});

		it('contains lists of numbers as lists of numbers', async () => {
			const { items } = await runNode(kie, {
				parameters: {
					...zImage,
					operation: 'segment',
					model: 'grok-imagine-image-2-0/segment-map',
					image_urls: A,
				},
			});
			const { error } = await runNode(kie, {
				parameters: {
					operation: 'edit',
					model: 'grok-imagine-image-2-0/segment-edit',
					prompt: 'Make it red',
					task_id: String(items[0]?.json.taskId),
					additionalFields: { mask_indexs: '={{ ["1", 3] }}' },
				},
			});
			expect(error).toBeUndefined();
			expect(requestBodies()[1]).toMatchObject({ input: { mask_indexs: [1, 3] } });
		});

		it('contains images for one operation of a model and none for the other', async () => {
			await runNode(kie, { parameters: { operation: 'generate', model: 'nano-banana-2', prompt: 'A fox' } });
			await runNode(kie, {
				parameters: { operation: 'edit', model: 'nano-banana-2', prompt: 'A hat', image_urls: A },
			});
			expect(requestBodies()).toEqual([
				{ model: 'nano-banana-2', input: { prompt: 'A fox' } },
				{ model: 'nano-banana-2', input: { prompt: 'A hat', image_input: [A] } },
			]);
		});

		it('contains the callback URL only if it is set', async () => {
			await runNode(kie, {
				parameters: { ...zImage, executionMode: 'createOnly', options: { callBackUrl: 'https://example.com/cb' } },
			});
			await runNode(kie, { parameters: { ...zImage, executionMode: 'createOnly' } });
			expect(requestBodies()[0]).toHaveProperty('callBackUrl', 'https://example.com/cb');
			expect(requestBodies()[1]).not.toHaveProperty('callBackUrl');
		});

		it('may contain fields that the catalogue does not have, if given as JSON', async () => {
			await kie.close();
			kie = await startSimulator({ taskSeconds: 0.1, readRates: false, strict: false });
			const input = { prompt: 'A fox', aspect_ratio: '1:1', tomorrow: { deep: [1] } };
			const { error } = await runNode(kie, { parameters: json('generate', 'z-image', input) });
			expect(error).toBeUndefined();
			expect(requestBodies()).toEqual([{ model: 'z-image', input }]);
		});

		it('may be JSON from an expression', async () => {
			const input = { prompt: 'A fox', aspect_ratio: '1:1' };
			await runNode(kie, {
				items: [{ json: { input } }],
				parameters: { operation: 'generate', model: 'z-image', specifyInput: 'json', inputJson: '={{ $json.input }}' },
			});
			expect(requestBodies()).toEqual([{ model: 'z-image', input }]);
		});
	});

	describe('that is invalid is reported before anything is sent:', () => {
		const cases: Array<[string, INodeParameters, RegExp]> = [
			['an empty required field', { ...zImage, prompt: '={{ "" }}' }, /^'Prompt' is required \[item 0\]$/],
			[
				'an empty required choice',
				{ ...zImage, aspect_ratio: '={{ undefined }}' },
				/^'Aspect Ratio' is required \[item 0\]$/,
			],
			[
				'an empty required file',
				{ operation: 'upscale', model: 'recraft/crisp-upscale', image_urls: '={{ "" }}' },
				/^'Image' is required \[item 0\]$/,
			],
			[
				'a text too long',
				{ ...zImage, prompt: 'x'.repeat(1001) },
				/^'Prompt' must be at most 1000 characters \(got 1001\) \[item 0\]$/,
			],
			[
				'a choice that is none',
				json('generate', 'z-image', { prompt: 'x', aspect_ratio: '7:5' }),
				/^'Aspect Ratio' must be one of 1:1, .* \(got "7:5"\) \[item 0\]$/,
			],
			[
				'a number too large',
				json('generate', 'qwen/text-to-image', { prompt: 'x', guidance_scale: 21 }),
				/^'Guidance Scale' must be at most 20 \(got 21\) \[item 0\]$/,
			],
			[
				'a number too small',
				json('generate', 'qwen/text-to-image', { prompt: 'x', num_inference_steps: 1 }),
				/^'.*Steps' must be at least 2 \(got 1\) \[item 0\]$/,
			],
			[
				'text for a number',
				json('generate', 'qwen/text-to-image', { prompt: 'x', seed: 'many' }),
				/^'Seed' must be a whole number \(got "many"\) \[item 0\]$/,
			],
			[
				'a broken number',
				json('generate', 'qwen/text-to-image', { prompt: 'x', seed: 1.5 }),
				/^'Seed' must be a whole number \(got 1\.5\) \[item 0\]$/,
			],
			[
				'text for true or false',
				json('generate', 'z-image', { prompt: 'x', aspect_ratio: '1:1', nsfw_checker: 'yes' }),
				/must be true or false \(got "yes"\) \[item 0\]$/,
			],
			[
				'too many files',
				json('edit', 'google/nano-banana-edit', { prompt: 'x', image_urls: Array(11).fill(A) }),
				/must have at most 10 entries \(got 11\) \[item 0\]$/,
			],
			[
				'too few files',
				json('edit', 'grok-imagine-image-2-0/image-edit', { image_urls: [], aspect_ratio: '1:1' }),
				/'Images' must have at least 1 entry \(got 0\) \[item 0\]$/,
			],
			[
				'several files where one goes',
				{ operation: 'upscale', model: 'recraft/crisp-upscale', image_urls: `={{ ["${A}", "${A}"] }}` },
				/^'Image' must be a single file \(got 2\) \[item 0\]$/,
			],
			[
				'a file that is neither URL nor binary field',
				{ operation: 'upscale', model: 'recraft/crisp-upscale', image_urls: 'photo' },
				/^'Image' must be a URL or the name of a binary field \(got photo, available: data\) \[item 0\]$/,
			],
			[
				'fields that do not go together',
				json('segment', 'grok-imagine-image-2-0/segment-map', { image_url: A, task_id: 'x' }),
				/^Either 'Task ID' or 'Image' is required, not both \[item 0\]$/,
			],
			[
				'a limit that depends on another field',
				json('edit', 'flux1-kontext', { prompt: 'x', input_image: A, safety_tolerance: 5 }),
				/^'Safety Tolerance' must be at most 2 with an input image \[item 0\]$/,
			],
			[
				'none of two fields of which one is needed',
				json('segment', 'grok-imagine-image-2-0/segment-map', {}),
				/^Either 'Task ID' or 'Image' is required, not both \[item 0\]$/,
			],
			[
				'JSON that is a list',
				{ operation: 'generate', model: 'z-image', specifyInput: 'json', inputJson: '[1]' },
				/^'Input \(JSON\)' must be a JSON object \[item 0\]$/,
			],
			[
				'JSON that is text',
				{ operation: 'generate', model: 'z-image', specifyInput: 'json', inputJson: '"a fox"' },
				/^'Input \(JSON\)' must be a JSON object \[item 0\]$/,
			],
			[
				'JSON that is cut',
				{ operation: 'generate', model: 'z-image', specifyInput: 'json', inputJson: '={{ "{\\"prompt\\": " }}' },
				/^'Input \(JSON\)' must be a JSON object \[item 0\]$/,
			],
			[
				'JSON that is nothing',
				{ operation: 'generate', model: 'z-image', specifyInput: 'json', inputJson: '={{ null }}' },
				/^'Input \(JSON\)' must be a JSON object \[item 0\]$/,
			],
			[
				'a model of another operation',
				json('upscale', 'z-image', { prompt: 'x' }),
				/^The operation does not support the model 'z-image'\. Similar models: .+ \[item 0\]$/,
			],
		];

		it.each(cases)('%s', async (_name, parameters, message) => {
			const { error, items } = await runNode(kie, { items: [{ files: image }], parameters });
			expect(error?.message).toMatch(message);
			expect(error?.name).toBe('NodeOperationError');
			expect(items).toEqual([]);
			expect(requests()).toEqual([]);
		});

		it('with several issues', async () => {
			const { error } = await runNode(kie, {
				parameters: json('generate', 'qwen/text-to-image', { guidance_scale: 21, seed: 'x' }),
			});
			const messages = `${error?.message} ${error?.description}`;
			for (const name of ['Prompt', 'Guidance Scale', 'Seed']) expect(messages).toContain(`'${name}'`);
			expect(error?.description).toMatch(/Nothing was sent to Kie\.ai/);
			expect(error?.description).toMatch(/'Check Input'/);
		});
	});

	describe('of a batch with one invalid item', () => {
		const items = [{ json: { ratio: '1:1' } }, { json: { ratio: '1:1' } }, { json: { ratio: '7:5' } }];
		const parameters = { ...zImage, aspect_ratio: '={{ $json.ratio }}' };

		it('is not sent for any item, and the error names the item', async () => {
			const { error } = await runNode(kie, { items, parameters });
			expect(error?.message).toMatch(/'Aspect Ratio' must be one of .* \[item 2\]$/);
			expect(requests()).toEqual([]);
		});

		it('is not uploaded', async () => {
			const { error } = await runNode(kie, {
				items: [{ files: image }, { files: { other: image.data } }],
				parameters: { operation: 'upscale', model: 'recraft/crisp-upscale', image_urls: 'data' },
			});
			expect(error?.message).toMatch(/\(got data, available: other\) \[item 1\]/);
			expect(kie.requests).toEqual([]);
		});

		it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
			'is sent for the valid items with %s',
			async (onError) => {
				const result = await runNode(kie, { items, parameters, settings: { onError } });
				expect(result.error).toBeUndefined();
				expect(kie.creates()).toHaveLength(2);
				const succeeded = result.items.filter(({ json: { state } }) => state === 'success');
				expect(succeeded.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
				const [failed] = onError === 'continueErrorOutput' ? result.errorItems : result.items.slice(2);
				expect(failed?.pairedItem).toEqual({ item: 2 });
				expect(failureOf({ items: [failed!] }, 0)).toMatchObject({
					error: expect.stringMatching(/'Aspect Ratio'.*\[item 2\]/),
					description: expect.stringContaining('Nothing was sent'),
				});
			},
		);
	});

	describe('with Check Input off', () => {
		it('is sent unchanged', async () => {
			const { error } = await runNode(kie, {
				parameters: {
					...json('generate', 'z-image', { prompt: 'x'.repeat(1001), aspect_ratio: '7:5' }),
					options: { checkInput: false },
				},
			});
			expect(requestBodies()).toEqual([{ model: 'z-image', input: { prompt: 'x'.repeat(1001), aspect_ratio: '7:5' } }]);
			expect(error?.message).toMatch(/^Kie\.ai rejected the input: .* \[item 0\]$/);
		});

		it('must still be an object', async () => {
			const { error } = await runNode(kie, {
				parameters: {
					operation: 'generate',
					model: 'z-image',
					specifyInput: 'json',
					inputJson: '[]',
					options: { checkInput: false },
				},
			});
			expect(error?.message).toMatch(/must be a JSON object/);
			expect(kie.requests).toEqual([]);
		});
	});
});
