import { cloneDeep } from 'lodash';

import type { Model, Schema } from '../../nodes/shared/catalogue/types';
import { type ServedModel, servedModels, type Simulator, type SimulatorOptions, startSimulator } from '../simulator';
import { compareWithKie, type Finding, main, report } from '../tools/catalogue-check';
import { type MediaNode, mediaNodes } from '../tools/media-nodes';

/** The check against a simulator that serves the models of the catalogue, and one where something has changed. */

const catalogued = new Set(mediaNodes.flatMap(({ definition }) => definition.models.map(({ id }) => id)));
// One by one, because models share definitions.
const catalogueModels = (): ServedModel[] =>
	servedModels.filter(({ model }) => catalogued.has(model.id)).map((served) => cloneDeep(served));

let kie: Simulator | undefined;
afterEach(async () => await kie?.close());

async function start(options: SimulatorOptions): Promise<Simulator> {
	kie = await startSimulator({ readRates: false, ...options });
	return kie;
}

const drifts = (findings: Finding[]): string[] =>
	findings.filter(({ kind }) => kind === 'drift').map(({ model, text }) => `${model}: ${text}`);
const notes = (findings: Finding[]): string[] =>
	findings.filter(({ kind }) => kind === 'note').map(({ model, text }) => `${model}: ${text}`);

async function findingsFor(models: ServedModel[], nodes?: MediaNode[]): Promise<Finding[]> {
	const { url, apiKey } = await start({ models });
	return await compareWithKie({ url, apiKey, everyMs: 0 }, nodes);
}

/** The nodes with a catalogue of this model only. */
const nodesWithOnly = (id: string): MediaNode[] =>
	mediaNodes.map((node) => ({
		...node,
		definition: { ...node.definition, models: node.definition.models.filter((model) => model.id === id) },
	}));

/** The findings if one model at Kie is changed. */
async function findingsWith(id: string, change: (model: Model, served: ServedModel) => void): Promise<Finding[]> {
	const [served] = catalogueModels().filter(({ model }) => model.id === id);
	if (!served) throw new Error(`The simulator does not serve ${id}`);
	// Kie's list is never empty.
	const chatModels = servedModels.filter(({ model }) => model.id === 'gpt-5-5');
	change(served.model, served);
	return await findingsFor([served, ...chatModels], nodesWithOnly(id));
}

function field({ input }: Model, name: string): Schema {
	const schema = input.properties[name];
	if (!schema) throw new Error(`There is no field ${name}`);
	return schema;
}

it('finds nothing if Kie serves the models of the catalogue', async () => {
	const findings = await findingsFor(catalogueModels());
	expect(findings).toEqual([]);
	expect(report(findings)).toBe('The catalogue is as Kie.ai serves it.');
});

it('names models that are new at Kie', async () => {
	expect(drifts(await findingsFor(servedModels))).toContain(
		'tomorrow/image-1: new at Kie for Kie Image: Tomorrow - Image 1',
	);
});

it('names models that Kie no longer has', async () => {
	const without = catalogueModels().filter(({ model }) => model.id !== 'z-image');
	expect(drifts(await findingsFor(without))).toEqual(['z-image: gone at Kie']);
});

it('names models that Kie serves but no longer lists', async () => {
	const findings = await findingsWith('z-image', (model) => (model.status = 'Retired'));
	expect(drifts(findings)).toEqual(['z-image: no longer listed by Kie']);
});

