import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageModels } from '../../nodes/shared/catalogue/image';
import { imageOperations, type Operation } from '../../nodes/shared/catalogue/operations';
import type { InputSchema, Json, JsonObject, Model, Rule, Schema } from '../../nodes/shared/catalogue/types';

interface Catalogue {
	group: string;
	operations: Operation[];
	models: Model[];
}

const catalogues: Catalogue[] = [{ group: 'image', operations: imageOperations, models: imageModels }];

const factsFolder = process.env.KIE_FACTS ?? '../shared/kie-api';
const describeWithFacts = existsSync(join(factsFolder, 'market')) ? describe : describe.skip;
if (describeWithFacts === describe.skip) {
	console.warn(`Comparison with the facts about Kie is skipped: no folder ${factsFolder}; set KIE_FACTS to it`);
}

/** A model that is served by an API of its own: the fact file of its form, and what the entry leaves out of it. */
interface DedicatedForm {
	file: string;
	/** Fields of the API that the model has no use for. */
	without: string[];
	/** Fields that the API leaves optional and this model needs. */
	required?: string[];
}

/** `callBackUrl` and the fields of a model's `fixed` are left out everywhere. */
const videoFields = ['videoBatchSize', 'motion'];
const dedicated: Record<string, DedicatedForm> = {
	'gpt4o-image': { file: '4o-image-api--generate', without: [] },
	'flux-kontext-pro': { file: 'flux-kontext-api--generate', without: [] },
	'flux-kontext-max': { file: 'flux-kontext-api--generate', without: [] },
	'midjourney-text-to-image': { file: 'mj-api--generate', without: [...videoFields, 'fileUrl', 'fileUrls', 'ow'] },
	'midjourney-image-to-image': {
		file: 'mj-api--generate',
		without: [...videoFields, 'fileUrl', 'ow'],
		required: ['fileUrls'],
	},
	'midjourney-style-reference': {
		file: 'mj-api--generate',
		without: [...videoFields, 'fileUrl', 'ow'],
		required: ['fileUrls'],
	},
	'midjourney-omni-reference': {
		file: 'mj-api--generate',
		without: [...videoFields, 'fileUrl', 'speed'],
		required: ['fileUrls'],
	},
	'midjourney-upscale': { file: 'mj-api--upscale', without: [] },
	'midjourney-vary': { file: 'mj-api--vary', without: [] },
};

/** For every rule: what to add to a minimal body so that the rule is broken. `undefined` takes a field away. */
interface Violation {
	models: string[];
	message: string;
	patch: Record<string, Json | undefined>;
}

const picture = 'https://example.com/picture.png';

