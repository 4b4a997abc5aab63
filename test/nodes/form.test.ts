import type { INodeParameters, INodeProperties, INodePropertyCollection, NodeParameterValueType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { KieImage } from '../../nodes/KieImage/KieImage.node';
import { imageModels } from '../../nodes/shared/catalogue/image';
import type { Model } from '../../nodes/shared/catalogue/types';
import { GROUP } from '../../nodes/shared/form/parameter';
import { fieldLabel } from '../../nodes/shared/form/label';
import { OWN_PARAMETERS } from '../../nodes/shared/node/properties';
import type { Simulator } from '../simulator';
import { startSimulator } from '../simulator';
import { runNode } from './engine';

/** Every model of the node, as its form shows it and as its body reaches Kie, whose simulator checks it with another validator. */

const { description } = new KieImage();

/** Optional fields that rules forbid beside the others; `only` gives what a form with that field alone needs. */
const APART: Record<string, Record<string, INodeParameters>> = {
	'flux1-kontext': { safety_tolerance: {} },
	'flux-kontext-pro': { safetyTolerance: {} },
	'flux-kontext-max': { safetyTolerance: {} },
	'4o-image-api': { file_url: {} },
	'gpt4o-image': { maskUrl: { filesUrl: 'https://example.com/a.png' }, fileUrl: {} },
	'grok-imagine-image-2-0/segment-map': { task_id: {}, image_url: {} },
	'gpt-image-2-text-to-image': { background: {} },
	'gpt-image-2-image-to-image': { background: {} },
	'qwen2-1/image-to-image': { mask_url: {} },
	'wan/2-7-image': { bbox_list: { input_urls: 'https://example.com/a.png' }, thinking_mode: {}, color_palette: {} },
	'wan/2-7-image-pro': { bbox_list: { input_urls: 'https://example.com/a.png' }, thinking_mode: {}, color_palette: {} },
};

/** Stands in a form for the ID of a task that Kie knows. */
const EARLIER_TASK = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';

/** A model whose optional fields are not all optional: one of them has to be set. */
const ONE_NEEDED: Record<string, INodeParameters> = {
	'grok-imagine-image-2-0/segment-map': { image_url: 'https://example.com/a.png' },
};

const uses = imageModels.flatMap((model) => Object.keys(model.operations).map((operation) => ({ model, operation })));

function isShown(property: INodeProperties, parameters: INodeParameters): boolean {
	return NodeHelpers.displayParameter(parameters, property, null, description, parameters);
}

function isProperty(
	option: INodeProperties | INodePropertyCollection | { value?: unknown },
): option is INodeProperties {
	return 'type' in option;
}

/** What the form of a model shows: its top-level fields and what Additional Fields offers. */
function form(model: Model, operation: string): { top: INodeProperties[]; additional: INodeProperties[] } {
	const chosen = { operation, model: model.id, specifyInput: 'fields' };
	const shown = description.properties.filter((property) => isShown(property, chosen));
	const collection = shown.find(({ name }) => name === 'additionalFields');
	return {
		top: shown.filter(({ name }) => !OWN_PARAMETERS.includes(name)),
		additional: (collection?.options ?? []).filter(isProperty).filter((property) => isShown(property, chosen)),
	};
}

/** What a user might enter, from the control alone. */
function entered(property: INodeProperties): NodeParameterValueType {
	const { type, typeOptions, options = [], default: preset, name, placeholder } = property;
	if (type === 'options') {
		const first = options.find((option): option is { name: string; value: string | number } => 'value' in option);
		return preset !== '' ? preset : (first?.value ?? '');
	}
	if (type === 'boolean') return true;
	if (type === 'number') return typeOptions?.minValue ?? 1;
	if (placeholder === 'e.g. 1, 3') return '1, 3';
	if (type === 'json') return '[[[0, 0, 10, 10]]]';
	if (type === 'fixedCollection') {
		const [group] = options.filter((option): option is INodePropertyCollection => 'values' in option);
		const entry = () => Object.fromEntries((group?.values ?? []).map((inner) => [inner.name, entered(inner)]));
		return { [GROUP]: [entry(), entry(), entry()] };
	}
	if (placeholder?.includes('https://')) return 'https://example.com/a.png';
	if (name === 'hex') return '#C2D1E6';
	if (name === 'ratio') return '23.51%';
	if (name === 'frame_duration_ms') return '100';
	if (/task_?id/i.test(name)) return EARLIER_TASK;
	return 'A red fox in fresh snow';
}

const fill = (properties: INodeProperties[]): INodeParameters =>
	Object.fromEntries(properties.map((property) => [property.name, entered(property)]));

describe('The form of Kie Image', () => {
	// The node paces creates for each account, so every run has an account of its own.
	const keys = Array.from({ length: 2_000 }, (_, index) => `form-test-${index}`);
	const nextAccount = () => ({ apiKey: keys.pop() ?? '' });
	let kie: Simulator;
	beforeAll(async () => {
		kie = await startSimulator({ taskSeconds: 0, rate: false, credits: 1e9, checkMedia: false, apiKeys: [...keys] });
	});
	afterAll(async () => await kie.close());
	beforeEach(() => kie.reset());

	/** Runs the node and gives the input that reached Kie. */
	async function send(model: Model, operation: string, fields: INodeParameters, additionalFields: INodeParameters) {
		// Midjourney looks the picture's task up when it is asked to upscale or vary it.
		const earlier = fields.taskId === EARLIER_TASK ? { taskId: await midjourneyTask() } : {};
		const { error } = await runNode(kie, {
			credentials: nextAccount(),
			parameters: { operation, model: model.id, ...fields, ...earlier, additionalFields, executionMode: 'createOnly' },
		});
		return { error, create: kie.creates().at(-1), refused: kie.creates().map(({ refused }) => refused) };
	}

	async function midjourneyTask(): Promise<string> {
		await runNode(kie, {
			credentials: nextAccount(),
			parameters: {
				operation: 'generate',
				model: 'midjourney-text-to-image',
				prompt: 'A fox',
				executionMode: 'createOnly',
			},
		});
		const [taskId = ''] = kie.tasks.keys();
		kie.requests.length = 0;
		return taskId;
	}

	describe.each(uses.map((use) => ({ ...use, name: `${use.model.id}, ${use.operation}` })))(
		'$name',
		({ model, operation }) => {
			const { top, additional } = form(model, operation);
			const apart = APART[model.id] ?? {};

			it('shows exactly the fields of the model, each once', () => {
				const { required: alsoRequired = [], hidden = [] } = model.operations[operation] ?? {};
				const required = [...new Set([...(model.input.required ?? []), ...alsoRequired])];
				const optional = Object.keys(model.input.properties).filter(
					(name) => !required.includes(name) && !hidden.includes(name),
				);
				expect(top.map(({ name }) => name).sort()).toEqual(required.sort());
				expect(additional.map(({ name }) => name).sort()).toEqual(optional.sort());
			});

			it('says of each field what it is', () => {
				for (const property of [...top, ...additional]) {
					expect(property.displayName).toMatch(/^[A-Z]/);
					expect(property.description).toMatch(/^.{8,}/);
					expect(property.description).not.toBe(property.displayName);
				}
			});

			it('sends only the required fields when nothing else is set', async () => {
				const needed = ONE_NEEDED[model.id] ?? {};
				const { error, create, refused } = await send(model, operation, fill(top), needed);
				expect(error).toBeUndefined();
				expect(refused).toEqual([undefined]);
				const expected = [...top.map(({ name }) => name), ...Object.keys(needed), ...Object.keys(model.fixed ?? {})];
				expect(Object.keys(inputOf(create?.body, model)).sort()).toEqual(expected.sort());
			});

			const together = additional.filter(({ name }) => !(name in apart));
			if (together.length > 0)
				it('sends every optional field that is set, as the schema wants it', async () => {
					const { error, create, refused } = await send(model, operation, fill(top), fill(together));
					expect(error).toBeUndefined();
					expect(refused).toEqual([undefined]);
					expect(Object.keys(inputOf(create?.body, model))).toEqual(
						expect.arrayContaining(together.map(({ name }) => name)),
					);
				});

			const alone = additional.filter(({ name }) => name in apart);
			if (alone.length > 0) {
				it.each(alone.map((property) => ({ property, name: property.name })))(
					'sends $name apart from the others',
					async ({ property }) => {
						const needs = Object.fromEntries(
							Object.entries(apart[property.name] ?? {}).filter(([name]) =>
								additional.some((other) => other.name === name),
							),
						);
						const { error, create, refused } = await send(model, operation, fill(top), {
							...needs,
							...fill([property]),
						});
						expect(error).toBeUndefined();
						expect(refused).toEqual([undefined]);
						expect(Object.keys(inputOf(create?.body, model))).toContain(property.name);
					},
				);
			}

			const emptied = top.filter(({ type }) => type === 'string');
			if (emptied.length > 0) {
				// n8n itself refuses a required field that is empty in the form; an expression can still come out empty.
				it.each(emptied.map(({ name }) => ({ name })))(
					'names $name when it is left out, and sends nothing',
					async ({ name }) => {
						const { error } = await send(model, operation, { ...fill(top), [name]: '={{ "" }}' }, {});
						const label = fieldLabel(name, model.input.properties[name] ?? {}, model.media[name]);
						expect(error?.message).toBe(`'${label}' is required [item 0]`);
						expect(kie.requests).toEqual([]);
					},
				);
			}
		},
	);
});

function inputOf(body: unknown, model: Model): Record<string, unknown> {
	const sent = typeof body === 'object' && body !== null ? { ...body } : {};
	if (model.api !== undefined) return sent;
	return 'input' in sent && typeof sent.input === 'object' && sent.input !== null ? { ...sent.input } : {};
}
