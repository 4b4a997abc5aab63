import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { difference, omit, snakeCase } from 'lodash';
import type { Json, JsonObject } from '../../nodes/shared/json';
import { compareNatural } from '../../nodes/shared/compareNatural';
import { sunoGets, sunoResources } from '../../nodes/KieSuno/sunoOperations';
import { sunoModels } from '../../nodes/shared/catalogue/suno';
import type { InputSchema, OperationForm, Schema, SunoModel } from '../../nodes/shared/catalogue/types';
import { checkInput } from '../../nodes/shared/form/checkInput';
import { fieldLabel } from '../../nodes/shared/form/label';
import { factFiles, facts } from '../facts';
import { casesOf, customExtension, customSong, fieldsReadBy, type Patch } from './rule-cases';

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);

const file = 'https://example.com/file';
const letters = (count: number): string => 'a'.repeat(count);

/** Inputs that the schemas and forms reject, with the message. */
const rejections: Array<[id: string, patch: Patch, message: string]> = [
	['suno/generate-music', { styleWeight: 1.01 }, "'Style Weight' must be at most 1 (got 1.01)"],
	['suno/generate-music', { title: letters(81) }, "'Title' must be at most 80 characters (got 81)"],
	['suno/generate-music', { ...customSong('V6'), duration: 9 }, "'Duration (Seconds)' must be at least 10 (got 9)"],
	['suno/generate-music', { ...customSong('V6'), duration: undefined }, "'Duration (Seconds)' is required"],
	['suno/generate-music', { ...customSong('V6'), style: undefined }, "'Style' is required"],
	['suno/extend-music', { ...customExtension(), continueAt: 0 }, "'Continue At' must be greater than 0 (got 0)"],
	['suno/extend-music', { ...customExtension(), prompt: undefined }, "'Prompt' is required"],
	['suno/generate-mashup', { uploadUrlList: [file, file, file] }, "'Audio Files' must have at most 2 entries (got 3)"],
	['suno/generate-lyrics', { prompt: letters(201) }, "'Prompt' must be at most 200 characters (got 201)"],
	['suno/generate-sounds', { prompt: letters(501) }, "'Prompt' must be at most 500 characters (got 501)"],
	['suno/add-instrumental', { tags: letters(1001) }, "'Tags' must be at most 1000 characters (got 1001)"],
];

/** Valid inputs that a limit could reject by mistake. */
const accepted: Array<[id: string, patch: Patch]> = [
	['suno/generate-music', { ...customSong('V6'), styleWeight: 0.29, weirdnessConstraint: 0.58, audioWeight: 1 }],
	[
		'suno/generate-music',
		{ ...customSong('V5'), prompt: letters(5000), personaId: 'persona', personaModel: 'style_persona' },
	],
	['suno/generate-music', { ...customSong('V6'), instrumental: true, prompt: undefined }],
	['suno/extend-music', { ...customExtension('V5'), title: letters(100), continueAt: 0.5 }],
	['suno/extend-music', { ...customExtension('V6'), instrumental: true, prompt: undefined }],
];

const label = (model: SunoModel, name: string): string =>
	fieldLabel(name, model.input.properties[name] ?? {}, model.media[name]);

const allForms = (model: SunoModel): OperationForm[] => Object.values(model.operations).flat();

const whenFields = (forms: OperationForm[]): string[] => [
	...new Set(forms.flatMap(({ when = {} }) => Object.keys(when))),
];

/** Every value of a field in `when`. */
function valuesOf({ type, enum: values = [] }: Schema): Json[] {
	return type === 'boolean' ? [false, true] : values;
}

/** Every combination of the values of the fields that select a form. */
function combinations({ input }: SunoModel, forms: OperationForm[]): JsonObject[] {
	return whenFields(forms).reduce<JsonObject[]>(
		(bodies, name) =>
			valuesOf(input.properties[name] ?? {}).flatMap((value) => bodies.map((body) => ({ ...body, [name]: value }))),
		[{}],
	);
}

/** Whether a body selects a form; a missing field has its default, a missing switch is off. */
function holds({ when = {} }: OperationForm, { properties }: InputSchema, body: JsonObject): boolean {
	return Object.entries(when).every(([name, values]) =>
		values.some((value) => value === (body[name] ?? properties[name]?.default ?? false)),
	);
}

const required = ({ input }: SunoModel, form: OperationForm): string[] => [
	...new Set([...(input.required ?? []), ...(form.required ?? [])]),
];

