import type { INodeParameters } from 'n8n-workflow';

import { imageModels } from '../../nodes/shared/catalogue/image';
import type { Model, Schema } from '../../nodes/shared/catalogue/types';
import { KieImage } from '../../nodes/KieImage/KieImage.node';
import type { ServedModel, Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { failureOf, runNode } from './engine';
import { formContext } from './formContext';
import { zImage } from './market';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** Values outside documented limits, which the live schema of a model may accept now, and its other uses in the form. */

const MINUTE = 60_000;
/** Schemas are remembered for each account. */
const apiKeys = Array.from({ length: 40 }, (_, index) => `limits-test-${index}`);
const unusedKeys = [...apiKeys];

function modelOf(id: string): Model {
	const model = imageModels.find((candidate) => candidate.id === id);
	if (!model) throw new Error(`No model ${id}`);
	return model;
}

/** A model as Kie serves it now, with limits of some fields that differ from the catalogue. */
function modelWithLimits(id: string, limits: Record<string, Schema>): ServedModel {
	const model = modelOf(id);
	const properties = { ...model.input.properties };
	for (const [name, limit] of Object.entries(limits)) properties[name] = { ...properties[name], ...limit };
	return { output: 'image', model: { ...model, input: { ...model.input, properties } } };
}

const ratios = [...(modelOf('z-image').input.properties.aspect_ratio?.enum ?? []), '21:9'];
const LIFTED = modelWithLimits('z-image', { aspect_ratio: { enum: ratios }, prompt: { maxLength: 2000 } });
const LONG = 'x'.repeat(1500);

let kie: Simulator;
const start = async (...models: ServedModel[]) =>
	(kie = await startSimulator({ taskSeconds: 0.1, rate: false, readRates: false, apiKeys, models }));
beforeEach(async () => await start(LIFTED));
afterEach(async () => {
	jest.restoreAllMocks();
	await kie.close();
});

let apiKey = '';
beforeEach(() => (apiKey = unusedKeys.shift() ?? ''));

const run = async (parameters: INodeParameters, options: Partial<Parameters<typeof runNode>[1]> = {}) =>
	await runNode(kie, { credentials: { apiKey }, parameters: { ...zImage, ...parameters }, ...options });
const hintsOf = ({ run: { data } }: Awaited<ReturnType<typeof runNode>>) =>
	data.resultData.runData.Kie?.at(-1)?.hints?.map(({ message }) => message) ?? [];
const schemaReads = () => kie.requests.filter(({ path }) => path.endsWith('/schema'));
const answeredReads = () => schemaReads().filter(({ rejection }) => rejection === undefined);
const inputs = () => [...kie.tasks.values()].map(({ input }) => input);

const RATIO_HINT = expect.stringMatching(
	/^Kie\.ai's live schema of Z-Image accepts a value outside this documented limit: 'Aspect Ratio' must be one of .* \(got "21:9"\)$/,
);
const PROMPT_HINT = expect.stringMatching(/: 'Prompt' must be at most 1000 characters \(got 1500\)$/);

it('a choice of the live schema is sent, with a hint', async () => {
	const result = await run({ aspect_ratio: '21:9' });
	expect(result.error).toBeUndefined();
	expect(inputs()).toEqual([{ prompt: 'A red fox', aspect_ratio: '21:9' }]);
	expect(hintsOf(result)).toEqual(expect.arrayContaining([RATIO_HINT]));
	expect(schemaReads().map(({ path }) => path)).toEqual(['/api/v1/models/z-image/schema']);
});

it('a text within the maximum length of the live schema is sent', async () => {
	const result = await run({ prompt: LONG });
	expect(inputs()).toEqual([{ prompt: LONG, aspect_ratio: '16:9' }]);
	expect(hintsOf(result)).toEqual(expect.arrayContaining([PROMPT_HINT]));
});

it('more files are sent if the live schema allows them', async () => {
	await kie.close();
	await start(modelWithLimits('google/nano-banana-edit', { image_urls: { maxItems: 12 } }));
	const image_urls = Array.from({ length: 11 }, (_, index) => `https://example.com/${index}.png`);
	const parameters = {
		operation: 'edit',
		model: 'google/nano-banana-edit',
		image_urls: `={{ ${JSON.stringify(image_urls)} }}`,
	};
	expect((await run(parameters)).error).toBeUndefined();
	expect(inputs()).toEqual([expect.objectContaining({ image_urls })]);
	expect(
		(await run({ ...parameters, image_urls: `={{ Array(13).fill("${image_urls[0]}") }}` })).error?.message,
	).toMatch(/must have at most 10 entries \(got 13\)/);
});

it('no schema is requested for an input within the documented limits, nor for one that is not checked', async () => {
	const result = await run({});
	await run({ aspect_ratio: '21:9', options: { pollInterval: 1, checkInput: false } });
	expect(inputs()).toHaveLength(2);
	expect(hintsOf(result)).toEqual([expect.stringMatching(/^1 task/)]);
	expect(schemaReads()).toEqual([]);
});

describe('is rejected before anything is created:', () => {
	const rejection = /^'Aspect Ratio' must be one of 1:1, .*(?<!21:9) \(got "7:5"\) \[item 0\]$/;
	afterEach(() => expect([kie.creates(), kie.uploads]).toEqual([[], []]));

	it('a value that the live schema rejects, too', async () => {
		const { error } = await run({ aspect_ratio: '7:5' });
		expect(error?.message).toMatch(rejection);
		expect(error?.description).toMatch(/If Z-Image now accepts this, turn off 'Check Input' in the options\./);
	});

	it('a value that it rejects beside one that it accepts', async () => {
		const { error } = await run({ aspect_ratio: '7:5', prompt: LONG });
		expect(error?.message).toMatch(rejection);
		expect(error?.description).not.toMatch(/Prompt/);
	});

	it('a missing field beside a value that it accepts', async () => {
		expect((await run({ aspect_ratio: '21:9', prompt: '={{ "" }}' })).error?.message).toBe(
			"'Prompt' is required [item 0]",
		);
	});

	it('a value beyond a limit that the live schema does not have', async () => {
		await kie.close();
		await start(modelWithLimits('z-image', { prompt: { maxLength: undefined } }));
		expect((await run({ prompt: LONG })).error?.message).toMatch(/^'Prompt' must be at most 1000 characters/);
		expect(answeredReads()).toHaveLength(1);
	});

	it('a value of a model without a live schema', async () => {
		await kie.close();
		await start({ ...LIFTED, withoutPage: true });
		expect((await run({ aspect_ratio: '21:9' })).error?.message).toMatch(/^'Aspect Ratio' must be one of/);
		expect(answeredReads()).toHaveLength(1);
	});

	it('a value of a model with an API of its own, without a request', async () => {
		const inputJson = JSON.stringify({ prompt: 'A fox', aspectRatio: '7:5' });
		const { error } = await run({ operation: 'generate', model: 'flux-kontext-pro', specifyInput: 'json', inputJson });
		expect(error?.message).toMatch(/^'Aspect Ratio' must be one of/);
		expect(kie.requests).toEqual([]);
	});

	it.each([
		{ name: 'the rate limit is reached', fault: { kind: 'status', status: 429 } as const },
		{ name: 'Kie is down', fault: { kind: 'html', status: 502 } as const },
		{ name: 'the response has no data', fault: { kind: 'data-null' } as const },
		{ name: 'the key is rejected', fault: { kind: 'code', code: 401 } as const },
	])('a value without a live schema, because $name', async ({ fault }) => {
		kie.inject({ on: 'models', times: 'always', ...fault });
		expect((await run({ aspect_ratio: '21:9' })).error?.message).toMatch(/^'Aspect Ratio' must be one of/);
	});

	it('a value whose live schema does not arrive in ten seconds', async () => {
		const originalTimeout = AbortSignal.timeout.bind(AbortSignal);
		const limits: number[] = [];
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => originalTimeout(limits.push(ms) && 200));
		kie.inject({ on: 'models', kind: 'slow', ms: 2_000 });
		const { error, seconds } = await run({ aspect_ratio: '21:9' });
		expect(error?.message).toMatch(/^'Aspect Ratio' must be one of/);
		expect(seconds).toBeLessThan(1.8);
		expect(limits).toEqual([10_000]);
	});
});