const violations: Violation[] = [
	...['gpt-image-2-text-to-image', 'gpt-image-2-image-to-image'].flatMap((model): Violation[] => [
		{
			models: [model],
			message: "'Resolution' 2K can't make the 'Aspect Ratio' 5:4, 4:5, 3:1, 1:3 or 9:21",
			patch: { resolution: '2K', aspect_ratio: '5:4' },
		},
		{
			models: [model],
			message: "'Resolution' 4K can't make the 'Aspect Ratio' 1:1, 3:1, 1:3 or 9:21",
			patch: { resolution: '4K', aspect_ratio: '1:1' },
		},
		{
			models: [model],
			message: "'Resolution' 2K and 4K need an 'Aspect Ratio' other than auto",
			patch: { resolution: '2K' },
		},
		{
			models: [model],
			message: "'Resolution' 2K and 4K need an 'Aspect Ratio' other than auto",
			patch: { resolution: '4K', aspect_ratio: 'auto' },
		},
		{
			models: [model],
			message: "'Background' can be set only with the 'Resolution' 1K",
			patch: { background: 'transparent', resolution: '2K', aspect_ratio: '16:9' },
		},
	]),
	{
		models: [
			'gpt-image-2-5-flare-text-to-image',
			'gpt-image-2-5-flare-image-to-image',
			'gpt-image-2-5-sunburst-text-to-image',
			'gpt-image-2-5-sunburst-image-to-image',
		],
		message: "'Aspect Ratio' 27:16, 16:27, 9:8 and 8:9 can be made only with the 'Resolution' 1K",
		patch: { aspect_ratio: '9:8', resolution: '4K' },
	},
	{
		models: ['4o-image-api'],
		message: 'A prompt or input pictures are needed',
		patch: { prompt: undefined, files_url: undefined },
	},
	{
		models: ['gpt4o-image'],
		message: 'A prompt or input pictures are needed',
		patch: { prompt: undefined, filesUrl: undefined },
	},
	{
		models: ['gpt4o-image'],
		message: "'Mask URL' needs exactly one input picture",
		patch: { maskUrl: picture, filesUrl: [picture, picture] },
	},
	{
		models: ['gpt4o-image'],
		message: "'Mask URL' needs exactly one input picture",
		patch: { maskUrl: picture, filesUrl: undefined },
	},
	{
		models: ['flux1-kontext'],
		message: "'Safety Tolerance' goes up to 2 with an input picture",
		patch: { input_image: picture, safety_tolerance: 3 },
	},
	{
		models: ['flux-kontext-pro', 'flux-kontext-max'],
		message: "'Safety Tolerance' goes up to 2 with an input picture",
		patch: { inputImage: picture, safetyTolerance: 3 },
	},
	{
		models: ['grok-imagine-image-2-0/segment-map'],
		message: "Either 'Task ID' or 'Image URL' is needed, not both",
		patch: { task_id: 'task', image_url: picture },
	},
	{
		models: ['grok-imagine-image-2-0/segment-map'],
		message: "Either 'Task ID' or 'Image URL' is needed, not both",
		patch: { task_id: undefined, image_url: undefined },
	},
	{
		models: ['qwen2-1/text-to-image', 'qwen2-1/image-to-image'],
		message: "'Background' transparent needs the 'Output Format' png or webp",
		patch: { background: 'transparent', output_format: 'jpeg' },
	},
	{
		models: ['qwen2-1/image-to-image'],
		message: "'Mask URL' needs exactly one input picture",
		patch: { mask_url: picture, image_urls: [picture, picture] },
	},
	{
		models: ['qwen2-1/image-to-image'],
		message: "'Mask URL' can't be used with the 'Background' transparent",
		patch: { mask_url: picture, background: 'transparent' },
	},
	...['wan/2-7-image', 'wan/2-7-image-pro'].flatMap((model): Violation[] => [
		{ models: [model], message: "'N' goes up to 4 without 'Enable Sequential'", patch: { n: 5 } },
		{
			models: [model],
			message: "'Thinking Mode' works only without 'Enable Sequential' and without input pictures",
			patch: { thinking_mode: true, input_urls: [picture] },
		},
		{
			models: [model],
			message: "'Color Palette' works only without 'Enable Sequential'",
			patch: { color_palette: Array(3).fill({ hex: '#C2D1E6', ratio: '23.51%' }), enable_sequential: true },
		},
		{
			models: [model],
			message: "'Bbox List' needs input pictures",
			patch: { bbox_list: [[[0, 0, 10, 10]]], input_urls: undefined },
		},
		{
			models: [model],
			message: "'Bbox List' needs one entry for each input picture",
			patch: { bbox_list: [[[0, 0, 10, 10]]], input_urls: [picture, picture] },
		},
	]),
	{
		models: ['wan/2-7-image-pro'],
		message: "'Resolution' 4K works only without 'Enable Sequential' and without input pictures",
		patch: { resolution: '4K', enable_sequential: true },
	},
];

/** Names of the nodes' own parameters, which no field of a model may take. */
const parametersOfTheNode = [
	'operation',
	'model',
	'executionMode',
	'additionalFields',
	'options',
	'customModelId',
	'inputJson',
	'specifyInput',
];

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);