/** A value that is valid for a field. */
function exampleOf({ type, format, enum: choices, default: preset, minimum = 1, minItems = 1 }: Schema): Json {
	if (preset !== undefined) return preset;
	if (choices?.[0] !== undefined) return choices[0];
	switch (type) {
		case 'boolean':
			return false;
		case 'number':
		case 'integer':
			return minimum;
		case 'array':
			return Array<Json>(minItems).fill(file);
		default:
			return format === 'uri' ? file : 'example';
	}
}

/** The minimal body of a form, with a section of sufficient length if it has one. */
function minimalBody(model: SunoModel, form: OperationForm): JsonObject {
	const { properties } = model.input;
	const requiredFields = required(model, form).map((name): [string, Json] => [name, exampleOf(properties[name] ?? {})]);
	const switchValues = Object.entries(form.when ?? {}).map(([name, [value = false]]): [string, Json] => [name, value]);
	const endFields = ['infillEndS', 'vocalEndS'].filter((name) => name in properties);
	return Object.fromEntries([
		...requiredFields,
		...switchValues,
		...endFields.map((name): [string, Json] => [name, 20]),
	]);
}

function patched(body: JsonObject, patch: Patch): JsonObject {
	const fields = Object.entries({ ...body, ...patch });
	return Object.fromEntries(fields.filter((field): field is [string, Json] => field[1] !== undefined));
}

/** The messages of the check of a body for a model's first operation. */
function messages(model: SunoModel, body: JsonObject): string[] {
	const forms = Object.values(model.operations)[0] ?? [];
	const form = forms.find((candidate) => holds(candidate, model.input, body)) ?? {};
	return checkInput(model, required(model, form), body).map(({ message }) => message);
}

const find = (id: string): SunoModel => {
	const model = sunoModels.find((candidate) => candidate.id === id);
	if (!model) throw new Error(`No model ${id}`);
	return model;
};

const firstBody = (model: SunoModel): JsonObject => minimalBody(model, allForms(model)[0] ?? {});

describe('resources of Suno', () => {
	const names = sunoResources.flatMap(({ value, operations }) =>
		operations.map((operation) => `${value}.${operation.value}`),
	);

	it('are sorted, and so are their operations', () => {
		const resources = sunoResources.map(({ name }) => name);
		expect(resources).toEqual([...resources].sort(compareNatural));
		for (const { operations } of sunoResources) {
			const values = operations.map(({ name }) => name);
			expect(values).toEqual([...values].sort(compareNatural));
		}
	});

	it('have operations with unique names and actions in sentence case', () => {
		const operations = sunoResources.flatMap((resource) => resource.operations);
		const actions = operations.map(({ action }) => action);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(actions).size).toBe(actions.length);
		for (const { name, action, description } of operations) {
			expect(action).toMatch(/^[A-Z][a-z]+( [a-z]+| WAV| MIDI)+$/);
			expect(action).not.toMatch(/ (a|an|the) /);
			expect(description).toMatch(/^[A-Z].*[^.]$/);
			expect(description.toLowerCase()).not.toBe(name.toLowerCase());
		}
	});

	it('have exactly one call or record for every operation', () => {
		const calls = sunoModels.flatMap(({ resource, operations }) =>
			Object.keys(operations).map((operation) => `${resource}.${operation}`),
		);
		const gets = Object.entries(sunoGets).flatMap(([resource, operations]) =>
			Object.keys(operations).map((operation) => `${resource}.${operation}`),
		);
		expect([...calls, ...gets].sort()).toEqual([...names].sort());
	});

	it('can get every kind of task', () => {
		const getApis = Object.values(sunoGets).flatMap((operations) => Object.values(operations));
		const apis = new Set(sunoModels.map(({ api }) => api).filter((api) => api !== 'suno-now'));
		expect(getApis.sort()).toEqual([...apis].sort());
	});
});

it('has unique ids, titles and market variants', () => {
	for (const values of [
		sunoModels.map(({ id }) => id),
		sunoModels.map(({ title }) => title),
		sunoModels.map(({ marketVariant }) => marketVariant.id),
	]) {
		expect(new Set(values).size).toBe(values.length);
	}
});