it('one request serves all items, and each field of a model has one hint', async () => {
	const items = Array.from({ length: 20 }, (_, index) => ({ json: { ratio: index < 19 ? '21:9' : '7:5' } }));
	const settings = { onError: 'continueRegularOutput' } as const;
	const result = await run({ aspect_ratio: '={{ $json.ratio }}', prompt: LONG }, { items, settings });
	expect(kie.tasks.size).toBe(19);
	expect(failureOf(result, 19).error).toMatch(/\(got "7:5"\)/);
	expect(hintsOf(result).filter((hint) => hint.startsWith("Kie.ai's live schema"))).toEqual([PROMPT_HINT, RATIO_HINT]);
	expect(schemaReads()).toHaveLength(1);
});

it('a schema is remembered for an hour, a failed request is not', async () => {
	kie.inject({ on: 'models', kind: 'code', code: 401 });
	expect((await run({ aspect_ratio: '21:9' })).error).toBeDefined();
	const now = Date.now;
	const reads = schemaReads().length;
	expect((await run({ aspect_ratio: '21:9' })).error).toBeUndefined();
	const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + 59 * MINUTE);
	await validate({ aspect_ratio: '21:9' });
	expect(schemaReads()).toHaveLength(reads + 1);
	clock.mockImplementation(() => now() + 61 * MINUTE);
	await validate({ aspect_ratio: '21:9' });
	expect(schemaReads()).toHaveLength(reads + 2);
});

