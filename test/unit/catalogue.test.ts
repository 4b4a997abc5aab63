import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { audioOperations } from '../../nodes/KieAudio/audioOperations';
import { imageOperations } from '../../nodes/KieImage/imageOperations';
import { videoOperations } from '../../nodes/KieVideo/videoOperations';
import type { Json, JsonObject } from '../../nodes/shared/json';
import { audioModels } from '../../nodes/shared/catalogue/audio';
import { imageModels } from '../../nodes/shared/catalogue/image';
import { sunoModels } from '../../nodes/shared/catalogue/suno';
import type { InputSchema, Model, Schema } from '../../nodes/shared/catalogue/types';
import { videoModels } from '../../nodes/shared/catalogue/video';
import { checkInput } from '../../nodes/shared/form/checkInput';
import { fieldLabel } from '../../nodes/shared/form/label';
import { fieldsOf } from '../../nodes/shared/form/modelFields';
import type { Operation } from '../../nodes/shared/form/operation';
import { factFiles, facts } from '../facts';
import { additions, casesOf, fieldsReadBy, type Patch, ruleCases } from './rule-cases';

interface Catalogue {
	group: string;
	operations: Operation[];
	models: Model[];
}

const catalogues: Catalogue[] = [
	{ group: 'image', operations: imageOperations, models: imageModels },
	{ group: 'video', operations: videoOperations, models: videoModels },
	{ group: 'audio', operations: audioOperations, models: audioModels },
];

/** A model with a dedicated API: the fact file of its input, and how the catalogue differs from it. */
interface DedicatedForm {
	file: string;
	/** Fields of the API that the model does not use. */
	without?: string[];
	/** Fields that are optional for the API but required for this model. */
	required?: string[];
}

/** `callBackUrl` and the fields in `fixed` are never part of the input. */
const ofVideos = ['videoBatchSize', 'motion'];
const dedicated: Record<string, DedicatedForm> = {
	'gpt4o-image': { file: '4o-image-api--generate' },
	'flux-kontext-pro': { file: 'flux-kontext-api--generate' },
	'flux-kontext-max': { file: 'flux-kontext-api--generate' },
	'midjourney-text-to-image': { file: 'mj-api--generate', without: [...ofVideos, 'fileUrl', 'fileUrls', 'ow'] },
	'midjourney-image-to-image': {
		file: 'mj-api--generate',
		without: [...ofVideos, 'fileUrl', 'ow'],
		required: ['fileUrls'],
	},
	'midjourney-style-reference': {
		file: 'mj-api--generate',
		without: [...ofVideos, 'fileUrl', 'ow'],
		required: ['fileUrls'],
	},
	'midjourney-omni-reference': {
		file: 'mj-api--generate',
		without: [...ofVideos, 'fileUrl', 'speed'],
		required: ['fileUrls'],
	},
	'midjourney-upscale': { file: 'mj-api--upscale' },
	'midjourney-vary': { file: 'mj-api--vary' },
	'midjourney-video': {
		file: 'mj-api--generate',
		without: ['fileUrl', 'ow', 'speed'],
		required: ['fileUrls', 'motion'],
	},
	'midjourney-video-hd': {
		file: 'mj-api--generate',
		without: ['fileUrl', 'ow', 'speed'],
		required: ['fileUrls', 'motion'],
	},
	'seedance-asset': { file: 'seedance-asset-api--create-asset' },
	'omni-character': { file: 'omni-api--create-character' },
	'omni-audio': { file: 'omni-api--create-audio' },
	'luma-modify': { file: 'luma-api--modify' },
	'runway-own': { file: 'runway-api--generate' },
	'runway-extend': { file: 'runway-api--extend' },
	aleph: { file: 'aleph-api--generate' },
	veo3: { file: 'veo3-api--generate' },
	veo3_fast: { file: 'veo3-api--generate' },
	veo3_lite: { file: 'veo3-api--generate' },
	'veo-extend-quality': { file: 'veo3-api--extend' },
	'veo-extend-fast': { file: 'veo3-api--extend' },
	'veo-extend-lite': { file: 'veo3-api--extend' },
	'veo-get-1080p': { file: 'veo3-api--get-1080p-video' },
	'veo-get-4k': { file: 'veo3-api--get-4k-video' },
};

/** Names of the nodes' own parameters, which no field of a model may have. */
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

/** A value that is valid for a field. */
function exampleOf(schema: Schema): Json {
	const choice = schema.oneOf?.[0] ?? schema.anyOf?.[0];
	const isEmpty = schema.default === '' || (Array.isArray(schema.default) && schema.default.length === 0);
	if (schema.default !== undefined && !isEmpty) return schema.default;
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
			return stringOf(schema);
	}
}

