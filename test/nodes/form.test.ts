import type {
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
	NodeParameterValueType,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { isObject, type Json, type JsonObject } from '../../nodes/shared/json';
import { KieAudio } from '../../nodes/KieAudio/KieAudio.node';
import { KieImage } from '../../nodes/KieImage/KieImage.node';
import { KieVideo } from '../../nodes/KieVideo/KieVideo.node';
import { audioModels } from '../../nodes/shared/catalogue/audio';
import { imageModels } from '../../nodes/shared/catalogue/image';
import type { Model } from '../../nodes/shared/catalogue/types';
import { videoModels } from '../../nodes/shared/catalogue/video';
import { formValues, toBody } from '../../nodes/shared/form/body';
import { checkInput } from '../../nodes/shared/form/checkInput';
import { isChoice } from '../../nodes/shared/form/choiceParameter';
import type { Field } from '../../nodes/shared/form/modelFields';
import { fieldsOf } from '../../nodes/shared/form/modelFields';
import { GROUP } from '../../nodes/shared/form/fieldParameter';
import { prepareMedia } from '../../nodes/shared/form/mediaFields';
import { OWN_PARAMETERS } from '../../nodes/shared/form/mediaParameters';
import { CUSTOM_MODEL } from '../../nodes/shared/form/operation';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { additions } from '../unit/rule-cases';
import { runNode } from './engine';

/** Every model of every media node: its form, and its body as received by the simulator, which uses another validator. */

const FILE = 'https://example.com/file.png';
/** Placeholder in a form for the ID of an existing task. */
const EARLIER_TASK = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';

/** Models that need one of their optional fields. */
const ONE_NEEDED: Record<string, JsonObject> = {
	'grok-imagine-image-2-0/segment-map: segment': { image_url: FILE },
};

/** Optional fields that rules allow only with others. */
const NEEDS: Record<string, JsonObject> = {
	maskUrl: { filesUrl: [FILE] },
	bbox_list: { input_urls: [FILE] },
	'kling-3.0-omni/reference-to-video: reference_video_urls': { audio: false },
	open_scenedet: { mode: 'basic' },
	'kling-3.0-omni/transformation: duration': { image_urls: [FILE] },
	template_id: { image_urls: [FILE, FILE] },
};

/** Text for fields whose format does not follow from their control. */
const TEXTS: Record<string, string> = {
	hex: '#C2D1E6',
	ratio: '23.51%',
	frame_duration_ms: '100',
	speaker_id: 'Speaker 1',
	duration: '10',
	video_url: 'https://sora.chatgpt.com/p/s_0123456789',
};

const nodes: Array<{ name: string; node: INodeType; models: Model[] }> = [
	{ name: 'Kie Image', node: new KieImage(), models: imageModels },
	{ name: 'Kie Video', node: new KieVideo(), models: videoModels },
	{ name: 'Kie Audio', node: new KieAudio(), models: audioModels },
];

function isProperty(
	option: INodeProperties | INodePropertyCollection | { value?: unknown },
): option is INodeProperties {
	return 'type' in option;
}

/** What the form of a model shows: its top-level fields and what Additional Fields offers. */
function form({ description }: INodeType, model: Model, operation: string) {
	const modelParameters = { operation, model: model.id, specifyInput: 'fields' };
	const isShown = (property: INodeProperties) =>
		NodeHelpers.displayParameter(modelParameters, property, null, description, modelParameters);
	const shownProperties = description.properties.filter(isShown).filter(({ type }) => type !== 'hidden');
	const collection = shownProperties.find(({ name }) => name === 'additionalFields');
	return {
		hasAdditionalFields: collection !== undefined,
		top: shownProperties.filter(({ name }) => !OWN_PARAMETERS.includes(name)),
		additional: (collection?.options ?? [])
			.filter(isProperty)
			.filter(isShown)
			.filter(({ type }) => type !== 'hidden'),
	};
}

/** The choices of a parameter that the editor shows for a model. */
function choicesOf({ options = [] }: INodeProperties, model: Model): Array<INodePropertyOptions['value']> {
	const isListed = (option: INodePropertyOptions) =>
		NodeHelpers.displayParameter({ model: model.id }, option, null, null);
	return options
		.filter((option): option is INodePropertyOptions => 'value' in option && isListed(option))
		.map(({ value }) => value);
}

/** Whether a model needs more than the parameter's default. */
const isNeeded = (property: INodeProperties, model: Model): boolean =>
	property.required === true ||
	(property.type === 'options' && !choicesOf(property, model).includes('')) ||
	property.type === 'fixedCollection';

/** A value that a user might enter in the control. */
function valueFor(property: INodeProperties, model: Model): NodeParameterValueType {
	const { type, typeOptions, options = [], default: preset, name, placeholder } = property;
	switch (type) {
		case 'options': {
			const choices = choicesOf(property, model).filter((choice) => choice !== '');
			return choices.find((choice) => choice === preset) ?? choices[0] ?? '';
		}
		case 'resourceLocator':
			return {
				__rl: true,
				mode: 'id',
				value: model.input.properties[name]?.searchable ? 'achernar' : 'a-cloned-voice',
			};
		case 'boolean':
			return true;
		case 'number':
			// An empty number is the model's default.
			if (preset === '') return name === 'duration' ? durationOf(model) : '';
			return Math.max(typeof preset === 'number' ? preset : 0, typeOptions?.minValue ?? minimumOf(model, name));
		case 'json':
			return '[[[0, 0, 10, 10]]]';
		case 'fixedCollection': {
			const [group] = options.filter((option): option is INodePropertyCollection => 'values' in option);
			const entry = () =>
				Object.fromEntries((group?.values ?? []).map((inner) => [inner.name, valueFor(inner, model)]));
			const count = name === 'color_palette' ? 3 : 1;
			return { [GROUP]: Array.from({ length: count }, entry) };
		}
		default:
			if (typeOptions?.multipleValues) return ['one'];
			if (placeholder === 'e.g. 1, 3') return '1, 3';
			if (placeholder?.includes('https://')) return FILE;
			if (/task_?id/i.test(name)) return EARLIER_TASK;
			return TEXTS[name] ?? 'A red fox in fresh snow';
	}
}

/** A duration that a model accepts. */
function durationOf(model: Model): number {
	const field = fieldsOf(model).find(({ shared }) => shared.includes('duration'));
	const { enum: choices, default: preset, minimum } = field?.schema ?? {};
	return Number(preset ?? choices?.[0] ?? minimum ?? 10);
}

const minimumOf = ({ input }: Model, name: string): number => input.properties[name]?.minimum ?? 0;

const fill = (properties: INodeProperties[], model: Model): INodeParameters =>
	Object.fromEntries(properties.map((property) => [property.name, valueFor(property, model)]));

/** A body as the form has it: by the names of the parameters, lists of objects as the entries of a group. */
function asParameters(fields: Field[], body: Record<string, Json | undefined>): INodeParameters {
	const parameters: INodeParameters = {};
	for (const [name, value] of Object.entries(body)) {
		const isGroup = Array.isArray(value) && value.some((entry) => typeof entry === 'object');
		const { parameters: names = [name] } = fields.find((field) => field.name === name) ?? {};
		const parts: Array<Json | undefined> = names.length > 1 && Array.isArray(value) ? value : [value];
		parts.forEach((part, index) => {
			parameters[names[index] ?? name] = JSON.parse(JSON.stringify(isGroup ? { [GROUP]: part } : (part ?? '')));
		});
	}
	return parameters;
}

/** The names of Kie that parameters fill. */
const namesOf = (fields: Field[], parameters: INodeParameters): string[] =>
	fields.filter((field) => field.parameters.some((name) => name in parameters)).map(({ name }) => name);

/** Whether a form is valid by the rules of a model. */
function passes(model: Model, operation: string, parameters: INodeParameters): boolean {
	const values: JsonObject = JSON.parse(JSON.stringify(parameters));
	const fields = fieldsOf(model, model.operations[operation]);
	const resolvedValues = {
		...toBody(
			fields,
			formValues(fields, (name) => values[name] ?? null),
		),
		...model.operations[operation]?.fixed,
	};
	const { body } = prepareMedia(resolvedValues, model.input, model.media, []);
	return checkInput(model, [], body).length === 0;
}

/**
 * The optional fields in the largest sets that the rules allow together.
 * A set lacks required parameters that one of its fields excludes.
 */
function sets(
	model: Model,
	operation: string,
	base: INodeParameters,
	requiredParameters: INodeParameters,
	optional: INodeProperties[],
): INodeParameters[] {
	const combinations: INodeParameters[] = [];
	let remaining = optional.filter(({ name }) => !(name in requiredParameters));
	while (remaining.length > 0) {
		const [first, ...otherFields] = remaining;
		const requiredFields = asParameters(
			fieldsOf(model, model.operations[operation]),
			NEEDS[`${model.id}: ${first?.name}`] ?? NEEDS[first?.name ?? ''] ?? {},
		);
		const firstValue = first ? fill([first], model) : {};
		const candidates = [
			firstValue,
			{ ...requiredParameters, ...firstValue },
			{ ...requiredFields, ...firstValue },
			{ ...requiredParameters, ...requiredFields, ...firstValue },
		];
		let set = candidates.findLast((candidate) => passes(model, operation, { ...base, ...candidate })) ?? firstValue;
		const rest: INodeProperties[] = [];
		for (const property of otherFields) {
			const extended = { ...set, ...fill([property], model) };
			if (passes(model, operation, { ...base, ...extended })) set = extended;
			else rest.push(property);
		}
		combinations.push(set);
		remaining = rest;
	}
	return combinations;
}

const without = (properties: INodeProperties[], excluded: INodeProperties[]): INodeProperties[] =>
	properties.filter((property) => !excluded.includes(property));

/** Of the parameters those that are among the properties. */
const only = (parameters: INodeParameters, properties: INodeProperties[]): INodeParameters =>
	Object.fromEntries(
		Object.entries(parameters).filter(([name]) => properties.some((property) => property.name === name)),
	);

describe.each(nodes)('The form of $name', ({ node, models }) => {
	const uses = models.flatMap((model) =>
		Object.keys(model.operations).map((operation) => ({ model, operation, name: `${model.id}, ${operation}` })),
	);
	// The node limits creates per account, so every run has its own account.
	const keys = Array.from({ length: 3_000 }, (_, index) => `form-test-${index}`);
	const nextAccount = () => ({ apiKey: keys.pop() ?? '' });
	let kie: Simulator;
	beforeAll(async () => {
		kie = await startSimulator({ taskSeconds: 0, rate: false, credits: 1e9, checkMedia: false, apiKeys: [...keys] });
	});
	afterAll(async () => await kie.close());
	beforeEach(() => kie.reset());

	/** A completed task of the model's own API, for fields that name one; IDs of market tasks are not checked. */
	async function earlierTask({ api, family }: Model): Promise<string> {
		const parentModel = models.find(
			(candidate) =>
				candidate.api === api &&
				candidate.family === family &&
				!('taskId' in candidate.input.properties) &&
				api !== undefined,
		);
		if (!parentModel) return EARLIER_TASK;
		const [operation = ''] = Object.keys(parentModel.operations);
		await runNode(kie, {
			node,
			credentials: nextAccount(),
			parameters: {
				operation,
				model: parentModel.id,
				...fill(
					form(node, parentModel, operation).top.filter((property) => isNeeded(property, parentModel)),
					parentModel,
				),
				executionMode: 'createOnly',
			},
		});
		const taskId = [...kie.tasks.keys()].at(-1) ?? EARLIER_TASK;
		await new Promise((resolve) => setTimeout(resolve, 20));
		kie.requests.length = 0;
		return taskId;
	}

	/** Runs the node and returns what Kie received. */
	async function send(model: Model, operation: string, fields: INodeParameters, additionalFields: INodeParameters) {
		const isLinked = fields.taskId === EARLIER_TASK && model.api !== undefined;
		const earlier = isLinked
			? { taskId: await earlierTask(model.api === 'veo-1080p' ? { ...model, api: 'veo' } : model) }
			: {};
		const { error } = await runNode(kie, {
			node,
			credentials: nextAccount(),
			parameters: { operation, model: model.id, ...fields, ...earlier, additionalFields, executionMode: 'createOnly' },
		});
		const creates = kie.creates();
		return {
			error,
			body: inputOf(creates.at(-1)?.body, model),
			rejections: creates.map(({ rejection }) => rejection).filter(Boolean),
		};
	}

	describe.each(uses)('$name', ({ model, operation }) => {
		const { top, additional, hasAdditionalFields } = form(node, model, operation);
		const fields = fieldsOf(model, model.operations[operation]);
		const { fixed = {} } = model.operations[operation] ?? {};
		const requiredValues = asParameters(
			fields,
			ONE_NEEDED[`${model.id}: ${operation}`] ?? additions[`${model.id}: ${operation}`] ?? additions[model.id] ?? {},
		);
		const optional = top.filter((property) => !isNeeded(property, model));
		const required = without(top, optional);
		const base = { ...fill(required, model), ...only(requiredValues, required) };
		const requiredParameters = only(requiredValues, [...optional, ...additional]);
		// The form begins with the binary field data, which these items do not have.
		const empty = Object.fromEntries(optional.map(({ name }) => [name, '']));
		const topOf = (set: INodeParameters) => ({ ...empty, ...base, ...only(set, top) });
		// Reading a 1080p version creates nothing.
		const creates = model.api !== 'veo-1080p';

		it('shows exactly the fields of the model, each once', () => {
			const offeredFields = fields.filter(({ schema }) => !schema.deprecated);
			expect(hasAdditionalFields).toBe(additional.length > 0);
			const names = [...top, ...additional].map(({ name }) => name);
			expect(names.sort()).toEqual(offeredFields.flatMap(({ parameters }) => parameters).sort());
			const topFields = offeredFields.filter(({ required, shared }) => required || shared.length > 0);
			expect(top.map(({ name }) => name)).toEqual(
				expect.arrayContaining(topFields.flatMap(({ parameters }) => parameters)),
			);
		});

		it('shows none of them for a custom model, even if n8n keeps the model that was selected before', () => {
			expect(form(node, model, CUSTOM_MODEL).top).toEqual([]);
		});

		it('requires exactly the required fields without a default', () => {
			const mustBeSet = fields.filter((field) => {
				const hasDefault = field.schema.default !== undefined && (isChoice(field) || field.shared.includes('duration'));
				return field.required && !hasDefault && !field.schema.mayBeEmpty;
			});
			const firstParameters = mustBeSet.map(({ parameters: [name] }) => name);
			const isOpen = ({ type }: INodeProperties) => type === 'resourceLocator';
			expect(required.map(({ name }) => name).sort()).toEqual(firstParameters.sort());
			expect(top.filter(isOpen).every(({ default: preset }) => isObject(preset))).toBe(true);
		});

		it('describes each field', () => {
			for (const property of [...top, ...additional]) {
				expect(property.displayName).toMatch(/^[A-Z]/);
				expect(property.description).toMatch(/^.{8,}/);
				expect(property.description).not.toBe(property.displayName);
			}
		});

		if (creates) {
			it('sends only the required fields if nothing else is set', async () => {
				const { error, body, rejections } = await send(
					model,
					operation,
					topOf(requiredParameters),
					only(requiredParameters, additional),
				);
				expect(error).toBeUndefined();
				expect(rejections).toEqual([]);
				const names = [
					...namesOf(fields, { ...base, ...requiredParameters }),
					...fields.filter(({ required }) => required).map(({ name }) => name),
					...Object.keys(fixed),
					...Object.keys(model.fixed ?? {}),
				];
				expect(Object.keys(body).sort()).toEqual([...new Set(names)].sort());
			});

			const together = sets(model, operation, base, requiredParameters, [...additional, ...optional]);
			if (together.length > 0) {
				it.each(together.map((set) => ({ set, name: Object.keys(set).join(', ') })))(
					'sends the fields that are set: $name',
					async ({ set }) => {
						const { error, body, rejections } = await send(model, operation, topOf(set), only(set, additional));
						expect(error).toBeUndefined();
						expect(rejections).toEqual([]);
						expect(Object.keys(body)).toEqual(expect.arrayContaining(namesOf(fields, set)));
					},
				);
			}
		}

		const texts = required.filter(({ type, typeOptions }) => type === 'string' && !typeOptions?.multipleValues);
		if (texts.length > 0) {
			// n8n itself rejects an empty required field in the form; an expression can still return nothing.
			it.each(texts.map(({ name, displayName }) => ({ name, displayName })))(
				'reports a missing $name, and sends nothing',
				async ({ name, displayName }) => {
					const missing = { ...topOf(requiredParameters), taskId: 'x', [name]: '={{ "" }}' };
					const { error } = await send(model, operation, missing, only(requiredParameters, additional));
					expect(error?.message).toBe(`'${displayName}' is required [item 0]`);
					expect(kie.requests).toEqual([]);
				},
			);
		}
	});
});

/** The input in the body of a create. */
function inputOf(body: unknown, model: Model): Record<string, unknown> {
	const sentBody = typeof body === 'object' && body !== null ? { ...body } : {};
	if (model.api !== undefined) return sentBody;
	return 'input' in sentBody && typeof sentBody.input === 'object' && sentBody.input !== null
		? { ...sentBody.input }
		: {};
}