const compile = (schema: Schema | InputSchema): ValidateFunction =>
	ajv.compile({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', ...schema });

/** Whether a body keeps a rule; says what the words of a rule mean, apart from the code that the nodes run. */
function keeps(rule: Rule, body: JsonObject): boolean {
	if (rule.then && !compile({ if: rule.if ?? {}, then: rule.then })(body)) return false;
	if (rule.sameLength) {
		const lengths = rule.sameLength
			.map((field) => body[field])
			.filter(Array.isArray)
			.map((list) => list.length);
		if (new Set(lengths).size > 1) return false;
	}
	return true;
}

/** A value that a field's schema takes. */
function exampleOf(schema: Schema): Json {
	const choice = schema.oneOf?.[0] ?? schema.anyOf?.[0];
	if (schema.default !== undefined && schema.default !== '') return schema.default;
	if (schema.enum?.[0] !== undefined) return schema.enum[0];
	if (choice) return exampleOf(choice);
	switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
		case 'array':
			return Array.from({ length: schema.minItems ?? 1 }, () => exampleOf(schema.items ?? {}));
		case 'object':
			return exampleBody({ required: schema.required, properties: schema.properties ?? {} });
		case 'boolean':
			return true;
		case 'number':
		case 'integer':
			return schema.minimum ?? 1;
		default:
			return schema.format === 'uri' ? picture : 'example'.padEnd(schema.minLength ?? 0, '.');
	}
}

/** The smallest body that a form asks for. */
function exampleBody(input: InputSchema, required: string[] = []): JsonObject {
	const fields = [...(input.required ?? []), ...required, ...(input.oneOf?.[0]?.required ?? [])];
	return Object.fromEntries(fields.map((field) => [field, exampleOf(input.properties[field] ?? {})]));
}

function patched(body: JsonObject, patch: Violation['patch']): JsonObject {
	const entries = Object.entries({ ...body, ...patch });
	return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** Every field that a schema of a whole input speaks of. */
function fieldsOf(schema: Schema): string[] {
	const parts = [
		schema.if,
		schema.then,
		schema.not,
		...(schema.allOf ?? []),
		...(schema.anyOf ?? []),
		...(schema.oneOf ?? []),
	];
	return [
		...(schema.required ?? []),
		...Object.keys(schema.properties ?? {}),
		...parts.flatMap((part) => (part ? fieldsOf(part) : [])),
	];
}

const fieldsOfRule = (rule: Rule): string[] => [
	...fieldsOf(rule.if ?? {}),
	...fieldsOf(rule.then ?? {}),
	...(rule.sameLength ?? []),
];

/** Every schema inside a field, with the path to it. */
function everySchema(name: string, schema: Schema): Array<[string, Schema]> {
	return [
		[name, schema],
		...(schema.items ? everySchema(`${name}[]`, schema.items) : []),
		...Object.entries(schema.properties ?? {}).flatMap(([key, part]) => everySchema(`${name}.${key}`, part)),
	];
}

const label = (field: string): string =>
	field
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.replace(/_/g, ' ')
		.toLowerCase();

describe.each(catalogues)('catalogue of $group models', ({ operations, models }) => {
	it('has unique ids and titles', () => {
		expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
		expect(new Set(models.map(({ title }) => title)).size).toBe(models.length);
	});

	describe.each(models.map((model): [string, Model] => [model.id, model]))('%s', (id, model) => {
		const { properties } = model.input;
		const fields = Object.keys(properties);
		const rules = model.rules ?? [];

		it('has operations that the node knows', () => {
			expect(Object.keys(model.operations).length).toBeGreaterThan(0);
			expect(operations.map(({ value }) => value)).toEqual(expect.arrayContaining(Object.keys(model.operations)));
		});

		it('names only fields that exist', () => {
			const forms = Object.values(model.operations);
			expect(fields).toEqual(expect.arrayContaining(model.input.required ?? []));
			expect(fields).toEqual(expect.arrayContaining(Object.keys(model.media)));
			expect(fields).toEqual(expect.arrayContaining(forms.flatMap((form) => form.required ?? [])));
			expect(fields).toEqual(expect.arrayContaining(forms.flatMap((form) => form.hidden ?? [])));
			expect(fields).toEqual(expect.arrayContaining(rules.flatMap(fieldsOfRule)));
		});

		it('takes no name of a parameter of the node', () => {
			expect(fields.filter((field) => parametersOfTheNode.includes(field))).toEqual([]);
			expect(fields.filter((field) => field in (model.fixed ?? {}))).toEqual([]);
		});

		it('describes every field in one sentence that says more than its label', () => {
			for (const [field, schema] of Object.entries(properties)) {
				expect([field, schema.description]).toEqual([field, expect.stringMatching(/^[A-Z].*[^.]$/)]);
				expect(schema.description?.toLowerCase()).not.toBe(label(field));
			}
			for (const { message } of rules) expect(message).toMatch(/^['A-Z].*[^.]$/);
		});

		it('has defaults that its own schema takes', () => {
			for (const [field, schema] of Object.entries(properties).flatMap(([name, part]) => everySchema(name, part))) {
				if (schema.default === undefined) continue;
				const valid = ajv.validate(schema, schema.default);
				expect([field, schema.default, valid]).toEqual([field, schema.default, true]);
			}
		});

		it.each(Object.entries(model.operations))('takes a minimal body for %s', (_operation, form) => {
			const body = exampleBody(model.input, form.required);
			const validate = compile(model.input);
			validate(body);
			expect(validate.errors ?? []).toEqual([]);
			expect(rules.filter((rule) => !keeps(rule, body)).map(({ message }) => message)).toEqual([]);
		});

		if (rules.length === 0) return;

		it.each(rules)('refuses a body against the rule: $message', (rule) => {
			const found = violations.filter(({ models: ids, message }) => ids.includes(id) && message === rule.message);
			expect(found).not.toEqual([]);
			const required = Object.values(model.operations)[0]?.required;
			const form = compile({ ...model.input, oneOf: undefined });
			for (const { patch } of found) {
				const body = patched(exampleBody(model.input, required), patch);
				form(body);
				expect(form.errors ?? []).toEqual([]);
				expect(keeps(rule, body)).toBe(false);
			}
		});
	});
});

it('has no violation without a rule', () => {
	const rules = catalogues.flatMap(({ models }) =>
		models.flatMap(({ id, rules: own }) => (own ?? []).map(({ message }) => `${id}: ${message}`)),
	);
	const named = violations.flatMap(({ models, message }) => models.map((id) => `${id}: ${message}`));
	expect(named.filter((name) => !rules.includes(name))).toEqual([]);
});

describeWithFacts('catalogue and facts about Kie', () => {
	interface Fact {
		id: string;
		group: string;
		input: InputSchema;
		variants?: string[];
	}
	const read = (folder: string, file: string): Fact =>
		JSON.parse(readFileSync(join(factsFolder, folder, file), 'utf8'));

	/** A form without its words for people and without what every form says. */
	function bare({ required, oneOf, anyOf, properties }: InputSchema): Json {
		const withoutTexts = JSON.stringify({ oneOf, anyOf, properties }, (key, value) =>
			isText(key, value) ? undefined : value,
		);
		return { ...JSON.parse(withoutTexts), required: [...(required ?? [])].sort() };
	}
	const isText = (key: string, value: unknown): boolean => key === 'description' && typeof value === 'string';

	describe.each(catalogues)('$group', ({ group, models }) => {
		const market = models.filter(({ api }) => api === undefined || api === 'market');
		const own = models.filter((model) => !market.includes(model));
		const facts = existsSync(join(factsFolder, 'market'))
			? readdirSync(join(factsFolder, 'market'))
					.map((file) => read('market', file))
					.filter((fact) => fact.group === group)
			: [];

		it('has every model of the market and no other', () => {
			expect(market.map(({ id }) => id).sort()).toEqual(facts.map(({ id }) => id).sort());
			expect(models.map(({ id }) => id)).toEqual(
				expect.arrayContaining(facts.flatMap(({ variants }) => variants ?? [])),
			);
		});

		it.each(facts.map((fact): [string, Fact] => [fact.id, fact]))('%s has the form of the facts', (id, fact) => {
			const model = market.find((candidate) => candidate.id === id);
			expect(model && bare(model.input)).toEqual(bare(fact.input));
		});

		it.each(own.map((model): [string, Model] => [model.id, model]))('%s has the form of its own API', (id, model) => {
			const form = dedicated[id];
			expect(form).toBeDefined();
			if (!form) return;
			const { input } = read('dedicated', `${form.file}.json`);
			const without = [...form.without, ...Object.keys(model.fixed ?? {}), 'callBackUrl'];
			const properties = Object.entries(input.properties).filter(([field]) => !without.includes(field));
			const required = [...(input.required ?? []), ...(form.required ?? [])].filter(
				(field) => !without.includes(field),
			);
			expect(bare(model.input)).toEqual(bare({ ...input, required, properties: Object.fromEntries(properties) }));
		});
	});
});
