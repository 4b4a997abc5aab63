import { isEqual, snakeCase } from 'lodash';
import type { INodeParameters, INodeProperties, INodePropertyCollection, NodeParameterValueType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { KieSuno } from '../../nodes/KieSuno/KieSuno.node';
import { sunoGets } from '../../nodes/KieSuno/sunoOperations';
import { sunoModels } from '../../nodes/shared/catalogue/suno';
import { fieldsOf } from '../../nodes/shared/form/modelFields';
import { fieldLabel } from '../../nodes/shared/form/label';
import { OWN_PARAMETERS } from '../../nodes/shared/form/mediaParameters';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { formContext } from './formContext';
import type { Use } from './suno-world';
import { accountKeys, parentOf, runSuno, uses } from './suno-world';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

/** Every form of Kie Suno, as the node shows it and as Kie receives its body on both APIs. */

const FILE = 'https://example.com/file.mp3';
const node = new KieSuno();
const { description } = node;
/** Suno's `model` is an ordinary field: its version. */
const OWN = [...OWN_PARAMETERS.filter((name) => name !== 'model'), 'resource'];

/** Values whose format does not follow from their control. */
const VALUES: INodeParameters = {
	continueAt: 30,
	infillStartS: 10,
	infillEndS: 30,
	vocalEnd: 20,
	vocalEndS: 20,
	uploadUrlList: `${FILE}, https://example.com/other.mp3`,
	soundTempo: 120,
	// The stem for MIDI; elsewhere the item has the track.
	audioId: '={{ $json.stemTracks[0].id }}',
};

type Options = NonNullable<INodeProperties['options']>;
const isProperty = (option: Options[number]): option is INodeProperties => 'type' in option;
const isGroup = (option: Options[number]): option is INodePropertyCollection => 'values' in option;

/** What the node shows: its top-level fields and what Additional Fields offers. */
function shownForm(switches: INodeParameters) {
	const values = { specifyInput: 'fields', ...switches };
	const isShown = (property: INodeProperties) =>
		NodeHelpers.displayParameter(values, property, null, description, values);
	const shownProperties = description.properties.filter(isShown);
	const collection = shownProperties.find(({ name }) => name === 'additionalFields');
	return {
		top: shownProperties.filter(({ name }) => !OWN.includes(name)),
		additional: (collection?.options ?? []).filter(isProperty).filter(isShown),
		formNames: shownProperties.filter(({ name }) => OWN.includes(name)).map(({ name }) => name),
	};
}

const names = (properties: INodeProperties[]): string[] => properties.map(({ name }) => name).sort();
const isExpression = (value: unknown) => typeof value === 'string' && value.startsWith('=');

function valueFor(property: INodeProperties): NodeParameterValueType {
	const { type, typeOptions, options = [], default: preset, name, placeholder } = property;
	if (VALUES[name] !== undefined) return VALUES[name];
	switch (type) {
		case 'options': {
			const [first] = options.filter((option) => !isProperty(option) && !isGroup(option));
			return preset !== '' ? preset : first && 'value' in first ? first.value : '';
		}
		case 'resourceLocator':
			return { __rl: true, mode: 'list', value: 'Violin' };
		case 'boolean':
			return true;
		case 'number':
			return Math.max(typeof preset === 'number' ? preset : 0, typeOptions?.minValue ?? 0);
		default:
			return placeholder?.includes('https://') ? FILE : 'A red fox in fresh snow';
	}
}

/** The values of the fields; those with a default from the item keep it. */
const fill = (properties: INodeProperties[]): INodeParameters =>
	Object.fromEntries(
		properties
			.filter(({ default: preset }) => !isExpression(preset))
			.map((property): [string, NodeParameterValueType] => [property.name, valueFor(property)]),
	);

describe('The form of Kie Suno', () => {
	let kie: Simulator;
	beforeAll(async () => {
		kie = await startSimulator({
			taskSeconds: 0,
			rate: false,
			readRates: false,
			credits: 1e9,
			checkMedia: false,
			apiKeys: accountKeys,
		});
	});
	afterAll(async () => await kie.close());
	beforeEach(() => kie.reset());

	const formOf = ({ model, operation, switches }: Use) =>
		shownForm({ resource: model.resource, operation, ...switches });
	const expectedForm = ({ model, operation, form }: Use) => ({
		resource: model.resource,
		operation,
		fields: fieldsOf(model, form),
	});

	/** Runs a form on the item of an earlier task and returns what Kie received. */
	async function send(use: Use, fields: INodeParameters, additionalFields: INodeParameters, useMarket: boolean) {
		const json = await parentOf(kie, use.operation);
		kie.requests.length = 0;
		const { resource, operation } = expectedForm(use);
		const { error } = await runSuno(
			kie,
			{
				resource,
				operation,
				...fields,
				...use.switches,
				additionalFields,
				executionMode: 'createOnly',
				options: { useMarket, pollInterval: 1 },
			},
			{ items: [{ json: { ...json } }] },
		);
		return { error, creates: kie.creates(), json };
	}

	describe.each(uses)('$name', (use) => {
		const { model, form } = use;
		const { fields } = expectedForm(use);
		const { top, additional, formNames } = formOf(use);
		const required = fields.filter((field) => field.required).map(({ name }) => name);
		const marketName = (name: string) => model.marketVariant.names?.[name] ?? snakeCase(name);
		const inMarket = (fieldNames: string[]) =>
			fieldNames.filter((name) => !model.marketVariant.without?.includes(name)).map(marketName);

		it('shows exactly its fields, each once', () => {
			expect(names(top)).toEqual([...required].sort());
			const optional = fields.filter((field) => !field.required);
			expect(names(additional)).toEqual(optional.map(({ name }) => name).sort());
			expect(formNames.includes('additionalFields')).toBe(optional.length > 0);
			for (const property of [...top, ...additional]) {
				expect(property.displayName).toMatch(/^[A-Z]/);
				expect(property.description).toMatch(/^.{8,}/);
			}
		});

		it('shows the same fields for every value of its switches', () => {
			for (const [name, values] of Object.entries(form.when ?? {})) {
				for (const value of values) {
					const otherForm = formOf({ ...use, switches: { ...use.switches, [name]: value } });
					expect([value, names(otherForm.top), names(otherForm.additional)]).toEqual([
						value,
						names(top),
						names(additional),
					]);
				}
			}
		});

		describe.each([
			{ road: 'its own path', useMarket: false },
			{ road: 'the market', useMarket: true },
		])('on $road', ({ useMarket }) => {
			const expectSent = async (set: INodeProperties[]) => {
				const optionalFields = set.filter(({ name }) => !required.includes(name));
				const { error, creates, json } = await send(use, fill(top), fill(optionalFields), useMarket);
				expect([error?.message, error?.description]).toEqual([undefined, undefined]);
				expect(creates.map(({ rejection }) => rejection).filter(Boolean)).toEqual([]);
				expect(creates).toHaveLength(1);
				const fieldNames = [...required, ...names(optionalFields)];
				const body = new Map(Object.entries(Object(creates[0]?.body)));
				if (useMarket) {
					expect(creates[0]?.path).toBe('/api/v1/jobs/createTask');
					expect([...body.keys()].sort()).toEqual(['input', 'model']);
					expect(body.get('model')).toBe(model.marketVariant.id);
					expect(Object.keys(Object(body.get('input'))).sort()).toEqual(inMarket(fieldNames).sort());
				} else {
					expect(creates[0]?.path).toBe(model.path);
					const callback = model.callbackField || model.api === 'suno-now' ? [] : ['callBackUrl'];
					expect([...body.keys()].sort()).toEqual([...fieldNames, ...callback].sort());
				}
				const input = new Map(Object.entries(Object(useMarket ? body.get('input') : creates[0]?.body)));
				for (const [name, value] of Object.entries(use.switches)) {
					const sentName = useMarket ? marketName(name) : name;
					if (input.has(sentName)) expect([name, input.get(sentName)]).toEqual([name, value]);
				}
				return { input, json };
			};

			it('sends only the required fields if nothing else is set', async () => {
				const { input, json } = await expectSent([]);
				const taskField = useMarket ? 'task_id' : 'taskId';
				if (required.includes('taskId')) expect(input.get(taskField)).toBe(json.taskId);
			});

			if (additional.length > 0) it('sends all fields that are set', async () => void (await expectSent(additional)));
		});

		const texts = top.filter(({ type }) => type === 'string');
		if (texts.length > 0) {
			it.each(names(texts).map((name) => ({ name })))(
				'reports a missing $name, and sends nothing',
				async ({ name }) => {
					for (const useMarket of [false, true]) {
						const { error } = await send(use, { ...fill(top), [name]: '={{ "" }}' }, {}, useMarket);
						const label = fieldLabel(name, model.input.properties[name] ?? {}, model.media[name]);
						expect(error?.message).toBe(`'${label}' is required [item 0]`);
						expect(kie.requests).toEqual([]);
					}
				},
			);
		}
	});

	it('has exactly one form for every combination of the switches of an operation', () => {
		for (const model of sunoModels) {
			for (const forms of Object.values(model.operations)) {
				const switches = [...new Set(forms.flatMap(({ when = {} }) => Object.keys(when)))];
				const valuesOf = (name: string) => [...new Set(forms.flatMap(({ when = {} }) => when[name] ?? []))];
				const combinations = switches.reduce<Array<Record<string, string | boolean>>>(
					(results, name) =>
						results.flatMap((combination) => valuesOf(name).map((value) => ({ ...combination, [name]: value }))),
					[{}],
				);
				for (const combination of combinations) {
					const matchingForms = forms.filter(({ when = {} }) =>
						Object.entries(when).every(([name, values]) => values.some((value) => isEqual(value, combination[name]))),
					);
					expect([model.id, combination, matchingForms.length]).toEqual([model.id, combination, 1]);
				}
			}
		}
	});

	it.each(
		Object.entries(sunoGets).flatMap(([resource, operations]) =>
			Object.keys(operations).map((operation) => ({ resource, operation })),
		),
	)('shows only the task ID in $resource, $operation', async ({ resource, operation }) => {
		const { top, additional, formNames } = shownForm({ resource, operation });
		expect(names(top)).toEqual(['taskId']);
		expect(top[0]?.default).toBe('={{ $json.taskId }}');
		expect(additional).toEqual([]);
		expect(formNames).not.toContain('executionMode');
		const { error } = await runSuno(kie, { resource, operation }, { items: [{ json: { taskId: ' ' } }] });
		expect(error?.message).toBe("'Task ID' is required [item 0]");
		expect(kie.requests).toEqual([]);
	});

	it('begins with the version of Suno, then what the operation starts from, then its switches', () => {
		const order = (resource: string, operation: string, switches: INodeParameters = {}) =>
			shownForm({ resource, operation, ...switches }).top.map(({ name }) => name);
		const customMode = { customMode: true, instrumental: false, model: 'V6' };
		expect(order('music', 'generate', customMode)).toEqual([
			...['model', 'customMode', 'instrumental', 'prompt', 'style', 'title', 'duration'],
		]);
		expect(order('music', 'uploadCover', { customMode: false }).slice(0, 3)).toEqual([
			'model',
			'uploadUrl',
			'customMode',
		]);
		expect(order('audio', 'separate', { type: 'split_stem' })).toEqual(['taskId', 'audioId', 'type']);
	});

	it('searches the stems by name', async () => {
		const context = formContext(kie, node, { resource: 'audio', operation: 'separate' });
		const { results } = await node.methods.listSearch.searchChoices.call(context, 'vocal');
		expect(results.map(({ value }) => value)).toEqual(['Backing Vocals', 'Lead Vocal']);
	});

	it('offers discontinued versions only for the track that one of them generated', () => {
		const versions = (operation: string) => {
			const { top } = shownForm({ resource: 'music', operation, defaultParamFlag: false, customMode: false });
			return top.find(({ name }) => name === 'model')?.options?.length;
		};
		expect([versions('generate'), versions('extend')]).toEqual([3, 9]);
	});

	it('is at most 62 KB', () => expect(JSON.stringify(description).length).toBeLessThanOrEqual(62_000));
});