const validate = async (parameters: INodeParameters) => await run({ ...parameters, executionMode: 'validateOnly' });

it('Validate Only shows the same', async () => {
	const accepted = await validate({ aspect_ratio: '21:9' });
	expect(accepted.items[0]?.json).toMatchObject({ valid: true, problems: [] });
	expect(hintsOf(accepted)).toEqual([RATIO_HINT]);
	const rejected = await validate({ aspect_ratio: '7:5' });
	expect(rejected.items[0]?.json).toMatchObject({ valid: false, problems: [{ field: 'aspect_ratio' }] });
	expect(hintsOf(rejected)).toEqual([]);
	expect([schemaReads().length, kie.creates()]).toEqual([1, []]);
});

it('the form of a custom model has the defaults of its live schema', async () => {
	await kie.close();
	await start({
		output: 'image',
		model: {
			...modelOf('z-image'),
			id: 'tomorrow/image-2',
			input: {
				required: ['prompt', 'quality'],
				properties: {
					prompt: { type: 'string' },
					quality: { type: 'string', enum: ['draft', 'final'], default: 'draft' },
					size: { type: 'string', enum: ['small'], default: 'huge' },
					steps: { type: 'integer', default: 20 },
					strength: { type: 'number', default: 'a half' },
					transparent: { type: 'boolean', default: true },
					image_urls: { type: 'array', items: { type: 'string' }, default: [] },
				},
			},
		},
	});
	const customModelId = { __rl: true, mode: 'id', value: 'tomorrow/image-2' };
	const context = formContext(kie, new KieImage(), { operation: 'customModel', customModelId }, { apiKey });
	const { fields } = await new KieImage().methods.resourceMapping.getModelFields.call(context);
	expect(Object.fromEntries(fields.map(({ id, defaultValue }) => [id, defaultValue]))).toEqual({
		prompt: undefined,
		quality: 'draft',
		size: undefined,
		steps: 20,
		strength: undefined,
		transparent: true,
		image_urls: undefined,
	});
});