/** Text for the formats and patterns in the catalogue. */
function stringOf({ format, pattern, minLength = 0 }: Schema): string {
	const examples = ['https://sora.chatgpt.com/video', 'Speaker 1', '6', 'example'.padEnd(minLength, '.')];
	return (
		examples.find((text) => (format !== 'uri' || text.includes('://')) && new RegExp(pattern ?? '').test(text)) ?? ''
	);
}

/** The minimal body of an input schema. */
function exampleBody(input: InputSchema, required: string[] = []): JsonObject {
	const fields = [...(input.required ?? []), ...required, ...(input.oneOf?.[0]?.required ?? [])];
	return Object.fromEntries(fields.map((field) => [field, exampleOf(input.properties[field] ?? {})]));
}

function patched(body: JsonObject, patch: Patch = {}): JsonObject {
	const fields = Object.entries({ ...body, ...patch });
	return Object.fromEntries(fields.filter((field): field is [string, Json] => field[1] !== undefined));
}

/** The minimal body of a model's operation. */
function operationBody({ id, input, operations }: Model, operation: string): JsonObject {
	const form = operations[operation];
	return patched({ ...exampleBody(input, form?.required), ...form?.fixed }, additions[`${id}: ${operation}`]);
}

/** Every schema inside a field, with its path. */
function everySchema(name: string, schema: Schema): Array<[string, Schema]> {
	return [
		[name, schema],
		...(schema.items ? everySchema(`${name}[]`, schema.items) : []),
		...Object.entries(schema.properties ?? {}).flatMap(([key, part]) => everySchema(`${name}.${key}`, part)),
	];
}