describe.each(sunoModels.map((model): [string, SunoModel] => [model.id, model]))('%s', (id, model) => {
	const { properties } = model.input;
	const fields = Object.keys(properties);
	const rules = model.rules ?? [];
	const forms = allForms(model);

	it('only refers to fields that exist', () => {
		const fieldNames = [
			...(model.input.required ?? []),
			...Object.keys(model.media),
			...forms.flatMap(({ required: requiredFields = [], hidden = [], when = {} }) => [
				...requiredFields,
				...hidden,
				...Object.keys(when),
			]),
			...Object.keys(model.marketVariant.names ?? {}),
			...(model.marketVariant.without ?? []),
		];
		expect(fields).toEqual(expect.arrayContaining(fieldNames));
		expect(fields.filter((field) => /^cal+BackUrl$/.test(field))).toEqual([]);
	});

	it('accepts files where it accepts URLs', () => {
		const urlFields = fields.filter((field) =>
			[properties[field], properties[field]?.items].some((part) => part?.format),
		);
		expect(Object.keys(model.media).sort()).toEqual(urlFields.sort());
	});

	it.each(Object.entries(model.operations))(
		'has one form for every combination of its switches: %s',
		(_, operationForms) => {
			for (const combination of combinations(model, operationForms)) {
				const matching = operationForms.filter((form) => holds(form, model.input, combination));
				expect([combination, matching.length]).toEqual([combination, 1]);
			}
		},
	);

	it('requires no hidden field, and every switch that selects a form', () => {
		for (const form of forms) {
			const requiredFields = required(model, form);
			expect(requiredFields.filter((field) => form.hidden?.includes(field))).toEqual([]);
			expect(requiredFields).toEqual(expect.arrayContaining(Object.keys(form.when ?? {})));
			expect(new Set(form.required).size).toBe(form.required?.length ?? 0);
		}
	});

	it('describes every field in one sentence that adds to its label', () => {
		for (const [field, { type, description, enum: choices = [], enumNames = {} }] of Object.entries(properties)) {
			expect([field, description]).toEqual([field, expect.stringMatching(/^[A-Z].*[^.]$/)]);
			expect(description?.toLowerCase()).not.toBe(label(model, field).toLowerCase());
			if (type === 'boolean') expect(description).toMatch(/^Whether /);
			expect(Object.keys(enumNames).filter((value) => !choices.includes(value))).toEqual([]);
		}
	});

	it('refers to fields by their labels', () => {
		const labels = fields.map((field) => label(model, field));
		expect(new Set(labels).size).toBe(labels.length);
		for (const { message } of rules) {
			expect(message).toMatch(/^['A-Z].*[^.]$/);
			const quotedLabels = [...message.matchAll(/(?<![a-z])'([^']+)'(?![a-z])/g)].map((match) => match[1]);
			expect(labels).toEqual(expect.arrayContaining(quotedLabels));
		}
	});

	it('has valid defaults', () => {
		for (const [field, schema] of Object.entries(properties)) {
			if (schema.default === undefined) continue;
			expect([field, ajv.validate(schema, schema.default)]).toEqual([field, true]);
		}
	});

	it('defaults to a current version of Suno', () => {
		if (properties.model) expect(properties.model.default).toBe('V6');
	});

	it.each(forms.map((form): [string, OperationForm] => [JSON.stringify(form.when ?? {}), form]))(
		'accepts the minimal body of the form %s',
		(_, form) => {
			const body = minimalBody(model, form);
			const validate = ajv.compile({ type: 'object', ...model.input });
			validate(body);
			expect(validate.errors ?? []).toEqual([]);
			const issues = checkInput({ ...model, rules }, required(model, form), body);
			expect(issues).toEqual([]);
		},
	);

	if (rules.length === 0) return;

	it.each(rules)('accepts what follows the rule and rejects what breaks it: $message', (rule) => {
		const { accepted, rejected } = casesOf(id, rule);
		expect(accepted).not.toEqual([]);
		expect(rejected).not.toEqual([]);
		const check = (patch: Patch): string[] => {
			const body = patched(firstBody(model), patch);
			expect(fields).toEqual(expect.arrayContaining([...Object.keys(body), ...fieldsReadBy(rule, body)]));
			return messages(model, body);
		};
		for (const patch of accepted) expect([patch, check(patch)]).toEqual([patch, []]);
		for (const patch of rejected)
			expect([patch, check(patch)]).toEqual([patch, expect.arrayContaining([rule.message])]);
	});
});

it.each(rejections)('%s rejects %j', (id, patch, message) => {
	const model = find(id);
	expect(messages(model, patched(firstBody(model), patch))).toContain(message);
});

it.each(accepted)('%s accepts %j', (id, patch) => {
	const model = find(id);
	expect(messages(model, patched(firstBody(model), patch))).toEqual([]);
});

describe('Suno and the facts about it', () => {
	interface Fact {
		id: string;
		request: { method: string; path: string };
		input: InputSchema;
	}
	const sunoFacts = factFiles('suno').map((file): Fact => facts(file));
	const creates = sunoFacts.filter(({ id, request }) => id.startsWith('suno/') && request.method === 'POST');
	const variants = sunoFacts.filter(({ id }) => id.startsWith('ai-music-api/'));
	const pairs = sunoModels.map((model): [string, SunoModel] => [model.id, model]);

	/** Fields that Kie's schemas require, but Kie's text only in some modes; there the forms require them. */
	const relaxed: Record<string, string[]> = {
		'suno/generate-music': ['prompt'],
		'suno/upload-and-cover-audio': ['prompt'],
	};
	/** Fields with other limits in the market. */
	const otherInMarket: Record<string, string[]> = { 'suno/generate-mashup': ['title'] };

	/** Keywords of this package for the form. */
	const FORM_KEYWORDS = ['enumNames', 'example', 'offered', 'preset', 'searchable'];
	/** A schema without texts for users and keywords of this package. */
	const bare = (schema: Json | Schema | InputSchema): Json =>
		JSON.parse(
			JSON.stringify(schema, (key, value: unknown) => {
				const isText = ['description', 'title', 'refersTo'].includes(key) && typeof value === 'string';
				return isText || FORM_KEYWORDS.includes(key) ? undefined : value;
			}),
		);

	function bareForm({ properties, oneOf, required: requiredFields = [] }: InputSchema): Json {
		const { model, ...otherFields } = properties;
		const fields = model ? { ...otherFields, model: { ...model, default: undefined } } : otherFields;
		return bare({ properties: fields, oneOf, required: [...requiredFields].sort() });
	}

	it('has exactly the calls of the facts', () => {
		expect(sunoModels.map(({ id }) => id).sort()).toEqual(creates.map(({ id }) => id).sort());
	});

	it.each(pairs)('%s matches its fact file', (id, model) => {
		const fact = creates.find((candidate) => candidate.id === id);
		if (!fact) throw new Error(`No facts about ${id}`);
		const callbacks = ['callBackUrl', 'calBackUrl'];
		const properties = omit(fact.input.properties, callbacks);
		const requiredFields = difference(fact.input.required, callbacks, relaxed[id] ?? []);
		expect(bareForm(model.input)).toEqual(bareForm({ ...fact.input, properties, required: requiredFields }));
		expect(model.path).toBe(fact.request.path);
		const callbackField = model.callbackField ?? 'callBackUrl';
		const expected = model.api === 'suno-now' ? [] : [callbackField];
		expect(callbacks.filter((name) => name in fact.input.properties)).toEqual(expected);
	});

	it('has exactly the market variants of the facts', () => {
		expect(sunoModels.map(({ marketVariant }) => marketVariant.id).sort()).toEqual(variants.map(({ id }) => id).sort());
	});

	it.each(pairs)('%s matches its market variant', (id, model) => {
		const variant = variants.find((candidate) => candidate.id === model.marketVariant.id);
		if (!variant) throw new Error(`No facts about ${model.marketVariant.id}`);
		const { names = {}, without = [] } = model.marketVariant;
		const nameOf = (field: string): string => names[field] ?? snakeCase(field);
		const shared = Object.keys(model.input.properties).filter((field) => !without.includes(field));

		expect(Object.keys(variant.input.properties)).toEqual(expect.arrayContaining(shared.map(nameOf)));
		expect(shared.map(nameOf)).toEqual(expect.arrayContaining(variant.input.required ?? []));
		expect(Object.keys(variant.input.properties).filter((name) => without.map(nameOf).includes(name))).toEqual([]);
		for (const field of shared.filter((name) => !otherInMarket[id]?.includes(name) && name !== 'model')) {
			const [ownSchema, theirs] = [model.input.properties[field], variant.input.properties[nameOf(field)]];
			const sorted = (schema: Schema = {}): Json => bare({ ...schema, enum: schema.enum && [...schema.enum].sort() });
			expect([field, sorted(ownSchema)]).toEqual([field, sorted(theirs)]);
		}
		expect(model.input.properties.model?.enum).toEqual(variant.input.properties.model?.enum);
	});
});