const changes: Array<[string, (model: Model) => void, string[]]> = [
	['a new field', ({ input }) => (input.properties.steps = { type: 'integer' }), ['z-image: steps: field added']],
	[
		'a removed field',
		({ input }) => {
			delete input.properties.nsfw_checker;
		},
		['z-image: nsfw_checker: field removed'],
	],
	[
		'a field that became required',
		({ input }) => input.required?.push('nsfw_checker'),
		['z-image: nsfw_checker: now required'],
	],
	[
		'a field that became optional',
		({ input }) => (input.required = ['prompt']),
		['z-image: aspect_ratio: no longer required'],
	],
	[
		'other values',
		(model) => (field(model, 'aspect_ratio').enum = ['1:1', '4:3', '3:4', '16:9', '21:9']),
		['z-image: aspect_ratio: value added: 21:9', 'z-image: aspect_ratio: value removed: 9:16'],
	],
	[
		'another limit',
		(model) => (field(model, 'prompt').maxLength = 800),
		['z-image: prompt: maxLength 1000 is now 800'],
	],
	['a new limit', (model) => (field(model, 'prompt').minLength = 3), ['z-image: prompt: minLength none is now 3']],
	[
		'another type',
		(model) => (field(model, 'nsfw_checker').type = 'string'),
		['z-image: nsfw_checker: type boolean is now string'],
	],
];

it.each(changes)('finds %s', async (_what, change, expected) => {
	const findings = await findingsWith('z-image', change);
	expect(drifts(findings)).toEqual(expected);
	expect(report(findings)).toContain('1 model drifted.');
});

it('finds what changed inside lists', async () => {
	const id = 'google/nano-banana-edit';
	const findings = await findingsWith(id, (model) => {
		field(model, 'image_urls').items = { type: 'object', required: ['url'], properties: { url: { type: 'string' } } };
	});
	expect(drifts(findings)).toEqual([`${id}: image_urls › entry: type string is now object`]);
});

it('only notes limits that Kie describes in words, and models without a schema', async () => {
	const withoutLimit = await findingsWith('z-image', (model) => {
		delete field(model, 'prompt').maxLength;
	});
	expect(drifts(withoutLimit)).toEqual([]);
	expect(notes(withoutLimit)).toEqual(["z-image: prompt: maxLength 1000 is not in Kie's schema"]);

	await kie?.close();
	const withoutPage = await findingsWith('z-image', (_model, served) => (served.withoutPage = true));
	expect(drifts(withoutPage)).toEqual([]);
	expect(notes(withoutPage)).toEqual(['z-image: Kie has no schema of it, so its fields are not compared']);
});

it('retries after faults and reads at the requested rate', async () => {
	const models = catalogueModels().filter(({ model }) => model.id === 'z-image');
	const { url, apiKey, inject, requests } = await start({ models, readRates: true });
	inject({ on: 'models', kind: 'code', code: 500 }, { on: 'models', kind: 'html' });
	const findings = await compareWithKie({ url, apiKey, everyMs: 1_050 }, nodesWithOnly('z-image'));
	expect(drifts(findings)).toEqual([]);
	expect(requests).toHaveLength(4);
});

describe('as a command', () => {
	const run = async (env: Record<string, string>): Promise<{ code: number; output: string }> => {
		const lines: string[] = [];
		const code = await main(env, (line) => lines.push(line), 0);
		return { code, output: lines.join('\n') };
	};

	it('exits with 0 if nothing differs', async () => {
		const { url, apiKey } = await start({ models: catalogueModels() });
		expect(await run({ KIE_API_KEY: apiKey, KIE_BASE_URL: `${url}/` })).toMatchObject({ code: 0 });
	});

	it('exits with 1 and names the differences', async () => {
		const { url, apiKey } = await start({ models: catalogueModels().filter(({ model }) => model.id !== 'z-image') });
		const { code, output } = await run({ KIE_API_KEY: apiKey, KIE_BASE_URL: url });
		expect(code).toBe(1);
		expect(output).toContain('z-image: gone at Kie');
	});

	it('exits with 2 without a key, and says where to get one', async () => {
		const { code, output } = await run({});
		expect(code).toBe(2);
		expect(output).toContain('KIE_API_KEY');
	});

	it('exits with 2 for an invalid key, without printing it', async () => {
		const { url } = await start({});
		const { code, output } = await run({ KIE_API_KEY: 'not-a-key', KIE_BASE_URL: url });
		expect(code).toBe(2);
		expect(output).toContain('Kie.ai rejected the API key');
		expect(output).not.toContain('not-a-key');
	});
});