describe.each(catalogues)('catalogue of $group models', ({ operations, models }) => {
	it('has unique ids and titles', () => {
		expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
		expect(new Set(models.map(({ title }) => title)).size).toBe(models.length);
	});

	describe.each(models.map((model): [string, Model] => [model.id, model]))('%s', (id, model) => {
		const { properties } = model.input;
		const fields = Object.keys(properties);
		const rules = model.rules ?? [];

		it('only has operations of the node', () => {
			expect(Object.keys(model.operations).length).toBeGreaterThan(0);
			expect(operations.map(({ value }) => value)).toEqual(expect.arrayContaining(Object.keys(model.operations)));
		});

		it('only refers to fields that exist', () => {
			const forms = Object.values(model.operations);
			expect(fields).toEqual(expect.arrayContaining(model.input.required ?? []));
			const nested = Object.entries(properties).flatMap(([name, part]) =>
				everySchema(name, part).map(([path]) => path),
			);
			expect(nested).toEqual(expect.arrayContaining(Object.keys(model.media)));
			expect(fields).toEqual(expect.arrayContaining(forms.flatMap((form) => form.required ?? [])));
			expect(fields).toEqual(expect.arrayContaining(forms.flatMap((form) => form.hidden ?? [])));
			expect(fields).toEqual(expect.arrayContaining(forms.flatMap((form) => Object.keys(form.fixed ?? {}))));
		});

		it('has no field with the name of a parameter of the node', () => {
			expect(fields.filter((field) => parametersOfTheNode.includes(field))).toEqual([]);
			expect(fields.filter((field) => field in (model.fixed ?? {}))).toEqual([]);
		});

		it('describes every field in one sentence that adds to its label', () => {
			for (const [field, schema] of Object.entries(properties).flatMap(([name, part]) => everySchema(name, part))) {
				if (field.endsWith('[]')) continue;
				expect([field, schema.description]).toEqual([field, expect.stringMatching(/^[A-Z].*[^.]$/)]);
				const label = fieldLabel(field.replace(/^.*\./, ''), schema, model.media[field]);
				expect(schema.description?.toLowerCase()).not.toBe(label.toLowerCase());
				if (schema.type === 'boolean') expect(schema.description).toMatch(/^Whether /);
				const unknown = Object.keys(schema.enumNames ?? {}).filter((value) => !schema.enum?.includes(value));
				expect(unknown).toEqual([]);
			}
		});

		it('refers to fields by their labels', () => {
			const forms = Object.values(model.operations).map((form) => fieldsOf(model, form));
			for (const form of forms) {
				const formLabels = form.map(({ label }) => label);
				expect(new Set(formLabels).size).toBe(formLabels.length);
				const parameters = form.flatMap((field) => field.parameters);
				expect(new Set(parameters).size).toBe(parameters.length);
			}
			const formFields = forms.flat();
			const hidden = fields.filter((name) => !formFields.some((field) => field.name === name));
			const labels = [
				...formFields.map(({ label }) => label),
				...hidden.map((name) => fieldLabel(name, properties[name] ?? {}, model.media[name])),
			];
			for (const { message } of rules) {
				expect(message).toMatch(/^['A-Z].*[^.]$/);
				const quotedLabels = [...message.matchAll(/(?<![a-z])'([^']+)'(?![a-z])/g)].map((match) => match[1]);
				expect(labels).toEqual(expect.arrayContaining(quotedLabels));
			}
		});

		it('has valid defaults', () => {
			for (const [field, schema] of Object.entries(properties).flatMap(([name, part]) => everySchema(name, part))) {
				if (schema.default === undefined) continue;
				const valid = ajv.validate(schema, schema.default);
				expect([field, schema.default, valid]).toEqual([field, schema.default, true]);
			}
		});

		it.each(Object.keys(model.operations))('accepts a minimal body for %s', (operation) => {
			const body = operationBody(model, operation);
			const validate = compile(model.input);
			validate(body);
			expect(validate.errors ?? []).toEqual([]);
			expect(rules.filter(({ holds }) => !holds(body)).map(({ message }) => message)).toEqual([]);
		});

		if (rules.length === 0) return;

		it.each(rules)('accepts what follows the rule and rejects what breaks it: $message', (rule) => {
			const [operation = ''] = Object.keys(model.operations);
			const [validate, withoutChoice] = [compile(model.input), compile({ ...model.input, oneOf: undefined })];
			const { accepted, rejected } = casesOf(id, rule);
			expect(accepted).not.toEqual([]);
			expect(rejected).not.toEqual([]);
			const check = (patch: Patch, validator: ValidateFunction): string[] => {
				const body = patched(operationBody(model, operation), patch);
				expect(fields).toEqual(expect.arrayContaining([...Object.keys(body), ...fieldsReadBy(rule, body)]));
				validator(body);
				expect([patch, validator.errors ?? []]).toEqual([patch, []]);
				return checkInput(model, [], body).map(({ message }) => message);
			};
			for (const patch of accepted) expect([patch, check(patch, validate)]).toEqual([patch, []]);
			for (const patch of rejected)
				expect([patch, check(patch, withoutChoice)]).toEqual([patch, expect.arrayContaining([rule.message])]);
		});
	});
});

it('has no cases without a rule', () => {
	const models = [...catalogues.flatMap((catalogue) => catalogue.models), ...sunoModels];
	const rules = models.flatMap(({ id, rules: modelRules = [] }) =>
		modelRules.map(({ message }) => `${id}: ${message}`),
	);
	const ruleNames = ruleCases.flatMap((cases) => cases.models.map((id) => `${id}: ${cases.message}`));
	expect(ruleNames.filter((name) => !rules.includes(name))).toEqual([]);
});

describe('catalogue and facts about Kie', () => {
	interface Fact {
		id: string;
		group: string;
		input: InputSchema;
		variants?: string[];
	}

	/** An input schema without texts for users. */
	function bare({ required, oneOf, anyOf, properties }: InputSchema): Json {
		const withoutTexts = JSON.stringify({ oneOf, anyOf, properties }, (key, value) =>
			isText(key, value) ? undefined : value,
		);
		return { ...JSON.parse(withoutTexts), required: [...(required ?? [])].sort() };
	}
	const isText = (key: string, value: unknown): boolean =>
		(key === 'description' && typeof value === 'string') ||
		['enumNames', 'mayBeEmpty', 'open', 'preset', 'searchable'].includes(key);

	describe.each(catalogues)('$group', ({ group, models }) => {
		const marketModels = models.filter(({ api }) => api === undefined || api === 'market');
		const dedicatedModels = models.filter((model) => !marketModels.includes(model));
		const ofGroup = factFiles('market')
			.map((file): Fact => facts(file))
			.filter((fact) => fact.group === group);

		it('has exactly the models of the market', () => {
			expect(marketModels.map(({ id }) => id).sort()).toEqual(ofGroup.map(({ id }) => id).sort());
			expect(ofGroup).not.toEqual([]);
			expect(models.map(({ id }) => id)).toEqual(
				expect.arrayContaining(ofGroup.flatMap(({ variants }) => variants ?? [])),
			);
		});

		it.each(ofGroup.map((fact): [string, Fact] => [fact.id, fact]))('%s matches its fact file', (id, fact) => {
			const model = marketModels.find((candidate) => candidate.id === id);
			expect(model && bare(model.input)).toEqual(bare(fact.input));
		});

		it.each(dedicatedModels.map((model): [string, Model] => [model.id, model]))(
			'%s matches the fact file of its dedicated API',
			(id, model) => {
				const form = dedicated[id];
				expect(form).toBeDefined();
				if (!form) return;
				const { input }: Fact = facts(`dedicated/${form.file}.json`);
				const without = [...(form.without ?? []), ...Object.keys(model.fixed ?? {}), 'callBackUrl'];
				const properties = Object.entries(input.properties).filter(([field]) => !without.includes(field));
				const required = [...(input.required ?? []), ...(form.required ?? [])].filter(
					(field) => !without.includes(field),
				);
				expect(bare(model.input)).toEqual(bare({ ...input, required, properties: Object.fromEntries(properties) }));
			},
		);
	});
});
